from base64 import b64decode
from binascii import Error
from collections.abc import AsyncIterator
from typing import Any

import reflex as rx

from services import bookings
from services.bookings import AuthorizationType, NewAuthorization
from services.core.access import Permission
from services.core.errors import Invalid
from studio_app.arguments import Picture
from studio_app.gate import requires
from studio_app.state.bookings.booking import BookingState
from studio_app.state.form import Form

P = Permission

_PNG = "data:image/png;base64,"
_MOST_CHARACTERS = 500_000


class BookingAuthorization(BookingState):
    """The client signs on this screen: drawn, or ticked."""

    way: str = AuthorizationType.DIGITAL_SIGNATURE
    drawn: str = ""
    """The signature as a data URL."""

    @rx.event
    @requires(P.BOOK_SESSIONS)
    async def open_signing(self) -> None:
        self.way, self.drawn = AuthorizationType.DIGITAL_SIGNATURE, ""
        self._open("sign")

    @rx.event
    @requires(P.BOOK_SESSIONS)
    async def choose_way(self, way: str) -> None:
        self.way, self.errors = way, {}

    @rx.event
    @requires(P.BOOK_SESSIONS)
    async def draw(self, picture: Picture) -> None:
        self.drawn = picture if len(picture) <= _MOST_CHARACTERS else ""

    @rx.event
    @requires(P.BOOK_SESSIONS)
    async def sign(self, sent: dict[str, Any]) -> AsyncIterator[Any]:
        if self.dialog != "sign":
            return
        authorization = _authorization(Form.whole(sent), self.way, self.drawn)
        with self._saving():
            yield
            await self._call(bookings.authorize, self.shown.number, authorization)
            await self._fetch()
        self._close()
        yield rx.toast.success(f"{self.shown.number} is signed. Payments can be taken now.")


def _authorization(form: Form, way: str, drawn: str) -> NewAuthorization:
    if way == AuthorizationType.CHECKBOX_ACKNOWLEDGMENT:
        accepted = form.checked("authorization.accepted")
        return NewAuthorization(AuthorizationType(way), form.text("authorization.name"), accepted=accepted)
    picture = _png(drawn) if drawn else None
    return NewAuthorization(AuthorizationType.DIGITAL_SIGNATURE, form.text("authorization.name"), picture)


def _png(drawn: str) -> bytes:
    try:
        return b64decode(drawn.removeprefix(_PNG), validate=True)
    except (Error, ValueError) as error:
        raise Invalid("The signature is not a PNG picture.", field="authorization.signature_png_base64") from error
