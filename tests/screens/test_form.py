from datetime import UTC, date, datetime, time
from enum import StrEnum
from zoneinfo import ZoneInfo

import pytest

from services.core.errors import Invalid
from studio_app.state.form import Form, form_texts, unread
from tests.core.test_records import PIANO, NewPiano

NEW_YORK = ZoneInfo("America/New_York")


class Colour(StrEnum):
    RED = "RED"


@pytest.mark.parametrize(
    ("typed", "cents"),
    [("150", 15000), ("150.5", 15050), ("$1,250.50", 125050), (" 0.05 ", 5), ("0", 0), ("9999999", 999999900)],
)
def test_an_amount_is_read_as_cents(typed: str, cents: int) -> None:
    assert Form({"price": typed}).cents("price") == cents


@pytest.mark.parametrize("typed", ["", "-5", "1.234", "1,25", "ten", "1e5", "NaN", "١٢", "99999999999", "$", "5 0"])
def test_what_is_no_amount_is_refused_at_its_field(typed: str) -> None:
    with pytest.raises(Invalid) as refusal:
        Form({"price": typed}).cents("price")
    assert refusal.value.field == "price"


@pytest.mark.parametrize("typed", ["", "x", "1.5", "NaN", "Infinity", "1e99"])
def test_what_is_no_whole_number_is_refused(typed: str) -> None:
    with pytest.raises(Invalid):
        Form({"minutes": typed}).number("minutes")


def test_a_text_comes_without_what_no_table_can_hold() -> None:
    assert Form({"notes": " Upright\x00 piano\ud800\nand a stool "}).text("notes") == "Upright piano\nand a stool"


def test_a_day_and_a_time_are_the_studios_wall_clock() -> None:
    form = Form({"day": "2026-11-20", "at": "19:30"})
    assert form.day("day") == date(2026, 11, 20)
    assert form.clock_time("at") == time(19, 30)
    assert form.instant("day", "at", NEW_YORK) == datetime(2026, 11, 21, 0, 30, tzinfo=UTC)


def test_a_time_the_clocks_skip_is_refused_at_its_field() -> None:
    with pytest.raises(Invalid) as refusal:
        Form({"day": "2027-03-14", "at": "02:30"}).instant("day", "at", NEW_YORK)
    assert refusal.value.field == "at"


def test_empty_fields_are_none_where_that_is_allowed() -> None:
    form = Form({"price": " ", "day": "", "at": None})
    assert (form.maybe_cents("price"), form.maybe_day("day"), form.maybe_clock_time("at")) == (None, None, None)


def test_ticked_boxes_are_read_by_their_prefix() -> None:
    form = Form({"room-3": "on", "room-5": "", "room-x": "on", "rooms": "on"})
    assert form.chosen_numbers("room-") == (3,)


def test_a_word_that_is_not_on_the_list_is_refused() -> None:
    assert Form({"colour": "RED"}).word("colour", Colour) is Colour.RED
    with pytest.raises(Invalid):
        Form({"colour": "BLUE"}).word("colour", Colour)


def test_a_whole_form_is_read_to_its_end_and_refused_at_the_next_call() -> None:
    form = Form.whole({"price": "ten", "day": "", "colour": "BLUE", "name": "", "minutes": "60"})
    assert form.number("minutes") == 60
    read = (form.cents("price"), form.day("day"), form.word("colour", Colour))

    def store(session: object, actor: object, price: int) -> None:
        raise Invalid("The name is missing.", field="name")

    waiting = unread()
    assert waiting is form
    assert unread() is None
    with pytest.raises(Invalid) as refusal:
        form.refusing(store)(None, None, *read[:1])
    found = {one.field: one.message for one in (refusal.value, *refusal.value.others)}
    assert found == {
        "price": "Write an amount like 150 or 1,250.50.",
        "day": "This is needed.",
        "colour": "Choose one of the list.",
        "name": "The name is missing.",
    }


def test_what_a_whole_form_cannot_read_is_never_stored() -> None:
    form = Form.whole({"price": ""})
    form.cents("price")
    with pytest.raises(Invalid, match="needed"):
        form.refusing(lambda *_: "stored")(None, None)


def test_a_whole_form_that_can_be_read_waits_for_nothing() -> None:
    Form.whole({"price": "5"}).cents("price")
    assert unread() is None


SENT = {
    "name": "Big one",
    "tuning": "PURE",
    "price_cents": "12.50",
    "pedals": "2",
    "played_from": "09:30",
    "is_grand": "on",
    "makers": "A\nB",
    "notes": "loud",
}


def test_a_form_is_read_by_the_types_of_its_record() -> None:
    assert Form(SENT).read(NewPiano) == PIANO


def test_what_was_read_starts_the_form_again() -> None:
    ticked = {"is_grand": "on"}  # as the browser sends what is set
    assert Form(form_texts(NewPiano, PIANO) | ticked).read(NewPiano) == PIANO
