"""What a line becomes: a receipt that asks for what is open, and then a booking."""

from datetime import date, time, timedelta
from typing import Any

import pytest
from sqlmodel import Session, delete

from models.bookings import BookingStatus
from models.catalog import Engineer, Period, Resource, ResourceKind, Room, RoomEngineer, Service
from services import bookings, clients, quickline
from services.bookings import PriceChanged
from services.clients import NewArtist, NewClient
from services.core.access import SYSTEM, Actor
from services.core.errors import Invalid, NotAllowed
from services.quickline import Interpretation, Kind
from services.scheduling import SlotTaken
from tests import cast
from tests.bookings.orders import book as book_session
from tests.scheduling.studio import CLIENT, FRIDAY, LEO, MAYA, NOW, U87, A, B, at

LINE = "Studio A Friday Nov 20 8p-10p recording for Nova Records"


def understand(session: Session, actor: Actor, text: str, **answers: str) -> Interpretation:
    return quickline.understand(session, actor, text, answers, now=NOW)


def asked(receipt: Interpretation) -> dict[str, list[str]]:
    return {question.key: [choice.value for choice in question.choices] for question in receipt.questions}


def labels(receipt: Interpretation) -> dict[Kind, str]:
    return {part.kind: part.label for part in receipt.parts}


def book(session: Session, actor: Actor, text: str, answers: dict[str, str] | None = None, **more: Any) -> Any:
    return quickline.book(session, actor, text, answers, now=NOW, **more)


def test_a_whole_line_needs_no_question(studio: Session, dana: Actor) -> None:
    receipt = understand(studio, dana, LINE + " with Maya 2 U87 as Kim note: tea please")
    assert receipt.questions == receipt.problems == receipt.reasons == ()
    assert receipt.is_bookable
    assert (receipt.start, receipt.end) == (at(FRIDAY, "20:00"), at(FRIDAY, "22:00"))
    new = quickline.order(receipt)
    assert (new.room_ids, new.engineer_id, new.client_id, new.service) == ((A,), MAYA, CLIENT, "RECORDING")
    assert [(mic.id, mic.quantity) for mic in new.mics] == [(U87, 2)]
    assert (new.artist, new.notes, new.status) == ("Kim", "tea please", BookingStatus.PENDING)
    assert receipt.quote == bookings.quote(studio, dana, new)


def test_each_part_shows_the_words_it_came_from(studio: Session, dana: Actor) -> None:
    parts = {part.kind: (part.words, part.label) for part in understand(studio, dana, LINE).parts}
    assert parts[Kind.ROOM] == ("Studio A", "Studio A")
    assert parts[Kind.DATE] == ("Friday … Nov 20", "Friday, November 20, 2026")
    assert parts[Kind.TIME] == ("8p-10p", "8:00 pm – 10:00 pm")
    assert parts[Kind.CLIENT] == ("for Nova Records", "Nova Records")
    assert parts[Kind.ENGINEER] == ("", "No engineer")


def test_an_empty_line_asks_nothing(studio: Session, dana: Actor) -> None:
    assert understand(studio, dana, "  ") == Interpretation(text="")


def test_one_word_asks_for_everything_else(studio: Session, dana: Actor) -> None:
    assert list(asked(understand(studio, dana, "Maya"))) == ["date", "service", "time", "length", "room", "client"]


def test_the_service_is_asked_for_and_not_guessed(studio: Session, dana: Actor) -> None:
    line = LINE.replace("recording", "")
    receipt = understand(studio, dana, line)
    assert asked(receipt) == {"service": ["RECORDING"]}
    assert receipt.new is None
    assert understand(studio, dana, line, service="RECORDING").is_bookable
    assert asked(understand(studio, dana, line, service="MIX")) == {"service": ["RECORDING"]}


def test_hours_that_the_studio_keeps_say_whether_it_is_morning(studio: Session, dana: Actor) -> None:
    """Open from ten to eleven at night: eight in the morning cannot be meant."""
    receipt = understand(studio, dana, LINE.replace("8p-10p", "8-10"))
    assert (receipt.start, receipt.questions) == (at(FRIDAY, "20:00"), ())


def test_a_range_that_is_asked_about_asks_for_no_length(studio: Session, dana: Actor) -> None:
    assert list(asked(understand(studio, dana, LINE.replace("8p-10p", "10-11")))) == ["time:10-11"]


def test_hours_that_may_be_both_are_asked(studio: Session, dana: Actor) -> None:
    line = LINE.replace("8p-10p", "at 10 for 1h")
    receipt = understand(studio, dana, line)
    assert asked(receipt) == {"time:at 10": ["10:00", "22:00"]}
    answered = understand(studio, dana, line, **{"time:at 10": "22:00"})
    assert (answered.start, answered.end) == (at(FRIDAY, "22:00"), at(FRIDAY, "23:00"))


@pytest.mark.parametrize(("said", "start"), [("2-6", "14:00"), ("12-2", "12:00"), ("at 4 for 2h", "16:00")])
def test_the_day_comes_before_the_small_hours(studio: Session, dana: Actor, said: str, start: str) -> None:
    for weekday in range(7):
        studio.add(
            Period(id=950 + weekday, weekday=weekday, name="Night", start=time(0), end=time(8), capacity_minutes=0)
        )
    studio.flush()
    receipt = understand(studio, dana, LINE.replace("8p-10p", said))
    assert (receipt.start, receipt.questions) == (at(FRIDAY, start), ())


def test_a_studio_that_is_open_at_night_alone_means_the_night(studio: Session, dana: Actor) -> None:
    studio.exec(delete(Period))
    studio.add(Period(id=950, weekday=4, name="Night", start=time(1), end=time(8), capacity_minutes=0))
    studio.flush()
    receipt = understand(studio, dana, LINE.replace("8p-10p", "2-6"))
    assert (receipt.start, receipt.questions) == (at(FRIDAY, "02:00"), ())


def test_a_client_needs_no_for_and_no_accents(studio: Session, dana: Actor) -> None:
    clients.create_client(studio, SYSTEM, NewClient("Renée Gaudí Müller"))
    for said in ("Renée Gaudí Müller", "renee gaudi muller", "muller renee", "for renee"):
        receipt = understand(studio, dana, LINE.replace("for Nova Records", said))
        assert (labels(receipt)[Kind.CLIENT], receipt.questions) == ("Renée Gaudí Müller", ())


def test_a_room_named_after_its_work_says_what_is_done(studio: Session, dana: Actor) -> None:
    line = LINE.replace("recording ", "")
    assert list(asked(understand(studio, dana, line))) == ["service"]
    studio.get_one(Room, A).name = "Record Room"
    studio.flush()
    receipt = understand(studio, dana, line.replace("Studio A", "Record Room"))
    assert (labels(receipt)[Kind.SERVICE], receipt.questions) == ("Recording", ())


def test_the_same_as_last_time_fills_what_the_line_leaves_open(studio: Session, dana: Actor) -> None:
    earlier = book(studio, dana, LINE.replace("8p-10p", "11a-2p") + " Maya 2 U87")
    receipt = understand(studio, dana, "Nova Records same as last time Friday Nov 27 8pm")
    assert receipt.questions == receipt.problems == ()
    new = quickline.order(receipt)
    assert (new.room_ids, new.engineer_id, new.service, new.minutes) == ((A,), MAYA, "RECORDING", 180)
    assert earlier.client.id == new.client_id
    other = quickline.order(understand(studio, dana, "Nova Records same as last time Nov 27 8p-9p B no engineer"))
    assert (other.room_ids, other.engineer_id, other.minutes) == ((B,), None, 60)


def test_who_has_not_been_here_has_no_last_time(studio: Session, dana: Actor) -> None:
    receipt = understand(studio, dana, "Nova Records same as last time Friday Nov 27 8pm")
    assert "no session yet" in receipt.problems[0]


def test_an_answer_counts_only_for_the_words_it_was_given_for(studio: Session, dana: Actor) -> None:
    line = LINE.replace("8p-10p", "at 11 for 1h")
    assert asked(understand(studio, dana, line, **{"time:at 10": "22:00"})) == {"time:at 11": ["11:00", "23:00"]}


def test_times_and_a_length_that_do_not_agree_are_asked(studio: Session, dana: Actor) -> None:
    receipt = understand(studio, dana, LINE + " 3h")
    assert asked(receipt) == {"length": ["120", "180"]}
    assert understand(studio, dana, LINE + " 3h", length="180").end == at(FRIDAY, "23:00")


def test_the_night_of_tonight_goes_on_after_midnight(studio: Session, dana: Actor) -> None:
    receipt = understand(studio, dana, "Studio A tonight 1-2a recording for Nova Records")
    assert receipt.start == at(date(2026, 11, 10), "01:00")


def test_two_engineers_of_one_name_are_asked_about(studio: Session, dana: Actor) -> None:
    studio.add(Resource(id=299, kind=ResourceKind.ENGINEER, name="Maya Stone"))
    studio.flush()
    studio.add(Engineer(id=299, name="Maya Stone"))
    studio.add(RoomEngineer(room_id=A, engineer_id=299))
    studio.flush()
    receipt = understand(studio, dana, LINE + " Maya S")
    assert quickline.order(receipt).engineer_id == 299


def test_where_the_work_needs_an_engineer_it_is_asked_who(studio: Session, dana: Actor) -> None:
    studio.get_one(Service, 900).needs_engineer = True
    studio.flush()
    receipt = understand(studio, dana, LINE)
    assert set(asked(receipt)["engineer"]) == {str(MAYA), str(LEO), "203"}
    assert quickline.order(understand(studio, dana, LINE, engineer=str(LEO))).engineer_id == LEO


def test_several_rooms_are_one_booking(studio: Session, dana: Actor) -> None:
    new = quickline.order(understand(studio, dana, LINE.replace("Studio A", "A + B")))
    assert new.room_ids == (A, B)


def test_a_room_nobody_named_is_asked_for(studio: Session, dana: Actor) -> None:
    line = LINE.replace("Studio A ", "")
    assert asked(understand(studio, dana, line + " Maya"))["room"] == [str(A), str(B)]


def test_of_several_clients_one_is_chosen(studio: Session, dana: Actor) -> None:
    other = clients.create_client(studio, SYSTEM, NewClient("Nova Reyes"))
    line = LINE.replace("Nova Records", "Nova")
    assert set(asked(understand(studio, dana, line))["client:for nova"]) == {str(CLIENT), str(other.id)}
    receipt = understand(studio, dana, line, **{"client:for nova": str(other.id)})
    assert quickline.order(receipt).client_id == other.id


def test_an_artists_name_finds_the_client(studio: Session, dana: Actor) -> None:
    clients.add_artist(studio, SYSTEM, CLIENT, NewArtist("Kim Duval"))
    new = quickline.order(understand(studio, dana, LINE.replace("Nova Records", "Kim")))
    assert (new.client_id, new.artist) == (CLIENT, "Kim Duval")


def test_an_unknown_client_is_new_only_when_somebody_says_so(studio: Session, dana: Actor) -> None:
    line = LINE.replace("Nova Records", "Atlantic")
    receipt = understand(studio, dana, line)
    assert asked(receipt) == {"client:atlantic": ["new"]}
    assert receipt.quote is not None
    booked = book(studio, dana, line, {"client:atlantic": "new"})
    assert booked.client.name == "Atlantic"


def _two_novas(session: Session) -> int:
    return clients.create_client(session, SYSTEM, NewClient("Nova Reyes", email="nova@reyes.example")).id


@pytest.mark.parametrize(
    ("named", "key", "offered"),
    [
        ("nova", "client:nova", ["Nova Records", "Nova Reyes"]),
        ("Nova Recrods", "client:nova recrods", ["Nova Records"]),
        ("Rreyes", "client:rreyes", ["Nova Reyes"]),
        ("for Nova Recrods", "client:nova recrods", ["Nova Records"]),
    ],
)
def test_a_client_named_in_part_or_with_a_slip_is_offered(
    studio: Session, dana: Actor, named: str, key: str, offered: list[str]
) -> None:
    ids = {"Nova Records": CLIENT, "Nova Reyes": _two_novas(studio)}
    line = LINE.replace("for Nova Records", named)
    nobody = [] if named.startswith("for") else ["nobody"]
    assert asked(understand(studio, dana, line)) == {key: [*(str(ids[name]) for name in offered), "new", *nobody]}
    receipt = understand(studio, dana, line, **{key: str(ids[offered[-1]])})
    assert receipt.is_bookable
    assert quickline.order(receipt).client_id == ids[offered[-1]]


def test_who_is_not_the_client_is_asked_about_as_any_word(studio: Session, dana: Actor) -> None:
    line = LINE.replace("for Nova Records", "nova")
    receipt = understand(studio, dana, line, **{"client:nova": "nobody"})
    assert asked(receipt) == {"words:nova": ["notes", "drop"], "client": []}


def test_a_new_client_may_be_like_another(studio: Session, dana: Actor) -> None:
    booked = book(studio, dana, LINE.replace("for Nova Records", "Nova Recrods"), {"client:nova recrods": "new"})
    assert booked.client.name == "Nova Recrods"


def test_last_time_is_that_of_the_client_who_was_chosen(studio: Session, dana: Actor) -> None:
    book_session(studio, dana)
    line = "friday Nov 20 8pm same as last time nova"
    assert asked(understand(studio, dana, line))["client:nova"] == [str(CLIENT), "new", "nobody"]
    assert understand(studio, dana, line, **{"client:nova": str(CLIENT)}).is_bookable


def test_a_word_nobody_understands_is_never_dropped_silently(studio: Session, dana: Actor) -> None:
    line = LINE.replace("recording", "recording zither,")
    receipt = understand(studio, dana, line)
    assert asked(receipt) == {"words:zither": ["notes", "drop"]}
    assert not receipt.is_bookable
    assert quickline.order(understand(studio, dana, line, **{"words:zither": "notes"})).notes == "zither"
    assert quickline.order(understand(studio, dana, line, **{"words:zither": "drop"})).notes == ""


def test_the_price_is_there_before_the_client_is(studio: Session, dana: Actor) -> None:
    receipt = understand(studio, dana, LINE.replace("for Nova Records", ""))
    assert receipt.quote is not None
    assert receipt.quote.total_cents == 280_00
    assert not receipt.is_clear


def test_what_is_in_the_way_comes_with_lines_that_work(studio: Session, dana: Actor) -> None:
    taken = book_session(studio, dana, start=at(FRIDAY, "20:00"), minutes=120)
    receipt = understand(studio, dana, LINE)
    assert not receipt.is_bookable
    assert taken.number in receipt.reasons[0].message
    assert receipt.instead
    for instead in receipt.instead:
        again = understand(studio, dana, instead.text)
        assert again.is_bookable, instead
        assert again.new is not None
        assert again.new.minutes == 120


def test_a_line_that_gives_a_length_keeps_it_in_its_alternatives(studio: Session, dana: Actor) -> None:
    book_session(studio, dana, start=at(FRIDAY, "20:00"), minutes=120)
    receipt = understand(studio, dana, LINE.replace("8p-10p", "8pm for 2h"))
    assert receipt.instead
    assert all("for 2h" in one.text and understand(studio, dana, one.text).is_bookable for one in receipt.instead)


def test_a_hold_may_lie_over_what_is_booked(studio: Session, dana: Actor) -> None:
    book_session(studio, dana, start=at(FRIDAY, "20:00"), minutes=120)
    assert understand(studio, dana, "hold " + LINE).is_bookable
    assert book(studio, dana, "hold " + LINE).status is BookingStatus.HOLD


def test_online_work_is_sold_by_the_part_of_the_day(studio: Session, dana: Actor) -> None:
    line = "online mixing Friday Nov 20 for Nova Records"
    assert asked(understand(studio, dana, line)) == {"period": ["Morning", "Afternoon", "Evening"]}
    new = quickline.order(understand(studio, dana, line + ", morning"))
    assert (new.period, new.room_ids, new.minutes) == ("Morning", (), 80)
    misplaced = understand(studio, dana, "Studio A morning " + line)
    assert "Studio A" in misplaced.problems[0]
    assert book(studio, dana, line + ", morning").period == "Morning"


def test_a_time_the_clocks_skip_is_refused_in_words(studio: Session, dana: Actor) -> None:
    receipt = understand(studio, dana, LINE.replace("Friday Nov 20 8p-10p", "2027-03-14 2:30am-5am"))
    assert "does not exist" in receipt.problems[0]


@pytest.mark.parametrize(("day", "minutes"), [("2026-11-20", 360), ("2027-03-13", 300), ("2027-11-06", 420)])
def test_a_night_in_which_the_clocks_change_has_its_real_length(
    studio: Session, dana: Actor, day: str, minutes: int
) -> None:
    receipt = understand(studio, dana, LINE.replace("Friday Nov 20 8p-10p", f"{day} 10pm-4am"))
    assert receipt.new is not None
    assert receipt.new.minutes == minutes
    assert receipt.start is not None
    assert receipt.end == receipt.start + timedelta(minutes=minutes)


def test_the_line_books_what_it_showed(studio: Session, dana: Actor) -> None:
    receipt = understand(studio, dana, LINE + " Maya")
    assert receipt.quote is not None
    booked = book(studio, dana, LINE + " Maya", expected_total_cents=receipt.quote.total_cents)
    assert (booked.start, booked.end, booked.total_cents) == (receipt.start, receipt.end, receipt.quote.total_cents)
    assert (booked.engineer and booked.engineer.id, booked.rooms[0].id) == (MAYA, A)


def test_another_price_than_the_one_shown_is_refused(studio: Session, dana: Actor) -> None:
    studio.get_one(Room, A).base_rate_cents = 10_000
    studio.flush()
    with pytest.raises(PriceChanged):
        book(studio, dana, LINE, expected_total_cents=280_00)


def test_time_that_went_meanwhile_is_refused_with_alternatives(studio: Session, dana: Actor) -> None:
    book_session(studio, dana, start=at(FRIDAY, "20:00"), minutes=120)
    with pytest.raises(SlotTaken) as refused:
        book(studio, dana, LINE)
    assert refused.value.answer.alternatives


def test_nothing_is_booked_while_there_is_a_question(studio: Session, dana: Actor) -> None:
    with pytest.raises(Invalid, match="Which service"):
        book(studio, dana, LINE.replace("recording", ""))


def test_a_key_books_once(studio: Session, dana: Actor) -> None:
    first = book(studio, dana, LINE, idempotency_key="k1")
    assert book(studio, dana, LINE, idempotency_key="k1").number == first.number


def test_only_who_books_may_ask(studio: Session) -> None:
    with pytest.raises(NotAllowed):
        understand(studio, cast.pia(studio), LINE)


def test_a_line_has_an_end(studio: Session, dana: Actor) -> None:
    with pytest.raises(Invalid):
        understand(studio, dana, "a" * 501)
