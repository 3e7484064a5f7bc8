"""The rules of the zones exist twice: Python's package, by which everything here is reckoned, and the database's own.

A government that changes its clocks reaches one before the other. Ours count (`services.core.clock`); what people ask
the database itself then differs by an hour, and a package that lags behind would be ours: so a difference is told.
"""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import tzdata
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError
from sqlmodel import Session

from services.core import db
from services.core.clock import offset_changes
from services.core.errors import NotFound
from services.core.studio import studio_zone

_AHEAD = timedelta(days=2 * 366)
_WEEK, _SECOND = timedelta(days=7), timedelta(seconds=1)
_UNKNOWN_ZONE = "22023"
_THEIRS = text(
    "select at, (at at time zone :zone) - (at at time zone 'UTC') from unnest(cast(:instants as timestamptz[])) as at"
)


@dataclass(frozen=True, slots=True)
class RulesDiffer:
    zone: str
    at: datetime
    """The first instant of the next two years of which they say different things."""
    ours: timedelta
    theirs: timedelta | None
    """None: the database does not know the zone."""

    @property
    def message(self) -> str:
        local = (self.at + self.ours).date()
        theirs = "does not know this zone" if self.theirs is None else f"has {_signed(self.theirs)}"
        return (
            f"The time zone rules differ for {self.zone}: on {local:%a, %b} {local.day}, {local.year}, the studio's"
            f" clock is UTC {_signed(self.ours)} by the Python package tzdata {tzdata.IANA_VERSION}, and the database"
            f" {theirs}. Bookings and opening hours follow the package; bring whichever is older up to date."
        )


def studio_difference(session: Session, now: datetime) -> RulesDiffer | None:
    """Of the studio's zone; before there is a studio nothing differs."""
    try:
        return difference(session, studio_zone(session), now)
    except NotFound:
        return None


def difference(session: Session, zone: ZoneInfo, now: datetime) -> RulesDiffer | None:
    """Asks both about each week of the next two years and about each change of the clocks."""
    changes = [at + step for at in offset_changes(zone, now, now + _AHEAD) for step in (-_SECOND, timedelta())]
    instants = [*changes, *(now + n * _WEEK for n in range(_AHEAD // _WEEK))]
    try:
        with session.begin_nested():
            theirs = session.execute(_THEIRS, {"zone": zone.key, "instants": instants}).all()
    except DBAPIError as error:
        if db.sqlstate(error) != _UNKNOWN_ZONE:
            raise
        return RulesDiffer(zone.key, now, _ours(now, zone), None)
    found = ((at.astimezone(UTC), _ours(at, zone), offset) for at, offset in theirs)
    first = min((one for one in found if one[1] != one[2]), default=None)
    return RulesDiffer(zone.key, *first) if first else None


def _ours(at: datetime, zone: ZoneInfo) -> timedelta:
    return at.astimezone(zone).utcoffset() or timedelta()


def _signed(offset: timedelta) -> str:
    minutes = int(offset.total_seconds()) // 60
    return f"{'−' if minutes < 0 else '+'}{abs(minutes) // 60}:{abs(minutes) % 60:02}"
