"""Engineers who are off, in the view by engineers: hatched where they do not work, and said under their name."""

from collections.abc import Iterator, Mapping
from datetime import datetime, time, timedelta
from typing import Any

from services import scheduling
from services.core import clock
from services.core import dates as when
from services.core.access import Actor
from services.scheduling import Span
from studio_app.state.calendar.hours import Hours
from studio_app.state.calendar.presenter import Event, off_events
from studio_app.state.calendar.scene import Scene

Working = Mapping[int, tuple[Span, ...]]


def working(session: Any, actor: Actor, seen: Scene) -> Working:
    """Nothing where there is no column for an engineer."""
    if seen.asked.by != "engineers" or seen.asked.view == "month":
        return {}
    return scheduling.engineers_at_work(session, actor, seen.days[0], len(seen.days))


def hatched(seen: Scene, works: Working, drawn: Hours) -> list[Event]:
    """Of the hours drawn; where days are drawn, of the days on which somebody does not work at all."""
    events, window = [], _window(seen, drawn)
    for engineer, spans in works.items():
        off = _days_off(seen, spans) if seen.drawing.is_chips else _gaps(spans, window)
        events += off_events(str(engineer), off, seen.drawing)
    return events


def _window(seen: Scene, drawn: Hours) -> Span:
    zone = seen.studio.zone
    last = clock.instant_of(datetime.combine(seen.days[-1], time()) + timedelta(hours=drawn.last), zone)
    if seen.asked.view != "day":
        return Span(seen.start, last)
    return Span(clock.instant_of(datetime.combine(seen.days[0], time()) + timedelta(hours=drawn.first), zone), last)


def note(seen: Scene, works: Working, engineer: int) -> str:
    """Under the name on a single day: `off`, or `12:00–8:00 pm`."""
    if seen.asked.view != "day" or engineer not in works:
        return ""
    start, end = clock.day_bounds(seen.days[0], 1, seen.studio.zone)
    here = [span for span in works[engineer] if start <= span.start < end or (span.start < start and span.end >= end)]
    if any(span.end - span.start >= timedelta(hours=23) for span in here):
        return ""
    return ", ".join(when.span_text(span.start, span.end, seen.studio) for span in here) or "off"


def _gaps(spans: tuple[Span, ...], window: Span) -> Iterator[tuple[datetime, datetime]]:
    at = window.start
    for span in spans:
        if span.start >= window.end:
            break
        if span.start > at:
            yield at, span.start
        at = max(at, span.end)
    if at < window.end:
        yield at, window.end


def _days_off(seen: Scene, spans: tuple[Span, ...]) -> Iterator[tuple[datetime, datetime]]:
    for day in seen.days:
        start, end = clock.day_bounds(day, 1, seen.studio.zone)
        if not any(span.start < end and start < span.end for span in spans):
            yield start, end
