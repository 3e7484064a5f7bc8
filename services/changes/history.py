"""What was changed, as rows of the history and of the audit."""

from datetime import datetime

from sqlmodel import Session, col, select

from models.changes import BookingChange
from models.identity import User
from services.bookings import add_lines, find_booking
from services.changes import queries
from services.changes import snapshot as shape
from services.changes.plan import Plan
from services.changes.snapshot import SessionSnapshot
from services.changes.types import ChangeView
from services.core import audit
from services.core.access import Actor, Permission, require


def changes_of(session: Session, actor: Actor, number: str) -> tuple[ChangeView, ...]:
    """Newest first, those that were undone too. Money is None for those who may not see it."""
    require(actor, Permission.VIEW_OWN_SESSIONS, Permission.VIEW_PAYMENTS)
    booking = find_booking(session, actor, number)
    made = queries.changes(session, booking)
    people = {id_ for row in made for id_ in (row.changed_by, row.undone_by) if id_ is not None}
    names = {user.id: user.name for user in session.exec(select(User).where(col(User.id).in_(people)))}
    money = actor.can(Permission.VIEW_CLIENT_MONEY)
    return tuple(view(row, names, money=money) for row in reversed(made))


def add(
    session: Session,
    actor: Actor,
    made: Plan,
    after: SessionSnapshot,
    now: datetime,
    *,
    reason: str,
    is_overtime: bool = False,
    exchanged_with: int | None = None,
) -> None:
    """The row of the history, and the lines it brings. `after` is the plan's as it was stored.

    `exchanged_with`: the booking whose change it is as well; they are undone together.
    """
    booking = made.booking
    row = BookingChange(
        booking_id=booking.id or 0,
        kind=made.kind,
        reason=reason,
        before={"status": booking.status, "shape": made.before.to_json()},
        after={
            "status": booking.status,
            "shape": after.to_json(),
            "is_overtime": is_overtime,
            "exchanged_with": exchanged_with,
        },
        price_difference_cents=made.difference_cents,
        changed_by=actor.user_id,
        changed_at=now,
    )
    session.add(row)
    session.flush()
    add_lines(session, booking, made.lines, change_id=row.id)


def record(
    session: Session,
    actor: Actor,
    made: Plan,
    after: SessionSnapshot,
    now: datetime,
    *,
    reason: str,
    words: str = "",
    exchanged_with: int | None = None,
) -> None:
    """In the history and in the audit, there in `words` where they say more than the reason."""
    add(session, actor, made, after, now, reason=reason, exchanged_with=exchanged_with)
    old, new = audited(made.before, after)
    booking_id = made.booking.id
    said = words or reason
    audit.record(session, actor, "booking_changed", "booking", booking_id, before=old, after=new, description=said)


def audited(before: SessionSnapshot, after: SessionSnapshot) -> tuple[dict[str, object], dict[str, object]]:
    """Only what differs, as people read it."""
    old, new = _facts(before), _facts(after)
    differing = [name for name in old if old[name] != new[name]]
    return {name: old[name] for name in differing}, {name: new[name] for name in differing}


def _facts(shape: SessionSnapshot) -> dict[str, object]:
    return {
        "start": shape.start.isoformat(),
        "end": shape.end.isoformat(),
        "minutes": shape.minutes,
        "rooms": [room.name for room in shape.rooms],
        "engineer": shape.engineer.name if shape.engineer else None,
        "mics": [mic.unit_id for mic in shape.mics],
    }


def view(row: BookingChange, names: dict[int | None, str], *, money: bool) -> ChangeView:
    return ChangeView(
        id=row.id or 0,
        kind=row.kind,
        at=row.changed_at,
        who=names.get(row.changed_by, "System"),
        reason=row.reason,
        before=shape.from_json(row.before["shape"]).side(),
        after=shape.from_json(row.after["shape"]).side(),
        price_difference_cents=row.price_difference_cents if money else None,
        undone_at=row.undone_at,
        undone_by="" if row.undone_at is None else names.get(row.undone_by, "System"),
    )
