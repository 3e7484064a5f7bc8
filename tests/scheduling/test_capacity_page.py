"""The online capacity staff see, and why people were turned away."""

import pytest
import time_machine
from sqlmodel import Session

from services import scheduling
from services.core import clock, db
from services.core.studio import studio_info
from services.scheduling import ReasonCode
from studio_app.state.scheduling.capacity import CapacityState
from tests import cast
from tests.screens.desk import at, play
from tests.world import ZONE, World


def sell_the_morning(session: Session, here: World) -> None:
    morning = scheduling.periods_of(session, here.day)[0].period_id
    sold = {"day": here.day, "period_id": morning, "minutes": 300}
    scheduling.claim_capacity(session, **sold, studio=studio_info(session), now=here.at(0, days=-1))


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
        token = db.run(lambda session: cast.sign_in(session, here.team["abel"]).token)  # the world's may have run out
        state = await at(CapacityState, token, "/capacity")
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


@pytest.mark.parametrize("code", ReasonCode)
async def test_each_reason_has_its_words(here: World, code: ReasonCode) -> None:
    db.run(scheduling.count_refused, clock.business_date(clock.now(), ZONE), [code])
    state = await at(CapacityState, here.tokens["dana"], "/capacity")
    await state.load()
    (row,) = state.refused
    assert row.reason


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
