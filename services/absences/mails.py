"""Those who sell the rooms hear when some are taken out of sale, and when they are back."""

from sqlmodel import Session

from models.outbox import DeliveryType
from services import catalog
from services.absences.types import LockoutView
from services.core import outbox
from services.core.access import Actor, Role
from services.core.dates import Localized
from services.core.outbox import Mail
from services.scheduling import SessionInWay, Span, day_span, listed


def locked(session: Session, actor: Actor, lockout: LockoutView, studio: Localized) -> None:
    rooms = _rooms(session, lockout)
    holds = "".join(f"\n{_hold(one, studio)}" for one in lockout.holds)
    warning = f"\n\nThese holds are in that time and cannot be confirmed any more:{holds}" if holds else ""
    body = f"{actor.name} locked {rooms}, {_when(lockout, studio)}: {lockout.reason}{warning}"
    _tell(session, actor, f"Locked: {rooms}", body)


def unlocked(session: Session, actor: Actor, lockout: LockoutView, studio: Localized) -> None:
    rooms = _rooms(session, lockout)
    body = f"{actor.name} ended the lockout of {rooms}, {_when(lockout, studio)}: {lockout.reason}"
    _tell(session, actor, f"On sale again: {rooms}", body)


def _tell(session: Session, actor: Actor, subject: str, body: str) -> None:
    """Everybody but whoever did it."""
    staff = (Role.ADMIN, Role.MANAGER, Role.BOOKING_AGENT)
    outbox.queue_all(session, [Mail(DeliveryType.ROOM_LOCKOUT, staff, subject, body, but=actor.email)])


def _rooms(session: Session, lockout: LockoutView) -> str:
    return listed([room.name for room in catalog.rooms_by_id(session, lockout.room_ids).values()])


def _when(lockout: LockoutView, studio: Localized) -> str:
    return day_span(Span(lockout.start, lockout.end), studio)


def _hold(one: SessionInWay, studio: Localized) -> str:
    return f"{one.number} ({one.client}), {', '.join(one.rooms)}, {day_span(Span(one.start, one.end), studio)}"
