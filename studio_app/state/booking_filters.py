"""The filters of the bookings list, as its address and its export have them."""

from collections.abc import Mapping
from datetime import date
from enum import StrEnum
from typing import TypeVar
from urllib.parse import urlencode

from services.bookings import BookingFilters, BookingSource, BookingStatus, ServiceMode
from studio_app.state.form import id_in_path

NAMES = (
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

Word = TypeVar("Word", bound=StrEnum)


def asked_in(query: Mapping[str, str]) -> dict[str, str]:
    """Every filter by name; empty: not narrowed by it."""
    return {name: str(query.get(name, ""))[:200] for name in NAMES}


def filters_of(asked: Mapping[str, str]) -> BookingFilters:
    """What the address cannot mean is left out."""
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
