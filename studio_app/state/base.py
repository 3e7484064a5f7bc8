"""What every screen's state stands on: who is here, and the one way to call a service."""

import json
from collections.abc import Callable
from contextlib import aclosing
from typing import Any, TypeVar
from urllib.parse import quote

import reflex as rx
import structlog
from reflex.event import EventSpec
from reflex.istate.proxy import StateProxy

from services.core.access import Actor, Permission, anonymous, require
from services.core.errors import DomainError, NotAllowed, NotFound, NotSignedIn
from services.online import TooMany
from services.scheduling import SlotTaken
from studio_app import lanes, routes
from studio_app.api.metrics import REFUSED
from studio_app.caller import CLIENT_COOKIE, Caller, token_in
from studio_app.gate import requires
from studio_app.live import live_hub
from studio_app.refused import count_taken
from studio_app.state import navigation
from studio_app.state.form import unread
from studio_app.state.person import NOBODY, ChangedHands, empty, whose

log = structlog.get_logger()

T = TypeVar("T")

_PERSON = ("user",)
"""The topic of what happens to a person."""
_A_MINUTE = 60.0
"""So often an open page looks whether the sign-in has run out."""
_KEEP_TYPED = "window.keepTyped?.()"
"""assets/typed.js brings it back when the same person has signed in again."""
_FOCUS = "[...document.querySelectorAll('[name]')].find((one) => {}.includes(one.name))?.focus()"
"""The first on the page of the fields that are to be mended."""
_ON_ITS_WAY = 500
"""Milliseconds that a page which is being left by itself needs to be gone."""


_UNTYPED = (None, "version")
"""What no form has a place for: it is said in a toast."""


class AppState(rx.State):
    """The person in front of the screen, and what the shell shows of them."""

    user_id: int = 0
    user_name: str = ""
    user_email: str = ""
    menu: list[str] = []
    """The paths this person may open."""
    permissions: list[str] = []
    """Names of what this person may do: it hides buttons, the services decide."""
    errors: dict[str, str] = {}
    """Refusals of the last call, by field."""
    _whose: str = NOBODY
    """For whom the tab was filled."""

    @rx.event
    @requires()
    async def enter(self) -> None:
        """On load of a staff page that loads nothing else."""

    @rx.event(background=True)
    @requires()
    async def watch_person(self) -> Any:
        """On each page of staff: who signs out, is deactivated or gets other rights leaves it at once, in every tab."""
        opener = await self._actor()
        async with aclosing(live_hub.rounds(_PERSON, _A_MINUTE, of=opener.user_id)) as rounds:
            async for _ in rounds:
                if whose(await self._actor()) != whose(opener):
                    break
        return load_anew()

    def _caller(self) -> Caller:
        headers = self.router.headers
        return Caller(token_in(headers.cookie), self.router.session.client_ip, headers.user_agent)

    async def _actor(self) -> Actor:
        caller = self._caller()
        return await lanes.in_turn(caller, caller.actor)

    async def _call(self, command: Callable[..., T], *args: Any, **kwargs: Any) -> T:
        """`command(session, actor, …)` in a transaction of its own, off the event loop."""
        if self.errors and not isinstance(self, StateProxy):
            self.errors = {}
        form = unread()
        return await self._quietly(form.refusing(command) if form else command, *args, **kwargs)

    async def _quietly(self, command: Callable[..., T], *args: Any, **kwargs: Any) -> T:
        """As `_call`, where nobody asked for it: what was refused before stays said."""
        caller = self._asking(self._caller())
        try:
            return await lanes.in_turn(caller, caller.run, command, *args, **kwargs)
        except SlotTaken as refusal:
            await lanes.in_turn(caller, count_taken, refusal)
            raise

    def _asking(self, caller: Caller) -> Caller:
        """A screen that asks for much says so here, and waits in the lane for it."""
        return caller

    async def _admit(self, any_of: tuple[Permission, ...]) -> None:
        """Called by the gate before the handler."""
        actor = await self._actor()
        if not actor.is_signed_in:
            raise NotSignedIn("Please sign in first.")
        if not isinstance(self, StateProxy) and await self._changes_hands(actor) and self.is_hydrated:
            raise ChangedHands
        if any_of:
            require(actor, *any_of)
        if not isinstance(self, StateProxy):
            self._greet(actor)

    async def _recognise(self) -> bool:
        """For the middleware, before an event that shows what the tab holds without asking who is here."""
        caller = self._caller()
        return await self._changes_hands(
            await self._actor() if caller.token else anonymous(caller.ip, caller.user_agent)
        )

    async def _changes_hands(self, actor: Actor) -> bool:
        """Whether the tab was somebody else's. What it held is gone then, before anything of it is sent."""
        now = whose(actor, token_in(self.router.headers.cookie, CLIENT_COOKIE))
        is_anothers = self._whose not in (NOBODY, now)
        if is_anothers:
            await empty(self)
        self._whose = now
        return is_anothers

    def _greet(self, actor: Actor) -> None:
        permissions = sorted(permission.name for permission in actor.permissions)
        if (actor.user_id, actor.name, permissions) == (self.user_id, self.user_name, self.permissions):
            return
        self.user_id, self.user_name, self.user_email = actor.user_id or 0, actor.name, actor.email
        self.permissions, self.menu = permissions, navigation.visible_to(actor)

    async def _refused(self, refusal: DomainError) -> Any:
        """What the person sees of a refusal. Called by the gate; returns the event to send."""
        if isinstance(refusal, NotSignedIn | NotAllowed | TooMany):
            REFUSED.labels(refusal.code).inc()
            log.warning("refused", code=refusal.code, user_id=self.user_id, path=self.router.url.path)
        if isinstance(refusal, ChangedHands):
            return load_anew()
        if isinstance(refusal, NotSignedIn):
            if not self._caller().token:
                return rx.redirect(f"{routes.LOGIN}?next={quote(self._here())}")
            return [rx.call_script(_KEEP_TYPED), rx.redirect(f"{routes.LOGIN}?ended=1&next={quote(self._here())}")]
        if not self.is_hydrated and isinstance(refusal, NotAllowed | NotFound):
            return rx.redirect(routes.NOT_ALLOWED if isinstance(refusal, NotAllowed) else routes.NOT_FOUND)
        if (form := unread()) is not None:  # what refused was no service, but the reading of the form
            refusal = form.refusal(refusal)
        if refusal.field in _UNTYPED:
            return rx.toast.error(refusal.message)
        errors = {one.field: one.message for one in (refusal, *refusal.others) if one.field}
        if isinstance(self, StateProxy):
            async with self:
                self.errors = errors
        else:
            self.errors = errors
        return rx.call_script(_FOCUS.format(json.dumps(list(errors))))

    def _here(self) -> str:
        url = self.router.url
        return f"{url.path}?{url.query}" if url.query else str(url.path)


class Loading(rx.State, mixin=True):
    """A page of its own that shows skeletons until it is read; each that stands on this has its own flag."""

    is_loading: bool = True

    @rx.event
    @requires()
    async def show_skeletons(self) -> None:
        """First on load: what was read for the visit before is not taken for what is there now."""
        self.is_loading = True


def load_anew() -> EventSpec:
    """The page, as whoever the browser's cookie names by now; what was typed comes back if that is the same person."""
    return rx.call_script(f"{_KEEP_TYPED}; setTimeout(() => window.location.reload(), {_ON_ITS_WAY})")


def may(permission: str) -> rx.Var[bool]:
    """Whether to show what needs a permission; by name, so that pages need no services."""
    return AppState.permissions.contains(Permission[permission].name)


def calm_toast(exception: Exception) -> EventSpec | None:
    """Anything that is no refusal: logged in full, and said without alarm."""
    if isinstance(exception, DomainError):
        return rx.toast.error(exception.message)
    log.error("event_failed", exc_info=exception)
    return rx.toast.error("That did not work, and it is our fault. Nothing was changed; please try again.")
