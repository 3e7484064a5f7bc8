"""Whether the whole deposit confirms a booking by itself.

Revision ID: 0010
Revises: 0009
"""

import sqlalchemy as sa
from alembic import op

revision = "0010"
down_revision = "0009"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column(
        "studio_info", sa.Column("confirms_when_paid", sa.Boolean(), nullable=False, server_default=sa.text("true"))
    )
    op.alter_column("studio_info", "confirms_when_paid", server_default=None)


def downgrade() -> None:
    op.drop_column("studio_info", "confirms_when_paid")
