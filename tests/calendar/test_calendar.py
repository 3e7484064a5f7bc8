"""What the calendar shows to whom."""

from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy.dialects.postgresql import Range
from sqlmodel import Session

from models.scheduling import Allocation, AllocationReason
from services import absences, bookings, catalog, identity
from services.absences import LockoutKind, NewLockout, NewTimeOff, TimeOffReason, TimeOffStatus
from services.bookings import BookingStatus, BookingView, MicChoice
from services.catalog import PerformerDetails
from services.core import clock, db
from services.core.access import SYSTEM, Actor
from studio_app.state.calendar.bar import bar
from studio_app.state.calendar.holds import pencilled
from studio_app.state.calendar.overview import changed, look
from tests import cast
from tests.screens.calendars import book, event, ids, seen
from tests.world import ZONE, World


def test_a_session_past_midnight_is_shown_whole_on_its_day(here: World) -> None:
    made = book(here, 22, 240)
    shown = seen(here)
    assert event(shown, made.number).end == f"{here.day + timedelta(days=1)}T02:00"
    assert shown.frame.last == "26:00:00"
    week = event(seen(here, view="week"), made.number)
    assert week.end[:10] == here.day.isoformat()
    assert week.lines[0].startswith("10:00 pm–2:00 am")


def test_a_session_says_who_what_when_and_whether_it_is_signed(here: World) -> None:
    made = book(here, 12, engineer_id=here.maya, mics=(MicChoice(here.u87),), artist="The Kestrels")
    one = event(seen(here), made.number)
    assert (one.who, one.word, one.tone) == ("The Kestrels", "pending · unsigned", "pending")
    assert one.lines == ("12:00–4:00 pm · Maya Lind", "Nova Reyes · Recording", "U 87")
    assert one.href == f"/bookings/{made.number}"
    assert one.free_from[11:] == "16:15"


def test_a_hold_and_a_session_of_several_rooms_are_there(here: World) -> None:
    both = book(here, 12, 240, here.a, here.b)
    hold = book(here, 12, 240, here.a, status=BookingStatus.HOLD)
    shown = seen(here)
    assert event(shown, both.number).columns == (str(here.a), str(here.b))
    assert event(shown, hold.number).tone == "hold"


def test_filters_keep_rooms_engineers_and_statuses(here: World) -> None:
    first = book(here, 12, 240, here.a, engineer_id=here.maya)
    other = book(here, 12, 240, here.b)
    assert ids(seen(here, room=str(here.b))) == [other.number]
    assert [one.title for one in seen(here, room=str(here.b)).columns] == ["Studio B"]
    assert ids(seen(here, engineer=str(here.maya))) == [first.number]
    assert ids(seen(here, status="CONFIRMED")) == []
    assert ids(seen(here, service="MIXING")) == []


def test_by_engineers_there_is_a_column_for_each_and_for_nobody(here: World) -> None:
    made = book(here, 12, 240, here.a, engineer_id=here.maya)
    alone = book(here, 12, 240, here.b)
    shown = seen(here, by="engineers")
    assert [one.title for one in shown.columns] == ["Maya Lind", "Rio Tanaka", "Sam Ode", "No engineer"]
    assert event(shown, made.number).columns == (str(here.maya),)
    assert event(shown, alone.number).columns == ("none",)


def test_lockouts_closures_and_time_off_are_there(here: World) -> None:
    dana = here.team["dana"]
    locked = NewLockout(
        room_ids=(here.b, here.booth),
        start=here.at(8),
        end=here.at(8, days=3),
        kind=LockoutKind.TAKEOVER,
        reason="Film",
    )
    off = NewTimeOff(
        resource_id=here.maya,
        start=here.at(0),
        end=here.at(24),
        status=TimeOffStatus.VACATION,
        reason=TimeOffReason.VACATION,
    )
    db.run(absences.lock_rooms, dana, locked)
    db.run(absences.take_time_off, SYSTEM, off)
    db.run(catalog.add_closure, SYSTEM, here.day, here.day, "Inventory day")
    blocks = {one.tone: one for one in seen(here).events}
    assert blocks["locked"].columns == (str(here.b), str(here.booth))
    assert blocks["locked"].who == "Takeover: Film"
    assert blocks["closed"].columns == (str(here.a), str(here.b), str(here.booth))
    assert seen(here).away == ["Maya Lind: vacation"]
    by_engineers = {one.tone: one for one in seen(here, by="engineers").events}
    assert by_engineers["away"].columns == (str(here.maya),)
    month = {one.tone: one for one in seen(here, view="month").events}
    assert month["locked"].lines == ("Studio B, Vocal Booth", blocks["locked"].lines[1])
    assert (month["away"].start, month["away"].end) == (str(here.day), str(here.day + timedelta(days=1)))
    assert seen(here, view="week").columns[-1].title == "Away"


def test_an_engineer_sees_only_their_own(here: World) -> None:
    own = book(here, 12, 240, here.a, engineer_id=here.maya)
    book(here, 12, 240, here.b)
    shown = seen(here, "maya", by="rooms", engineer=str(here.rio))
    assert ids(shown) == [own.number]
    assert [one.title for one in shown.columns] == ["Maya Lind"]
    above = db.run(bar, here.team["maya"], {"date": here.day.isoformat()}, clock.now())
    assert (above.rooms, above.engineers) == ([], [])


def test_a_performer_sees_their_own_sessions_and_days_off(here: World) -> None:
    pia, performer_id = db.run(_sing)
    own = book(here, 12, 240, here.a)
    book(here, 12, 240, here.b)
    db.run(_sings_in, performer_id, own)
    evening = NewTimeOff(
        resource_id=performer_id,
        start=here.at(20),
        end=here.at(26),
        status=TimeOffStatus.VACATION,
        reason=TimeOffReason.VACATION,
    )
    db.run(absences.take_time_off, pia, evening)
    shown = db.run(look, pia, {"date": here.day.isoformat()}, clock.now())
    assert [one.title for one in shown.columns] == ["Pia Moreau"]
    assert {one.id: one.columns for one in shown.events if one.kind == "session"} == {own.number: (str(performer_id),)}
    (away,) = [one for one in shown.events if one.tone == "away"]
    assert (away.columns, away.lines[0]) == ((str(performer_id),), "Pia Moreau: vacation")
    assert "Pia Moreau: vacation" in seen(here).away
    month = {one.tone: one for one in seen(here, view="month").events}
    assert month["away"].lines[0] == "Pia Moreau: vacation"


def patched(here: World, *ids: int, who: str = "dana", **query: str) -> Any:
    asked = {"date": here.day.isoformat(), **query}
    return db.run(changed, here.team[who], asked, clock.now(), ids)


def test_what_changed_is_drawn_as_the_whole_picture_draws_it(here: World) -> None:
    made, other = book(here, 12), book(here, 18)
    assert patched(here, made.id).events == [event(seen(here), made.number)]
    assert patched(here, made.id, view="month").events == [event(seen(here, view="month"), made.number)]
    assert [one.id for one in patched(here, made.id, other.id).events] == [made.number, other.number]


def test_what_is_not_to_be_seen_any_more_is_gone(here: World) -> None:
    made = book(here, 12)
    assert patched(here, made.id, room=str(here.b)).gone == [made.id]
    assert patched(here, made.id, who="maya").gone == [made.id]
    db.run(bookings.cancel, here.team["dana"], made.number, "rain")
    assert patched(here, made.id).gone == [made.id]


@pytest.mark.parametrize(("who", "may"), [("dana", True), ("abel", True), ("maya", False)])
def test_who_may_not_swap_drags_nothing(here: World, who: str, may: bool) -> None:
    made = book(here, 12, engineer_id=here.maya)
    assert event(seen(here, who), made.number).can_move is may


def test_a_look_says_what_the_studios_clock_shows(here: World) -> None:
    now = here.at(15, 40)
    shown = db.run(look, here.team["dana"], {"date": here.day.isoformat()}, now)
    assert shown.clock == f"{here.day}T15:40"


def test_an_open_calendar_knows_when_the_clocks_change_next(here: World) -> None:
    """So that its line of now does not stand an hour away."""
    turn = next(clock.offset_changes(ZONE, here.at(0), here.at(0) + timedelta(days=400)))
    for before, turns_in in ((timedelta(hours=5), 5 * 3600 + 1), (timedelta(days=2), 0)):
        shown = db.run(look, here.team["dana"], {}, turn - before)
        assert shown.frame.turns_in == turns_in


def test_a_timeline_has_whole_days_and_rows(here: World) -> None:
    made = book(here, 22, 240)
    shown = seen(here, view="timeline")
    assert (shown.frame.mode, shown.frame.first, shown.frame.last) == ("resourceTimelineWeek", "00:00:00", "24:00:00")
    assert event(shown, made.number).end == f"{here.day + timedelta(days=1)}T02:00"


def test_pencilled_time_has_its_rank_and_its_clock(here: World) -> None:
    book(here, 12, status=BookingStatus.HOLD)
    second = book(here, 13, status=BookingStatus.HOLD)
    asked, now = {"date": here.day.isoformat()}, clock.now()
    strip = db.run(pencilled, here.team["dana"], asked, now)
    assert [one.rank for one in strip] == ["first hold", "second hold"]
    assert strip[1].booking == second.id
    assert all(one.clock.startswith("until ") for one in strip)
    assert db.run(pencilled, here.team["dana"], {**asked, "room": str(here.b)}, now) == []


def _sing(session: Session) -> tuple[Actor, int]:
    """Pia, who signs in as a performer."""
    pia = cast.pia(session)
    performer = catalog.create_performer(session, SYSTEM, PerformerDetails(name=pia.name))
    catalog.link_user(session, SYSTEM, performer.id, pia.user_id)
    return identity.actor_of(identity.get_user(session, SYSTEM, pia.user_id or 0)), performer.id


def _sings_in(session: Session, performer_id: int, booking: BookingView) -> None:
    during = Range(booking.start, booking.end)
    session.add(
        Allocation(resource_id=performer_id, during=during, reason=AllocationReason.SESSION, booking_id=booking.id)
    )
