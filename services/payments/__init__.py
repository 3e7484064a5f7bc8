"""Money that came in and went back: what a payment may be, and what is left to correct of it."""

from models.payments import PaymentMethod, PaymentPurpose
from services.payments.errors import AuthorizationRequired, Overpayment
from services.payments.rules import (
    check_balance,
    check_form,
    check_refund,
    check_reversal,
    left_of,
    refunded_payment,
)
from services.payments.types import NewPayment, PaymentView

__all__ = [
    "AuthorizationRequired",
    "NewPayment",
    "Overpayment",
    "PaymentMethod",
    "PaymentPurpose",
    "PaymentView",
    "check_balance",
    "check_form",
    "check_refund",
    "check_reversal",
    "left_of",
    "refunded_payment",
]
