from collections.abc import AsyncIterator
from dataclasses import dataclass
from typing import Any

import reflex as rx

from services import catalog
from services.catalog import ServiceDetails, ServiceMode, ServicePricing, ServiceView
from services.core import money
from services.core.access import Permission
from services.core.dates import hours_text
from services.core.errors import Invalid
from services.core.studio import Studio
from studio_app.gate import requires
from studio_app.state.base import Loading
from studio_app.state.editor import EditorState, by_id, day_and_time
from studio_app.state.form import Form, form_texts

MODES = {ServiceMode.IN_PERSON: "In person", ServiceMode.ONLINE: "Online"}
PRICINGS = {ServicePricing.HOURLY: "per hour", ServicePricing.FLAT: "flat"}


@dataclass(frozen=True)
class ServiceRow:
    id: int
    place: int
    name: str
    code: str
    mode: str
    price: str
    time: str
    needs_engineer: bool
    is_visible: bool


@dataclass(frozen=True)
class PriceRow:
    price: str
    since: str
    by: str


class ServicesState(Loading, EditorState):
    rows: list[ServiceRow] = []
    retired: list[ServiceRow] = []
    prices: list[PriceRow] = []
    """What the service in the dialog has cost, the latest first."""

    @rx.event
    @requires(Permission.MANAGE_CATALOG)
    async def load(self) -> None:
        self._arrive()
        await self._fetch()

    @rx.event
    @requires(Permission.MANAGE_CATALOG)
    async def add(self) -> None:
        self.prices = []
        new = {"duration_minutes": "60", "buffer_minutes": "15", "mode": "IN_PERSON", "pricing": "HOURLY"}
        self._open("service", 0, new | {"is_visible": "yes"})

    @rx.event
    @requires(Permission.MANAGE_CATALOG)
    async def edit(self, service_id: int) -> None:
        service = by_id(await self._call(catalog.list_services, include_retired=True), service_id)
        history, studio = await self._read(catalog.price_history, service_id)
        self.prices = [
            PriceRow(
                _price(one.price_cents, one.pricing, studio),
                day_and_time(one.effective_from, studio),
                one.set_by_name,
            )
            for one in history
        ]
        self._open("service", service_id, _texts(service))

    @rx.event
    @requires(Permission.MANAGE_CATALOG)
    async def save(self, sent: dict[str, Any]) -> AsyncIterator[Any]:
        with self._saving():
            yield
            details = _details(Form.whole(sent))
            if self.record_id:
                await self._call(catalog.update_service, self.record_id, details)
            else:
                await self._call(catalog.create_service, details)
            await self._fetch()
        self._close()
        yield rx.toast.success(f"{details.name} saved. It counts at once.")

    @rx.event
    @requires(Permission.MANAGE_CATALOG)
    async def move(self, service_id: int, place: int) -> None:
        await self._call(catalog.move_service, service_id, place)
        await self._fetch()

    @rx.event
    @requires(Permission.MANAGE_CATALOG)
    async def retire(self) -> Any:
        await self._call(catalog.retire_service, self.record_id)
        await self._fetch()
        self._close()
        return rx.toast.success("Retired. Bookings that were made keep it; you can restore it below.")

    @rx.event
    @requires(Permission.MANAGE_CATALOG)
    async def restore(self, service_id: int) -> Any:
        await self._call(catalog.restore_service, service_id)
        await self._fetch()
        return rx.toast.success("Restored. It is on offer again.")

    async def _fetch(self) -> None:
        found, studio = await self._read(catalog.list_services, include_retired=True)
        on_offer = [one for one in found if one.deleted_at is None]
        self.rows = [_row(one, place, studio) for place, one in enumerate(on_offer)]
        self.retired = [_row(one, 0, studio) for one in found if one.deleted_at is not None]
        self.is_loading = False


def _price(cents: int, pricing: ServicePricing, studio: Studio) -> str:
    return f"{money.as_text(cents, studio.currency, studio.locale)} {PRICINGS[pricing]}"


def _row(service: ServiceView, place: int, studio: Studio) -> ServiceRow:
    buffer = f" + {service.buffer_minutes} min" if service.buffer_minutes else ""
    return ServiceRow(
        id=service.id,
        place=place,
        name=service.name,
        code=service.code,
        mode=MODES[service.mode],
        price=_price(service.price_cents, service.pricing, studio) if service.price_cents else "by room and engineer",
        time=f"{hours_text(service.duration_minutes)}{buffer}",
        needs_engineer=service.needs_engineer,
        is_visible=service.is_visible,
    )


def _texts(service: ServiceView) -> dict[str, str]:
    attributes = "\n".join(f"{name}: {value}" for name, value in service.attributes.items())
    return form_texts(ServiceDetails, service) | {"attributes": attributes}


def _details(form: Form) -> ServiceDetails:
    buffer = form.maybe_number("buffer_minutes") or 0
    return form.read(ServiceDetails, buffer_minutes=buffer, attributes=_attributes(form.lines("attributes")))


def _attributes(lines: tuple[str, ...]) -> dict[str, str]:
    parts = [line.partition(":") for line in lines]
    if any(not colon or not name.strip() for name, colon, _ in parts):
        raise Invalid("Write one detail a line, like “Songs: up to 3”.", field="attributes")
    return {name.strip(): value.strip() for name, _, value in parts}
