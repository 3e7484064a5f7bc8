"""All of a booking that a change may touch, as one value: read, written, and kept as JSON. Undo writes it back."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import UTC, date, datetime
from typing import Any

from models.bookings import Booking
from services.bookings import Named
from services.changes.types import SessionSummary
from services.scheduling import AllocatedSpan


@dataclass(frozen=True, slots=True)
class RoomSold:
    id: int
    name: str
    rate_cents: int
    original_id: int | None = None


@dataclass(frozen=True, slots=True)
class EngineerSold:
    id: int
    name: str
    rate_cents: int | None


@dataclass(frozen=True, slots=True)
class MicSet:
    """A microphone of the session; `id` is its row, `unit_id` the physical one set aside."""

    id: int
    option_id: int
    name: str
    unit_id: int | None = None
    unit_name: str = ""


@dataclass(frozen=True, slots=True)
class SessionSnapshot:
    start: datetime
    end: datetime
    minutes: int
    business_date: date
    rooms: tuple[RoomSold, ...]
    """In the order of their positions."""
    engineer: EngineerSold | None
    original_engineer_id: int | None
    period_id: int | None
    deposit_due_at: datetime | None
    mics: tuple[MicSet, ...]
    held: tuple[AllocatedSpan, ...]
    """Its allocations, by resource and start."""
    placed_at: datetime | None = None
    """Of a hold: its place in line."""

    @property
    def resource_ids(self) -> frozenset[int]:
        """What the session holds while it runs."""
        engineer = () if self.engineer is None else (self.engineer.id,)
        units = (mic.unit_id for mic in self.mics if mic.unit_id is not None)
        return frozenset((*(room.id for room in self.rooms), *engineer, *units))

    def side(self) -> SessionSummary:
        return SessionSummary(
            start=self.start,
            end=self.end,
            minutes=self.minutes,
            rooms=tuple(Named(room.id, room.name) for room in self.rooms),
            engineer=Named(self.engineer.id, self.engineer.name) if self.engineer else None,
            mics=tuple(mic.unit_name or mic.name for mic in self.mics),
        )

    def to_columns(self) -> dict[str, Any]:
        """The booking's own columns."""
        return {
            "start": self.start,
            "end": self.end,
            "minutes": self.minutes,
            "business_date": self.business_date,
            "engineer_id": self.engineer.id if self.engineer else None,
            "engineer_rate_cents": self.engineer.rate_cents if self.engineer else None,
            "original_engineer_id": self.original_engineer_id,
            "period_id": self.period_id,
            "deposit_due_at": self.deposit_due_at,
        }

    def to_json(self) -> dict[str, Any]:
        made: dict[str, Any] = _plain(asdict(self))
        return made


def from_json(kept: Mapping[str, Any]) -> SessionSnapshot:
    due, placed, engineer = kept["deposit_due_at"], kept["placed_at"], kept["engineer"]
    return SessionSnapshot(
        start=_instant(kept["start"]),
        end=_instant(kept["end"]),
        minutes=kept["minutes"],
        business_date=date.fromisoformat(kept["business_date"]),
        rooms=tuple(RoomSold(**room) for room in kept["rooms"]),
        engineer=EngineerSold(**engineer) if engineer else None,
        original_engineer_id=kept["original_engineer_id"],
        period_id=kept["period_id"],
        deposit_due_at=_instant(due) if due else None,
        mics=tuple(MicSet(**mic) for mic in kept["mics"]),
        held=tuple(
            AllocatedSpan(one["resource_id"], _instant(one["start"]), _instant(one["end"]), one["id"])
            for one in kept["held"]
        ),
        placed_at=_instant(placed) if placed else None,
    )


def of(
    booking: Booking,
    rooms: tuple[RoomSold, ...],
    engineer_name: str,
    mics: tuple[MicSet, ...],
    held: tuple[AllocatedSpan, ...],
    placed_at: datetime | None,
) -> SessionSnapshot:
    engineer_id = booking.engineer_id
    return SessionSnapshot(
        start=booking.start,
        end=booking.end,
        minutes=booking.minutes,
        business_date=booking.business_date,
        rooms=rooms,
        engineer=EngineerSold(engineer_id, engineer_name, booking.engineer_rate_cents) if engineer_id else None,
        original_engineer_id=booking.original_engineer_id,
        period_id=booking.period_id,
        deposit_due_at=booking.deposit_due_at,
        mics=mics,
        held=held,
        placed_at=placed_at,
    )


def _plain(value: Any) -> Any:
    if isinstance(value, dict):
        return {name: _plain(part) for name, part in value.items()}
    if isinstance(value, list | tuple):
        return [_plain(part) for part in value]
    if isinstance(value, datetime):
        return value.astimezone(UTC).isoformat()
    return value.isoformat() if isinstance(value, date) else value


def _instant(text: str) -> datetime:
    return datetime.fromisoformat(text).astimezone(UTC)
