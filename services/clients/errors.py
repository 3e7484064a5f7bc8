from collections.abc import Sequence

from services.core.errors import Conflict, NotFound


class NoSuchClient(NotFound):
    def __init__(self) -> None:
        super().__init__("This client does not exist.")


class ContactOfStaff(Conflict):
    code = "contact_of_staff"

    def __init__(self, field: str, whose: str) -> None:
        """`whose` is the kind of record: "a staff member"."""
        super().__init__(f"This {_CONTACT[field]} belongs to {whose} of the studio, not to a client.", field=field)


class ContactNotTaken(Conflict):
    """What a visitor hears instead: whose contact it is, is not for whoever types it."""

    code = "contact_not_taken"

    def __init__(self, field: str) -> None:
        super().__init__(f"We cannot take this {_CONTACT[field]} online. Use another one, or call us.", field=field)


class ClientExists(Conflict):
    """Offers the client who has the contact, instead of a duplicate."""

    code = "client_exists"

    def __init__(self, field: str, client_id: int, name: str) -> None:
        super().__init__(
            f"This {_CONTACT[field]} belongs to {name}. Take that client instead of a second one.",
            field=field,
            details={"client": {"id": client_id, "name": name}},
        )
        self.client_id = client_id


class ArtistExists(Conflict):
    code = "artist_exists"

    def __init__(self, name: str) -> None:
        super().__init__(f"This client has an artist called {name} already.", field="name")


class ClientAnonymised(Conflict):
    code = "client_anonymised"

    def __init__(self) -> None:
        super().__init__("This client is anonymised and stays as it is.")


class OpenBookings(Conflict):
    code = "open_bookings"

    def __init__(self, numbers: Sequence[str]) -> None:
        super().__init__(
            f"This client has sessions to come: {', '.join(numbers)}. Cancel or finish them first.",
            details={"bookings": list(numbers)},
        )


_CONTACT = {"email": "e-mail address", "phone": "phone number"}
