"""The filters of the bookings list, as its address and its export have them."""

from collections.abc import Mapping
from datetime import date, timedelta
from enum import StrEnum
from typing import TypeVar
from urllib.parse import urlencode

from services.bookings import BookingFilters, BookingSource, BookingStatus, ServiceMode
from studio_app.state.form import id_in_path

NAMES = (
    "when",
    "q",
    "status",
    "room",
    "engineer",
    "client",
    "service",
    "mode",
    "source",
    "first_day",
    "last_day",
    "unsigned",
    "unpaid",
)
FOLDED = ("room", "engineer", "client", "service", "mode", "source")
"""Those the screen keeps under “More filters”."""
YES = "true"
UPCOMING, PAST, ALL = "upcoming", "past", "all"
_OVER = {BookingStatus.COMPLETED, BookingStatus.NO_SHOW, BookingStatus.EXPIRED}
_FIRST = {UPCOMING: "start"}
"""What comes first: of those ahead the next, else the latest."""

Word = TypeVar("Word", bound=StrEnum)


def asked_in(query: Mapping[str, str]) -> dict[str, str]:
    """Every filter by name; empty: not narrowed by it. An address that asks for nothing asks for what lies ahead."""
    asked = {name: str(query.get(name, ""))[:200] for name in NAMES}
    if asked["when"] not in (UPCOMING, PAST, ALL):
        asked["when"] = ""
        asked["when"] = ALL if any(asked.values()) else UPCOMING
    return asked


def narrowed(asked: Mapping[str, str], name: str, value: str) -> dict[str, str]:
    """What is searched, owed or over, and days of one's own, may lie anywhere in time."""
    is_over = name == "status" and bool({word for word in value.split(",") if word} & _OVER)
    is_anywhere = is_over or (value and name in ("q", "first_day", "last_day", "unpaid"))
    wide = {"when": ALL} if is_anywhere else {}
    days = {"first_day": "", "last_day": ""} if name == "when" else {}
    return {**asked, **wide, **days, name: value[:200]}


def usual_order(asked: Mapping[str, str]) -> str:
    return _FIRST.get(asked["when"], "-start")


def in_days(asked: Mapping[str, str], today: date) -> dict[str, str]:
    """The same with days for `when`, as the API takes them."""
    if asked["when"] == UPCOMING:
        return {**asked, "when": "", "first_day": today.isoformat()}
    if asked["when"] == PAST:
        return {**asked, "when": "", "last_day": (today - timedelta(days=1)).isoformat()}
    return {**asked, "when": ""}


def filters_of(asked: Mapping[str, str]) -> BookingFilters:
    """Of days, not of `when`. What the address cannot mean is left out."""
    return BookingFilters(
        q=asked["q"].replace("\0", ""),
        statuses=tuple(filter(None, (_word(word, BookingStatus) for word in statuses_in(asked)))),
        room_id=id_in_path(asked["room"]) or None,
        engineer_id=id_in_path(asked["engineer"]) or None,
        client_id=id_in_path(asked["client"]) or None,
        service=asked["service"].replace("\0", ""),
        mode=_word(asked["mode"], ServiceMode),
        source=_word(asked["source"], BookingSource),
        first_day=_day(asked["first_day"]),
        last_day=_day(asked["last_day"]),
        unsigned=asked["unsigned"] == YES,
        unpaid=asked["unpaid"] == YES,
    )


def statuses_in(asked: Mapping[str, str]) -> list[str]:
    return [word for word in asked["status"].split(",") if word]


def with_status(asked: Mapping[str, str], status: str) -> str:
    """The chosen statuses with this one taken in, or out again."""
    chosen = statuses_in(asked)
    return ",".join([word for word in chosen if word != status] if status in chosen else [*chosen, status])


def query_of(asked: Mapping[str, str], **rest: str) -> str:
    return urlencode({name: value for name, value in {**asked, **rest}.items() if value})


def _word(text: str, kind: type[Word]) -> Word | None:
    return kind(text) if text in kind.__members__ else None


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None
