from collections.abc import AsyncIterator
from dataclasses import dataclass
from typing import Any

import reflex as rx

from services import bookings, clients
from services.bookings import BookingFilters, BookingRow, UploadView
from services.clients import ClientChange, ClientView
from services.core.access import Actor, Permission
from services.core.paging import Page, PageRequest
from services.core.studio import Studio, studio_info
from studio_app.gate import requires
from studio_app.state.base import Loading
from studio_app.state.clients.listing import ClientFormState
from studio_app.state.clients.presenter import ClientShown, client_shown, client_texts
from studio_app.state.form import Form, id_in_path
from studio_app.state.presenter import FileRow, SessionRow, cents_text, file_row, session_row

P = Permission

_SESSIONS = 10


@dataclass(frozen=True)
class Whole:
    client: ClientView
    studio: Studio
    sessions: Page[BookingRow]
    balance_cents: int | None
    files: tuple[UploadView, ...]


class ClientState(Loading, ClientFormState):
    """One client. Artists, addresses and privacy are in the states that stand on this one."""

    shown: ClientShown = ClientShown()
    sessions: list[SessionRow] = []
    session_count: int = 0
    balance: str = ""
    is_owed: bool = False
    files: list[FileRow] = []

    @rx.event
    @requires(P.VIEW_CLIENTS)
    async def load(self) -> AsyncIterator[Any]:
        self._close()
        yield
        await self._fetch(id_in_path(self.client_id))
        self.is_loading = False

    @rx.event
    @requires(P.MANAGE_CLIENTS)
    async def edit(self) -> None:
        client, _ = await self._read(clients.get_client, self.shown.id)
        self._open("client", client.id, client_texts(client))

    @rx.event
    @requires(P.MANAGE_CLIENTS)
    async def save(self, sent: dict[str, Any]) -> AsyncIterator[Any]:
        change = Form.whole(sent).read(ClientChange)
        with self._saving():
            yield
            await self._call(clients.update_client, self.shown.id, change)
            await self._fetch()
        self._close()
        yield rx.toast.success(f"{self.shown.name} saved")

    @rx.event
    @requires(P.MANAGE_CLIENTS)
    async def ask_delete(self) -> None:
        self._open("delete")

    @rx.event
    @requires(P.MANAGE_CLIENTS)
    async def delete(self) -> AsyncIterator[Any]:
        with self._saving():
            yield
            await self._call(clients.delete_client, self.shown.id)
            await self._fetch()
        self._close()
        undo = {"label": "Undo", "on_click": ClientState.restore}
        yield rx.toast.success(f"{self.shown.name} deleted", action=undo)

    @rx.event
    @requires(P.MANAGE_CLIENTS)
    async def restore(self) -> Any:
        await self._call(clients.restore_client, self.shown.id)
        await self._fetch()
        return rx.toast.success(f"{self.shown.name} is back")

    @rx.event
    @requires(P.ANONYMISE_CLIENTS)
    async def ask_anonymise(self) -> None:
        self._open("anonymise")

    @rx.event
    @requires(P.ANONYMISE_CLIENTS)
    async def anonymise(self) -> AsyncIterator[Any]:
        if self.dialog != "anonymise":
            return
        with self._saving():
            yield
            await self._call(clients.anonymise_client, self.shown.id)
            await self._fetch()
        self._close()
        yield rx.toast.success(f"Anonymised. It is {self.shown.name} now.")

    async def _fetch(self, wanted: int | None = None) -> None:
        whole = await self._call(_whole, self.shown.id if wanted is None else wanted)
        self.shown = client_shown(whole.client, whole.studio)
        self.sessions = [session_row(row, whole.studio) for row in whole.sessions.data]
        self.session_count = whole.sessions.total
        self.balance, self.is_owed = cents_text(whole.balance_cents, whole.studio), (whole.balance_cents or 0) > 0
        self.files = [file_row(file, whole.studio) for file in whole.files]


def _whole(session: Any, actor: Actor, client_id: int) -> Whole:
    """All of the page in one transaction; what the person may not see is left out."""
    sees_money = actor.can(P.VIEW_CLIENT_MONEY)
    return Whole(
        client=clients.get_client(session, actor, client_id, deleted=True),
        studio=studio_info(session),
        sessions=bookings.list_bookings(
            session, actor, PageRequest(page_size=_SESSIONS), BookingFilters(client_id=client_id)
        ),
        balance_cents=bookings.client_balance(session, actor, client_id) if sees_money else None,
        files=bookings.client_files(session, actor, client_id),
    )
