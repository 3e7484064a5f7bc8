"""Clients see their own by a link mailed to their address; calendars that were made without it end.

Revision ID: 0013
Revises: 0012
"""

import sqlalchemy as sa
from alembic import op

revision = "0013"
down_revision = "0012"
branch_labels = None
depends_on = None

_BEFORE = (
    "PASSWORD_RESET",
    "BOOKING_CREATED",
    "BOOKING_AUTHORIZATION",
    "BOOKING_CONFIRMED",
    "BOOKING_CHANGED",
    "PAYMENT_RECEIVED",
    "ROOM_LOCKOUT",
    "HOLD_CHANGED",
    "WAITLIST_OFFER",
    "SWAP_REQUESTED",
)


def upgrade() -> None:
    _allow(*_BEFORE, "CLIENT_LINK")
    op.create_table(
        "client_link",
        *_of_client(),
        sa.Column("used_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["client_id"], ["client.id"], name=op.f("fk_client_link_client_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_client_link")),
        sa.UniqueConstraint("token_hash", name=op.f("uq_client_link_token_hash")),
    )
    op.create_index(op.f("ix_client_link_client_id"), "client_link", ["client_id"], unique=False)
    op.create_table(
        "client_session",
        *_of_client(),
        sa.Column("ip", sa.String(), nullable=False),
        sa.Column("user_agent", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(["client_id"], ["client.id"], name=op.f("fk_client_session_client_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_client_session")),
        sa.UniqueConstraint("token_hash", name=op.f("uq_client_session_token_hash")),
    )
    op.create_index(op.f("ix_client_session_client_id"), "client_session", ["client_id"], unique=False)
    op.add_column("feed", sa.Column("email", sa.String(), nullable=True))
    # Whoever knew the link of one booking made these, and saw all of the client's.
    op.execute(
        "update feed set revoked_at = created_at where client_id is not null and created_by is null"
        " and revoked_at is null"
    )


def downgrade() -> None:
    """Calendars that ended stay ended."""
    op.drop_column("feed", "email")
    for table in ("client_session", "client_link"):
        op.drop_index(op.f(f"ix_{table}_client_id"), table_name=table)
        op.drop_table(table)
    op.execute("delete from delivery where type = 'CLIENT_LINK'")
    _allow(*_BEFORE)


def _of_client() -> tuple[sa.Column, ...]:
    return (
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("client_id", sa.Integer(), nullable=False),
        sa.Column("email", sa.String(), nullable=False),
        sa.Column("token_hash", sa.LargeBinary(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.Column("expires_at", sa.DateTime(timezone=True), nullable=False),
    )


def _allow(*words: str) -> None:
    constraint = op.f("ck_delivery_deliverytype")
    op.drop_constraint(constraint, "delivery", type_="check")
    op.create_check_constraint(constraint, "delivery", sa.column("type").in_(words))
