from dataclasses import dataclass
from typing import Any

import reflex as rx

from services import bookings, catalog, clients
from services.bookings import BookingFilters, BookingRow
from services.core import clock
from services.core.access import Actor, Permission
from services.core.paging import Page, PageRequest
from services.core.studio import Studio, studio_info
from studio_app import routes
from studio_app.gate import requires
from studio_app.state.base import Loading
from studio_app.state.bookings.filters import (
    ALL,
    FOLDED,
    NAMES,
    asked_in,
    filters_of,
    in_days,
    narrowed,
    query_of,
    usual_order,
    with_status,
)
from studio_app.state.editor import EditorState
from studio_app.state.form import page_number
from studio_app.state.presenter import SessionRow, session_row

P = Permission
_READERS = (P.VIEW_OWN_SESSIONS, P.VIEW_PAYMENTS)

Choices = list[tuple[str, str]]


@dataclass(frozen=True)
class Listed:
    found: Page[BookingRow]
    studio: Studio
    rooms: Choices
    engineers: Choices
    services: Choices
    client: str


class BookingsState(Loading, EditorState):
    asked: dict[str, str] = asked_in({})
    """The filters as the address has them."""
    rows: list[SessionRow] = []
    total: int = 0
    page: int = 1
    page_size: int = 25
    order: str = usual_order(asked_in({}))
    statuses: list[str] = []
    """Of the filters, the chosen statuses."""
    asks_more: bool = False
    """Whether one of the filters that are folded away is in use."""
    is_narrowed: bool = True
    """As the list opens: on what lies ahead."""
    opened: int = 0
    """Grows when the fields are to start anew from `asked`."""
    csv: str = routes.API_BOOKINGS_CSV
    client: str = ""
    """Whose bookings these are, when narrowed to one client."""
    rooms: Choices = []
    engineers: Choices = []
    services: Choices = []

    @rx.event
    @requires(*_READERS)
    async def load(self) -> None:
        query = self.router.url.query_parameters
        was, self.asked = self.asked, asked_in(query)
        self.order = query.get("sort", "") or usual_order(self.asked)
        self.asks_more = any(self.asked[name] for name in FOLDED)
        self.opened += was != self.asked
        await self._show(page_number(query.get("page", "")))

    @rx.event(supersedes=True)
    @requires(*_READERS)
    async def narrow(self, name: str, value: str) -> Any:
        if name in NAMES:
            self._ask(narrowed(self.asked, name, value))
        return await self._show()

    @rx.event
    @requires(*_READERS)
    async def toggle_status(self, status: str) -> Any:
        self._ask(narrowed(self.asked, "status", with_status(self.asked, status)))
        return await self._show()

    @rx.event
    @requires(*_READERS)
    async def clear(self) -> Any:
        self._ask({**asked_in({}), "when": ALL})
        return await self._show()

    @rx.event
    @requires(*_READERS)
    async def sort_by(self, order: str) -> Any:
        self.order = order
        return await self._show()

    @rx.event
    @requires(*_READERS)
    async def go_to(self, page: int) -> Any:
        return await self._show(page)

    def _ask(self, asked: dict[str, str]) -> None:
        """Another stretch of time is read from its own end, and its days' fields start anew."""
        if asked["when"] != self.asked["when"]:
            self.order = usual_order(asked)
        self.opened += (asked["first_day"], asked["last_day"]) == ("", "") and asked["q"] == ""
        self.asked = asked

    async def _show(self, page: int = 1) -> Any:
        """Reads the list, and lets the address say what it shows."""
        now = in_days(self.asked, clock.business_date(clock.now(), (await self._studio()).zone))
        filters = filters_of(now)
        listed = await self._call(_look, PageRequest(max(page, 1), self.page_size, self.order[:20]), filters)
        self.rows = [session_row(row, listed.studio) for row in listed.found.data]
        self.total, self.page = listed.found.total, listed.found.page
        self.rooms, self.engineers, self.services = listed.rooms, listed.engineers, listed.services
        self.client, self.is_narrowed = listed.client, filters != BookingFilters()
        self.statuses = list(filters.statuses)
        sort = "" if self.order == usual_order(self.asked) else self.order
        self.csv = f"{routes.API_BOOKINGS_CSV}?{query_of(now, sort=self.order)}"
        self.is_loading = False
        return self._show_in_url(**self.asked, sort=sort, page=str(self.page) if self.page > 1 else "")


def _look(session: Any, actor: Actor, page: PageRequest, filters: BookingFilters) -> Listed:
    client = clients.get_client(session, actor, filters.client_id, deleted=True) if filters.client_id else None
    return Listed(
        found=bookings.list_bookings(session, actor, page, filters),
        studio=studio_info(session),
        rooms=[(str(room.id), room.name) for room in catalog.list_rooms(session, actor, include_retired=True)],
        engineers=[(str(one.id), one.name) for one in catalog.list_engineers(session, actor, include_retired=True)],
        services=[(one.code, one.name) for one in catalog.list_services(session, actor, include_retired=True)],
        client=client.name if client else "",
    )
