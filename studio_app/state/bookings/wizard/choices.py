"""Day, mode, service, rooms, time and engineer: everything that is chosen from what there is."""

from dataclasses import replace
from typing import Any

import reflex as rx

from services.bookings import ServiceMode
from services.core.errors import Invalid
from services.core.fields import parse_word
from services.scheduling import checked_minutes
from studio_app.gate import public
from studio_app.state.bookings.wizard import flow
from studio_app.state.bookings.wizard.base import Wizard, counted, to_the_top, to_the_trouble
from studio_app.state.bookings.wizard.days import turned
from studio_app.state.bookings.wizard.trouble import applied, why_not
from studio_app.state.form import Form

_MOST_ROOMS = 20


class Choices(Wizard, mixin=True):
    @rx.event
    @public
    @counted
    async def turn_days(self, step: int) -> None:
        """To the weeks before or after."""
        if self.days.key:
            self.days = replace(self.get_value("days"), key=turned(self.days.key, step))
            await self._refresh()

    @rx.event
    @public
    @counted
    async def choose_day(self, day: str) -> Any:
        """The day that is chosen already: on to the next screen, so that Enter twice is enough."""
        chosen = Form({"date": day}).day("date").isoformat()
        if chosen == self._told().day:
            await self._show(flow.after(flow.DAY, self._told()))
            return to_the_top()
        return await self._answer(day=chosen, start="")

    @rx.event
    @public
    @counted
    async def choose_mode(self, mode: str) -> None:
        chosen = parse_word(ServiceMode, mode, "mode").value
        if chosen != self._told().mode:
            await self._answer(mode=chosen, service="", minutes=0, start="", period="")

    @rx.event
    @public
    @counted
    async def choose_service(self, code: str) -> None:
        if code != self._told().service:
            await self._answer(service=code, minutes=0, start="")

    @rx.event
    @public
    @counted
    async def choose_room(self, room_id: int) -> None:
        """Takes it in, or out again; the start stays as long as it fits all of them."""
        rooms = self._told().room_ids
        if room_id not in rooms and not any(room.id == room_id for room in self.place.rooms):
            return
        chosen = tuple(one for one in rooms if one != room_id) if room_id in rooms else (*rooms, room_id)
        if len(chosen) > _MOST_ROOMS:
            raise Invalid(f"At most {_MOST_ROOMS} rooms.", field="rooms")
        await self._answer(room_ids=chosen)
        await self._keep_start()

    @rx.event
    @public
    @counted
    async def choose_minutes(self, minutes: int) -> None:
        await self._answer(minutes=checked_minutes(minutes))
        await self._keep_start()

    @rx.event
    @public
    async def type_hours(self, text: str) -> None:
        hours = Form({"minutes": text}).maybe_decimal("minutes")
        if hours is not None:
            await self._answer(minutes=checked_minutes(int(hours * 60)))
            await self._keep_start()

    @rx.event
    @public
    @counted
    async def choose_start(self, start: str) -> Any:
        """One that is not free says what is in the way; the one that is chosen already leads on."""
        cell = next((slot for slot in self.place.slots() if slot.start == start), None)
        if cell is None:
            return None
        if cell.is_chosen and cell.is_free:
            await self._show(flow.after(flow.PLACE, self._told()))
            return to_the_top()
        if cell.is_free:
            return await self._answer(start=start, let_go="")
        self.trouble = await self._call(why_not, self._told(), start, is_public=self._is_public())
        return to_the_trouble()

    @rx.event
    @public
    @counted
    async def choose_period(self, name: str) -> None:
        if any(period.name == name and period.fits for period in self.place.periods):
            await self._answer(period=name)

    @rx.event
    @public
    @counted
    async def take_offer(self, index: int) -> None:
        offers = self.trouble.offers
        if 0 <= index < len(offers):
            self.answers = applied(self._told(), offers[index])
            await self._answer()

    @rx.event
    @public
    @counted
    async def go_to_day(self, day: str, room_id: int) -> Any:
        """The next day a room is free, with that room chosen."""
        chosen = Form({"date": day}).day("date").isoformat()
        rooms = self._told().room_ids
        if not any(room.id == room_id for room in self.place.rooms):
            return None
        await self._answer(day=chosen, start="", room_ids=rooms if room_id in rooms else (*rooms, room_id))
        return to_the_top()

    @rx.event
    @public
    @counted
    async def choose_engineer(self, engineer_id: int) -> None:
        """0: none, where the service needs none."""
        if self.screen == flow.ENGINEER:
            await self._answer(engineer_id=engineer_id, let_go="")

    async def _keep_start(self) -> None:
        """Lets the start go where the rooms or the length no longer fit there, and says why."""
        start = self._told().start
        if start and not any(slot.start == start and slot.is_free for slot in self.place.slots()):
            if self._told().room_ids:
                trouble = await self._call(why_not, self._told(), start, is_public=self._is_public())
                await self._answer(start="")
                self.trouble = trouble
            else:
                await self._answer(start="")
