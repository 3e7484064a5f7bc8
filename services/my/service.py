"""A client proves their address, and sees what is theirs.

An e-mail that somebody types proves nothing. Whatever shows more than the one booking whose link one
holds is reached by a link mailed to the address on file. Mail scanners open links: looking at one
changes nothing, only `enter` spends it.
"""

from datetime import datetime, timedelta

from sqlalchemy import text
from sqlmodel import Session, col, delete

from models.my import ClientLink, ClientSession
from models.outbox import DeliveryType
from services import bookings, clients, feeds, identity, online
from services.core import audit, clock, outbox
from services.core.access import Actor, Permission, require
from services.core.config import settings
from services.core.fields import parse_email
from services.core.studio import studio_info
from services.feeds import NewFeed
from services.my.errors import LinkSpent, NotEntered
from services.my.types import Entered, Overview, OwnBooking
from services.online import Allowance

_LINK_TIME = timedelta(hours=1)
_SESSION_TIME = timedelta(days=30)

# An address that is no longer the client's opens nothing, whatever was mailed to it before.
_SPEND = text(
    """
update client_link link set used_at = :now from client
 where link.token_hash = :hashed and link.used_at is null and link.expires_at > :now
   and client.id = link.client_id and lower(client.email) = link.email
   and client.deleted_at is null and client.status <> 'ANONYMISED'
returning link.client_id, link.email
"""
)
_WHOSE = text(
    """
select s.client_id, s.email from client_session s join client c on c.id = s.client_id
 where s.token_hash = :hashed and s.expires_at > :now and lower(c.email) = s.email
   and c.deleted_at is null and c.status <> 'ANONYMISED'
"""
)

_MAIL = """You, or somebody who typed your address, asked for the link to your bookings at {studio}.

Open it within the hour and press the button there: {link}

The link works once. If it was not you, nothing has happened and you need do nothing.
"""


def ask_link(session: Session, actor: Actor, email: str, now: datetime | None = None) -> None:
    """Mails a link to a client of that address, or does nothing: the answer is the same."""
    require(actor, Permission.BOOK_ONLINE)
    online.request(session, actor)
    address = parse_email(email)
    online.spend_apart(session, Allowance.LINK, address, now)  # known or not: it tells nothing
    now = now or clock.now()
    client_id = clients.client_of_email(session, address)
    audit.record(session, actor, "client_link_asked", "client", client_id)
    if client_id is None:
        return
    token = identity.new_token()
    expires_at = now + _LINK_TIME
    hashed = identity.token_hash(token)
    session.add(
        ClientLink(client_id=client_id, email=address, token_hash=hashed, created_at=now, expires_at=expires_at)
    )
    session.flush()
    body = _MAIL.format(studio=studio_info(session).name, link=f"{settings().public_url.rstrip('/')}/my?link={token}")
    outbox.queue(session, DeliveryType.CLIENT_LINK, address, "Your bookings", body)


def enter(session: Session, actor: Actor, link: str, now: datetime | None = None) -> Entered:
    """Spends the link. Raises LinkSpent."""
    require(actor, Permission.BOOK_ONLINE)
    online.request(session, actor)
    now = now or clock.now()
    found = session.execute(_SPEND, {"hashed": identity.token_hash(link), "now": now}).first()
    if found is None:
        raise LinkSpent
    is_over = col(ClientSession.expires_at) <= now
    session.exec(delete(ClientSession).where(col(ClientSession.client_id) == found.client_id, is_over))
    token = identity.new_token()
    opened = ClientSession(
        client_id=found.client_id,
        email=found.email,
        token_hash=identity.token_hash(token),
        created_at=now,
        expires_at=now + _SESSION_TIME,
        ip=actor.ip,
        user_agent=actor.user_agent,
    )
    session.add(opened)
    session.flush()
    audit.record(session, actor, "client_entered", "client", found.client_id)
    return Entered(token, opened.expires_at)


def leave(session: Session, actor: Actor, token: str) -> None:
    """Leaving twice is no mistake."""
    require(actor, Permission.BOOK_ONLINE)
    gone = delete(ClientSession).where(col(ClientSession.token_hash) == identity.token_hash(token))
    client_id = session.exec(gone.returning(col(ClientSession.client_id))).scalar_one_or_none()
    if client_id is not None:
        audit.record(session, actor, "client_left", "client", client_id)


def overview(session: Session, actor: Actor, token: str, now: datetime | None = None) -> Overview:
    """Raises NotEntered without a session that counts."""
    require(actor, Permission.BOOK_ONLINE)
    now = now or clock.now()
    client_id, email = _whose(session, token, now)
    own = [OwnBooking(booking, link) for booking, link in bookings.of_client(session, client_id)]
    upcoming = [one for one in own if one.booking.end > now and one.booking.status.is_open]
    past = [one for one in own if one not in upcoming]
    return Overview(
        email=email,
        upcoming=tuple(upcoming),
        past=tuple(reversed(past)),
        feeds=feeds.own_feeds(session, client_id),
        studio=studio_info(session),
    )


def subscribe(session: Session, actor: Actor, token: str, now: datetime | None = None) -> NewFeed:
    """An address that shows all of the client's sessions in any calendar, while their e-mail stays what it is."""
    require(actor, Permission.BOOK_ONLINE)
    online.request(session, actor)
    client_id, email = _whose(session, token, now or clock.now())
    return feeds.create_own_feed(session, actor, client_id, email)


def revoke_feed(session: Session, actor: Actor, token: str, feed_id: int, now: datetime | None = None) -> None:
    require(actor, Permission.BOOK_ONLINE)
    online.request(session, actor)
    client_id, _ = _whose(session, token, now or clock.now())
    feeds.revoke_own_feed(session, actor, client_id, feed_id)


def _whose(session: Session, token: str, now: datetime) -> tuple[int, str]:
    found = session.execute(_WHOSE, {"hashed": identity.token_hash(token), "now": now}).first() if token else None
    if found is None:
        raise NotEntered
    return found.client_id, found.email
