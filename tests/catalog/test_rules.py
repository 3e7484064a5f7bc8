from datetime import UTC, date, datetime, time

import pytest

from services.catalog import RateView, WeekStretch
from services.catalog.rules import best_rates, moved, overlapping

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


def _stretch(weekday: int, start: tuple[int, int], end: tuple[int, int]) -> WeekStretch:
    return WeekStretch(weekday=weekday, start=time(*start), end=time(*end))


EVENING = _stretch(0, (18, 0), (2, 0))


@pytest.mark.parametrize(
    ("other", "shares"),
    [
        (_stretch(0, (10, 0), (17, 0)), False),
        (_stretch(0, (10, 0), (18, 0)), False),
        (_stretch(0, (10, 0), (18, 1)), True),
        (_stretch(0, (20, 0), (21, 0)), True),
        (_stretch(0, (17, 0), (3, 0)), True),
        (_stretch(0, (18, 0), (2, 0)), True),
        (_stretch(1, (1, 59), (4, 0)), True),
        (_stretch(1, (2, 0), (4, 0)), False),
        (_stretch(6, (20, 0), (18, 0)), False),
        (_stretch(6, (20, 0), (18, 1)), True),
        (_stretch(0, (9, 0), (9, 0)), True),
        (_stretch(3, (9, 0), (9, 0)), False),
    ],
    ids=[
        "before",
        "touching the start",
        "into the start",
        "inside",
        "around",
        "the same",
        "past midnight into the end",
        "past midnight touching the end",
        "from Sunday up to Monday evening",
        "from Sunday into Monday evening",
        "a whole day around",
        "a whole other day",
    ],
)
def test_stretches_of_the_week_share_time(other: WeekStretch, shares: bool) -> None:
    assert (overlapping([EVENING, other]) is not None) is shares
    assert (overlapping([other, EVENING]) is not None) is shares


@pytest.mark.parametrize(
    ("position", "order"), [(0, [3, 1, 2]), (1, [1, 3, 2]), (2, [1, 2, 3]), (99, [1, 2, 3]), (-5, [3, 1, 2])]
)
def test_moving_keeps_the_others_in_order(position: int, order: list[int]) -> None:
    assert moved([1, 2, 3], 3, position) == order
