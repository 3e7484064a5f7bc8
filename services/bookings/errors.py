from collections.abc import Mapping, Sequence
from datetime import datetime

from models.bookings import BookingStatus
from services.core.errors import Conflict, NotFound


class BookingNotFound(NotFound):
    code = "booking_not_found"

    def __init__(self, number: str) -> None:
        super().__init__(f"There is no booking {number[:40]}.")


class WrongStatus(Conflict):
    """The move is not in the table of status moves."""

    code = "wrong_status"

    def __init__(self, number: str, current: BookingStatus, wanted: BookingStatus) -> None:
        super().__init__(f"{number} is {words(current)}; it cannot become {words(wanted)}.")


class TooEarly(Conflict):
    """The table has the move, the clock does not yet. `details.opens_at` says from when."""

    code = "too_early"

    def __init__(self, message: str, opens_at: datetime) -> None:
        super().__init__(message, details={"opens_at": opens_at.isoformat()})


class AlreadyAuthorized(Conflict):
    code = "already_authorized"

    def __init__(self, number: str) -> None:
        super().__init__(f"{number} is already signed.", field="authorization")


class PriceChanged(Conflict):
    code = "price_changed"

    def __init__(self, total_cents: int, total: str) -> None:
        super().__init__(
            f"The price has changed in the meantime: it is now {total}.",
            field="expected_total_cents",
            details={"total_cents": total_cents},
        )


class VersionChanged(Conflict):
    """Somebody else changed the booking after it was read. `details.changes` says who did what."""

    code = "version_conflict"

    def __init__(self, number: str, version: int, changes: Sequence[Mapping[str, object]]) -> None:
        what = "; ".join(f"{change['who']}: {change['what']}" for change in changes)
        super().__init__(
            f"{number} has changed in the meantime{f' ({what})' if what else ''}. Look at it again.",
            field="version",
            details={"version": version, "changes": list(changes)},
        )


def words(status: BookingStatus) -> str:
    return status.value.replace("_", " ").lower()
