"""What both wizards stand on: the answers, their draft, and what the screen shows of them."""

import functools
import inspect
import secrets
from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Any

import reflex as rx

from services import bookings
from services.bookings import NewBooking, PriceChanged
from services.clients import ClientExists
from services.core.errors import DomainError
from services.core.fields import clean
from services.core.idempotency import KeyReused
from services.scheduling import SlotTaken
from studio_app.state.bookings.wizard import flow
from studio_app.state.bookings.wizard.answers import RATE, TYPED, Answers, authorization_of, from_draft, to_booking
from studio_app.state.bookings.wizard.look import Asked, look
from studio_app.state.bookings.wizard.rest import read_house
from studio_app.state.bookings.wizard.shown import (
    Days,
    Engineers,
    Extras,
    House,
    Place,
    Price,
    Review,
    ServiceCard,
    Trouble,
)
from studio_app.state.bookings.wizard.trouble import trouble_of
from studio_app.state.form import Form

_VIEWS = ("days", "services", "place", "engineers", "extras", "review")
_LONGEST = 10_000
_COUNTED = "_counted"


def counted(handler: Callable[..., Any]) -> Callable[..., Any]:
    """A handler of what is pressed: its end, a refusal too, takes back what the browser drew ahead of it."""
    if inspect.isasyncgenfunction(handler):

        @functools.wraps(handler)
        async def steps(self: Any, *args: Any, **kwargs: Any) -> Any:
            try:
                async for event in handler(self, *args, **kwargs):
                    yield event
            finally:
                self.answered += 1

        answering: Callable[..., Any] = steps
    else:

        @functools.wraps(handler)
        async def answering(self: Any, *args: Any, **kwargs: Any) -> Any:
            try:
                return await handler(self, *args, **kwargs)
            finally:
                self.answered += 1

    setattr(answering, _COUNTED, True)
    return answering


def is_counted(handler: Callable[..., Any]) -> bool:
    return getattr(handler, _COUNTED, False)


class Wizard(rx.State, mixin=True):
    answers: Answers = Answers()
    signature: str = ""
    """The drawn one, as a data URL."""
    screen: str = flow.CLIENT
    steps: list[flow.Step] = []
    answered: int = 0
    """How many presses have been."""
    is_ready: bool = False
    is_busy: bool = False
    is_signed: bool = False
    trouble: Trouble = Trouble()
    booked: str = ""
    """Where the booking is, once it is one."""
    house: House = House()
    price: Price = Price()
    days: Days = Days()
    services: list[ServiceCard] = []
    place: Place = Place()
    engineers: Engineers = Engineers()
    extras: Extras = Extras()
    review: Review = Review()
    _origin: str = ""

    def _is_public(self) -> bool:
        raise NotImplementedError

    def _told(self) -> Answers:
        return self.get_value("answers")

    def _is_signed(self) -> bool:
        return authorization_of(self._told(), self.signature) is not None

    async def _open(self, answers: Answers, origin: str = "") -> None:
        """On load: the draft if it was begun at the same address, else these answers."""
        if self.booked:
            self._forget()
        self.house = await self._call(read_house)
        draft = await self._call(bookings.load_draft, self.draft_token or None) or {}
        is_mine = bool(draft) and draft["origin"] == origin
        self._origin = origin
        self.draft_token = self.draft_token if is_mine else ""
        self.signature = draft["signature"] if is_mine else ""
        self.answers = from_draft(draft["answers"]) if is_mine else answers
        try:
            await self._show(draft["screen"] if is_mine else flow.CLIENT)
        except DomainError:  # something chosen is no longer on sale
            self.answers = replace(self._told(), service="", room_ids=(), start="", engineer_id=0, mics={})
            await self._show(flow.CLIENT)
        self.is_ready = True

    def _forget(self) -> None:
        self.answers, self.signature, self.draft_token, self.booked = Answers(), "", "", ""
        self.screen, self.trouble, self.is_ready = flow.CLIENT, Trouble(), False

    async def _answer(self, **changes: Any) -> None:
        """Takes the changes; refused ones are as if they had never been."""
        before = self._told()
        self.answers = replace(before, **changes)
        self.trouble = Trouble()
        try:
            await self._refresh()
        except DomainError:
            self.answers = before
            raise

    async def _show(self, screen: str) -> None:
        self.screen, self.trouble = screen, Trouble()
        if screen == flow.DAY:
            self.days = Days()  # those of the day chosen, wherever one had looked before
        if screen == flow.REVIEW and not self._told().key:
            self.answers = replace(self._told(), key=secrets.token_urlsafe(18))
        await self._refresh()

    async def _refresh(self) -> None:
        """Keeps the draft, and reads what the screen shows."""
        seen = await self._call(look, self._asked())
        self.answers, self.draft_token, self.price = seen.answers, seen.draft_token, seen.price
        for name in _VIEWS:
            if (view := getattr(seen, name)) is not None:
                setattr(self, name, view)
        self.is_signed = self._is_signed()
        self.steps = flow.progress(self.screen, seen.answers, is_signed=self.is_signed, is_public=self._is_public())

    def _wish(self) -> NewBooking:
        """What cannot be read of it is refused at the next call of a service."""
        read = to_booking(self._told(), signature=self.signature, is_public=self._is_public(), read=Form.whole)
        return replace(
            read,
            expected_total_cents=self.price.total_cents if self.price.is_known else None,
            draft_token=self.draft_token or None,
        )

    def _asked(self) -> Asked:
        return Asked(
            answers=self._told(),
            screen=self.screen,
            days=self.days.key,
            signature=self.signature,
            is_signed=self._is_signed(),
            draft_token=self.draft_token,
            origin=self._origin,
            is_public=self._is_public(),
        )

    def _take(self, form: Mapping[str, Any]) -> bool:
        """The texts of a form; whether any is new. Fields that are not on the screen come as None."""
        given = {name: clean(str(text)[:_LONGEST]) for name, text in form.items() if text is not None}
        texts = {TYPED[name]: text for name, text in given.items() if name in TYPED}
        rates = {name.removeprefix(RATE): text[:20] for name, text in given.items() if name.startswith(RATE)}
        before = self._told()
        told = replace(before, **texts, rates={**before.rates, **rates})
        if told == before:
            return False
        self.answers = told
        return True

    async def _refused(self, refusal: DomainError) -> Any:
        """Goes to the screen of the field; what took the time, or who the client is, is told with a way on."""
        self.is_busy = False
        if isinstance(refusal, SlotTaken):
            return await self._say_taken(refusal)
        if isinstance(refusal, PriceChanged):
            await self._refresh()
            return rx.toast.warning(refusal.message)
        if isinstance(refusal, KeyReused):
            return rx.toast.error("This booking was sent before, with other answers. Check your e-mail, or reload.")
        screen = flow.screen_of(refusal.field or "")
        if screen and screen != self.screen and self.is_ready:
            await self._show(screen)
        if isinstance(refusal, ClientExists) and not self._is_public():
            client = refusal.details["client"]
            self.trouble = Trouble(
                title="This client is known already", client_id=refusal.client_id, client_name=client["name"]
            )
        return await super()._refused(refusal)

    async def _say_taken(self, refusal: SlotTaken) -> Any:
        title = "That time has just been taken"
        await self._show(flow.PLACE)
        self.trouble = await self._call(trouble_of, self._told(), refusal.answer, title, is_public=self._is_public())
        return to_the_trouble()


def to_the_top() -> rx.event.EventSpec:
    """A new screen is read from its top; the keyboard begins at what is chosen, else at the first choice."""
    return rx.call_script(
        "window.scrollTo(0,0);setTimeout(()=>(document.querySelector('[data-first=now]:not(:disabled)')"
        "||document.querySelector('[data-first]:not(:disabled)')||document.querySelector('h1'))"
        "?.focus({preventScroll:true}),80)"
    )


def to_the_times() -> rx.event.EventSpec:
    """The keyboard begins at the first start that is free."""
    return rx.call_script(
        "setTimeout(()=>{const start=document.querySelector('.slot:not(.x)')||document.querySelector('h1');"
        "start?.scrollIntoView({block:'center'});start?.focus({preventScroll:true})},80)"
    )


def to_the_trouble() -> rx.event.EventSpec:
    return rx.call_script("setTimeout(()=>document.querySelector('#trouble')?.focus(),60)")
