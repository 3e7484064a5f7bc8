import secrets
from collections.abc import AsyncIterator
from datetime import timedelta
from typing import Any

import reflex as rx

from services import bookings
from services.bookings import BookingStatus, BookingView
from services.core import clock, money
from services.core.access import Actor, Permission
from services.core.checking import together
from services.core.errors import DomainError, Invalid
from services.core.studio import Studio
from services.payments import NewPayment, Overpayment, PaymentMethod, PaymentPurpose
from studio_app.gate import requires
from studio_app.state.bookings.booking import BookingState
from studio_app.state.form import Form

P = Permission

_MOST_SPLITS = 6


class BookingPayments(BookingState):
    """What the client pays, in one or several splits; all of them are stored, or none."""

    splits: list[int] = [0]
    """The places of the splits in the form."""
    overpaid: str = ""
    """The question asked before more than is owed is taken."""
    reversing: str = ""
    """Which payment is to be taken back, in words."""
    _key: str = ""
    """One per opened dialog: the same one sent twice is one payment."""
    _asked_about: int = 0

    @rx.event
    @requires(P.RECORD_PAYMENTS)
    async def open_payment(self) -> None:
        await self._open_form("pay")

    @rx.event
    @requires()
    async def open_if_asked(self) -> None:
        """On load: `?pay=1` is a link from elsewhere to record a payment."""
        may_pay = P.RECORD_PAYMENTS.name in self.permissions and self.shown.is_signed
        if may_pay and self.shown.number == self.number and self.router.url.query_parameters.get("pay"):
            await self._open_form("pay")

    @rx.event
    @requires()
    async def open_if_owed(self) -> None:
        """After the check-out: what is still open is asked for at once."""
        may_pay = P.RECORD_PAYMENTS.name in self.permissions and self.shown.is_signed
        if may_pay and self.shown.status == BookingStatus.COMPLETED and self.shown.money.is_owed:
            await self._open_form("pay")

    @rx.event
    @requires(P.REFUND_PAYMENTS)
    async def open_refund(self) -> None:
        await self._open_form("refund")

    @rx.event
    @requires(P.RECORD_PAYMENTS)
    async def add_split(self) -> None:
        if len(self.splits) < _MOST_SPLITS:
            self.splits = [*self.splits, max(self.splits) + 1]

    @rx.event
    @requires(P.RECORD_PAYMENTS)
    async def drop_split(self, place: int) -> None:
        self.splits = [other for other in self.splits if other != place] or [0]

    @rx.event
    @requires(P.RECORD_PAYMENTS)
    async def record_payments(self, sent: dict[str, Any]) -> AsyncIterator[Any]:
        if self.dialog not in ("pay", "refund"):
            return
        payments, is_refund = self._payments(Form.whole(sent)), self.dialog == "refund"
        with self._saving():
            yield
            await self._call(_record, self.shown.number, payments)
            await self._fetch()
        self._close()
        yield rx.toast.success(_recorded("Refund" if is_refund else "Payment", len(payments), self.shown.money.balance))

    @rx.event
    @requires(P.RECORD_PAYMENTS)
    async def ask_reverse(self, payment_id: int) -> None:
        for payment in self.shown.money.payments:
            if payment.id == payment_id:
                self.reversing = f"{payment.amount} ({payment.what.lower()})"
                self._open("reverse", payment_id)

    @rx.event
    @requires(P.RECORD_PAYMENTS)
    async def reverse(self, sent: dict[str, Any]) -> AsyncIterator[Any]:
        if self.dialog != "reverse":
            return
        with self._saving():
            yield
            await self._call(bookings.reverse_payment, self.record_id, Form.whole(sent).text("reason"))
            await self._fetch()
        self._close()
        yield rx.toast.success("Payment taken back. The row stays, with its reversal beside it.")

    async def _open_form(self, dialog: str) -> None:
        booking, studio = await self._read(bookings.get_booking, self.shown.number)
        self.splits, self.overpaid, self._asked_about = [0], "", 0
        self._key = secrets.token_urlsafe(12)
        self._open(dialog, booking.id, _first_split(booking, studio, dialog))

    def _payments(self, form: Form) -> dict[int, NewPayment]:
        """By the split's place. An overpayment is agreed to only with the amounts that were asked about."""
        amounts = {place: form.cents(f"amount_cents-{place}") for place in self.splits}
        is_agreed = bool(self.overpaid) and sum(amounts.values()) == self._asked_about
        self._asked_about = sum(amounts.values())
        return {
            place: NewPayment(
                method=form.word(f"method-{place}", PaymentMethod),
                amount_cents=amount,
                purpose=PaymentPurpose.REFUND if self.dialog == "refund" else form.word("purpose", PaymentPurpose),
                reference=form.text(f"reference-{place}"),
                notes=form.text("notes"),
                paid_on=form.maybe_day("paid_on"),
                refunds_id=form.maybe_number(f"refunds_id-{place}") if self.dialog == "refund" else None,
                allow_overpayment=is_agreed,
                idempotency_key=f"{self._key}-{place}",
            )
            for place, amount in amounts.items()
        }

    async def _refused(self, refusal: DomainError) -> Any:
        if isinstance(refusal, Overpayment):
            self.overpaid = refusal.message
            return None
        return await super()._refused(refusal)


def _record(session: Any, actor: Actor, number: str, payments: dict[int, NewPayment]) -> None:
    """All of them, or what is to be mended of all; whether more than is owed is meant is asked after that."""
    refused: list[DomainError] = []
    asked: Overpayment | None = None
    for place, payment in payments.items():
        try:
            bookings.record_payment(session, actor, number, payment)
        except Overpayment as question:
            asked = question
        except Invalid as refusal:
            refused += [_at_place(one, place) for one in (refusal, *refusal.others)]
    if refused or asked:
        raise together(refused) if refused else asked


def _at_place(refusal: DomainError, place: int) -> DomainError:
    if refusal.field in ("amount_cents", "reference", "refunds_id"):
        refusal.field = f"{refusal.field}-{place}"
    return refusal


def _first_split(booking: BookingView, studio: Studio, dialog: str) -> dict[str, str]:
    paid, balance = booking.paid_cents or 0, booking.balance_cents or 0
    deposit = min(booking.deposit_cents or 0, booking.total_cents or 0) if booking.status.is_open else 0
    missing_deposit = max(0, deposit - paid)
    due = _to_give_back(booking) if dialog == "refund" else missing_deposit or balance
    today = clock.business_date(clock.now(), studio.zone)
    return {
        "purpose": PaymentPurpose.DEPOSIT if missing_deposit else PaymentPurpose.FINAL,
        "amount": money.to_text(due) if due > 0 else "",
        "paid_on": today.isoformat(),
        "first_day": (today - timedelta(days=studio.payment_back_days)).isoformat(),
    }


def _to_give_back(booking: BookingView) -> int:
    """What was paid too much, as far as it can come out of the first payment that has something left."""
    left = next((one.left_cents for one in booking.payments if one.left_cents), 0)
    return min(-(booking.balance_cents or 0), left)


def _recorded(what: str, count: int, balance: str) -> str:
    said = f"{what} recorded" if count == 1 else f"{count} {what.lower()}s recorded"
    return f"{said}. Balance {balance}."
