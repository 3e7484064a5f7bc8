from dataclasses import replace
from datetime import date, timedelta

import pytest
from sqlmodel import Session

from models.catalog import Period
from models.scheduling import CapacityDay
from services import catalog
from services.core.access import Actor
from services.core.errors import Conflict, Invalid, NotAllowed, NotFound
from tests import cast
from tests.catalog.details import NOW, TOMORROW, book, last_audit, period_details


@pytest.fixture
def saturday(session: Session, admin: Actor) -> tuple[catalog.PeriodView, ...]:
    """Morning 8–12, afternoon 12–18, evening 18–2."""
    return tuple(period for period in catalog.list_periods(session, admin) if period.weekday == 5)


def _sold(session: Session, period: catalog.PeriodView, day: date, used: int) -> CapacityDay:
    row = CapacityDay(day=day, period_id=period.id, capacity_minutes=period.capacity_minutes, used_minutes=used)
    session.add(row)
    session.flush()
    return row


@pytest.mark.parametrize(
    ("name", "start", "end", "weekday"),
    [("Brunch", 11, 13, 5), ("Night", 1, 4, 6), ("Late", 20, 21, 5), ("All day", 8, 8, 5)],
)
def test_periods_never_overlap(
    session: Session,
    admin: Actor,
    saturday: tuple[catalog.PeriodView, ...],
    name: str,
    start: int,
    end: int,
    weekday: int,
) -> None:
    with pytest.raises(Conflict) as refused:
        catalog.save_period(session, admin, period_details(name, start, end, weekday))

    assert refused.value.code == "periods_overlap"


def test_a_period_may_fill_a_gap_and_end_after_midnight(
    session: Session, admin: Actor, saturday: tuple[catalog.PeriodView, ...]
) -> None:
    night = catalog.save_period(session, admin, period_details("Night", 2, 8, weekday=6))

    assert night in catalog.list_periods(session, admin)
    evening = catalog.save_period(session, admin, replace(saturday[2], name="Late"), saturday[2].id)
    assert (evening.name, evening.start > evening.end) == ("Late", True)


def test_a_name_is_used_once_a_weekday(session: Session, admin: Actor) -> None:
    with pytest.raises(Conflict) as refused:
        catalog.save_period(session, admin, period_details(" Morning ", 3, 4))

    assert refused.value.field == "name"


def test_days_to_come_follow_a_new_capacity(
    session: Session, admin: Actor, saturday: tuple[catalog.PeriodView, ...]
) -> None:
    past = _sold(session, saturday[0], TOMORROW - timedelta(days=7), 400)
    coming = _sold(session, saturday[0], TOMORROW, 120)

    catalog.save_period(session, admin, replace(saturday[0], capacity_minutes=120), saturday[0].id, NOW)

    session.expire_all()
    assert (past.capacity_minutes, coming.capacity_minutes) == (480, 120)


def test_a_capacity_below_what_is_sold_is_refused_with_the_day(
    session: Session, admin: Actor, saturday: tuple[catalog.PeriodView, ...]
) -> None:
    _sold(session, saturday[0], TOMORROW, 120)

    with pytest.raises(Conflict) as refused:
        catalog.save_period(session, admin, replace(saturday[0], capacity_minutes=119), saturday[0].id, NOW)

    assert "Saturday, November 28" in refused.value.message
    assert refused.value.details == {"day": "2026-11-28", "used_minutes": 120}


def test_a_period_with_work_to_come_keeps_its_weekday_and_stays(
    session: Session, admin: Actor, saturday: tuple[catalog.PeriodView, ...]
) -> None:
    _sold(session, saturday[0], TOMORROW, 60)
    for period in catalog.list_periods(session, admin):
        if period.weekday == 6 and period.name == "Morning":
            catalog.deactivate_period(session, admin, period.id, NOW)

    with pytest.raises(Conflict):
        catalog.save_period(session, admin, replace(saturday[0], weekday=6), saturday[0].id, NOW)
    with pytest.raises(Conflict):
        catalog.deactivate_period(session, admin, saturday[0].id, NOW)


def test_a_deactivated_period_comes_back_unless_its_time_is_taken(
    session: Session, admin: Actor, saturday: tuple[catalog.PeriodView, ...]
) -> None:
    _sold(session, saturday[0], TOMORROW, 0)
    assert not catalog.deactivate_period(session, admin, saturday[0].id, NOW).is_active
    assert saturday[0].id not in {period.id for period in catalog.list_periods(session, admin)}

    brunch = catalog.save_period(session, admin, period_details("Brunch", 10, 12))
    with pytest.raises(Conflict):
        catalog.activate_period(session, admin, saturday[0].id)
    catalog.deactivate_period(session, admin, brunch.id, NOW)
    assert catalog.activate_period(session, admin, saturday[0].id).is_active


@pytest.mark.parametrize(("field", "value"), [("name", ""), ("weekday", 7), ("weekday", -1), ("capacity_minutes", -1)])
def test_what_cannot_be_meant_is_refused_at_its_field(
    session: Session, admin: Actor, field: str, value: object
) -> None:
    details = replace(period_details("Night", 3, 4), **{field: value})  # type: ignore[arg-type]

    with pytest.raises(Invalid) as refused:
        catalog.save_period(session, admin, details)

    assert refused.value.field == field


def test_a_closure_answers_the_sessions_it_meets(session: Session, admin: Actor, room: catalog.RoomView) -> None:
    meets = book(session, rooms=(room.id,))
    book(session, rooms=(room.id,), start=NOW + timedelta(days=3))

    added = catalog.add_closure(session, admin, TOMORROW, TOMORROW + timedelta(days=1), "Thanksgiving")

    assert [each.number for each in added.sessions] == [meets.number]
    assert catalog.list_closures(session, admin, TOMORROW) == (added.closure,)
    assert last_audit(session).changes["after"]["reason"] == "Thanksgiving"

    catalog.remove_closure(session, admin, added.closure.id)
    assert catalog.list_closures(session, admin) == ()
    assert last_audit(session).changes["before"]["first_day"] == "2026-11-28"


@pytest.mark.parametrize(
    ("first", "last", "reason", "field"),
    [
        (TOMORROW, TOMORROW - timedelta(days=1), "x", "last_day"),
        (TOMORROW, TOMORROW + timedelta(days=366), "x", "last_day"),
        (date(1999, 1, 1), TOMORROW, "x", "first_day"),
        (date(9999, 12, 31), date(9999, 12, 31), "x", "first_day"),
        (TOMORROW, TOMORROW, " ", "reason"),
    ],
)
def test_a_closure_that_cannot_be_is_refused(
    session: Session, admin: Actor, first: date, last: date, reason: str, field: str
) -> None:
    with pytest.raises(Invalid) as refused:
        catalog.add_closure(session, admin, first, last, reason)

    assert refused.value.field == field


def test_hours_are_the_administrators_to_change(session: Session, admin: Actor) -> None:
    with pytest.raises(NotAllowed):
        catalog.add_closure(session, cast.dana(session), TOMORROW, TOMORROW, "Snow")
    with pytest.raises(NotFound):
        catalog.remove_closure(session, admin, 999_999)
    assert session.get(Period, 999_999) is None
