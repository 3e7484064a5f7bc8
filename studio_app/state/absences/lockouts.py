from collections.abc import AsyncIterator, Collection, Mapping
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import reflex as rx

from services import absences, catalog
from services.absences import LockoutKind, LockoutView, NewLockout
from services.core.access import Permission
from services.core.studio import Studio
from studio_app import routes
from studio_app.gate import requires
from studio_app.state.absences.presenter import span_of, span_words
from studio_app.state.base import Loading
from studio_app.state.calendar.page import VIEWERS, CalendarState
from studio_app.state.catalog.room import Choice
from studio_app.state.changes.whatif import CalendarChange
from studio_app.state.editor import EditorState, Met, by_id, day_and_time
from studio_app.state.form import Form, id_in_path

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


class LockoutsState(Loading, EditorState):
    lockouts: list[LockoutRow] = []
    lockable: list[Choice] = []
    """The rooms in use; those chosen that the form begins with."""
    holds: list[Met] = []
    """Pencilled sessions that the last lockout falls on."""

    @rx.event
    @requires(Permission.LOCK_ROOMS)
    async def load_lockouts(self) -> None:
        """An address that names a room opens the form for it: `?room=3&start=2027-01-31T10:00`."""
        await self._begin()
        await self._fetch()
        asked = self.router.url.query_parameters
        if "room" in asked:
            self._ask([id_in_path(asked["room"])], _times(asked))
        self.is_loading = False

    @rx.event
    @requires(*VIEWERS)
    async def arrive_on_calendar(self) -> None:
        """First on its load, also for who locks nothing: no dialog of the screen before stays open."""
        await self._begin()

    @rx.event
    @requires(Permission.LOCK_ROOMS)
    async def ask(self) -> None:
        self._ask([], {})

    @rx.event
    @requires(Permission.LOCK_ROOMS)
    async def ask_on_calendar(self) -> None:
        """For the rooms and the day the calendar shows."""
        self.holds = []
        await self._fetch()
        calendar = await self.get_state(CalendarState)
        shown = [id_in_path(value) for value, _, is_chosen in calendar.rooms if is_chosen]
        self._ask(shown, {"start_day": calendar.day, "end_day": calendar.day})

    @rx.event
    @requires(Permission.LOCK_ROOMS)
    async def forget_holds(self) -> None:
        self.holds = []

    @rx.event
    @requires(Permission.LOCK_ROOMS)
    async def lock(self, sent: dict[str, Any]) -> AsyncIterator[Any]:
        with self._saving():
            yield
            studio = await self._studio()
            lockout = await self._call(absences.lock_rooms, _new(Form.whole(sent), studio.zone))
            await self._fetch()
        self._close()
        self.holds = [
            Met(
                one.number,
                routes.booking(one.number),
                day_and_time(one.start, studio),
                " · ".join((one.client, *one.rooms)),
            )
            for one in lockout.holds
        ]
        yield rx.toast.success("Locked. Nobody can book those rooms in that time.")

    @rx.event
    @requires(Permission.LOCK_ROOMS)
    async def ask_to_unlock(self, lockout_id: int) -> None:
        self._open("unlock", lockout_id, {"rooms": by_id(self.lockouts, lockout_id).rooms})

    @rx.event
    @requires(Permission.LOCK_ROOMS)
    async def unlock(self) -> Any:
        await self._call(absences.unlock_rooms, self.record_id)
        self._close()
        await self._fetch()
        return rx.toast.success("Unlocked. The rooms can be booked again.")

    async def _begin(self) -> None:
        self._arrive()
        self.holds = []
        (await self.get_state(CalendarChange)).asking = ""

    def _ask(self, room_ids: Collection[int], times: Mapping[str, str]) -> None:
        self.lockable = [Choice(room.id, room.name, room.id in room_ids) for room in self.lockable]
        self._open("lock", 0, {"kind": LockoutKind.ARTIST_LOCKOUT} | dict(times))

    async def _fetch(self) -> None:
        rooms = await self._call(catalog.list_rooms)
        self.lockable = [Choice(room.id, room.name, False) for room in rooms]
        found, studio = await self._read(absences.list_lockouts)
        names = {room.id: room.name for room in rooms}
        self.lockouts = [_row(one, names, studio) for one in found]


def _times(asked: Mapping[str, str]) -> dict[str, str]:
    """What the form begins with; of what the address cannot mean, nothing. Without an end it is one day.

    Whole days have no times, and the last is included, as in the form.
    """
    start, end = _local(asked.get("start", "")), _local(asked.get("end", ""))
    if start is None:
        return {}
    if end is None or len(asked["end"]) == len("2027-01-31"):
        end = (end or start) + timedelta(days=1)
    is_whole = start.time() == end.time() == time()
    last = end - timedelta(days=1) if is_whole else end
    return {
        "start_day": start.date().isoformat(),
        "start": "" if is_whole else f"{start:%H:%M}",
        "end_day": last.date().isoformat(),
        "end": "" if is_whole else f"{end:%H:%M}",
    }


def _local(text: str) -> datetime | None:
    try:
        return datetime.fromisoformat(text).replace(tzinfo=None)
    except ValueError:
        return None


def _new(form: Form, zone: ZoneInfo) -> NewLockout:
    start, end = span_of(form, zone)
    return NewLockout(
        room_ids=form.chosen_numbers("lock-room-"),
        start=start,
        end=end,
        kind=form.word("kind", LockoutKind),
        reason=form.text("reason"),
    )


def _row(lockout: LockoutView, names: dict[int, str], studio: Studio) -> LockoutRow:
    rooms = ", ".join(names.get(room_id, "a retired room") for room_id in lockout.room_ids)
    when = span_words(lockout.start, lockout.end, studio)
    return LockoutRow(lockout.id, rooms, KINDS[lockout.kind], lockout.reason, when)
