"""Rooms out of sale for days, weeks or months."""

import reflex as rx

from studio_app import routes
from studio_app.components import Column, button, card, data_table, empty_state, page_header
from studio_app.pages.absences.lock import holds_note, lock_dialog
from studio_app.pages.changes.whatif import change_dialog
from studio_app.pages.editing import ask_dialog, row_actions
from studio_app.pages.settings.frame import settings_page
from studio_app.state.absences.lockouts import LockoutsState


def page() -> rx.Component:
    return settings_page(
        page_header(
            "Lockouts",
            "Rooms out of sale: for an artist, a takeover or maintenance.",
            button("Lock rooms", kind="primary", icon="lock", on_click=LockoutsState.ask),
        ),
        holds_note(),
        card(_table()),
        _dialogs(),
        active=routes.SETTINGS_LOCKOUTS,
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
        lock_dialog(),
        change_dialog(),
        ask_dialog(
            "unlock",
            f"Unlock {LockoutsState.record['rooms']}?",
            "The time can be booked again at once.",
            "Unlock",
            LockoutsState.unlock,
            keep="Keep locked",
        ),
    )
