from collections.abc import AsyncIterator, Mapping
from typing import Any

import reflex as rx

from services import bookings
from services.bookings import BookingDetails, BookingView, Referral, ReferralType
from services.core.access import Permission
from studio_app.gate import requires
from studio_app.state.bookings.booking import BookingState
from studio_app.state.form import Form

P = Permission


class BookingDetailsForm(BookingState):
    """Artist, notes and referral. Only what the person changed is stored, so that nobody undoes another's words."""

    visits: int = 0
    """Counts the openings: the form begins anew with each."""

    @rx.event
    @requires(P.BOOK_SESSIONS)
    async def open_details(self) -> None:
        booking = await self._call(bookings.get_booking, self.shown.number)
        self.visits += 1
        self._version = booking.version
        self._open("details", record=_fields(booking))

    @rx.event
    @requires(P.BOOK_SESSIONS)
    async def save_details(self, sent: dict[str, Any]) -> AsyncIterator[Any]:
        if self.dialog != "details" or self.is_saving:
            return
        details = _changed(Form.whole(sent), self.record)
        with self._saving():
            yield
            await self._call(bookings.update_details, self.shown.number, details, self._opened_version)
            await self._fetch()
        self._close()
        yield rx.toast.success("Saved")


def _fields(booking: BookingView) -> dict[str, str]:
    return {
        "artist": booking.artist.name if booking.artist else "",
        "notes": booking.notes,
        "referral.type": booking.referral.type if booking.referral else "",
        "referral.name": booking.referral.name if booking.referral else "",
    }


def _changed(form: Form, began: Mapping[str, str]) -> BookingDetails:
    """None keeps what is there now, whoever wrote it."""

    def typed(name: str) -> str | None:
        text = form.text(name)
        return None if text == began[name].strip() else text

    is_referred = typed("referral.type") is not None or typed("referral.name") is not None
    kind = form.word("referral.type", ReferralType) if is_referred and form.text("referral.type") else None
    return BookingDetails(
        artist=typed("artist"),
        notes=typed("notes"),
        referral=Referral(kind, form.text("referral.name")) if kind else None,
        without_referral=is_referred and kind is None,
    )
