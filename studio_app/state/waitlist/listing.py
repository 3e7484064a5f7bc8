from collections.abc import AsyncIterator
from typing import Any
from urllib.parse import urlencode

import reflex as rx

from services import catalog, waitlist
from services.core.access import Permission
from services.core.paging import PageRequest
from services.waitlist import WishFilters, WishStatus
from studio_app import routes
from studio_app.gate import requires
from studio_app.live import follow
from studio_app.state.base import Loading
from studio_app.state.editor import EditorState, by_id
from studio_app.state.form import page_number
from studio_app.state.waitlist.presenter import WishLine, wish_line

P = Permission
NAMES = ("q", "status", "room")
OPEN, ALL = "", "ALL"
_OPEN = (WishStatus.WAITING, WishStatus.OFFERED)


class WaitlistState(Loading, EditorState):
    asked: dict[str, str] = dict.fromkeys(NAMES, "")
    """The filters as the address has them."""
    rows: list[WishLine] = []
    csv: str = routes.API_WAITLIST_CSV
    total: int = 0
    page: int = 1
    page_size: int = 25
    order: str = "created_at"
    is_narrowed: bool = False
    rooms: list[tuple[str, str]] = []

    @rx.event
    @requires(P.MANAGE_CLIENTS)
    async def load(self) -> AsyncIterator[Any]:
        self._arrive()
        yield
        query = self.router.url.query_parameters
        was, self.asked = self.asked, {name: str(query.get(name, ""))[:100] for name in NAMES}
        self.visit += was != self.asked
        self.order = query.get("sort", "created_at")
        self.rooms = [(str(room.id), room.name) for room in await self._call(catalog.list_rooms)]
        yield await self._show(page_number(query.get("page", "")))

    @rx.event(background=True)
    @requires(P.MANAGE_CLIENTS)
    async def watch(self) -> None:
        await follow(self, ("waitlist",), WaitlistState._again)

    @rx.event(supersedes=True)
    @requires(P.MANAGE_CLIENTS)
    async def narrow(self, name: str, value: str) -> Any:
        if name in NAMES:
            self.asked = {**self.asked, name: value[:100]}
        return await self._show()

    @rx.event
    @requires(P.MANAGE_CLIENTS)
    async def clear(self) -> Any:
        self.asked = dict.fromkeys(NAMES, "")
        self.visit += 1
        return await self._show()

    @rx.event
    @requires(P.MANAGE_CLIENTS)
    async def sort_by(self, order: str) -> Any:
        self.order = order
        return await self._show()

    @rx.event
    @requires(P.MANAGE_CLIENTS)
    async def go_to(self, page: int) -> Any:
        return await self._show(page)

    @rx.event
    @requires(P.MANAGE_CLIENTS)
    async def ask_to_withdraw(self, wish_id: int) -> None:
        row = by_id(self.rows, wish_id)
        self._open("withdraw", wish_id, {"client": row.client, "offer": row.offer.when if row.is_offered else ""})

    @rx.event
    @requires(P.MANAGE_CLIENTS)
    async def withdraw(self) -> Any:
        wish = await self._call(waitlist.withdraw, self.record_id)
        self._close()
        await self._again()
        return rx.toast.success(f"{wish.client.name} is off the waitlist")

    @rx.event
    @requires(P.MANAGE_CLIENTS)
    async def accept(self, wish_id: int, offer_id: int) -> Any:
        """`offer_id`: as it was seen."""
        wish = await self._call(waitlist.accept, wish_id, offer_id)
        number = wish.offer.number if wish.offer else ""
        return [rx.redirect(routes.booking(number)), rx.toast.success(f"{number} is {wish.client.name}'s")]

    @rx.event
    @requires(P.MANAGE_CLIENTS)
    async def decline(self, wish_id: int, offer_id: int) -> Any:
        """The client stays on the list; the next in line gets the time."""
        wish = await self._call(waitlist.decline, wish_id, offer_id)
        await self._again()
        return rx.toast.success(f"Declined for {wish.client.name}, who stays on the list")

    async def _again(self) -> None:
        await self._fetch(self.page)

    async def _show(self, page: int = 1) -> Any:
        """Reads the list, and lets the address say what it shows."""
        await self._fetch(page)
        sort = "" if self.order == "created_at" else self.order
        return self._show_in_url(**self.asked, sort=sort, page=str(self.page) if self.page > 1 else "")

    async def _fetch(self, page: int) -> None:
        request, filters = PageRequest(max(page, 1), self.page_size, self.order[:40]), _filters(self.asked)
        found, studio = await self._read(waitlist.list_wishes, request, filters)
        self.csv = f"{routes.API_WAITLIST_CSV}?{urlencode(_query(filters, self.order))}"
        self.rows = [wish_line(wish, studio) for wish in found.data]
        self.total, self.page = found.total, found.page
        self.is_narrowed = any(self.asked.values())
        self.is_loading = False


def _filters(asked: dict[str, str]) -> WishFilters:
    status, room = asked["status"], asked["room"]
    known = (WishStatus(status),) if status in WishStatus.__members__ else _OPEN
    return WishFilters(
        q=asked["q"],
        statuses=() if status == ALL else known,
        room_id=int(room) if room.isascii() and room.isdigit() and len(room) < 10 else None,
    )


def _query(filters: WishFilters, sort: str) -> dict[str, str]:
    """Of the same list over the API."""
    query = {"q": filters.q, "status": ",".join(filters.statuses), "room": str(filters.room_id or ""), "sort": sort}
    return {name: value for name, value in query.items() if value}
