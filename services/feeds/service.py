"""Calendar addresses: made, listed, revoked and read."""

import hashlib
import secrets
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta

from sqlmodel import Session, col, select

from models.catalog import Resource, ResourceKind
from models.clients import Client, ClientStatus
from models.feeds import Feed
from models.identity import User
from services import clients, identity, online
from services.bookings import BookingView
from services.core import audit, clock
from services.core.access import Actor, Permission, require
from services.core.config import settings
from services.core.errors import Conflict, NotFound
from services.core.fields import MAX_ID, parse_text
from services.core.studio import Studio, studio_info
from services.feeds.calendar import calendar_of
from services.feeds.sessions import block_events, client_summary, place, session_events, status_of, uid
from services.feeds.types import Event, FeedKind, FeedSubject, FeedView, NewFeed, Rendered

_NOTED_EVERY = timedelta(minutes=1)
_TOKEN_BYTES = 32
_MOST = 20


def create_feed(session: Session, actor: Actor, subject: FeedSubject, label: str = "") -> NewFeed:
    """A new private address. Engineers and performers make their own; the office those of rooms and clients."""
    _require(actor, subject)
    return _create(session, actor, subject, _label(label))


def create_own_feed(session: Session, actor: Actor, client_id: int, email: str) -> NewFeed:
    """All sessions of a client who has proved that `email` is theirs. Called within their own page."""
    return _create(session, actor, FeedSubject(FeedKind.CLIENT, client_id), "From my bookings", email)


def own_feeds(session: Session, client_id: int) -> tuple[FeedView, ...]:
    """Those that the client made."""
    subject = FeedSubject(FeedKind.CLIENT, client_id)
    own = [feed for feed, _ in _in_use(session, subject) if feed.email is not None]
    return tuple(_view(feed, subject, "") for feed in own if _is_there(session, feed))


def revoke_own_feed(session: Session, actor: Actor, client_id: int, feed_id: int) -> None:
    feed = session.get(Feed, feed_id) if 0 < feed_id <= MAX_ID else None
    if feed is None or feed.client_id != client_id or feed.email is None or feed.revoked_at is not None:
        raise NotFound("There is no such calendar address.")
    _revoke(session, actor, feed)


def list_feeds(session: Session, actor: Actor, subject: FeedSubject) -> tuple[FeedView, ...]:
    """Those that were not revoked, the latest first."""
    _require(actor, subject)
    found = _in_use(session, subject)
    return tuple(_view(feed, subject, name or "", answers=_answers(session, feed)) for feed, name in found)


def revoke_feed(session: Session, actor: Actor, feed_id: int) -> FeedView:
    """From now on the address answers as if it had never been."""
    require(actor, Permission.VIEW_OWN_SESSIONS, Permission.VIEW_ALL_SESSIONS, Permission.MANAGE_CLIENTS)
    feed = session.get(Feed, feed_id) if 0 < feed_id <= MAX_ID else None
    if feed is None or feed.revoked_at is not None:
        raise NotFound("There is no such calendar address.")
    subject = _subject(session, feed)
    _require(actor, subject)
    _revoke(session, actor, feed)
    return _view(feed, subject, "")


def render(session: Session, actor: Actor, token: str, now: datetime | None = None) -> Rendered:
    """The calendar behind an address. A wrong one, a revoked one and one whose maker lost the right are the same."""
    require(actor, Permission.BOOK_ONLINE)
    online.question(session, actor)
    now = now or clock.now()
    feed = session.exec(select(Feed).where(Feed.token_hash == _hash(token))).one_or_none()
    if feed is None or feed.revoked_at is not None or not _answers(session, feed):
        raise NotFound("There is no such calendar.")
    if feed.last_read_at is None or now - feed.last_read_at > _NOTED_EVERY:
        feed.last_read_at = now
        session.add(feed)
    studio, subject = studio_info(session), _subject(session, feed)
    events = [*session_events(session, subject, studio, now), *block_events(session, subject, now)]
    content = calendar_of(events, studio.zone, name=_name(session, subject, studio))
    changed_at = max((event.changed_at for event in events), default=feed.created_at.astimezone(UTC))
    return Rendered(content, hashlib.sha256(content).hexdigest()[:32], changed_at)


def url_of(token: str) -> str:
    """What people give to their calendar."""
    return f"{settings().public_url.rstrip('/')}/api/feeds/{token}.ics"


def single(booking: BookingView, studio: Studio) -> bytes:
    """One session as its client sees it, to add to a calendar: the same event as in their feed."""
    rooms = [room.name for room in booking.rooms]
    event = Event(
        uid=uid(booking.number),
        version=booking.version,
        changed_at=clock.now(),
        start=booking.start,
        end=booking.end,
        status=status_of(booking.status),
        summary=client_summary(booking.service_name, rooms, booking.period, studio),
        location=place(rooms, studio),
        description=f"Booking: {booking.number}",
    )
    return calendar_of([event], studio.zone)


def _revoke(session: Session, actor: Actor, feed: Feed) -> None:
    feed.revoked_at = clock.now()
    session.add(feed)
    session.flush()
    audit.record(session, actor, "feed_revoked", "feed", feed.id, before={"label": feed.label})


def _require(actor: Actor, subject: FeedSubject) -> None:
    require(actor, *_rights(actor, subject))


def _rights(actor: Actor, subject: FeedSubject) -> tuple[Permission, ...]:
    """Any of these lets somebody read the subject's calendar."""
    if subject.kind is FeedKind.CLIENT:
        return (Permission.MANAGE_CLIENTS,)
    if subject.kind is not FeedKind.ROOM and subject.id in actor.resource_ids:
        return (Permission.VIEW_OWN_SESSIONS, Permission.UPDATE_OWN_AVAILABILITY)
    return (Permission.VIEW_ALL_SESSIONS,)


def _create(session: Session, actor: Actor, subject: FeedSubject, label: str, email: str | None = None) -> NewFeed:
    _check_subject(session, subject)
    if len(_in_use(session, subject)) >= _MOST:
        raise Conflict(f"There are {_MOST} addresses already. Revoke one that nobody reads.", code="too_many_feeds")
    token = secrets.token_urlsafe(_TOKEN_BYTES)
    is_client = subject.kind is FeedKind.CLIENT
    feed = Feed(
        token_hash=_hash(token),
        label=label,
        client_id=subject.id if is_client else None,
        resource_id=None if is_client else subject.id,
        created_by=actor.user_id,
        email=email,
    )
    session.add(feed)
    session.flush()
    after = {"kind": subject.kind, "of": subject.id, "label": label}
    audit.record(session, actor, "feed_created", "feed", feed.id, after=after)
    return NewFeed(_view(feed, subject, actor.name), token)


def _in_use(session: Session, subject: FeedSubject) -> Sequence[tuple[Feed, str | None]]:
    of = Feed.client_id if subject.kind is FeedKind.CLIENT else Feed.resource_id
    rows = session.exec(
        select(Feed, User.name)
        .outerjoin(User, col(User.id) == Feed.created_by)
        .where(of == min(subject.id, MAX_ID), col(Feed.revoked_at).is_(None))
        .order_by(col(Feed.created_at).desc(), col(Feed.id).desc())
    )
    return rows.all()


def _check_subject(session: Session, subject: FeedSubject) -> None:
    if subject.kind is FeedKind.CLIENT:
        clients.bookable_client(session, subject.id)
        return
    resource = session.get(Resource, subject.id) if 0 < subject.id <= MAX_ID else None
    if resource is None or resource.kind != ResourceKind[subject.kind.name]:
        raise NotFound(f"There is no such {subject.kind.lower()}.")


def _answers(session: Session, feed: Feed) -> bool:
    """Asked at every reading: what it is of is still there, and who made it could make it again.

    Nobody stands behind the address that a client made: it ends with the client, and with their e-mail.
    """
    if not _is_there(session, feed):
        return False
    if feed.created_by is None:
        return True
    maker, subject = identity.actor_as_of_now(session, feed.created_by), _subject(session, feed)
    return maker is not None and any(maker.can(right) for right in _rights(maker, subject))


def _is_there(session: Session, feed: Feed) -> bool:
    if feed.client_id is not None:
        client = session.get_one(Client, feed.client_id)
        is_theirs = feed.email is None or feed.email == (client.email or "").lower()
        return is_theirs and client.deleted_at is None and client.status is not ClientStatus.ANONYMISED
    return session.get_one(Resource, feed.resource_id).is_active


def _subject(session: Session, feed: Feed) -> FeedSubject:
    if feed.client_id is not None:
        return FeedSubject(FeedKind.CLIENT, feed.client_id)
    resource = session.get_one(Resource, feed.resource_id)
    return FeedSubject(FeedKind[resource.kind.name], feed.resource_id or 0)


def _name(session: Session, subject: FeedSubject, studio: Studio) -> str:
    if subject.kind is FeedKind.CLIENT:
        return f"{studio.name}: your sessions"
    return f"{studio.name}: {session.get_one(Resource, subject.id).name}"


def _label(label: str) -> str:
    return parse_text(label, "label", "The label", limit=100) or "Calendar"


def _hash(token: str) -> bytes:
    return hashlib.sha256(token.encode("utf-8", "surrogatepass")).digest()


def _view(feed: Feed, subject: FeedSubject, created_by: str, *, answers: bool = True) -> FeedView:
    assert feed.id is not None
    return FeedView(feed.id, subject, feed.label, feed.created_at, created_by, feed.last_read_at, answers)
