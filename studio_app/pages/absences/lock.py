"""Locking rooms, on the calendar and in the settings: what is in the way can be moved from there."""

import reflex as rx

from studio_app.components import button, date_field, note, pair, select_field, text_field, time_field
from studio_app.pages.editing import bound, editor_dialog, options, session_list, tick_list
from studio_app.state.absences.lockouts import KINDS, LockoutsState
from studio_app.state.changes.whatif import CalendarChange

put = bound(LockoutsState.record)


def lock_dialog() -> rx.Component:
    """Needs `change_dialog()` on the same page."""
    return editor_dialog(
        "lock",
        "Lock rooms",
        rx.el.fieldset(
            rx.el.legend("Rooms", class_name="legend"),
            tick_list(LockoutsState.lockable, "lock-room-"),
            rx.el.span(LockoutsState.errors["rooms"], class_name="error", role="alert"),
        ),
        pair(
            put(date_field, "First day", "start_day", required=True),
            put(date_field, "Last day", "end_day", hint="Included. Empty: that one day."),
        ),
        pair(
            put(time_field, "From", "start", hint="Empty: from the beginning of the first day"),
            put(time_field, "Until", "end", hint="Empty: to the end of the last day"),
        ),
        pair(
            put(select_field, "Kind", "kind", options(KINDS)),
            put(text_field, "Reason", "reason", required=True, hint="The calendar shows it"),
        ),
        on_submit=LockoutsState.lock,
        save="Lock",
        text=rx.fragment("Times in ", LockoutsState.zone_name, ". Sessions that are in the way are listed."),
        move=CalendarChange.ask,
    )


def holds_note() -> rx.Component:
    return rx.cond(
        LockoutsState.holds.length() > 0,
        note(
            session_list(LockoutsState.holds),
            button("Got it", size="small", on_click=LockoutsState.forget_holds),
            title="These holds are in that time and cannot be confirmed any more: tell their clients.",
            tone="warn",
            role="status",
        ),
    )
