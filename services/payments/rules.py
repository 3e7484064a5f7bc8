"""What a payment must look like, and what is left to correct of one: none is given back twice. Pure."""

from collections.abc import Iterable, Sequence
from datetime import date, timedelta
from typing import Protocol

from models.payments import PaymentPurpose
from services.core.checking import noted
from services.core.checks import MOST_CENTS
from services.core.dates import full_day_text
from services.core.errors import Conflict, Invalid
from services.core.fields import parse_text
from services.core.studio import Studio
from services.payments.errors import Overpayment
from services.payments.types import NewPayment

P = PaymentPurpose


class Entry(Protocol):
    """A row of a booking's payments."""

    @property
    def id(self) -> int | None: ...
    @property
    def purpose(self) -> PaymentPurpose: ...
    @property
    def amount_cents(self) -> int: ...
    @property
    def refunds_id(self) -> int | None: ...
    @property
    def reverses_id(self) -> int | None: ...


def left_of(entries: Sequence[Entry]) -> dict[int, int]:
    """By the payments of one booking, what can still be given back of each, in cents.

    Never more than the booking has been paid: refunds from before they named a payment count there.
    """
    by_id = {one.id: one for one in entries}
    left = {one.id or 0: one.amount_cents for one in entries if one.purpose not in (P.REFUND, P.REVERSAL)}
    for one in entries:
        root = _payment_of(one, by_id)
        if root in left:
            left[root] += one.amount_cents
    paid = sum(one.amount_cents for one in entries)
    return {id_: max(0, min(cents, paid)) for id_, cents in left.items()}


def refunded_payment(number: str, asked: int | None, left: dict[int, int]) -> int:
    """The payment a refund gives back: the one it names, or the only one that has something left."""
    open_ = {id_: cents for id_, cents in left.items() if cents > 0}
    if asked is None and not open_:
        raise Invalid(f"Nothing of {number} is left to refund.", field="amount_cents")
    if asked is None and len(open_) > 1:
        said = [{"id": id_, "left_cents": cents} for id_, cents in open_.items()]
        raise Invalid("Say which payment is refunded.", field="refunds_id", details={"payments": said})
    wanted = next(iter(open_)) if asked is None else asked
    if wanted not in left:
        raise Invalid(f"{number} has no such payment.", field="refunds_id")
    return wanted


def check_refund(amount_cents: int, left_cents: int, left: str) -> None:
    if not left_cents:
        raise Invalid("All of that payment was given back already.", field="refunds_id")
    if amount_cents > left_cents:
        raise Invalid(f"Only {left} of that payment is left to refund.", field="amount_cents")


def check_reversal(payment: Entry, entries: Iterable[Entry], left_cents: int, left: str) -> None:
    """`left_cents`: of a payment, what can still be given back."""
    if payment.purpose is P.REVERSAL:
        raise Conflict(
            "That row takes a payment back and stays. Record the payment again instead.", code="already_reversed"
        )
    if any(one.reverses_id == payment.id for one in entries):
        raise Conflict("That payment is already taken back.", code="already_reversed")
    if payment.purpose is P.REFUND or left_cents == payment.amount_cents:
        return
    rest = f"Refund the {left} that is left instead, or take" if left_cents else "Take"
    raise Conflict(f"Some of that payment was refunded already. {rest} the refund back first.", code="already_refunded")


def _payment_of(one: Entry, by_id: dict[int | None, Entry]) -> int | None:
    """The payment that a refund, a reversal or the reversal of a refund is about."""
    if one.reverses_id is None:
        return one.refunds_id
    reversed_ = by_id[one.reverses_id]
    return reversed_.refunds_id if reversed_.purpose is P.REFUND else reversed_.id


def check_paid_on(day: date, today: date, studio: Studio) -> None:
    """Money is not dated into the future, nor further back than the studio keeps its books open."""
    if day > today:
        raise Invalid(
            f"Choose {full_day_text(today, studio)} or earlier: what is still to come is not paid yet.", field="paid_on"
        )
    back_days = studio.payment_back_days
    if (today - day).days > back_days:
        first = today - timedelta(days=back_days)
        raise Invalid(
            f"Choose {full_day_text(first, studio)} or later: payments are dated back {back_days} days at most.",
            field="paid_on",
        )


def check_form(payment: NewPayment, today: date, studio: Studio) -> None:
    _check_kind(payment)
    _check_amount(payment)
    parse_text(payment.reference, "reference", "The reference", limit=200)
    parse_text(payment.notes, "notes", "The note", limit=1000)
    noted(check_paid_on)(payment.paid_on or today, today, studio)


@noted
def _check_kind(payment: NewPayment) -> None:
    if payment.purpose is PaymentPurpose.REVERSAL:
        raise Invalid("A reversal takes back one payment; reverse that one.", field="purpose")
    if payment.refunds_id is not None and payment.purpose is not PaymentPurpose.REFUND:
        raise Invalid("Only a refund names the payment it gives back.", field="refunds_id")


@noted
def _check_amount(payment: NewPayment) -> None:
    if not 0 < payment.amount_cents <= MOST_CENTS:
        raise Invalid("The amount must be more than nothing.", field="amount_cents")


def check_balance(payment: NewPayment, balance_cents: int, balance: str) -> None:
    if payment.amount_cents > balance_cents and not payment.allow_overpayment:
        raise Overpayment(balance_cents, balance)
