from collections.abc import Sequence

from services.core.errors import Conflict, NotFound


class HoldNotFound(NotFound):
    code = "hold_not_found"

    def __init__(self, wanted: int | str) -> None:
        super().__init__(f"There is no hold {str(wanted)[:40]}.")


class NotHeld(Conflict):
    """It was a hold, and is none any more."""

    code = "not_held"

    def __init__(self, number: str) -> None:
        super().__init__(f"{number} is held no more.")


class HoldAbove(Conflict):
    """Only the first hold is confirmed; one below challenges those above (domain 7)."""

    code = "hold_above"

    def __init__(self, number: str, above: Sequence[tuple[int, str, str]]) -> None:
        """`above`: id, number and client of each; the client empty for those who may not know."""
        names = ", ".join(f"{other} ({client})" if client else other for _, other, client in above)
        stand = "stands" if len(above) == 1 else "stand"
        super().__init__(
            f"{names} {stand} above {number}. Challenge it, and it has to confirm or release in time.",
            details={"above": [{"id": id_, "number": other, "client": client} for id_, other, client in above]},
        )


class NothingAbove(Conflict):
    code = "first_hold"

    def __init__(self, number: str) -> None:
        super().__init__(f"Nothing stands above {number}: confirm it instead.")


class HoldTaken(Conflict):
    """A session has its time: it cannot be confirmed, so it neither challenges nor answers."""

    code = "hold_taken"

    def __init__(self, number: str, taken_by: str) -> None:
        super().__init__(f"The time of {number} is taken by {taken_by}; there is nothing left to challenge for.")


class AlreadyChallenged(Conflict):
    """Every hold above is asked already; each answers one challenge at a time."""

    code = "already_challenged"

    def __init__(self, number: str, challenger: str, until: str, due_at: str) -> None:
        by = challenger or "another hold"
        super().__init__(
            f"{number} is challenged already, by {by}; it has until {until} to answer.",
            details={"by_number": challenger, "due_at": due_at},
        )
