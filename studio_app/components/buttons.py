"""Buttons and links. One primary per screen; a dangerous one says what it does.

Three links, and each refuses what belongs to another: `link` to a page of ours (the page's router
takes the click), `file_link` to what the API hands out, `anchor` to anything else.
"""

import re
from typing import Any

import reflex as rx
from reflex_base.vars.sequence import LiteralStringVar
from reflex_components_core.el.elements.inline import A

from studio_app import routes

Text = str | rx.Var

_BEGINNING = re.compile(r'\(*"([^"]*)"')
"""Of an expression in JavaScript: `("/bookings/"+…)`."""


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


def veil(after: rx.Var[int]) -> rx.Component:
    """Over all that stands beside it, for a moment each time `after` grows.

    Under the pointer stands another button then, and a second click was meant for the one before.
    """
    return rx.cond(after > 0, rx.el.span(key=after, class_name="veil", aria_hidden="true"))


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
    written = _written(href)
    may_be_page = routes.is_page(written) if _is_whole(href) else written[:1] in ("", "/")
    if not may_be_page or written.startswith(routes.API):
        raise ValueError(f"{written} is no page of ours, so the router would answer with its own 404: {_OTHER_LINKS}")
    return rx.el.a(*children, href=href, **props)


def file_link(*children: Any, href: Text, **props: Any) -> rx.Component:
    """A file of the API's: the browser saves it under the name the API gives, and the page stays."""
    if _written(href) and not _written(href).startswith(routes.API):
        raise ValueError(f"{_written(href)} is not handed out by the API: {_OTHER_LINKS}")
    props.setdefault("on_click", rx.toast.info("Download started"))
    return A.create(*children, href=href, download=True, **props)


def file_button(
    label: Text, href: Text, *, icon: str = "download", kind: str = "plain", size: str = "normal", **props: Any
) -> rx.Component:
    """As `file_link`, looking like a button."""
    mark = rx.icon(icon, aria_hidden="true")
    return file_link(mark, label, href=href, class_name=_classes(kind, size, False, False), **props)


def anchor(*children: Any, href: Text, **props: Any) -> rx.Component:
    """The browser's own link: other sites, mail and phone, what the API shows, a place on this page."""
    if _is_whole(href) and routes.is_page(_written(href)):
        raise ValueError(f"{_written(href)} is a page of ours and needs no page load: {_OTHER_LINKS}")
    return A.create(*children, href=href, **props)


_OTHER_LINKS = "link() for pages, file_link() for files of the API, anchor() for the rest."


def _is_whole(href: Text) -> bool:
    """Whether all of it is known here, and not only while the page is shown."""
    return isinstance(rx.Var.create(href), LiteralStringVar)


def _written(href: Text) -> str:
    """What is known of it here: all, or how it begins; nothing of a var."""
    found = _BEGINNING.match(str(rx.Var.create(href)))
    return found[1] if found else ""
