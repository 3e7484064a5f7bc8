from services.core.errors import Invalid, NotSignedIn


class LinkSpent(Invalid):
    """The same for one that is used, over, never was, or went to an address that is not on file any more."""

    code = "link_spent"

    def __init__(self) -> None:
        super().__init__("This link has expired or was used already. Ask for a new one.", field="link")


class NotEntered(NotSignedIn):
    code = "not_entered"

    def __init__(self) -> None:
        super().__init__("Ask for a link to your bookings first.")
