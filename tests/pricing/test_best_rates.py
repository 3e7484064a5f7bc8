from datetime import UTC, date, datetime

import pytest

from services.pricing import RateView
from services.pricing.rules import best_rates

OLD, NEW = date(2026, 1, 1), date(2026, 6, 1)


def _rate(rate_id: int, room_id: int | None, from_day: date = OLD, *, override: bool = False) -> RateView:
    return RateView(
        id=rate_id,
        engineer_id=1,
        room_id=room_id,
        hourly_rate_cents=rate_id * 100,
        is_override=override,
        overridden_by=None,
        from_day=from_day,
        created_at=datetime(2026, 1, 1, tzinfo=UTC),
    )


@pytest.mark.parametrize(
    ("rates", "counts_in_room_7"),
    [
        ([], None),
        ([_rate(1, None)], 1),
        ([_rate(1, 7)], 1),
        ([_rate(1, 8)], None),
        ([_rate(1, None), _rate(2, 7)], 2),
        ([_rate(1, 7), _rate(2, None, NEW)], 1),
        ([_rate(1, None), _rate(2, None, NEW)], 2),
        ([_rate(2, None), _rate(1, None, NEW)], 1),
        ([_rate(1, 7), _rate(2, 7, NEW)], 2),
        ([_rate(1, None), _rate(2, None)], 2),
        ([_rate(1, 7, NEW), _rate(2, None, override=True)], 2),
        ([_rate(1, None, NEW, override=True), _rate(2, 7, override=True)], 2),
        ([_rate(1, 7, override=True), _rate(2, 7, NEW, override=True)], 2),
        ([_rate(1, 8, override=True), _rate(2, None)], 2),
    ],
    ids=[
        "no rate",
        "a general rate counts in every room",
        "a room's rate counts there",
        "another room's rate does not",
        "the room's rate beats the general one",
        "even if the general one is newer",
        "of general rates the latest counts",
        "the latest is the one that begins last, not the one written last",
        "of a room's rates the latest counts",
        "of two from the same day the one written last counts",
        "a general override beats the room's own rate",
        "of overrides the room's beats the general one",
        "of a room's overrides the latest counts",
        "another room's override does not",
    ],
)
def test_the_rate_that_counts(rates: list[RateView], counts_in_room_7: int | None) -> None:
    best = best_rates(rates, [7])

    assert (best[7].id if 7 in best else None) == counts_in_room_7
    assert best == best_rates(reversed(rates), [7])


def test_outside_any_room_only_general_rates_count() -> None:
    best = best_rates([_rate(1, None), _rate(2, 7, override=True)], [7])

    assert (best[None].id, best[7].id) == (1, 2)
