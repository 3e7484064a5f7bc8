"""A new wish, noted by staff: who, what, and when it would suit."""

from collections.abc import AsyncIterator
from typing import Any

import reflex as rx

from services import catalog, clients, waitlist
from services.core.access import Actor, Permission
from services.waitlist import NewWish
from studio_app.gate import requires
from studio_app.state.bookings.wizard.people import find_clients
from studio_app.state.bookings.wizard.shown import FoundClient
from studio_app.state.form import Form
from studio_app.state.waitlist.listing import WaitlistState

P = Permission


class WishForm(WaitlistState):
    services: list[tuple[str, str]] = []
    engineers: list[tuple[str, str]] = []
    found: list[FoundClient] = []
    client_id: int = 0
    client_name: str = ""

    @rx.event
    @requires(P.MANAGE_CLIENTS)
    async def add(self) -> AsyncIterator[Any]:
        self._open("wish")
        self.client_id, self.client_name = 0, ""
        yield
        self.found = await self._call(find_clients, "")
        self.services, self.engineers = await self._call(_offered)

    @rx.event(supersedes=True)
    @requires(P.MANAGE_CLIENTS)
    async def search(self, text: str) -> None:
        self.found = await self._call(find_clients, text)

    @rx.event
    @requires(P.MANAGE_CLIENTS)
    async def take(self, client_id: int) -> None:
        """Also whom a search under way has just taken off the list. 0: another one."""
        name = (await self._call(clients.get_client, client_id)).name if client_id else ""
        self.client_id, self.client_name = client_id, name

    @rx.event
    @requires(P.MANAGE_CLIENTS)
    async def save(self, sent: dict[str, Any]) -> AsyncIterator[Any]:
        with self._saving():
            yield
            wish = await self._call(waitlist.wish, _new(Form.whole(sent), self.client_id))
            await self._again()
        self._close()
        yield rx.toast.success(f"{wish.client.name} is on the waitlist")


def _offered(session: Any, actor: Actor) -> tuple[list[tuple[str, str]], list[tuple[str, str]]]:
    services = catalog.services_on_sale(session, catalog.ServiceMode.IN_PERSON)
    engineers = [(str(one.id), one.name) for one in catalog.public_engineers(session, actor)]
    return [(one.code, one.name) for one in services], engineers


def _new(form: Form, client_id: int) -> NewWish:
    if not client_id:
        form.refuse("client", "Choose a client.")
    first = form.day("first_day")
    return NewWish(
        service=form.text("service"),
        first_day=first,
        last_day=form.maybe_day("last_day") or first,
        client_id=client_id or None,
        artist=form.text("artist"),
        minutes=form.maybe_number("minutes"),
        room_ids=form.chosen_numbers("wish-room-"),
        engineer_id=form.maybe_number("engineer_id"),
        not_before=form.maybe_clock_time("not_before"),
        not_after=form.maybe_clock_time("not_after"),
        notes=form.text("notes"),
    )
