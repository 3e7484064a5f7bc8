"""What lists of bookings are narrowed down by."""

from typing import Annotated, Any

from pydantic import BaseModel, BeforeValidator, Field

from services.bookings import BookingFilters, BookingSource, BookingStatus, ServiceMode
from studio_app.api.bodies import Day, Line, QueryId, Word, blank_is_none


def words(given: Any) -> Any:
    """`status=PENDING,CONFIRMED` and `status=PENDING&status=CONFIRMED` are the same."""
    parts = given if isinstance(given, list) else [given]
    return [word for part in parts for word in str(part).split(",") if word]


Statuses = Annotated[list[BookingStatus], BeforeValidator(words), Field(max_length=20)]


class BookingQuery(BaseModel):
    """Days are business dates, both included."""

    q: Line = ""
    status: Statuses = []
    room: QueryId = None
    engineer: QueryId = None
    client: QueryId = None
    service: Word = ""
    mode: Annotated[ServiceMode | None, BeforeValidator(blank_is_none)] = None
    source: Annotated[BookingSource | None, BeforeValidator(blank_is_none)] = None
    first_day: Annotated[Day | None, BeforeValidator(blank_is_none)] = None
    last_day: Annotated[Day | None, BeforeValidator(blank_is_none)] = None
    unsigned: bool = False
    unpaid: bool = False
    sort: Annotated[str, Field(pattern=r"^(-?(number|start|client|status|total|balance|created))?$")] = ""

    def filters(self) -> BookingFilters:
        return BookingFilters(
            q=self.q,
            statuses=tuple(self.status),
            room_id=self.room,
            engineer_id=self.engineer,
            client_id=self.client,
            service=self.service,
            mode=self.mode,
            source=self.source,
            first_day=self.first_day,
            last_day=self.last_day,
            unsigned=self.unsigned,
            unpaid=self.unpaid,
        )


class PagedQuery(BookingQuery):
    page: Annotated[int, Field(ge=1, le=1_000_000)] = 1
    page_size: Annotated[int, Field(ge=1, le=200)] = 25
