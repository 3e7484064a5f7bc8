"""Who waits for time that is taken, and one who is offered some."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from sqlmodel import Session

from demo.life import Cast
from demo.types import PlannedSession
from models.bookings import BookingStatus
from services import waitlist
from services.core.clock import business_date
from services.waitlist import NewWish

_WAITING = 2


def leave_wishes(session: Session, cast: Cast, sessions: Sequence[PlannedSession], zone: ZoneInfo) -> None:
    """Two wait for what others have booked: cancel one of those sessions, and see it offered. The third may choose."""
    ahead = cast.now + timedelta(days=3)
    firm = [one for one in sessions if one.status is BookingStatus.CONFIRMED and one.rooms and one.start > ahead]
    actor, others = cast.staff[0], iter(reversed(cast.client_ids))
    for planned in firm[:_WAITING]:
        rooms = tuple(cast.room_ids[name] for name in planned.rooms)
        waitlist.wish(session, actor, _same_time(planned, next(others), rooms, zone), now=cast.now)
    first_day = business_date(cast.now, zone) + timedelta(days=7)
    free = NewWish(
        service="MIXING",
        first_day=first_day,
        last_day=first_day + timedelta(days=6),
        client_id=next(others),
        minutes=180,
        notes="Any weekday suits",
    )
    made = waitlist.wish(session, actor, free, now=cast.now)
    waitlist.offer(session, made.id, cast.now)


def _same_time(planned: PlannedSession, client_id: int, room_ids: tuple[int, ...], zone: ZoneInfo) -> NewWish:
    start = planned.start.astimezone(zone)
    end: datetime = (planned.start + timedelta(minutes=planned.minutes)).astimezone(zone)
    return NewWish(
        service=planned.service,
        first_day=start.date(),
        last_day=start.date(),
        client_id=client_id,
        minutes=planned.minutes,
        room_ids=room_ids,
        not_before=start.time(),
        not_after=end.time(),
    )
