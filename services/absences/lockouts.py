"""Rooms out of sale for days, weeks or months."""

from dataclasses import asdict, replace
from datetime import UTC, datetime

from sqlalchemy import func
from sqlalchemy.dialects.postgresql import Range
from sqlmodel import Session, col, select

from models.absences import Lockout
from models.scheduling import Allocation, AllocationReason
from services import catalog, scheduling
from services.absences import mails
from services.absences.types import LockoutView, NewLockout
from services.core import audit, clock, freed
from services.core.access import Actor, Permission, require
from services.core.checking import all_at_once, noted
from services.core.errors import Invalid, NotFound
from services.core.fields import MAX_ID, clean
from services.core.studio import studio_info
from services.scheduling import Span, check_span, holds_met, refuse_if_met, still_to_come

_MOST_WORDS = 500


def lock_rooms(session: Session, actor: Actor, new: NewLockout, now: datetime | None = None) -> LockoutView:
    """All the rooms, or a Conflict that lists the sessions to be resolved first."""
    require(actor, Permission.LOCK_ROOMS)
    now = now or clock.now()
    new = _checked(new, now)
    span, taken = Span(new.start, new.end), still_to_come(Span(new.start, new.end), now)
    if len(catalog.rooms_by_id(session, new.room_ids)) < len(new.room_ids):
        raise NotFound("There is no such room.", field="rooms")
    scheduling.lock(session, new.room_ids)
    studio = studio_info(session)
    refuse_if_met(session, new.room_ids, taken, studio)
    during = Range(span.start, span.end)
    lockout = Lockout(kind=new.kind, reason=new.reason, during=during, created_by=actor.user_id)
    session.add(lockout)
    session.flush()
    scheduling.allocate(session, new.room_ids, taken, AllocationReason.LOCKOUT, lockout_id=lockout.id)
    audit.record(session, actor, "rooms_locked", "lockout", lockout.id, after=_plain(new))
    view = replace(_view(lockout, new.room_ids), holds=holds_met(session, new.room_ids, span))
    mails.locked(session, actor, view, studio)
    return view


def unlock_rooms(session: Session, actor: Actor, lockout_id: int) -> LockoutView:
    """Ends the lockout now; its rooms are on sale again."""
    require(actor, Permission.LOCK_ROOMS)
    lockout = session.get(Lockout, lockout_id) if 0 < lockout_id <= MAX_ID else None
    if lockout is None:
        raise NotFound("There is no such lockout.")
    rooms = session.exec(select(Allocation.resource_id).where(Allocation.lockout_id == lockout_id)).all()
    view = _view(lockout, tuple(sorted(rooms)))
    session.delete(lockout)
    session.flush()
    freed.note(session, view.start, view.end)
    audit.record(session, actor, "rooms_unlocked", "lockout", lockout_id, before=_plain(view))
    mails.unlocked(session, actor, view, studio_info(session))
    return view


def list_lockouts(session: Session, actor: Actor, now: datetime | None = None) -> tuple[LockoutView, ...]:
    """Those that have not ended, the next first."""
    require(actor, Permission.LOCK_ROOMS, Permission.VIEW_ALL_SESSIONS)
    rooms = func.array_agg(col(Allocation.resource_id))
    rows = session.execute(
        select(Lockout, rooms)
        .join(Allocation, col(Allocation.lockout_id) == Lockout.id)
        .where(func.upper(Lockout.during) > (now or clock.now()))
        .group_by(col(Lockout.id))
        .order_by(func.lower(Lockout.during), col(Lockout.id))
    )
    return tuple(_view(lockout, tuple(sorted(room_ids))) for lockout, room_ids in rows)


@all_at_once
def _checked(new: NewLockout, now: datetime) -> NewLockout:
    noted(check_span)(Span(new.start, new.end), now)
    _check_rooms(new)
    return replace(new, reason=_reason(new), room_ids=tuple(sorted(set(new.room_ids))))


@noted
def _reason(new: NewLockout) -> str:
    reason = clean(new.reason)
    if not reason or len(reason) > _MOST_WORDS:
        raise Invalid(f"Say why, in at most {_MOST_WORDS} characters.", field="reason")
    return reason


@noted
def _check_rooms(new: NewLockout) -> None:
    if not new.room_ids:
        raise Invalid("Choose at least one room.", field="rooms")
    if any(not 0 < room_id <= MAX_ID for room_id in new.room_ids):
        raise NotFound("There is no such room.", field="rooms")


def _view(lockout: Lockout, room_ids: tuple[int, ...]) -> LockoutView:
    start, end = lockout.during.lower, lockout.during.upper
    assert lockout.id is not None
    assert start is not None
    assert end is not None
    return LockoutView(
        id=lockout.id,
        room_ids=room_ids,
        start=start.astimezone(UTC),
        end=end.astimezone(UTC),
        kind=lockout.kind,
        reason=lockout.reason,
    )


def _plain(lockout: NewLockout) -> dict[str, object]:
    plain = asdict(lockout) | {"start": lockout.start.isoformat(), "end": lockout.end.isoformat()}
    return {name: value for name, value in plain.items() if name != "holds"}
