"""How early a session can be checked in, and from when on its time was given back before its booked end.

Revision ID: 0007
Revises: 0006
"""

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("booking", sa.Column("freed_from", sa.DateTime(timezone=True), nullable=True))
    op.add_column(
        "studio_info", sa.Column("check_in_lead_minutes", sa.Integer(), nullable=False, server_default=sa.text("120"))
    )
    op.alter_column("studio_info", "check_in_lead_minutes", server_default=None)
    op.create_check_constraint(op.f("ck_studio_info_check_in_lead"), "studio_info", "check_in_lead_minutes >= 0")


def downgrade() -> None:
    op.drop_constraint(op.f("ck_studio_info_check_in_lead"), "studio_info", type_="check")
    op.drop_column("studio_info", "check_in_lead_minutes")
    op.drop_column("booking", "freed_from")
