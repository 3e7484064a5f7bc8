"""The staff's wizard: returning clients, prices by hand, payments, and who may do what."""

from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest

from services import bookings, catalog, scheduling
from services.bookings import BookingStatus, BookingView
from services.core import clock, db
from services.core.access import SYSTEM, Role
from services.core.studio import studio_info
from studio_app.state.bookings.wizard.staff import NewBookingState
from tests.screens import wizards as house
from tests.screens.wizards import House


@pytest.fixture
async def desk(wizards: House) -> Any:
    house.known_client()
    house.known_client("Rita Ora", "ora@example.com")
    state = await house.staff_wizard(NewBookingState)
    await state.load()
    return state


async def take_rita(desk: Any) -> None:
    await desk.search("rita o")
    await desk.press("ArrowDown")
    while desk.found[desk.marked].name != "Rita Okafor":
        await desk.press("ArrowDown")
    await desk.take_marked({"q": "rita o"})


async def up_to_the_extras(desk: Any, wizards: House) -> None:
    await take_rita(desk)
    await desk.choose_day(wizards.day.isoformat())
    await desk.go_on({})
    await desk.choose_service("RECORDING")
    await desk.go_on({})
    await desk.choose_room(wizards.room_a)
    await desk.choose_start(next(slot.start for slot in desk.place.slots() if slot.label == "2:00 pm"))
    await desk.go_on({})
    await desk.go_on({})
    assert desk.screen == "extras"


async def up_to_the_review(desk: Any, wizards: House) -> None:
    await up_to_the_extras(desk, wizards)
    await desk.go_on({})
    await desk.draw(house.signature())
    await desk.go_on({"authorization.name": "Rita Okafor"})
    await desk.go_on({})
    assert desk.screen == "review"


def booked(desk: Any) -> BookingView:
    return db.run(bookings.get_booking, SYSTEM, desk.booked.removeprefix("/bookings/"))


async def test_enter_faster_than_the_search_takes_whom_was_typed(desk: Any) -> None:
    await desk.search("rita ora")
    await desk.take_marked({"q": "rita okafor"})
    assert desk._told().client_name == "Rita Okafor"


async def test_enter_takes_the_marked_client_and_goes_on(desk: Any) -> None:
    await take_rita(desk)
    assert desk._told().client_name == "Rita Okafor"
    assert desk.screen == "day"


async def test_staff_book_a_client_as_confirmed(desk: Any, wizards: House) -> None:
    await up_to_the_review(desk, wizards)
    await desk.choose_status("CONFIRMED")
    await house.pressed(desk.book())
    assert booked(desk).status is BookingStatus.CONFIRMED
    assert booked(desk).client.name == "Rita Okafor"


async def test_several_splits_are_recorded_with_the_booking(desk: Any, wizards: House) -> None:
    await up_to_the_review(desk, wizards)
    await desk.go_to("payment")
    await desk.add_split()
    assert desk._told().payments[0].amount == "300.00"
    await desk.change_split(0, "amount", "$100")
    await desk.add_split()
    await desk.change_split(1, "method", "ZELLE")
    await desk.change_split(1, "amount", "200")
    await desk.go_on({})
    await house.pressed(desk.book())
    payments = [(payment.method.value, payment.amount_cents) for payment in booked(desk).payments]
    assert payments == [("CASH", 10_000), ("ZELLE", 20_000)]


async def test_an_amount_that_is_none_is_refused_where_it_is_typed(desk: Any, wizards: House) -> None:
    await up_to_the_review(desk, wizards)
    await desk.go_to("payment")
    await desk.add_split()
    await desk.add_split()
    await desk.change_split(0, "amount", "a lot")
    await desk.change_split(1, "amount", "0")
    await desk.go_on({})
    assert desk.screen == "payment"
    assert set(desk.errors) == {"payments.0.amount_cents", "payments.1.amount_cents"}
    await house.pressed(desk.book())
    assert (desk.booked, desk.screen) == ("", "payment")
    assert set(desk.errors) == {"payments.0.amount_cents", "payments.1.amount_cents"}


async def test_more_than_is_owed_is_asked_about_and_agreed_to_of_these_payments_alone(
    desk: Any, wizards: House
) -> None:
    await up_to_the_review(desk, wizards)
    await desk.go_to("payment")
    await desk.add_split()
    await desk.change_split(0, "amount", "700")
    await desk.overpay()
    await desk.go_to("payment")
    await desk.change_split(0, "amount", "800")
    await desk.go_on({})
    await house.pressed(desk.book())
    assert (desk.booked, desk.screen, desk.trouble.is_overpaid) == ("", "payment", True)
    assert "all the same?" in desk.errors["payments.0.amount_cents"]
    await desk.overpay()
    assert (desk.screen, desk.trouble.is_overpaid) == ("review", False)
    await house.pressed(desk.book())
    assert [payment.amount_cents for payment in booked(desk).payments] == [800_00]


@pytest.mark.parametrize(
    ("kind", "value", "field"),
    [
        ("percent", "a lot", "discount.percent"),
        ("percent", "120", "discount.percent"),
        ("percent", "NaN", "discount.percent"),
        ("percent", "", "discount.percent"),
        ("amount", "much", "discount.amount_cents"),
        ("amount", "100000", "discount.amount_cents"),
    ],
)
async def test_the_add_ons_say_all_there_is_to_mend_before_the_next_step(
    desk: Any, wizards: House, kind: str, value: str, field: str
) -> None:
    await up_to_the_extras(desk, wizards)
    await desk.choose_referral("EXTERNAL")
    await desk.choose_discount(kind)
    await desk.typed(f"rate.{wizards.room_a}", "cheap")
    typed = {"notes": "x" * 4_001, "referral.name": "", "discount.reason": "Loyal", "rate_overrides": "Agreed"}
    await desk.go_on(typed | {field: value})
    assert desk.screen == "extras"
    assert set(desk.errors) == {"notes", "referral.name", field, f"rate.{wizards.room_a}"}


async def test_add_ons_that_are_right_lead_on(desk: Any, wizards: House) -> None:
    await up_to_the_extras(desk, wizards)
    await desk.choose_discount("percent")
    await desk.go_on({"discount.percent": "10 %", "discount.reason": "Loyal"})
    assert desk.screen == "agreement"


async def test_a_discount_with_its_reason_is_in_the_price(desk: Any, wizards: House) -> None:
    await up_to_the_extras(desk, wizards)
    await desk.choose_discount("percent")
    await desk.typed("discount.percent", "10")
    assert "why" in desk.price.note
    await desk.typed("discount.reason", "Loyal")
    assert desk.price.total == "$540.00"


async def test_a_rate_by_hand_is_in_the_price(desk: Any, wizards: House) -> None:
    await up_to_the_extras(desk, wizards)
    await desk.typed(f"rate.{wizards.room_a}", "100")
    await desk.typed("rate_overrides", "Agreed by phone")
    assert desk.price.total == "$400.00"


async def test_a_new_client_with_a_known_email_is_offered_the_known_one(desk: Any) -> None:
    await desk.go_on({"name": "Rita O.", "email": "rita@example.com", "phone": ""})
    assert desk.screen == "client"
    assert desk.trouble.client_name == "Rita Okafor"
    await desk.take_client(desk.trouble.client_id)
    assert desk._told().client_name == "Rita Okafor"


async def test_a_contact_of_staff_is_refused(desk: Any) -> None:
    await desk.go_on({"name": "Abel", "email": "booking_agent@platinum.studio"})
    assert "staff" in desk.errors["email"]


async def test_what_a_client_booked_last_is_taken_again(desk: Any, wizards: House) -> None:
    await up_to_the_review(desk, wizards)
    await house.pressed(desk.book())
    await desk.load()
    await take_rita(desk)
    assert desk.last_time.startswith("Recording, Studio A")
    sent = str(await desk.same_again())
    assert (desk._told().service, desk._told().room_ids) == ("RECORDING", (wizards.room_a,))
    assert desk._told().start == ""
    assert desk.screen == "place", "straight to the times"
    assert any(slot.is_free for slot in desk.place.slots())
    assert desk._told().date == _next_free(wizards)
    assert ".slot" in sent


async def test_what_a_client_booked_last_is_taken_again_on_the_day_chosen(desk: Any, wizards: House) -> None:
    await up_to_the_review(desk, wizards)
    await house.pressed(desk.book())
    await desk.load()
    await take_rita(desk)
    await desk.choose_day(wizards.day.isoformat())
    await desk.same_again()
    assert (desk.screen, desk._told().date) == ("place", wizards.day)


async def test_what_is_no_longer_on_sale_is_not_taken_again(desk: Any, wizards: House) -> None:
    await up_to_the_review(desk, wizards)
    await house.pressed(desk.book())
    await desk.load()
    await take_rita(desk)
    recording = next(one for one in db.run(catalog.services_on_sale) if one.code == "RECORDING")
    db.run(catalog.retire_service, SYSTEM, recording.id)
    await desk.same_again()
    assert (desk.screen, desk._told().service) == ("day", "")


def _next_free(wizards: House) -> date:
    today = clock.business_date(clock.now(), db.run(studio_info).zone)
    found = db.run(
        scheduling.month_availability, SYSTEM, today, 7, 240, room_ids=(wizards.room_a,), service="RECORDING"
    )
    return min(day for day, is_free in found.items() if is_free)


async def test_a_click_in_the_calendar_fills_in_day_start_and_room(wizards: House) -> None:
    start = datetime(wizards.day.year, wizards.day.month, wizards.day.day, 19, tzinfo=UTC)
    rita = house.known_client()
    query = f"start={start:%Y-%m-%dT%H:%M:%SZ}&room={wizards.room_b}&client={rita.id}"
    desk = await house.staff_wizard(NewBookingState, query=query)
    await desk.load()
    told = desk._told()
    assert (told.day, told.room_ids, told.client_name) == (wizards.day.isoformat(), (wizards.room_b,), "Rita Okafor")
    assert datetime.fromisoformat(told.start) == start


@pytest.mark.parametrize("query", ["start=soon", "room=x&client=99999", "start=2026-13-45T00:00", "room=999999"])
async def test_an_address_that_makes_no_sense_begins_empty(wizards: House, query: str) -> None:
    desk = await house.staff_wizard(NewBookingState, query=query)
    await desk.load()
    assert desk.is_ready
    assert (desk._told().room_ids, desk._told().client_id) == ((), 0)


async def test_a_draft_of_another_address_is_left_alone(desk: Any, wizards: House) -> None:
    await take_rita(desk)
    token = desk.draft_token
    start = clock.now() + timedelta(days=3)
    desk._get_root_state()._update_router_vars(
        {
            "headers": {"cookie": desk.router.headers.cookie},
            "pathname": "/bookings/new",
            "asPath": f"/x?start={start:%F}",
        },
        {},
    )
    await desk.load()
    assert desk.draft_token != token
    assert desk._told().client_id == 0


async def test_visitors_cannot_use_the_shared_steps_of_the_staff_s_wizard(wizards: House) -> None:
    stranger = await house.wizard(NewBookingState)
    sent = await stranger.choose_day(wizards.day.isoformat())
    assert "/login" in str(sent)
    assert stranger.days.weeks == []


async def test_an_engineer_books_but_takes_no_money(wizards: House) -> None:
    desk = await house.staff_wizard(NewBookingState, Role.ENGINEER)
    await desk.load()
    await desk.add_split()
    assert desk._told().payments == ()
