"""The client's own page of a wish, opened by the link they got: they take what is offered, or not."""

from dataclasses import dataclass, field, replace
from typing import Any

import reflex as rx

from services import waitlist
from services.core.access import Actor
from services.core.errors import DomainError
from services.core.studio import studio_info
from services.waitlist import OfferStatus, PublicWish, WishStatus
from studio_app import routes
from studio_app.caller import Caller
from studio_app.gate import public
from studio_app.state.base import AppState
from studio_app.state.bookings.wizard.rest import read_house
from studio_app.state.bookings.wizard.shown import House
from studio_app.state.editor import days_text
from studio_app.state.waitlist.presenter import Offer, hours_of_day, place_text, shown_offer, what_text

_STATUS_TEXTS = {
    WishStatus.WAITING: "You are on the list. We write to you as soon as time that suits you becomes free.",
    WishStatus.OFFERED: "Time you wished for is free, and kept for you.",
    WishStatus.BOOKED: "You took the time. It is yours.",
    WishStatus.WITHDRAWN: "You are off the list.",
    WishStatus.PASSED: "The days you wished for are over, and nothing came free. We are sorry.",
}
_LAPSED = "The time kept for you has run out. You stay on the list, and we write to you again."


@dataclass(frozen=True)
class Shown:
    status: str = ""
    status_text: str = ""
    what: str = ""
    place: str = ""
    days: str = ""
    hours: str = ""
    is_open: bool = False
    is_offered: bool = False
    offer: Offer = field(default_factory=Offer)
    booking: str = ""
    """The way to the booking that came of it."""


class WaitlistAnswerState(AppState):
    wish: Shown = Shown()
    house: House = House()
    is_here: bool = False
    is_leaving: bool = False
    """Asked whether they mean it."""
    busy: str = ""
    """The button that works."""

    @rx.event
    @public
    async def load(self) -> None:
        self.is_here, self.is_leaving, self.busy = False, False, ""
        self.house = await self._call(read_house)
        await self._read(waitlist.get_public)
        self.is_here = True

    @rx.event
    @public
    async def take(self) -> Any:
        self.busy = "take"
        yield
        try:
            await self._read(waitlist.accept_public, self.wish.offer.id)
        finally:
            self.busy = ""
        yield rx.redirect(f"{self.wish.booking}?new=1")

    @rx.event
    @public
    async def decline(self) -> Any:
        self.busy = "decline"
        yield
        try:
            await self._read(waitlist.decline_public, self.wish.offer.id)
        finally:
            self.busy = ""
        yield rx.toast.success("Thank you for telling us. You stay on the list for other times.")

    @rx.event
    @public
    async def ask_to_leave(self, is_leaving: bool) -> None:
        self.is_leaving = is_leaving

    @rx.event
    @public
    async def leave(self) -> Any:
        await self._read(waitlist.withdraw_public)
        self.is_leaving = False
        return rx.toast.success("You are off the list.")

    async def _refused(self, refusal: DomainError) -> Any:
        """What they answer may be over: they see how things stand now."""
        said = await super()._refused(refusal)
        if self.is_here:
            await self._read(waitlist.get_public)
        return said

    def _link(self) -> str:
        """The token of the address; not a var of ours, so that nobody can write it."""
        return self.router.url.path.rstrip("/").rpartition("/")[2]

    def _caller(self) -> Caller:
        """Whoever has the link, signed in or not."""
        return replace(super()._caller(), token=None)

    async def _read(self, command: Any, *answered: int) -> None:
        def shown(session: Any, actor: Actor, token: str) -> Shown:
            return _shown(command(session, actor, token, *answered), studio_info(session))

        self.wish = await self._call(shown, self._link())


def _shown(wish: PublicWish, studio: Any) -> Shown:
    token = wish.offer.booking_token if wish.offer else ""
    has_lapsed = wish.offer is not None and wish.offer.status is OfferStatus.EXPIRED
    return Shown(
        status=wish.status,
        status_text=_LAPSED if has_lapsed and wish.status is WishStatus.WAITING else _STATUS_TEXTS[wish.status],
        what=what_text(wish),
        place=place_text(wish),
        days=days_text(wish.first_day, wish.last_day, studio),
        hours=hours_of_day(wish.not_before, wish.not_after, studio),
        is_open=wish.status in (WishStatus.WAITING, WishStatus.OFFERED),
        is_offered=wish.status is WishStatus.OFFERED,
        offer=shown_offer(wish.offer, studio),
        booking=routes.public_booking(token) if token else "",
    )
