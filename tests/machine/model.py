"""What the model knows of a booking, and the few sums it knows it by. All prices come out in whole cents."""

from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from models.bookings import BookingStatus
from services.bookings.types import BookingView
from tests.scheduling.studio import FRIDAY, LEO, MAYA, NIA, NOW, A, B, C, at

S = BookingStatus
MINUTE = timedelta(minutes=1)
BUFFER = timedelta(minutes=15)
ROOM_RATES = {A: 9000, B: 12000, C: 6000}
ENGINEER_RATES = {MAYA: 6000, NIA: 4800, LEO: 5400}
WORKS_IN = {MAYA: {A, B}, NIA: {A, B, C}, LEO: {A}}
NIA_WORKS = (at(FRIDAY, "12:00"), at(FRIDAY, "20:00"))
EVENING, EVENING_PCT = at(FRIDAY, "18:00"), 20
CLOSES = at(FRIDAY + timedelta(days=1), "02:00")
FLAT = 10_000
MIX_MINUTES, PERIOD_MINUTES = 90, 240

Stretch = tuple[int, datetime, datetime]
"""(resource, from, to), as the ledger has it."""


def week_of(start: datetime) -> timedelta:
    """How far its Friday is from the first one."""
    return (start - at(FRIDAY, "06:00")) // timedelta(weeks=1) * timedelta(weeks=1)


@dataclass(frozen=True)
class Session:
    """Where, when and with whom."""

    start: datetime
    end: datetime
    rooms: tuple[int, ...]
    engineer: int | None

    @property
    def resources(self) -> frozenset[int]:
        return frozenset((*self.rooms, *([self.engineer] if self.engineer else [])))

    def price_from(self, start: datetime) -> int:
        """By the hour alone, from then to the end."""
        rooms = sum(ROOM_RATES[room] for room in self.rooms)
        hourly = rooms + (ENGINEER_RATES[self.engineer] if self.engineer else 0)
        week = week_of(self.start)
        late = max(timedelta(0), min(self.end, CLOSES + week) - max(start, EVENING + week)) // MINUTE
        return hourly * ((self.end - start) // MINUTE) // 60 + rooms * late * EVENING_PCT // 6000

    def meets(self, other: "Session") -> bool:
        if not self.resources & other.resources:
            return False
        return self.start < other.end + BUFFER and other.start < self.end + BUFFER


@dataclass
class Made:
    """A change that was made, and what it takes to undo it."""

    status: BookingStatus
    before: Session
    held: frozenset[Stretch]
    cents: int
    rows: dict[str, Any]


@dataclass
class Sold:
    view: BookingView
    session: Session
    total: int
    status: BookingStatus = S.PENDING
    off_pct: int = 0
    signed: bool = False
    payments: list[int] = field(default_factory=list)
    period: str = ""
    """Of online work."""
    held: frozenset[Stretch] = frozenset()
    now: datetime = NOW
    """When it was last touched: its own clock, which only goes on once the client is here."""
    made: list[Made] = field(default_factory=list)
    asked_by: str = ""
    """Of a hold: who has challenged it."""

    @property
    def balance(self) -> int:
        return self.total - sum(self.payments)

    @property
    def is_online(self) -> bool:
        return bool(self.period)

    def meets(self, other: "Sold") -> bool:
        return not (self.is_online or other.is_online) and self.session.meets(other.session)

    def off(self, cents: int) -> int:
        return cents * (100 - self.off_pct) // 100

    def hold(self) -> None:
        """All of it, buffer included."""
        self.held = frozenset((one, self.session.start, self.session.end + BUFFER) for one in self.session.resources)


def rearranged(held: frozenset[Stretch], wanted: frozenset[int], at_: datetime, end: datetime) -> frozenset[Stretch]:
    """Under way: the past stays, what goes ends then, what comes begins then, what stays runs on."""
    past = {(one, start, min(stop, at_)) for one, start, stop in held if start < at_}
    runs = {one for one, start, stop in past if stop == at_ and one in wanted}
    past_of_others = {stretch for stretch in past if stretch[0] not in runs or stretch[2] < at_}
    going_on = {(one, start, end) for one, start, stop in past if one in runs and stop == at_}
    return frozenset(past_of_others | going_on | {(one, at_, end) for one in wanted - runs})
