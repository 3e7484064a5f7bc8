from collections.abc import AsyncIterator
from dataclasses import dataclass
from typing import Any

import reflex as rx

from services import catalog
from services.catalog import RoomDetails, RoomStatus, RoomView
from services.core import money
from services.core.access import Permission
from services.core.studio import Studio
from studio_app import routes
from studio_app.gate import requires
from studio_app.state.base import Loading
from studio_app.state.editor import EditorState
from studio_app.state.form import Form

STATUSES = {RoomStatus.AVAILABLE: "Available", RoomStatus.MAINTENANCE: "Maintenance", RoomStatus.LOCKED: "Locked"}


@dataclass(frozen=True)
class RoomRow:
    id: int
    href: str
    place: int
    name: str
    status: str
    rate: str
    capacity: int
    engineers: int


class RoomsState(Loading, EditorState):
    rows: list[RoomRow] = []
    retired: list[RoomRow] = []

    @rx.event
    @requires(Permission.MANAGE_CATALOG, Permission.SET_ROOM_LIMITS, Permission.LOCK_ROOMS)
    async def load(self) -> None:
        self._arrive()
        await self._fetch()

    @rx.event
    @requires(Permission.MANAGE_CATALOG)
    async def add(self) -> None:
        self._open("room", 0, {"capacity": "1", "status": RoomStatus.AVAILABLE})

    @rx.event
    @requires(Permission.MANAGE_CATALOG)
    async def create(self, sent: dict[str, Any]) -> AsyncIterator[Any]:
        with self._saving():
            yield
            room = await self._call(catalog.create_room, Form.whole(sent).read(RoomDetails))
        self._close()
        yield rx.redirect(routes.settings_room(room.id))
        yield rx.toast.success(f"{room.name} added. Choose who may work in it.")

    @rx.event
    @requires(Permission.MANAGE_CATALOG)
    async def move(self, room_id: int, place: int) -> None:
        await self._call(catalog.move_room, room_id, place)
        await self._fetch()

    @rx.event
    @requires(Permission.MANAGE_CATALOG)
    async def restore(self, room_id: int) -> Any:
        await self._call(catalog.restore_room, room_id)
        await self._fetch()
        return rx.toast.success("Restored. It can be booked again.")

    async def _fetch(self) -> None:
        found, studio = await self._read(catalog.list_rooms, include_retired=True)
        in_use = [one for one in found if one.deleted_at is None]
        self.rows = [_row(one, place, studio) for place, one in enumerate(in_use)]
        self.retired = [_row(one, 0, studio) for one in found if one.deleted_at is not None]
        self.is_loading = False


def _row(room: RoomView, place: int, studio: Studio) -> RoomRow:
    return RoomRow(
        id=room.id,
        href=routes.settings_room(room.id),
        place=place,
        name=room.name,
        status=room.status,
        rate=f"{money.as_text(room.base_rate_cents, studio.currency, studio.locale)} per hour",
        capacity=room.capacity,
        engineers=len(room.engineer_ids),
    )
