from dataclasses import replace
from datetime import date, timedelta
from threading import Barrier, Thread

import pytest
from sqlalchemy import Engine
from sqlmodel import Session

from services import catalog, pricing
from services.core import db
from services.core.access import SYSTEM, Actor
from services.core.errors import Conflict, Invalid, NotAllowed, NotFound
from tests import cast
from tests.catalog.details import last_audit, room_details

JANUARY, MARCH, JUNE = date(2026, 1, 1), date(2026, 3, 1), date(2026, 6, 1)


def _limits(session: Session, admin: Actor, room_id: int) -> list[tuple[int, date, date | None]]:
    return [
        (each.min_price_cents, each.from_day, each.to_day)
        for each in pricing.room_limit_history(session, admin, room_id)
    ]


def _rate_in_june(session: Session, engineer_id: int) -> int:
    return pricing.sale_context(session, "", JUNE, (), engineer_id).rates_on(JUNE, ())[None].hourly_rate_cents


def test_a_new_limit_closes_the_one_before_it(session: Session, admin: Actor, room: catalog.RoomView) -> None:
    pricing.set_room_limit(session, admin, room.id, 100, 200, JANUARY, None)
    pricing.set_room_limit(session, admin, room.id, 300, 400, MARCH, None)

    assert _limits(session, admin, room.id) == [
        (300, MARCH, None),
        (100, JANUARY, MARCH - timedelta(days=1)),
    ]
    offer = pricing.sale_context(session, "", MARCH, [room.id])
    assert offer.limits_on(date(2026, 2, 28))[room.id].max_price_cents == 200
    assert offer.limits_on(MARCH)[room.id].max_price_cents == 400


def test_a_limit_of_the_same_day_is_replaced(session: Session, admin: Actor, room: catalog.RoomView) -> None:
    pricing.set_room_limit(session, admin, room.id, 100, 200, JANUARY, None)
    pricing.set_room_limit(session, admin, room.id, 150, 200, JANUARY, None)

    assert _limits(session, admin, room.id) == [(150, JANUARY, None)]


def test_a_limit_that_runs_into_a_later_one_is_refused(session: Session, admin: Actor, room: catalog.RoomView) -> None:
    pricing.set_room_limit(session, admin, room.id, 300, 400, MARCH, None)

    with pytest.raises(Conflict) as refused:
        pricing.set_room_limit(session, admin, room.id, 100, 200, JANUARY, None)

    assert (refused.value.code, refused.value.field) == ("limits_overlap", "to_day")
    pricing.set_room_limit(session, admin, room.id, 100, 200, JANUARY, MARCH - timedelta(days=1))
    assert len(_limits(session, admin, room.id)) == 2


@pytest.mark.parametrize(
    ("low", "high", "to_day", "field"),
    [
        (-1, 5, None, "min_price_cents"),
        (6, 5, None, "max_price_cents"),
        (1, 1_000_000_001, None, "max_price_cents"),
        (1, 2, JANUARY - timedelta(days=1), "to_day"),
    ],
)
def test_a_limit_that_cannot_be_is_refused(
    session: Session, admin: Actor, room: catalog.RoomView, low: int, high: int, to_day: date | None, field: str
) -> None:
    with pytest.raises(Invalid) as refused:
        pricing.set_room_limit(session, admin, room.id, low, high, JANUARY, to_day)

    assert refused.value.field == field


def test_managers_set_limits_and_agents_only_read_them(session: Session, admin: Actor, room: catalog.RoomView) -> None:
    pricing.set_room_limit(session, cast.dana(session), room.id, 100, 200, JANUARY)
    abel = cast.abel(session)

    assert pricing.room_limit_history(session, abel, room.id)
    with pytest.raises(NotAllowed):
        pricing.set_room_limit(session, abel, room.id, 100, 200, MARCH)


@pytest.mark.fire
def test_limits_set_at_the_same_moment_never_overlap(database: Engine) -> None:
    room_id = db.run(catalog.create_room, SYSTEM, room_details()).id
    together = Barrier(4)
    refusals: list[BaseException] = []

    def set_limit(cents: int) -> None:
        together.wait()
        try:
            db.run(pricing.set_room_limit, SYSTEM, room_id, cents, cents, JANUARY, None)
        except Exception as error:
            refusals.append(error)

    threads = [Thread(target=set_limit, args=(cents,)) for cents in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert not refusals
    assert len(db.run(pricing.room_limit_history, SYSTEM, room_id)) == 1


def test_an_override_counts_until_it_ends(session: Session, admin: Actor, new_engineer: catalog.EngineerView) -> None:
    own = pricing.NewRate(engineer_id=new_engineer.id, hourly_rate_cents=5000, from_day=JANUARY)
    pricing.set_engineer_rate(session, admin, own)

    override = pricing.set_engineer_rate(
        session, admin, replace(own, hourly_rate_cents=7000, is_override=True, from_day=MARCH)
    )

    assert override.overridden_by == admin.user_id
    assert (
        pricing.sale_context(session, "", JUNE, (), new_engineer.id).rates_on(JUNE, ())[None].hourly_rate_cents == 7000
    )
    pricing.end_engineer_rate(session, admin, override.id, date(2026, 5, 31))
    assert (
        pricing.sale_context(session, "", JUNE, (), new_engineer.id).rates_on(JUNE, ())[None].hourly_rate_cents == 5000
    )
    assert last_audit(session).changes == {
        "before": {"effective": ["2026-03-01", None]},
        "after": {"effective": ["2026-03-01", "2026-06-01"]},
    }


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"hourly_rate_cents": -1}, "hourly_rate_cents"),
        ({"min_rate_cents": 6000}, "hourly_rate_cents"),
        ({"max_rate_cents": 4000}, "hourly_rate_cents"),
        ({"min_rate_cents": 6000, "max_rate_cents": 4000}, "max_rate_cents"),
        ({"to_day": date(2025, 1, 1)}, "to_day"),
    ],
)
def test_a_rate_that_cannot_be_is_refused(
    session: Session, admin: Actor, new_engineer: catalog.EngineerView, change: dict[str, object], field: str
) -> None:
    rate = pricing.NewRate(engineer_id=new_engineer.id, hourly_rate_cents=5000, from_day=JANUARY)

    with pytest.raises(Invalid) as refused:
        pricing.set_engineer_rate(session, admin, replace(rate, **change))  # type: ignore[arg-type]

    assert refused.value.field == field


def test_rates_are_the_administrators_and_engineers_see_their_own(
    session: Session, admin: Actor, new_engineer: catalog.EngineerView
) -> None:
    rate = pricing.NewRate(engineer_id=new_engineer.id, hourly_rate_cents=5000, from_day=JANUARY)
    pricing.set_engineer_rate(session, admin, rate)
    maya = replace(cast.maya(session), engineer_id=new_engineer.id)

    assert len(pricing.engineer_rate_history(session, maya, new_engineer.id)) == 1
    for actor in (maya, cast.dana(session)):
        with pytest.raises(NotAllowed):
            pricing.set_engineer_rate(session, actor, rate)
    with pytest.raises(NotAllowed):
        pricing.engineer_rate_history(session, maya, new_engineer.id + 1)
    with pytest.raises(NotFound):
        pricing.set_engineer_rate(session, admin, replace(rate, room_id=999_999))
