"""Rooms out of sale for days, weeks or months: a part of the rooms page."""

import reflex as rx

from studio_app.components import (
    Column,
    button,
    card,
    checkbox,
    data_table,
    date_field,
    empty_state,
    pair,
    select_field,
    tag,
    text_field,
    time_field,
)
from studio_app.pages.editing import ask_dialog, bound, editor_dialog, options, row_actions
from studio_app.state.base import may
from studio_app.state.settings.lockouts import KINDS, LockoutsState

put = bound(LockoutsState.record)


def lock_button() -> rx.Component:
    return rx.cond(may("LOCK_ROOMS"), button("Lock rooms", icon="lock", on_click=LockoutsState.ask))


def lockouts_card() -> rx.Component:
    return rx.cond(may("LOCK_ROOMS"), card(_table(), title="Lockouts"))


def _table() -> rx.Component:
    return data_table(
        "Lockouts",
        [
            Column("Rooms", lambda row: rx.el.b(row.rooms), lead=True),
            Column("Why", lambda row: rx.fragment(tag(row.kind, "hold", "lock"), " ", row.reason)),
            Column("When", lambda row: row.when),
            Column(
                "",
                lambda row: row_actions(
                    button(
                        "Unlock",
                        size="small",
                        aria_label=f"Unlock {row.rooms}",
                        on_click=LockoutsState.ask_to_unlock(row.id),
                    )
                ),
            ),
        ],
        LockoutsState.lockouts,
        loading=LockoutsState.is_loading,
        empty=empty_state(
            "Nothing is locked",
            "Lock rooms for an artist, a takeover or maintenance, and nobody can book them in that time.",
            icon="lock-open",
        ),
    )


def dialogs() -> rx.Component:
    return rx.fragment(
        editor_dialog(
            "lock",
            "Lock rooms",
            rx.el.fieldset(
                rx.el.legend("Rooms", class_name="legend"),
                rx.el.div(
                    rx.foreach(LockoutsState.lockable, lambda room: checkbox(room[1], f"lock-room-{room[0]}")),
                    class_name="ticks",
                ),
                rx.el.span(LockoutsState.errors["rooms"], class_name="error", role="alert"),
            ),
            pair(put(date_field, "From", "start_day", required=True), put(time_field, "At", "start", required=True)),
            pair(put(date_field, "Until", "end_day", required=True), put(time_field, "At", "end", required=True)),
            pair(
                put(select_field, "Kind", "kind", options(KINDS)),
                put(text_field, "Reason", "reason", required=True, hint="The calendar shows it"),
            ),
            on_submit=LockoutsState.lock,
            save="Lock",
            text=rx.fragment(
                "Times in ", LockoutsState.zone_name, ". Sessions that are in the way are listed; move them first."
            ),
        ),
        ask_dialog(
            "unlock",
            f"Unlock {LockoutsState.record['rooms']}?",
            "The time can be booked again at once.",
            "Unlock",
            LockoutsState.unlock,
            keep="Keep locked",
        ),
    )
