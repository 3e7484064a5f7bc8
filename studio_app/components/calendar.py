"""The calendar's drawing: columns by the hour, rows by the day, or a month; a list on narrow screens and paper.

A lazy chunk, so that only the calendar's page loads it. Texts come ready from the state.
"""

from typing import Any

import reflex as rx

_FILE = rx.asset("calendar.jsx", shared=True)


class _MasterCalendar(rx.NoSSRComponent):
    library = _FILE.importable_path
    lib_dependencies: list[str] = ["@event-calendar/core@5.15.0"]
    tag = "MasterCalendar"

    frame: rx.Var[Any]
    columns: rx.Var[list[Any]]
    days: rx.Var[list[Any]]
    events: rx.Var[list[Any]]
    can_book: rx.Var[bool]
    on_pick: rx.EventHandler[rx.event.passthrough_event_spec(str, str)]


def master_calendar(
    frame: rx.Var, columns: rx.Var, days: rx.Var, events: rx.Var, *, can_book: rx.Var[bool], on_pick: Any
) -> rx.Component:
    """`on_pick` gets the wall clock (or the day alone) and the column of a click on empty time."""
    return _MasterCalendar.create(
        frame=frame, columns=columns, days=days, events=events, can_book=can_book, on_pick=on_pick
    )
