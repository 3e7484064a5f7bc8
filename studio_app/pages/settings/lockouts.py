"""Rooms out of sale for days, weeks or months."""

import reflex as rx

from studio_app import routes
from studio_app.components import (
    Column,
    button,
    card,
    data_table,
    date_field,
    empty_state,
    note,
    page_header,
    pair,
    select_field,
    text_field,
    time_field,
)
from studio_app.pages.editing import (
    ask_dialog,
    bound,
    editor_dialog,
    options,
    row_actions,
    session_list,
    tick_list,
)
from studio_app.pages.settings.frame import settings_page
from studio_app.state.settings.lockouts import KINDS, LockoutsState

put = bound(LockoutsState.record)


def page() -> rx.Component:
    return settings_page(
        page_header(
            "Lockouts",
            "Rooms out of sale: for an artist, a takeover or maintenance.",
            button("Lock rooms", kind="primary", icon="lock", on_click=LockoutsState.ask),
        ),
        rx.cond(LockoutsState.holds.length() > 0, _holds()),
        card(_table()),
        _dialogs(),
        active=routes.SETTINGS_LOCKOUTS,
    )


def _holds() -> rx.Component:
    return note(
        session_list(LockoutsState.holds),
        title="These holds are in that time. They block nobody, and cannot be confirmed any more: tell their clients.",
        tone="warn",
        role="status",
    )


def _table() -> rx.Component:
    return data_table(
        "Lockouts",
        [
            Column("Rooms", lambda row: rx.el.b(row.rooms), lead=True),
            Column("Why", _why),
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


def _why(row: rx.Var) -> rx.Component:
    return rx.el.div(rx.el.span(row.reason), rx.el.span(row.kind, class_name="sub"), class_name="two")


def _dialogs() -> rx.Component:
    return rx.fragment(
        editor_dialog(
            "lock",
            "Lock rooms",
            rx.el.fieldset(
                rx.el.legend("Rooms", class_name="legend"),
                tick_list(LockoutsState.lockable, "lock-room-"),
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
