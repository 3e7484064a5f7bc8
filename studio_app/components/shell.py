"""The frame of every page: sidebar and top bar for staff, a header for the public."""

from dataclasses import dataclass
from typing import Any

import reflex as rx

from studio_app import routes
from studio_app.components.buttons import anchor, button, icon_button, link, link_button
from studio_app.components.forms import posting_form

Text = str | rx.Var


@dataclass(frozen=True)
class Entry:
    path: str
    label: str
    icon: str


NAVIGATION: tuple[tuple[str, tuple[Entry, ...]], ...] = (
    (
        "",
        (
            Entry(routes.TODAY, "Today", "circle-dot"),
            Entry(routes.CALENDAR, "Calendar", "calendar-days"),
            Entry(routes.BOOKINGS, "Bookings", "list"),
            Entry(routes.HOLDS, "Holds", "hourglass"),
            Entry(routes.CLIENTS, "Clients", "users"),
            Entry(routes.WAITLIST, "Waitlist", "bell"),
        ),
    ),
    (
        "Studio",
        (
            Entry(routes.AVAILABILITY, "Availability", "calendar-clock"),
            Entry(routes.CAPACITY, "Online capacity", "gauge"),
            Entry(routes.SETTINGS, "Settings", "settings"),
        ),
    ),
)


def shell(
    *content: Any, active: str, menu: rx.Var, user_name: Text, person: rx.Var[int], search: rx.Component | None = None
) -> rx.Component:
    """`menu`: the paths this person may open. `active`: the path of the entry to mark. `person`: their id.

    Who is here decides what is shown: until that is known, nothing is drawn that would have to move for it.
    """
    return rx.el.div(
        _skip_link(),
        _sidebar(active, menu),
        rx.el.div(
            rx.el.header(
                icon_button("menu", "Menu", class_extra="burger", custom_attrs={"popoverTarget": "side"}),
                search or rx.fragment(),
                rx.el.span(class_name="grow"),
                rx.cond(
                    menu.contains(routes.BOOKING_NEW),
                    link_button("New booking", routes.BOOKING_NEW, kind="primary", icon="plus"),
                    rx.fragment(),
                ),
                theme_button(),
                _user_menu(user_name),
                class_name="top",
            ),
            rx.el.main(*content, id="content", tab_index=-1),
        ),
        rx.el.script(src="/typed.js", async_=True),
        class_name="app",
        custom_attrs={"data-person": person.to_string()},
    )


def page_header(title: Text, sub: Any = "", *actions: Any) -> rx.Component:
    """The one h1 of a page, a line below it, buttons at the right."""
    line = rx.fragment() if isinstance(sub, str) and not sub else rx.el.div(sub, class_name="sub")
    return rx.el.div(
        rx.el.div(rx.el.h1(title), line),
        rx.el.div(*actions, class_name="row wrap"),
        class_name="head",
    )


def public_page(*content: Any, aside: Any = None, narrow: bool = False) -> rx.Component:
    """`aside` stands right in the header: a phone number, a way back."""
    return rx.el.div(
        _skip_link(),
        rx.el.header(
            _brand(routes.LANDING),
            rx.el.span(class_name="grow"),
            rx.el.span(aside, class_name="sub") if aside is not None else rx.fragment(),
            theme_button(),
            class_name="top",
        ),
        rx.el.main(*content, id="content", tab_index=-1, class_name="narrow" if narrow else ""),
        class_name="public",
    )


def theme_button() -> rx.Component:
    return rx.el.button(
        rx.color_mode_cond(rx.icon("moon", aria_hidden="true"), rx.icon("sun", aria_hidden="true")),
        type="button",
        class_name="btn g icon",
        aria_label="Light or dark",
        title="Light or dark",
        on_click=rx.toggle_color_mode,
    )


def _skip_link() -> rx.Component:
    return anchor("Skip to content", href="#content", class_name="skip")


def _brand(home: str) -> rx.Component:
    return link(rx.el.span(class_name="disc", aria_hidden="true"), "Platinum Sound", href=home, class_name="brand")


def _sidebar(active: str, menu: rx.Var) -> rx.Component:
    return rx.el.nav(
        _brand(routes.TODAY),
        *(part for title, entries in NAVIGATION for part in _group(title, entries, active, menu)),
        id="side",
        class_name="side",
        aria_label="Main",
        custom_attrs={"popover": "auto"},
    )


def _group(title: str, entries: tuple[Entry, ...], active: str, menu: rx.Var) -> list[rx.Component]:
    shown = [rx.cond(menu.contains(entry.path), _entry(entry, active), rx.fragment()) for entry in entries]
    if not title:
        return shown
    any_shown = menu.contains(entries[0].path)
    for entry in entries[1:]:
        any_shown = any_shown | menu.contains(entry.path)
    return [rx.cond(any_shown, rx.el.div(title, class_name="group"), rx.fragment()), *shown]


def _entry(entry: Entry, active: str) -> rx.Component:
    mark = {"aria_current": "page"} if entry.path == active else {}
    return link(rx.icon(entry.icon, aria_hidden="true"), entry.label, href=entry.path, class_name="nav", **mark)


def _user_menu(user_name: Text) -> rx.Component:
    return rx.fragment(
        rx.el.button(
            rx.icon("circle-user-round", aria_hidden="true"),
            rx.el.span(user_name, class_name="who"),
            rx.el.span(" Your account", class_name="visually-hidden"),
            type="button",
            class_name="btn g",
            custom_attrs={"popoverTarget": "you"},
        ),
        rx.el.div(
            link(rx.icon("user-round", aria_hidden="true"), "Your profile", href=routes.PROFILE, class_name="nav"),
            anchor(rx.icon("braces", aria_hidden="true"), "API", href=routes.API_DOCS, class_name="nav"),
            rx.el.hr(),
            posting_form(
                button("Sign out", kind="ghost", icon="log-out", type="submit", wide=True),
                action=routes.API_LOGOUT,
                custom_attrs={"data-sign-out": ""},
            ),
            id="you",
            class_name="menu",
            custom_attrs={"popover": "auto"},
        ),
    )
