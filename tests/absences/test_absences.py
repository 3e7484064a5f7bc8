"""Lockouts and time off take time of the ledger; sessions in the way are listed and stay."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from sqlalchemy import text
from sqlmodel import Session

from models.bookings import Booking, BookingStatus
from services import absences, scheduling
from services.absences import LockoutKind, NewLockout, NewTimeOff, TimeOffReason, TimeOffStatus
from services.core.access import SYSTEM, Actor, Role, anonymous, permissions_of
from services.core.errors import Conflict, DomainError, Invalid, NotAllowed, NotFound, NotSignedIn
from services.scheduling import SlotRequest, SlotTaken
from tests.scheduling.studio import CHRISTMAS, FRIDAY, LEO, MAYA, MONDAY, NOW, A, B, C, at, book, claim

NOON = at(FRIDAY, "12:00")
LOCKOUT = NewLockout(
    room_ids=(B, A),
    start=at(FRIDAY, "00:00"),
    end=at(date(2026, 11, 28), "00:00"),
    kind=LockoutKind.ARTIST_LOCKOUT,
    reason="Nova's album",
)
AWAY = NewTimeOff(
    resource_id=MAYA,
    start=at(FRIDAY, "00:00"),
    end=at(date(2026, 11, 21), "00:00"),
    status=TimeOffStatus.VACATION,
    reason=TimeOffReason.VACATION,
    note="Lisbon",
)


def actor(role: Role, engineer_id: int | None = None) -> Actor:
    roles = frozenset({role})
    return Actor(name=role.title(), roles=roles, permissions=permissions_of(roles), engineer_id=engineer_id)


AGENT, MAYA_HERSELF, ADMIN = actor(Role.BOOKING_AGENT), actor(Role.ENGINEER, MAYA), actor(Role.ADMIN)


def refused(session: Session, wish: SlotRequest, *, reveal: bool = False) -> str:
    with pytest.raises(SlotTaken) as error:
        claim(session, wish, reveal=reveal)
    return error.value.message


def actions(session: Session) -> list[str]:
    return list(session.scalars(text("select action from audit_log order by id")))


def test_a_locked_room_is_out_of_sale_and_the_public_does_not_learn_why(studio: Session) -> None:
    view = absences.lock_rooms(studio, AGENT, LOCKOUT, now=NOW)

    when = "Fri, Nov 20 – Fri, Nov 27"
    assert view.room_ids == (A, B)
    assert refused(studio, SlotRequest(NOON, 60, (A,))) == f"Studio A is locked out {when}."
    assert refused(studio, SlotRequest(NOON, 60, (A,)), reveal=True) == f"Studio A is locked out {when} (Nova's album)."
    assert claim(studio, SlotRequest(NOON, 60, (C,)))
    assert actions(studio) == ["rooms_locked"]


def test_an_unlocked_room_is_on_sale_again(studio: Session) -> None:
    view = absences.lock_rooms(studio, AGENT, LOCKOUT, now=NOW)
    assert absences.list_lockouts(studio, AGENT, now=NOW) == (view,)

    assert absences.unlock_rooms(studio, AGENT, view.id) == view

    assert claim(studio, SlotRequest(NOON, 60, (A, B)))
    assert absences.list_lockouts(studio, AGENT, now=NOW) == ()
    assert actions(studio) == ["rooms_locked", "rooms_unlocked"]


def test_ended_lockouts_are_not_listed(studio: Session) -> None:
    absences.lock_rooms(studio, AGENT, LOCKOUT, now=NOW)

    assert absences.list_lockouts(studio, AGENT, now=LOCKOUT.end) == ()


def test_sessions_in_the_way_of_a_lockout_are_listed_and_nothing_is_locked(studio: Session) -> None:
    booking_id = book(studio, SlotRequest(NOON, 120, (A, B), buffer_minutes=15))
    number = studio.scalar(text("select number from booking where id = :id"), {"id": booking_id})

    with pytest.raises(Conflict) as error:
        absences.lock_rooms(studio, AGENT, LOCKOUT, now=NOW)

    assert error.value.code == "sessions_in_the_way"
    assert error.value.message == (
        f"Move or cancel what is booked then first: {number} (Nova Records), Fri, Nov 20 12:00–2:00 pm."
    )
    sessions = error.value.details["sessions"]
    assert isinstance(sessions, list)
    assert [one["number"] for one in sessions] == [number]
    assert studio.scalar(text("select count(*) from lockout")) == 0


def test_two_lockouts_of_a_room_never_overlap(studio: Session) -> None:
    absences.lock_rooms(studio, AGENT, LOCKOUT, now=NOW)

    with pytest.raises(Conflict) as error:
        absences.lock_rooms(studio, AGENT, replace(LOCKOUT, room_ids=(A,)), now=NOW)

    assert error.value.code == "already_blocked"
    assert error.value.message == (
        "Studio A is locked already, Fri, Nov 20 – Fri, Nov 27: Nova's album. Choose other times, or end that first."
    )
    touching = replace(LOCKOUT, start=LOCKOUT.end, end=LOCKOUT.end + timedelta(days=90))
    assert absences.lock_rooms(studio, AGENT, touching, now=NOW)


def test_a_refused_lockout_names_each_room_that_is_locked_and_why(studio: Session) -> None:
    for room, reason in ((A, "Film"), (B, "New desk")):
        absences.lock_rooms(studio, AGENT, replace(LOCKOUT, room_ids=(room,), reason=reason), now=NOW)
    with pytest.raises(Conflict) as error:
        absences.lock_rooms(studio, AGENT, LOCKOUT, now=NOW)
    assert "Studio A is locked already, Fri, Nov 20 – Fri, Nov 27: Film." in error.value.message
    assert "Studio B is locked already, Fri, Nov 20 – Fri, Nov 27: New desk." in error.value.message


def test_a_refused_day_off_says_when_one_is_away_already(studio: Session) -> None:
    absences.take_time_off(studio, MAYA_HERSELF, AWAY, now=NOW)
    with pytest.raises(Conflict, match="Maya is away already, Fri, Nov 20"):
        absences.take_time_off(studio, MAYA_HERSELF, AWAY, now=NOW)


AFTERNOON = at(FRIDAY, "15:00")


@pytest.mark.parametrize("status", [BookingStatus.COMPLETED, BookingStatus.NO_SHOW])
@pytest.mark.parametrize("minutes", [120, 240], ids=["past its end", "with time left"])
def test_nobody_is_asked_to_move_what_is_over(studio: Session, status: BookingStatus, minutes: int) -> None:
    """It is three; a session of noon is over. The rest of what it held is the lockout's."""
    booking_id = book(studio, SlotRequest(NOON, minutes, (A,), 15))
    studio.get_one(Booking, booking_id).status = status
    studio.flush()
    today = replace(LOCKOUT, room_ids=(A,))
    view = absences.lock_rooms(studio, AGENT, today, now=AFTERNOON)
    assert (view.start, view.end) == (LOCKOUT.start, LOCKOUT.end)
    (held,) = scheduling.allocations_of(studio, booking_id)
    assert (held.start, held.end) == (NOON, min(AFTERNOON, NOON + timedelta(minutes=minutes + 15)))
    assert refused(studio, SlotRequest(AFTERNOON, 60, (A,))).startswith("Studio A is locked out")


def test_whoever_worked_this_morning_may_take_the_rest_of_the_day_off(studio: Session) -> None:
    booking_id = book(studio, SlotRequest(NOON, 120, (A,), engineer_id=MAYA))
    studio.get_one(Booking, booking_id).status = BookingStatus.COMPLETED
    studio.flush()
    assert absences.take_time_off(studio, MAYA_HERSELF, AWAY, now=AFTERNOON)


def test_what_is_under_way_is_waited_for_and_what_comes_is_moved(studio: Session) -> None:
    running, coming = (
        book(studio, SlotRequest(NOON, 240, (A,))),
        book(studio, SlotRequest(at(FRIDAY, "17:00"), 60, (A,))),
    )
    studio.get_one(Booking, running).status = BookingStatus.CHECKED_IN
    studio.flush()
    with pytest.raises(Conflict) as error:
        absences.lock_rooms(studio, AGENT, LOCKOUT, now=AFTERNOON)
    numbers = [studio.get_one(Booking, id_).number for id_ in (running, coming)]
    assert f"Move or cancel what is booked then first: {numbers[1]}" in error.value.message
    assert f"Begin after what is under way, or check it out: {numbers[0]}" in error.value.message
    assert [one["number"] for one in error.value.details["sessions"]] == numbers  # type: ignore[attr-defined,index]


def test_a_lockout_of_days_that_are_over_meets_what_was_worked(studio: Session) -> None:
    booking_id = book(studio, SlotRequest(NOON, 120, (A,)))
    studio.get_one(Booking, booking_id).status = BookingStatus.COMPLETED
    studio.flush()
    with pytest.raises(Conflict) as error:
        absences.lock_rooms(studio, AGENT, LOCKOUT, now=LOCKOUT.end + timedelta(days=3))
    assert error.value.code == "already_worked"


def test_time_off_forbids_sessions_until_it_is_cancelled(studio: Session) -> None:
    view = absences.take_time_off(studio, MAYA_HERSELF, AWAY, now=NOW)
    wish = SlotRequest(NOON, 60, (A,), engineer_id=MAYA)

    assert refused(studio, wish) == "Maya is away Fri, Nov 20."
    assert absences.list_time_off(studio, MAYA_HERSELF, MAYA, now=NOW) == (view,)

    absences.cancel_time_off(studio, MAYA_HERSELF, view.id)

    assert claim(studio, wish)
    assert actions(studio) == ["time_off_taken", "time_off_cancelled"]


def test_time_off_that_meets_a_session_is_refused_with_the_session(studio: Session) -> None:
    book(studio, SlotRequest(NOON, 120, (A,), engineer_id=MAYA))

    with pytest.raises(Conflict) as error:
        absences.take_time_off(studio, MAYA_HERSELF, AWAY, now=NOW)

    assert "(Nova Records), Fri, Nov 20 12:00–2:00 pm" in error.value.message
    assert absences.take_time_off(studio, MAYA_HERSELF, replace(AWAY, end=NOON), now=NOW)


def test_an_engineer_changes_only_their_own_time_off(studio: Session) -> None:
    leos = replace(AWAY, resource_id=LEO)

    with pytest.raises(NotAllowed):
        absences.take_time_off(studio, MAYA_HERSELF, leos, now=NOW)
    with pytest.raises(NotAllowed):
        absences.list_time_off(studio, MAYA_HERSELF, LEO, now=NOW)
    view = absences.take_time_off(studio, ADMIN, leos, now=NOW)
    with pytest.raises(NotAllowed):
        absences.cancel_time_off(studio, MAYA_HERSELF, view.id)


@pytest.mark.parametrize("who", [MAYA_HERSELF, anonymous(), actor(Role.FINANCE)], ids=lambda who: who.name)
def test_rooms_are_locked_with_a_permission(studio: Session, who: Actor) -> None:
    with pytest.raises((NotAllowed, NotSignedIn)):
        absences.lock_rooms(studio, who, LOCKOUT, now=NOW)
    with pytest.raises((NotAllowed, NotSignedIn)):
        absences.unlock_rooms(studio, who, 1)


LOCKOUTS = {
    "no reason": ({"reason": "  "}, Invalid, "reason"),
    "the wrong way round": ({"end": LOCKOUT.start}, Invalid, "end"),
    "no rooms": ({"room_ids": ()}, Invalid, "rooms"),
    "an engineer": ({"room_ids": (MAYA,)}, NotFound, "rooms"),
    "a huge id": ({"room_ids": (10**12,)}, NotFound, "rooms"),
    "a century": ({"end": LOCKOUT.end.replace(year=2126)}, Invalid, "end"),
    "no zone": ({"start": LOCKOUT.start.replace(tzinfo=None)}, Invalid, "start"),
}


@pytest.mark.parametrize(("change", "error", "field"), LOCKOUTS.values(), ids=LOCKOUTS)
def test_a_lockout_that_cannot_be_meant_names_the_field(
    studio: Session, change: dict[str, object], error: type[DomainError], field: str
) -> None:
    with pytest.raises(error) as refused_:
        absences.lock_rooms(studio, AGENT, replace(LOCKOUT, **change), now=NOW)  # type: ignore[arg-type]

    assert refused_.value.field == field


@pytest.mark.parametrize("nothing", [0, -1, 77_777, 10**12])
def test_what_does_not_exist_is_not_found(studio: Session, nothing: int) -> None:
    with pytest.raises(NotFound):
        absences.unlock_rooms(studio, AGENT, nothing)
    with pytest.raises(NotFound):
        absences.cancel_time_off(studio, ADMIN, nothing)
    with pytest.raises(NotFound):
        absences.take_time_off(studio, ADMIN, replace(AWAY, resource_id=nothing), now=NOW)


def test_the_calendar_shows_lockouts_time_off_and_closures(studio: Session) -> None:
    absences.lock_rooms(studio, AGENT, LOCKOUT, now=NOW)
    absences.take_time_off(studio, ADMIN, replace(AWAY, resource_id=LEO), now=NOW)
    absences.take_time_off(studio, MAYA_HERSELF, AWAY, now=NOW)
    window = at(MONDAY, "00:00"), at(date(2026, 12, 31), "00:00")

    found = [(one.kind, one.resource_id, one.label) for one in absences.blocks(studio, AGENT, *window)]
    own = [(one.kind, one.resource_id, one.label) for one in absences.blocks(studio, MAYA_HERSELF, *window)]

    assert found == [
        ("lockout", A, "Artist lockout: Nova's album"),
        ("lockout", B, "Artist lockout: Nova's album"),
        ("time_off", MAYA, "Vacation"),
        ("time_off", LEO, "Vacation"),
        ("closure", None, "Christmas"),
    ]
    assert own == [
        ("lockout", A, "Artist lockout"),
        ("lockout", B, "Artist lockout"),
        ("time_off", MAYA, "Vacation"),
        ("closure", None, "Christmas"),
    ]
    closure = absences.blocks(studio, SYSTEM, *window)[-1]
    assert (closure.start, closure.end) == (at(CHRISTMAS, "00:00"), at(date(2026, 12, 26), "00:00"))
