from services.core.errors import Conflict, NotFound


class WishNotFound(NotFound):
    code = "wish_not_found"

    def __init__(self) -> None:
        super().__init__("There is no such wish on the waitlist.")


class NoOpenOffer(Conflict):
    """Answered before, lapsed, never made, or not the one that is open by now."""

    code = "no_open_offer"

    def __init__(self) -> None:
        super().__init__("That offer is not open: it was answered, or its time has run out.")


class WishOver(Conflict):
    code = "wish_over"

    def __init__(self) -> None:
        super().__init__("This wish is settled already.")
