"""The plan of the whole demo, for nights, holidays and days on which the clocks change."""

from collections import Counter
from datetime import UTC, datetime, timedelta
from itertools import pairwise
from random import Random
from zoneinfo import ZoneInfo

import pytest

from demo.clients import make_clients
from demo.plan import make_plan
from demo.studio import ROOMS, SERVICES, STUDIO
from demo.types import Paying, Plan, Scale, Signature
from models.bookings import BookingStatus
from services.core.clock import business_date
from services.core.fields import parse_email, parse_phone

ZONE = ZoneInfo(STUDIO.time_zone)
MOMENTS = (
    datetime(2026, 11, 20, 21, 40, tzinfo=UTC),
    datetime(2026, 11, 23, 9, 10, tzinfo=UTC),  # four on a Monday morning
    datetime(2026, 3, 8, 20, 5, tzinfo=UTC),  # the clocks went forward
    datetime(2026, 7, 4, 15, 0, tzinfo=UTC),  # a holiday
    datetime(2027, 1, 1, 4, 59, tzinfo=UTC),  # a minute before the year ends
)


def plan_at(now: datetime) -> Plan:
    rng = Random("test")
    return make_plan(rng, now, ZONE, make_clients(rng, 200), Scale())


@pytest.mark.parametrize("now", MOMENTS)
def test_there_is_a_studio_s_worth_of_sessions(now: datetime) -> None:
    sessions = plan_at(now).sessions
    assert len(sessions) > 900
    assert {room for session in sessions for room in session.rooms} == {room.name for room in ROOMS}
    assert {session.service for session in sessions} == {service.code for service in SERVICES}
    statuses = Counter(session.status for session in sessions)
    assert set(statuses) == set(BookingStatus) - {BookingStatus.EXPIRED}
    nights = [s for s in sessions if not 8 <= s.start.astimezone(ZONE).hour < 20]
    weekends = [s for s in sessions if s.start.astimezone(ZONE).weekday() >= 5]
    assert len(nights) > 80
    assert len(weekends) > 200
    assert any(len(session.rooms) > 1 for session in sessions)


@pytest.mark.parametrize("now", MOMENTS)
def test_today_is_full_of_life(now: datetime) -> None:
    sessions = plan_at(now).sessions
    running = [s for s in sessions if s.status is BookingStatus.CHECKED_IN and s.rooms]
    soon = [s for s in sessions if s.status is BookingStatus.CONFIRMED and s.start <= now + timedelta(hours=2)]
    assert len(running) >= 2
    assert any(s.signature is Signature.NONE for s in soon)
    assert any(s.signature is not Signature.NONE and s.paying is Paying.NOTHING for s in soon)
    near = [s for s in sessions if abs(business_date(s.start, ZONE) - business_date(now, ZONE)).days <= 1]
    assert len(near) >= 15


@pytest.mark.parametrize("now", MOMENTS)
def test_nobody_is_in_two_places(now: datetime) -> None:
    spans: dict[str, list[tuple[datetime, datetime]]] = {}
    for session in plan_at(now).sessions:
        if session.status is not BookingStatus.HOLD:
            end = session.start + timedelta(minutes=session.minutes)
            for name in (*session.rooms, *filter(None, [session.engineer if session.rooms else None])):
                spans.setdefault(name, []).append((session.start, end))
    assert all(first[1] <= second[0] for taken in spans.values() for first, second in pairwise(sorted(taken)))


@pytest.mark.parametrize("now", MOMENTS)
def test_every_session_is_booked_before_it_begins_and_before_now(now: datetime) -> None:
    for session in plan_at(now).sessions:
        assert session.booked_at <= now
        if session.rooms:
            assert session.booked_at < session.start
        if session.ended_at:
            assert session.booked_at <= session.ended_at <= now


def test_two_hundred_clients_have_contacts_of_their_own() -> None:
    clients = [client.new for client in make_clients(Random("test"), 200)]
    assert len({parse_email(client.email or "") for client in clients}) == 200
    assert len({parse_phone(client.phone or "", "US") for client in clients}) == 200
    assert parse_phone(STUDIO.phone, "US") not in {parse_phone(client.phone or "", "US") for client in clients}
    assert len({client.name for client in clients}) == 200
