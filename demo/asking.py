"""What is asked at the demo studio: Maya would rather not be there one day."""

from datetime import datetime, timedelta

from sqlmodel import Session

from services import bookings, changes, identity
from services.bookings import BookingFilters, BookingStatus
from services.core.access import SYSTEM, Actor, Role
from services.identity import UserView

_AHEAD = timedelta(days=3)
_REASON = "My sister's recital is that evening. Jon knows the material."


def ask(session: Session, users: tuple[UserView, ...], now: datetime) -> None:
    """Her first confirmed session that is some days ahead."""
    for user in users:
        if Role.ENGINEER in user.roles:
            maya = identity.actor_of(identity.get_user(session, SYSTEM, user.id))
            _ask(session, maya, now)


def _ask(session: Session, engineer: Actor, now: datetime) -> None:
    start = now + _AHEAD
    confirmed = BookingFilters(statuses=(BookingStatus.CONFIRMED,))
    found = bookings.calendar(session, engineer, start, start + timedelta(days=28), confirmed)
    ahead = [row for row in found if row.start >= start]
    if ahead:
        changes.request_swap(session, engineer, ahead[0].number, _REASON, now)
