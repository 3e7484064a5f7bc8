"""When a rule falls: RFC 5545, on the studio's wall clock."""

import re
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

from dateutil.rrule import rrulebase, rrulestr

from services.clock import to_instant
from services.errors import Invalid

MOST = 104
"""Two years of weeks at once."""
_LONGEST = timedelta(days=800)

_PART = (
    r"(FREQ=(DAILY|WEEKLY|MONTHLY|YEARLY)|(INTERVAL|COUNT)=[1-9]\d{0,3}|UNTIL=\d{8}(T\d{6}Z?)?|WKST=[A-Z]{2}"
    r"|BYDAY=[-+0-9A-Z,]+|(BYMONTHDAY|BYMONTH|BYSETPOS)=[-0-9,]+)"
)
_RULE = re.compile(rf"{_PART}(;{_PART})*")


def occurrences(rule: str, first: datetime, zone: ZoneInfo) -> tuple[datetime, ...]:
    """Wall-clock starts after the first one, which counts as the rule's first (RFC 5545, DTSTART).

    A rule without COUNT or UNTIL never ends, and is refused.
    """
    local = first.astimezone(zone).replace(tzinfo=None)
    found: list[datetime] = []
    for at in _parsed(rule, local, zone):
        if at > local + _LONGEST:
            raise Invalid("Repeat for at most two years.", field="rule")
        if at > local:
            found.append(at)
        if len(found) > MOST:
            raise Invalid(f"Repeat at most {MOST} times at once.", field="rule")
    if not found:
        raise Invalid("That rule has no date after this session.", field="rule")
    return tuple(found)


def instant(local: datetime, zone: ZoneInfo) -> datetime | None:
    """None where the clocks go forward over that time."""
    try:
        return to_instant(local, zone)
    except Invalid:
        return None


def _parsed(rule: str, local: datetime, zone: ZoneInfo) -> rrulebase:
    text = rule.strip().removeprefix("RRULE:").upper()
    parts = dict(part.split("=", 1) for part in text.split(";") if "=" in part)
    if not _RULE.fullmatch(text) or "FREQ" not in parts or len(text) > 200:
        raise Invalid("That is no rule for days; write one like FREQ=WEEKLY;COUNT=8.", field="rule")
    if not parts.keys() & {"COUNT", "UNTIL"}:
        raise Invalid("Say how often or until when: COUNT= or UNTIL=.", field="rule")
    until = parts.get("UNTIL", "")
    try:
        text = text.replace(until, _local_until(until, zone)) if until else text
        return rrulestr(text, dtstart=local, ignoretz=True)
    except ValueError as error:
        raise Invalid(f"That rule cannot be read: {error}.", field="rule") from error


def _local_until(until: str, zone: ZoneInfo) -> str:
    """A day alone is included whole; an instant in UTC is put on the studio's clock."""
    if "T" not in until:
        return f"{until}T235959"
    if not until.endswith("Z"):
        return until
    at = datetime.strptime(until, "%Y%m%dT%H%M%SZ").replace(tzinfo=UTC).astimezone(zone)
    return f"{at:%Y%m%dT%H%M%S}"
