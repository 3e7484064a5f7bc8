from collections.abc import AsyncIterator
from typing import Any

import reflex as rx

from services import catalog, clock, identity
from services.access import Permission
from studio_app.gate import requires
from studio_app.state.editor import EditorState
from studio_app.state.form import Form, id_in_path
from studio_app.state.settings.engineers import engineer_details
from studio_app.state.settings.rates import RateRow, new_rate, rate_row
from studio_app.state.settings.room import Choice

P = Permission


class EngineerState(EditorState):
    engineer_id: int = 0
    name: str = ""
    details: dict[str, str] = {}
    is_retired: bool = False
    rooms: list[Choice] = []
    room_names: list[tuple[str, str]] = []
    """(id, name) of all rooms in use."""
    primary_room_id: str = ""
    user_id_linked: str = ""
    users: list[tuple[str, str]] = []
    """(id, name and e-mail) of those who may sign in as this engineer."""
    rates: list[RateRow] = []

    @rx.event
    @requires(P.MANAGE_CATALOG, P.SET_ENGINEER_RATES)
    async def load(self) -> None:
        self._arrive()
        self.engineer_id = id_in_path(self.settings_engineer)
        await self._fetch()
        self.is_loading = False

    @rx.event
    @requires(P.MANAGE_CATALOG)
    async def save(self, sent: dict[str, Any]) -> AsyncIterator[Any]:
        with self._saving():
            yield
            await self._call(catalog.update_engineer, self.engineer_id, engineer_details(Form(sent)))
            await self._fetch()
        yield rx.toast.success(f"{self.name} saved")

    @rx.event
    @requires(P.MANAGE_CATALOG)
    async def link_user(self, user_id: str) -> Any:
        await self._call(catalog.link_user, self.engineer_id, int(user_id) if user_id.isdigit() else None)
        await self._fetch()
        return rx.toast.success(f"{self.name} signs in as that person" if user_id else "Not linked to a user any more")

    @rx.event
    @requires(P.MANAGE_CATALOG)
    async def save_rooms(self, sent: dict[str, Any]) -> AsyncIterator[Any]:
        form = Form(sent)
        with self._saving():
            yield
            primary = form.maybe_number("primary_room_id")
            await self._call(catalog.set_engineer_rooms, self.engineer_id, form.chosen_numbers("room-"), primary)
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
            await self._call(catalog.set_engineer_rate, new_rate(self.engineer_id, Form(sent)))
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
            await self._call(catalog.end_engineer_rate, self.record_id, Form(sent).day("to_day"))
            await self._fetch()
        self._close()
        yield rx.toast.success("The rate ends on that day")

    @rx.event
    @requires(P.MANAGE_CATALOG)
    async def ask_to_retire(self) -> None:
        self._open("retire", self.engineer_id)

    @rx.event
    @requires(P.MANAGE_CATALOG)
    async def retire(self) -> Any:
        await self._call(catalog.retire_engineer, self.engineer_id)
        self._close()
        await self._fetch()
        return rx.toast.success(f"{self.name} is retired")

    @rx.event
    @requires(P.MANAGE_CATALOG)
    async def restore(self) -> Any:
        await self._call(catalog.restore_engineer, self.engineer_id)
        await self._fetch()
        return rx.toast.success(f"{self.name} can be booked again")

    async def _fetch(self) -> None:
        one, studio = await self._read(catalog.get_engineer, self.engineer_id)
        self.name, self.is_retired = one.name, one.deleted_at is not None
        self.details = {"name": one.name, "email": one.email, "phone": one.phone, "bio": one.bio}
        rooms = await self._call(catalog.list_rooms)
        self.rooms = [Choice(room.id, room.name, room.id in one.room_ids) for room in rooms]
        self.room_names = [(str(room.id), room.name) for room in rooms]
        self.primary_room_id, self.user_id_linked = str(one.primary_room_id or ""), str(one.user_id or "")
        self.users = [(str(user_id), name) for user_id, name in await self._call(catalog.linkable_users)]
        if one.user_id is not None:
            linked = await self._call(identity.get_user, one.user_id)
            self.users = [(str(linked.id), linked.name), *self.users]
        today, names = clock.business_date(clock.now(), studio.zone), {room.id: room.name for room in rooms}
        history = await self._call(catalog.engineer_rate_history, self.engineer_id)
        self.rates = [rate_row(rate, names, studio, today) for rate in history]
