"""Engineers who ask to be replaced: a card of today, and a line on the booking's page."""

from typing import Any

import reflex as rx

from studio_app.components import (
    actions,
    button,
    card,
    dialog,
    form,
    form_error,
    link,
    link_button,
    note,
    text_area,
)
from studio_app.state.base import may
from studio_app.state.changes.swap_requests import SwapRequestsState as State


def requests_card() -> rx.Component:
    """Nothing where nobody asks."""
    return rx.cond(
        State.requests.length() > 0,
        rx.fragment(
            card(
                rx.el.ul(rx.foreach(State.requests, _request), class_name="list"),
                title=rx.cond(may("SWAP_RESOURCES"), "Asks to be replaced", "You asked to be replaced"),
                aside=State.requests.length().to_string(),
                id="swap-requests",
            ),
            _decline_dialog(),
        ),
    )


def _request(one: rx.Var) -> rx.Component:
    return rx.el.li(
        rx.el.span(
            rx.cond(may("SWAP_RESOURCES"), rx.el.b(one.who)),
            rx.el.span(link(one.number, href=one.href), " · ", one.when, " · ", one.what, class_name="sub block"),
            rx.el.span(one.reason, class_name="sub block"),
            class_name="grow",
        ),
        _settle(one),
        class_name="wrap",
    )


def _settle(one: rx.Var) -> rx.Component:
    return rx.cond(
        may("SWAP_RESOURCES"),
        rx.el.div(
            link_button(
                "Find another engineer",
                one.swap_href,
                size="small",
                icon="user-round-search",
                aria_label=f"Find another engineer for {one.number}",
            ),
            button(
                "Decline",
                size="small",
                aria_label=f"Decline for {one.number}",
                on_click=State.ask_to_decline(one.id, one.who),
            ),
            class_name="row wrap",
        ),
        button(
            "Withdraw",
            size="small",
            aria_label=f"Withdraw the request for {one.number}",
            on_click=State.withdraw(one.id),
        ),
    )


def booking_line() -> rx.Component:
    """On the booking's page: who asks to be replaced, and why."""
    return rx.fragment(
        rx.foreach(
            State.requests,
            lambda one: note(
                rx.el.div(rx.el.span(one.reason, class_name="grow"), _settle(one), class_name="row wrap"),
                title=f"{one.who} asks to be replaced",
                tone="warn",
            ),
        ),
        rx.cond(
            State.can_ask,
            rx.el.div(button("Ask to be replaced", icon="user-round-x", on_click=State.begin_asking), class_name="row"),
        ),
        _decline_dialog(),
        _ask_dialog(),
    )


def _decline_dialog() -> rx.Component:
    return _dialog(
        State.declining > 0,
        f"Decline what {State.declining_who} asks?",
        "The session stays with them. They are told, with your note.",
        text_area("Note", "note", error=State.errors["note"], max_length=500),
        save="Decline",
        on_submit=State.decline,
    )


def _ask_dialog() -> rx.Component:
    return _dialog(
        State.is_asking,
        "Ask to be replaced",
        "The managers and the booking desk look for another engineer. Until then the session stays with you.",
        text_area("Reason", "reason", required=True, error=State.errors["reason"], max_length=500),
        save="Ask",
        on_submit=State.ask_swap,
    )


def _dialog(is_open: rx.Var, title: Any, text: str, field: rx.Component, *, save: str, on_submit: Any) -> rx.Component:
    return dialog(
        title,
        form(
            field,
            form_error(State.errors["form"]),
            actions(
                button("Cancel", kind="ghost", on_click=State.leave(False)),
                button(save, kind="primary", type="submit", loading=State.is_settling),
            ),
            on_submit=on_submit,
        ),
        open=is_open,
        on_open_change=State.leave,
        text=text,
    )
