"""What a room, an engineer and a performer share on their own page: saving, leaving the house, coming back."""

from collections.abc import AsyncIterator, Callable
from typing import Any, NamedTuple

import reflex as rx

from services import catalog, identity
from services.catalog import ResourceKind
from services.core.access import Permission
from studio_app.gate import requires
from studio_app.state.base import Loading
from studio_app.state.form import Form

P = Permission


class Commands(NamedTuple):
    details: type[Any]
    """What the form holds."""
    update: Callable[..., Any]
    retire: Callable[..., Any]
    restore: Callable[..., Any]


class ResourceEditor(Loading, mixin=True):
    resource_id: int = 0
    name: str = ""
    details: dict[str, str] = {}
    is_retired: bool = False

    def _commands(self) -> Commands:
        raise NotImplementedError

    async def _fetch(self) -> None:
        raise NotImplementedError

    async def _visit(self, resource_id: int) -> None:
        self._arrive()
        self.resource_id = resource_id
        await self._fetch()
        self.is_loading = False

    @rx.event
    @requires(P.MANAGE_CATALOG)
    async def save(self, sent: dict[str, Any]) -> AsyncIterator[Any]:
        commands = self._commands()
        with self._saving():
            yield
            await self._call(commands.update, self.resource_id, Form.whole(sent).read(commands.details))
            await self._fetch()
        yield rx.toast.success(f"{self.name} saved")

    @rx.event
    @requires(P.MANAGE_CATALOG)
    async def ask_to_retire(self) -> None:
        self._open("retire", self.resource_id)

    @rx.event
    @requires(P.MANAGE_CATALOG)
    async def retire(self) -> Any:
        await self._call(self._commands().retire, self.resource_id)
        self._close()
        await self._fetch()
        return rx.toast.success(f"{self.name} is retired")

    @rx.event
    @requires(P.MANAGE_CATALOG)
    async def restore(self) -> Any:
        await self._call(self._commands().restore, self.resource_id)
        await self._fetch()
        return rx.toast.success(f"{self.name} can be booked again")


class SignInEditor(rx.State, mixin=True):
    """Beside `ResourceEditor`, of somebody who may sign in."""

    user_id_linked: str = ""
    users: list[tuple[str, str]] = []
    """(id, name) of those who may sign in as this person."""

    @rx.event
    @requires(P.MANAGE_CATALOG)
    async def link_user(self, user_id: str) -> Any:
        chosen = int(user_id) if user_id.isascii() and user_id.isdigit() else None
        await self._call(catalog.link_user, self.resource_id, chosen)
        await self._fetch()
        return rx.toast.success(f"{self.name} signs in as that person" if user_id else "Not linked to a user any more")

    async def _fetch_sign_in(self, kind: ResourceKind, user_id: int | None) -> None:
        self.user_id_linked = str(user_id or "")
        users = await self._call(catalog.linkable_users, kind)
        if user_id is not None:
            linked = await self._call(identity.get_user, user_id)
            users = ((linked.id, linked.name), *users)
        self.users = [(str(id_), name) for id_, name in users]
