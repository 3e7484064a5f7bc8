"""Who else is here."""

import reflex as rx

from studio_app.components import tag
from studio_app.state.bookings.booking import BookingState as State
from studio_app.state.bookings.live import BookingLive as Live
from studio_app.state.changes.whatif import CalendarChange


def others() -> rx.Component:
    shown = rx.el.div(rx.foreach(Live.others, _other), class_name="row wrap tight-row")
    return rx.fragment(
        rx.el.div(rx.cond(Live.others.length() > 0, shown), role="status"),
        _says_who_edits(State.dialog != ""),
        _says_who_edits(CalendarChange.asking != ""),
    )


def _other(other: rx.Var) -> rx.Component:
    return rx.cond(
        other.is_editing,
        tag(f"{other.name} is editing", tone="warn", icon="pencil"),
        tag(f"{other.name} is also here", tone="info", icon="eye"),
    )


def _says_who_edits(is_open: rx.Var[bool]) -> rx.Component:
    """Comes and goes with a dialog."""
    return rx.cond(is_open, rx.el.span(on_mount=Live.beat, on_unmount=Live.beat, hidden=True))
