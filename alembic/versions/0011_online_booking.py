"""What the public may do by itself, and how often it did.

Revision ID: 0011
Revises: 0010
"""

import sqlalchemy as sa
from alembic import op

revision = "0011"
down_revision = "0010"
branch_labels = None
depends_on = None

_SETTINGS = {
    "start_step_minutes": 30,
    "shortest_minutes": 60,
    "longest_minutes": 720,
    "lead_hours": 1,
    "horizon_days": 180,
    "unpaid_bookings": 3,
    "unpaid_hours": 24,
    "unpaid_room_pct": 50,
    "bookings_a_day": 20,
    "change_requests_a_day": 5,
    "links_an_hour": 3,
    "sign_ins_a_minute": 30,
    "requests_a_minute": 60,
    "questions_a_minute": 300,
}


def upgrade() -> None:
    made = op.create_table(
        "online_booking",
        sa.Column("id", sa.Integer(), nullable=False),
        *(sa.Column(name, sa.Integer(), nullable=False) for name in _SETTINGS),
        sa.CheckConstraint("id = 1", name=op.f("ck_online_booking_one_row")),
        sa.CheckConstraint("start_step_minutes in (5, 10, 15, 20, 30, 60)", name=op.f("ck_online_booking_start_step")),
        sa.CheckConstraint(
            "shortest_minutes between 1 and longest_minutes and longest_minutes <= 1440",
            name=op.f("ck_online_booking_lengths"),
        ),
        sa.CheckConstraint("lead_hours >= 0 and horizon_days > 0", name=op.f("ck_online_booking_reach")),
        sa.CheckConstraint("unpaid_room_pct between 1 and 100", name=op.f("ck_online_booking_share")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_online_booking")),
    )
    op.bulk_insert(made, [{"id": 1, **_SETTINGS}])
    op.create_table(
        "allowance_use",
        sa.Column("fingerprint", sa.LargeBinary(), nullable=False),
        sa.Column("since", sa.DateTime(timezone=True), nullable=False),
        sa.Column("used", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("fingerprint", name=op.f("pk_allowance_use")),
    )
    op.create_index(op.f("ix_allowance_use_since"), "allowance_use", ["since"], unique=False)


def downgrade() -> None:
    op.drop_index(op.f("ix_allowance_use_since"), table_name="allowance_use")
    op.drop_table("allowance_use")
    op.drop_table("online_booking")
