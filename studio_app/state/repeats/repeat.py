from collections.abc import AsyncIterator
from dataclasses import replace
from typing import Any

import reflex as rx

from services import bookings, repeats
from services.core.access import Permission
from services.core.studio import Studio
from services.repeats import Occurrence, RepeatTaken
from studio_app.caller import Caller
from studio_app.gate import requires
from studio_app.state.bookings.booking import BookingState
from studio_app.state.presenter import cents_text
from studio_app.state.repeats.dates import DateShown, dates_shown, rules, starts, toggled, whole_rule

P = Permission

_FIRST = {"ends": "COUNT", "count": "8", "until": "", "own": ""}


class BookingRepeat(BookingState):
    """The same session again by a rule: every date is seen before any is booked."""

    rules: list[tuple[str, str]] = []
    asked: dict[str, str] = {}
    """The rule as its fields say it."""
    dates: list[DateShown] = []
    chosen: int = 0
    total: str = ""
    taken: str = ""
    """What somebody else took while the dates were looked at."""
    is_looking: bool = False
    _cents: dict[str, int] = {}
    _rule: str = ""

    def _asking(self, caller: Caller) -> Caller:
        return replace(caller, is_long=True)

    @rx.event
    @requires(P.BOOK_SESSIONS)
    async def open_repeat(self) -> AsyncIterator[None]:
        booking, studio = await self._read(bookings.get_booking, self.shown.number)
        self.rules = rules(booking.start, studio)
        self._open("repeat")
        async for step in self._look(_FIRST | {"rule": self.rules[0][0]}):
            yield step

    @rx.event(supersedes=True)
    @requires(P.BOOK_SESSIONS)
    async def adjust(self, name: str, value: str) -> AsyncIterator[None]:
        if self.dialog == "repeat" and name in self.asked:
            async for step in self._look(self.asked | {name: value[:200]}):
                yield step

    @rx.event
    @requires(P.BOOK_SESSIONS)
    async def toggle(self, key: str) -> None:
        self.dates = toggled(self.dates, key)
        await self._add_up(await self._studio())

    @rx.event
    @requires(P.BOOK_SESSIONS)
    async def book(self) -> AsyncIterator[Any]:
        if self.dialog != "repeat" or self.is_saving or not self.chosen:
            return
        with self._saving():
            yield
            try:
                made = await self._call(repeats.repeat, self.shown.number, self._rule, starts(self.dates))
            except RepeatTaken as refusal:
                await self._see()
                self.taken = refusal.message
                return
            await self._fetch()
        self._close()
        yield rx.toast.success(f"{len(made)} sessions booked, {made[0].number} to {made[-1].number}")

    async def _look(self, asked: dict[str, str]) -> AsyncIterator[None]:
        """What was asked stays in the fields also when it cannot be read."""
        self.asked, self.dates, self.chosen, self.total, self.taken = asked, [], 0, "", ""
        self.is_looking = True
        yield
        try:
            self._rule = whole_rule(asked)
            await self._see()
        finally:
            self.is_looking = False

    async def _see(self) -> None:
        """What was left out before stays so."""
        left_out = {one.key for one in self.dates if one.is_free and not one.is_chosen}
        found, studio = await self._read(repeats.preview, self.shown.number, self._rule)
        self.dates = dates_shown(found, left_out, studio)
        self._keep_prices(found)
        await self._add_up(studio)

    def _keep_prices(self, found: tuple[Occurrence, ...]) -> None:
        self._cents = {
            date.key: one.price_cents
            for date, one in zip(self.dates, found, strict=True)
            if one.price_cents is not None
        }

    async def _add_up(self, studio: Studio) -> None:
        chosen = [one.key for one in self.dates if one.is_chosen]
        self.chosen = len(chosen)
        self.total = cents_text(sum(self._cents.get(key, 0) for key in chosen), studio) if self._cents else ""
