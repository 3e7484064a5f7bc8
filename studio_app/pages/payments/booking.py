"""What the session costs, and what was paid of it."""

import reflex as rx

from studio_app.components import button, card, status_tag, sum_line, tag
from studio_app.state.base import may
from studio_app.state.bookings.booking import BookingState as State
from studio_app.state.payments.booking import BookingPayments as Payments

_MONEY = State.shown.money


def price() -> rx.Component:
    return card(
        rx.foreach(_MONEY.lines, _line),
        sum_line("Total", _MONEY.total, total=True),
        sum_line("Paid", _MONEY.paid),
        rx.cond(
            _MONEY.to_refund != "",
            sum_line("To pay back", _MONEY.to_refund, total=True),
            sum_line("Balance", _MONEY.balance, total=True),
        ),
        title="Price",
    )


def payments() -> rx.Component:
    return card(
        _deposit(),
        rx.cond(
            _MONEY.payments.length() > 0,
            rx.el.ul(rx.foreach(_MONEY.payments, _payment), class_name="list"),
            rx.el.p("Nothing is paid yet.", class_name="sub"),
        ),
        rx.cond(may("RECORD_PAYMENTS") & State.shown.is_signed, _buttons()),
        title="Payments",
        aside=rx.el.b(rx.cond(_MONEY.to_refund != "", f"{_MONEY.to_refund} to pay back", f"{_MONEY.balance} owed")),
    )


def _line(line: rx.Var) -> rx.Component:
    reason = rx.cond(line.reason != "", rx.el.span(line.reason, class_name="sub"))
    return sum_line(rx.el.span(line.what, reason, class_name="two"), line.amount)


def _deposit() -> rx.Component:
    due = rx.cond(_MONEY.deposit_due != "", rx.el.span(f"due {_MONEY.deposit_due}", class_name="sub"))
    shown = rx.el.div(rx.el.span("Deposit ", _MONEY.deposit), status_tag(_MONEY.deposit_status), due)
    return rx.cond(_MONEY.deposit != "", rx.el.div(shown, class_name="row wrap deposit"))


def _payment(payment: rx.Var) -> rx.Component:
    take_back = button("Take back", kind="ghost", size="small", on_click=Payments.ask_reverse(payment.id))
    return rx.el.li(
        rx.el.div(
            rx.el.span(payment.what, rx.cond(payment.is_reversed, tag("Taken back", icon="undo-2"))),
            rx.el.span(payment.about, class_name="sub"),
            rx.cond(payment.notes != "", rx.el.span(payment.notes, class_name="sub")),
            class_name="two grow",
        ),
        rx.el.b(payment.amount, class_name="num nowrap"),
        rx.cond(may("RECORD_PAYMENTS") & payment.can_reverse, take_back),
    )


def _buttons() -> rx.Component:
    return rx.el.div(
        button("Record payment", icon="plus", on_click=Payments.open_payment),
        rx.cond(_MONEY.refundable.length() > 0, _refund()),
        class_name="row wrap after",
    )


def _refund() -> rx.Component:
    return rx.cond(
        may("REFUND_PAYMENTS"),
        button("Refund", icon="undo-2", on_click=Payments.open_refund),
        rx.cond(_MONEY.to_refund != "", rx.el.span("A manager or finance pays it back.", class_name="sub")),
    )
