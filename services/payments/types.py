from dataclasses import dataclass
from datetime import date, datetime

from models.payments import PaymentMethod, PaymentPurpose


@dataclass(frozen=True, slots=True)
class NewPayment:
    """Amounts are positive; a refund is entered positive too and stored negative."""

    method: PaymentMethod
    amount_cents: int
    purpose: PaymentPurpose = PaymentPurpose.DEPOSIT
    reference: str = ""
    notes: str = ""
    paid_on: date | None = None
    """None: today, in the studio's zone."""
    refunds_id: int | None = None
    """The payment that a refund gives back; may be left out where there is one only."""
    allow_overpayment: bool = False
    idempotency_key: str | None = None


@dataclass(frozen=True, slots=True)
class PaymentView:
    id: int
    purpose: PaymentPurpose
    method: PaymentMethod
    amount_cents: int
    reference: str
    notes: str
    paid_on: date
    recorded_at: datetime
    recorded_by: str
    is_reversed: bool
    refunds_id: int | None
    reverses_id: int | None
    left_cents: int
    """Of a payment, what can still be given back."""

    @property
    def can_reverse(self) -> bool:
        """A refund can be taken back like a payment of which nothing was given back; what takes back stays."""
        if self.purpose is PaymentPurpose.REFUND:
            return not self.is_reversed
        return self.purpose is not PaymentPurpose.REVERSAL and self.left_cents == self.amount_cents
