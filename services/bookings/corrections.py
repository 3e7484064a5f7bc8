"""What is left to correct of payments: none is given back twice, whether by refund or by reversal. Pure."""

from collections.abc import Iterable, Sequence
from typing import Protocol

from models.bookings import PaymentPurpose
from services.core.errors import Conflict, Invalid

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
