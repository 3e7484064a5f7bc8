from datetime import time

import pytest

from services.catalog import WeekStretch
from services.catalog.rules import moved, overlapping


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
