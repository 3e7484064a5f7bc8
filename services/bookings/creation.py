"""Booking a session: one transaction for time, lines, snapshots, authorization, payments, audit and mails."""

import secrets
from datetime import datetime, timedelta

from sqlalchemy import insert, text, update
from sqlmodel import Session, col, select

from models.bookings import (
    Booking,
    BookingDraft,
    BookingMic,
    BookingRoom,
    BookingSource,
    BookingStatus,
    Upload,
)
from services import audit, clients, clock, scheduling
from services.access import SYSTEM, Actor, Permission, require
from services.bookings import detail, holding, mails
from services.bookings.authorization import sign
from services.bookings.errors import PriceChanged
from services.bookings.ledgers import add_lines, claim_time
from services.bookings.payments import add_payment
from services.bookings.rules import FIRST_STATUSES, policy_of
from services.bookings.sale import Sale, resolve
from services.bookings.types import BookingView, NewBooking
from services.db import table
from services.errors import Invalid, NotAllowed
from services.money import as_text
from services.pricing import Quote
from services.scheduling import Claim


def quote(session: Session, actor: Actor, new: NewBooking) -> Quote:
    """The price of the wizard's answers, line by line. Stores nothing."""
    require(actor, Permission.BOOK_ONLINE, Permission.BOOK_SESSIONS)
    return resolve(session, actor, new).quote


def create(session: Session, actor: Actor, new: NewBooking, now: datetime | None = None) -> BookingView:
    """Books as staff: time, lines, snapshots, authorization, payments, audit and mails, or nothing.

    Raises SlotTaken with conflicts and alternatives when the time went to somebody else.
    """
    require(actor, Permission.BOOK_SESSIONS)
    if new.status not in FIRST_STATUSES:
        raise Invalid("A new booking is HOLD, PENDING or CONFIRMED.", field="status")
    return _create(session, actor, new, BookingSource.STAFF, now or clock.now())


def create_public(session: Session, actor: Actor, new: NewBooking, now: datetime | None = None) -> BookingView:
    """Books as the client: PENDING until the deposit is paid or its deadline has passed."""
    require(actor, Permission.BOOK_ONLINE)
    if new.payments or new.discount or new.rate_overrides or new.client_id is not None:
        raise NotAllowed("Only the studio takes payments, gives discounts or picks a client.")
    if new.client is None or not new.client.email or not new.client.phone:
        raise Invalid("Give your name, e-mail and phone.", field="client")
    if new.status is not BookingStatus.PENDING:
        raise Invalid("An online booking starts as pending.", field="status")
    return _create(session, actor, new, BookingSource.PUBLIC_PAGE, now or clock.now())


def create_offered(session: Session, new: NewBooking, now: datetime) -> BookingView:
    """Keeps time that is offered to somebody on the waitlist. The offer tells them, not a mail about a booking."""
    return _create(session, SYSTEM, new, BookingSource.WAITLIST, now)


def _create(session: Session, actor: Actor, new: NewBooking, source: BookingSource, now: datetime) -> BookingView:
    key = _scoped_key(actor, new)
    earlier = _booked_under(session, key) if key else None
    if earlier:
        return _shown(actor, source, detail.full_view(session, col(Booking.id) == earlier, wanted=""))
    sale = resolve(session, actor, new)
    _check_price(new, sale)
    client_id = _client_id(session, actor, new)
    artist_id = clients.ensure_artist(session, client_id, new.artist) if new.artist.strip() else None
    claim = claim_time(session, actor, sale, now) if new.status.holds_time else None
    booking = _booking(actor, new, sale, source, now, client_id, artist_id)
    booking.idempotency_key = key
    session.add(booking)
    session.flush()
    _store_parts(session, booking, sale, claim)
    if claim:
        scheduling.store(session, claim, booking.id or 0)
    if new.status is BookingStatus.HOLD:
        holding.place(session, actor, booking, sale.studio, now)
    if new.draft_token:
        _take_over_draft(session, new.draft_token, booking)
    if new.authorization:
        sign(session, actor, booking, new.authorization, now)
    for payment in new.payments:
        add_payment(session, actor, booking, payment, now)
    after = {"number": booking.number, "status": booking.status, "total_cents": sale.quote.total_cents}
    audit.record(session, actor, "booking_created", "booking", booking.id, after=after)
    whole = detail.full_view(session, col(Booking.id) == booking.id, wanted=booking.number)
    if source is not BookingSource.WAITLIST:
        mails.created(session, whole, sale.studio)
    return _shown(actor, source, whole)


def _shown(actor: Actor, source: BookingSource, whole: BookingView) -> BookingView:
    return detail.seen_by_link(whole) if source is BookingSource.PUBLIC_PAGE else detail.seen_by(actor, whole)


def _scoped_key(actor: Actor, new: NewBooking) -> str | None:
    """A key counts for the one who sent it; on the public page, for that very request."""
    if not new.idempotency_key:
        return None
    if len(new.idempotency_key) > 200:
        raise Invalid("The Idempotency-Key is at most 200 characters.", field="Idempotency-Key")
    scope = f"user {actor.user_id}" if actor.is_signed_in else f"{new.client} {new.service} {new.start}"
    return f"{scope}: {new.idempotency_key}"


def _booked_under(session: Session, key: str) -> int | None:
    """The booking already made with this key. The same key at the same moment waits its turn."""
    session.execute(text("select pg_advisory_xact_lock(hashtextextended(:key, 0))"), {"key": key})
    return session.exec(select(Booking.id).where(Booking.idempotency_key == key)).one_or_none()


def _check_price(new: NewBooking, sale: Sale) -> None:
    total = sale.quote.total_cents
    if new.expected_total_cents is not None and new.expected_total_cents != total:
        raise PriceChanged(total, as_text(total, sale.studio.currency, sale.studio.locale))


def _client_id(session: Session, actor: Actor, new: NewBooking) -> int:
    if new.client_id is not None:
        return clients.bookable_client(session, new.client_id)
    if new.client is None:
        raise Invalid("Choose a client, or give a new one's name and contact.", field="client")
    if actor.can(Permission.MANAGE_CLIENTS):
        return clients.create_client(session, actor, new.client).id
    return clients.ensure_client(session, actor, new.client)


def _booking(
    actor: Actor,
    new: NewBooking,
    sale: Sale,
    source: BookingSource,
    now: datetime,
    client_id: int,
    artist_id: int | None,
) -> Booking:
    studio, service = sale.studio, sale.service
    due = min(now + timedelta(hours=studio.deposit_deadline_hours), sale.start)
    return Booking(
        public_token=secrets.token_urlsafe(24),
        client_id=client_id,
        artist_id=artist_id,
        status=new.status,
        source=source,
        mode=service.mode,
        start=sale.start,
        end=sale.end,
        business_date=sale.day,
        minutes=sale.minutes,
        buffer_minutes=service.buffer_minutes,
        service_id=service.id,
        service_code=service.code,
        service_name=service.name,
        service_pricing=service.pricing,
        service_price_cents=service.price_cents,
        engineer_id=sale.engineer.id if sale.engineer else None,
        engineer_rate_cents=sale.quote.engineer_rate_cents,
        period_id=sale.period_id,
        currency=studio.currency,
        tax_rate_pct=studio.tax_rate_pct,
        policy=policy_of(studio),
        terms=studio.terms,
        terms_version=studio.terms_version,
        discount_pct=new.discount.percent if new.discount else None,
        deposit_cents=sale.quote.deposit_cents,
        deposit_due_at=due if new.status is BookingStatus.PENDING and sale.quote.deposit_cents else None,
        notes=new.notes.strip(),
        referral_type=new.referral.type if new.referral else None,
        referral_name=new.referral.name.strip() if new.referral else "",
        created_by=actor.user_id,
        created_at=now,
    )


def _store_parts(session: Session, booking: Booking, sale: Sale, claim: Claim | None) -> None:
    if sale.rooms:
        rates = sale.quote.room_rates
        rooms = [
            {"booking_id": booking.id, "room_id": id_, "position": position, "hourly_rate_cents": rates[id_]}
            for position, id_ in enumerate(sale.rooms)
        ]
        session.execute(insert(table(BookingRoom)), rooms)
    units: dict[int, list[int]] = {}
    for mic_id, unit in claim.gear if claim else ():
        units.setdefault(mic_id, []).append(unit)
    mics = [
        {
            "booking_id": booking.id,
            "mic_option_id": mic.id,
            "gear_unit_id": unit,
            "name": mic.name,
            "upcharge_cents": mic.upcharge_cents,
        }
        for mic, quantity in sale.mics
        for unit in units.get(mic.id, [None] * quantity)
    ]
    if mics:
        session.execute(insert(table(BookingMic)), mics)
    add_lines(session, booking, sale.quote.lines)


def _take_over_draft(session: Session, token: str, booking: Booking) -> None:
    """The draft's files are the booking's now; the draft itself has done its work."""
    draft = session.exec(select(BookingDraft).where(BookingDraft.token == token)).one_or_none()
    if draft is None:
        return
    files = update(Upload).where(col(Upload.draft_id) == draft.id)
    session.execute(files.values(booking_id=booking.id, client_id=booking.client_id, draft_id=None))
    session.delete(draft)
