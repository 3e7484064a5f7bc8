from typing import Any

import reflex as rx

from services import identity
from studio_app.gate import public
from studio_app.state.base import AppState


class ResetState(AppState):
    has_token: bool = False
    is_asked: bool = False
    is_done: bool = False

    @rx.event
    @public
    async def load(self) -> None:
        self.has_token = bool(self._token())
        self.is_asked = self.is_done = False
        self.errors = {}

    @rx.event
    @public
    async def ask(self, form: dict[str, Any]) -> None:
        await self._call(identity.request_reset, str(form.get("email", "")))
        self.is_asked = True

    @rx.event
    @public
    async def choose(self, form: dict[str, Any]) -> None:
        await self._call(identity.reset_password, self._token(), str(form.get("password", "")))
        self.is_done = True

    def _token(self) -> str:
        return self.router.url.query_parameters.get("token", "")
