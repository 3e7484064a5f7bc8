"""The panel “Calendar links”: the same wherever there is something to subscribe to."""

from typing import Any

import reflex as rx

from studio_app.components import (
    actions,
    anchor,
    button,
    card,
    confirm_dialog,
    dialog,
    form,
    note,
    text_field,
)
from studio_app.state.base import may
from studio_app.state.feeds.links import OWN, copy
from studio_app.state.feeds.links import CalendarLinks as S


def calendar_links(kind: str, subject_id: Any, *, what: str) -> rx.Component:
    """`what` is in it, as the empty panel says: "the sessions in this room"."""
    needed = {"CLIENT": "MANAGE_CLIENTS", OWN: "VIEW_OWN_SESSIONS"}.get(kind, "VIEW_ALL_SESSIONS")
    panel = rx.el.div(
        rx.cond(S.is_there, _panel(what)),
        _naming(),
        _revoking(),
        on_mount=S.open_panel(kind, subject_id),
    )
    return rx.cond(may(needed), panel)


def own_calendar_links() -> rx.Component:
    return calendar_links(OWN, 0, what="your sessions and time off")


def _panel(what: str) -> rx.Component:
    return card(
        rx.cond(S.address.url != "", _shown_once()),
        rx.cond(
            S.rows.length() > 0,
            rx.el.ul(rx.foreach(S.rows, _row), class_name="list"),
            rx.el.p(f"An address that shows {what} in any calendar, always up to date.", class_name="sub"),
        ),
        title="Calendar links",
        aside=button("New link", size="small", icon="plus", on_click=S.begin),
    )


def _row(row: Any) -> rx.Component:
    return rx.el.li(
        rx.el.span(
            rx.el.b(row.label),
            rx.el.div(row.created, class_name="sub"),
            rx.el.div(row.last_read, class_name="sub"),
            rx.cond(row.trouble != "", rx.el.div(row.trouble, class_name="warn")),
            class_name="grow",
        ),
        button("Revoke", size="small", aria_label=f"Revoke {row.label}", on_click=S.ask_to_revoke(row.id)),
    )


def _shown_once() -> rx.Component:
    return note(
        address_panel(S.address, "new-calendar-link"),
        title="Copy it now: this address is shown only once.",
        tone="ok",
    )


def address_panel(address: Any, name: str) -> rx.Component:
    """The address, and where calendars take it."""

    def way(label: str, href: Any) -> rx.Component:
        return anchor(label, href=href, class_name="btn s", target="_blank", rel="noreferrer")

    return rx.el.div(
        rx.el.div(
            rx.el.input(
                id=name, value=address.url, read_only=True, class_name="input mono grow", aria_label="Calendar address"
            ),
            button("Copy", icon="copy", on_click=copy(address.url)),
            class_name="row",
        ),
        rx.el.div(
            way("Add to Apple Calendar", address.apple),
            way("Add to Google Calendar", address.google),
            way("Add to Outlook", address.outlook),
            class_name="row wrap",
        ),
        rx.el.p(
            "Or paste it where your calendar subscribes “from URL”. Whoever has the address can read the calendar.",
            class_name="hint",
        ),
        class_name="stack",
    )


def _naming() -> rx.Component:
    return dialog(
        "New calendar link",
        form(
            text_field(
                "Name",
                "feed_label",
                hint="So that you know later which calendar reads it: my phone, the wall screen",
                error=S.errors["label"],
                max_length=100,
            ),
            actions(
                button("Cancel", kind="ghost", on_click=S.stop(False)),
                button("Make the link", kind="primary", type="submit", loading=S.is_working),
            ),
            on_submit=S.create,
        ),
        open=S.is_naming,
        on_open_change=S.stop,
        text="A private address. Anybody who has it can read the calendar, until you revoke it.",
    )


def _revoking() -> rx.Component:
    return confirm_dialog(
        f"Revoke “{S.asked_label}”?",
        "Calendars that read it get nothing more. It cannot be brought back; a new link can be made.",
        open=S.asked_id > 0,
        on_open_change=S.stop,
        confirm="Revoke",
        on_confirm=S.revoke,
    )
