"""Add-ons, agreement and the booking itself."""

from typing import Any

import reflex as rx

from services import bookings
from services.bookings import AuthorizationType, ReferralType
from services.core.errors import Invalid
from services.core.fields import parse_word
from studio_app.arguments import Picture
from studio_app.gate import public
from studio_app.state.bookings.wizard.answers import picture_of
from studio_app.state.bookings.wizard.base import Wizard, counted

_MOST_SIGNATURE = 400_000


class Details(Wizard, mixin=True):
    @rx.event
    @public
    @counted
    async def choose_mic(self, mic_id: int, quantity: int) -> None:
        units = next((mic.units for mic in self.extras.mics if mic.id == mic_id), 0)
        count = min(max(quantity, 0), units)
        kept = {one: many for one, many in self._told().mics.items() if one != str(mic_id)}
        await self._answer(mics={**kept, str(mic_id): count} if count else kept)

    @rx.event
    @public
    @counted
    async def choose_referral(self, kind: str) -> None:
        await self._answer(referral_type=parse_word(ReferralType, kind, "referral").value if kind else "")

    @rx.event
    @public
    async def file_sent(self) -> None:
        """The upload has ended: shows what has come."""
        await self._refresh()

    @rx.event
    @public
    @counted
    async def remove_file(self, upload_id: int) -> None:
        await self._call(bookings.remove_from_draft, self.draft_token, upload_id)
        await self._refresh()

    @rx.event
    @public
    @counted
    async def choose_signing(self, kind: str) -> None:
        await self._answer(sign_as=parse_word(AuthorizationType, kind, "authorization.type").value)

    @rx.event
    @public
    async def draw(self, picture: Picture) -> None:
        """The signature as drawn; empty when wiped."""
        if len(picture) > _MOST_SIGNATURE:
            raise Invalid("The signature is too large. Draw it smaller.", field="authorization.signature_png_base64")
        picture_of(picture)
        self.signature = picture
        await self._refresh()

    @rx.event
    @public
    @counted
    async def accept(self, is_accepted: bool) -> None:
        await self._answer(is_accepted=is_accepted)

    @rx.event
    @public
    @counted
    async def book(self) -> Any:
        """Once, however often it is pressed: the key of the review makes two of them one."""
        if not self.booked:
            self.is_busy = True
            yield
            self.booked = await self._book()
            self.is_busy, self.draft_token = False, ""
        yield rx.redirect(self.booked)

    async def _book(self) -> str:
        raise NotImplementedError
