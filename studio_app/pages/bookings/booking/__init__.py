"""Everything of one booking on one page."""

from typing import Any

import reflex as rx

from studio_app import routes
from studio_app.components import (
    button,
    card,
    link,
    menu,
    menu_item,
    menu_line,
    note,
    page_header,
    skeleton,
    status_tag,
    veil,
)
from studio_app.pages.bookings.booking import about, dialogs, live, papers
from studio_app.pages.changes import extension
from studio_app.pages.changes import history as changes
from studio_app.pages.changes import wishes as asked
from studio_app.pages.changes.swap_requests import booking_line
from studio_app.pages.frame import staff_page
from studio_app.pages.holds import booking as hold
from studio_app.pages.payments import booking as money
from studio_app.pages.repeats import series
from studio_app.state.base import may
from studio_app.state.bookings.authorization import BookingAuthorization
from studio_app.state.bookings.booking import BookingState as State
from studio_app.state.bookings.details import BookingDetailsForm as Details
from studio_app.state.bookings.moves import BookingMoves as Moves
from studio_app.state.changes.extension import BookingExtension as Extension
from studio_app.state.changes.whatif import CalendarChange
from studio_app.state.repeats.repeat import BookingRepeat as Repeat

_SHOWN = State.shown
_CAN_CHANGE = may("SWAP_RESOURCES") & _SHOWN.is_open
_IS_HOLD = _SHOWN.status == "HOLD"
"""Its own card confirms or releases it."""
_CAN_REPEAT = (_SHOWN.status != "CANCELLED") & (_SHOWN.status != "EXPIRED")


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
            rx.cond(may("BOOK_SESSIONS"), _actions()),
        ),
        extension.running_over(),
        asked.banner(),
        hold.panel(),
        _unsigned(),
        booking_line(),
        rx.el.div(
            rx.el.div(
                about.session(),
                rx.cond(_SHOWN.has_money, money.price()),
                changes.changes(),
                about.words(),
                class_name="stack",
            ),
            rx.el.div(
                about.client(),
                rx.cond(_SHOWN.has_money, money.payments()),
                series.series(),
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
        who,
        " · ",
        _SHOWN.service,
        " · ",
        _SHOWN.day,
        rx.cond(_SHOWN.time != "", f", {_SHOWN.time}", ""),
        live.others(),
    )


def _actions() -> rx.Component:
    """The next step in its life and the change asked for most; all else is under More."""
    is_on = _SHOWN.status == "CHECKED_IN"
    return rx.fragment(
        _more(is_on),
        _next("COMPLETED", "Check out", "log-out", Moves.check_out, when=is_on),
        rx.cond(
            is_on,
            button("Extend…", icon="clock-plus", on_click=Extension.open_extend),
            rx.cond(_CAN_CHANGE, button("Move or change…", icon="calendar-sync", on_click=_change())),
        ),
        _next("CONFIRMED", "Confirm", "check", Moves.confirm, when=_SHOWN.status == "PENDING"),
        _next("CHECKED_IN", "Check in", "log-in", Moves.check_in, when=_SHOWN.status == "CONFIRMED"),
        veil(State.moved),
    )


def _more(is_on: rx.Var[bool]) -> rx.Component:
    can = _SHOWN.moves.contains
    return menu(
        "More",
        menu_item("Edit details…", "pencil", Details.open_details),
        rx.cond(is_on & _CAN_CHANGE, menu_item("Swap room or engineer…", "calendar-sync", _change())),
        rx.cond(_SHOWN.is_open & ~is_on, menu_item("Extend…", "clock-plus", Extension.open_extend)),
        rx.cond(_CAN_REPEAT, menu_item("Repeat…", "repeat", Repeat.open_repeat)),
        _back("CHECKED_IN", "Take back check-in", Moves.undo_check_in),
        _back("COMPLETED", "Take back check-out", Moves.undo_check_out),
        _back("NO_SHOW", "Take back no-show", Moves.undo_no_show),
        rx.cond(can("CANCELLED") & ~_IS_HOLD, menu_line()),
        rx.cond(can("NO_SHOW"), menu_item("No-show…", "user-x", Moves.ask_no_show)),
        rx.cond(can("CANCELLED") & ~_IS_HOLD, menu_item("Cancel booking…", "ban", Moves.ask_cancel, danger=True)),
    )


def _back(status: str, label: str, on_click: Any) -> rx.Component:
    return rx.cond(_SHOWN.status == status, menu_item(label, "undo-2", on_click(_SHOWN.version)))


def _change() -> object:
    return CalendarChange.ask(_SHOWN.number)


def _next(status: str, label: str, icon: str, on_click: Any, *, when: rx.Var[bool]) -> rx.Component:
    ready = button(label, kind="primary", icon=icon, loading=State.is_saving, on_click=on_click(_SHOWN.version))
    return rx.cond(when & _SHOWN.moves.contains(status), ready)


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
    return rx.cond(_SHOWN.can_sign, missing)
