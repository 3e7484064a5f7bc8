from dataclasses import replace
from datetime import datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from sqlmodel import Session

from services import catalog
from services.catalog import WeekStretch
from services.core.access import Actor
from services.core.errors import Invalid, NotAllowed
from tests import cast
from tests.catalog.details import NOW, TOMORROW, last_audit

DAY = WeekStretch(weekday=0, start=time(10), end=time(18))
NIGHT = WeekStretch(weekday=4, start=time(20), end=time(4))


@pytest.fixture
def maya(session: Session, admin: Actor, engineer: catalog.EngineerView) -> Actor:
    """The engineer, signed in as a user."""
    actor = cast.maya(session)
    catalog.link_user(session, admin, engineer.id, actor.user_id)
    return replace(actor, engineer_id=engineer.id)


def test_an_engineer_sets_the_own_week_and_it_may_pass_midnight(session: Session, maya: Actor) -> None:
    assert maya.engineer_id is not None
    catalog.set_working_hours(session, maya, maya.engineer_id, (DAY,))

    week = catalog.set_working_hours(session, maya, maya.engineer_id, (NIGHT, DAY))

    assert [(part.weekday, part.start, part.end) for part in week] == [
        (0, time(10), time(18)),
        (4, time(20), time(4)),
    ]
    assert catalog.list_working_hours(session, maya, maya.engineer_id) == week
    assert last_audit(session).changes == {
        "before": {"hours": ["Monday 10:00–18:00"]},
        "after": {"hours": ["Monday 10:00–18:00", "Friday 20:00–04:00"]},
    }


@pytest.mark.parametrize(
    "week",
    [
        (DAY, replace(DAY, start=time(17))),
        (NIGHT, WeekStretch(weekday=5, start=time(3), end=time(9))),
        (replace(DAY, weekday=9),),
        (replace(DAY, start=time(10, 0, 30)),),
        tuple(WeekStretch(weekday=0, start=time(n // 60, n % 60), end=time(0, 0)) for n in range(29)),
    ],
    ids=["overlap", "overlap past midnight", "no such weekday", "seconds", "too many"],
)
def test_a_week_that_cannot_be_is_refused(session: Session, maya: Actor, week: tuple[WeekStretch, ...]) -> None:
    assert maya.engineer_id is not None
    with pytest.raises(Invalid):
        catalog.set_working_hours(session, maya, maya.engineer_id, week)


def test_extra_time_is_an_exact_stretch(session: Session, maya: Actor) -> None:
    assert maya.engineer_id is not None
    start = datetime(2026, 11, 28, 22, tzinfo=ZoneInfo("America/New_York"))

    extra = catalog.add_extra_availability(
        session, maya, maya.engineer_id, start, start + timedelta(hours=6), "Album night"
    )

    assert (extra.start, extra.end - extra.start, extra.note) == (start, timedelta(hours=6), "Album night")
    assert catalog.list_extra_availability(session, maya, maya.engineer_id, TOMORROW) == (extra,)
    catalog.remove_extra_availability(session, maya, extra.id)
    assert catalog.list_extra_availability(session, maya, maya.engineer_id) == ()


@pytest.mark.parametrize(
    ("start", "end"),
    [
        (NOW, NOW),
        (NOW, NOW - timedelta(hours=1)),
        (NOW, NOW + timedelta(days=32)),
        (NOW.replace(tzinfo=None), NOW),
    ],
    ids=["no length", "backwards", "too long", "no zone"],
)
def test_extra_time_that_cannot_be_is_refused(session: Session, maya: Actor, start: datetime, end: datetime) -> None:
    assert maya.engineer_id is not None
    with pytest.raises(Invalid):
        catalog.add_extra_availability(session, maya, maya.engineer_id, start, end)


def test_nobody_changes_a_colleagues_time_but_the_administrator(session: Session, admin: Actor, maya: Actor) -> None:
    jon = catalog.create_engineer(session, admin, catalog.EngineerDetails(name="Jon"))
    extra = catalog.add_extra_availability(session, admin, jon.id, NOW, NOW + timedelta(hours=2))

    for actor in (maya, cast.pia(session)):
        with pytest.raises(NotAllowed):
            catalog.set_working_hours(session, actor, jon.id, (DAY,))
        with pytest.raises(NotAllowed):
            catalog.remove_extra_availability(session, actor, extra.id)
    with pytest.raises(NotAllowed):
        catalog.set_working_hours(session, cast.abel(session), jon.id, (DAY,))
    assert catalog.set_working_hours(session, admin, jon.id, (DAY,))
