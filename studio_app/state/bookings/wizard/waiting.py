"""Where nothing is free that day: the visitor, whose name and address are told already, asks to be written to."""

from datetime import timedelta
from typing import Any

import reflex as rx

from services import waitlist
from services.core.errors import Invalid
from services.waitlist import NewWish
from studio_app.gate import public
from studio_app.state.bookings.wizard.answers import Answers, new_client
from studio_app.state.bookings.wizard.base import Wizard, counted


class Waiting(Wizard, mixin=True):
    waited: str = ""
    """What was asked for on this visit: the day and how many more may follow."""

    @rx.event
    @public
    @counted
    async def wait(self, more_days: int) -> Any:
        """For the day chosen, or as well for those after it."""
        told = self._told()
        await self._call(waitlist.public_wish, _wish(told, min(max(more_days, 0), 14)))
        self.waited = f"{told.day} {more_days}"
        return rx.toast.success(f"Noted. We write to {told.email} as soon as it becomes free.")


def _wish(told: Answers, more_days: int) -> NewWish:
    if told.date is None:
        raise Invalid("Choose a day.", field="first_day")
    return NewWish(
        service=told.service,
        first_day=told.date,
        last_day=told.date + timedelta(days=more_days),
        client=new_client(told, is_public=True),
        minutes=told.minutes or None,
        room_ids=told.room_ids,
        engineer_id=told.engineer_id or None,
        notes=told.notes[:1000],
    )
