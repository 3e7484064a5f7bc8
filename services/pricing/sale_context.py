"""All that a price is made of. What the studio says of it is read at once: each statement costs."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from pydantic import TypeAdapter
from sqlalchemy import text
from sqlmodel import Session

from services.catalog import FOR_SALE, EngineerView, MicView, RoomView, ServiceView
from services.core.errors import Invalid, NotFound
from services.core.fields import clean
from services.core.rows import possible
from services.core.studio import Studio
from services.pricing.rules import best_rates
from services.pricing.types import Discount, RateOverride, RateRuleView, RateView, RoomLimitView

_MARGIN = timedelta(days=1)
"""How far the studio's day may be from the one given."""


@dataclass(frozen=True, slots=True, kw_only=True)
class SaleContext:
    """What exists of what was asked for, retired or not."""

    studio: Studio
    services: tuple[ServiceView, ...]
    rooms: tuple[RoomView, ...]
    engineers: tuple[EngineerView, ...]
    mics: tuple[MicView, ...]
    limits: tuple[RoomLimitView, ...]
    rates: tuple[RateView, ...]
    rules: tuple[RateRuleView, ...]
    """Active ones, the highest priority first."""

    @property
    def service(self) -> ServiceView:
        """The service to sell: a retired one is Invalid, an unknown one NotFound."""
        if not self.services:
            raise NotFound("There is no such service.", field="service")
        if not self.services[0].is_active:
            raise Invalid(f"{self.services[0].name} is no longer offered. Choose another service.", field="service")
        return self.services[0]

    def limits_on(self, day: date) -> dict[int, RoomLimitView]:
        """The bounds that count on a day; a room without any is left out."""
        return {limit.room_id: limit for limit in self.limits if _counts(limit, day)}

    def rates_on(self, day: date, room_ids: Iterable[int]) -> dict[int | None, RateView]:
        """The engineer's rate in each room, and under None the one outside any room.

        A room in which the engineer has no rate on that day is left out.
        """
        return best_rates([rate for rate in self.rates if _counts(rate, day)], room_ids)


def _counts(one: RoomLimitView | RateView, day: date) -> bool:
    return one.from_day <= day and (one.to_day is None or day <= one.to_day)


@dataclass(frozen=True, slots=True)
class PriceRequest:
    """Everything to be priced, already looked up."""

    start: datetime
    minutes: int
    studio: Studio
    service: ServiceView
    context: SaleContext
    """Of the rooms and the engineer: the rates in force."""
    rooms: tuple[RoomView, ...] = ()
    engineer_id: int | None = None
    engineer_name: str = ""
    mics: tuple[tuple[MicView, int], ...] = ()
    discount: Discount | None = None
    overrides: tuple[RateOverride, ...] = ()


def sale_context(
    session: Session,
    service: str,
    near: date,
    room_ids: Iterable[int] = (),
    engineer_id: int | None = None,
    mic_ids: Iterable[int] = (),
) -> SaleContext:
    """With the bounds and rates of the days around `near`, for the studio's day is known with its zone only."""
    wanted = {
        "service": clean(service),
        "first": near - _MARGIN,
        "last": near + _MARGIN,
        "rooms": list(possible(room_ids)),
        "engineers": [] if engineer_id is None else list(possible([engineer_id])),
        "mics": list(possible(mic_ids)),
    }
    found = session.execute(_SALE_CONTEXT, wanted).scalar_one_or_none()
    if found is None:
        raise NotFound("The studio is not set up yet. Run the migrations first.")
    return _READ.validate_json(found)


_READ = TypeAdapter(SaleContext)


def _all(rows: str, order: str = "") -> str:
    return f"(select coalesce(jsonb_agg(found {order}), '[]') from ({rows}) as found)"


_CATALOG = ", ".join(f"'{name}', {_all(rows)}" for name, rows in FOR_SALE.items())

# Numbers with a fraction travel as text, so that they arrive as they are. `materialized` hides the arguments
# from the planner: one plan is good for all, and planning took longer than reading.
_SALE_CONTEXT = text(
    f"""
with asked as materialized (
    select cast(:service as text) as service, daterange(cast(:first as date), cast(:last as date), '[]') as days,
           cast(:rooms as int[]) as rooms, cast(:engineers as int[]) as engineers, cast(:mics as int[]) as mics
)
select jsonb_build_object(
    'studio', to_jsonb(s) || jsonb_build_object(
        'tax_rate_pct', tax_rate_pct::text, 'latitude', latitude::text, 'longitude', longitude::text),
    {_CATALOG},
    'limits', {
        _all('''
        select *, lower(effective) as from_day, upper(effective) - 1 as to_day
          from room_price_limit where room_id = any(asked.rooms) and effective && asked.days''')
    },
    'rates', {
        _all('''
        select *, lower(effective) as from_day, upper(effective) - 1 as to_day
          from engineer_rate where engineer_id = any(asked.engineers) and effective && asked.days
           and (room_id is null or room_id = any(asked.rooms))''')
    },
    'rules', {
        _all('''
        select id, name, kind, weekdays, start, "end", adjustment, percent::text, rate_cents, room_id, priority,
               is_active, lower(days) as from_day, upper(days) - 1 as to_day
          from rate_rule where is_active and asked.rooms <> '{}' order by priority desc, id''')
    }
)::text from studio_info s, asked
"""
)
