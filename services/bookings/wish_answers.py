"""A client's wish granted: the booking is cancelled, or was changed."""

from datetime import datetime

from sqlmodel import Session

from models.changes import ChangeWish
from services.bookings import wishes
from services.bookings.service import cancel
from services.bookings.types import BookingView
from services.core.access import Actor, Permission, require


def accept_request(
    session: Session,
    actor: Actor,
    request_id: int,
    answer: str = "",
    expected_version: int | None = None,
    now: datetime | None = None,
) -> BookingView:
    """Of a wish to cancel, cancels with the fee the policy asks, and the answer is the reason the client reads.

    Of a wish to change it says that it is done: a change of time or rooms says so by itself.
    `expected_version`: as the person saw the booking, and with it the fee.
    """
    require(actor, Permission.BOOK_SESSIONS)
    row, booking = wishes.find_open(session, actor, request_id)
    if row.wish is ChangeWish.CANCEL:
        return cancel(session, actor, booking.number, answer, expected_version, now)
    return wishes.accept_change(session, actor, request_id, answer, now)
