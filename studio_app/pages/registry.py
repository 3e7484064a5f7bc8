"""Every page, one line each. Staff pages need an `on_load` whose handler is marked `requires`."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import reflex as rx

from studio_app import routes
from studio_app.pages import book, booking_new, errors, landing, login, reset
from studio_app.state.login import LoginState
from studio_app.state.reset import ResetState
from studio_app.state.wizard.public import BookState
from studio_app.state.wizard.staff import NewBookingState


@dataclass(frozen=True)
class Page:
    route: str
    page: Callable[[], rx.Component]
    title: str
    on_load: Any = None


PAGES = (
    Page(routes.LANDING, landing.page, "Platinum Sound Studios"),
    Page(routes.BOOK, book.page, "Book a session", BookState.load),
    Page(routes.BOOKING_NEW, booking_new.page, "New booking", NewBookingState.load),
    Page(routes.LOGIN, login.page, "Sign in", LoginState.load),
    Page(routes.RESET, reset.page, "New password", ResetState.load),
    Page(routes.NOT_ALLOWED, errors.not_allowed, "Not for you"),
    Page(routes.WENT_WRONG, errors.went_wrong, "Something went wrong"),
    Page(routes.NOT_FOUND, errors.not_found, "Not found"),
)


def register(app: rx.App) -> None:
    for entry in PAGES:
        title = entry.title if entry.route == routes.LANDING else f"{entry.title} · Platinum Sound"
        app.add_page(entry.page, route=entry.route.lstrip("/") or "/", title=title, on_load=entry.on_load)
