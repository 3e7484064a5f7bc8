"""The client's own booking, opened by the link they got."""

from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

import reflex as rx

from services import bookings, changes
from services.bookings import (
    AuthorizationType,
    BookingStatus,
    BookingView,
    ChangeRequestStatus,
    ChangeWish,
    NewAuthorization,
)
from services.changes import ChangeView
from services.core import clock
from services.core import dates as when
from services.core.access import Actor
from services.core.money import as_text
from services.core.studio import Studio, studio_info
from studio_app import routes
from studio_app.arguments import Picture
from studio_app.caller import Caller
from studio_app.gate import public
from studio_app.live import follow
from studio_app.state.base import AppState
from studio_app.state.bookings.wizard.answers import picture_of
from studio_app.state.bookings.wizard.rest import file_row, read_house
from studio_app.state.bookings.wizard.shown import FileRow, House, PriceLine
from studio_app.state.changes.differences import differences
from studio_app.state.changes.history import difference_text
from studio_app.state.form import Form

_MOST_SIGNATURE = 400_000
_TOPICS = ("booking",)
_JUST_LOADED = 5.0
"""Seconds for which a change may have been missed while the page was on its way."""


@dataclass(frozen=True)
class Asked:
    """What the client asked for last; empty where there is nothing to say of it."""

    status: str = ""
    title: str = ""
    message: str = ""
    answer: str = ""


@dataclass(frozen=True)
class Shown:
    number: str = ""
    status: str = ""
    status_text: str = ""
    service: str = ""
    time: str = ""
    place: str = ""
    engineer: str = ""
    signer: str = ""
    artist: str = ""
    mics: str = ""
    lines: tuple[PriceLine, ...] = ()
    total: str = ""
    paid: str = ""
    balance: str = ""
    owes: bool = False
    deposit: str = ""
    """What is due to confirm and until when; empty when paid or not asked for."""
    signed: str = ""
    can_sign: bool = False
    is_open: bool = False
    terms: str = ""
    policy: str = ""
    fee: str = ""
    """What cancelling now costs."""
    asked: Asked = Asked()
    changed: tuple[str, ...] = ()
    """What is another now than when the client signed."""
    files: tuple[FileRow, ...] = ()


_STATUS_TEXTS = {
    "HOLD": "Pencilled in. It blocks nobody until we confirm it.",
    "CONFIRMED": "Your session is confirmed. See you there.",
    "CHECKED_IN": "Your session is under way.",
    "COMPLETED": "Your session is over. Thank you for coming.",
    "CANCELLED": "This booking is cancelled.",
    "NO_SHOW": "Nobody came to this session.",
    "EXPIRED": "The deposit did not arrive in time, so the time was given back.",
}


class PublicBookingState(AppState):
    booking: Shown = Shown()
    house: House = House()
    is_new: bool = False
    is_here: bool = False
    sign_as: str = AuthorizationType.DIGITAL_SIGNATURE.value
    signature: str = ""
    files_path: str = ""
    calendar_path: str = ""
    _id: int = 0

    @rx.event
    @public
    async def load(self) -> None:
        self.is_here, self.signature = False, ""
        self.is_new = self.router.url.query_parameters.get("new") == "1"
        self.calendar_path = f"{routes.API_PUBLIC_BOOKINGS}/{self._link()}/calendar.ics"
        self.files_path = f"{routes.API_PUBLIC_BOOKINGS}/{self._link()}/uploads"
        self.house = await self._call(read_house)
        await self._read()
        self.is_here = True

    @rx.event(background=True)
    @public
    async def watch(self) -> None:
        """What the studio changes, the client sees at once."""
        async with self:
            await self._read()
        await follow(self, _TOPICS, PublicBookingState._read, since=_JUST_LOADED, of=self._id)

    @rx.event
    @public
    async def choose_signing(self, kind: str) -> None:
        self.sign_as = AuthorizationType(kind).value if kind in set(AuthorizationType) else self.sign_as

    @rx.event
    @public
    async def draw(self, picture: Picture) -> None:
        picture_of(picture[:_MOST_SIGNATURE])
        self.signature = picture[:_MOST_SIGNATURE]

    @rx.event
    @public
    async def sign(self, form: dict[str, Any]) -> Any:
        sent = Form.whole(form)
        signing = NewAuthorization(
            AuthorizationType(self.sign_as),
            sent.text("authorization.name"),
            picture_of(self.signature) if self.sign_as == AuthorizationType.DIGITAL_SIGNATURE else None,
            accepted=sent.checked("authorization.accepted"),
        )
        await self._call(bookings.authorize_public, self._link(), signing)
        await self._read()
        return rx.toast.success("Signed. Thank you.")

    @rx.event
    @public
    async def ask(self, form: dict[str, Any]) -> Any:
        """A wish to cancel or change; the studio answers it."""
        sent = Form.whole(form)
        wish = sent.word("wish", ChangeWish)
        await self._call(bookings.request_change, self._link(), wish, sent.text("message"))
        await self._read()
        return rx.toast.success("Sent. We answer as soon as we can.")

    @rx.event
    @public
    async def withdraw(self) -> Any:
        await self._call(bookings.withdraw_request, self._link())
        await self._read()
        return rx.toast.success("Withdrawn. Your booking stays as it is.")

    @rx.event
    @public
    async def file_sent(self) -> None:
        await self._read()

    def _link(self) -> str:
        """The token of the address; not a var of ours, so that nobody can write it."""
        return self.router.url.path.rstrip("/").rpartition("/")[2]

    def _caller(self) -> Caller:
        """Whoever has the link, signed in or not."""
        return replace(super()._caller(), token=None)

    async def _read(self) -> None:
        self._id, self.booking = await self._call(_shown, self._link())


def _shown(session: Any, actor: Actor, token: str) -> tuple[int, Shown]:
    booking = bookings.get_public(session, actor, token)
    studio = studio_info(session)
    files = bookings.public_files(session, actor, token)
    fee = bookings.public_cancellation_fee(session, actor, token) if booking.status.is_open else 0
    return booking.id, replace(
        _of(booking, studio),
        files=tuple(map(file_row, files)),
        fee=_money(booking, studio, fee) if fee else "",
        changed=_changed(booking, changes.changes_by_link(session, actor, token), studio),
    )


def _of(booking: BookingView, studio: Studio) -> Shown:
    balance = booking.balance_cents or 0
    return Shown(
        number=booking.number,
        status=booking.status.value,
        status_text=_status_text(booking, studio, clock.now()),
        service=booking.service_name,
        time=_time(booking, studio),
        place=", ".join(room.name for room in booking.rooms) or "Online",
        engineer=booking.engineer.name if booking.engineer else "",
        signer=booking.client.name,
        artist=booking.artist.name if booking.artist else "",
        mics=", ".join(mic.name for mic in booking.mics),
        lines=tuple(PriceLine(line.description, _money(booking, studio, line.amount_cents)) for line in booking.lines),
        total=_money(booking, studio, booking.total_cents or 0),
        paid=_money(booking, studio, booking.paid_cents or 0),
        balance=_money(booking, studio, balance),
        owes=balance > 0,
        deposit=_deposit(booking, studio),
        signed=_signed(booking, studio),
        can_sign=booking.status.is_signable and booking.authorization is None,
        is_open=booking.status.is_open,
        terms=booking.terms,
        policy=booking.policy.get("text", ""),
        asked=_asked(booking, studio),
    )


_ANSWERED = {
    ChangeRequestStatus.OPEN: "You asked us to {wish} on {when}. We answer as soon as we can.",
    ChangeRequestStatus.ACCEPTED: "You asked us to {wish}, and it is done.",
    ChangeRequestStatus.DECLINED: "You asked us to {wish}. We could not.",
}


def _asked(booking: BookingView, studio: Studio) -> Asked:
    asked = booking.change_request
    if asked is None or asked.status not in _ANSWERED or not booking.status.is_open:
        return Asked()
    wish = "cancel this booking" if asked.wish is ChangeWish.CANCEL else "change this booking"
    title = _ANSWERED[asked.status].format(wish=wish, when=_moment(asked.created_at, studio))
    return Asked(asked.status.value, title, asked.message, asked.answer)


def _changed(booking: BookingView, made: tuple[ChangeView, ...], studio: Studio) -> tuple[str, ...]:
    """From what was signed to what is now; a change that was taken back, or changed back, is none."""
    signed = booking.authorization
    since = [one for one in made if signed and one.at > signed.signed_at]
    if not since:
        return ()
    found = differences(since[-1].before, since[0].after, studio)
    cents = sum(one.price_difference_cents or 0 for one in since)
    price = (f"Price: {difference_text(cents, studio)}",) if cents else ()
    return (*(f"{one.what}: {one.before} → {one.after}" for one in found if one.what != "Microphones"), *price)


def _time(booking: BookingView, studio: Studio) -> str:
    if booking.period:
        return f"{when.long_day_text(booking.business_date, studio)}, {booking.period}"
    return when.session_text(booking.start, booking.end, studio)


def _status_text(booking: BookingView, studio: Studio, now: datetime) -> str:
    """Of a pending one: until when its time is held, and what or who confirms it."""
    if booking.status is not BookingStatus.PENDING:
        return _STATUS_TEXTS[booking.status.value]
    due = booking.deposit_due_at
    if _missing(booking) <= 0 or due is None:
        return "We hold your time. Somebody of the studio confirms it and writes to you."
    until = when.moment_text(due, studio)
    if due <= now:
        return f"We held your time until {until}, and the deposit has not come. Call us if you still want it."
    if studio.confirms_when_paid:
        return f"We hold your time until {until}. The deposit confirms it as soon as it is here."
    return f"We hold your time until {until}. When the deposit is here, we confirm it and write to you."


def _missing(booking: BookingView) -> int:
    """Of the deposit, in cents."""
    return min(booking.deposit_cents or 0, booking.total_cents or 0) - (booking.paid_cents or 0)


def _deposit(booking: BookingView, studio: Studio) -> str:
    missing = _missing(booking)
    if missing <= 0 or booking.deposit_due_at is None or not booking.status.is_open:
        return ""
    return f"{_money(booking, studio, missing)} by {when.moment_text(booking.deposit_due_at, studio)}"


def _signed(booking: BookingView, studio: Studio) -> str:
    found = booking.authorization
    return f"Signed by {found.name}, {_moment(found.signed_at, studio)}" if found else ""


def _moment(at: datetime, studio: Studio) -> str:
    return when.day_time_text(at, studio)


def _money(booking: BookingView, studio: Studio, cents: int) -> str:
    return as_text(cents, booking.currency, studio.locale)
