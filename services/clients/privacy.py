"""What a client may ask for: all their data, and to be forgotten (domain 3)."""

from base64 import b64encode
from collections.abc import Sequence
from typing import Any

from sqlalchemy import String, cast, func, or_
from sqlmodel import Session, SQLModel, col, delete, select, update

from models.bookings import (
    Booking,
    BookingAuthorization,
    BookingDraft,
    BookingLine,
    BookingMic,
    BookingRoom,
    Payment,
    Upload,
)
from models.clients import Artist, ClientAddress, ClientStatus
from models.outbox import Delivery, DeliveryStatus
from models.waitlist import WaitlistWish, WishStatus
from services import audit
from services.access import Actor, Permission, require
from services.clients.errors import ClientAnonymised
from services.clients.queries import load_client

_OF_BOOKINGS: dict[str, type[SQLModel]] = {
    "rooms": BookingRoom,
    "microphones": BookingMic,
    "lines": BookingLine,
    "payments": Payment,
}
_SECRETS = {"public_token", "token", "idempotency_key", "name_on_disk"}


def export_client(session: Session, actor: Actor, client_id: int) -> dict[str, Any]:
    """Everything kept about a client, as JSON values; a deleted client's too."""
    require(actor, Permission.ANONYMISE_CLIENTS)
    client = load_client(session, client_id, deleted=True)
    bookings = session.exec(select(Booking).where(Booking.client_id == client_id).order_by(col(Booking.id))).all()
    ids = [booking.id for booking in bookings]
    audit.record(session, actor, "client_exported", "client", client_id)
    return {
        "client": _json(client),
        "artists": _all(session, Artist, col(Artist.client_id) == client_id),
        "addresses": _all(session, ClientAddress, col(ClientAddress.client_id) == client_id),
        "bookings": [_json(booking) for booking in bookings],
        **{name: _all(session, table, _of(table, ids)) for name, table in _OF_BOOKINGS.items()},
        "authorizations": [_authorization(row) for row in _rows(session, BookingAuthorization, ids)],
        "wishes": _all(session, WaitlistWish, col(WaitlistWish.client_id) == client_id),
        "files": _all(session, Upload, _uploads(client_id, ids)),
        "mails": _all(session, Delivery, func.lower(Delivery.to) == client.email),
    }


def anonymise_client(session: Session, actor: Actor, client_id: int) -> None:
    """Takes out who the client is, for good. What was sold and paid stays, and so does the audit.

    Allowed while sessions are to come: the time stays booked, for a client without a name.
    Mails to the client that were not sent yet never will be.
    """
    require(actor, Permission.ANONYMISE_CLIENTS)
    client = load_client(session, client_id, deleted=True, lock=True)
    if client.status is ClientStatus.ANONYMISED:
        raise ClientAnonymised
    ids = list(session.exec(select(Booking.id).where(Booking.client_id == client_id)))
    _forget_mails(session, client.email, ids)
    _forget_drafts(session, client.email)
    _forget_bookings(session, client_id, ids)
    _forget_artists(session, client_id)
    _forget_wishes(session, client_id)
    client.name, client.status = f"Anonymised client {client_id}", ClientStatus.ANONYMISED
    client.email = client.phone = client.budget_cents = None
    client.label = client.project = client.notes = ""
    session.flush()
    audit.record(session, actor, "client_anonymised", "client", client_id)


def _forget_artists(session: Session, client_id: int) -> None:
    session.exec(delete(ClientAddress).where(col(ClientAddress.client_id) == client_id))
    nameless = {"name": func.concat("Artist ", col(Artist.id)), "genre": "", "history": "", "attributes": {}}
    session.exec(update(Artist).where(col(Artist.client_id) == client_id).values(**nameless))


def _forget_wishes(session: Session, client_id: int) -> None:
    """They are offered nothing more."""
    wishes = update(WaitlistWish).where(col(WaitlistWish.client_id) == client_id)
    session.exec(wishes.values(notes=""))
    session.exec(wishes.where(col(WaitlistWish.status) == WishStatus.WAITING).values(status=WishStatus.WITHDRAWN))


def _forget_bookings(session: Session, client_id: int, ids: Sequence[int | None]) -> None:
    session.exec(update(Booking).where(col(Booking.client_id) == client_id).values(notes="", referral_name=""))
    signed = update(BookingAuthorization).where(col(BookingAuthorization.booking_id).in_(ids))
    session.exec(signed.values(name="Anonymised", image=None, ip="", user_agent=""))
    session.exec(update(Upload).where(_uploads(client_id, ids)).values(name="Anonymised", verification_notes=""))


def _forget_mails(session: Session, email: str | None, ids: Sequence[int | None]) -> None:
    mails = update(Delivery).where(_mails(email, ids))
    session.exec(mails.where(col(Delivery.status) == DeliveryStatus.PENDING).values(status=DeliveryStatus.UNSUBSCRIBED))
    session.exec(mails.values(to="", subject="Anonymised", body=""))


def _forget_drafts(session: Session, email: str | None) -> None:
    """A half-filled wizard names its client only in what was typed."""
    if email:
        typed = cast(BookingDraft.data, String).icontains(f'"{email}"', autoescape=True)
        session.exec(delete(BookingDraft).where(typed))


def _uploads(client_id: int, ids: Sequence[int | None]) -> Any:
    return or_(col(Upload.client_id) == client_id, col(Upload.booking_id).in_(ids))


def _mails(email: str | None, ids: Sequence[int | None]) -> Any:
    """Also what went to staff about the client's sessions: the client's name is in it."""
    return or_(func.lower(Delivery.to) == email, col(Delivery.booking_id).in_(ids))


def _of(table: Any, ids: Sequence[int | None]) -> Any:
    return col(table.booking_id).in_(ids)


def _rows(session: Session, table: type[BookingAuthorization], ids: Sequence[int | None]) -> Any:
    return session.exec(select(table).where(_of(table, ids)))


def _all(session: Session, table: type[SQLModel], wanted: Any) -> list[dict[str, Any]]:
    return [_json(row) for row in session.exec(select(table).where(wanted))]


def _json(row: SQLModel) -> dict[str, Any]:
    return row.model_dump(mode="json", exclude=_SECRETS)


def _authorization(row: BookingAuthorization) -> dict[str, Any]:
    signature = b64encode(row.image).decode() if row.image else None
    return row.model_dump(mode="json", exclude={"image"}) | {"signature_base64": signature}
