from collections.abc import AsyncIterator
from dataclasses import dataclass
from typing import Any

import reflex as rx

from services import catalog
from services.catalog import GearUnitView, MicDetails, MicView
from services.core import money
from services.core.access import Permission
from services.core.studio import Studio
from studio_app.gate import requires
from studio_app.state.base import Loading
from studio_app.state.editor import EditorState, by_id
from studio_app.state.form import Form, form_texts


@dataclass(frozen=True)
class MicRow:
    id: int
    place: int
    name: str
    description: str
    upcharge: str
    is_premium: bool
    units: int


@dataclass(frozen=True)
class UnitRow:
    id: int
    name: str
    serial_number: str
    is_active: bool


class MicsState(Loading, EditorState):
    rows: list[MicRow] = []
    retired: list[MicRow] = []
    units: list[UnitRow] = []
    """The physical mics of the open dialog."""

    @rx.event
    @requires(Permission.MANAGE_CATALOG)
    async def load(self) -> None:
        self._arrive()
        await self._fetch()

    @rx.event
    @requires(Permission.MANAGE_CATALOG)
    async def add(self) -> None:
        self._open("mic")

    @rx.event
    @requires(Permission.MANAGE_CATALOG)
    async def edit(self, mic_id: int) -> None:
        await self._open_mic("mic", mic_id)

    @rx.event
    @requires(Permission.MANAGE_CATALOG)
    async def edit_units(self, mic_id: int) -> None:
        await self._open_mic("units", mic_id)
        await self._fetch_units()

    @rx.event
    @requires(Permission.MANAGE_CATALOG)
    async def save(self, sent: dict[str, Any]) -> AsyncIterator[Any]:
        with self._saving():
            yield
            form = Form.whole(sent)
            details = form.read(MicDetails, upcharge_cents=form.maybe_cents("upcharge_cents") or 0)
            if self.record_id:
                await self._call(catalog.update_mic, self.record_id, details)
            else:
                await self._call(catalog.create_mic, details)
            await self._fetch()
        self._close()
        yield rx.toast.success(f"{details.name} saved")

    @rx.event
    @requires(Permission.MANAGE_CATALOG)
    async def retire(self) -> Any:
        await self._call(catalog.retire_mic, self.record_id)
        await self._fetch()
        self._close()
        return rx.toast.success("Retired. Bookings that were made keep it.")

    @rx.event
    @requires(Permission.MANAGE_CATALOG)
    async def restore(self, mic_id: int) -> Any:
        await self._call(catalog.restore_mic, mic_id)
        await self._fetch()
        return rx.toast.success("Restored. It is on offer again.")

    @rx.event
    @requires(Permission.MANAGE_CATALOG)
    async def add_unit(self, sent: dict[str, Any]) -> AsyncIterator[Any]:
        with self._saving():
            yield
            form = Form.whole(sent)
            await self._call(catalog.add_unit, self.record_id, form.text("serial_number"), form.text("unit_name"))
            await self._fetch_units()
        yield rx.toast.success("Unit added")

    @rx.event
    @requires(Permission.MANAGE_CATALOG)
    async def set_unit_in_service(self, unit_id: int, in_service: bool) -> None:
        await self._call(catalog.restore_unit if in_service else catalog.retire_unit, unit_id)
        await self._fetch_units()

    @rx.event
    @requires(Permission.MANAGE_CATALOG)
    async def move(self, mic_id: int, place: int) -> None:
        await self._call(catalog.move_mic, mic_id, place)
        await self._fetch()

    async def _open_mic(self, dialog: str, mic_id: int) -> None:
        mics = await self._call(catalog.list_mics, include_retired=True)
        self._open(dialog, mic_id, form_texts(MicDetails, by_id(mics, mic_id)))

    async def _fetch_units(self) -> None:
        self.units = [_unit(one) for one in await self._call(catalog.list_units, self.record_id)]
        await self._fetch()

    async def _fetch(self) -> None:
        found, studio = await self._read(catalog.list_mics, include_retired=True)
        self.rows = [_row(one, place, studio) for place, one in enumerate(one for one in found if one.is_active)]
        self.retired = [_row(one, 0, studio) for one in found if not one.is_active]
        self.is_loading = False


def _row(mic: MicView, place: int, studio: Studio) -> MicRow:
    upcharge = money.as_text(mic.upcharge_cents, studio.currency, studio.locale) if mic.upcharge_cents else "Included"
    return MicRow(mic.id, place, mic.name, mic.description, upcharge, mic.is_premium, mic.units)


def _unit(unit: GearUnitView) -> UnitRow:
    return UnitRow(unit.id, unit.name, unit.serial_number, unit.is_active)
