"""Several dates are one mail to each reader."""

import pytest
from sqlalchemy import text
from sqlmodel import Session

from models.catalog import Engineer
from models.clients import Client
from services import repeats
from services.bookings import BookingStatus, BookingView
from services.changes import Change
from services.core.access import Actor
from services.repeats import Scope
from tests.bookings.orders import book
from tests.scheduling.studio import CLIENT, MAYA, NOW, B

WEEKS = "FREQ=WEEKLY;COUNT=4"
NOVA, HER, DANA = "nova@example.com", "maya@example.com", "dana.reyes@platinum.studio"


@pytest.fixture
def first(studio: Session, dana: Actor) -> BookingView:
    """Client and engineer can be written to."""
    studio.get_one(Client, CLIENT).email = NOVA
    studio.get_one(Engineer, MAYA).email = HER
    studio.flush()
    return book(studio, dana, engineer_id=MAYA)


def mails(session: Session, since: int) -> dict[str, tuple[str, str]]:
    """Subject and body by reader; a second mail to anybody fails."""
    found = session.execute(text('select "to", subject, body from delivery where id > :since'), {"since": since}).all()
    assert len({row.to for row in found}) == len(found)
    return {row.to: (row.subject, row.body) for row in found}


def newest(session: Session) -> int:
    return int(session.execute(text("select coalesce(max(id), 0) from delivery")).scalar_one())


def test_repeated_dates_are_listed_in_one_mail(studio: Session, dana: Actor, first: BookingView) -> None:
    since = newest(studio)
    made = repeats.repeat(studio, dana, first.number, WEEKS, now=NOW)
    told = mails(studio, since)
    assert {to: subject for to, (subject, _) in told.items()} == {
        DANA: "New booking: 3 dates",
        NOVA: "We have your booking: 3 dates",
    }
    assert all(day in told[NOVA][1] for day in ("Fri, Nov 27", "Fri, Dec 4", "Fri, Dec 11"))
    assert all(f"/bookings/{one.number}" in told[DANA][1] for one in made)
    assert told[NOVA][1].count("Please sign the terms") == 1


def test_a_series_that_is_cancelled_is_one_mail(studio: Session, dana: Actor, first: BookingView) -> None:
    repeats.repeat(studio, dana, first.number, WEEKS, now=NOW)
    since = newest(studio)
    repeats.cancel_series(studio, dana, first.number, Scope.ALL, "On tour", now=NOW)
    told = mails(studio, since)
    assert {to: subject for to, (subject, _) in told.items()} == {
        DANA: "Cancelled: 4 dates",
        HER: "Cancelled: 4 dates",
        NOVA: "Your session is cancelled: 4 dates",
    }
    assert "On tour" in told[NOVA][1]


def test_a_series_that_changes_is_one_mail_to_whom_it_concerns(
    studio: Session, dana: Actor, first: BookingView
) -> None:
    repeats.repeat(studio, dana, first.number, WEEKS, now=NOW)
    since = newest(studio)
    repeats.change_series(studio, dana, first.number, Change(room_ids=(B,)), Scope.ALL, now=NOW)
    told = mails(studio, since)
    assert {subject for subject, _ in told.values()} == {"The session has changed: 4 dates"}
    assert set(told) == {NOVA, HER, DANA}
    assert told[NOVA][1].count("Before: ") == 4


def test_holds_that_repeat_say_where_each_stands(studio: Session, dana: Actor, first: BookingView) -> None:
    held = book(studio, dana, status=BookingStatus.HOLD, engineer_id=MAYA)
    repeats.repeat(studio, dana, held.number, "FREQ=WEEKLY;COUNT=2", now=NOW)
    since = newest(studio)
    repeats.repeat(studio, dana, held.number, "FREQ=WEEKLY;COUNT=3", now=NOW)
    subject, body = mails(studio, since)[NOVA]
    assert subject == "Pencilled in for you: 2 dates"
    assert "as the second hold: somebody has asked before you" in body
    assert "as the first hold: tell us if you want it confirmed" in body
