"""A client's own bookings: asked for by a mailed link, opened by the button that spends it."""

from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

import reflex as rx

from services import my
from services.core import clock
from services.core import dates as when
from services.core.access import Actor
from services.core.money import as_text
from services.core.studio import Studio
from services.my import LinkSpent, NotEntered, OwnBooking
from studio_app import routes
from studio_app.caller import CLIENT_COOKIE, Caller, token_in
from studio_app.gate import public
from studio_app.state.base import AppState
from studio_app.state.bookings.wizard.rest import read_house
from studio_app.state.bookings.wizard.shown import House
from studio_app.state.editor import day_and_time
from studio_app.state.feeds.links import Address, address_of

_REFUSED = {LinkSpent.code: LinkSpent().message}
_NOT_NOW = "That did not work. Wait a minute and try again."


@dataclass(frozen=True)
class Row:
    number: str
    path: str
    status: str
    what: str
    when: str
    money: str


@dataclass(frozen=True)
class CalendarRow:
    id: int
    made: str


class MyState(AppState):
    house: House = House()
    is_here: bool = False
    is_in: bool = False
    """A link was opened in this browser, and counts."""
    link: str = ""
    """The one in the address, that the button spends."""
    refusal: str = ""
    asked: str = ""
    """The address that a link was asked for."""
    email: str = ""
    upcoming: list[Row] = []
    past: list[Row] = []
    calendars: list[CalendarRow] = []
    address: Address = Address()
    """Of a calendar just made; shown once."""

    @rx.event
    @public
    async def load(self) -> None:
        """Looks, and changes nothing: mail scanners open links, too."""
        told = self.router.url.query_parameters
        self.is_here, self.asked, self.address, self.errors = False, "", Address(), {}
        self.link = str(told.get("link", ""))[:100]
        refused = str(told.get("refused", ""))
        self.refusal = _REFUSED.get(refused, _NOT_NOW) if refused else ""
        self.house = await self._call(read_house)
        await self._read()
        self.is_here = True

    @rx.event
    @public
    async def ask(self, form: dict[str, Any]) -> None:
        email = str(form.get("email", ""))[:300]
        await self._call(my.ask_link, email)
        self.asked, self.refusal = email, ""

    @rx.event
    @public
    async def subscribe(self) -> None:
        made = await self._call(my.subscribe, self._token())
        await self._read()
        self.address = address_of(made.token)

    @rx.event
    @public
    async def revoke(self, feed_id: int) -> Any:
        await self._call(my.revoke_feed, self._token(), feed_id)
        self.address = Address()
        await self._read()
        return rx.toast.success("Revoked. Calendars that read it get nothing more.")

    def _token(self) -> str:
        """Of the cookie, read anew each time: no var of ours, so that nobody can write it."""
        return token_in(self.router.headers.cookie, CLIENT_COOKIE) or ""

    def _caller(self) -> Caller:
        """A client, whoever is signed in at this browser."""
        return replace(super()._caller(), token=None)

    async def _read(self) -> None:
        seen = await self._call(_shown, self._token())
        self.is_in = seen is not None
        self.email, self.upcoming, self.past, self.calendars = seen or ("", [], [], [])


def _shown(session: Any, actor: Actor, token: str) -> tuple[str, list[Row], list[Row], list[CalendarRow]] | None:
    try:
        seen = my.overview(session, actor, token)
    except NotEntered:
        return None
    now = clock.now()
    upcoming, past = ([_row(one, seen.studio, now) for one in part] for part in (seen.upcoming, seen.past))
    made = [CalendarRow(one.id, f"Made {day_and_time(one.created_at, seen.studio)}") for one in seen.feeds]
    return seen.email, upcoming, past, made


def _row(own: OwnBooking, studio: Studio, now: datetime) -> Row:
    row = own.booking
    at = f"{when.day_text(row.business_date, studio)}, {row.period.lower()}" if row.period else ""
    return Row(
        number=row.number,
        path=routes.public_booking(own.token),
        status=row.status.value,
        what=" · ".join(filter(None, (row.service_name, ", ".join(row.room_names) or "online"))),
        when=at or when.session_text(row.start, row.end, studio),
        money=_money(own, studio, now),
    )


def _money(own: OwnBooking, studio: Studio, now: datetime) -> str:
    row = own.booking
    balance = (row.total_cents or 0) - (row.paid_cents or 0)
    missing = (row.deposit_cents or 0) - (row.paid_cents or 0)
    if row.status.is_open and missing > 0 and row.deposit_due_at and row.deposit_due_at > now:
        due = day_and_time(row.deposit_due_at, studio)
        return f"Deposit of {as_text(missing, studio.currency, studio.locale)} due {due}"
    if balance == 0:
        return "Paid" if row.total_cents else ""
    text = as_text(abs(balance), studio.currency, studio.locale)
    return f"{text} to pay" if balance > 0 else f"{text} to your credit"
