"""What else a change means, in words: for the engineer, the microphones, the rooms. No money."""

from collections.abc import Iterator

from services.changes.plan import Plan
from services.changes.rules import pair_rooms
from services.changes.snapshot import SessionSnapshot
from services.core.dates import day_time_text, session_text, time_text


def effects(plan: Plan, after: SessionSnapshot, *, is_exchange: bool = False) -> tuple[str, ...]:
    """`after` has the microphones that were found. In an exchange no room becomes free."""
    rooms = () if is_exchange else _rooms(plan)
    return (*_engineers(plan), *rooms, *_mics(plan, after), *_deadline(plan), *_hold(plan))


def _engineers(plan: Plan) -> Iterator[str]:
    old, new = plan.before.engineer, plan.after.engineer
    when = f" from {_clock(plan)} on" if plan.has_begun else ""
    if old and new and old.id != new.id:
        yield f"{new.name} takes over from {old.name}{when}."
    elif new and old is None:
        yield f"{new.name} joins the session{when}."
    elif old and new is None:
        yield f"{old.name} is not needed{when}."
    elif old and (plan.before.start, plan.before.end) != (plan.after.start, plan.after.end):
        yield f"{old.name} works {session_text(plan.after.start, plan.after.end, plan.studio)}."


def _rooms(plan: Plan) -> Iterator[str]:
    pairs = pair_rooms(plan.before.rooms, plan.after.rooms)
    when = f" from {_clock(plan)} on" if plan.has_begun else ""
    for room in (*(old for old, _ in pairs.swapped), *pairs.gone):
        yield f"{room.name} is free again{when}."


def _mics(plan: Plan, after: SessionSnapshot) -> Iterator[str]:
    if not after.mics:
        return
    names = ", ".join(dict.fromkeys(mic.name for mic in after.mics))
    if [mic.unit_id for mic in plan.before.mics] != [mic.unit_id for mic in after.mics]:
        yield f"Another {names} is set aside; the one it had is taken then."
    elif plan.before.start != plan.after.start or plan.before.rooms != plan.after.rooms:
        yield f"Comes along: {names}."


def _deadline(plan: Plan) -> Iterator[str]:
    due = plan.after.deposit_due_at
    if due and due != plan.before.deposit_due_at:
        yield f"The deposit is due earlier, by {day_time_text(due, plan.studio)}."


def _hold(plan: Plan) -> Iterator[str]:
    if not plan.booking.status.holds_time:
        yield "A hold takes no time: only its pencil moves."


def _clock(plan: Plan) -> str:
    return time_text(plan.pivot, plan.studio)
