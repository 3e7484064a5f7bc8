from collections.abc import AsyncIterator
from dataclasses import dataclass
from typing import Any

import reflex as rx

from services import catalog
from services.catalog import EngineerDetails, EngineerView
from services.core import phones
from services.core.access import Permission
from studio_app import routes
from studio_app.gate import requires
from studio_app.state.base import Loading
from studio_app.state.editor import EditorState
from studio_app.state.form import Form

P = Permission


@dataclass(frozen=True)
class EngineerRow:
    id: int
    href: str
    name: str
    email: str
    phone: str
    rooms: str
    has_user: bool


class EngineersState(Loading, EditorState):
    rows: list[EngineerRow] = []
    retired: list[EngineerRow] = []

    @rx.event
    @requires(P.MANAGE_CATALOG, P.SET_ENGINEER_RATES)
    async def load(self) -> None:
        self._arrive()
        await self._fetch()

    @rx.event
    @requires(P.MANAGE_CATALOG)
    async def add(self) -> None:
        self._open("engineer")

    @rx.event
    @requires(P.MANAGE_CATALOG)
    async def create(self, sent: dict[str, Any]) -> AsyncIterator[Any]:
        with self._saving():
            yield
            engineer = await self._call(catalog.create_engineer, Form.whole(sent).read(EngineerDetails))
        self._close()
        yield rx.redirect(routes.settings_engineer(engineer.id))
        yield rx.toast.success(f"{engineer.name} added. Choose rooms, hours and a rate.")

    @rx.event
    @requires(P.MANAGE_CATALOG)
    async def restore(self, engineer_id: int) -> Any:
        await self._call(catalog.restore_engineer, engineer_id)
        await self._fetch()
        return rx.toast.success("Restored")

    async def _fetch(self) -> None:
        found = await self._call(catalog.list_engineers, include_retired=True)
        rooms = await self._call(catalog.list_rooms)
        names = {room.id: room.name for room in rooms}
        self.rows = [_row(one, names) for one in found if one.deleted_at is None]
        self.retired = [_row(one, names) for one in found if one.deleted_at is not None]
        self.is_loading = False


def _row(engineer: EngineerView, names: dict[int, str]) -> EngineerRow:
    own_first = sorted(engineer.room_ids, key=lambda room_id: room_id != engineer.primary_room_id)
    return EngineerRow(
        id=engineer.id,
        href=routes.settings_engineer(engineer.id),
        name=engineer.name,
        email=engineer.email or "",
        phone=phones.text(engineer.phone),
        rooms=", ".join(names[room_id] for room_id in own_first if room_id in names) or "No room yet",
        has_user=engineer.user_id is not None,
    )
