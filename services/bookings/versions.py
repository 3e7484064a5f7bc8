"""Two people at one booking: the second to save is told what the first has done, and loses nothing."""

from sqlmodel import Session, col, select

from models.audit import AuditLog
from models.bookings import Booking
from models.identity import User
from services.bookings.errors import VersionChanged

_BESIDE_THE_VERSION = (
    "booking_authorized",
    "change_request_accepted",
    "change_request_answered",
    "change_request_declined",
    "change_request_withdrawn",
    "change_requested",
    "file_added",
    "swap_requested",
    "swap_request_done",
    "swap_request_declined",
    "swap_request_withdrawn",
)
"""They add to a booking and change nothing of it."""
_MOST = 5


def check_version(session: Session, booking: Booking, expected: int | None) -> None:
    """Refuses when the booking is no longer as it was at `expected`; None asks nothing."""
    if expected is not None and booking.version != expected:
        raise VersionChanged(booking.number, booking.version, _since(session, booking, expected))


def _since(session: Session, booking: Booking, expected: int) -> list[dict[str, str]]:
    """Each change counts the version on by one and leaves one row in the audit. Oldest first."""
    found = (
        select(AuditLog, User.name)
        .outerjoin(User, col(User.id) == col(AuditLog.actor_id))
        .where(AuditLog.entity == "booking", AuditLog.entity_id == booking.id)
        .where(col(AuditLog.action).not_in(_BESIDE_THE_VERSION))
        .order_by(col(AuditLog.id).desc())
        .limit(min(max(booking.version - expected, 0), _MOST))
    )
    return [
        {"at": row.at.isoformat(), "who": name or "System", "what": row.action.replace("_", " ")}
        for row, name in reversed(session.exec(found).all())
    ]
