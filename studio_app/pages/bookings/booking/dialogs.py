"""What asks before it is done."""

import reflex as rx

from studio_app.components import (
    actions,
    button,
    checkbox,
    dialog,
    form,
    form_error,
    segmented,
    signature_pad,
    text_area,
    text_field,
)
from studio_app.pages.bookings.booking.details import details_dialog
from studio_app.pages.changes import preview
from studio_app.pages.changes.extension import extend_dialog, overtime_dialog
from studio_app.pages.changes.history import undo_dialog
from studio_app.pages.changes.whatif import change_dialog
from studio_app.pages.changes.wishes import answer_dialog
from studio_app.pages.payments.form import payment_dialog
from studio_app.pages.repeats.repeat import repeat_dialog
from studio_app.pages.repeats.series import series_cancel_dialog, series_dialog
from studio_app.state.bookings.authorization import BookingAuthorization as Authorization
from studio_app.state.bookings.booking import BookingState as State
from studio_app.state.bookings.moves import BookingMoves as Moves
from studio_app.state.payments.booking import BookingPayments as Payments

_SHOWN = State.shown
_WAYS = (("DIGITAL_SIGNATURE", "Draw"), ("CHECKBOX_ACKNOWLEDGMENT", "Tick"))


def all_of_them() -> tuple[rx.Component, ...]:
    return (
        change_dialog(),
        extend_dialog(),
        overtime_dialog(),
        details_dialog(),
        repeat_dialog(),
        series_dialog(),
        series_cancel_dialog(),
        undo_dialog(),
        answer_dialog(),
        _cancel(),
        _no_show(),
        _sign(),
        _reverse(),
        payment_dialog(),
    )


def _cancel() -> rx.Component:
    return dialog(
        f"Cancel {_SHOWN.number} of {_SHOWN.client}?",
        rx.el.div(
            preview.news(),
            preview.money(Moves.preview),
            preview.consequences(Moves.preview),
            class_name="stack tight after-text",
        ),
        form(
            text_area("Reason", "reason", hint="The client reads it in the mail.", error=State.errors["reason"]),
            _ends("Keep booking", button("Cancel booking", kind="primary-danger", type="submit", loading=_saving())),
            on_submit=Moves.cancel,
        ),
        open=State.dialog == "cancel",
        on_open_change=State.close,
        text="The time is free for others at once, and everyone concerned is told. This cannot be undone.",
    )


def _no_show() -> rx.Component:
    mark = button("Mark as no-show", kind="primary-danger", loading=_saving(), on_click=Moves.no_show)
    return dialog(
        f"{_SHOWN.client} did not come to {_SHOWN.number}?",
        rx.el.div(
            preview.news(),
            preview.money(Moves.preview),
            preview.consequences(Moves.preview),
            class_name="stack tight after-text",
        ),
        _ends("Keep booking", mark),
        open=State.dialog == "no_show",
        on_open_change=State.close,
        text="The no-show fee of the booking's own policy counts instead of the price.",
    )


def _reverse() -> rx.Component:
    return dialog(
        f"Take back {Payments.reversing}?",
        form(
            text_field("What was wrong", "reason", error=State.errors["reason"], required=True),
            _ends("Keep payment", button("Take back", kind="primary-danger", type="submit", loading=_saving())),
            on_submit=Payments.reverse,
        ),
        open=State.dialog == "reverse",
        on_open_change=State.close,
        text="The payment stays in the books, with a row of the opposite amount beside it.",
    )


def _sign() -> rx.Component:
    return dialog(
        f"Sign for {_SHOWN.number}",
        rx.el.div(
            rx.el.p(_SHOWN.terms, class_name="said"),
            rx.el.p(_SHOWN.policy, class_name="said"),
            class_name="terms",
            tab_index=0,
            role="region",
            aria_label="Terms",
        ),
        form(
            segmented("How to sign", _WAYS, Authorization.way, Authorization.choose_way),
            rx.cond(Authorization.way == "DIGITAL_SIGNATURE", _drawn(), _ticked()),
            text_field(
                "Full name",
                "authorization.name",
                error=State.errors["authorization.name"],
                required=True,
                max_length=200,
            ),
            form_error(State.errors["authorization"]),
            _ends("Not now", button("Sign", kind="primary", icon="signature", type="submit", loading=_saving())),
            on_submit=Authorization.sign,
        ),
        open=State.dialog == "sign",
        on_open_change=State.close,
        text="Hand over the screen: the client reads the terms and signs.",
        max_width="560px",
    )


def _drawn() -> rx.Component:
    return rx.el.div(
        signature_pad("", Authorization.draw, label="Draw the signature here"),
        form_error(State.errors["authorization.signature_png_base64"]),
        class_name="stack tight",
    )


def _ticked() -> rx.Component:
    return checkbox(
        "I have read the terms and accept them.",
        "authorization.accepted",
        error=State.errors["authorization.accepted"],
    )


def _ends(keep: str, act: rx.Component) -> rx.Component:
    return actions(button(keep, kind="ghost", on_click=State.close(False)), act)


def _saving() -> rx.Var[bool]:
    return State.is_saving
