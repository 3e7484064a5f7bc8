from collections.abc import AsyncIterator
from dataclasses import dataclass
from datetime import date
from typing import Any

import reflex as rx

from services import catalog, pricing
from services.catalog import RoomDetails
from services.core import clock, money
from services.core.access import Permission
from services.core.studio import Studio
from services.pricing import RateView, RoomLimitView
from studio_app.gate import requires
from studio_app.state.catalog.resource import Commands, ResourceEditor
from studio_app.state.editor import EditorState, days_text
from studio_app.state.form import Form, form_texts, id_in_path

P = Permission


@dataclass(frozen=True)
class Choice:
    id: int
    name: str
    is_chosen: bool


@dataclass(frozen=True)
class LimitRow:
    bounds: str
    days: str
    is_current: bool


class RoomState(ResourceEditor, EditorState):
    engineers: list[Choice] = []
    limits: list[LimitRow] = []

    @rx.event
    @requires(P.MANAGE_CATALOG, P.SET_ROOM_LIMITS, P.LOCK_ROOMS)
    async def load(self) -> None:
        await self._visit(id_in_path(self.settings_room))

    @rx.event
    @requires(P.MANAGE_CATALOG)
    async def save_engineers(self, sent: dict[str, Any]) -> AsyncIterator[Any]:
        with self._saving():
            yield
            await self._call(catalog.set_room_engineers, self.resource_id, Form.whole(sent).chosen_numbers("engineer-"))
            await self._fetch()
        yield rx.toast.success(f"{sum(one.is_chosen for one in self.engineers)} may work in {self.name}")

    @rx.event
    @requires(P.SET_ROOM_LIMITS)
    async def open_limit(self) -> None:
        studio = await self._studio()
        self._open("limit", 0, {"from_day": clock.business_date(clock.now(), studio.zone).isoformat()})

    @rx.event
    @requires(P.SET_ROOM_LIMITS)
    async def save_limit(self, sent: dict[str, Any]) -> AsyncIterator[Any]:
        form = Form.whole(sent)
        with self._saving():
            yield
            bounds = form.cents("min_price_cents"), form.cents("max_price_cents")
            days = form.day("from_day"), form.maybe_day("to_day")
            await self._call(pricing.set_room_limit, self.resource_id, *bounds, *days)
            await self._fetch()
        self._close()
        yield rx.toast.success("Price limit saved")

    def _commands(self) -> Commands:
        return Commands(RoomDetails, catalog.update_room, catalog.retire_room, catalog.restore_room)

    async def _fetch(self) -> None:
        room, studio = await self._read(catalog.get_room, self.resource_id)
        self.name, self.details, self.is_retired = room.name, form_texts(RoomDetails, room), room.deleted_at is not None
        engineers = await self._call(catalog.list_engineers)
        self.engineers = [Choice(one.id, one.name, one.id in room.engineer_ids) for one in engineers]
        today = clock.business_date(clock.now(), studio.zone)
        limits = await self._call(pricing.room_limit_history, self.resource_id)
        self.limits = [_limit_row(one, studio, today) for one in limits]


def _limit_row(limit: RoomLimitView, studio: Studio, today: date) -> LimitRow:
    low, high = (
        money.as_text(cents, studio.currency, studio.locale) for cents in (limit.min_price_cents, limit.max_price_cents)
    )
    return LimitRow(f"{low} – {high} per hour", days_text(limit.from_day, limit.to_day, studio), counts(limit, today))


def counts(dated: RoomLimitView | RateView, today: date) -> bool:
    return bool(dated.from_day <= today and (dated.to_day is None or today <= dated.to_day))
