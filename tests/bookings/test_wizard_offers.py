"""What the public wizard offers: services, rooms, times, engineers, and what else where time is taken."""

from datetime import timedelta
from typing import Any

from services import absences, scheduling, waitlist
from services.absences import LockoutKind, NewLockout
from services.core import clock, db
from services.core.access import SYSTEM
from services.core.paging import PageRequest
from services.core.studio import studio_info
from services.scheduling import ReasonCode
from studio_app.state.bookings.wizard.public import BookState
from tests.screens import wizards as house
from tests.screens.wizard_walk import RITA, at_the_place, bookings_made, start_at, up_to_the_review
from tests.screens.wizards import House


async def test_only_services_of_the_mode_are_offered(book: Any, wizards: House) -> None:
    await book.go_on(RITA)
    await book.choose_day(wizards.day.isoformat())
    await book.choose_mode("ONLINE")
    await book.go_on({})
    assert {service.code for service in book.services} == {"ONLINE_MIXING", "ONLINE_MASTERING"}


async def test_online_work_is_booked_against_a_period(book: Any, wizards: House) -> None:
    await book.go_on(RITA)
    await book.choose_day(wizards.day.isoformat())
    await book.choose_mode("ONLINE")
    await book.go_on({})
    await book.choose_service("ONLINE_MASTERING")
    await book.go_on({})
    assert [period.name for period in book.place.periods] == ["Morning", "Afternoon", "Evening"]
    await book.choose_period("Afternoon")
    assert book.price.total == "$120.00"
    await book.go_on({})
    assert book.screen == "extras"


async def test_several_rooms_are_priced_together(book: Any, wizards: House) -> None:
    await at_the_place(book, wizards)
    await book.choose_room(wizards.room_a)
    await book.choose_room(wizards.room_b)
    assert book.place.together == "$260.00 per hour together"
    await book.choose_start(await start_at(book, "2:00 pm"))
    assert book.price.total == "$1,040.00"


async def test_a_service_with_an_engineer_proposes_who_is_free(book: Any, wizards: House) -> None:
    await at_the_place(book, wizards, "MIXING")
    await book.choose_room(wizards.room_a)
    await book.choose_start(await start_at(book, "2:00 pm"))
    assert book._told().engineer_id == wizards.maya
    await book.go_on({})
    assert [(row.name, row.is_chosen) for row in book.engineers.rows] == [("Maya Lind", True)]
    assert not book.engineers.may_be_none


async def test_an_engineer_who_is_not_free_at_the_new_start_is_let_go_and_it_says_so(book: Any, wizards: House) -> None:
    await at_the_place(book, wizards)
    await book.choose_room(wizards.room_a)
    await book.choose_start(await start_at(book, "2:00 pm"))
    await book.go_on({})
    await book.choose_engineer(wizards.maya)
    await book.go_to("place")
    await book.choose_start(await start_at(book, "9:00 pm"))
    assert book._told().engineer_id == 0
    let_go = book._told().let_go
    assert let_go.startswith("Maya Lind does not work ")
    assert let_go.endswith(" Choose another engineer.")
    await book.go_on({})
    await book.choose_engineer(0)
    assert book._told().let_go == ""


async def test_the_engineer_let_go_is_forgotten_with_the_next_start(book: Any, wizards: House) -> None:
    await at_the_place(book, wizards)
    await book.choose_room(wizards.room_a)
    await book.choose_start(await start_at(book, "2:00 pm"))
    await book.go_on({})
    await book.choose_engineer(wizards.maya)
    await book.go_to("place")
    await book.choose_start(await start_at(book, "9:00 pm"))
    await book.choose_start(await start_at(book, "3:00 pm"))
    assert book._told().let_go == ""


async def test_a_taken_slot_says_why_and_its_alternative_applies_itself(book: Any, wizards: House) -> None:
    await up_to_the_review(book, wizards)
    await house.pressed(book.book())
    other = await house.wizard(BookState)
    await other.load()
    await at_the_place(other, wizards)
    await other.choose_room(wizards.room_a)
    await other.choose_start(await start_at(other, "2:00 pm"))
    assert other.trouble.title == "2:00 pm is not free"
    assert "Rita" not in str(other.trouble)
    assert other._told().start == ""
    offer = next(one for one in other.trouble.offers if one.room_ids == [wizards.room_b])
    await other.take_offer(other.trouble.offers.index(offer))
    assert other._told().room_ids == (wizards.room_b,)
    assert other.price.total == "$440.00"


async def test_a_slot_gone_meanwhile_leaves_the_form_and_offers_others(book: Any, wizards: House) -> None:
    late = await house.wizard(BookState)
    await late.load()
    await up_to_the_review(late, wizards)
    await up_to_the_review(book, wizards)
    await house.pressed(book.book())
    await house.pressed(late.book())
    assert late.booked == ""
    assert late.screen == "place"
    assert late.trouble.title == "That time has just been taken"
    assert late.trouble.offers
    assert late._told().notes == "Upright piano, please."
    assert late.signature
    today = clock.business_date(clock.now(), db.run(studio_info).zone)
    assert db.run(scheduling.refused_by_reason, SYSTEM, today, today) == {ReasonCode.BOOKED: 1}
    await late.take_offer(0)
    await late.go_to("review")
    await house.pressed(late.book())
    assert late.booked
    assert bookings_made() == 2


async def test_mics_are_bounded_by_what_there_is(book: Any, wizards: House) -> None:
    await at_the_place(book, wizards)
    await book.choose_room(wizards.room_a)
    await book.choose_start(await start_at(book, "2:00 pm"))
    await book.go_on({})
    await book.go_on({})
    await book.choose_mic(wizards.mic, 5)
    assert book._told().mics == {str(wizards.mic): 1}
    assert book.price.total == "$640.00"


async def lock_out(room_ids: tuple[int, ...], wizards: House) -> None:
    zone = db.run(studio_info).zone
    start, end = clock.day_bounds(wizards.day, 2, zone)
    new = NewLockout(room_ids=room_ids, start=start, end=end, kind=LockoutKind.TAKEOVER, reason="Film crew")
    db.run(absences.lock_rooms, SYSTEM, new)


async def test_where_nothing_is_free_the_visitor_asks_to_be_told(book: Any, wizards: House) -> None:
    await lock_out((wizards.room_a, wizards.room_b), wizards)
    await at_the_place(book, wizards)
    assert book.place.is_full
    assert "rita@example.com" in str(await book.wait(7))
    (wish,) = db.run(waitlist.list_wishes, SYSTEM, PageRequest(), waitlist.WishFilters()).data
    assert (wish.client.name, wish.service_code, wish.rooms) == ("Rita Okafor", "RECORDING", ())
    assert (wish.first_day, wish.last_day) == (wizards.day, wizards.day + timedelta(days=7))
    assert book.waited.startswith(wizards.day.isoformat())


async def test_a_day_with_room_offers_no_waitlist(book: Any, wizards: House) -> None:
    await lock_out((wizards.room_b,), wizards)
    await at_the_place(book, wizards)
    assert not book.place.is_full
