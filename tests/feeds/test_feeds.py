"""Calendars to subscribe to, read by a library that did not write them."""

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
import vobject
from sqlalchemy.dialects.postgresql import Range
from sqlmodel import Session

from models.absences import LockoutKind, TimeOff, TimeOffReason, TimeOffStatus
from models.bookings import Booking
from models.catalog import Performer, Resource, ResourceKind
from services import absences, bookings, catalog, changes, clients, feeds, identity
from services.absences import NewLockout, NewTimeOff
from services.bookings import BookingView, NewBooking
from services.changes import Change
from services.core import clock
from services.core.access import SYSTEM, Actor, Role, anonymous
from services.core.errors import DomainError, NotAllowed, NotFound
from services.feeds import FeedKind, FeedSubject
from services.identity import UserChange
from services.scheduling import SlotRequest
from tests import cast
from tests.bookings.orders import ORDER, book
from tests.scheduling.studio import CLIENT, FRIDAY, LEO, MAYA, NOW, A, B, at, booking_row

ROOM, OTHER_ROOM = FeedSubject(FeedKind.ROOM, A), FeedSubject(FeedKind.ROOM, B)
ENGINEER, CLIENTS = FeedSubject(FeedKind.ENGINEER, MAYA), FeedSubject(FeedKind.CLIENT, CLIENT)
VISIT = anonymous()

Read = Callable[..., dict[str, Any]]


@pytest.fixture
def read(studio: Session, dana: Actor) -> Read:
    """The events of a subject's new calendar by their UID, and under "" the calendar itself."""

    def events(subject: FeedSubject, now: datetime = NOW) -> dict[str, Any]:
        token = feeds.create_feed(studio, dana, subject).token
        studio.flush()
        calendar = vobject.readOne(feeds.render(studio, VISIT, token, now).content.decode())
        return {"": calendar} | {event.uid.value: event for event in calendar.contents.get("vevent", [])}

    return events


def event_of(found: dict[str, Any], booking: BookingView) -> Any:
    return found[f"{booking.number}@localhost"]


def test_a_calendar_says_what_it_is(studio: Session, dana: Actor, read: Read) -> None:
    book(studio, dana)
    calendar = read(ROOM)[""]
    assert calendar.version.value == "2.0"
    assert calendar.x_wr_calname.value == calendar.contents["name"][0].value == "Platinum Sound: Studio A"
    assert calendar.contents["refresh-interval"][0].value == "PT15M"
    assert "method" not in calendar.contents


def test_a_session_says_when_where_and_who(studio: Session, dana: Actor, read: Read) -> None:
    booking = book(studio, dana, engineer_id=MAYA, artist="Kim; and, Co")
    event = event_of(read(ROOM), booking)
    assert (event.dtstart.value, event.dtend.value) == (booking.start, booking.end)
    assert event.dtstart.value.tzinfo is not None
    assert event.summary.value == "Kim; and, Co (Nova Records): Recording"
    assert event.location.value == "Studio A"
    assert event.description.value == f"Booking: {booking.number}\nStatus: Pending\nEngineer: Maya"
    assert (event.status.value, event.transp.value, event.sequence.value) == ("TENTATIVE", "OPAQUE", "1")


def test_each_subject_has_its_own_sessions(studio: Session, dana: Actor, read: Read) -> None:
    in_a = book(studio, dana, engineer_id=MAYA)
    in_b = book(studio, dana, room_ids=(B,))
    uids = [f"{booking.number}@localhost" for booking in (in_a, in_b)]
    assert [list(read(one))[1:] for one in (ROOM, OTHER_ROOM, ENGINEER)] == [uids[:1], uids[1:], uids[:1]]
    assert list(read(CLIENTS))[1:] == uids


@pytest.mark.parametrize("subject", [ROOM, ENGINEER, CLIENTS])
def test_no_calendar_tells_of_money(studio: Session, dana: Actor, subject: FeedSubject) -> None:
    book(studio, dana, engineer_id=MAYA)
    token = feeds.create_feed(studio, dana, subject).token
    lines = feeds.render(studio, VISIT, token, NOW).content.decode().splitlines()
    told = [line for line in lines if not line.startswith(("DT", "LAST-MODIFIED", "UID"))]  # 2028 is no money
    assert any("Recording" in line for line in told)
    assert "280" not in "".join(told)


def test_a_client_sees_service_and_room(studio: Session, dana: Actor, read: Read) -> None:
    booking = book(studio, dana, artist="Kim")
    event = event_of(read(CLIENTS), booking)
    assert event.summary.value == "Recording, Studio A, Platinum Sound"


def test_a_confirmed_session_is_the_same_event_of_a_higher_sequence(studio: Session, dana: Actor, read: Read) -> None:
    booking = book(studio, dana)
    before = event_of(read(ROOM), booking)
    moved = changes.apply(studio, dana, booking.number, Change(start=at(FRIDAY, "15:00")), now=NOW)
    bookings.confirm(studio, dana, booking.number, now=NOW)
    after = event_of(read(ROOM), booking)
    assert (after.dtstart.value, after.status.value) == (moved.start, "CONFIRMED")
    assert int(after.sequence.value) > int(before.sequence.value)
    changes.undo(studio, dana, booking.number, now=NOW)
    undone = event_of(read(ROOM), booking)
    assert undone.dtstart.value == before.dtstart.value
    assert int(undone.sequence.value) > int(after.sequence.value)


def test_what_is_cancelled_says_so_for_thirty_days(studio: Session, dana: Actor, read: Read) -> None:
    far = clock.now() + timedelta(days=200)
    start = far.replace(hour=18, minute=0, second=0, microsecond=0)
    while start.weekday() == 6 or (start.month, start.day) == (12, 25):
        start += timedelta(days=1)
    booking = bookings.create(studio, dana, _order(start))
    bookings.cancel(studio, dana, booking.number)
    event = event_of(read(ROOM, clock.now()), booking)
    assert (event.status.value, event.transp.value, event.sequence.value) == ("CANCELLED", "TRANSPARENT", "2")
    assert f"{booking.number}@localhost" in read(ROOM, clock.now() + timedelta(days=29))
    assert f"{booking.number}@localhost" not in read(ROOM, clock.now() + timedelta(days=31))


def test_a_hold_is_tentative_and_keeps_nobody_busy(studio: Session, dana: Actor, read: Read) -> None:
    booking = book(studio, dana, status=bookings.BookingStatus.HOLD)
    event = event_of(read(ROOM), booking)
    assert (event.status.value, event.transp.value) == ("TENTATIVE", "TRANSPARENT")


@pytest.mark.parametrize(
    ("day", "start", "hours", "wall_clock"),
    [
        (date(2027, 3, 13), "22:00", 5, 6),  # spring: an hour is missing
        (date(2026, 10, 31), "22:00", 5, 4),  # autumn: an hour comes twice
        (date(2026, 11, 20), "22:00", 4, 4),
        (date(2027, 3, 14), "03:00", 1, 1),  # the first hour of summer time
    ],
)
def test_a_night_in_which_the_clocks_change_keeps_its_real_length(
    studio: Session, dana: Actor, read: Read, day: date, start: str, hours: int, wall_clock: int
) -> None:
    row = _put(studio, at(day, start), hours * 60)
    event = read(ENGINEER)[f"{row.number}@localhost"]
    begin, end = event.dtstart.value, event.dtend.value
    assert end.astimezone(UTC) - begin.astimezone(UTC) == timedelta(hours=hours)
    assert (begin.astimezone(UTC), end.astimezone(UTC)) == (row.start, row.end)
    assert end.replace(tzinfo=None) - begin.replace(tzinfo=None) == timedelta(hours=wall_clock)


@pytest.mark.parametrize(
    ("day", "start", "second", "minutes", "in_utc"),
    [
        (date(2026, 10, 31), "23:30", False, 180, True),  # ends at 01:30 the second time
        (date(2026, 10, 31), "23:30", False, 90, True),  # ends at 01:00 the first time
        (date(2026, 10, 31), "23:30", False, 89, False),
        (date(2026, 11, 1), "01:30", False, 180, True),
        (date(2026, 11, 1), "01:30", True, 180, True),
        (date(2026, 11, 1), "01:59", True, 1, True),
        (date(2026, 11, 1), "02:00", False, 60, False),
        (date(2026, 10, 31), "23:30", False, 210, False),  # ends at 02:00: it lies beside the hour, not in it
        (date(2027, 3, 14), "01:30", False, 60, False),  # the hour that is skipped has no instants
    ],
)
def test_an_event_that_begins_or_ends_in_a_repeated_hour_has_both_times_in_utc(
    studio: Session, dana: Actor, read: Read, day: date, start: str, second: bool, minutes: int, in_utc: bool
) -> None:
    row = _put(studio, at(day, start, second=second), minutes)
    event = read(ENGINEER)[f"{row.number}@localhost"]
    assert (event.dtstart.value, event.dtend.value) == (row.start, row.end)
    assert [one.value.tzinfo is vobject.icalendar.utc for one in (event.dtstart, event.dtend)] == [in_utc, in_utc]
    text = feeds.render(studio, VISIT, feeds.create_feed(studio, dana, ENGINEER).token, NOW).content.decode()
    assert (f"DTSTART:{row.start:%Y%m%dT%H%M%S}Z" in text) is (f"DTEND:{row.end:%Y%m%dT%H%M%S}Z" in text) is in_utc


def test_lockouts_and_time_off_are_in_the_way(studio: Session, dana: Actor, read: Read) -> None:
    lockout = NewLockout(
        room_ids=(A, B),
        start=at(FRIDAY, "10:00"),
        end=at(FRIDAY, "18:00"),
        kind=LockoutKind.MAINTENANCE,
        reason="New desk, old cables",
    )
    made = absences.lock_rooms(studio, dana, lockout, now=NOW)
    event = read(ROOM)[f"lockout-{made.id}-{A}@localhost"]
    assert (event.summary.value, event.transp.value) == ("Locked out: New desk, old cables", "OPAQUE")
    away = NewTimeOff(
        resource_id=MAYA,
        start=at(FRIDAY, "10:00"),
        end=at(FRIDAY, "18:00"),
        status=TimeOffStatus.VACATION,
        reason=TimeOffReason.VACATION,
        note="Lisbon",
    )
    off = absences.take_time_off(studio, SYSTEM, away, now=NOW)
    event = read(ENGINEER)[f"time-off-{off.id}-{MAYA}@localhost"]
    assert (event.dtstart.value, event.summary.value) == (off.start, "Away (vacation)")
    assert list(read(CLIENTS))[1:] == []


def test_a_performer_has_a_calendar_of_their_own(studio: Session, dana: Actor, read: Read) -> None:
    studio.add(Resource(id=401, kind=ResourceKind.PERFORMER, name="Pia"))
    studio.flush()
    studio.add(Performer(id=401, name="Pia"))
    off = TimeOff(
        resource_id=401,
        during=Range(at(FRIDAY, "10:00"), at(FRIDAY, "18:00")),
        status=TimeOffStatus.BLOCKED,
        reason=TimeOffReason.OTHER,
    )
    studio.add(off)
    studio.flush()
    found = read(FeedSubject(FeedKind.PERFORMER, 401))
    assert list(found)[1:] == [f"time-off-{off.id}-401@localhost"]


def test_only_the_last_months_and_the_next_year_are_told(studio: Session, read: Read) -> None:
    _put(studio, at(FRIDAY, "12:00"), 60)
    seen = [len(read(ENGINEER, NOW + timedelta(days=days))) - 1 for days in (-390, -388, 100, 102)]
    assert seen == [0, 1, 1, 0]


def test_a_revoked_address_answers_like_one_that_never_was(studio: Session, dana: Actor) -> None:
    made = feeds.create_feed(studio, dana, ROOM, "Wall")
    assert [feed.label for feed in feeds.list_feeds(studio, dana, ROOM)] == ["Wall"]
    feeds.render(studio, VISIT, made.token, NOW)
    assert feeds.list_feeds(studio, dana, ROOM)[0].last_read_at == NOW
    feeds.revoke_feed(studio, dana, made.view.id)
    assert feeds.list_feeds(studio, dana, ROOM) == ()
    assert _refusal(studio, made.token) == _refusal(studio, "never-was")
    with pytest.raises(NotFound):
        feeds.revoke_feed(studio, dana, made.view.id)


@pytest.mark.parametrize(
    ("subject", "as_engineer", "without"),
    [
        (ROOM, False, "an active account"),
        (ROOM, False, "the role"),
        (ENGINEER, False, "the role"),
        (CLIENTS, False, "the role"),
        (CLIENTS, False, "an active account"),
        (ENGINEER, True, "the link to the engineer"),
        (ENGINEER, True, "an active account"),
        (ENGINEER, True, "the role"),
    ],
)
def test_an_address_answers_only_while_its_maker_may_see_what_it_shows(
    studio: Session, subject: FeedSubject, as_engineer: bool, without: str
) -> None:
    maker = _engineer(studio) if as_engineer else cast.abel(studio)
    made = feeds.create_feed(studio, maker, subject)
    assert _reads(studio, made.token)
    _set(studio, maker, without, has=False)
    assert _refusal(studio, made.token) == _refusal(studio, "never-was")
    assert [feed.answers for feed in feeds.list_feeds(studio, SYSTEM, subject)] == [False]
    _set(studio, maker, without, has=True)
    assert _reads(studio, made.token)
    assert [feed.answers for feed in feeds.list_feeds(studio, SYSTEM, subject)] == [True]


def test_another_role_that_may_see_the_same_keeps_the_address(studio: Session) -> None:
    abel = cast.abel(studio)
    made = feeds.create_feed(studio, abel, ROOM)
    _give(studio, abel, Role.MANAGER)
    assert _reads(studio, made.token)


def test_a_performers_address_ends_with_their_right(studio: Session) -> None:
    studio.add(Resource(id=401, kind=ResourceKind.PERFORMER, name="Pia"))
    studio.flush()
    studio.add(Performer(id=401, name="Pia"))
    studio.flush()
    pia = cast.pia(studio)
    catalog.link_user(studio, SYSTEM, 401, pia.user_id)
    made = feeds.create_feed(studio, _now(studio, pia), FeedSubject(FeedKind.PERFORMER, 401))
    assert _reads(studio, made.token)
    catalog.link_user(studio, SYSTEM, 401, None)
    assert _refusal(studio, made.token) == _refusal(studio, "never-was")


def test_an_address_of_a_retired_room_answers_no_more(studio: Session, dana: Actor) -> None:
    made = feeds.create_feed(studio, dana, ROOM)
    studio.get_one(Resource, A).is_active = False
    studio.flush()
    assert _refusal(studio, made.token) == _refusal(studio, "never-was")


def test_an_anonymised_client_has_no_calendar(studio: Session, dana: Actor) -> None:
    made = feeds.create_feed(studio, dana, CLIENTS)
    clients.anonymise_client(studio, SYSTEM, CLIENT)
    assert _refusal(studio, made.token) == _refusal(studio, "never-was")


def test_the_token_itself_is_not_kept(studio: Session, dana: Actor) -> None:
    made = feeds.create_feed(studio, dana, ROOM)
    assert made.token not in str(studio.connection().exec_driver_sql("select * from feed").all())


def test_engineers_have_their_own_address_and_nobody_elses(studio: Session, dana: Actor) -> None:
    maya = _engineer(studio)
    made = feeds.create_feed(studio, maya, ENGINEER)
    assert [feed.id for feed in feeds.list_feeds(studio, maya, ENGINEER)] == [made.view.id]
    for subject in (ROOM, CLIENTS, FeedSubject(FeedKind.ENGINEER, LEO)):
        with pytest.raises(NotAllowed):
            feeds.create_feed(studio, maya, subject)
        with pytest.raises(NotAllowed):
            feeds.list_feeds(studio, maya, subject)
    rooms = feeds.create_feed(studio, dana, ROOM)
    with pytest.raises(NotAllowed):
        feeds.revoke_feed(studio, maya, rooms.view.id)
    feeds.revoke_feed(studio, maya, made.view.id)


@pytest.mark.parametrize("subject", [FeedSubject(kind, id_) for kind in FeedKind for id_ in (MAYA + 90, 2**40)])
def test_there_is_no_calendar_of_nothing(studio: Session, dana: Actor, subject: FeedSubject) -> None:
    with pytest.raises(NotFound):
        feeds.create_feed(studio, dana, subject)


def test_the_same_content_has_the_same_etag(studio: Session, dana: Actor) -> None:
    booking = book(studio, dana)
    token = feeds.create_feed(studio, dana, ROOM).token
    first, second = (feeds.render(studio, VISIT, token, NOW + timedelta(hours=n)) for n in (0, 1))
    assert first == second
    bookings.confirm(studio, dana, booking.number, now=NOW)
    assert feeds.render(studio, VISIT, token, NOW).etag != first.etag


def _order(start: datetime, **changed: Any) -> NewBooking:
    return replace(ORDER, start=start, **changed)


def _put(session: Session, start: datetime, minutes: int) -> Booking:
    """A session of Maya's, straight into the table: the house is not open at all hours."""
    row = booking_row(SlotRequest(start, minutes, (A,)))
    row.engineer_id = MAYA
    session.add(row)
    session.flush()
    return row


def _refusal(session: Session, token: str) -> tuple[str, str]:
    with pytest.raises(DomainError) as refused:
        feeds.render(session, VISIT, token, NOW)
    return refused.value.code, refused.value.message


def _reads(session: Session, token: str) -> bool:
    return feeds.render(session, VISIT, token, NOW).content.startswith(b"BEGIN:VCALENDAR")


def _set(session: Session, actor: Actor, what: str, *, has: bool) -> None:
    """Gives somebody an active account, their role or the link to their engineer, or takes it away."""
    assert actor.user_id is not None
    if what == "an active account":
        identity.set_user_active(session, SYSTEM, actor.user_id, active=has)
    elif what == "the role":
        _give(session, actor, *(actor.roles if has else (Role.INTERN,)))
    else:
        catalog.link_user(session, SYSTEM, actor.engineer_id or 0, actor.user_id if has else None)


def _give(session: Session, actor: Actor, *roles: Role) -> None:
    change = UserChange(actor.name, actor.email, frozenset(roles))
    identity.update_user(session, SYSTEM, actor.user_id or 0, change)


def _now(session: Session, actor: Actor) -> Actor:
    found = identity.actor_as_of_now(session, actor.user_id or 0)
    assert found is not None
    return found


def _engineer(session: Session) -> Actor:
    user = cast.hire(session, "Maya Lind", Role.ENGINEER)
    catalog.link_user(session, SYSTEM, MAYA, user.id)
    return identity.actor_of(identity.get_user(session, SYSTEM, user.id))
