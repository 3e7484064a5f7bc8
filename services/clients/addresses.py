"""Where on-location sessions take place. A client with addresses has exactly one default."""

from sqlmodel import Session, col, select, update

from models.clients import ClientAddress
from services.clients.queries import address_view, load_client
from services.clients.types import AddressView, NewAddress
from services.core import audit
from services.core.access import Actor, Permission, require
from services.core.errors import NotFound
from services.core.fields import MAX_ID
from services.core.records import checked


def add_address(session: Session, actor: Actor, client_id: int, new: NewAddress) -> AddressView:
    """The first one is the default."""
    require(actor, Permission.MANAGE_CLIENTS)
    load_client(session, client_id, lock=True)
    fields = checked(NewAddress, new)
    address = ClientAddress(client_id=client_id, is_default=_first(session, client_id) is None, **fields)
    session.add(address)
    session.flush()
    audit.record(session, actor, "address_added", "client", client_id, after=fields)
    return address_view(address)


def update_address(session: Session, actor: Actor, address_id: int, change: NewAddress) -> AddressView:
    require(actor, Permission.MANAGE_CLIENTS)
    address = _load(session, address_id)
    fields = checked(NewAddress, change)
    before = {name: getattr(address, name) for name, value in fields.items() if getattr(address, name) != value}
    for name in before:
        setattr(address, name, fields[name])
    session.flush()
    after = {name: fields[name] for name in before}
    audit.record(session, actor, "address_updated", "client", address.client_id, before=before, after=after)
    return address_view(address)


def remove_address(session: Session, actor: Actor, address_id: int) -> None:
    """When it was the default, the oldest of the others becomes it."""
    require(actor, Permission.MANAGE_CLIENTS)
    address = _load(session, address_id)
    before = {"line1": address.line1, "city": address.city}
    session.delete(address)
    session.flush()
    if address.is_default and (heir := _first(session, address.client_id)):
        heir.is_default = True
        session.flush()
    audit.record(session, actor, "address_removed", "client", address.client_id, before=before)


def set_default(session: Session, actor: Actor, address_id: int) -> AddressView:
    require(actor, Permission.MANAGE_CLIENTS)
    address = _load(session, address_id)
    defaults = (col(ClientAddress.client_id) == address.client_id, col(ClientAddress.is_default))
    session.exec(update(ClientAddress).where(*defaults).values(is_default=False))
    address.is_default = True
    session.flush()
    after = {"default_address": address.line1}
    audit.record(session, actor, "address_default_set", "client", address.client_id, after=after)
    return address_view(address)


def _first(session: Session, client_id: int) -> ClientAddress | None:
    own = select(ClientAddress).where(ClientAddress.client_id == client_id)
    return session.exec(own.order_by(col(ClientAddress.id)).limit(1)).first()


def _load(session: Session, address_id: int) -> ClientAddress:
    """Locks the client, so that two people never set two defaults."""
    is_asked = ClientAddress.id == address_id
    client_id = session.exec(select(ClientAddress.client_id).where(is_asked)).first() if 0 < address_id <= MAX_ID else 0
    if client_id:
        load_client(session, client_id, lock=True)
        if address := session.get(ClientAddress, address_id, populate_existing=True):
            return address
    raise NotFound("This address does not exist.")
