"""The calendar's drawing: columns by the hour, rows by the day, or a month; a list on narrow screens and paper.

A lazy chunk, so that only the calendar's page loads it. It fetches what the page's address asks for from the API.
"""

from typing import Any

import reflex as rx

_FILE = rx.asset("calendar.jsx", shared=True)
_PARTS = [
    rx.asset(f"calendar_{name}", shared=True) for name in ("agenda.jsx", "clock.js", "data.js", "events.js", "lanes.js")
]
"""What it imports: beside it."""


class _MasterCalendar(rx.NoSSRComponent):
    library = _FILE.importable_path
    lib_dependencies: list[str] = ["@event-calendar/core@5.15.0"]
    tag = "MasterCalendar"

    patch: rx.Var[dict[str, Any]]
    asking: rx.Var[str]
    can_book: rx.Var[bool]
    on_pick: rx.EventHandler[rx.event.passthrough_event_spec(str, str)]
    on_move: rx.EventHandler[rx.event.passthrough_event_spec(str, str, str, str, str)]
    on_ask: rx.EventHandler[rx.event.passthrough_event_spec(str)]


def master_calendar(
    patch: rx.Var, *, asking: rx.Var[str], can_book: rx.Var[bool], on_pick: Any, on_move: Any, on_ask: Any
) -> rx.Component:
    """`patch`: what changed since it was fetched. `asking`: the number whose change is being asked about.

    `on_pick` gets the wall clock (or the day alone) and the column of a click on empty time; `on_move` the number,
    the new start, the new end (empty unless resized), and the columns from and to (empty when it stays); `on_ask`
    the number whose change is to be asked about without a drag.
    """
    return _MasterCalendar.create(
        patch=patch, asking=asking, can_book=can_book, on_pick=on_pick, on_move=on_move, on_ask=on_ask
    )
