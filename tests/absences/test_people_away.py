"""Conflict lists, holds and mails of lockouts; the agenda and the free time of people."""

from dataclasses import replace
from datetime import date, time

import pytest
from sqlmodel import Session, select

from models.bookings import BookingStatus
from models.outbox import Delivery, DeliveryType
from services import absences, catalog, scheduling
from services.catalog import PerformerDetails, WeekStretch
from services.core.access import SYSTEM, Actor, Role, permissions_of
from services.core.errors import Conflict, Invalid, NotAllowed, NotFound
from services.scheduling import AllocationReason, SlotRequest
from tests import cast
from tests.absences.test_absences import ADMIN, AGENT, AWAY, LOCKOUT, MAYA_HERSELF, NOON
from tests.bookings.orders import book as sell
from tests.scheduling.studio import CHRISTMAS, FRIDAY, MAYA, MONDAY, NOW, A, B, at, book

SATURDAY = date(2026, 11, 21)


@pytest.fixture
def pia(studio: Session) -> int:
    """A singer who works on Fridays from 8 pm to 4 am, and on Christmas Day from noon."""
    performer = catalog.create_performer(studio, SYSTEM, PerformerDetails(name="Pia"))
    catalog.set_working_hours(studio, SYSTEM, performer.id, (WeekStretch(weekday=4, start=time(20), end=time(4)),))
    return performer.id


def herself(performer_id: int) -> Actor:
    roles = frozenset({Role.PERFORMER})
    return Actor(name="Pia", roles=roles, permissions=permissions_of(roles), performer_id=performer_id)


def test_a_refused_lockout_says_who_where_and_when(studio: Session) -> None:
    book(studio, SlotRequest(NOON, 120, (A, B), buffer_minutes=15))

    with pytest.raises(Conflict) as error:
        absences.lock_rooms(studio, AGENT, LOCKOUT, now=NOW)

    (listed,) = error.value.details["sessions"]  # type: ignore[misc]
    assert listed["client"] == "Nova Records"
    assert (listed["status"], listed["when"]) == ("CONFIRMED", "Fri, Nov 20 12:00–2:00 pm")
    assert (listed["start"], listed["end"]) == ("2026-11-20T12:00:00-05:00", "2026-11-20T14:00:00-05:00")


def test_holds_in_a_lockout_are_told_and_do_not_refuse_it(studio: Session) -> None:
    dana = cast.dana(studio)
    hold = sell(studio, dana, status=BookingStatus.HOLD)
    elsewhere = sell(studio, dana, status=BookingStatus.HOLD, room_ids=(B,))

    view = absences.lock_rooms(studio, dana, replace(LOCKOUT, room_ids=(A,)), now=NOW)

    assert [(one.number, one.rooms, one.client) for one in view.holds] == [(hold.number, ("Studio A",), "Nova Records")]
    assert elsewhere.number not in str(view.holds)
    assert absences.list_lockouts(studio, dana, now=NOW) == (replace(view, holds=()),)


def test_those_who_sell_rooms_hear_of_a_lockout_and_of_its_end(studio: Session) -> None:
    dana, abel = cast.dana(studio), cast.abel(studio)
    cast.maya(studio)
    view = absences.lock_rooms(studio, dana, LOCKOUT, now=NOW)
    absences.unlock_rooms(studio, dana, view.id)

    mails = studio.exec(select(Delivery).where(Delivery.type == DeliveryType.ROOM_LOCKOUT)).all()
    assert [(mail.to, mail.subject) for mail in mails] == [
        (abel.email, "Locked: Studio A and Studio B"),
        (abel.email, "On sale again: Studio A and Studio B"),
    ]
    assert "Dana Reyes locked" in mails[0].body
    assert "Fri, Nov 20 – Fri, Nov 27: Nova's album" in mails[0].body


def test_a_performer_takes_time_off_and_sees_nothing_of_others(studio: Session, pia: int) -> None:
    actor = herself(pia)
    view = absences.take_time_off(studio, actor, replace(AWAY, resource_id=pia), now=NOW)
    absences.take_time_off(studio, MAYA_HERSELF, AWAY, now=NOW)
    absences.lock_rooms(studio, AGENT, replace(LOCKOUT, room_ids=(B,)), now=NOW)

    assert absences.list_time_off(studio, actor, pia, now=NOW) == (view,)
    window = at(MONDAY, "00:00"), at(date(2026, 12, 31), "00:00")
    assert [(one.kind, one.resource_id) for one in absences.blocks(studio, actor, *window)] == [
        ("time_off", pia),
        ("closure", None),
    ]
    with pytest.raises(NotAllowed):
        scheduling.agenda(studio, actor, MAYA, *window[:1], at(FRIDAY, "00:00"))
    assert absences.cancel_time_off(studio, actor, view.id) == view


def test_time_off_is_of_people_only(studio: Session) -> None:
    with pytest.raises(NotFound):
        absences.take_time_off(studio, ADMIN, replace(AWAY, resource_id=A), now=NOW)


def test_the_agenda_lists_sessions_without_their_buffer_and_time_off(studio: Session) -> None:
    book(studio, SlotRequest(NOON, 120, (A, B), buffer_minutes=15, engineer_id=MAYA))
    absences.take_time_off(studio, MAYA_HERSELF, replace(AWAY, start=at(FRIDAY, "18:00")), now=NOW)

    found = scheduling.agenda(studio, MAYA_HERSELF, MAYA, at(FRIDAY, "00:00"), at(SATURDAY, "00:00"))

    assert [(one.kind, one.start, one.end) for one in found] == [
        (AllocationReason.SESSION, NOON, at(FRIDAY, "14:00")),
        (AllocationReason.TIME_OFF, at(FRIDAY, "18:00"), at(SATURDAY, "00:00")),
    ]
    assert found[0].session is not None
    assert found[0].session.client == "Nova Records"
    assert scheduling.agenda(studio, ADMIN, MAYA, at(SATURDAY, "00:00"), at(SATURDAY, "12:00")) == ()
    with pytest.raises(Invalid):
        scheduling.agenda(studio, ADMIN, MAYA, NOON, NOON)


@pytest.mark.parametrize(
    ("day", "free"),
    [
        (MONDAY, []),
        (FRIDAY, [("20:00", "00:00")]),
        (SATURDAY, [("00:00", "02:00"), ("10:00", "12:00")]),
        (CHRISTMAS, []),
    ],
)
def test_a_performer_is_free_in_their_hours_less_what_takes_their_time(
    studio: Session, pia: int, day: date, free: list[tuple[str, str]]
) -> None:
    catalog.add_extra_days(studio, SYSTEM, pia, (SATURDAY, SATURDAY), (time(10), time(12)))
    away = replace(AWAY, resource_id=pia, start=at(SATURDAY, "02:00"), end=at(SATURDAY, "05:00"))
    absences.take_time_off(studio, herself(pia), away, now=NOW)

    (found,) = scheduling.performer_availability(studio, AGENT, day)

    following = date.fromordinal(day.toordinal() + 1)
    expected = [(at(day, first), at(following if last == "00:00" else day, last)) for first, last in free]
    assert (found.name, [(span.start, span.end) for span in found.free]) == ("Pia", expected)


def test_performers_learn_only_of_their_own_free_time(studio: Session, pia: int) -> None:
    other = catalog.create_performer(studio, SYSTEM, PerformerDetails(name="Leo"))
    assert [one.resource_id for one in scheduling.performer_availability(studio, AGENT, FRIDAY)] == [other.id, pia]
    assert [one.resource_id for one in scheduling.performer_availability(studio, herself(pia), FRIDAY)] == [pia]
    with pytest.raises(NotAllowed):
        scheduling.performer_availability(studio, cast.femi(studio), FRIDAY)
