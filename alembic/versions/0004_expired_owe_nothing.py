"""Bookings that expired before this version get the line that takes their price back: they owe nothing.

Revision ID: 0004
Revises: 0003
"""

from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.execute(
        """
        insert into booking_line (booking_id, kind, description, reason, quantity, unit_price_cents, amount_cents, status)
        select b.id, 'CANCELLATION', 'Released: the session is not charged', 'it was let go',
               1, -sum(l.amount_cents), -sum(l.amount_cents), 'PENDING'
          from booking b join booking_line l on l.booking_id = b.id
         where b.status = 'EXPIRED'
         group by b.id
        having sum(l.amount_cents) <> 0
        """
    )


def downgrade() -> None:
    """The lines stay: they are what is owed."""
