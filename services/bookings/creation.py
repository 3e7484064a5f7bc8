"""Booking a session: one transaction for time, lines, snapshots, authorization, payments, audit and mails."""

import json
import secrets
from collections.abc import Collection
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import text, update
from sqlmodel import Session, col, select

from models.bookings import (
    Booking,
    BookingDraft,
    BookingSource,
    BookingStatus,
    Upload,
)
from services import audit, clients, clock, scheduling
from services.access import SYSTEM, Actor, Permission, require
from services.bookings import detail, holding, mails
from services.bookings.authorization import keep_signature
from services.bookings.errors import PriceChanged
from services.bookings.ledgers import claim_time, line_columns, lines_of
from services.bookings.payments import add_payment
from services.bookings.rules import FIRST_STATUSES, check_authorization, policy_of
from services.bookings.sale import Sale, resolve
from services.bookings.types import BookingView, NewBooking
from services.catalog import Studio
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
    return _create(session, SYSTEM, new, BookingSource.WAITLIST, now, is_told=False)


def create_untold(session: Session, actor: Actor, new: NewBooking, now: datetime) -> BookingView:
    """As `create`, for one of several: whoever books them tells of all of them with `tell_created`."""
    require(actor, Permission.BOOK_SESSIONS)
    return _create(session, actor, new, BookingSource.STAFF, now, is_told=False)


def tell_created(session: Session, ids: Collection[int], studio: Studio) -> None:
    """One mail to each reader, with all of them."""
    mails.created(session, [detail.full_view(session, col(Booking.id) == id_, wanted="") for id_ in ids], studio)


def _create(
    session: Session, actor: Actor, new: NewBooking, source: BookingSource, now: datetime, *, is_told: bool = True
) -> BookingView:
    key = _scoped_key(actor, new)
    earlier = _booked_under(session, key) if key else None
    if earlier:
        return _shown(actor, source, detail.full_view(session, col(Booking.id) == earlier, wanted=""))
    sale = resolve(session, actor, new)
    _check_price(new, sale)
    client_id = _client_id(session, actor, new)
    artist_id = clients.ensure_artist(session, client_id, new.artist) if new.artist.strip() else None
    claim = claim_time(session, actor, sale, now) if new.status.holds_time else None
    answers = _answers(actor, new, sale, source, now) | {"client_id": client_id, "artist_id": artist_id}
    id_, number = _store(session, answers | {"idempotency_key": key}, sale, claim)
    if claim:
        scheduling.store(session, claim, id_)
    if new.status is BookingStatus.HOLD:
        holding.place(session, actor, session.get_one(Booking, id_), sale.studio, now)
    if new.draft_token:
        _take_over_draft(session, new.draft_token, id_, client_id)
    if new.authorization:
        check_authorization(new.authorization)
        keep_signature(session, actor, id_, new.authorization, sale.studio.terms, sale.studio.terms_version, now)
    for payment in new.payments:
        add_payment(session, actor, session.get_one(Booking, id_), payment, now)
    after = {"number": number, "status": new.status, "total_cents": sale.quote.total_cents}
    audit.record(session, actor, "booking_created", "booking", id_, after=after)
    whole = detail.full_view(session, col(Booking.id) == id_, wanted=number)
    if is_told:
        mails.created(session, [whole], sale.studio)
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


def _answers(actor: Actor, new: NewBooking, sale: Sale, source: BookingSource, now: datetime) -> dict[str, Any]:
    """The columns of the booking that say what was sold, and under which terms."""
    studio, service = sale.studio, sale.service
    due = min(now + timedelta(hours=studio.deposit_deadline_hours), sale.start)
    return {
        "public_token": secrets.token_urlsafe(24),
        "status": new.status.value,
        "source": source.value,
        "mode": service.mode.value,
        "start": sale.start,
        "end": sale.end,
        "business_date": sale.day,
        "minutes": sale.minutes,
        "buffer_minutes": service.buffer_minutes,
        "service_id": service.id,
        "service_code": service.code,
        "service_name": service.name,
        "service_pricing": service.pricing.value,
        "service_price_cents": service.price_cents,
        "engineer_id": sale.engineer.id if sale.engineer else None,
        "engineer_rate_cents": sale.quote.engineer_rate_cents,
        "period_id": sale.period_id,
        "currency": studio.currency,
        "tax_rate_pct": studio.tax_rate_pct,
        "policy": json.dumps(policy_of(studio)),
        "terms": studio.terms,
        "terms_version": studio.terms_version,
        "discount_pct": new.discount.percent if new.discount else None,
        "deposit_cents": sale.quote.deposit_cents,
        "deposit_due_at": due if new.status is BookingStatus.PENDING and sale.quote.deposit_cents else None,
        "notes": new.notes.strip(),
        "referral_type": new.referral.type.value if new.referral else None,
        "referral_name": new.referral.name.strip() if new.referral else "",
        "created_by": actor.user_id,
        "created_at": now,
        "cancel_reason": "",
        "version": 1,
    }


_COLUMNS = [column.name for column in table(Booking).columns if column.name not in ("id", "number")]
_STORE = text(
    f"""
with booked as (
    insert into booking ({", ".join(f'"{name}"' for name in _COLUMNS)})
    values ({", ".join(f":{name}" for name in _COLUMNS)}) returning id, number
), room as (
    insert into booking_room (booking_id, room_id, position, hourly_rate_cents)
    select booked.id, one.id, one.position - 1, one.rate
      from booked, unnest(cast(:rooms as int[]), cast(:rates as int[])) with ordinality as one (id, rate, position)
), mic as (
    insert into booking_mic (booking_id, mic_option_id, gear_unit_id, name, upcharge_cents)
    select booked.id, one.id, one.unit, one.name, one.cents
      from booked, unnest(cast(:mics as int[]), cast(:units as int[]), cast(:mic_names as text[]),
                          cast(:upcharges as int[])) with ordinality as one (id, unit, name, cents, position)
     order by one.position
), line as (
    {lines_of("booked.id", "booked")}
)
select id, number from booked
"""
)


def _store(session: Session, answers: dict[str, Any], sale: Sale, claim: Claim | None) -> tuple[int, str]:
    """The booking with its rooms, microphones and lines, in one statement; its id and number."""
    units: dict[int, list[int]] = {}
    for mic_id, unit in claim.gear if claim else ():
        units.setdefault(mic_id, []).append(unit)
    mics = [(mic, unit) for mic, quantity in sale.mics for unit in units.get(mic.id, [None] * quantity)]
    parts = {
        "rooms": list(sale.rooms),
        "rates": [sale.quote.room_rates[room_id] for room_id in sale.rooms],
        "mics": [mic.id for mic, _ in mics],
        "units": [unit for _, unit in mics],
        "mic_names": [mic.name for mic, _ in mics],
        "upcharges": [mic.upcharge_cents for mic, _ in mics],
    }
    columns = dict.fromkeys(_COLUMNS) | answers
    id_, number = session.execute(_STORE, columns | parts | line_columns(sale.quote.lines)).one()
    return id_, number


def _take_over_draft(session: Session, token: str, booking_id: int, client_id: int) -> None:
    """The draft's files are the booking's now; the draft itself has done its work."""
    draft = session.exec(select(BookingDraft).where(BookingDraft.token == token)).one_or_none()
    if draft is None:
        return
    files = update(Upload).where(col(Upload.draft_id) == draft.id)
    session.execute(files.values(booking_id=booking_id, client_id=client_id, draft_id=None))
    session.delete(draft)
