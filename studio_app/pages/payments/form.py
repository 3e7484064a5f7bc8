"""The form for what a client pays or gets back, in one or several splits."""

import reflex as rx

from studio_app.components import (
    actions,
    button,
    date_field,
    dialog,
    form,
    form_error,
    icon_button,
    money_field,
    note,
    pair,
    select_field,
    text_field,
)
from studio_app.state.payments.booking import BookingPayments as State

_METHODS = (
    ("CREDIT_CARD", "Credit card"),
    ("CASH", "Cash"),
    ("ZELLE", "Zelle"),
    ("CASH_APP", "Cash App"),
    ("SQUARE", "Square"),
    ("BANK_TRANSFER", "Bank transfer"),
    ("OTHER", "Other"),
)
_REFUNDABLE = State.shown.money.refundable
_PURPOSES = (("DEPOSIT", "Deposit"), ("FINAL", "Final payment"), ("OTHER", "Other"))


def payment_dialog() -> rx.Component:
    is_refund = State.dialog == "refund"
    return dialog(
        rx.cond(is_refund, f"Refund {State.shown.client}", f"Record what {State.shown.client} pays"),
        form(
            rx.foreach(State.splits, _split),
            rx.cond(~is_refund | (_REFUNDABLE.length() > 1), _another()),
            pair(
                rx.cond(is_refund, rx.fragment(), _purpose()),
                date_field(
                    rx.cond(is_refund, "Paid back on", "Paid on"),
                    "paid_on",
                    default_value=State.record["paid_on"],
                    min=State.record["first_day"],
                    max=State.record["paid_on"],
                    error=State.errors["paid_on"],
                ),
            ),
            text_field("Notes", "notes", max_length=1000, error=State.errors["notes"]),
            form_error(State.errors["authorization"]),
            rx.cond(State.overpaid != "", note(rx.el.p(State.overpaid), tone="warn", role="alert")),
            actions(
                button("Not now", kind="ghost", on_click=State.close(False)),
                button(
                    rx.cond(is_refund, "Refund", rx.cond(State.overpaid != "", "Record all the same", "Record")),
                    kind="primary",
                    type="submit",
                    loading=State.is_saving,
                ),
            ),
            on_submit=State.record_payments,
        ),
        open=(State.dialog == "pay") | is_refund,
        on_open_change=State.close,
        text=rx.cond(
            is_refund,
            f"Paid so far: {State.shown.money.paid}.",
            f"Still owed: {State.shown.money.balance} of {State.shown.money.total}.",
        ),
        max_width="560px",
    )


def _split(place: rx.Var[int]) -> rx.Component:
    amount, reference = f"amount_cents-{place}", f"reference-{place}"
    return rx.el.div(
        rx.cond(State.dialog == "refund", _refunded(place)),
        select_field("Method", f"method-{place}", _METHODS, error=State.errors[f"method-{place}"]),
        money_field(
            "Amount",
            amount,
            currency=State.currency_sign,
            default_value=rx.cond(place == 0, State.record["amount"], ""),
            error=State.errors[amount],
            required=True,
        ),
        text_field("Reference", reference, max_length=200, error=State.errors[reference]),
        rx.cond(
            State.splits.length() > 1,
            icon_button("x", "Take this split out", on_click=State.drop_split(place)),
        ),
        class_name="split",
        key=place,
    )


def _refunded(place: rx.Var[int]) -> rx.Component:
    name = f"refunds_id-{place}"
    return select_field("Gives back", name, _REFUNDABLE, error=State.errors[name], required=True)


def _another() -> rx.Component:
    return rx.el.div(button("Split it", size="small", kind="ghost", icon="plus", on_click=State.add_split))


def _purpose() -> rx.Component:
    return select_field(
        "Purpose", "purpose", _PURPOSES, default_value=State.record["purpose"], error=State.errors["purpose"]
    )
