"""What others do to an open booking, and who else is looking at it."""

from dataclasses import dataclass

import reflex as rx

from services.bookings import presence
from services.bookings.presence import Present
from services.core.access import Permission
from services.core.live import MISSED, Change
from studio_app.gate import requires
from studio_app.live import follow_changes
from studio_app.state.bookings.booking import BookingState
from studio_app.state.changes.whatif import CalendarChange

P = Permission

_BOOKING = "booking"
_TOPICS = (_BOOKING, presence.TOPIC)
_JUST_LOADED = 5.0
"""Seconds for which a change may have been missed while the page was on its way."""


@dataclass(frozen=True)
class Other:
    name: str
    is_editing: bool


class BookingLive(BookingState):
    others: list[Other] = []
    """Who else has this booking open."""

    @rx.event(background=True)
    @requires(P.VIEW_OWN_SESSIONS, P.VIEW_PAYMENTS)
    async def watch(self) -> None:
        """Ends with the page, or with the right to see it."""
        async with self:
            self.others = []
            await self._come(str(self.number)[:40])
            booking_id = self._id
        beat = presence.BEAT.total_seconds()
        try:
            await follow_changes(self, _TOPICS, BookingLive._hear, beat, since=_JUST_LOADED, of=booking_id)
        finally:
            await self._call(presence.leave, booking_id)

    @rx.event
    @requires(P.VIEW_OWN_SESSIONS, P.VIEW_PAYMENTS)
    async def beat(self) -> None:
        """A dialog opened or closed: others see at once who is editing."""
        await self._say_so()

    async def _hear(self, changes: tuple[Change, ...]) -> None:
        async with self:
            if MISSED in changes or any(one.topic == _BOOKING for one in changes) or self._is_running():
                await self._fetch()
            await self._say_so()

    async def _say_so(self) -> None:
        if self._id:
            here = await self._quietly(presence.stay, self.shown.number, is_editing=await self._is_editing())
            self.others = [_other(one) for one in here]

    async def _is_editing(self) -> bool:
        asking = (await self.get_state(CalendarChange)).asking
        return bool(self.dialog) or asking == self.shown.number

    def _is_running(self) -> bool:
        """How long it runs over changes by the minute, and what can be done when its start comes near."""
        return self.shown.status in ("CHECKED_IN", "CONFIRMED")


def _other(present: Present) -> Other:
    return Other(present.name, present.is_editing)
