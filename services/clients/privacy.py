"""What a client may ask for: all their data, and to be forgotten (domain 3). What is known is in personal.py."""

from base64 import b64encode
from typing import Any

from sqlmodel import Session, col, delete, select, update

from models.bookings import Booking, Upload
from models.clients import Client, ClientStatus
from models.feeds import Feed
from models.outbox import Delivery, DeliveryStatus
from models.waitlist import WaitlistWish, WishStatus
from services.clients.errors import ClientAnonymised
from services.clients.personal import KNOWN, Known, Person, forgotten, table_of
from services.clients.queries import load_client
from services.core import audit, clock, files
from services.core.access import Actor, Permission, require


def export_client(session: Session, actor: Actor, client_id: int) -> dict[str, Any]:
    """Everything kept about a client, as JSON values; a deleted client's too."""
    require(actor, Permission.ANONYMISE_CLIENTS)
    person = _person(session, load_client(session, client_id, deleted=True))
    audit.record(session, actor, "client_exported", "client", client_id)
    told = {known.told_as: _told(session, known, person) for known in KNOWN if known.told_as}
    return told | {"client": told["client"][0]}


def anonymise_client(session: Session, actor: Actor, client_id: int) -> None:
    """Takes out who the client is, for good. What was sold and paid stays, and so does the audit.

    Allowed while sessions are to come: the time stays booked, for a client without a name.
    Mails to the client that were not sent yet never will be, calendar links are revoked, wishes withdrawn.
    """
    require(actor, Permission.ANONYMISE_CLIENTS)
    client = load_client(session, client_id, deleted=True, lock=True)
    if client.status is ClientStatus.ANONYMISED:
        raise ClientAnonymised
    person = _person(session, client)
    _end(session, person)
    for known in KNOWN:
        _forget(session, known, person)
    client.status = ClientStatus.ANONYMISED
    session.flush()
    session.refresh(client)
    audit.record(session, actor, "client_anonymised", "client", client_id)


def _person(session: Session, client: Client) -> Person:
    assert client.id is not None
    bookings = session.exec(select(Booking.id).where(Booking.client_id == client.id).order_by(col(Booking.id)))
    ids = [booking_id for booking_id in bookings if booking_id]
    return Person(client.id, client.name, client.email, client.phone, ids)


def _end(session: Session, person: Person) -> None:
    """What would still reach the client, or be offered to them."""
    mails = {known.table: known for known in KNOWN}[Delivery].rows(person)
    pending = update(Delivery).where(mails, col(Delivery.status) == DeliveryStatus.PENDING)
    session.exec(pending.values(status=DeliveryStatus.UNSUBSCRIBED))
    wishes = update(WaitlistWish).where(col(WaitlistWish.client_id) == person.client_id)
    session.exec(wishes.where(col(WaitlistWish.status) == WishStatus.WAITING).values(status=WishStatus.WITHDRAWN))
    links = update(Feed).where(col(Feed.client_id) == person.client_id, col(Feed.revoked_at).is_(None))
    session.exec(links.values(revoked_at=clock.now()))


def _forget(session: Session, known: Known, person: Person) -> None:
    if known.table is Upload:
        _forget_files(session, known, person)
    if known.goes:
        session.exec(delete(known.table).where(known.rows(person)))
    elif lost := forgotten(known):
        session.exec(update(known.table).where(known.rows(person)).values(lost))


def _forget_files(session: Session, known: Known, person: Person) -> None:
    for name in session.exec(select(Upload.name_on_disk).where(known.rows(person))):
        files.forget(session, name)


def _told(session: Session, known: Known, person: Person) -> list[dict[str, Any]]:
    rows = session.exec(select(known.table).where((known.told or known.rows)(person)))
    hidden = known.secret | {column.name for column in table_of(known).columns if column.computed}
    return [_json(row, set(hidden)) for row in rows]


def _json(row: Any, hidden: set[str]) -> dict[str, Any]:
    """A signature in base64."""
    told: dict[str, Any] = row.model_dump(mode="json", exclude=hidden | {"image"})
    if hasattr(row, "image"):
        told["signature_base64"] = b64encode(row.image).decode() if row.image else None
    return told
