from collections.abc import AsyncIterator
from typing import Any

import reflex as rx

from services import online
from services.core.access import Permission
from services.online import START_STEPS, OnlineRules
from studio_app.gate import requires
from studio_app.state.base import Loading
from studio_app.state.editor import EditorState
from studio_app.state.form import Form, form_texts

STEPS = [(str(minutes), "every hour" if minutes == 60 else f"every {minutes} minutes") for minutes in START_STEPS]


class OnlineState(Loading, EditorState):
    rules: dict[str, str] = {}

    @rx.event
    @requires(Permission.MANAGE_CATALOG)
    async def load(self) -> None:
        self._arrive()
        self._show(await self._call(online.get_online_booking))
        self.is_loading = False

    @rx.event
    @requires(Permission.MANAGE_CATALOG)
    async def save(self, sent: dict[str, Any]) -> AsyncIterator[Any]:
        with self._saving():
            yield
            self._show(await self._call(online.update_online_booking, Form.whole(sent).read(OnlineRules)))
        yield rx.toast.success("Online booking saved.")

    def _show(self, rules: OnlineRules) -> None:
        self.rules = form_texts(OnlineRules, rules)
