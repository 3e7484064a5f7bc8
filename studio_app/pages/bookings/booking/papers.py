"""What is kept about a booking: the signature, files, and what happened to it."""

import reflex as rx

from studio_app import routes
from studio_app.components import button, card, file_link, uploader
from studio_app.state.base import may
from studio_app.state.bookings.authorization import BookingAuthorization
from studio_app.state.bookings.booking import BookingState as State

_SHOWN = State.shown
_SIGNED = State.shown.signed


def authorization() -> rx.Component:
    return card(rx.cond(_SHOWN.is_signed, _signature(), _nobody()), title="Authorization")


def files() -> rx.Component:
    return card(
        rx.cond(
            State.files.length() > 0,
            rx.el.ul(rx.foreach(State.files, file_line), class_name="list"),
            rx.el.p("No files yet. Reference tracks and papers of the client belong here.", class_name="sub"),
        ),
        rx.cond(
            may("BOOK_SESSIONS"),
            rx.el.div(
                uploader(routes.API_UPLOADS, State.file_sent, fields={"booking": _SHOWN.number}), class_name="after"
            ),
        ),
        title="Files",
    )


def history() -> rx.Component:
    return card(rx.el.ol(rx.foreach(State.history, _event), class_name="list"), title="History")


def file_line(file: rx.Var) -> rx.Component:
    name = file_link(rx.icon("paperclip", aria_hidden="true", size=14), " ", file.name, href=file.href)
    return rx.el.li(rx.el.div(name, rx.el.span(file.about, class_name="sub"), class_name="two grow"))


def _signature() -> rx.Component:
    picture = rx.el.img(src=_SIGNED.image, alt=f"Signature of {_SIGNED.by}", class_name="signature-image")
    return rx.el.div(
        rx.cond((_SIGNED.image != "") & may("VIEW_CLIENTS"), picture),
        rx.el.b(_SIGNED.by),
        rx.el.span(_SIGNED.how, ", ", _SIGNED.when, class_name="sub"),
        rx.el.span(_SIGNED.where, class_name="sub"),
        class_name="stack tight",
    )


def _nobody() -> rx.Component:
    sign = button("Sign here", icon="signature", on_click=BookingAuthorization.open_signing)
    return rx.el.div(
        rx.el.p(
            rx.cond(
                _SHOWN.is_open,
                "The client has not signed. They can sign here, or with their own link.",
                "Nobody signed before it was over.",
            ),
            class_name="sub",
        ),
        rx.cond(may("BOOK_SESSIONS") & _SHOWN.is_open, rx.el.div(sign)),
        class_name="stack",
    )


def _event(event: rx.Var) -> rx.Component:
    return rx.el.li(
        rx.el.div(
            rx.el.span(rx.el.b(event.what), " by ", event.who),
            rx.cond(event.said != "", rx.el.span(event.said, class_name="sub")),
            rx.foreach(event.changes, _change),
            class_name="two grow",
        ),
        rx.el.span(event.at, class_name="sub nowrap"),
        class_name="event wrap",
    )


def _change(change: rx.Var) -> rx.Component:
    before = rx.cond(change.before != "", rx.el.span(change.before, " → "))
    return rx.el.span(change.what, ": ", before, change.after, class_name="sub")
