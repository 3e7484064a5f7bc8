"""Today, as each role finds it."""

from typing import Any

import pytest
import time_machine

from models.studio import StudioInfo
from services import bookings, identity
from services.bookings import AuthorizationType, BookingStatus, BookingView, NewAuthorization, NewBooking, ServiceMode
from services.core import clock, db
from services.core.access import SYSTEM, Role
from services.payments import NewPayment, PaymentMethod
from studio_app.state.today.overview import Look, look
from studio_app.state.today.page import TodayState
from tests import cast
from tests.screens import desk
from tests.world import World

S = BookingStatus
SIGNED = NewAuthorization(AuthorizationType.CHECKBOX_ACKNOWLEDGMENT, "Nova Reyes", accepted=True)


def book(here: World, hour: int, *, days: int = 0, **rest: Any) -> BookingView:
    order = {"client_id": here.nova, "room_ids": (here.a,), "minutes": 120, "status": S.CONFIRMED, **rest}
    new = NewBooking(ServiceMode.IN_PERSON, "RECORDING", here.at(hour, days=days), **order)
    return db.run(bookings.create, here.team["dana"], new)


def seen(here: World, who: str = "dana", hour: int = 12) -> Look:
    """On the world's day, at that hour."""
    return db.run(look, here.team[who], here.at(hour))


def test_the_strip_has_a_lane_for_each_room_and_a_bar_for_each_session(here: World) -> None:
    made = book(here, 14, engineer_id=here.maya)
    shown = seen(here)
    assert shown.strip is not None
    assert [lane.name for lane in shown.strip.lanes] == ["Studio A", "Studio B", "Vocal Booth"]
    (bar,) = shown.strip.lanes[0].bars
    assert (bar.who, bar.tone, bar.href) == ("Nova Reyes", "confirmed", f"/bookings/{made.number}")
    assert bar.detail == "2:00–4:00 pm · Maya Lind · unsigned"
    assert (bar.left, bar.width) == ("33.33%", "11.11%")
    assert shown.strip.now == "22.22%"


def test_online_work_of_one_period_stands_side_by_side(here: World) -> None:
    for _ in range(2):
        order = {"client_id": here.nova, "period": "Morning", "minutes": 60, "status": S.CONFIRMED}
        new = NewBooking(ServiceMode.ONLINE, "ONLINE_MIXING", here.at(12), **order)  # type: ignore[arg-type]
        db.run(bookings.create, here.team["dana"], new)
    strip = seen(here).strip
    assert strip is not None
    first, second = next(lane for lane in strip.lanes if len(lane.bars) == 2).bars
    end_of_first = float(first.left.removesuffix("%")) + float(first.width.removesuffix("%"))
    assert float(second.left.removesuffix("%")) == pytest.approx(end_of_first, abs=0.02)


def test_a_session_that_runs_since_yesterday_is_still_on_the_strip(here: World) -> None:
    book(here, 23, days=-1, minutes=180)
    shown = seen(here, hour=1)
    assert shown.strip is not None
    assert shown.strip.now == "0.00%"
    assert len(shown.strip.lanes[0].bars) == 1


def test_money_is_for_those_who_may_see_it(here: World) -> None:
    book(here, 14, authorization=SIGNED, payments=(NewPayment(PaymentMethod.CASH, 100_00),))
    booked, collected, in_use, outstanding = seen(here).figures
    assert (booked.label, booked.value, booked.note) == ("Booked today", "$300.00", f"nothing last {here.day:%A}")
    assert (collected.label, in_use.label) == ("Collected today", "Rooms in use, this week")
    assert (outstanding.label, outstanding.value, outstanding.note) == ("Outstanding", "$200.00", "none overdue")
    assert [figure.label for figure in seen(here, "femi").figures] == ["Booked today", "Collected today", "Outstanding"]
    assert seen(here, "maya").figures == []


@pytest.mark.parametrize(
    ("sold_today", "sold_then", "note"),
    [(240, 120, "▲ 100% on last"), (120, 240, "▼ 50% on last"), (120, 120, "± 0% on last")],
)
def test_the_day_is_set_beside_the_same_day_a_week_ago(here: World, sold_today: int, sold_then: int, note: str) -> None:
    book(here, 14, minutes=sold_today)
    book(here, 14, days=-7, minutes=sold_then)
    assert seen(here).figures[0].note == f"{note} {here.day:%A}"


def test_what_is_owed_for_earlier_days_is_overdue(here: World) -> None:
    book(here, 14, days=-1)
    book(here, 14)
    assert (seen(here).figures[3].note, seen(here).figures[3].tone) == ("1 overdue", "bad")


def test_what_is_unsigned_or_unpaid_needs_a_hand_and_each_is_there_once(here: World) -> None:
    unsigned = book(here, 14)
    unpaid = book(here, 18, status=S.PENDING, authorization=SIGNED)
    hands = seen(here).hands
    assert [(hand.number, hand.status) for hand in hands] == [(unsigned.number, "UNSIGNED"), (unpaid.number, "UNPAID")]
    assert hands[1].what.startswith("deposit of $150.00")


def test_who_is_due_or_late_is_arriving(here: World) -> None:
    late = book(here, 11)
    due = book(here, 13, room_ids=(here.b,))
    book(here, 18)
    arriving = seen(here).arriving
    assert [(row.number, row.is_late) for row in arriving] == [(late.number, True), (due.number, False)]


def test_what_is_over_and_not_finished_needs_a_hand_first(here: World) -> None:
    forgotten = book(here, 10, days=-1)
    running = book(here, 9, room_ids=(here.b,), authorization=SIGNED)
    db.run(bookings.check_in, here.team["dana"], running.number, now=here.at(9))
    to_come = book(here, 14)
    shown = seen(here)
    assert [(hand.number, hand.status) for hand in shown.hands] == [
        (running.number, "OVER_TIME"),
        (forgotten.number, "NOT_CHECKED_IN"),
        (to_come.number, "UNSIGNED"),
    ]
    assert [row.number for row in shown.arriving] == [to_come.number]


def test_an_engineer_sees_their_own_today_and_to_come(here: World) -> None:
    own = book(here, 14, engineer_id=here.maya)
    next_week = book(here, 14, days=7, engineer_id=here.maya)
    book(here, 18)
    shown = seen(here, "maya")
    assert [row.number for row in shown.sessions] == [own.number]
    assert [row.number for row in shown.coming] == [next_week.number]
    assert (shown.hands, shown.arriving, shown.owed) == ([], [], [])
    assert shown.sessions[0].balance == ""


def test_the_accountant_sees_what_is_owed_and_no_strip(here: World) -> None:
    made = book(here, 14)
    shown = seen(here, "femi")
    assert shown.strip is None
    assert [(row.number, row.balance) for row in shown.owed] == [(made.number, "$300.00")]


def test_an_intern_finds_a_friendly_page(here: World) -> None:
    person = identity.actor_of(db.run(cast.hire, "Ines Duarte", Role.INTERN))
    shown = db.run(look, person, clock.now())
    assert (shown.sub, shown.figures, shown.strip) == ("Welcome, Ines Duarte", [], None)


@pytest.fixture
async def state(here: World) -> TodayState:
    return await desk.at(TodayState, here.tokens["dana"], "/today")


async def test_check_in_moves_the_booking_says_so_and_can_be_undone(here: World, state: TodayState) -> None:
    made = book(here, 14, days=-7, authorization=SIGNED)
    with time_machine.travel(here.at(13, days=-7), tick=False):
        sent = await desk.play(state.check_in(made.number, made.version))
        assert "Nova Reyes is checked in" in sent
        assert "undo_check_in" in sent
        assert db.run(bookings.get_booking, SYSTEM, made.number).status is S.CHECKED_IN
        assert (state.checking_in, state.arrived) == ("", 1)
        assert "has changed" in await desk.play(state.check_in(made.number, made.version))
        await desk.play(state.undo_check_in(made.number, made.version + 1))
    assert db.run(bookings.get_booking, SYSTEM, made.number).status is S.CONFIRMED


def test_a_check_in_is_offered_from_the_studio_s_lead_on(here: World) -> None:
    book(here, 14)
    with db.transaction() as session:
        session.get_one(StudioInfo, 1).check_in_lead_minutes = 60
    assert [row.can_check_in for row in seen(here, hour=12).arriving] == [False]
    assert [row.can_check_in for row in seen(here, hour=13).arriving] == [True]


async def test_the_link_to_sign_is_copied(here: World, state: TodayState) -> None:
    made = book(here, 14)
    sent = await desk.play(state.copy_link(made.number))
    assert f"/booking/{made.public_token}" in sent
    assert "Send it to Nova Reyes" in sent


async def test_everyone_lands_on_today(here: World) -> None:
    for who, token in here.tokens.items():
        state = await desk.at(TodayState, token, "/today")
        await desk.play(state.load())
        assert state.title, who
        assert "/today" in state.menu
