"""Who else has a booking's page open, so that two people do not change it unknowingly."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy.dialects.postgresql import insert
from sqlmodel import Session, col, delete, select

from models.identity import User
from models.presence import Presence
from services import bookings
from services.core import clock, live
from services.core.access import Actor, Permission, require
from services.core.db import table

TOPIC = "presence"
BEAT = timedelta(seconds=20)
"""How often an open page says that it is still there."""
_GONE = 2.5 * BEAT


@dataclass(frozen=True, slots=True)
class Present:
    user_id: int
    name: str
    is_editing: bool


def stay(
    session: Session, actor: Actor, number: str, *, is_editing: bool = False, now: datetime | None = None
) -> tuple[Present, ...]:
    """Says that this person's page of the booking is open, and who else has it open."""
    require(actor, Permission.VIEW_OWN_SESSIONS, Permission.VIEW_PAYMENTS)
    now = now or clock.now()
    booking_id = bookings.get_booking(session, actor, number).id
    if actor.user_id is not None and _is_news(session, actor.user_id, booking_id, is_editing, now):
        live.announce(session, TOPIC, booking_id)
    rows = session.exec(
        select(User.id, User.name, Presence.is_editing)
        .join(Presence, col(Presence.user_id) == User.id)
        .where(Presence.booking_id == booking_id, Presence.user_id != actor.user_id, Presence.seen_at > now - _GONE)
        .order_by(col(User.name_folded), col(User.id))
    )
    return tuple(Present(user_id or 0, name, editing) for user_id, name, editing in rows)


def leave(session: Session, actor: Actor, booking_id: int) -> None:
    """The page was closed."""
    require(actor, Permission.VIEW_OWN_SESSIONS, Permission.VIEW_PAYMENTS)
    mine = delete(Presence).where(col(Presence.booking_id) == booking_id, col(Presence.user_id) == actor.user_id)
    if session.exec(mine).rowcount:
        live.announce(session, TOPIC, booking_id)


def _is_news(session: Session, user_id: int, booking_id: int, is_editing: bool, now: datetime) -> bool:
    """Notes the visit; whether others see something new by it."""
    known = session.exec(
        select(Presence.seen_at, Presence.is_editing).where(
            Presence.booking_id == booking_id, Presence.user_id == user_id
        )
    ).one_or_none()
    visit = insert(table(Presence)).values(booking_id=booking_id, user_id=user_id, seen_at=now, is_editing=is_editing)
    session.execute(
        visit.on_conflict_do_update(
            index_elements=["booking_id", "user_id"], set_={"seen_at": now, "is_editing": is_editing}
        )
    )
    return known is None or known[1] is not is_editing or known[0] <= now - _GONE
