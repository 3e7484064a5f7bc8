"""Dialogs. Esc closes; the focus goes in and comes back."""

from typing import Any

import reflex as rx

from studio_app.components.buttons import button

Text = str | rx.Var


def dialog(
    title: Text, *children: Any, open: rx.Var[bool], on_open_change: Any, text: Text = "", max_width: str = "460px"
) -> rx.Component:
    """`on_open_change`: a handler that takes a bool. A form inside brings its own `actions(...)`."""
    return rx.dialog.root(
        rx.dialog.content(
            rx.dialog.title(title, class_name="dlg-title"),
            _description(rx.dialog.description, text),
            *children,
            class_name="dlg",
            max_width=max_width,
        ),
        open=open,
        on_open_change=on_open_change,
    )


def confirm_dialog(
    title: Text,
    text: Text,
    *,
    open: rx.Var[bool],
    on_open_change: Any,
    confirm: Text,
    on_confirm: Any,
    keep: str = "Keep",
    danger: bool = True,
    loading: rx.Var[bool] | bool = False,
) -> rx.Component:
    """Asks once before a dangerous action. `title` names the thing: "Cancel PS-10231 of R. Okafor?" """
    return rx.alert_dialog.root(
        rx.alert_dialog.content(
            rx.alert_dialog.title(title, class_name="dlg-title"),
            _description(rx.alert_dialog.description, text),
            rx.el.div(
                rx.alert_dialog.cancel(button(keep, kind="ghost")),
                button(confirm, kind="primary-danger" if danger else "primary", loading=loading, on_click=on_confirm),
                class_name="actions",
            ),
            class_name="dlg",
            max_width="440px",
        ),
        open=open,
        on_open_change=on_open_change,
    )


def _description(kind: Any, text: Text) -> rx.Component:
    if isinstance(text, rx.Var) or text:
        return kind(text, class_name="dlg-text")
    return rx.fragment()
