"""A form as the browser sent it, read field by field; what cannot be meant is refused at its field."""

from collections.abc import Callable, Mapping
from contextvars import ContextVar
from datetime import date, datetime, time
from decimal import Decimal, InvalidOperation
from enum import StrEnum
from functools import wraps
from typing import Any, TypeVar, cast
from zoneinfo import ZoneInfo

from services.core import clock, money
from services.core.checking import together
from services.core.errors import DomainError, Invalid, NotAllowed, NotSignedIn
from services.core.fields import clean
from services.core.records import RecordField, record_fields

Word = TypeVar("Word", bound=StrEnum)
Read = TypeVar("Read", bound=Callable[..., Any])
Record = TypeVar("Record")

_READERS = {
    int: "number",
    Decimal: "decimal",
    bool: "checked",
    date: "day",
    time: "clock_time",
    tuple[str, ...]: "lines",
}
_NOT_TYPED = (dict[str, Any],)
"""What no form has: the record keeps its default."""

_MOST = 2_000_000_000


_reading: ContextVar["Form | None"] = ContextVar("reading", default=None)


def _now() -> datetime:
    return clock.now().replace(second=0, microsecond=0)


def _today() -> date:
    return clock.now().date()


def _or(instead: Any) -> Callable[[Read], Read]:
    """What stands for a field of a whole form that cannot be read; no service keeps it, or takes offence at it."""

    def noting(read: Read) -> Read:
        @wraps(read)
        def reading(form: "Form", *args: Any) -> Any:
            try:
                return read(form, *args)
            except Invalid as refusal:
                if not form._is_whole:
                    raise
                form._unread.append(refusal)
                return instead() if callable(instead) else instead

        return cast(Read, reading)

    return noting


class Form:
    """`maybe_…` gives None for an empty field; the others refuse it. Texts are bounded by the services."""

    def __init__(self, sent: Mapping[str, Any]) -> None:
        self._sent = sent
        self._is_whole = False
        self._unread: list[Invalid] = []

    @classmethod
    def whole(cls, sent: Mapping[str, Any]) -> "Form":
        """Read to its end: what cannot be read is refused at the next call of a service, with all that it refuses."""
        form = cls(sent)
        form._is_whole = True
        _reading.set(form)
        return form

    def refusing(self, command: Callable[..., Any]) -> Callable[..., Any]:
        """The command, tried for what else it finds to mend; it never succeeds, so nothing of it is stored."""

        def tried(session: Any, actor: Any, *args: Any, **kwargs: Any) -> Any:
            try:
                command(session, actor, *args, **kwargs)
            except (NotAllowed, NotSignedIn):
                raise
            except Invalid as refusal:
                raise self.refusal(refusal) from refusal
            except Exception as error:  # it met what stands for a field that cannot be read
                raise together(self._unread) from error
            raise together(self._unread)

        return tried

    def refusal(self, other: DomainError) -> DomainError:
        """What could not be read, and of what else was refused the form's own fields."""
        return together([*self._unread, *(one for one in (other, *other.others) if one.field in self._sent)])

    def refuse(self, name: str, message: str) -> None:
        """What the page itself finds to mend; a whole form is read on."""
        refusal = Invalid(message, field=name)
        if not self._is_whole:
            raise refusal
        self._unread.append(refusal)

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
        except ValueError:
            self.refuse(name, "Choose one of the list.")
            return next(iter(kind))

    def read(self, kind: type[Record], **given: Any) -> Record:
        """The form of a record, each field as its type asks for; what is `given` is not read."""
        wanted = [one for one in record_fields(kind) if one.name not in given and one.type not in _NOT_TYPED]
        values = {one.name: self._value(one) for one in wanted}
        return kind(**values, **given)

    def _value(self, field: RecordField) -> Any:
        """An optional text that is empty is none."""
        if isinstance(field.type, type) and issubclass(field.type, StrEnum):
            return self.word(field.name, field.type)
        if field.type is int and field.name.endswith("_cents"):
            return self.maybe_cents(field.name) if field.is_optional else self.cents(field.name)
        if field.type is str:
            return self.text(field.name)
        read = _READERS[field.type]
        return getattr(self, f"maybe_{read}" if field.is_optional else read)(field.name)

    @_or(0)
    def number(self, name: str) -> int:
        return self._given(name, self.maybe_number(name))

    @_or(None)
    def maybe_number(self, name: str) -> int | None:
        value = self.maybe_decimal(name)
        if value is None:
            return None
        if value != value.to_integral_value():
            raise Invalid("Write a whole number.", field=name)
        return int(value)

    @_or(Decimal(0))
    def decimal(self, name: str) -> Decimal:
        return self._given(name, self.maybe_decimal(name))

    @_or(None)
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

    @_or(0)
    def cents(self, name: str) -> int:
        return self._given(name, self.maybe_cents(name))

    @_or(None)
    def maybe_cents(self, name: str) -> int | None:
        text = self.text(name)
        return money.from_text(text, field=name) if text else None

    @_or(_today)
    def day(self, name: str) -> date:
        return self._given(name, self.maybe_day(name))

    @_or(None)
    def maybe_day(self, name: str) -> date | None:
        if not (text := self.text(name)):
            return None
        try:
            return date.fromisoformat(text)
        except ValueError as error:
            raise Invalid("Write the day like 2027-01-31.", field=name) from error

    @_or(time())
    def clock_time(self, name: str) -> time:
        return self._given(name, self.maybe_clock_time(name))

    @_or(None)
    def maybe_clock_time(self, name: str) -> time | None:
        if not (text := self.text(name)):
            return None
        try:
            return time.fromisoformat(text).replace(second=0, microsecond=0, tzinfo=None)
        except ValueError as error:
            raise Invalid("Write the time like 14:30.", field=name) from error

    @_or(_now)
    def instant(self, day: str, at: str, zone: ZoneInfo) -> datetime:
        """The studio's wall clock, made UTC."""
        return clock.to_instant(datetime.combine(self.day(day), self.clock_time(at)), zone, field=at)

    @staticmethod
    def _given(name: str, value: Any) -> Any:
        if value is None:
            raise Invalid("This is needed.", field=name)
        return value


def form_texts(kind: type, record: Any) -> dict[str, str]:
    """The record as the fields of its form start."""
    fields = [one.name for one in record_fields(kind) if one.type not in _NOT_TYPED]
    return {name: _text(name, getattr(record, name)) for name in fields}


def _text(name: str, value: Any) -> str:
    match value:
        case None | False:
            return ""
        case True:
            return "yes"
        case int() if name.endswith("_cents"):
            return money.to_text(value)
        case time():
            return f"{value:%H:%M}"
        case Decimal():
            return f"{value.normalize():f}"
        case tuple():
            return "\n".join(value)
        case _:
            return str(value)


def unread() -> Form | None:
    """The form this event has read, if something of it could not be; asked once."""
    form = _reading.get()
    _reading.set(None)
    return form if form is not None and form._unread else None


def page_number(typed: str) -> int:
    """The page of a list as its address says it; the first where it says nothing sensible."""
    return int(typed) if typed.isascii() and typed.isdigit() and 0 < int(typed[:7]) < 100_000 else 1


def id_in_path(part: object) -> int:
    """The id at the end of an address; 0, which nothing has, where it is none."""
    text = str(part)
    return int(text) if text.isascii() and text.isdigit() and len(text) < 10 else 0
