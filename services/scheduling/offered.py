"""What is sold to whom: staff sell any time, the public what the studio offers online."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from sqlmodel import Session

from services import online
from services.core import clock
from services.core.access import Actor, Permission
from services.core.checking import noted
from services.core.clock import business_date
from services.core.dates import day_text, hours_text, time_text
from services.core.errors import Invalid
from services.core.studio import studio_zone
from services.online import OnlineRules
from services.scheduling import queries
from services.scheduling.snapshot import AvailabilitySnapshot
from services.scheduling.types import Reason, ReasonCode

_NIGHT = timedelta(hours=6)


@dataclass(frozen=True, slots=True)
class Offered:
    """What a visitor may book."""

    rules: OnlineRules
    zone: ZoneInfo
    now: datetime

    @property
    def earliest(self) -> datetime:
        return self.now + timedelta(hours=self.rules.lead_hours)

    @property
    def last_day(self) -> date:
        return business_date(self.now, self.zone) + timedelta(days=self.rules.horizon_days)

    def has(self, start: datetime) -> bool:
        return self.earliest <= start and not self._is_too_far(start)

    def check_minutes(self, minutes: int, usual: int | None) -> None:
        """`usual` is the service's own length, which is always sold."""
        rules = self.rules
        shortest = rules.shortest_minutes if usual is None else min(rules.shortest_minutes, usual)
        longest = rules.longest_minutes if usual is None else max(rules.longest_minutes, usual)
        if not shortest <= minutes <= longest:
            between = f"from {hours_text(shortest)} to {hours_text(longest)}"
            raise Invalid(f"Online, sessions {between} can be booked. Call us for others.", field="minutes")

    def check_day(self, day: date, *, field: str = "date") -> None:
        if day > self.last_day:
            raise Invalid(self._too_far(), field=field)

    def reasons(self, start: datetime, picture: AvailabilitySnapshot) -> tuple[Reason, ...]:
        """Against a start that is still to come."""
        if self.now <= start < self.earliest:
            return (Reason(ReasonCode.TOO_SOON, self._too_soon()),)
        if self._is_too_far(start):
            return (Reason(ReasonCode.TOO_FAR, self._too_far()),)
        if near := picture.off_step(start):
            times = " and ".join(time_text(at, self.zone) for at in near)
            return (Reason(ReasonCode.OFF_STEP, f"Sessions start at set times. The nearest are {times}."),)
        return ()

    def _is_too_far(self, start: datetime) -> bool:
        """The early hours are sold with the evening before them."""
        return business_date(start - _NIGHT, self.zone) > self.last_day

    def _too_soon(self) -> str:
        hours = self.rules.lead_hours
        ahead = f"{hours} hour{'' if hours == 1 else 's'}"
        return f"Online, a session is booked at least {ahead} ahead. Call us for sooner."

    def _too_far(self) -> str:
        return f"Online, sessions can be booked until {day_text(self.last_day)}. Call us for later."


def offered_to(session: Session, actor: Actor, now: datetime) -> Offered | None:
    """None for whoever books for the studio: they sell any time."""
    if actor.can(Permission.BOOK_SESSIONS):
        return None
    online.question(session, actor)
    return Offered(online.online_booking(session), studio_zone(session), now)


def check_offered(
    session: Session, actor: Actor, start: datetime, minutes: int, usual: int, now: datetime | None = None
) -> None:
    """Refuses what is not sold to the actor, by its field. What is taken or closed is the claim's to refuse."""
    offered = offered_to(session, actor, now or clock.now())
    if offered is None:
        return
    noted(offered.check_minutes)(minutes, usual)
    day = business_date(start, offered.zone)
    picture = queries.picture(session, offered.zone, day, minutes=minutes, room_ids=())
    for reason in offered.reasons(start, picture):
        raise Invalid(reason.message, field="start", code=reason.code)


def check_offered_online(
    session: Session, actor: Actor, start: datetime, minutes: int, usual: int, now: datetime | None = None
) -> None:
    """As `check_offered`, for work within a period: it is sold at the service's own length, until the period's end."""
    offered = offered_to(session, actor, now or clock.now())
    if offered is None:
        return
    if minutes != usual:
        raise Invalid(f"Online work of this kind takes {hours_text(usual)}.", field="minutes")
    offered.check_day(business_date(start, offered.zone), field="start")
