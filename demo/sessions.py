"""Sessions that fit: a room, a time, a service, an engineer who is there, microphones that are left."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from random import Random

from demo import studio as s
from demo.clients import DemoClient
from demo.diary import Diary
from demo.fates import Fates
from demo.people import ENGINEERS
from demo.types import PlannedSession, Signature
from models.bookings import BookingStatus

_SERVICES = {service.code: service for service in s.SERVICES}
_PERIODS = {(period.weekday, period.name): period for period in s.PERIODS}


@dataclass(frozen=True, slots=True)
class _Use:
    """How a room is used: sessions a day at usual demand, services by weight, hours and lengths."""

    sessions: float
    services: tuple[tuple[str, int], ...]
    starts: tuple[float, ...]
    hours: tuple[float, ...]


_BIG_ROOM = ((s.RECORDING, 9), (s.MIXING, 1))
_DAY_AND_NIGHT = (10, 10.5, 11, 12, 13, 14, 15, 18, 19, 19.5, 20, 21, 22, 23)
_USES = {
    s.STUDIO_A: _Use(0.95, _BIG_ROOM, _DAY_AND_NIGHT, (4, 4, 5, 6, 7, 8)),
    s.STUDIO_B: _Use(0.9, _BIG_ROOM, _DAY_AND_NIGHT, (3, 4, 4, 6, 8)),
    s.STUDIO_C: _Use(0.8, _BIG_ROOM, _DAY_AND_NIGHT, (4, 6, 8, 10)),
    s.MIX_1: _Use(0.55, ((s.MIXING, 1),), (10, 11, 12, 14, 16, 18, 22), (4, 6, 8)),
    s.MIX_2: _Use(0.45, ((s.MIXING, 1),), (11, 12, 14, 15, 17, 19), (3, 4, 6)),
    s.VOX: _Use(0.8, ((s.VOICEOVER, 5), (s.RECORDING, 4)), (8.5, 9, 10, 11, 13, 14, 16, 18, 20, 22), (1, 1.5, 2, 3, 4)),
    s.PODCAST_ROOM: _Use(0.8, ((s.PODCAST, 9), (s.VOICEOVER, 1)), (8, 9, 10, 11, 13, 14, 16, 17.5, 19), (1, 1.5, 2, 3)),
    s.MASTERING_SUITE: _Use(0.45, ((s.MASTERING, 1),), (9, 10, 11, 13, 14, 15, 16), (1, 2, 2, 3, 4)),
}
_TOGETHER = {s.STUDIO_A: s.VOX, s.STUDIO_B: s.VOX}
"""Rooms that are booked as a pair now and then."""
_ARRIVING = {s.STUDIO_B: Signature.NONE, s.PODCAST_ROOM: Signature.TICKED}
_PREMIUM = tuple(details.name for details, _ in s.MICS if details.is_premium)
_NOTES = (
    "String quartet plus piano. Please tune at noon.",
    "Remote producer joins by video.",
    "Drums are set up the evening before.",
    "Two singers, headphone mixes apart.",
    "Film crew of two, no lights needed.",
    "Client brings own tape machine.",
)
_REFERRALS = ("Maya Okonjo", "Kestrel Management", "Jon Halvorsen", "A friend of the house")
_STEP = timedelta(minutes=30)


class SessionMaker:
    def __init__(self, rng: Random, diary: Diary, fates: Fates, clients: tuple[DemoClient, ...]) -> None:
        self._rng = rng
        self._diary = diary
        self._fates = fates
        self._clients = clients
        self._regulars = [1 / (rank + 6) for rank in range(len(clients))]
        """A few come every week, many once."""

    def day_in_room(self, day: date, room: str, demand: float) -> Iterator[PlannedSession]:
        use = _USES[room]
        wanted = int(use.sessions * demand + self._rng.random())
        for _ in range(wanted):
            start = self._diary.at(day, self._rng.choice(use.starts))
            yield from self._session(room, start, self._rng.choice(use.hours))

    def around_now(self, now: datetime) -> Iterator[PlannedSession]:
        """Every other room is in session at this moment; two clients are about to arrive."""
        this_half_hour = now - timedelta(seconds=now.timestamp() % _STEP.total_seconds())
        for room, use in _USES.items():
            if room not in _ARRIVING:
                steps = self._rng.randint(1, 5)
                hours = max(self._rng.choice(use.hours), steps / 2 + 1)
                yield from self._session(room, this_half_hour - steps * _STEP, hours)
        for room, signature in _ARRIVING.items():
            start = this_half_hour + self._rng.randint(1, 3) * _STEP
            for session in self._session(room, start, self._rng.choice(_USES[room].hours)):
                yield self._fates.arriving(session, signature)

    def online(self, day: date, count: int) -> Iterator[PlannedSession]:
        for _ in range(count):
            code = self._rng.choice((s.ONLINE_MIXING, s.ONLINE_MASTERING, s.ONLINE_MASTERING))
            period = _PERIODS[day.weekday(), self._rng.choice((s.MORNING, s.AFTERNOON, s.EVENING))]
            service = _SERVICES[code]
            minutes = service.duration_minutes + service.buffer_minutes
            start, end = self._diary.at(day, period.start.hour), self._diary.at(day, period.end.hour)
            if not self._diary.has_minutes(day, period.name, minutes) or not self._diary.is_open(start, end):
                continue
            session = self._planned(code, start, int((end - start).total_seconds()) // 60)
            session = self._fates.settle(replace(session, period=period.name, is_public=self._rng.random() < 0.6))
            self._diary.take_minutes(day, period.name, minutes)
            yield replace(session, minutes=service.duration_minutes)

    def holds(self, day: date) -> Iterator[PlannedSession]:
        """First and second hold of the same time."""
        room = self._rng.choice((s.STUDIO_A, s.STUDIO_B, s.MIX_1))
        start = self._diary.at(day, self._rng.choice((14, 15, 18)))
        if not self._diary.is_open(start, start + timedelta(hours=8)):
            return
        for _ in range(2):
            session = self._planned(s.RECORDING, start, 240)
            yield replace(self._fates.held(session), rooms=(room,))

    def _session(self, room: str, start: datetime, hours: float) -> Iterator[PlannedSession]:
        """Nothing where something is in the way."""
        services, weights = zip(*_USES[room].services, strict=True)
        service = _SERVICES[self._rng.choices(services, weights)[0]]
        end = start + timedelta(hours=hours)
        until = end + timedelta(minutes=service.buffer_minutes)
        rooms = self._rooms(room, start, until)
        if not rooms or not self._diary.is_open(start, end):
            return
        engineer = self._engineer(rooms, start, end, until)
        if engineer is None and service.needs_engineer:
            return
        if engineer and not service.needs_engineer and self._rng.random() < 0.25:
            engineer = None
        mics = self._mics(service.code, start, until)
        session = self._planned(service.code, start, int(hours * 60))
        session = replace(session, rooms=rooms, engineer=engineer, mics=mics, is_public=self._rng.random() < 0.3)
        session = self._fates.settle(session)
        for name in (*rooms, *mics, *((engineer,) if engineer else ())):
            self._diary.take(name, start, until)
        yield session

    def _rooms(self, room: str, start: datetime, until: datetime) -> tuple[str, ...]:
        if not self._diary.is_free(room, start, until):
            return ()
        other = _TOGETHER.get(room)
        if other and self._rng.random() < 0.07 and self._diary.is_free(other, start, until):
            return room, other
        return (room,)

    def _engineer(self, rooms: tuple[str, ...], start: datetime, end: datetime, until: datetime) -> str | None:
        """The one whose own room it is, before the others."""
        able = [each for each in ENGINEERS if set(rooms) <= set(each.rooms)]
        self._rng.shuffle(able)
        able.sort(key=lambda each: each.rooms[0] != rooms[0])
        for each in able:
            if self._diary.works(each.name, start, end) and self._diary.is_free(each.name, start, until):
                return each.name
        return None

    def _mics(self, service: str, start: datetime, until: datetime) -> tuple[str, ...]:
        wanted = [s.STANDARD_MIC]
        if service in (s.MIXING, s.MASTERING):
            return ()
        if service == s.PODCAST:
            wanted = [s.SM7B]
        elif self._rng.random() < 0.5:
            wanted.append(self._rng.choice(_PREMIUM))
        return tuple(mic for mic in wanted if self._diary.is_mic_free(mic, start, until))

    def _planned(self, service: str, start: datetime, minutes: int) -> PlannedSession:
        index = self._rng.choices(range(len(self._clients)), self._regulars)[0]
        return PlannedSession(
            service=service,
            start=start,
            minutes=minutes,
            client=index,
            artist=self._rng.choice(self._clients[index].artists).name,
            booked_at=start,
            status=BookingStatus.PENDING,
            notes=self._rng.choice(_NOTES) if self._rng.random() < 0.15 else "",
            referral=self._rng.choice(_REFERRALS) if self._rng.random() < 0.1 else "",
        )
