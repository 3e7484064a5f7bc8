from collections.abc import AsyncIterator
from typing import Any

import reflex as rx

from services import catalog
from services.core import clock, zone_rules
from services.core.access import Permission
from services.core.studio import Studio, StudioChange
from studio_app.gate import requires
from studio_app.state.base import Loading
from studio_app.state.editor import EditorState
from studio_app.state.form import Form, form_texts


class StudioState(Loading, EditorState):
    info: dict[str, str] = {}
    terms_version: int = 0
    zone_trouble: str = ""
    """How the database's rules for the studio's zone differ from those we reckon by."""

    @rx.event
    @requires(Permission.MANAGE_CATALOG)
    async def load(self) -> None:
        self._arrive()
        self._show(await self._call(catalog.get_studio))
        await self._compare_zone_rules()
        self.is_loading = False

    @rx.event
    @requires(Permission.MANAGE_CATALOG)
    async def save(self, sent: dict[str, Any]) -> AsyncIterator[Any]:
        version = self.terms_version
        with self._saving():
            yield
            self._show(await self._call(catalog.update_studio, Form.whole(sent).read(StudioChange)))
            await self._compare_zone_rules()
        news = f" The terms are now version {self.terms_version}." if self.terms_version != version else ""
        yield rx.toast.success(f"Studio saved.{news}")

    async def _compare_zone_rules(self) -> None:
        differ = await self._call(lambda session, _: zone_rules.studio_difference(session, clock.now()))
        self.zone_trouble = differ.message if differ else ""

    def _show(self, studio: Studio) -> None:
        self.info = form_texts(StudioChange, studio)
        self.terms_version = studio.terms_version
