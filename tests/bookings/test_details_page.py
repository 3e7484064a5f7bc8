"""Artist, notes and referral; and two people who write them at once."""

from typing import Any

from services import bookings
from services.bookings import BookingDetails, Referral, ReferralType
from services.core import db
from studio_app.state.bookings.details import BookingDetailsForm
from tests.screens.booking import opened
from tests.screens.desk import play
from tests.screens.orders import book
from tests.world import World


async def writing(here: World, number: str, who: str = "abel") -> Any:
    state = await opened(here, who, number, BookingDetailsForm)
    await play(state.open_details())
    return state


async def test_the_form_begins_with_what_is_there_and_saves_what_is_typed(here: World) -> None:
    referral = Referral(ReferralType.MANAGER, "Lee")
    state = await writing(here, book(here, artist="Atlas", notes="Ribbon mics", referral=referral).number)
    assert state.record == {
        "artist": "Atlas",
        "notes": "Ribbon mics",
        "referral.type": "MANAGER",
        "referral.name": "Lee",
    }
    sent = state.record | {"artist": "Atlas II", "referral.type": "", "referral.name": ""}
    assert "Saved" in await play(state.save_details(sent))
    assert (state.shown.artist, state.shown.notes, state.shown.referral) == ("Atlas II", "Ribbon mics", "")


async def test_the_second_to_save_is_told_keeps_what_was_typed_and_saves_knowingly(here: World) -> None:
    number = book(here, notes="Ribbon mics").number
    abel, dana = await writing(here, number, "abel"), await writing(here, number, "dana")
    await play(abel.save_details(abel.record | {"notes": "Piano tuned"}))
    mine = dana.record | {"notes": "Two pianos", "artist": "Atlas"}
    await play(dana.save_details(mine))
    assert (dana.dialog, dana.shown.notes) == ("details", "Piano tuned")
    assert dana.news[0].startswith("Abel Okoro: details changed")
    assert dana.record["notes"] == "Ribbon mics"
    assert "Saved" in await play(dana.save_details(mine))
    assert (dana.shown.notes, dana.shown.artist) == ("Two pianos", "Atlas")


async def test_what_the_second_did_not_touch_stays_as_the_first_wrote_it(here: World) -> None:
    number = book(here, notes="Ribbon mics").number
    dana = await writing(here, number, "dana")
    db.run(bookings.update_details, here.team["abel"], number, BookingDetails(notes="Piano tuned"))
    for _ in range(2):
        await play(dana.save_details(dana.record | {"artist": "Atlas"}))
    assert (dana.shown.notes, dana.shown.artist) == ("Piano tuned", "Atlas")


async def test_a_referral_without_a_name_is_said_at_its_field(here: World) -> None:
    state = await writing(here, book(here).number)
    await play(state.save_details(state.record | {"referral.type": "MANAGER"}))
    assert (list(state.errors), state.dialog) == (["referral.name"], "details")


async def test_who_may_not_book_writes_nothing(here: World) -> None:
    state = await opened(here, "femi", book(here).number, BookingDetailsForm)
    assert "You may not book sessions" in await play(state.open_details())
