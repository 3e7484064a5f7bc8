"""Time that becomes free is offered in the transaction that frees it, before anybody else can take it."""

from collections.abc import Callable
from dataclasses import fields, replace
from datetime import time, timedelta
from typing import Any

import pytest
from fastapi.testclient import TestClient
from sqlmodel import Session

from services import catalog, waitlist
from services.catalog import PeriodDetails, RoomDetails, RoomStatus, WeekStretch
from services.core import clock, db
from tests.api.asks import TICKED, booked, own_session_of, problem, session_of
from tests.bookings.test_deadlines_api import asked_for, run_out
from tests.world import World


def waits(agent: TestClient, here: World, **changes: Any) -> int:
    wish = {
        "client_id": here.nova,
        "service": "RECORDING",
        "rooms": [here.a],
        "first_day": here.day.isoformat(),
        "last_day": here.day.isoformat(),
        "not_before": "12:00",
        "not_after": "16:00",
        "minutes": 240,
    } | changes
    answer = agent.post("/api/waitlist", json={name: value for name, value in wish.items() if value is not ...})
    assert answer.status_code == 201, answer.text
    return int(answer.json()["wish"]["id"])


def wish(agent: TestClient, wish_id: int) -> dict[str, Any]:
    listed = agent.get("/api/waitlist").json()["data"]
    return next(one for one in listed if one["id"] == wish_id)


def locked(agent: TestClient, here: World, start: int, end: int) -> int:
    span = {"start": here.at(start).isoformat(), "end": here.at(end).isoformat()}
    made = agent.post(f"/api/rooms/{here.a}/lockout", json=span | {"reason": "Paint", "kind": "MAINTENANCE"})
    assert made.status_code == 201, made.text
    return int(made.json()["lockout"]["id"])


def take_it(visitor: TestClient, here: World) -> Any:
    return visitor.post("/api/public/bookings", json=own_session_of(here, authorization=TICKED))


def test_who_waits_is_offered_what_a_cancellation_frees_and_a_visitor_is_not(
    visitor: TestClient, agent: TestClient, here: World
) -> None:
    number = booked(agent, session_of(here))["number"]
    asked = waits(agent, here)
    assert agent.post(f"/api/bookings/{number}/cancel", json={}).status_code == 200
    assert wish(agent, asked)["status"] == "OFFERED"
    assert problem(take_it(visitor, here), 409)["code"] == "slot_taken"


def test_who_waits_is_offered_what_a_move_frees(agent: TestClient, here: World) -> None:
    number = booked(agent, session_of(here))["number"]
    asked = waits(agent, here)
    moved = agent.patch(f"/api/bookings/{number}/time", json={"start": here.at(18).isoformat(), "minutes": 240})
    assert moved.status_code == 200, moved.text
    assert wish(agent, asked)["status"] == "OFFERED"


def test_who_waits_is_offered_the_room_that_a_lockout_gives_back(agent: TestClient, here: World) -> None:
    lockout_id = locked(agent, here, 8, 26)
    asked = waits(agent, here)
    assert agent.delete(f"/api/lockouts/{lockout_id}").status_code in (200, 204)
    assert wish(agent, asked)["status"] == "OFFERED"


Change = Callable[[Session, World], object]


def _afternoon(session: Session, here: World) -> catalog.PeriodView:
    periods = catalog.list_periods(session, here.team["ivo"], include_inactive=True)
    return next(one for one in periods if (one.weekday, one.name) == (here.day.weekday(), "Afternoon"))


def _hours_until(hour: int) -> Change:
    def change(session: Session, here: World) -> object:
        period = _afternoon(session, here)
        as_it_is = PeriodDetails(**{one.name: getattr(period, one.name) for one in fields(PeriodDetails)})
        return catalog.save_period(session, here.team["ivo"], replace(as_it_is, end=time(hour)), period.id)

    return change


def _close(session: Session, here: World) -> object:
    return catalog.add_closure(session, here.team["ivo"], here.day, here.day, "Holiday")


def _open(session: Session, here: World) -> None:
    for one in catalog.list_closures(session, here.team["ivo"]):
        catalog.remove_closure(session, here.team["ivo"], one.id)


def _status(status: RoomStatus) -> Change:
    details = RoomDetails(name="Studio A", base_rate_cents=15_000, capacity=6, status=status)
    return lambda session, here: catalog.update_room(session, here.team["ivo"], here.a, details)


def _may_work(*names: str) -> Change:
    return lambda session, here: catalog.set_room_engineers(
        session, here.team["ivo"], here.a, [getattr(here, name) for name in names]
    )


def _works(until: int | None) -> Change:
    def change(session: Session, here: World) -> object:
        week = [] if until is None else [WeekStretch(weekday=here.day.weekday(), start=time(12), end=time(until))]
        return catalog.set_working_hours(session, here.team["maya"], here.maya, week)

    return change


def _works_once(session: Session, here: World) -> object:
    return catalog.add_extra_availability(session, here.team["maya"], here.maya, here.at(12), here.at(17))


def _service(step: Callable[..., object]) -> Change:
    def change(session: Session, here: World) -> object:
        services = catalog.list_services(session, here.team["ivo"], include_retired=True)
        return step(session, here.team["ivo"], next(one.id for one in services if one.code == "RECORDING"))

    return change


def _with(who: str) -> Callable[[World], dict[str, Any]]:
    return lambda here: {"engineer_id": getattr(here, who)}


@pytest.mark.parametrize(
    ("shut", "opened", "wanted"),
    [
        (_hours_until(14), _hours_until(18), None),
        (
            lambda session, here: catalog.deactivate_period(session, here.team["ivo"], _afternoon(session, here).id),
            lambda session, here: catalog.activate_period(session, here.team["ivo"], _afternoon(session, here).id),
            None,
        ),
        (_close, _open, None),
        (_status(RoomStatus.MAINTENANCE), _status(RoomStatus.AVAILABLE), None),
        (
            lambda session, here: catalog.retire_room(session, here.team["ivo"], here.a),
            lambda session, here: catalog.restore_room(session, here.team["ivo"], here.a),
            None,
        ),
        (
            lambda session, here: catalog.retire_engineer(session, here.team["ivo"], here.maya),
            lambda session, here: catalog.restore_engineer(session, here.team["ivo"], here.maya),
            _with("maya"),
        ),
        (_may_work("maya"), _may_work("maya", "sam"), _with("sam")),
        (_works(None), _works(18), _with("maya")),
        (_works(None), _works_once, _with("maya")),
        (_service(catalog.retire_service), _service(catalog.restore_service), None),
    ],
    ids=[
        "longer hours",
        "a period again",
        "a closure gone",
        "a room in service",
        "a room restored",
        "an engineer restored",
        "one more who may work there",
        "working hours",
        "extra hours",
        "a service again",
    ],
)
def test_who_waits_is_offered_what_the_studio_opens_before_a_visitor(
    visitor: TestClient,
    agent: TestClient,
    here: World,
    shut: Change,
    opened: Change,
    wanted: Callable[[World], dict[str, Any]] | None,
) -> None:
    asked = waits(agent, here, **(wanted(here) if wanted else {}))
    db.run(shut, here)
    assert wish(agent, asked)["status"] == "WAITING"
    db.run(opened, here)
    assert wish(agent, asked)["status"] == "OFFERED"
    assert problem(take_it(visitor, here), 409)["code"] == "slot_taken"


def test_what_a_deadline_frees_goes_to_who_waits_before_a_visitor(
    visitor: TestClient, agent: TestClient, here: World
) -> None:
    number = asked_for(visitor, here)["booking"]["number"]
    asked = waits(agent, here)
    run_out("booking", "deposit_due_at", number)
    assert problem(take_it(visitor, here), 409)["code"] == "slot_taken"
    assert wish(agent, asked)["status"] == "OFFERED"


def test_an_offer_that_is_turned_down_goes_to_the_next(agent: TestClient, here: World) -> None:
    number = booked(agent, session_of(here))["number"]
    first, second = waits(agent, here), waits(agent, here, minutes=180)
    agent.post(f"/api/bookings/{number}/cancel", json={})
    assert [wish(agent, one)["status"] for one in (first, second)] == ["OFFERED", "WAITING"]
    assert agent.post(f"/api/waitlist/{first}/decline", json={}).status_code == 200
    assert [wish(agent, one)["status"] for one in (first, second)] == ["WAITING", "OFFERED"]


def test_the_early_hours_of_a_day_are_offered_under_the_day_that_sells_them(
    visitor: TestClient, agent: TestClient, here: World
) -> None:
    """They belong to the evening before, and availability shows them under this date."""
    lockout = {
        "start": here.at(2).isoformat(),
        "end": here.at(32).isoformat(),
        "reason": "Paint",
        "kind": "MAINTENANCE",
    }
    assert agent.post(f"/api/rooms/{here.a}/lockout", json=lockout).status_code == 201
    query = {"date": here.day.isoformat(), "minutes": 60, "rooms": str(here.a), "service": "VOICEOVER"}
    sold = visitor.get("/api/availability", params=query).json()["starts"]
    asked = waits(agent, here, not_before=..., not_after=..., minutes=60, service="VOICEOVER")
    assert db.run(waitlist.match, clock.now()) == 1
    assert wish(agent, asked)["offer"]["start"] == sold[0]
    assert sold[0] < (here.at(0) + timedelta(hours=2)).isoformat()
