"""The dates of a rule as the repeat dialog shows them, and the rule from its fields."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime

from services.core import dates as when
from services.core.dates import full_day_text
from services.core.errors import Invalid
from services.core.studio import Studio
from services.repeats import Occurrence
from studio_app.state.form import Form
from studio_app.state.presenter import cents_text

_ORDINALS = ("first", "second", "third", "fourth", "last")
_DAYS = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")
OWN = "OWN"


@dataclass(frozen=True)
class DateShown:
    key: str
    """Its start, as the service gives and takes it."""
    day: str
    time: str
    price: str
    is_free: bool
    is_chosen: bool
    why_not: str = ""
    instead: str = ""


def rules(start: datetime, studio: Studio) -> list[tuple[str, str]]:
    """What is offered for a session of that day: rule and words."""
    local = start.astimezone(studio.zone)
    weekday, place = when.weekday_name(local.date(), studio), (local.day - 1) // 7
    nth = place + 1 if place < 4 else -1
    return [
        ("FREQ=WEEKLY", f"Every {weekday}"),
        ("FREQ=WEEKLY;INTERVAL=2", f"Every other {weekday}"),
        (f"FREQ=MONTHLY;BYDAY={nth}{_DAYS[local.weekday()]}", f"Every {_ORDINALS[place]} {weekday} of the month"),
        ("FREQ=MONTHLY", f"Every month on day {local.day}"),
        (OWN, "A rule of your own"),
    ]


def whole_rule(sent: Mapping[str, str]) -> str:
    """A rule of one's own brings its own end, or takes the one of the fields."""
    form = Form(sent)
    rule = form.text("own").upper().removeprefix("RRULE:").strip() if form.text("rule") == OWN else form.text("rule")
    if not rule:
        raise Invalid("Write a rule like FREQ=WEEKLY;BYDAY=MO,TH.", field="own")
    if "COUNT=" in rule or "UNTIL=" in rule:
        return rule
    if form.text("ends") == "UNTIL":
        return f"{rule};UNTIL={form.day('until'):%Y%m%d}"
    count = form.number("count")
    if not 2 <= count <= 105:
        raise Invalid("Between 2 and 105 sessions.", field="count")
    return f"{rule};COUNT={count}"


def dates_shown(found: tuple[Occurrence, ...], left_out: set[str], studio: Studio) -> list[DateShown]:
    return [_date(one, left_out, studio) for one in found]


def toggled(dates: list[DateShown], key: str) -> list[DateShown]:
    return [replace(one, is_chosen=not one.is_chosen) if one.key == key and one.is_free else one for one in dates]


def starts(dates: list[DateShown]) -> tuple[datetime, ...]:
    return tuple(datetime.fromisoformat(one.key) for one in dates if one.is_chosen)


def _date(one: Occurrence, left_out: set[str], studio: Studio) -> DateShown:
    key = one.start.astimezone(studio.zone).isoformat()
    reasons = dict.fromkeys(reason.message for reason in one.answer.reasons)
    return DateShown(
        key=key,
        day=full_day_text(one.start.astimezone(studio.zone).date(), studio),
        time=when.span_text(one.start, one.end, studio),
        price=cents_text(one.price_cents, studio),
        is_free=one.bookable,
        is_chosen=one.bookable and key not in left_out,
        why_not=" ".join(reasons),
        instead="; ".join(other.label for other in one.answer.alternatives[:2]),
    )
