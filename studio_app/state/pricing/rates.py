"""An engineer's rates as their page shows and reads them."""

from dataclasses import dataclass
from datetime import date

from services.core import money
from services.core.studio import Studio
from services.pricing import NewRate, RateView
from studio_app.state.catalog.room import counts
from studio_app.state.editor import days_text
from studio_app.state.form import Form


@dataclass(frozen=True)
class RateRow:
    id: int
    rate: str
    bounds: str
    room: str
    days: str
    is_override: bool
    is_current: bool


def rate_row(rate: RateView, rooms: dict[int, str], studio: Studio, today: date) -> RateRow:
    def text(cents: int | None, otherwise: str) -> str:
        return otherwise if cents is None else money.as_text(cents, studio.currency, studio.locale)

    is_bounded = rate.min_rate_cents is not None or rate.max_rate_cents is not None
    return RateRow(
        id=rate.id,
        rate=f"{text(rate.hourly_rate_cents, '')} per hour",
        bounds=f"{text(rate.min_rate_cents, 'any')} – {text(rate.max_rate_cents, 'any')}" if is_bounded else "",
        room="All rooms" if rate.room_id is None else rooms.get(rate.room_id, "A retired room"),
        days=days_text(rate.from_day, rate.to_day, studio),
        is_override=rate.is_override,
        is_current=counts(rate, today),
    )


def new_rate(engineer_id: int, form: Form) -> NewRate:
    return NewRate(
        engineer_id=engineer_id,
        room_id=form.maybe_number("room_id"),
        hourly_rate_cents=form.cents("hourly_rate_cents"),
        min_rate_cents=form.maybe_cents("min_rate_cents"),
        max_rate_cents=form.maybe_cents("max_rate_cents"),
        is_override=form.checked("is_override"),
        from_day=form.day("from_day"),
        to_day=form.maybe_day("to_day"),
    )
