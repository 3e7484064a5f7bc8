"""What else can be done here: a button that opens a list of actions."""

from typing import Any

import reflex as rx

from studio_app.components.buttons import button

Text = str | rx.Var


def menu(label: Text, *items: Any, icon: str = "ellipsis", **props: Any) -> rx.Component:
    """`items`: `menu_item(...)`, shown or not by rx.cond. Arrow keys move, Esc closes."""
    return rx.dropdown_menu.root(
        rx.dropdown_menu.trigger(button(label, icon=icon, **props)),
        rx.dropdown_menu.content(*items, class_name="menu-list", align="end"),
        modal=False,
    )


def menu_item(label: Text, icon: str, on_click: Any, *, danger: bool = False) -> rx.Component:
    return rx.dropdown_menu.item(
        rx.icon(icon, aria_hidden="true"),
        label,
        on_select=on_click,
        class_name="menu-item bad" if danger else "menu-item",
    )


def menu_line() -> rx.Component:
    return rx.dropdown_menu.separator()
