from collections.abc import AsyncIterator
from dataclasses import dataclass
from typing import Any
from zoneinfo import ZoneInfo

import reflex as rx

from services import catalog, scheduling
from services.access import Permission
from services.scheduling import LockoutKind, LockoutView, NewLockout
from studio_app.gate import requires
from studio_app.state.editor import EditorState, by_id, day_and_time
from studio_app.state.form import Form

KINDS = {
    LockoutKind.ARTIST_LOCKOUT: "Artist lockout",
    LockoutKind.TAKEOVER: "Takeover",
    LockoutKind.MAINTENANCE: "Maintenance",
}


@dataclass(frozen=True)
class LockoutRow:
    id: int
    rooms: str
    kind: str
    reason: str
    when: str


class LockoutsState(EditorState):
    lockouts: list[LockoutRow] = []
    lockable: list[tuple[str, str]] = []
    """(id, name) of the rooms in use."""

    @rx.event
    @requires(Permission.LOCK_ROOMS)
    async def load_lockouts(self) -> None:
        await self._fetch()

    @rx.event
    @requires(Permission.LOCK_ROOMS)
    async def ask(self) -> None:
        self._open("lock", 0, {"kind": LockoutKind.ARTIST_LOCKOUT, "start": "00:00", "end": "00:00"})

    @rx.event
    @requires(Permission.LOCK_ROOMS)
    async def lock(self, sent: dict[str, Any]) -> AsyncIterator[Any]:
        with self._saving():
            yield
            await self._call(scheduling.lock_rooms, _new(Form(sent), (await self._studio()).zone))
            await self._fetch()
        self._close()
        yield rx.toast.success("Locked. Nobody can book those rooms in that time.")

    @rx.event
    @requires(Permission.LOCK_ROOMS)
    async def ask_to_unlock(self, lockout_id: int) -> None:
        self._open("unlock", lockout_id, {"rooms": by_id(self.lockouts, lockout_id).rooms})

    @rx.event
    @requires(Permission.LOCK_ROOMS)
    async def unlock(self) -> Any:
        await self._call(scheduling.unlock_rooms, self.record_id)
        self._close()
        await self._fetch()
        return rx.toast.success("Unlocked. The rooms can be booked again.")

    async def _fetch(self) -> None:
        rooms = await self._call(catalog.list_rooms)
        self.lockable = [(str(room.id), room.name) for room in rooms]
        found, studio = await self._read(scheduling.list_lockouts)
        names = {room.id: room.name for room in rooms}
        self.lockouts = [_row(one, names, studio.zone) for one in found]


def _new(form: Form, zone: ZoneInfo) -> NewLockout:
    return NewLockout(
        room_ids=form.chosen_numbers("lock-room-"),
        start=form.instant("start_day", "start", zone),
        end=form.instant("end_day", "end", zone),
        kind=form.word("kind", LockoutKind),
        reason=form.text("reason"),
    )


def _row(lockout: LockoutView, names: dict[int, str], zone: ZoneInfo) -> LockoutRow:
    rooms = ", ".join(names.get(room_id, "a retired room") for room_id in lockout.room_ids)
    span = f"{day_and_time(lockout.start, zone)} – {day_and_time(lockout.end, zone)}"
    return LockoutRow(lockout.id, rooms, KINDS[lockout.kind], lockout.reason, span)
