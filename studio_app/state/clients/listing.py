from collections.abc import AsyncIterator
from dataclasses import dataclass
from enum import StrEnum
from typing import Any, TypeVar
from urllib.parse import urlencode

import reflex as rx

from services import clients
from services.clients import ClientExists, ClientRow, ClientSource, ClientStatus, NewClient
from services.core import phones
from services.core.access import Permission
from services.core.dates import full_day_text
from services.core.errors import DomainError
from services.core.paging import PageRequest
from services.core.studio import Studio
from studio_app import routes
from studio_app.gate import requires
from studio_app.state.base import Loading
from studio_app.state.editor import EditorState
from studio_app.state.form import Form, page_number
from studio_app.state.presenter import words

P = Permission
NAMES = ("q", "status", "source", "deleted")

Word = TypeVar("Word", bound=StrEnum)


@dataclass(frozen=True)
class ClientLine:
    href: str
    name: str
    label: str
    email: str
    phone: str
    artists: int
    sessions: int
    last_session: str
    status: str
    source: str


@dataclass(frozen=True)
class Twin:
    """The client who has the contact already."""

    name: str = ""
    href: str = ""


class ClientFormState(EditorState):
    """A form with a client's contact, which another client may have."""

    twin: Twin = Twin()

    def _close(self) -> None:
        super()._close()
        self.twin = Twin()

    async def _refused(self, refusal: DomainError) -> Any:
        self.twin = Twin()
        if isinstance(refusal, ClientExists):
            self.twin = Twin(str(refusal.details["client"]["name"]), routes.client(refusal.client_id))
        return await super()._refused(refusal)


class ClientsState(Loading, ClientFormState):
    asked: dict[str, str] = dict.fromkeys(NAMES, "")
    """The filters as the address has them."""
    rows: list[ClientLine] = []
    total: int = 0
    page: int = 1
    page_size: int = 25
    order: str = "name"
    is_narrowed: bool = False
    csv: str = routes.API_CLIENTS_CSV
    opened: int = 0
    """Grows when the fields are to start anew from `asked`."""

    @rx.event
    @requires(P.VIEW_CLIENTS)
    async def load(self) -> AsyncIterator[Any]:
        self._close()
        yield
        query = self.router.url.query_parameters
        was, self.asked = self.asked, {name: str(query.get(name, ""))[:200] for name in NAMES}
        self.order = query.get("sort", "name")
        self.opened += was != self.asked
        await self._show(page_number(query.get("page", "")))

    @rx.event(supersedes=True)
    @requires(P.VIEW_CLIENTS)
    async def narrow(self, name: str, value: str) -> Any:
        if name in NAMES:
            self.asked = {**self.asked, name: value[:200]}
        return await self._show()

    @rx.event
    @requires(P.VIEW_CLIENTS)
    async def clear(self) -> Any:
        self.asked = dict.fromkeys(NAMES, "")
        self.opened += 1
        return await self._show()

    @rx.event
    @requires(P.VIEW_CLIENTS)
    async def sort_by(self, order: str) -> Any:
        self.order = order
        return await self._show()

    @rx.event
    @requires(P.VIEW_CLIENTS)
    async def go_to(self, page: int) -> Any:
        return await self._show(page)

    @rx.event
    @requires(P.MANAGE_CLIENTS)
    async def add(self) -> None:
        self._open("client")

    @rx.event
    @requires(P.MANAGE_CLIENTS)
    async def create(self, sent: dict[str, Any]) -> AsyncIterator[Any]:
        if self.dialog != "client":
            return
        with self._saving():
            yield
            client = await self._call(clients.create_client, Form.whole(sent).read(NewClient))
        self._close()
        yield rx.redirect(routes.client(client.id))
        yield rx.toast.success(f"{client.name} added")

    async def _show(self, page: int = 1) -> Any:
        """Reads the list, and lets the address say what it shows."""
        asked = self.asked
        wanted = (asked["q"], _word(asked["status"], ClientStatus), _word(asked["source"], ClientSource))
        request = PageRequest(max(page, 1), self.page_size, self.order[:40])
        found, studio = await self._read(clients.list_clients, request, *wanted, deleted=bool(asked["deleted"]))
        self.rows = [_line(row, studio) for row in found.data]
        self.total, self.page = found.total, found.page
        self.is_narrowed = any(asked.values())
        self.csv = f"{routes.API_CLIENTS_CSV}?{urlencode({name: asked[name] for name in NAMES if asked[name]})}"
        self.is_loading = False
        sort = "" if self.order == "name" else self.order
        return self._show_in_url(**asked, sort=sort, page=str(self.page) if self.page > 1 else "")


def _word(text: str, kind: type[Word]) -> Word | None:
    return kind(text) if text in kind.__members__ else None


def _line(row: ClientRow, studio: Studio) -> ClientLine:
    return ClientLine(
        href=routes.client(row.id),
        name=row.name,
        label=row.label,
        email=row.email or "",
        phone=phones.text(row.phone, row.phone_extension),
        artists=row.artist_count,
        sessions=row.session_count,
        last_session=full_day_text(row.last_session_on, studio) if row.last_session_on else "",
        status=row.status,
        source=words(row.source),
    )
