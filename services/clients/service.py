"""Clients: created once, however they come, and never lost by accident."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from typing import Any

from sqlalchemy import SQLColumnExpression, and_, func
from sqlalchemy.exc import IntegrityError
from sqlmodel import Session, col, select

from models.catalog import Engineer
from models.clients import Client, ClientStatus
from services import identity, online
from services.clients.errors import ClientAnonymised, ClientExists, ContactNotTaken, ContactOfStaff, OpenBookings
from services.clients.queries import client_view, load_client, open_booking_numbers
from services.clients.rules import parse_numbers
from services.clients.types import ClientChange, ClientView, NewClient
from services.core import audit, clock
from services.core.access import Actor, Permission, Role, require
from services.core.records import checked


def create_client(session: Session, actor: Actor, new: NewClient) -> ClientView:
    """Refuses a contact of staff (ContactOfStaff); offers the client who has it (ClientExists)."""
    require(actor, Permission.MANAGE_CLIENTS)
    return client_view(session, actor, _create(session, actor, new))


def ensure_client(session: Session, actor: Actor, new: NewClient) -> int:
    """The client with that e-mail, else with that phone, else a new one.

    For people who may not see clients: of one who exists nothing is shown and nothing changed.
    """
    require(actor, Permission.BOOK_ONLINE, Permission.BOOK_SESSIONS)
    try:
        with _discreet(actor):
            client = _create(session, actor, new)
    except ClientExists as exists:
        return exists.client_id
    assert client.id is not None
    return client.id


def check_typed(session: Session, new: NewClient) -> None:
    """What is to be mended of it, whoever has that contact. Stores nothing."""
    _checked(session, NewClient, new)


def check_contact(session: Session, actor: Actor, new: NewClient) -> None:
    """Asks early what `create_client` would refuse. Stores nothing.

    Of a client who exists already only those are told who may see clients: for others a booking finds them.
    """
    require(actor, Permission.BOOK_ONLINE, Permission.BOOK_SESSIONS, Permission.MANAGE_CLIENTS)
    online.question(session, actor)
    try:
        with _discreet(actor):
            _fields_of(session, new)
    except ClientExists:
        if actor.can(Permission.MANAGE_CLIENTS):
            raise


def update_client(session: Session, actor: Actor, client_id: int, change: ClientChange) -> ClientView:
    require(actor, Permission.MANAGE_CLIENTS)
    client = _load_to_change(session, client_id)
    fields = _checked(session, ClientChange, change)
    _check_contact(session, fields, but=client.id)
    before = {name: getattr(client, name) for name, value in fields.items() if getattr(client, name) != value}
    if before:
        after = {name: fields[name] for name in before}
        _store(session, client, after)
        audit.record(session, actor, "client_updated", "client", client.id, before=before, after=after)
    return client_view(session, actor, client)


def delete_client(session: Session, actor: Actor, client_id: int) -> None:
    """Hidden, not gone: `restore_client` brings it back. Refused while sessions are to come."""
    require(actor, Permission.MANAGE_CLIENTS)
    client = load_client(session, client_id, lock=True)
    if numbers := open_booking_numbers(session, client_id):
        raise OpenBookings(numbers)
    client.deleted_at = clock.now()
    audit.record(session, actor, "client_deleted", "client", client_id)
    session.flush()


def restore_client(session: Session, actor: Actor, client_id: int) -> ClientView:
    """Refused when somebody else has the contact by now."""
    require(actor, Permission.MANAGE_CLIENTS)
    client = load_client(session, client_id, deleted=True, lock=True)
    if client.deleted_at is not None:
        _check_contact(session, _contact_of(client), but=client_id)
        _store(session, client, {"deleted_at": None})
        audit.record(session, actor, "client_restored", "client", client_id)
    return client_view(session, actor, client)


@contextmanager
def _discreet(actor: Actor) -> Iterator[None]:
    """A visitor is not told who works here."""
    try:
        yield
    except ContactOfStaff as refusal:
        if actor.can(Permission.BOOK_SESSIONS):
            raise
        raise ContactNotTaken(refusal.field or "email") from refusal


def _create(session: Session, actor: Actor, new: NewClient) -> Client:
    fields = _fields_of(session, new)
    client = Client(**fields)
    _store(session, client, {})
    audit.record(session, actor, "client_created", "client", client.id, after=fields)
    return client


def _checked(session: Session, kind: type[NewClient], form: NewClient) -> dict[str, Any]:
    region = identity.phone_region(session)
    return checked(kind, form, {"phone": lambda: parse_numbers(form.phone, form.phone_extension, region)})


def _fields_of(session: Session, new: NewClient) -> dict[str, Any]:
    fields = _checked(session, NewClient, new)
    _check_contact(session, fields)
    return fields


def _load_to_change(session: Session, client_id: int) -> Client:
    client = load_client(session, client_id, lock=True)
    if client.status is ClientStatus.ANONYMISED:
        raise ClientAnonymised
    return client


def _store(session: Session, client: Client, values: dict[str, Any]) -> None:
    """The unique indexes have the last word: of two people at once, the second is told of the first."""
    client_id, contact = client.id, _contact_of(client) | values
    try:
        with session.begin_nested():
            for name, value in values.items():
                setattr(client, name, value)
            session.add(client)
    except IntegrityError:
        _check_contact(session, contact, but=client_id)
        raise


def _contact_of(client: Client) -> dict[str, Any]:
    return {name: getattr(client, name) for name in ("email", "phone", "phone_extension")}


def _check_contact(session: Session, contact: Mapping[str, Any], *, but: int | None = None) -> None:
    """`but` is the client whose own contact it is. Behind one number each extension reaches somebody else."""
    for field in ("email", "phone"):
        if contact[field] and (whose := _whose(session, field, contact[field])):
            raise ContactOfStaff(field, whose)
    same_line = (col(Client.phone) == contact["phone"], col(Client.phone_extension) == contact["phone_extension"])
    same = {"email": func.lower(Client.email) == contact["email"], "phone": and_(*same_line)}
    for field, is_same in same.items():
        if contact[field] and (other := _other_client(session, is_same, but)):
            raise ClientExists(field, *other)


def _other_client(session: Session, same: SQLColumnExpression[bool], but: int | None) -> tuple[int, str] | None:
    wanted = (same, col(Client.deleted_at).is_(None), col(Client.id).is_distinct_from(but))
    found = session.exec(select(Client.id, Client.name).where(*wanted)).first()
    return (found[0], found[1]) if found and found[0] else None


def _whose(session: Session, field: str, value: str) -> str | None:
    """Whose kind of record has the contact, as far as it is staff's."""
    users = identity.users_with_contact(session, **{"email": None, "phone": None, field: value})
    is_engineers = func.lower(Engineer.email) == value if field == "email" else col(Engineer.phone) == value
    engineers = session.exec(select(Engineer.id).where(is_engineers, col(Engineer.deleted_at).is_(None))).first()
    if engineers or any(Role.ENGINEER in user.roles for user in users):
        return "an engineer"
    return "a staff member" if users else None
