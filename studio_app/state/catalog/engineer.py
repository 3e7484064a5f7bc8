from collections.abc import AsyncIterator
from typing import Any

import reflex as rx

from services import catalog, pricing
from services.catalog import EngineerDetails, ResourceKind
from services.core import clock
from services.core.access import Permission
from studio_app.gate import requires
from studio_app.state.catalog.resource import Commands, ResourceEditor, SignInEditor
from studio_app.state.catalog.room import Choice
from studio_app.state.editor import EditorState
from studio_app.state.form import Form, form_texts, id_in_path
from studio_app.state.pricing.rates import RateRow, new_rate, rate_row

P = Permission


class EngineerState(SignInEditor, ResourceEditor, EditorState):
    rooms: list[Choice] = []
    room_names: list[tuple[str, str]] = []
    """(id, name) of all rooms in use."""
    primary_room_id: str = ""
    rates: list[RateRow] = []

    @rx.event
    @requires(P.MANAGE_CATALOG, P.SET_ENGINEER_RATES)
    async def load(self) -> None:
        await self._visit(id_in_path(self.settings_engineer))

    @rx.event
    @requires(P.MANAGE_CATALOG)
    async def save_rooms(self, sent: dict[str, Any]) -> AsyncIterator[Any]:
        form = Form.whole(sent)
        with self._saving():
            yield
            primary = form.maybe_number("primary_room_id")
            await self._call(catalog.set_engineer_rooms, self.resource_id, form.chosen_numbers("room-"), primary)
            await self._fetch()
        yield rx.toast.success(f"{sum(one.is_chosen for one in self.rooms)} rooms for {self.name}")

    @rx.event
    @requires(P.SET_ENGINEER_RATES)
    async def open_rate(self) -> None:
        studio = await self._studio()
        self._open("rate", 0, {"from_day": clock.business_date(clock.now(), studio.zone).isoformat()})

    @rx.event
    @requires(P.SET_ENGINEER_RATES)
    async def save_rate(self, sent: dict[str, Any]) -> AsyncIterator[Any]:
        with self._saving():
            yield
            await self._call(pricing.set_engineer_rate, new_rate(self.resource_id, Form.whole(sent)))
            await self._fetch()
        self._close()
        yield rx.toast.success("Rate saved. Bookings that were made keep theirs.")

    @rx.event
    @requires(P.SET_ENGINEER_RATES)
    async def ask_to_end_rate(self, rate_id: int) -> None:
        studio = await self._studio()
        self._open("end_rate", rate_id, {"to_day": clock.business_date(clock.now(), studio.zone).isoformat()})

    @rx.event
    @requires(P.SET_ENGINEER_RATES)
    async def end_rate(self, sent: dict[str, Any]) -> AsyncIterator[Any]:
        with self._saving():
            yield
            await self._call(pricing.end_engineer_rate, self.record_id, Form.whole(sent).day("to_day"))
            await self._fetch()
        self._close()
        yield rx.toast.success("The rate ends on that day")

    def _commands(self) -> Commands:
        return Commands(EngineerDetails, catalog.update_engineer, catalog.retire_engineer, catalog.restore_engineer)

    async def _fetch(self) -> None:
        one, studio = await self._read(catalog.get_engineer, self.resource_id)
        self.name, self.is_retired = one.name, one.deleted_at is not None
        self.details = form_texts(EngineerDetails, one)
        rooms = await self._call(catalog.list_rooms)
        self.rooms = [Choice(room.id, room.name, room.id in one.room_ids) for room in rooms]
        self.room_names = [(str(room.id), room.name) for room in rooms]
        self.primary_room_id = str(one.primary_room_id or "")
        await self._fetch_sign_in(ResourceKind.ENGINEER, one.user_id)
        today, names = clock.business_date(clock.now(), studio.zone), {room.id: room.name for room in rooms}
        history = await self._call(pricing.engineer_rate_history, self.resource_id)
        self.rates = [rate_row(rate, names, studio, today) for rate in history]
