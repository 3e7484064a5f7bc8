"""The public wizard, from the first name to the booking, without a server."""

from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import Engine

from services import bookings, catalog, clock, db, scheduling, waitlist
from services.access import SYSTEM, Actor, Role, permissions_of
from services.bookings import BookingFilters, BookingStatus
from services.catalog import RoomDetails
from services.paging import PageRequest
from services.scheduling import LockoutKind, NewLockout, ReasonCode
from studio_app.state.wizard.public import BookState
from tests.state import wizard_house as house
from tests.state.wizard_house import House

RITA = {"name": "Rita Okafor", "email": "rita@example.com", "phone": "(212) 555-0140", "artist": "The Lanterns"}


@pytest.fixture
def studio(database: Engine) -> House:
    return house.furnish()


@pytest.fixture
async def book(studio: House) -> Any:
    state = await house.wizard(BookState)
    await state.load()
    return state


async def at_the_place(book: Any, studio: House, service: str = "RECORDING") -> None:
    await book.go_on(RITA)
    await book.choose_day(studio.day.isoformat())
    await book.go_on({})
    await book.choose_service(service)
    await book.go_on({})


async def start_at(book: Any, hour: str) -> str:
    return next(slot.start for slot in book.place.slots() if slot.label == hour)


async def up_to_the_review(book: Any, studio: House, hour: str = "2:00 pm") -> None:
    await at_the_place(book, studio)
    await book.choose_room(studio.room_a)
    await book.choose_start(await start_at(book, hour))
    for form in ({}, {}, {"notes": "Upright piano, please."}):
        await book.go_on(form)
    await book.draw(house.signature())
    await book.go_on({"authorization.name": "Rita Okafor"})
    await book.go_on({})
    assert book.screen == "review"


async def test_a_visitor_books_with_a_signature(book: Any, studio: House) -> None:
    await up_to_the_review(book, studio)
    assert book.price.total == "$600.00"
    sent = await house.pressed(book.book())
    token = book.booked.removeprefix("/booking/").removesuffix("?new=1")
    assert book.booked in sent
    booking = db.run(bookings.get_public, SYSTEM, token)
    assert booking.status is BookingStatus.PENDING
    assert booking.total_cents == 60_000
    assert booking.client.name == "Rita Okafor"
    assert booking.artist is not None
    assert booking.artist.name == "The Lanterns"
    assert booking.notes == "Upright piano, please."
    assert booking.authorization is not None
    assert booking.authorization.has_image


async def test_pressing_book_twice_books_once(book: Any, studio: House) -> None:
    await up_to_the_review(book, studio)
    await house.pressed(book.book())
    first = book.booked
    await house.pressed(book.book())
    assert book.booked == first
    assert _bookings() == 1


async def test_a_lost_answer_and_a_second_try_book_once(book: Any, studio: House) -> None:
    await up_to_the_review(book, studio)
    again = await house.after_reconnect(book)
    await house.pressed(book.book())
    await house.pressed(again.book())
    assert again.booked == book.booked
    assert _bookings() == 1


async def test_a_reload_loses_nothing(book: Any, studio: House) -> None:
    await up_to_the_review(book, studio)
    again = await house.after_reconnect(book)
    assert again.screen == "review"
    assert again._told() == book._told()
    assert again.signature == book.signature
    assert again.price == book.price


async def test_going_back_and_changing_the_day_keeps_everything_else(book: Any, studio: House) -> None:
    await up_to_the_review(book, studio)
    before = book._told()
    await book.go_to("day")
    await book.choose_day((studio.day + timedelta(days=1)).isoformat())
    told = book._told()
    assert told.start == ""
    assert (told.room_ids, told.service, told.notes) == (before.room_ids, before.service, before.notes)
    assert book.signature


@pytest.mark.parametrize(
    ("form", "field"),
    [
        ({**RITA, "name": ""}, "name"),
        ({**RITA, "email": ""}, "email"),
        ({**RITA, "email": "rita"}, "email"),
        ({**RITA, "phone": "12"}, "phone"),
    ],
)
async def test_what_is_missing_is_said_at_its_field(book: Any, form: dict[str, str], field: str) -> None:
    await book.go_on(form)
    assert list(book.errors) == [field]
    assert book.screen == "client"
    assert book._told().artist == "The Lanterns"


async def test_fields_of_other_screens_come_empty_and_change_nothing(book: Any, studio: House) -> None:
    await book.go_on(RITA)
    await book.choose_day(studio.day.isoformat())
    await book.go_on(dict.fromkeys(RITA, None) | {"notes": None})
    assert book._told().name == "Rita Okafor"


@pytest.mark.parametrize(
    ("handler", "sent"),
    [
        ("choose_day", "0001-01-01"),
        ("choose_day", "tomorrow"),
        ("choose_mode", "BY_POST"),
        ("choose_service", "NO_SUCH"),
        ("choose_room", 999_999),
        ("choose_minutes", -60),
        ("type_hours", "many"),
        ("choose_start", "soon"),
        ("choose_period", "Midnight"),
        ("choose_engineer", 999_999),
        ("choose_referral", "COUSIN"),
        ("choose_signing", "SEAL"),
        ("draw", "data:image/png;base64,***"),
        ("remove_file", 1),
        ("go_to", "nowhere"),
        ("take_offer", 7),
    ],
)
async def test_what_no_screen_sends_changes_nothing(book: Any, studio: House, handler: str, sent: Any) -> None:
    await at_the_place(book, studio)
    before = book._told()
    await getattr(book, handler)(sent)
    assert book._told() == before
    assert book.signature == ""


async def test_somebody_signed_in_still_owns_the_draft_of_their_visit(book: Any, studio: House) -> None:
    await book.go_on(RITA)
    staff = Actor(user_id=7, permissions=permissions_of(frozenset({Role.MANAGER})))
    assert db.run(bookings.draft_files, staff, book.draft_token) == ()


async def test_nobody_jumps_over_an_open_question(book: Any) -> None:
    await book.go_to("review")
    assert book.screen == "client"


async def test_only_services_of_the_mode_are_offered(book: Any, studio: House) -> None:
    await book.go_on(RITA)
    await book.choose_day(studio.day.isoformat())
    await book.choose_mode("ONLINE")
    await book.go_on({})
    assert {service.code for service in book.services} == {"ONLINE_MIXING", "ONLINE_MASTERING"}


async def test_online_work_is_booked_against_a_period(book: Any, studio: House) -> None:
    await book.go_on(RITA)
    await book.choose_day(studio.day.isoformat())
    await book.choose_mode("ONLINE")
    await book.go_on({})
    await book.choose_service("ONLINE_MASTERING")
    await book.go_on({})
    assert [period.name for period in book.place.periods] == ["Morning", "Afternoon", "Evening"]
    await book.choose_period("Afternoon")
    assert book.price.total == "$120.00"
    await book.go_on({})
    assert book.screen == "extras"


async def test_several_rooms_are_priced_together(book: Any, studio: House) -> None:
    await at_the_place(book, studio)
    await book.choose_room(studio.room_a)
    await book.choose_room(studio.room_b)
    assert book.place.together == "$260.00 per hour together"
    await book.choose_start(await start_at(book, "2:00 pm"))
    assert book.price.total == "$1,040.00"


async def test_a_service_with_an_engineer_proposes_who_is_free(book: Any, studio: House) -> None:
    await at_the_place(book, studio, "MIXING")
    await book.choose_room(studio.room_a)
    await book.choose_start(await start_at(book, "2:00 pm"))
    assert book._told().engineer_id == studio.maya
    await book.go_on({})
    assert [(row.name, row.is_chosen) for row in book.engineers.rows] == [("Maya Lind", True)]
    assert not book.engineers.may_be_none


async def test_an_engineer_who_is_not_free_at_the_new_start_is_let_go_and_it_says_so(book: Any, studio: House) -> None:
    await at_the_place(book, studio)
    await book.choose_room(studio.room_a)
    await book.choose_start(await start_at(book, "2:00 pm"))
    await book.go_on({})
    await book.choose_engineer(studio.maya)
    await book.go_to("place")
    await book.choose_start(await start_at(book, "9:00 pm"))
    assert book._told().engineer_id == 0
    let_go = book._told().let_go
    assert let_go.startswith("Maya Lind does not work ")
    assert let_go.endswith(" Choose another engineer.")
    await book.go_on({})
    await book.choose_engineer(0)
    assert book._told().let_go == ""


async def test_the_engineer_let_go_is_forgotten_with_the_next_start(book: Any, studio: House) -> None:
    await at_the_place(book, studio)
    await book.choose_room(studio.room_a)
    await book.choose_start(await start_at(book, "2:00 pm"))
    await book.go_on({})
    await book.choose_engineer(studio.maya)
    await book.go_to("place")
    await book.choose_start(await start_at(book, "9:00 pm"))
    await book.choose_start(await start_at(book, "3:00 pm"))
    assert book._told().let_go == ""


async def test_a_taken_slot_says_why_and_its_alternative_applies_itself(book: Any, studio: House) -> None:
    await up_to_the_review(book, studio)
    await house.pressed(book.book())
    other = await house.wizard(BookState)
    await other.load()
    await at_the_place(other, studio)
    await other.choose_room(studio.room_a)
    await other.choose_start(await start_at(other, "2:00 pm"))
    assert other.trouble.title == "2:00 pm is not free"
    assert "Rita" not in str(other.trouble)
    assert other._told().start == ""
    offer = next(one for one in other.trouble.offers if one.room_ids == [studio.room_b])
    await other.take_offer(other.trouble.offers.index(offer))
    assert other._told().room_ids == (studio.room_b,)
    assert other.price.total == "$440.00"


async def test_a_slot_gone_meanwhile_leaves_the_form_and_offers_others(book: Any, studio: House) -> None:
    late = await house.wizard(BookState)
    await late.load()
    await up_to_the_review(late, studio)
    await up_to_the_review(book, studio)
    await house.pressed(book.book())
    await house.pressed(late.book())
    assert late.booked == ""
    assert late.screen == "place"
    assert late.trouble.title == "That time has just been taken"
    assert late.trouble.offers
    assert late._told().notes == "Upright piano, please."
    assert late.signature
    today = clock.business_date(clock.now(), db.run(catalog.studio).zone)
    assert db.run(scheduling.refused_by_reason, SYSTEM, today, today) == {ReasonCode.BOOKED: 1}
    await late.take_offer(0)
    await late.go_to("review")
    await house.pressed(late.book())
    assert late.booked
    assert _bookings() == 2


async def test_another_price_meanwhile_is_shown_before_it_is_booked(book: Any, studio: House) -> None:
    await up_to_the_review(book, studio)
    _raise_the_rate(studio.room_a)
    await house.pressed(book.book())
    assert book.booked == ""
    assert book.price.total == "$800.00"
    await house.pressed(book.book())
    assert book.booked


async def test_mics_are_bounded_by_what_there_is(book: Any, studio: House) -> None:
    await at_the_place(book, studio)
    await book.choose_room(studio.room_a)
    await book.choose_start(await start_at(book, "2:00 pm"))
    await book.go_on({})
    await book.go_on({})
    await book.choose_mic(studio.mic, 5)
    assert book._told().mics == {str(studio.mic): 1}
    assert book.price.total == "$640.00"


async def test_a_service_retired_meanwhile_does_not_lock_the_wizard(book: Any, studio: House) -> None:
    await at_the_place(book, studio)
    service = next(one for one in db.run(catalog.services_on_sale) if one.code == "RECORDING")
    db.run(catalog.retire_service, SYSTEM, service.id)
    again = await house.after_reconnect(book)
    assert again.is_ready
    assert again.screen == "client"
    assert again._told().name == "Rita Okafor"


def _bookings() -> int:
    return db.run(bookings.list_bookings, SYSTEM, PageRequest(), BookingFilters()).total


def _raise_the_rate(room_id: int) -> None:
    db.run(catalog.update_room, SYSTEM, room_id, RoomDetails(name="Studio A", base_rate_cents=20000))


async def lock_out(room_ids: tuple[int, ...], studio: House) -> None:
    zone = db.run(catalog.studio).zone
    start, end = clock.day_bounds(studio.day, 2, zone)
    new = NewLockout(room_ids=room_ids, start=start, end=end, kind=LockoutKind.TAKEOVER, reason="Film crew")
    db.run(scheduling.lock_rooms, SYSTEM, new)


async def test_where_nothing_is_free_the_visitor_asks_to_be_told(book: Any, studio: House) -> None:
    await lock_out((studio.room_a, studio.room_b), studio)
    await at_the_place(book, studio)
    assert book.place.is_full
    assert "rita@example.com" in str(await book.wait(7))
    (wish,) = db.run(waitlist.list_wishes, SYSTEM, PageRequest(), waitlist.WishFilters()).data
    assert (wish.client.name, wish.service_code, wish.rooms) == ("Rita Okafor", "RECORDING", ())
    assert (wish.first_day, wish.last_day) == (studio.day, studio.day + timedelta(days=7))
    assert book.waited.startswith(studio.day.isoformat())


async def test_a_day_with_room_offers_no_waitlist(book: Any, studio: House) -> None:
    await lock_out((studio.room_b,), studio)
    await at_the_place(book, studio)
    assert not book.place.is_full
