"""Going from screen to screen."""

from typing import Any

import reflex as rx

from services import bookings, clients
from services.core.checking import together
from services.core.errors import DomainError, Invalid
from studio_app.gate import public
from studio_app.state.bookings.wizard import flow
from studio_app.state.bookings.wizard.answers import Answers, new_client
from studio_app.state.bookings.wizard.base import Wizard, counted, to_the_top


class Moves(Wizard, mixin=True):
    @rx.event
    @public
    @counted
    async def go_on(self, form: dict[str, Any]) -> Any:
        """Enter, or the button: takes what is typed and opens the next screen."""
        self._take(form)
        told, is_public = self._told(), self._is_public()
        needed = flow.missing(told, self.screen, is_signed=self._is_signed(), is_public=is_public)
        refused: list[DomainError] = [Invalid(sentence, field=field) for field, sentence in needed]
        try:
            await self._check(told)
        except Invalid as refusal:
            found = (refusal, *refusal.others)
            refused += [one for one in found if flow.screen_of(one.field or "") in (self.screen, "")]
        if refused:
            raise together(refused)
        await self._show(flow.after(self.screen, self._told()))
        return to_the_top()

    @rx.event
    @public
    @counted
    async def go_back(self) -> Any:
        await self._show(flow.before(self.screen, self._told()))
        return to_the_top()

    @rx.event
    @public
    @counted
    async def go_to(self, screen: str) -> Any:
        """To any screen whose earlier ones are answered; else to the first that is not."""
        if screen not in flow.SCREENS:
            return None
        last = flow.furthest(self._told(), is_signed=self._is_signed(), is_public=self._is_public())
        await self._show(min(screen, last, key=flow.SCREENS.index))
        return to_the_top()

    @rx.event
    @public
    async def typed(self, name: str, text: str) -> None:
        """While typing, so that a reload loses nothing."""
        if self._take({name: text}):
            await self._refresh()

    @rx.event
    @public
    @counted
    async def start_over(self) -> Any:
        if self.draft_token:
            await self._call(bookings.discard_draft, self.draft_token)
        self._forget()
        await self._open(Answers(), self._origin)
        return to_the_top()

    async def _check(self, told: Answers) -> None:
        """What the services refuse of this screen's fields: a later screen is not filled in yet."""
        if self.screen == flow.CLIENT and not told.client_id:
            await self._call(clients.check_contact, new_client(told, is_public=self._is_public()))
        elif self.screen in (flow.EXTRAS, flow.PAYMENT) or (self.screen == flow.AGREEMENT and self._is_signed()):
            await self._call(bookings.check_new, self._wish())
