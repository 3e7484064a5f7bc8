"""Booking a session: one transaction for time, lines, snapshots, authorization, payments, audit and mails."""

from collections.abc import Collection
from dataclasses import replace
from datetime import datetime

from sqlalchemy import update
from sqlmodel import Session, col

from models.bookings import Booking, BookingSource, BookingStatus, Upload
from services import clients, holds, online
from services.bookings import detail, drafts, mails, unpaid
from services.bookings.authorization import signed
from services.bookings.errors import PriceChanged
from services.bookings.lapses import make_way
from services.bookings.ledgers import claim_time
from services.bookings.payments import add_payments, check_splits
from services.bookings.rules import FIRST_STATUSES, check_authorization
from services.bookings.sale import Sale, resolve
from services.bookings.storing import BookingInsert, store
from services.bookings.types import BookingView, NewBooking
from services.core import audit, clock, idempotency
from services.core.access import SYSTEM, Actor, Permission, anonymous, require
from services.core.checking import all_at_once, noted
from services.core.errors import Invalid, NotAllowed
from services.core.money import as_text
from services.core.studio import Studio
from services.online import Allowance
from services.pricing import Quote


def quote(session: Session, actor: Actor, new: NewBooking, now: datetime | None = None) -> Quote:
    """The price of the wizard's answers, line by line. Stores nothing."""
    require(actor, Permission.BOOK_ONLINE, Permission.BOOK_SESSIONS)
    online.question(session, actor)
    return resolve(session, actor, new, now).quote


def check_new(session: Session, actor: Actor, new: NewBooking, now: datetime | None = None) -> None:
    """Refuses what `create` would, as far as that is to be mended in the wizard's answers. Stores nothing."""
    require(actor, Permission.BOOK_ONLINE, Permission.BOOK_SESSIONS)
    online.question(session, actor)
    _checked(session, actor, new, now or clock.now(), is_public=not actor.can(Permission.BOOK_SESSIONS))


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
    online.request(session, actor)
    actor = anonymous(actor.ip, actor.user_agent)  # signed in or not, the public page sells to visitors
    if new.payments or new.discount or new.rate_overrides or new.client_id is not None:
        raise NotAllowed("Only the studio takes payments, gives discounts or picks a client.")
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
    mails.created(session, [detail.full_view_of(session, id_) for id_ in ids], studio)


def _create(
    session: Session, actor: Actor, new: NewBooking, source: BookingSource, now: datetime, *, is_told: bool = True
) -> BookingView:
    """Once for an Idempotency-Key: the same request again shows the booking it made."""

    def make(session: Session, actor: Actor) -> dict[str, int]:
        return {"id": _sell(session, actor, new, source, now, is_told=is_told).id}

    if not new.idempotency_key:
        return _shown(actor, source, _sell(session, actor, new, source, now, is_told=is_told))
    request = f"book as {source}: {replace(new, idempotency_key=None)!r}"
    made = idempotency.once(session, actor, new.idempotency_key, request, make)
    return _shown(actor, source, detail.full_view_of(session, made["id"]))


def _sell(
    session: Session, actor: Actor, new: NewBooking, source: BookingSource, now: datetime, *, is_told: bool
) -> BookingView:
    is_public = source is BookingSource.PUBLIC_PAGE
    sale = _checked(session, actor, new, now, is_public)
    _check_price(new, sale)
    if is_public:
        online.spend(session, Allowance.BOOKING, online.address_of(actor.ip), now)
    client_id = _client_id(session, actor, new)
    artist_id = clients.booked_for(session, client_id, new.artist)
    if is_public:
        unpaid.check_client(session, client_id, sale, now)
    if new.status.holds_time:
        make_way(session, sale.start, sale.occupied_until, now)
    claim = claim_time(session, actor, sale, now) if new.status.holds_time else None
    if is_public:
        unpaid.check_share(session, sale, now)
    id_, number = store(session, actor, BookingInsert(new, sale, source, client_id, artist_id, claim), now)
    after = {"number": number, "status": new.status, "total_cents": sale.quote.total_cents}
    agreed = [signed(new.authorization, sale.studio.terms_version)] if new.authorization else []
    audit.record_all(session, actor, "booking", id_, audit.Event("booking_created", after), *agreed)
    if new.status is BookingStatus.HOLD:
        holds.place(session, actor, session.get_one(Booking, id_), sale.studio, now)
    if new.draft_token:
        _take_over_draft(session, new.draft_token, id_, client_id)
    add_payments(session, actor, session.get_one(Booking, id_), new.payments, now)
    whole = detail.full_view_of(session, id_)
    if claim is not None:
        holds.tell_overtaken(session, holds.holds_met_by(session, sale.wish), now)
    if is_told:
        mails.created(session, [whole], sale.studio)
    return whole


@all_at_once
def _checked(session: Session, actor: Actor, new: NewBooking, now: datetime, is_public: bool) -> Sale:
    """All that is to be mended before anything is taken: who, what and when, the payments, the signature."""
    _check_client(session, new, is_public)
    sale = noted(resolve)(session, actor, new, now)
    check_splits(session, new.payments, now)
    if is_public and new.status is not BookingStatus.PENDING:
        raise Invalid("An online booking starts as pending.", field="status")
    if is_public and new.authorization is None:
        raise Invalid("Sign the terms, or tick that you accept them.", field="authorization")
    if new.authorization:
        check_authorization(new.authorization)
    return sale


@noted
def _check_client(session: Session, new: NewBooking, is_public: bool) -> None:
    if is_public and (new.client is None or not new.client.email or not new.client.phone):
        raise Invalid("Give your name, e-mail and phone.", field="client")
    if new.client_id is None and new.client is not None:
        clients.check_typed(session, new.client)


def _shown(actor: Actor, source: BookingSource, whole: BookingView) -> BookingView:
    return detail.redacted_for_link(whole) if source is BookingSource.PUBLIC_PAGE else detail.redacted_for(actor, whole)


def _check_price(new: NewBooking, sale: Sale) -> None:
    total = sale.quote.total_cents
    if new.expected_total_cents is not None and new.expected_total_cents != total:
        raise PriceChanged(total, as_text(total, sale.studio.currency, sale.studio.locale))


def _client_id(session: Session, actor: Actor, new: NewBooking) -> int:
    if new.client_id is not None:
        return new.client_id
    if new.client is None:
        raise Invalid("Choose a client, or give a new one's name and contact.", field="client")
    if actor.can(Permission.MANAGE_CLIENTS):
        return clients.create_client(session, actor, new.client).id
    return clients.ensure_client(session, actor, new.client)


def _take_over_draft(session: Session, token: str, booking_id: int, client_id: int) -> None:
    """The draft's files are the booking's now; the draft itself has done its work."""
    draft = drafts.kept(session, token)
    if draft is None:
        return
    files = update(Upload).where(col(Upload.draft_id) == draft.id)
    session.execute(files.values(booking_id=booking_id, client_id=client_id, draft_id=None))
    session.delete(draft)
