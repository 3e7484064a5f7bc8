"""Sorted spans that never touch, in whole seconds as they were read: many are compared, few are shown."""

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from operator import itemgetter

from services.scheduling.types import Span

Seconds = tuple[int, int]
"""A span as seconds since the epoch, half-open."""

_START = itemgetter(0)


def seconds(span: Span) -> Seconds:
    return int(span.start.timestamp()), int(span.end.timestamp())


def from_seconds(start: int, end: int) -> Span:
    return Span(datetime.fromtimestamp(start, UTC), datetime.fromtimestamp(end, UTC))


@dataclass(frozen=True, slots=True)
class SpanSet:
    pairs: Sequence[Seconds]

    def cover(self, wanted: Seconds) -> bool:
        """Whether one of them holds all of `wanted`."""
        index = bisect_right(self.pairs, wanted[0], key=_START) - 1
        return index >= 0 and self.pairs[index][1] >= wanted[1]

    def spans(self) -> tuple[Span, ...]:
        return tuple(from_seconds(*pair) for pair in self.pairs)

    def within(self, window: Span) -> tuple[Span, ...]:
        """The parts of them inside `window`."""
        first, last = seconds(window)
        cut = ((max(start, first), min(end, last)) for start, end in self.pairs)
        return tuple(from_seconds(start, end) for start, end in cut if start < end)
