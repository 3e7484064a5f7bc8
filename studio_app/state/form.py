"""A form as the browser sent it, read field by field; what cannot be meant is refused at its field."""

from collections.abc import Mapping
from datetime import date, datetime, time
from decimal import Decimal, InvalidOperation
from enum import StrEnum
from typing import Any, TypeVar
from zoneinfo import ZoneInfo

from services import clock, money
from services.errors import Invalid
from services.fields import clean

Word = TypeVar("Word", bound=StrEnum)

_MOST = 2_000_000_000


class Form:
    """`maybe_…` gives None for an empty field; the others refuse it. Texts are bounded by the services."""

    def __init__(self, sent: Mapping[str, Any]) -> None:
        self._sent = sent

    def text(self, name: str) -> str:
        value = self._sent.get(name)
        return "" if value is None else clean(str(value))

    def secret(self, name: str) -> str:
        """As typed: spaces belong to a password."""
        return str(self._sent.get(name) or "")

    def lines(self, name: str) -> tuple[str, ...]:
        return tuple(line.strip() for line in self.text(name).splitlines() if line.strip())

    def checked(self, name: str) -> bool:
        return self._sent.get(name) in ("on", True)

    def chosen(self, prefix: str) -> tuple[str, ...]:
        """What follows `prefix` in the names of the ticked boxes."""
        return tuple(name.removeprefix(prefix) for name in self._sent if name.startswith(prefix) and self.checked(name))

    def chosen_numbers(self, prefix: str) -> tuple[int, ...]:
        return tuple(int(word) for word in self.chosen(prefix) if word.isascii() and word.isdigit())

    def word(self, name: str, kind: type[Word]) -> Word:
        try:
            return kind(self.text(name))
        except ValueError as error:
            raise Invalid("Choose one of the list.", field=name) from error

    def number(self, name: str) -> int:
        return self._given(name, self.maybe_number(name))

    def maybe_number(self, name: str) -> int | None:
        value = self.maybe_decimal(name)
        if value is None:
            return None
        if value != value.to_integral_value():
            raise Invalid("Write a whole number.", field=name)
        return int(value)

    def decimal(self, name: str) -> Decimal:
        return self._given(name, self.maybe_decimal(name))

    def maybe_decimal(self, name: str) -> Decimal | None:
        if not (text := self.text(name)):
            return None
        try:
            value = Decimal(text)
        except InvalidOperation as error:
            raise Invalid("Write a number.", field=name) from error
        if not value.is_finite() or abs(value) > _MOST:
            raise Invalid("Write a smaller number.", field=name)
        return value

    def cents(self, name: str) -> int:
        return self._given(name, self.maybe_cents(name))

    def maybe_cents(self, name: str) -> int | None:
        text = self.text(name)
        return money.from_text(text, field=name) if text else None

    def day(self, name: str) -> date:
        return self._given(name, self.maybe_day(name))

    def maybe_day(self, name: str) -> date | None:
        if not (text := self.text(name)):
            return None
        try:
            return date.fromisoformat(text)
        except ValueError as error:
            raise Invalid("Write the day like 2027-01-31.", field=name) from error

    def clock_time(self, name: str) -> time:
        return self._given(name, self.maybe_clock_time(name))

    def maybe_clock_time(self, name: str) -> time | None:
        if not (text := self.text(name)):
            return None
        try:
            return time.fromisoformat(text).replace(second=0, microsecond=0, tzinfo=None)
        except ValueError as error:
            raise Invalid("Write the time like 14:30.", field=name) from error

    def instant(self, day: str, at: str, zone: ZoneInfo) -> datetime:
        """The studio's wall clock, made UTC."""
        return clock.to_instant(datetime.combine(self.day(day), self.clock_time(at)), zone, field=at)

    @staticmethod
    def _given(name: str, value: Any) -> Any:
        if value is None:
            raise Invalid("This is needed.", field=name)
        return value


def page_number(typed: str) -> int:
    """The page of a list as its address says it; the first where it says nothing sensible."""
    return int(typed) if typed.isascii() and typed.isdigit() and 0 < int(typed[:7]) < 100_000 else 1


def id_in_path(part: object) -> int:
    """The id at the end of an address; 0, which nothing has, where it is none."""
    text = str(part)
    return int(text) if text.isascii() and text.isdigit() and len(text) < 10 else 0
