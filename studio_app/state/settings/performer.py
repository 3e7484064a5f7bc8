from collections.abc import AsyncIterator
from typing import Any

import reflex as rx

from services import catalog, identity, money
from services.access import Permission
from studio_app.gate import requires
from studio_app.state.editor import EditorState
from studio_app.state.form import Form, id_in_path
from studio_app.state.settings.performers import performer_details

P = Permission


class PerformerState(EditorState):
    performer_id: int = 0
    name: str = ""
    details: dict[str, str] = {}
    is_retired: bool = False
    user_id_linked: str = ""
    users: list[tuple[str, str]] = []
    """(id, name) of those who may sign in as this performer."""

    @rx.event
    @requires(P.MANAGE_CATALOG)
    async def load(self) -> None:
        self._arrive()
        self.performer_id = id_in_path(self.settings_performer)
        await self._fetch()
        self.is_loading = False

    @rx.event
    @requires(P.MANAGE_CATALOG)
    async def save(self, sent: dict[str, Any]) -> AsyncIterator[Any]:
        with self._saving():
            yield
            await self._call(catalog.update_performer, self.performer_id, performer_details(Form(sent)))
            await self._fetch()
        yield rx.toast.success(f"{self.name} saved")

    @rx.event
    @requires(P.MANAGE_CATALOG)
    async def link_user(self, user_id: str) -> Any:
        chosen = int(user_id) if user_id.isascii() and user_id.isdigit() else None
        await self._call(catalog.link_performer_user, self.performer_id, chosen)
        await self._fetch()
        return rx.toast.success(f"{self.name} signs in as that person" if user_id else "Not linked to a user any more")

    @rx.event
    @requires(P.MANAGE_CATALOG)
    async def ask_to_retire(self) -> None:
        self._open("retire", self.performer_id)

    @rx.event
    @requires(P.MANAGE_CATALOG)
    async def retire(self) -> Any:
        await self._call(catalog.retire_performer, self.performer_id)
        self._close()
        await self._fetch()
        return rx.toast.success(f"{self.name} is retired")

    @rx.event
    @requires(P.MANAGE_CATALOG)
    async def restore(self) -> Any:
        await self._call(catalog.restore_performer, self.performer_id)
        await self._fetch()
        return rx.toast.success(f"{self.name} is back")

    async def _fetch(self) -> None:
        one, _ = await self._read(catalog.get_performer, self.performer_id)
        self.name, self.is_retired = one.name, one.deleted_at is not None
        self.details = {
            "name": one.name,
            "email": one.email,
            "phone": one.phone,
            "skills": "\n".join(one.skills),
            "default_rate_cents": money.to_text(one.default_rate_cents),
            "notes": one.notes,
        }
        self.user_id_linked = str(one.user_id or "")
        users = await self._call(catalog.linkable_performer_users)
        self.users = [(str(user_id), name) for user_id, name in users]
        if one.user_id is not None:
            linked = await self._call(identity.get_user, one.user_id)
            self.users = [(str(linked.id), linked.name), *self.users]
