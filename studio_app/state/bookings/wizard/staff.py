"""The wizard of the staff: the client is searched for, prices may be changed, payments taken."""

from collections.abc import Callable
from dataclasses import replace
from typing import Any, TypeVar

import reflex as rx

from services import bookings
from services.bookings import BookingStatus
from services.core.access import Actor, Permission, require
from services.core.errors import DomainError, Invalid
from services.core.fields import parse_word
from services.payments import Overpayment, PaymentMethod, PaymentPurpose
from studio_app import routes
from studio_app.gate import requires
from studio_app.state.base import AppState
from studio_app.state.bookings.wizard import flow
from studio_app.state.bookings.wizard.answers import Split
from studio_app.state.bookings.wizard.base import counted, to_the_times, to_the_top
from studio_app.state.bookings.wizard.choices import Choices
from studio_app.state.bookings.wizard.details import Details
from studio_app.state.bookings.wizard.moves import Moves
from studio_app.state.bookings.wizard.people import find_clients, last_booking, same_again, taken
from studio_app.state.bookings.wizard.prefill import prefilled
from studio_app.state.bookings.wizard.shown import FoundClient, Trouble
from studio_app.state.holds.presenter import foreseen

T = TypeVar("T")

_MOST_SPLITS = 12


class NewBookingState(Moves, Choices, Details, AppState):
    draft_token: str = rx.LocalStorage("", name="studio_staff_booking")
    found: list[FoundClient] = []
    wanted: str = ""
    """What the client is searched by."""
    marked: int = 0
    """The row of `found` that Enter takes."""
    last_time: str = ""
    """What the client booked last."""
    _last_number: str = ""
    foreseen: str = ""
    """The rank it would have as a hold, or whose hold it would overtake."""

    @rx.event
    @requires(Permission.BOOK_SESSIONS)
    async def load(self) -> Any:
        query = self.router.url.query_parameters
        answers = await self._call(prefilled, dict(query))
        await self._open(answers, str(self.router.url.query))
        self.found, self.marked = await self._call(find_clients, ""), 0
        await self._recall()
        return to_the_top()

    @rx.event(supersedes=True)
    @requires(Permission.BOOK_SESSIONS)
    async def search(self, text: str) -> None:
        await self._search(text)

    @rx.event
    @requires(Permission.BOOK_SESSIONS)
    async def press(self, key: str) -> Any:
        """Arrow keys in the search."""
        step = {"ArrowDown": 1, "ArrowUp": -1}.get(key, 0)
        if step and self.found:
            self.marked = (self.marked + step) % len(self.found)

    @rx.event
    @requires(Permission.BOOK_SESSIONS)
    async def take_marked(self, sent: dict[str, Any]) -> Any:
        """Enter in the search takes the marked client and goes on: of what is typed, however fast Enter follows."""
        if (text := str(sent.get("q") or "")) != self.wanted:
            await self._search(text)
        if not self.found:
            self.answers = replace(self._told(), name=self.wanted)
            raise Invalid("Nobody of that name. Add them as a new client below.", field="q")
        return await self._take_client(self.found[self.marked].id)

    @rx.event
    @requires(Permission.BOOK_SESSIONS)
    @counted
    async def take_client(self, client_id: int) -> Any:
        return await self._take_client(client_id)

    @rx.event
    @requires(Permission.BOOK_SESSIONS)
    @counted
    async def another_client(self) -> Any:
        self.last_time, self._last_number = "", ""
        await self._answer(client_id=0, client_name="", artist="")
        return to_the_top()

    @rx.event
    @requires(Permission.BOOK_SESSIONS)
    @counted
    async def same_again(self) -> Any:
        """Straight to the times of what they had last; the day is the chosen one, else the next that has room."""
        if not self._last_number:
            return None
        before = self._told()
        try:
            self.answers = await self._call(same_again, before, self._last_number)
            await self._show(flow.PLACE if self._told().day else flow.DAY)
        except DomainError as refusal:  # what they had is no longer on sale
            self.answers = before
            await self._show(flow.DAY)
            raise Invalid(f"That cannot be sold again as it was. {refusal.message}") from refusal
        return to_the_times()

    @rx.event
    @requires(Permission.APPLY_DISCOUNTS)
    @counted
    async def choose_discount(self, kind: str) -> None:
        await self._answer(discount_kind=kind if kind in ("percent", "amount") else "")

    @rx.event
    @requires(Permission.BOOK_SESSIONS)
    @counted
    async def choose_status(self, status: str) -> None:
        await self._answer(status=parse_word(BookingStatus, status, "status").value)

    @rx.event
    @requires(Permission.RECORD_PAYMENTS)
    @counted
    async def add_split(self) -> None:
        splits = self._told().payments
        if len(splits) < _MOST_SPLITS:
            amount = "" if splits else self.price.deposit_value
            await self._pay((*splits, Split(PaymentMethod.CASH.value, amount)))

    @rx.event
    @requires(Permission.RECORD_PAYMENTS)
    @counted
    async def change_split(self, index: int, part: str, text: str) -> None:
        splits = list(self._told().payments)
        words = {"method": PaymentMethod, "purpose": PaymentPurpose}
        if not 0 <= index < len(splits) or part not in ("method", "amount", "purpose", "reference"):
            return
        value = parse_word(words[part], text, part).value if part in words else text[:200]
        splits[index] = replace(splits[index], **{part: value})
        await self._pay(tuple(splits))

    @rx.event
    @requires(Permission.RECORD_PAYMENTS)
    @counted
    async def remove_split(self, index: int) -> None:
        await self._pay(tuple(one for at, one in enumerate(self._told().payments) if at != index))

    @rx.event
    @requires(Permission.RECORD_PAYMENTS)
    @counted
    async def overpay(self) -> Any:
        """Yes to what is asked where more is paid than is owed."""
        await self._answer(overpays=True)
        await self._show(flow.REVIEW)
        return to_the_top()

    def _is_public(self) -> bool:
        return False

    async def _call(self, command: Callable[..., T], *args: Any, **kwargs: Any) -> T:
        """The shared handlers are open to visitors; this wizard is not."""

        def as_staff(session: Any, actor: Actor, *args: Any, **kwargs: Any) -> T:
            require(actor, Permission.BOOK_SESSIONS)
            return command(session, actor, *args, **kwargs)

        return await super()._call(as_staff, *args, **kwargs)

    async def _refresh(self) -> None:
        await super()._refresh()
        self.foreseen = await self._call(foreseen, self._told()) if self.screen == flow.REVIEW else ""

    async def _refused(self, refusal: DomainError) -> Any:
        said = await super()._refused(refusal)
        if isinstance(refusal, Overpayment):
            self.trouble = Trouble(is_overpaid=True)
        return said

    async def _pay(self, payments: tuple[Split, ...]) -> None:
        """What was agreed to was agreed of other payments."""
        await self._answer(payments=payments, overpays=False)

    async def _search(self, text: str) -> None:
        self.wanted, self.marked = text, 0
        self.found = await self._call(find_clients, text)

    async def _take_client(self, client_id: int) -> Any:
        self.answers = await self._call(taken, self._told(), client_id)
        await self._recall()
        await self._show(flow.DAY)
        return to_the_top()

    async def _recall(self) -> None:
        self._last_number, self.last_time = await self._call(last_booking, self._told().client_id)

    async def _book(self) -> str:
        booking = await self._call(bookings.create, self._wish())
        return routes.booking(booking.number)
