"""Own pages for when something is not as hoped, each with a way on."""

import reflex as rx

from studio_app import routes
from studio_app.components import empty_state, link_button, public_page


def _page(title: str, text: str, icon: str, *ways: rx.Component) -> rx.Component:
    return public_page(rx.el.h1(title, class_name="visually-hidden"), empty_state(title, text, *ways, icon=icon))


def not_found() -> rx.Component:
    return _page(
        "There is nothing at this address",
        "It may have moved, or the link may be incomplete.",
        "map-pin-off",
        link_button("Go to today", routes.TODAY, kind="primary"),
        link_button("Book a session", routes.BOOK),
    )


def not_allowed() -> rx.Component:
    return _page(
        "This page is not for you",
        "Your role does not include it. Ask an administrator if you need it.",
        "lock",
        link_button("Go to today", routes.TODAY, kind="primary"),
        link_button("Sign in as someone else", routes.LOGIN),
    )


def went_wrong() -> rx.Component:
    return _page(
        "Something went wrong",
        "It is our fault, and it was noted. Nothing was changed; please try again.",
        "cloud-off",
        link_button("Go to today", routes.TODAY, kind="primary"),
        link_button("To the start page", routes.LANDING),
    )
