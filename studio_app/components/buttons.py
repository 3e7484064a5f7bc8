"""Buttons. One primary per screen; a dangerous one says what it does."""

from typing import Any

import reflex as rx
from reflex_components_core.el.elements.inline import A

Text = str | rx.Var


def _classes(kind: str, size: str, icon_only: bool, wide: bool) -> str:
    kinds = {"plain": "", "primary": "p", "ghost": "g", "danger": "d", "primary-danger": "p d"}
    sizes = {"small": "s", "normal": "", "large": "l"}
    parts = ("btn", kinds[kind], sizes[size], "icon" if icon_only else "", "wide" if wide else "")
    return " ".join(filter(None, parts))


def button(
    label: Text,
    *,
    kind: str = "plain",
    size: str = "normal",
    icon: str = "",
    loading: rx.Var[bool] | bool = False,
    wide: bool = False,
    disabled: rx.Var[bool] | bool = False,
    **props: Any,
) -> rx.Component:
    """`kind`: plain, primary, ghost, danger, primary-danger. `size`: small, normal, large.

    While `loading` it shows a spinner and takes no clicks, so that a double click does nothing twice.
    """
    mark = rx.icon(icon, aria_hidden="true") if icon else rx.fragment()
    busy = loading if isinstance(loading, rx.Var) else rx.Var.create(loading)
    props.setdefault("type", "button")
    return rx.el.button(
        rx.cond(busy, rx.el.span(class_name="spin", aria_hidden="true"), mark),
        label,
        class_name=_classes(kind, size, False, wide),
        disabled=busy | disabled,
        aria_busy=busy,
        **props,
    )


def icon_button(
    icon: str, label: Text, *, kind: str = "ghost", size: str = "normal", class_extra: str = "", **props: Any
) -> rx.Component:
    """The label is for screen readers and the tooltip."""
    props.setdefault("type", "button")
    return rx.el.button(
        rx.icon(icon, aria_hidden="true"),
        class_name=f"{_classes(kind, size, True, False)} {class_extra}".strip(),
        aria_label=label,
        title=label,
        **props,
    )


def link_button(
    label: Text,
    href: Text,
    *,
    kind: str = "plain",
    size: str = "normal",
    icon: str = "",
    wide: bool = False,
    **props: Any,
) -> rx.Component:
    """Goes somewhere; `button` does something."""
    mark = rx.icon(icon, aria_hidden="true") if icon else rx.fragment()
    return link(mark, label, href=href, class_name=_classes(kind, size, False, wide), **props)


def link(*children: Any, href: Text, **props: Any) -> rx.Component:
    """A link to a page of ours, without a page load."""
    return rx.el.a(*children, href=href, **props)


def anchor(*children: Any, href: Text, **props: Any) -> rx.Component:
    """The browser's own link: to files, the API, other sites, a place on this page."""
    return A.create(*children, href=href, **props)
