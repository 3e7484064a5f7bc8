"""Everything of one booking on one page."""

import reflex as rx

from studio_app import routes
from studio_app.components import button, card, link, note, page_header, skeleton, status_tag
from studio_app.pages.booking import about, dialogs, hold, money, papers
from studio_app.pages.frame import staff_page
from studio_app.pages.swap_requests import booking_line
from studio_app.state.base import may
from studio_app.state.booking import BookingState as State
from studio_app.state.booking_authorization import BookingAuthorization
from studio_app.state.booking_moves import BookingMoves as Moves

_SHOWN = State.shown


def page() -> rx.Component:
    return staff_page(
        rx.cond(State.is_loading, _loading(), _booking()),
        *dialogs.all_of_them(),
        active=routes.BOOKINGS,
    )


def _loading() -> rx.Component:
    return rx.fragment(
        page_header("Booking", "Loading"),
        rx.el.div(card(skeleton(6)), card(skeleton(6)), class_name="cols"),
    )


def _booking() -> rx.Component:
    return rx.fragment(
        page_header(
            rx.fragment(_SHOWN.number, " ", status_tag(_SHOWN.status)),
            _sub(),
            rx.cond(may("BOOK_SESSIONS") & (_SHOWN.status != "HOLD"), _moves()),
        ),
        _unsigned(),
        hold.panel(),
        booking_line(),
        rx.el.div(
            rx.el.div(about.session(), rx.cond(_SHOWN.has_money, money.price()), about.words(), class_name="stack"),
            rx.el.div(
                about.client(),
                rx.cond(_SHOWN.has_money, money.payments()),
                papers.authorization(),
                papers.files(),
                class_name="stack",
            ),
            class_name="cols",
        ),
        rx.cond(may("VIEW_ALL_SESSIONS"), papers.history()),
    )


def _sub() -> rx.Component:
    who = rx.cond(may("VIEW_CLIENTS"), link(_SHOWN.client, href=_SHOWN.client_href), _SHOWN.client)
    return rx.fragment(
        who, " · ", _SHOWN.service, " · ", _SHOWN.day, rx.cond(_SHOWN.time != "", f", {_SHOWN.time}", "")
    )


def _moves() -> rx.Component:
    """The moves the booking can make now; the next one in its life stands out."""
    can = _SHOWN.moves.contains
    return rx.fragment(
        rx.cond(can("CANCELLED"), button("Cancel booking", kind="danger", icon="ban", on_click=Moves.ask_cancel)),
        rx.cond(can("NO_SHOW"), button("No-show", icon="user-x", on_click=Moves.ask_no_show)),
        _next("CONFIRMED", "Confirm", "check", Moves.confirm),
        _next("CHECKED_IN", "Check in", "log-in", Moves.check_in),
        _next("COMPLETED", "Check out", "log-out", Moves.check_out),
    )


def _next(status: str, label: str, icon: str, on_click: object) -> rx.Component:
    ready = button(label, kind="primary", icon=icon, loading=State.is_saving, on_click=on_click)
    return rx.cond(_SHOWN.moves.contains(status), ready)


def _unsigned() -> rx.Component:
    sign = button("Sign here", icon="signature", on_click=BookingAuthorization.open_signing)
    missing = note(
        rx.el.div(
            rx.el.span("No payment can be taken until the client has signed the terms.", class_name="sub grow"),
            rx.cond(may("BOOK_SESSIONS"), sign),
            class_name="row wrap",
        ),
        title="Not signed yet",
        tone="warn",
    )
    return rx.cond(_SHOWN.is_open & ~_SHOWN.is_signed, missing)
