from datetime import date, datetime
from enum import StrEnum

from sqlalchemy import CheckConstraint
from sqlmodel import Field, SQLModel

from models.base import created_at_field, enum_field, id_field


class PaymentPurpose(StrEnum):
    DEPOSIT = "DEPOSIT"
    FINAL = "FINAL"
    OTHER = "OTHER"
    REFUND = "REFUND"
    REVERSAL = "REVERSAL"


class PaymentMethod(StrEnum):
    CASH = "CASH"
    CASH_APP = "CASH_APP"
    ZELLE = "ZELLE"
    SQUARE = "SQUARE"
    CREDIT_CARD = "CREDIT_CARD"
    BANK_TRANSFER = "BANK_TRANSFER"
    OTHER = "OTHER"


class Payment(SQLModel, table=True):
    """Append-only: a mistake is a reversing row, a refund a negative row (domain 1).

    A trigger sees to it that no payment is given back twice, by refund or reversal, and no booking more than it got.
    """

    __tablename__ = "payment"
    __table_args__ = (
        CheckConstraint("amount_cents <> 0", name="amount"),
        CheckConstraint("(purpose in ('REFUND', 'REVERSAL')) or amount_cents > 0", name="sign"),
        CheckConstraint("(purpose = 'REVERSAL') = (reverses_id is not null)", name="reversal"),
        CheckConstraint("refunds_id is null or purpose = 'REFUND'", name="refund"),
    )

    id: int | None = id_field()
    booking_id: int = Field(foreign_key="booking_authorization.booking_id", index=True)
    purpose: PaymentPurpose = enum_field(PaymentPurpose)
    method: PaymentMethod = enum_field(PaymentMethod)
    amount_cents: int
    reference: str = ""
    notes: str = ""
    recorded_by: int | None = Field(default=None, foreign_key="user.id")
    recorded_at: datetime = created_at_field(index=True)
    paid_on: date
    reverses_id: int | None = Field(default=None, foreign_key="payment.id", unique=True)
    refunds_id: int | None = Field(default=None, foreign_key="payment.id", index=True)
    """What a refund gives back; only refunds from before this was kept have none."""
    idempotency_key: str | None = Field(default=None, unique=True)
