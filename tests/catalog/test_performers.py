from dataclasses import replace
from datetime import date, time, timedelta

import pytest
from sqlalchemy.dialects.postgresql import Range
from sqlmodel import Session

from models.scheduling import Allocation, AllocationReason
from services import catalog, identity
from services.catalog import PerformerDetails, PerformerView, WeekStretch
from services.core.access import Actor
from services.core.errors import Conflict, Invalid, NotAllowed, NotFound
from tests import cast
from tests.catalog.details import NOW, book, last_audit

PIA = PerformerDetails(
    name="Pia Moreau", email="Pia@Moreau.example", phone="212 555 0177", skills=("Alto", " Alto ", "French"),
    default_rate_cents=250_00,
)  # fmt: skip
DAY = WeekStretch(weekday=0, start=time(10), end=time(18))


@pytest.fixture
def performer(session: Session, admin: Actor) -> PerformerView:
    return catalog.create_performer(session, admin, PIA)


@pytest.fixture
def pia(session: Session, admin: Actor, performer: PerformerView) -> Actor:
    """The singer, signed in as a user."""
    actor = cast.pia(session)
    catalog.link_user(session, admin, performer.id, actor.user_id)
    return cast.seated(session, actor)


def test_a_performer_is_kept_as_they_can_be_compared(session: Session, admin: Actor, performer: PerformerView) -> None:
    assert (performer.email, performer.phone, performer.skills) == (
        "pia@moreau.example",
        "+12125550177",
        ("Alto", "French"),
    )
    assert catalog.list_performers(session, admin) == (performer,)
    assert last_audit(session).action == "performer_created"


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"name": " "}, "name"),
        ({"email": "pia at home"}, "email"),
        ({"phone": "12"}, "phone"),
        ({"skills": ("x" * 61,)}, "skills"),
        ({"skills": tuple(map(str, range(21)))}, "skills"),
        ({"default_rate_cents": -1}, "default_rate_cents"),
    ],
)
def test_what_cannot_be_meant_is_refused_at_its_field(
    session: Session, admin: Actor, performer: PerformerView, change: dict[str, object], field: str
) -> None:
    with pytest.raises(Invalid) as refused:
        catalog.update_performer(session, admin, performer.id, replace(PIA, **change))  # type: ignore[arg-type]
    assert refused.value.field == field


def test_a_performer_is_renamed_retired_and_restored(session: Session, admin: Actor, performer: PerformerView) -> None:
    renamed = catalog.update_performer(session, admin, performer.id, replace(PIA, name="Pia M."))
    assert (renamed.name, renamed.is_active) == ("Pia M.", True)
    assert not catalog.retire_performer(session, admin, performer.id, NOW).is_active
    assert catalog.list_performers(session, admin) == ()
    assert len(catalog.list_performers(session, admin, include_retired=True)) == 1
    assert catalog.restore_performer(session, admin, performer.id).deleted_at is None


def test_a_performer_with_sessions_to_come_is_not_retired(
    session: Session, admin: Actor, performer: PerformerView
) -> None:
    coming = book(session)
    during = Range(coming.start, coming.end)
    session.add(
        Allocation(resource_id=performer.id, during=during, reason=AllocationReason.SESSION, booking_id=coming.id)
    )
    session.flush()
    with pytest.raises(Conflict) as refused:
        catalog.retire_performer(session, admin, performer.id, NOW)
    assert refused.value.details == {"bookings": [coming.number]}


def test_who_signs_in_as_a_performer_is_known_at_once(
    session: Session, admin: Actor, performer: PerformerView, pia: Actor
) -> None:
    assert (pia.performer_id, pia.engineer_id, pia.resource_ids) == (performer.id, None, {performer.id})
    user = identity.my_profile(session, pia)
    assert user.performer_id == performer.id
    assert catalog.linkable_users(session, admin, catalog.ResourceKind.PERFORMER) == ()
    other = catalog.create_performer(session, admin, PerformerDetails(name="Leo"))
    with pytest.raises(Conflict):
        catalog.link_user(session, admin, other.id, pia.user_id)
    with pytest.raises(Invalid):
        catalog.link_user(session, admin, other.id, cast.maya(session).user_id)
    catalog.link_user(session, admin, performer.id, None)
    assert catalog.linkable_users(session, admin, catalog.ResourceKind.PERFORMER) == ((pia.user_id, "Pia Moreau"),)


def test_a_performer_keeps_their_own_week_and_nobody_elses(session: Session, admin: Actor, pia: Actor) -> None:
    assert pia.performer_id is not None
    week = catalog.set_working_hours(session, pia, pia.performer_id, (DAY,))
    assert last_audit(session).entity == "performer"
    assert catalog.list_working_hours(session, pia, pia.performer_id) == week

    other = catalog.create_performer(session, admin, PerformerDetails(name="Leo"))
    for act in (
        lambda: catalog.set_working_hours(session, pia, other.id, (DAY,)),
        lambda: catalog.list_working_hours(session, pia, other.id),
        lambda: catalog.list_extra_availability(session, pia, other.id),
        lambda: catalog.get_performer(session, pia, other.id),
        lambda: catalog.list_performers(session, pia),
    ):
        with pytest.raises(NotAllowed):
            act()
    assert catalog.get_performer(session, pia, pia.performer_id).name == "Pia Moreau"


def test_extra_days_have_the_same_hours_each(session: Session, pia: Actor) -> None:
    assert pia.performer_id is not None
    days = date(2026, 10, 31), date(2026, 11, 2)
    extras = catalog.add_extra_days(session, pia, pia.performer_id, days, (time(20), time(2)), "Musical")

    lengths = [one.end - one.start for one in extras]
    assert lengths == [timedelta(hours=7), timedelta(hours=6), timedelta(hours=6)]  # the clocks go back that night
    whole = catalog.add_extra_days(session, pia, pia.performer_id, (days[0], days[0]), (time(0), time(0)))
    assert whole[0].end - whole[0].start == timedelta(hours=24)


@pytest.mark.parametrize(
    ("days", "hours", "field"),
    [
        ((date(2026, 11, 2), date(2026, 11, 1)), (time(9), time(17)), "end_day"),
        ((date(2026, 11, 1), date(2026, 12, 2)), (time(9), time(17)), "end_day"),
        ((date(1999, 1, 1), date(1999, 1, 1)), (time(9), time(17)), "start_day"),
        ((date(2026, 11, 1), date(2026, 11, 1)), (time(9, 0, 1), time(17)), "start"),
        ((date(2027, 3, 14), date(2027, 3, 14)), (time(2, 30), time(17)), "start"),
    ],
)
def test_extra_days_that_cannot_be_are_refused(
    session: Session, pia: Actor, days: tuple[date, date], hours: tuple[time, time], field: str
) -> None:
    assert pia.performer_id is not None
    with pytest.raises(Invalid) as refused:
        catalog.add_extra_days(session, pia, pia.performer_id, days, hours)
    assert refused.value.field == field


@pytest.mark.parametrize("nothing", [0, -1, 10**12])
def test_what_is_no_performer_is_not_found(
    session: Session, admin: Actor, engineer: catalog.EngineerView, nothing: int
) -> None:
    for performer_id in (nothing, engineer.id):
        with pytest.raises(NotFound):
            catalog.get_performer(session, admin, performer_id)
        with pytest.raises(NotFound):
            catalog.retire_performer(session, admin, performer_id)


def test_only_administrators_change_performers(session: Session, performer: PerformerView, pia: Actor) -> None:
    for actor in (pia, cast.dana(session), cast.maya(session)):
        with pytest.raises(NotAllowed):
            catalog.update_performer(session, actor, performer.id, PIA)
