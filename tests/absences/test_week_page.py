"""Everyone's own profile, and the online capacity staff see."""

import pytest
import time_machine
from sqlmodel import Session

from services import identity, scheduling
from services.core import clock, db
from services.core.studio import studio_info
from services.identity import Theme
from services.scheduling import ReasonCode
from studio_app.state.identity.profile import ProfileState
from studio_app.state.scheduling.capacity import CapacityState
from tests import cast
from tests.screens.desk import at, play
from tests.world import ZONE, World


def sell_the_morning(session: Session, here: World) -> None:
    morning = scheduling.periods_of(session, here.day)[0].period_id
    sold = {"day": here.day, "period_id": morning, "minutes": 300}
    scheduling.claim_capacity(session, **sold, studio=studio_info(session), now=here.at(0, days=-1))


async def profile(here: World, who: str = "maya") -> ProfileState:
    state = await at(ProfileState, here.tokens[who], "/profile")
    await state.load()
    return state


async def test_the_own_profile_is_changed_and_roles_are_not(here: World) -> None:
    state = await profile(here)
    form = {"name": "Maya L.", "phone": "212 555 0150", "bio": "Drums first.", "email": "x@y.zz", "role-ADMIN": "on"}
    await play(state.save(form))
    maya = db.run(identity.my_profile, here.team["maya"])
    assert (maya.name, maya.phone, maya.bio) == ("Maya L.", "+12125550150", "Drums first.")
    assert (maya.email, maya.roles) == ("maya.lind@platinum.studio", {"ENGINEER"})


async def test_the_colours_are_kept_with_the_person(here: World) -> None:
    state = await profile(here)
    await state.choose_theme("dark")
    await play(state.save({"name": "Maya L."}))
    assert db.run(identity.my_profile, here.team["maya"]).theme is Theme.DARK
    await state.choose_theme("pink")
    assert db.run(identity.my_profile, here.team["maya"]).theme is Theme.DARK


async def test_a_new_password_signs_out_everywhere_else(here: World) -> None:
    elsewhere = db.run(lambda session: cast.sign_in(session, here.team["maya"]).token)
    state = await profile(here)
    await play(state.change_password({"current": cast.PASSWORD, "new": "an even quieter room"}))
    assert not db.run(identity.actor_for, elsewhere, "", "").is_signed_in
    assert db.run(identity.actor_for, here.tokens["maya"], "", "").is_signed_in


@pytest.mark.parametrize(
    ("form", "field"),
    [({"current": "wrong", "new": "an even quieter room"}, "current"), ({"current": cast.PASSWORD, "new": "x"}, "new")],
)
async def test_a_wrong_or_short_password_stands_at_its_field(here: World, form: dict[str, str], field: str) -> None:
    state = await profile(here)
    await play(state.change_password(form))
    assert list(state.errors) == [field]


async def test_a_sign_in_elsewhere_is_ended_but_nobody_else_s(here: World) -> None:
    elsewhere = db.run(lambda session: cast.sign_in(session, here.team["maya"]).token)
    state = await profile(here)
    (other,) = (one for one in state.sign_ins if not one.is_current)
    assert "Firefox" in other.device
    await play(state.end(other.id))
    assert not db.run(identity.actor_for, elsewhere, "", "").is_signed_in
    dana = db.run(identity.actor_for, here.tokens["dana"], "", "")
    await play(state.end(dana.session_id or 0))
    assert db.run(identity.actor_for, here.tokens["dana"], "", "").is_signed_in


async def test_capacity_shows_what_is_left_and_what_fits(here: World) -> None:
    db.run(sell_the_morning, here)
    state = await at(CapacityState, here.tokens["abel"], f"/capacity?from={here.day}")
    await state.load()
    morning = state.days[0].periods[0]
    assert (state.days[0].day, morning.used, morning.remaining) == (here.day.isoformat(), 300, morning.capacity - 300)
    assert {one.name: one.fits for one in morning.services} == {
        one.name: one.minutes <= morning.remaining for one in morning.services
    }
    assert state.refused == []


async def test_what_keeps_several_services_out_is_said_once(here: World) -> None:
    with time_machine.travel(here.at(13), tick=False):
        state = await at(CapacityState, here.tokens["abel"], "/capacity")
        await state.load()
    morning = state.days[0].periods[0]
    assert [one.fits for one in morning.services] == [False, False]
    assert morning.why_not == ["Morning of that day has passed."]


async def test_who_reads_reports_sees_why_people_were_turned_away(here: World) -> None:
    today = clock.business_date(clock.now(), ZONE)
    db.run(scheduling.count_refused, today, [ReasonCode.BOOKED])
    state = await at(CapacityState, here.tokens["dana"], "/capacity")
    await state.load()
    assert [(row.reason, row.attempts) for row in state.refused] == [("Another session", 1)]


async def test_the_days_before_today_are_not_shown(here: World) -> None:
    state = await at(CapacityState, here.tokens["abel"], "/capacity?from=2020-01-01")
    await state.load()
    assert state.days[0].title == "Today"
    await play(state.go(-7))
    assert (state.days[0].title, state.is_at_today) == ("Today", True)
    assert "from=" in await play(state.go(7))
    assert not state.is_at_today
    await play(state.go(-7))
    assert state.is_at_today


async def test_finance_has_no_capacity_screen(here: World) -> None:
    state = await at(CapacityState, here.tokens["femi"], "/capacity")
    assert "You may not" in await play(state.load())
    assert state.days == []
