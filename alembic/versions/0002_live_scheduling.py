"""Changes, holds, series, waitlist, feeds, performers: what scheduling needs on top of the ledger.

Revision ID: 0002
Revises: 0001
"""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None

_WORDS = {
    ("booking", "source", "bookingsource"): (("STAFF", "PUBLIC_PAGE"), ("WAITLIST",)),
    ("delivery", "type", "deliverytype"): (
        (
            "PASSWORD_RESET",
            "BOOKING_CREATED",
            "BOOKING_AUTHORIZATION",
            "BOOKING_CONFIRMED",
            "BOOKING_CHANGED",
            "PAYMENT_RECEIVED",
        ),
        ("ROOM_LOCKOUT", "HOLD_CHANGED", "WAITLIST_OFFER", "SWAP_REQUESTED"),
    ),
}
"""Of each column: the words it had, and those it gets."""


def upgrade() -> None:
    for (table, column, name), (old, new) in _WORDS.items():
        _allow(table, column, name, old + new)
    for table in ("working_hours", "extra_availability"):
        _rename_owner(table, "engineer", "resource")
    op.create_table(
        "booking_series",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("rule", sa.String(), nullable=False),
        sa.Column("created_by", sa.Integer(), nullable=True),
        sa.Column("created_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.ForeignKeyConstraint(["created_by"], ["user.id"], name=op.f("fk_booking_series_created_by")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_booking_series")),
    )
    op.create_table(
        "feed",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("token_hash", sa.LargeBinary(), nullable=False),
        sa.Column("label", sa.String(), nullable=False),
        sa.Column("resource_id", sa.Integer(), nullable=True),
        sa.Column("client_id", sa.Integer(), nullable=True),
        sa.Column("created_by", sa.Integer(), nullable=True),
        sa.Column("created_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.Column("last_read_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("revoked_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint("num_nonnulls(resource_id, client_id) = 1", name=op.f("ck_feed_one_subject")),
        sa.ForeignKeyConstraint(["client_id"], ["client.id"], name=op.f("fk_feed_client_id")),
        sa.ForeignKeyConstraint(["created_by"], ["user.id"], name=op.f("fk_feed_created_by")),
        sa.ForeignKeyConstraint(["resource_id"], ["resource.id"], name=op.f("fk_feed_resource_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_feed")),
        sa.UniqueConstraint("token_hash", name=op.f("uq_feed_token_hash")),
    )
    op.create_index(op.f("ix_feed_client_id"), "feed", ["client_id"], unique=False)
    op.create_index(op.f("ix_feed_resource_id"), "feed", ["resource_id"], unique=False)
    op.create_table(
        "performer",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("email", sa.String(), nullable=False),
        sa.Column("phone", sa.String(), nullable=False),
        sa.Column("skills", postgresql.ARRAY(sa.String()), nullable=False),
        sa.Column("default_rate_cents", sa.Integer(), nullable=True),
        sa.Column("notes", sa.String(), nullable=False),
        sa.Column("user_id", sa.Integer(), nullable=True),
        sa.Column("deleted_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint("default_rate_cents >= 0", name=op.f("ck_performer_default_rate")),
        sa.ForeignKeyConstraint(["id"], ["resource.id"], name=op.f("fk_performer_id")),
        sa.ForeignKeyConstraint(["user_id"], ["user.id"], name=op.f("fk_performer_user_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_performer")),
        sa.UniqueConstraint("user_id", name=op.f("uq_performer_user_id")),
    )
    op.create_table(
        "waitlist_wish",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("token", sa.String(), nullable=False),
        sa.Column("client_id", sa.Integer(), nullable=False),
        sa.Column("artist_id", sa.Integer(), nullable=True),
        sa.Column("service_id", sa.Integer(), nullable=False),
        sa.Column("room_ids", postgresql.ARRAY(sa.Integer()), nullable=False),
        sa.Column("engineer_id", sa.Integer(), nullable=True),
        sa.Column("first_day", sa.Date(), nullable=False),
        sa.Column("last_day", sa.Date(), nullable=False),
        sa.Column("not_before", sa.Time(), nullable=True),
        sa.Column("not_after", sa.Time(), nullable=True),
        sa.Column("minutes", sa.Integer(), nullable=False),
        sa.Column("notes", sa.String(), nullable=False),
        sa.Column(
            "status",
            sa.Enum(
                "WAITING",
                "OFFERED",
                "BOOKED",
                "WITHDRAWN",
                "PASSED",
                name="wishstatus",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("created_by", sa.Integer(), nullable=True),
        sa.Column("created_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.CheckConstraint("(not_before is null) = (not_after is null)", name=op.f("ck_waitlist_wish_hours")),
        sa.CheckConstraint("first_day <= last_day", name=op.f("ck_waitlist_wish_days")),
        sa.CheckConstraint("minutes > 0", name=op.f("ck_waitlist_wish_minutes")),
        sa.ForeignKeyConstraint(["artist_id"], ["artist.id"], name=op.f("fk_waitlist_wish_artist_id")),
        sa.ForeignKeyConstraint(["client_id"], ["client.id"], name=op.f("fk_waitlist_wish_client_id")),
        sa.ForeignKeyConstraint(["created_by"], ["user.id"], name=op.f("fk_waitlist_wish_created_by")),
        sa.ForeignKeyConstraint(["engineer_id"], ["engineer.id"], name=op.f("fk_waitlist_wish_engineer_id")),
        sa.ForeignKeyConstraint(["service_id"], ["service.id"], name=op.f("fk_waitlist_wish_service_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_waitlist_wish")),
        sa.UniqueConstraint("token", name=op.f("uq_waitlist_wish_token")),
    )
    op.create_index(op.f("ix_waitlist_wish_client_id"), "waitlist_wish", ["client_id"], unique=False)
    op.create_index(op.f("ix_waitlist_wish_status"), "waitlist_wish", ["status"], unique=False)
    op.create_table(
        "booking_change",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("booking_id", sa.Integer(), nullable=False),
        sa.Column(
            "kind",
            sa.Enum(
                "TIME",
                "ROOM_SWAP",
                "ROOMS",
                "ENGINEER_SWAP",
                "EXTENSION",
                "MOVE",
                name="changekind",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("reason", sa.String(), nullable=False),
        sa.Column(
            "before", postgresql.JSONB(astext_type=sa.Text()), server_default=sa.text("'{}'::jsonb"), nullable=False
        ),
        sa.Column(
            "after", postgresql.JSONB(astext_type=sa.Text()), server_default=sa.text("'{}'::jsonb"), nullable=False
        ),
        sa.Column("price_difference_cents", sa.Integer(), nullable=False),
        sa.Column("changed_by", sa.Integer(), nullable=True),
        sa.Column("changed_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.Column("undone_by", sa.Integer(), nullable=True),
        sa.Column("undone_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["booking_id"], ["booking.id"], name=op.f("fk_booking_change_booking_id")),
        sa.ForeignKeyConstraint(["changed_by"], ["user.id"], name=op.f("fk_booking_change_changed_by")),
        sa.ForeignKeyConstraint(["undone_by"], ["user.id"], name=op.f("fk_booking_change_undone_by")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_booking_change")),
    )
    op.create_index(op.f("ix_booking_change_booking_id"), "booking_change", ["booking_id"], unique=False)
    op.create_table(
        "hold",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("placed_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.Column("expires_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["id"], ["booking.id"], name=op.f("fk_hold_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_hold")),
    )
    op.create_index(op.f("ix_hold_placed_at"), "hold", ["placed_at"], unique=False)
    op.create_table(
        "presence",
        sa.Column("booking_id", sa.Integer(), nullable=False),
        sa.Column("user_id", sa.Integer(), nullable=False),
        sa.Column("seen_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.Column("is_editing", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(["booking_id"], ["booking.id"], name=op.f("fk_presence_booking_id")),
        sa.ForeignKeyConstraint(["user_id"], ["user.id"], name=op.f("fk_presence_user_id")),
        sa.PrimaryKeyConstraint("booking_id", "user_id", name=op.f("pk_presence")),
    )
    op.create_index(op.f("ix_presence_user_id"), "presence", ["user_id"], unique=False)
    op.create_table(
        "swap_request",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("booking_id", sa.Integer(), nullable=False),
        sa.Column("engineer_id", sa.Integer(), nullable=False),
        sa.Column("reason", sa.String(), nullable=False),
        sa.Column(
            "status",
            sa.Enum(
                "OPEN",
                "DONE",
                "DECLINED",
                "WITHDRAWN",
                name="swaprequeststatus",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("created_by", sa.Integer(), nullable=True),
        sa.Column("created_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.Column("resolved_by", sa.Integer(), nullable=True),
        sa.Column("resolved_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint("(status = 'OPEN') = (resolved_at is null)", name=op.f("ck_swap_request_resolved")),
        sa.ForeignKeyConstraint(["booking_id"], ["booking.id"], name=op.f("fk_swap_request_booking_id")),
        sa.ForeignKeyConstraint(["created_by"], ["user.id"], name=op.f("fk_swap_request_created_by")),
        sa.ForeignKeyConstraint(["engineer_id"], ["engineer.id"], name=op.f("fk_swap_request_engineer_id")),
        sa.ForeignKeyConstraint(["resolved_by"], ["user.id"], name=op.f("fk_swap_request_resolved_by")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_swap_request")),
    )
    op.create_index(op.f("ix_swap_request_booking_id"), "swap_request", ["booking_id"], unique=False)
    op.create_index(op.f("ix_swap_request_engineer_id"), "swap_request", ["engineer_id"], unique=False)
    op.create_index(
        "uq_swap_request_open",
        "swap_request",
        ["booking_id", "engineer_id"],
        unique=True,
        postgresql_where=sa.text("status = 'OPEN'"),
    )
    op.create_table(
        "waitlist_offer",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("wish_id", sa.Integer(), nullable=False),
        sa.Column("booking_id", sa.Integer(), nullable=False),
        sa.Column("due_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column(
            "status",
            sa.Enum(
                "OPEN",
                "ACCEPTED",
                "DECLINED",
                "EXPIRED",
                name="offerstatus",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("created_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.Column("answered_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["booking_id"], ["booking.id"], name=op.f("fk_waitlist_offer_booking_id")),
        sa.ForeignKeyConstraint(["wish_id"], ["waitlist_wish.id"], name=op.f("fk_waitlist_offer_wish_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_waitlist_offer")),
        sa.UniqueConstraint("booking_id", name=op.f("uq_waitlist_offer_booking_id")),
    )
    op.create_index(
        "ix_waitlist_offer_due_at",
        "waitlist_offer",
        ["due_at"],
        unique=False,
        postgresql_where=sa.text("status = 'OPEN'"),
    )
    op.create_index(op.f("ix_waitlist_offer_wish_id"), "waitlist_offer", ["wish_id"], unique=False)
    op.create_index(
        "uq_waitlist_offer_open",
        "waitlist_offer",
        ["wish_id"],
        unique=True,
        postgresql_where=sa.text("status = 'OPEN'"),
    )
    op.create_table(
        "hold_challenge",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("challenger_id", sa.Integer(), nullable=False),
        sa.Column("challenged_id", sa.Integer(), nullable=False),
        sa.Column("due_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column(
            "outcome",
            sa.Enum(
                "OPEN",
                "CONFIRMED",
                "RELEASED",
                "EXPIRED",
                "WITHDRAWN",
                name="challengeoutcome",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("created_by", sa.Integer(), nullable=True),
        sa.Column("created_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.Column("resolved_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint("(outcome = 'OPEN') = (resolved_at is null)", name=op.f("ck_hold_challenge_resolved")),
        sa.CheckConstraint("challenger_id <> challenged_id", name=op.f("ck_hold_challenge_two_holds")),
        sa.ForeignKeyConstraint(["challenged_id"], ["hold.id"], name=op.f("fk_hold_challenge_challenged_id")),
        sa.ForeignKeyConstraint(["challenger_id"], ["hold.id"], name=op.f("fk_hold_challenge_challenger_id")),
        sa.ForeignKeyConstraint(["created_by"], ["user.id"], name=op.f("fk_hold_challenge_created_by")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_hold_challenge")),
    )
    op.create_index(op.f("ix_hold_challenge_challenged_id"), "hold_challenge", ["challenged_id"], unique=False)
    op.create_index(op.f("ix_hold_challenge_challenger_id"), "hold_challenge", ["challenger_id"], unique=False)
    op.create_index(
        "ix_hold_challenge_due_at",
        "hold_challenge",
        ["due_at"],
        unique=False,
        postgresql_where=sa.text("outcome = 'OPEN'"),
    )
    op.create_index(
        "uq_hold_challenge_open",
        "hold_challenge",
        ["challenged_id"],
        unique=True,
        postgresql_where=sa.text("outcome = 'OPEN'"),
    )
    op.add_column("booking", sa.Column("original_engineer_id", sa.Integer(), nullable=True))
    op.add_column("booking", sa.Column("discount_pct", sa.Numeric(precision=6, scale=3), nullable=True))
    op.add_column("booking", sa.Column("series_id", sa.Integer(), nullable=True))
    op.create_index(op.f("ix_booking_series_id"), "booking", ["series_id"], unique=False)
    op.create_foreign_key(op.f("fk_booking_series_id"), "booking", "booking_series", ["series_id"], ["id"])
    op.create_foreign_key(
        op.f("fk_booking_original_engineer_id"), "booking", "engineer", ["original_engineer_id"], ["id"]
    )
    op.add_column("booking_line", sa.Column("change_id", sa.Integer(), nullable=True))
    op.create_index(op.f("ix_booking_line_change_id"), "booking_line", ["change_id"], unique=False)
    op.create_foreign_key(op.f("fk_booking_line_change_id"), "booking_line", "booking_change", ["change_id"], ["id"])
    op.add_column("studio_info", sa.Column("hold_days", sa.Integer(), server_default="14", nullable=False))
    op.add_column("studio_info", sa.Column("challenge_hours", sa.Integer(), server_default="24", nullable=False))
    op.add_column("studio_info", sa.Column("waitlist_offer_hours", sa.Integer(), server_default="24", nullable=False))
    for column in ("hold_days", "challenge_hours", "waitlist_offer_hours"):
        op.alter_column("studio_info", column, server_default=None)
    op.create_check_constraint(
        op.f("ck_studio_info_deadlines"),
        "studio_info",
        "hold_days >= 0 and challenge_hours > 0 and waitlist_offer_hours > 0",
    )
    op.execute("insert into hold (id, placed_at) select id, created_at from booking where status = 'HOLD'")


def downgrade() -> None:
    op.drop_constraint(op.f("ck_studio_info_deadlines"), "studio_info", type_="check")
    op.drop_column("studio_info", "waitlist_offer_hours")
    op.drop_column("studio_info", "challenge_hours")
    op.drop_column("studio_info", "hold_days")
    op.drop_constraint(op.f("fk_booking_line_change_id"), "booking_line", type_="foreignkey")
    op.drop_index(op.f("ix_booking_line_change_id"), table_name="booking_line")
    op.drop_column("booking_line", "change_id")
    op.drop_constraint(op.f("fk_booking_original_engineer_id"), "booking", type_="foreignkey")
    op.drop_constraint(op.f("fk_booking_series_id"), "booking", type_="foreignkey")
    op.drop_index(op.f("ix_booking_series_id"), table_name="booking")
    op.drop_column("booking", "series_id")
    op.drop_column("booking", "discount_pct")
    op.drop_column("booking", "original_engineer_id")
    op.drop_index("uq_hold_challenge_open", table_name="hold_challenge", postgresql_where=sa.text("outcome = 'OPEN'"))
    op.drop_index("ix_hold_challenge_due_at", table_name="hold_challenge", postgresql_where=sa.text("outcome = 'OPEN'"))
    op.drop_index(op.f("ix_hold_challenge_challenger_id"), table_name="hold_challenge")
    op.drop_index(op.f("ix_hold_challenge_challenged_id"), table_name="hold_challenge")
    op.drop_table("hold_challenge")
    op.drop_index("uq_waitlist_offer_open", table_name="waitlist_offer", postgresql_where=sa.text("status = 'OPEN'"))
    op.drop_index(op.f("ix_waitlist_offer_wish_id"), table_name="waitlist_offer")
    op.drop_index("ix_waitlist_offer_due_at", table_name="waitlist_offer", postgresql_where=sa.text("status = 'OPEN'"))
    op.drop_table("waitlist_offer")
    op.drop_index("uq_swap_request_open", table_name="swap_request", postgresql_where=sa.text("status = 'OPEN'"))
    op.drop_index(op.f("ix_swap_request_engineer_id"), table_name="swap_request")
    op.drop_index(op.f("ix_swap_request_booking_id"), table_name="swap_request")
    op.drop_table("swap_request")
    op.drop_index(op.f("ix_presence_user_id"), table_name="presence")
    op.drop_table("presence")
    op.drop_index(op.f("ix_hold_placed_at"), table_name="hold")
    op.drop_table("hold")
    op.drop_index(op.f("ix_booking_change_booking_id"), table_name="booking_change")
    op.drop_table("booking_change")
    op.drop_index(op.f("ix_waitlist_wish_status"), table_name="waitlist_wish")
    op.drop_index(op.f("ix_waitlist_wish_client_id"), table_name="waitlist_wish")
    op.drop_table("waitlist_wish")
    op.drop_table("performer")
    op.drop_index(op.f("ix_feed_resource_id"), table_name="feed")
    op.drop_index(op.f("ix_feed_client_id"), table_name="feed")
    op.drop_table("feed")
    op.drop_table("booking_series")
    for table in ("working_hours", "extra_availability"):
        op.execute(f"delete from {table} where resource_id not in (select id from engineer)")
        _rename_owner(table, "resource", "engineer")
    op.execute("update booking set source = 'STAFF' where source = 'WAITLIST'")
    op.execute(
        "delete from delivery where type in ('ROOM_LOCKOUT', 'HOLD_CHANGED', 'WAITLIST_OFFER', 'SWAP_REQUESTED')"
    )
    for (table, column, name), (old, _) in _WORDS.items():
        _allow(table, column, name, old)


def _allow(table: str, column: str, name: str, words: tuple[str, ...]) -> None:
    constraint = op.f(f"ck_{table}_{name}")
    op.drop_constraint(constraint, table, type_="check")
    op.create_check_constraint(constraint, table, sa.column(column).in_(words))


def _rename_owner(table: str, old: str, new: str) -> None:
    """Who the hours are of: engineers at first, then any resource."""
    op.drop_constraint(op.f(f"fk_{table}_{old}_id"), table, type_="foreignkey")
    op.alter_column(table, f"{old}_id", new_column_name=f"{new}_id")
    op.execute(f"alter index ix_{table}_{old}_id rename to ix_{table}_{new}_id")
    op.create_foreign_key(op.f(f"fk_{table}_{new}_id"), table, new, [f"{new}_id"], ["id"])
