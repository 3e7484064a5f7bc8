from collections.abc import AsyncIterator
from dataclasses import fields
from typing import Any

import reflex as rx

from services import catalog
from services.core import clock, zone_rules
from services.core.access import Permission
from services.core.studio import Studio, StudioChange
from studio_app.gate import requires
from studio_app.state.base import Loading
from studio_app.state.editor import EditorState
from studio_app.state.form import Form


class StudioState(Loading, EditorState):
    info: dict[str, str] = {}
    terms_version: int = 0
    zone_trouble: str = ""
    """How the database's rules for the studio's zone differ from those we reckon by."""

    @rx.event
    @requires(Permission.MANAGE_CATALOG)
    async def load(self) -> None:
        self._arrive()
        self._show(await self._call(catalog.get_studio))
        await self._compare_zone_rules()
        self.is_loading = False

    @rx.event
    @requires(Permission.MANAGE_CATALOG)
    async def save(self, sent: dict[str, Any]) -> AsyncIterator[Any]:
        version = self.terms_version
        with self._saving():
            yield
            self._show(await self._call(catalog.update_studio, _change(Form.whole(sent))))
            await self._compare_zone_rules()
        news = f" The terms are now version {self.terms_version}." if self.terms_version != version else ""
        yield rx.toast.success(f"Studio saved.{news}")

    async def _compare_zone_rules(self) -> None:
        differ = await self._call(lambda session, _: zone_rules.studio_difference(session, clock.now()))
        self.zone_trouble = differ.message if differ else ""

    def _show(self, studio: Studio) -> None:
        values = {field.name: getattr(studio, field.name) for field in fields(StudioChange)}
        self.info = {name: "" if value is None else str(value) for name, value in values.items()}
        self.info["confirms_when_paid"] = "yes" if studio.confirms_when_paid else ""
        self.info["tax_rate_pct"] = f"{studio.tax_rate_pct.normalize():f}"
        self.terms_version = studio.terms_version


def _change(form: Form) -> StudioChange:
    return StudioChange(
        name=form.text("name"),
        address=form.text("address"),
        map_link=form.text("map_link"),
        latitude=form.maybe_decimal("latitude"),
        longitude=form.maybe_decimal("longitude"),
        phone=form.text("phone"),
        whatsapp=form.text("whatsapp"),
        whatsapp_link=form.text("whatsapp_link"),
        opening_text=form.text("opening_text"),
        logo=form.text("logo"),
        time_zone=form.text("time_zone"),
        currency=form.text("currency"),
        locale=form.text("locale"),
        phone_region=form.text("phone_region"),
        tax_rate_pct=form.decimal("tax_rate_pct"),
        deposit_pct=form.number("deposit_pct"),
        deposit_deadline_hours=form.number("deposit_deadline_hours"),
        confirms_when_paid=form.checked("confirms_when_paid"),
        hold_days=form.number("hold_days"),
        challenge_hours=form.number("challenge_hours"),
        waitlist_offer_hours=form.number("waitlist_offer_hours"),
        check_in_lead_minutes=form.number("check_in_lead_minutes"),
        payment_back_days=form.number("payment_back_days"),
        free_cancel_hours=form.number("free_cancel_hours"),
        cancel_fee_pct=form.number("cancel_fee_pct"),
        no_show_fee_pct=form.number("no_show_fee_pct"),
        cancellation_policy=form.text("cancellation_policy"),
        terms=form.text("terms"),
        payment_instructions=form.text("payment_instructions"),
    )
