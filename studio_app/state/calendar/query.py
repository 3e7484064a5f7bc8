"""What the calendar is to show, as its address says it."""

from calendar import monthrange
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, timedelta
from urllib.parse import urlencode

from services.bookings import BookingFilters, BookingStatus
from studio_app import routes
from studio_app.state.form import id_in_path

VIEWS = ("day", "week", "month", "timeline")
SIDES = ("rooms", "engineers")
_FIRST, _LAST = date(2000, 1, 1), date(2099, 12, 31)


@dataclass(frozen=True)
class Asked:
    """Empty means all."""

    day: date
    view: str = "day"
    by: str = "rooms"
    rooms: tuple[int, ...] = ()
    engineers: tuple[int, ...] = ()
    statuses: tuple[str, ...] = ()
    service: str = ""

    @property
    def filters(self) -> BookingFilters:
        return BookingFilters(statuses=tuple(map(BookingStatus, self.statuses)), service=self.service)

    @property
    def is_alone(self) -> bool:
        """One room or one person: their week has hours."""
        return len(self.engineers if self.by == "engineers" else self.rooms) == 1

    @property
    def is_chips(self) -> bool:
        """Drawn by the day instead of by the hour."""
        return self.view == "month" or (self.view == "week" and not self.is_alone)

    @property
    def is_narrowed(self) -> bool:
        return bool(self.rooms or self.engineers or self.statuses or self.service)

    def days(self, first_weekday: int) -> list[date]:
        """The days on the screen; `first_weekday`: 0 is Monday. A month is shown in whole weeks."""
        if self.view == "day":
            return [self.day]
        first = last = self.day
        if self.view == "month":
            first, last = first.replace(day=1), last.replace(day=monthrange(last.year, last.month)[1])
        first -= timedelta(days=(first.weekday() - first_weekday) % 7)
        last += timedelta(days=(first_weekday - 1 - last.weekday()) % 7)
        return [first + timedelta(days=number) for number in range((last - first).days + 1)]

    def moved(self, steps: int) -> "Asked":
        """So many days, weeks or months later."""
        if self.view == "month":
            first = self.day.replace(day=1) + timedelta(days=32 * steps if steps > 0 else -1)
            return self.on(first.replace(day=1))
        return self.on(self.day + timedelta(days=steps * (1 if self.view == "day" else 7)))

    def on(self, day: date) -> "Asked":
        return replace(self, day=min(max(day, _FIRST), _LAST))

    def toggled(self, name: str, value: str) -> "Asked":
        """With that room, engineer or status taken in, or out again."""
        if name == "status":
            return replace(self, statuses=_toggled(self.statuses, value))
        if name == "room":
            return replace(self, rooms=_toggled(self.rooms, id_in_path(value)))
        return replace(self, engineers=_toggled(self.engineers, id_in_path(value)))

    @property
    def href(self) -> str:
        query = {
            "view": self.view,
            "date": self.day.isoformat(),
            "by": self.by if self.by != SIDES[0] else "",
            "room": ",".join(map(str, self.rooms)),
            "engineer": ",".join(map(str, self.engineers)),
            "status": ",".join(self.statuses),
            "service": self.service,
        }
        return f"{routes.CALENDAR}?{urlencode({name: value for name, value in query.items() if value}, safe=',')}"


def asked_in(query: Mapping[str, str], today: date) -> Asked:
    """What the address cannot mean is left out."""
    asked = Asked(
        day=today,
        view=_one_of(VIEWS, query.get("view", "")),
        by=_one_of(SIDES, query.get("by", "")),
        rooms=_ids(query.get("room", "")),
        engineers=_ids(query.get("engineer", "")),
        statuses=tuple(word for word in query.get("status", "").split(",") if word in BookingStatus.__members__),
        service=query.get("service", "")[:100].replace("\0", ""),
    )
    return asked.on(day_in(query.get("date", "")) or today)


def day_in(text: str) -> date | None:
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None


def _one_of(words: tuple[str, ...], word: str) -> str:
    return word if word in words else words[0]


def _ids(text: str) -> tuple[int, ...]:
    return tuple(filter(None, map(id_in_path, text.split(",")[:100])))


def _toggled(chosen: tuple, value: object) -> tuple:
    return tuple(one for one in chosen if one != value) if value in chosen else (*chosen, value)
