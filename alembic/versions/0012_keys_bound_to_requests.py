"""An Idempotency-Key belongs to one request; bookings keep theirs where all requests do.

Revision ID: 0012
Revises: 0011
"""

import sqlalchemy as sa
from alembic import op

revision = "0012"
down_revision = "0011"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.execute("delete from answered_request")  # of a day at most, by fingerprints that are made otherwise now
    op.add_column("answered_request", sa.Column("request", sa.LargeBinary(), nullable=False))
    op.drop_constraint(op.f("uq_booking_idempotency_key"), "booking", type_="unique")
    op.drop_column("booking", "idempotency_key")


def downgrade() -> None:
    op.add_column("booking", sa.Column("idempotency_key", sa.String(), nullable=True))
    op.create_unique_constraint(op.f("uq_booking_idempotency_key"), "booking", ["idempotency_key"])
    op.drop_column("answered_request", "request")
