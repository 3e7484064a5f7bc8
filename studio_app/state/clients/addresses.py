from collections.abc import AsyncIterator
from typing import Any

import reflex as rx

from services import clients
from services.clients import NewAddress
from services.core.access import Permission
from studio_app.gate import requires
from studio_app.state.clients.client import ClientState
from studio_app.state.editor import by_id
from studio_app.state.form import Form, form_texts

P = Permission


class ClientAddresses(ClientState):
    leaving: str = ""
    """The address that is to be removed."""

    @rx.event
    @requires(P.MANAGE_CLIENTS)
    async def add_address(self) -> None:
        self._open("address")

    @rx.event
    @requires(P.MANAGE_CLIENTS)
    async def edit_address(self, address_id: int) -> None:
        client = await self._call(clients.get_client, self.shown.id)
        self._open("address", address_id, form_texts(NewAddress, by_id(client.addresses, address_id)))

    @rx.event
    @requires(P.MANAGE_CLIENTS)
    async def save_address(self, sent: dict[str, Any]) -> AsyncIterator[Any]:
        if self.dialog != "address":
            return
        address = Form.whole(sent).read(NewAddress)
        with self._saving():
            yield
            if self.record_id:
                await self._call(clients.update_address, self.record_id, address)
            else:
                await self._call(clients.add_address, self.shown.id, address)
            await self._fetch()
        self._close()
        yield rx.toast.success("Address saved")

    @rx.event
    @requires(P.MANAGE_CLIENTS)
    async def set_default_address(self, address_id: int) -> Any:
        await self._call(clients.set_default, address_id)
        await self._fetch()
        return rx.toast.success("That is the address for sessions on location now")

    @rx.event
    @requires(P.MANAGE_CLIENTS)
    async def ask_remove_address(self, address_id: int) -> None:
        self.leaving = by_id(self.shown.addresses, address_id).lines
        self._open("remove_address", address_id)

    @rx.event
    @requires(P.MANAGE_CLIENTS)
    async def remove_address(self) -> AsyncIterator[Any]:
        if self.dialog != "remove_address":
            return
        with self._saving():
            yield
            await self._call(clients.remove_address, self.record_id)
            await self._fetch()
        self._close()
        yield rx.toast.success("Address removed")
