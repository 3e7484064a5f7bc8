"""Now, and the studio's local time. Instants are UTC everywhere; only people see the zone."""

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from services.errors import Invalid


def now() -> datetime:
    return datetime.now(UTC)


def to_instant(local: datetime, zone: ZoneInfo, *, field: str = "start", second: bool = False) -> datetime:
    """The UTC instant of a time, which may carry an offset or be the studio's wall clock.

    A wall-clock time skipped in spring is refused; one that happens twice in autumn is the
    first, or the second when asked.
    """
    if local.tzinfo is not None:
        return local.astimezone(UTC)
    aware = local.replace(tzinfo=zone, fold=int(second))
    instant = aware.astimezone(UTC)
    if instant.astimezone(zone).replace(tzinfo=None) != local:
        raise Invalid(
            f"{local:%H:%M} does not exist on {local:%B} {local.day}: the clocks go forward that night.",
            code="nonexistent_time",
            field=field,
        )
    return instant


def is_repeated(at: datetime, zone: ZoneInfo) -> bool:
    """Whether the wall clock shows that time twice, an hour apart: the instant alone tells which is meant."""
    local = at.astimezone(zone)
    return local.replace(fold=0).utcoffset() != local.replace(fold=1).utcoffset()


def business_date(at: datetime, zone: ZoneInfo) -> date:
    """The local date on which a session that starts at `at` counts."""
    return at.astimezone(zone).date()


def day_start(day: date, zone: ZoneInfo) -> datetime:
    """The first instant of a local day, also where midnight is skipped by a clock change."""
    return datetime.combine(day, time(), zone).astimezone(UTC)


def day_bounds(first: date, days: int, zone: ZoneInfo) -> tuple[datetime, datetime]:
    """The half-open span of instants of `days` local days from `first` on."""
    return day_start(first, zone), day_start(first + timedelta(days=days), zone)
