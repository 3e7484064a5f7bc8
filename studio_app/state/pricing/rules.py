from collections.abc import AsyncIterator
from dataclasses import dataclass
from typing import Any

import reflex as rx

from services import catalog, pricing
from services.catalog import WEEKDAYS, RoomView
from services.core import dates as when
from services.core import money
from services.core.access import Permission
from services.core.studio import Studio
from services.pricing import RateAdjustment, RateRuleDetails, RateRuleKind, RateRuleView
from studio_app.gate import requires
from studio_app.state.base import Loading
from studio_app.state.editor import EditorState, by_id, days_text
from studio_app.state.form import Form

KINDS = {RateRuleKind.EVENING: "Evening", RateRuleKind.WEEKEND: "Weekend", RateRuleKind.HOLIDAY: "Holiday"}


@dataclass(frozen=True)
class RuleRow:
    id: int
    name: str
    kind: str
    when: str
    room: str
    change: str
    priority: int


class PricingState(Loading, EditorState):
    rows: list[RuleRow] = []
    unused: list[RuleRow] = []
    rooms: list[tuple[str, str]] = []
    """(id, name) of those a rule may be limited to."""
    adjustment: str = RateAdjustment.PERCENT

    @rx.event
    @requires(Permission.MANAGE_CATALOG)
    async def load(self) -> None:
        self._arrive()
        await self._fetch()

    @rx.event
    @requires(Permission.MANAGE_CATALOG)
    async def add(self) -> None:
        self.adjustment = RateAdjustment.PERCENT
        self._open("rule", 0, {"priority": "0", "kind": RateRuleKind.EVENING})

    @rx.event
    @requires(Permission.MANAGE_CATALOG)
    async def edit(self, rule_id: int) -> None:
        rules = await self._call(pricing.list_rate_rules)
        record = _record(by_id(rules, rule_id))
        self.adjustment = record["adjustment"]
        self._open("rule", rule_id, record)

    @rx.event
    @requires(Permission.MANAGE_CATALOG)
    async def choose_adjustment(self, word: str) -> None:
        self.adjustment = word

    @rx.event
    @requires(Permission.MANAGE_CATALOG)
    async def save(self, sent: dict[str, Any]) -> AsyncIterator[Any]:
        with self._saving():
            yield
            details = _details(Form.whole(sent), Form({"adjustment": self.adjustment}))
            await self._call(pricing.save_rate_rule, details, self.record_id or None)
            await self._fetch()
        self._close()
        yield rx.toast.success(f"{details.name} saved. New prices use it at once.")

    @rx.event
    @requires(Permission.MANAGE_CATALOG)
    async def remove(self) -> Any:
        await self._call(pricing.deactivate_rate_rule, self.record_id)
        await self._fetch()
        self._close()
        return rx.toast.success("Switched off. Bookings that were made keep their price.")

    @rx.event
    @requires(Permission.MANAGE_CATALOG)
    async def restore(self, rule_id: int) -> Any:
        await self._call(pricing.activate_rate_rule, rule_id)
        await self._fetch()
        return rx.toast.success("Switched on. New prices use it at once.")

    async def _fetch(self) -> None:
        rules, studio = await self._read(pricing.list_rate_rules, include_inactive=True)
        rooms = await self._call(catalog.list_rooms)
        self.rooms = [(str(room.id), room.name) for room in rooms]
        self.rows = [_row(one, rooms, studio) for one in rules if one.is_active]
        self.unused = [_row(one, rooms, studio) for one in rules if not one.is_active]
        self.is_loading = False


def _row(rule: RateRuleView, rooms: tuple[RoomView, ...], studio: Studio) -> RuleRow:
    if rule.rate_cents is not None:
        change = f"{money.as_text(rule.rate_cents, studio.currency, studio.locale)} per hour"
    else:
        change = f"{rule.percent or 0:+.3f}".rstrip("0").rstrip(".").replace("-", "−") + " %"
    room = next((room.name for room in rooms if room.id == rule.room_id), "All rooms")
    return RuleRow(rule.id, rule.name, KINDS[rule.kind], _when(rule, studio), room, change, rule.priority)


def _when(rule: RateRuleView, studio: Studio) -> str:
    days = ", ".join(WEEKDAYS[day][:3] for day in rule.weekdays) or "Every day"
    hours = f", {when.hours_of_day_text(rule.start, rule.end, studio)}" if rule.start and rule.end else ""
    if rule.from_day is None or rule.to_day is None:
        return days + hours
    return days_text(rule.from_day, rule.to_day, studio) + (f", {days}" if rule.weekdays else "") + hours


def _record(rule: RateRuleView) -> dict[str, str]:
    return {
        "name": rule.name,
        "kind": rule.kind,
        "start": f"{rule.start:%H:%M}" if rule.start else "",
        "end": f"{rule.end:%H:%M}" if rule.end else "",
        "from_day": rule.from_day.isoformat() if rule.from_day else "",
        "to_day": rule.to_day.isoformat() if rule.to_day else "",
        "adjustment": rule.adjustment,
        "percent": "" if rule.percent is None else f"{rule.percent.normalize():f}",
        "rate_cents": money.to_text(rule.rate_cents),
        "room_id": str(rule.room_id or ""),
        "priority": str(rule.priority),
    } | {f"weekday-{day}": "yes" for day in rule.weekdays}


def _details(form: Form, choice: Form) -> RateRuleDetails:
    adjustment = choice.word("adjustment", RateAdjustment)
    is_percent = adjustment is RateAdjustment.PERCENT
    from_day = form.maybe_day("from_day")
    return RateRuleDetails(
        name=form.text("name"),
        kind=form.word("kind", RateRuleKind),
        weekdays=form.chosen_numbers("weekday-"),
        start=form.maybe_clock_time("start"),
        end=form.maybe_clock_time("end"),
        from_day=from_day,
        to_day=form.maybe_day("to_day") or from_day,
        adjustment=adjustment,
        percent=form.decimal("percent") if is_percent else None,
        rate_cents=None if is_percent else form.cents("rate_cents"),
        room_id=form.maybe_number("room_id"),
        priority=form.maybe_number("priority") or 0,
    )
