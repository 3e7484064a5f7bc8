from collections.abc import AsyncIterator
from dataclasses import dataclass
from typing import Any

import reflex as rx

from services import catalog
from services.catalog import PerformerDetails, PerformerView
from services.core import money, phones
from services.core.access import Permission
from services.core.studio import Studio
from studio_app import routes
from studio_app.gate import requires
from studio_app.state.base import Loading
from studio_app.state.editor import EditorState
from studio_app.state.form import Form

P = Permission


@dataclass(frozen=True)
class PerformerRow:
    id: int
    href: str
    name: str
    contact: str
    skills: str
    rate: str
    has_user: bool


class PerformersState(Loading, EditorState):
    rows: list[PerformerRow] = []
    retired: list[PerformerRow] = []

    @rx.event
    @requires(P.MANAGE_CATALOG)
    async def load(self) -> None:
        self._arrive()
        await self._fetch()

    @rx.event
    @requires(P.MANAGE_CATALOG)
    async def add(self) -> None:
        self._open("performer")

    @rx.event
    @requires(P.MANAGE_CATALOG)
    async def create(self, sent: dict[str, Any]) -> AsyncIterator[Any]:
        with self._saving():
            yield
            performer = await self._call(catalog.create_performer, Form.whole(sent).read(PerformerDetails))
        self._close()
        yield rx.redirect(routes.settings_performer(performer.id))
        yield rx.toast.success(f"{performer.name} added. Choose hours and a sign-in.")

    @rx.event
    @requires(P.MANAGE_CATALOG)
    async def restore(self, performer_id: int) -> Any:
        await self._call(catalog.restore_performer, performer_id)
        await self._fetch()
        return rx.toast.success("Restored")

    async def _fetch(self) -> None:
        found, studio = await self._read(catalog.list_performers, include_retired=True)
        self.rows = [_row(one, studio) for one in found if one.deleted_at is None]
        self.retired = [_row(one, studio) for one in found if one.deleted_at is not None]
        self.is_loading = False


def _row(performer: PerformerView, studio: Studio) -> PerformerRow:
    rate = performer.default_rate_cents
    return PerformerRow(
        id=performer.id,
        href=routes.settings_performer(performer.id),
        name=performer.name,
        contact=" · ".join(filter(None, (performer.email, phones.text(performer.phone)))),
        skills=", ".join(performer.skills),
        rate="" if rate is None else f"{money.as_text(rate, studio.currency, studio.locale)} per session",
        has_user=performer.user_id is not None,
    )
