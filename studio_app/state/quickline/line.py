"""The line on the calendar that books: what was understood, asked and priced as one types."""

import json
from collections.abc import AsyncIterator
from dataclasses import dataclass
from typing import Any
from uuid import uuid4

import reflex as rx
from reflex.event import EventSpec

from services import bookings, quickline
from services.core import dates as when
from services.core.access import Actor, Permission
from services.core.errors import Conflict, Invalid
from services.core.studio import Studio, studio_info
from services.quickline import Interpretation, Kind
from studio_app import routes
from studio_app.gate import requires
from studio_app.state.base import AppState
from studio_app.state.presenter import cents_text

FIELD = "quick-line"
_UNDO_MS = 10_000
# What is open is drawn a moment after the answer arrives.
_TO_THE_QUESTION = """
(function go(tries) {
  const open = document.querySelector(".quick .asked button");
  if (open) open.focus(); else if (tries) setTimeout(() => go(tries - 1), 50);
})(20)
"""


@dataclass(frozen=True)
class Chip:
    kind: str
    words: str
    """Empty where they are what they mean."""
    label: str


@dataclass(frozen=True)
class Option:
    value: str
    label: str


@dataclass(frozen=True)
class Asked:
    key: str
    message: str
    options: list[Option]


@dataclass(frozen=True)
class PriceLine:
    label: str
    amount: str


@dataclass(frozen=True)
class Offer:
    label: str
    text: str


@dataclass(frozen=True)
class Seen:
    """A receipt as it is shown."""

    time: str = ""
    chips: tuple[Chip, ...] = ()
    asked: tuple[Asked, ...] = ()
    problems: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()
    reasons: tuple[str, ...] = ()
    offers: tuple[Offer, ...] = ()
    lines: tuple[PriceLine, ...] = ()
    total: str = ""
    is_clear: bool = False
    is_bookable: bool = False


class QuickLineState(AppState):
    text: str = ""
    """The line that `seen` is about."""
    seen: Seen = Seen()
    is_booking: bool = False
    _answers: dict[str, str] = {}
    _total_cents: int | None = None
    _key: str = ""
    _booked: str = ""
    _taken_back_from: dict[str, tuple[int, str]] = {}
    """What this page has booked, and can undo: its version then, and the line."""

    @rx.event(supersedes=True)
    @requires(Permission.BOOK_SESSIONS)
    async def typed(self, text: str) -> None:
        self._booked = ""
        await self._look(text)

    @rx.event
    @requires(Permission.BOOK_SESSIONS)
    async def answer(self, key: str, value: str) -> EventSpec:
        self._answers = {**self._answers, key[:200]: value[:200]}
        await self._look(self.text)
        return rx.call_script(f"document.getElementById('{FIELD}')?.focus()")

    @rx.event
    @requires(Permission.BOOK_SESSIONS)
    async def take(self, text: str) -> EventSpec:
        """An alternative becomes the line."""
        await self._look(text)
        return _write(text)

    @rx.event
    @requires(Permission.BOOK_SESSIONS)
    async def book(self, sent: dict[str, Any]) -> AsyncIterator[Any]:
        """Only what was seen is booked; a line that is newer than its receipt is shown first."""
        text = str(sent.get(FIELD, "")).strip()
        if not text or text == self._booked:
            return
        if text != self.text or not self.seen.is_bookable:
            await self._look(text)
            if not self.seen.is_bookable:
                yield rx.call_script(_TO_THE_QUESTION)
            return
        self.is_booking = True
        yield
        try:
            booked = await self._call(quickline.book, text, self._answers, self._total_cents, self._key)
        except (Conflict, Invalid) as refusal:
            await self._look(text)
            yield rx.toast.error(refusal.message)
            return
        finally:
            self.is_booking = False
        self._clear()
        self._booked = text
        self._taken_back_from[booked.number] = (booked.version, text)
        undo = {"label": "Undo", "on_click": QuickLineState.undo(booked.number)}
        day = {
            "label": "Show its day",
            "on_click": rx.redirect(f"{routes.CALENDAR}?view=day&date={booked.business_date}"),
        }
        done = f"{booked.number} is booked for {booked.client.name}"
        yield rx.toast.success(done, action=undo, cancel=day, duration=_UNDO_MS)
        yield _write("")

    @rx.event
    @requires(Permission.BOOK_SESSIONS)
    async def undo(self, number: str) -> AsyncIterator[Any]:
        """Cancels what was booked a moment ago, unless somebody has changed it since; the line is there again."""
        if number not in self._taken_back_from:
            return
        version, text = self._taken_back_from.pop(number)
        await self._call(bookings.cancel, number, "Taken back from the quick line", version)
        self._booked = ""
        await self._look(text)
        yield rx.toast.success(f"{number} is taken back")
        yield _write(text)

    @rx.event
    @requires(Permission.BOOK_SESSIONS)
    async def clear(self) -> EventSpec:
        self._clear()
        return _write("")

    def _clear(self) -> None:
        self.text, self.seen, self._answers, self._total_cents = "", Seen(), {}, None

    async def _look(self, text: str) -> None:
        text = text.strip()
        if not text:
            self._clear()
            return
        receipt, seen = await self._call(_seen, text, self._answers)
        self.text, self.seen, self._key = text, seen, uuid4().hex
        self._total_cents = receipt.quote.total_cents if receipt.quote else None


def _write(text: str) -> EventSpec:
    """Into the field itself: what is typed lives in the browser."""
    return rx.call_script(
        f"(() => {{ const line = document.getElementById('{FIELD}');"
        f" if (line) {{ line.value = {json.dumps(text)}; line.focus(); }} }})()"
    )


def _seen(session: Any, actor: Actor, text: str, answers: dict[str, str]) -> tuple[Interpretation, Seen]:
    receipt = quickline.understand(session, actor, text, answers)
    return receipt, _shown(receipt, studio_info(session))


def _shown(receipt: Interpretation, studio: Studio) -> Seen:
    quote = receipt.quote
    return Seen(
        time=when.session_text(receipt.start, receipt.end, studio) if receipt.start and receipt.end else "",
        chips=tuple(
            Chip(part.kind, "" if part.words.casefold() == part.label.casefold() else part.words, part.label)
            for part in sorted(receipt.parts, key=lambda part: list(Kind).index(part.kind))
        ),
        asked=tuple(
            Asked(one.key, one.message, [Option(choice.value, choice.label) for choice in one.choices])
            for one in receipt.questions
        ),
        problems=receipt.problems,
        notes=receipt.notes,
        reasons=tuple(dict.fromkeys(reason.message for reason in receipt.reasons)),
        offers=tuple(Offer(one.label, one.text) for one in receipt.instead),
        lines=tuple(PriceLine(line.description, cents_text(line.amount_cents, studio)) for line in quote.lines)
        if quote
        else (),
        total=cents_text(quote.total_cents, studio) if quote else "",
        is_clear=receipt.is_clear,
        is_bookable=receipt.is_bookable,
    )
