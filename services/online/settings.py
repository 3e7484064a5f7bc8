"""The one row of settings: read by every limit, changed on a screen."""

from dataclasses import asdict, fields

from sqlmodel import Session

from models.online import START_STEPS, OnlineBooking
from services.core import audit, checks
from services.core.access import Actor, Permission, require
from services.core.errors import Invalid
from services.online.types import OnlineRules

_BOUNDS = {
    "shortest_minutes": (1, checks.DAY_MINUTES, "The shortest session in minutes"),
    "longest_minutes": (1, checks.DAY_MINUTES, "The longest session in minutes"),
    "lead_hours": (0, 24 * 30, "The hours ahead"),
    "horizon_days": (1, checks.FAR_DAYS, "The days ahead"),
    "unpaid_bookings": (1, 1000, "The unpaid bookings of one client"),
    "unpaid_hours": (1, 10_000, "The unpaid hours of one client"),
    "unpaid_room_pct": (1, 100, "The unpaid share of a week"),
    "bookings_a_day": (1, 100_000, "The bookings a day"),
    "change_requests_a_day": (1, 1000, "The requests a day"),
    "links_an_hour": (1, 1000, "The links an hour"),
    "sign_ins_a_minute": (1, 1_000_000, "The sign-in tries a minute"),
    "requests_a_minute": (1, 1_000_000, "The requests a minute"),
    "questions_a_minute": (1, 1_000_000, "The questions a minute"),
}


def get_online_booking(session: Session, actor: Actor) -> OnlineRules:
    require(actor, Permission.MANAGE_CATALOG)
    return online_booking(session)


def online_booking(session: Session) -> OnlineRules:
    return _view(session.get_one(OnlineBooking, 1))


def start_step(session: Session, actor: Actor) -> int:
    """Minutes between the starts on offer, counted from the opening."""
    require(actor, Permission.BOOK_ONLINE)
    return online_booking(session).start_step_minutes


def update_online_booking(session: Session, actor: Actor, rules: OnlineRules) -> OnlineRules:
    require(actor, Permission.MANAGE_CATALOG)
    _check(rules)
    row = session.get_one(OnlineBooking, 1, with_for_update=True, populate_existing=True)
    after = {name: value for name, value in asdict(rules).items() if getattr(row, name) != value}
    if after:
        before = {name: getattr(row, name) for name in after}
        for name, value in after.items():
            setattr(row, name, value)
        session.flush()
        audit.record(session, actor, "online_booking_updated", "online_booking", 1, before=before, after=after)
    return _view(row)


def _check(rules: OnlineRules) -> None:
    if rules.start_step_minutes not in START_STEPS:
        raise Invalid(f"Sessions start every {', '.join(map(str, START_STEPS))} minutes.", field="start_step_minutes")
    for field, (low, high, label) in _BOUNDS.items():
        checks.whole(getattr(rules, field), field, label, low, high)
    if rules.longest_minutes < rules.shortest_minutes:
        raise Invalid("The longest session is shorter than the shortest.", field="longest_minutes")


def _view(row: OnlineBooking) -> OnlineRules:
    return OnlineRules(**{field.name: getattr(row, field.name) for field in fields(OnlineRules)})
