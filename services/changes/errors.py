from models.bookings import BookingStatus
from services.core.errors import Conflict, Invalid


class NoChange(Invalid):
    code = "no_change"

    def __init__(self) -> None:
        super().__init__("That is how it is already.")


class NotChangeable(Conflict):
    """What is asked does not fit where the booking stands."""

    code = "wrong_status"

    def __init__(self, number: str, status: BookingStatus, what: str) -> None:
        super().__init__(f"{number} is {status.value.replace('_', ' ').lower()}; {what}.")


class SessionOver(Conflict):
    code = "session_over"

    def __init__(self, number: str) -> None:
        super().__init__(f"That time of {number} has passed; what ran longer is charged as overtime.", field="minutes")


class NothingToUndo(Conflict):
    code = "nothing_to_undo"

    def __init__(self, number: str) -> None:
        super().__init__(f"{number} has no change that could be undone.")


class CannotTakeBack(Conflict):
    """Something stands on it by now, or it never was."""

    code = "cannot_undo"

    def __init__(self, number: str, why: str) -> None:
        super().__init__(f"{number} {why}.")


class CannotUndo(Conflict):
    code = "cannot_undo"
