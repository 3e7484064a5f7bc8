"""First tables: the three ledgers, people, catalog, clients, bookings.

Revision ID: 0001
Revises:
"""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None

_APPEND_ONLY = ("payment", "audit_log")


def upgrade() -> None:
    op.execute(sa.schema.CreateSequence(sa.Sequence("booking_number", start=10001)))
    op.create_table(
        "client",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("email", sa.String(), nullable=True),
        sa.Column("phone", sa.String(), nullable=True),
        sa.Column("label", sa.String(), nullable=False),
        sa.Column("project", sa.String(), nullable=False),
        sa.Column("budget_cents", sa.Integer(), nullable=True),
        sa.Column("notes", sa.String(), nullable=False),
        sa.Column(
            "source",
            sa.Enum(
                "STAFF",
                "PUBLIC_PAGE",
                "REFERRAL",
                "INQUIRY",
                "OTHER",
                name="clientsource",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column(
            "status",
            sa.Enum(
                "ACTIVE",
                "INACTIVE",
                "ANONYMISED",
                name="clientstatus",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("created_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.Column("deleted_at", sa.DateTime(timezone=True), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_client")),
    )
    op.create_index("ix_client_name", "client", [sa.literal_column("lower(name) text_pattern_ops")], unique=False)
    op.create_index(
        "uq_client_email",
        "client",
        [sa.literal_column("lower(email)")],
        unique=True,
        postgresql_where=sa.text("deleted_at is null"),
    )
    op.create_index("uq_client_phone", "client", ["phone"], unique=True, postgresql_where=sa.text("deleted_at is null"))
    op.create_table(
        "closure",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("first_day", sa.Date(), nullable=False),
        sa.Column("last_day", sa.Date(), nullable=False),
        sa.Column("reason", sa.String(), nullable=False),
        sa.CheckConstraint("first_day <= last_day", name=op.f("ck_closure_days")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_closure")),
    )
    op.create_table(
        "mic_option",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("description", sa.String(), nullable=False),
        sa.Column("upcharge_cents", sa.Integer(), nullable=False),
        sa.Column("is_premium", sa.Boolean(), nullable=False),
        sa.Column("is_active", sa.Boolean(), nullable=False),
        sa.Column("image", sa.String(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.CheckConstraint("upcharge_cents >= 0", name=op.f("ck_mic_option_upcharge")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_mic_option")),
        sa.UniqueConstraint("name", name=op.f("uq_mic_option_name")),
    )
    op.create_table(
        "period",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("weekday", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("start", sa.Time(), nullable=False),
        sa.Column("end", sa.Time(), nullable=False),
        sa.Column("capacity_minutes", sa.Integer(), nullable=False),
        sa.Column("is_active", sa.Boolean(), nullable=False),
        sa.CheckConstraint("capacity_minutes >= 0", name=op.f("ck_period_capacity")),
        sa.CheckConstraint("weekday between 0 and 6", name=op.f("ck_period_weekday")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_period")),
    )
    op.create_index(
        "uq_period_weekday_name", "period", ["weekday", "name"], unique=True, postgresql_where=sa.text("is_active")
    )
    op.create_table(
        "refused_attempt",
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("reason", sa.String(), nullable=False),
        sa.Column("attempts", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("day", "reason", name=op.f("pk_refused_attempt")),
    )
    op.create_table(
        "resource",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column(
            "kind",
            sa.Enum(
                "ROOM",
                "ENGINEER",
                "PERFORMER",
                "GEAR_UNIT",
                name="resourcekind",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("is_active", sa.Boolean(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_resource")),
    )
    op.create_index(op.f("ix_resource_kind"), "resource", ["kind"], unique=False)
    op.create_table(
        "service",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("code", sa.String(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column(
            "mode",
            sa.Enum("ONLINE", "IN_PERSON", name="servicemode", native_enum=False, create_constraint=True, length=40),
            nullable=False,
        ),
        sa.Column("description", sa.String(), nullable=False),
        sa.Column(
            "pricing",
            sa.Enum("HOURLY", "FLAT", name="servicepricing", native_enum=False, create_constraint=True, length=40),
            nullable=False,
        ),
        sa.Column("price_cents", sa.Integer(), nullable=False),
        sa.Column("duration_minutes", sa.Integer(), nullable=False),
        sa.Column("buffer_minutes", sa.Integer(), nullable=False),
        sa.Column("needs_engineer", sa.Boolean(), nullable=False),
        sa.Column("is_active", sa.Boolean(), nullable=False),
        sa.Column("is_visible", sa.Boolean(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("preparation", sa.String(), nullable=False),
        sa.Column(
            "attributes", postgresql.JSONB(astext_type=sa.Text()), server_default=sa.text("'{}'::jsonb"), nullable=False
        ),
        sa.Column("deleted_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint("duration_minutes > 0 and buffer_minutes >= 0", name=op.f("ck_service_minutes")),
        sa.CheckConstraint("price_cents >= 0", name=op.f("ck_service_price")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_service")),
        sa.UniqueConstraint("code", name=op.f("uq_service_code")),
    )
    op.create_table(
        "studio_info",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("address", sa.String(), nullable=False),
        sa.Column("map_link", sa.String(), nullable=False),
        sa.Column("latitude", sa.Numeric(precision=9, scale=6), nullable=True),
        sa.Column("longitude", sa.Numeric(precision=9, scale=6), nullable=True),
        sa.Column("phone", sa.String(), nullable=False),
        sa.Column("whatsapp", sa.String(), nullable=False),
        sa.Column("whatsapp_link", sa.String(), nullable=False),
        sa.Column("opening_text", sa.String(), nullable=False),
        sa.Column("logo", sa.String(), nullable=False),
        sa.Column("time_zone", sa.String(), nullable=False),
        sa.Column("currency", sa.String(), nullable=False),
        sa.Column("locale", sa.String(), nullable=False),
        sa.Column("phone_region", sa.String(), nullable=False),
        sa.Column("tax_rate_pct", sa.Numeric(precision=6, scale=3), nullable=False),
        sa.Column("deposit_pct", sa.Integer(), nullable=False),
        sa.Column("deposit_deadline_hours", sa.Integer(), nullable=False),
        sa.Column("free_cancel_hours", sa.Integer(), nullable=False),
        sa.Column("cancel_fee_pct", sa.Integer(), nullable=False),
        sa.Column("no_show_fee_pct", sa.Integer(), nullable=False),
        sa.Column("cancellation_policy", sa.String(), nullable=False),
        sa.Column("terms", sa.String(), nullable=False),
        sa.Column("terms_version", sa.Integer(), nullable=False),
        sa.Column("payment_instructions", sa.String(), nullable=False),
        sa.CheckConstraint(
            "cancel_fee_pct between 0 and 100 and no_show_fee_pct between 0 and 100", name=op.f("ck_studio_info_fees")
        ),
        sa.CheckConstraint("deposit_pct between 0 and 100", name=op.f("ck_studio_info_deposit")),
        sa.CheckConstraint("id = 1", name=op.f("ck_studio_info_one_row")),
        sa.CheckConstraint("tax_rate_pct between 0 and 100", name=op.f("ck_studio_info_tax_rate")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_studio_info")),
    )
    op.create_table(
        "user",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("email", sa.String(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("phone", sa.String(), nullable=True),
        sa.Column("password_hash", sa.String(), nullable=False),
        sa.Column("roles", postgresql.ARRAY(sa.String()), nullable=False),
        sa.Column("is_active", sa.Boolean(), nullable=False),
        sa.Column("discount_limit_pct", sa.Integer(), nullable=True),
        sa.Column("bio", sa.String(), nullable=False),
        sa.Column("avatar", sa.String(), nullable=False),
        sa.Column(
            "preferences",
            postgresql.JSONB(astext_type=sa.Text()),
            server_default=sa.text("'{}'::jsonb"),
            nullable=False,
        ),
        sa.Column("last_login_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("failed_logins", sa.Integer(), nullable=False),
        sa.Column("locked_until", sa.DateTime(timezone=True), nullable=True),
        sa.Column("created_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.CheckConstraint("discount_limit_pct between 0 and 100", name=op.f("ck_user_discount_limit_pct")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_user")),
    )
    op.create_index("uq_user_email", "user", [sa.literal_column("lower(email)")], unique=True)
    op.create_table(
        "artist",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("client_id", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column(
            "kind",
            sa.Enum(
                "PERSON", "BAND", "PROJECT", name="artistkind", native_enum=False, create_constraint=True, length=40
            ),
            nullable=False,
        ),
        sa.Column("genre", sa.String(), nullable=False),
        sa.Column("history", sa.String(), nullable=False),
        sa.Column(
            "attributes", postgresql.JSONB(astext_type=sa.Text()), server_default=sa.text("'{}'::jsonb"), nullable=False
        ),
        sa.Column("is_active", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(["client_id"], ["client.id"], name=op.f("fk_artist_client_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_artist")),
    )
    op.create_index(op.f("ix_artist_client_id"), "artist", ["client_id"], unique=False)
    op.create_index("uq_artist_client_name", "artist", ["client_id", sa.literal_column("lower(name)")], unique=True)
    op.create_table(
        "audit_log",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.Column("actor_id", sa.Integer(), nullable=True),
        sa.Column("action", sa.String(), nullable=False),
        sa.Column("entity", sa.String(), nullable=False),
        sa.Column("entity_id", sa.Integer(), nullable=True),
        sa.Column(
            "changes", postgresql.JSONB(astext_type=sa.Text()), server_default=sa.text("'{}'::jsonb"), nullable=False
        ),
        sa.Column("description", sa.String(), nullable=False),
        sa.Column("ip", sa.String(), nullable=False),
        sa.Column("user_agent", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(["actor_id"], ["user.id"], name=op.f("fk_audit_log_actor_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_audit_log")),
    )
    op.create_index(op.f("ix_audit_log_action"), "audit_log", ["action"], unique=False)
    op.create_index(op.f("ix_audit_log_actor_id"), "audit_log", ["actor_id"], unique=False)
    op.create_index(op.f("ix_audit_log_at"), "audit_log", ["at"], unique=False)
    op.create_index("ix_audit_log_entity_entity_id", "audit_log", ["entity", "entity_id"], unique=False)
    op.create_table(
        "booking_draft",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("token", sa.String(), nullable=False),
        sa.Column("user_id", sa.Integer(), nullable=True),
        sa.Column(
            "data", postgresql.JSONB(astext_type=sa.Text()), server_default=sa.text("'{}'::jsonb"), nullable=False
        ),
        sa.Column("updated_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.ForeignKeyConstraint(["user_id"], ["user.id"], name=op.f("fk_booking_draft_user_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_booking_draft")),
        sa.UniqueConstraint("token", name=op.f("uq_booking_draft_token")),
    )
    op.create_index(op.f("ix_booking_draft_updated_at"), "booking_draft", ["updated_at"], unique=False)
    op.create_index(op.f("ix_booking_draft_user_id"), "booking_draft", ["user_id"], unique=False)
    op.create_table(
        "capacity_day",
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("period_id", sa.Integer(), nullable=False),
        sa.Column("capacity_minutes", sa.Integer(), nullable=False),
        sa.Column("used_minutes", sa.Integer(), nullable=False),
        sa.CheckConstraint(
            "used_minutes >= 0 and used_minutes <= capacity_minutes", name=op.f("ck_capacity_day_never_oversold")
        ),
        sa.ForeignKeyConstraint(["period_id"], ["period.id"], name=op.f("fk_capacity_day_period_id")),
        sa.PrimaryKeyConstraint("day", "period_id", name=op.f("pk_capacity_day")),
    )
    op.create_table(
        "client_address",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("client_id", sa.Integer(), nullable=False),
        sa.Column("label", sa.String(), nullable=False),
        sa.Column("line1", sa.String(), nullable=False),
        sa.Column("line2", sa.String(), nullable=False),
        sa.Column("city", sa.String(), nullable=False),
        sa.Column("postal_code", sa.String(), nullable=False),
        sa.Column("map_link", sa.String(), nullable=False),
        sa.Column("is_default", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(["client_id"], ["client.id"], name=op.f("fk_client_address_client_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_client_address")),
    )
    op.create_index(op.f("ix_client_address_client_id"), "client_address", ["client_id"], unique=False)
    op.create_index(
        "uq_client_address_default",
        "client_address",
        ["client_id"],
        unique=True,
        postgresql_where=sa.text("is_default"),
    )
    op.create_table(
        "engineer",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("email", sa.String(), nullable=False),
        sa.Column("phone", sa.String(), nullable=False),
        sa.Column("bio", sa.String(), nullable=False),
        sa.Column("user_id", sa.Integer(), nullable=True),
        sa.Column("deleted_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["id"], ["resource.id"], name=op.f("fk_engineer_id")),
        sa.ForeignKeyConstraint(["user_id"], ["user.id"], name=op.f("fk_engineer_user_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_engineer")),
        sa.UniqueConstraint("user_id", name=op.f("uq_engineer_user_id")),
    )
    op.create_table(
        "gear_unit",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("mic_option_id", sa.Integer(), nullable=True),
        sa.Column("serial_number", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(["id"], ["resource.id"], name=op.f("fk_gear_unit_id")),
        sa.ForeignKeyConstraint(["mic_option_id"], ["mic_option.id"], name=op.f("fk_gear_unit_mic_option_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_gear_unit")),
    )
    op.create_index(op.f("ix_gear_unit_mic_option_id"), "gear_unit", ["mic_option_id"], unique=False)
    op.create_table(
        "lockout",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column(
            "kind",
            sa.Enum(
                "ARTIST_LOCKOUT",
                "TAKEOVER",
                "MAINTENANCE",
                name="lockoutkind",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("reason", sa.String(), nullable=False),
        sa.Column("during", postgresql.TSTZRANGE(), nullable=False),
        sa.Column("created_by", sa.Integer(), nullable=True),
        sa.Column("created_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.CheckConstraint(
            "not isempty(during) and lower_inc(during) and not upper_inc(during) and isfinite(lower(during)) and isfinite(upper(during))",
            name=op.f("ck_lockout_during"),
        ),
        sa.ForeignKeyConstraint(["created_by"], ["user.id"], name=op.f("fk_lockout_created_by")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_lockout")),
    )
    op.create_table(
        "password_reset",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("user_id", sa.Integer(), nullable=False),
        sa.Column("token_hash", sa.LargeBinary(), nullable=False),
        sa.Column("expires_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("used_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["user_id"], ["user.id"], name=op.f("fk_password_reset_user_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_password_reset")),
        sa.UniqueConstraint("token_hash", name=op.f("uq_password_reset_token_hash")),
    )
    op.create_index(op.f("ix_password_reset_user_id"), "password_reset", ["user_id"], unique=False)
    op.create_table(
        "room",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("description", sa.String(), nullable=False),
        sa.Column(
            "status",
            sa.Enum(
                "AVAILABLE",
                "MAINTENANCE",
                "LOCKED",
                name="roomstatus",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("base_rate_cents", sa.Integer(), nullable=False),
        sa.Column("rate_with_engineer_cents", sa.Integer(), nullable=True),
        sa.Column("rate_without_engineer_cents", sa.Integer(), nullable=True),
        sa.Column(
            "amenities", postgresql.JSONB(astext_type=sa.Text()), server_default=sa.text("'[]'::jsonb"), nullable=False
        ),
        sa.Column(
            "images", postgresql.JSONB(astext_type=sa.Text()), server_default=sa.text("'[]'::jsonb"), nullable=False
        ),
        sa.Column("capacity", sa.Integer(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("deleted_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint("capacity >= 1", name=op.f("ck_room_capacity")),
        sa.CheckConstraint(
            "least(base_rate_cents, rate_with_engineer_cents, rate_without_engineer_cents) >= 0",
            name=op.f("ck_room_rates"),
        ),
        sa.ForeignKeyConstraint(["id"], ["resource.id"], name=op.f("fk_room_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_room")),
        sa.UniqueConstraint("name", name=op.f("uq_room_name")),
    )
    op.create_table(
        "service_price",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("service_id", sa.Integer(), nullable=False),
        sa.Column(
            "pricing",
            sa.Enum("HOURLY", "FLAT", name="servicepricing", native_enum=False, create_constraint=True, length=40),
            nullable=False,
        ),
        sa.Column("price_cents", sa.Integer(), nullable=False),
        sa.Column("effective_from", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.Column("set_by", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(["service_id"], ["service.id"], name=op.f("fk_service_price_service_id")),
        sa.ForeignKeyConstraint(["set_by"], ["user.id"], name=op.f("fk_service_price_set_by")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_service_price")),
    )
    op.create_index(op.f("ix_service_price_service_id"), "service_price", ["service_id"], unique=False)
    op.create_table(
        "time_off",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("resource_id", sa.Integer(), nullable=False),
        sa.Column("during", postgresql.TSTZRANGE(), nullable=False),
        sa.Column(
            "status",
            sa.Enum(
                "BLOCKED",
                "VACATION",
                "SICK",
                name="timeoffstatus",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column(
            "reason",
            sa.Enum(
                "VACATION",
                "PERSONAL",
                "OTHER",
                name="timeoffreason",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("note", sa.String(), nullable=False),
        sa.Column("created_by", sa.Integer(), nullable=True),
        sa.Column("created_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.CheckConstraint(
            "not isempty(during) and lower_inc(during) and not upper_inc(during) and isfinite(lower(during)) and isfinite(upper(during))",
            name=op.f("ck_time_off_during"),
        ),
        sa.ForeignKeyConstraint(["created_by"], ["user.id"], name=op.f("fk_time_off_created_by")),
        sa.ForeignKeyConstraint(["resource_id"], ["resource.id"], name=op.f("fk_time_off_resource_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_time_off")),
    )
    op.create_index(op.f("ix_time_off_resource_id"), "time_off", ["resource_id"], unique=False)
    op.create_table(
        "user_session",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("user_id", sa.Integer(), nullable=False),
        sa.Column("token_hash", sa.LargeBinary(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.Column("last_seen_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.Column("expires_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("ip", sa.String(), nullable=False),
        sa.Column("user_agent", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(["user_id"], ["user.id"], name=op.f("fk_user_session_user_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_user_session")),
        sa.UniqueConstraint("token_hash", name=op.f("uq_user_session_token_hash")),
    )
    op.create_index(op.f("ix_user_session_user_id"), "user_session", ["user_id"], unique=False)
    op.create_table(
        "booking",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column(
            "number", sa.String(), server_default=sa.text("'PS-' || nextval('booking_number')::text"), nullable=False
        ),
        sa.Column("public_token", sa.String(), nullable=False),
        sa.Column("client_id", sa.Integer(), nullable=False),
        sa.Column("artist_id", sa.Integer(), nullable=True),
        sa.Column(
            "status",
            sa.Enum(
                "HOLD",
                "PENDING",
                "CONFIRMED",
                "CHECKED_IN",
                "COMPLETED",
                "CANCELLED",
                "NO_SHOW",
                "EXPIRED",
                name="bookingstatus",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column(
            "source",
            sa.Enum("STAFF", "PUBLIC_PAGE", name="bookingsource", native_enum=False, create_constraint=True, length=40),
            nullable=False,
        ),
        sa.Column(
            "mode",
            sa.Enum("ONLINE", "IN_PERSON", name="servicemode", native_enum=False, create_constraint=True, length=40),
            nullable=False,
        ),
        sa.Column("start", sa.DateTime(timezone=True), nullable=False),
        sa.Column("end", sa.DateTime(timezone=True), nullable=False),
        sa.Column("business_date", sa.Date(), nullable=False),
        sa.Column("minutes", sa.Integer(), nullable=False),
        sa.Column("buffer_minutes", sa.Integer(), nullable=False),
        sa.Column("service_id", sa.Integer(), nullable=False),
        sa.Column("service_code", sa.String(), nullable=False),
        sa.Column("service_name", sa.String(), nullable=False),
        sa.Column(
            "service_pricing",
            sa.Enum("HOURLY", "FLAT", name="servicepricing", native_enum=False, create_constraint=True, length=40),
            nullable=False,
        ),
        sa.Column("service_price_cents", sa.Integer(), nullable=False),
        sa.Column("engineer_id", sa.Integer(), nullable=True),
        sa.Column("engineer_rate_cents", sa.Integer(), nullable=True),
        sa.Column("period_id", sa.Integer(), nullable=True),
        sa.Column("currency", sa.String(), nullable=False),
        sa.Column("tax_rate_pct", sa.Numeric(precision=6, scale=3), nullable=False),
        sa.Column(
            "policy", postgresql.JSONB(astext_type=sa.Text()), server_default=sa.text("'{}'::jsonb"), nullable=False
        ),
        sa.Column("terms", sa.String(), nullable=False),
        sa.Column("terms_version", sa.Integer(), nullable=False),
        sa.Column("deposit_cents", sa.Integer(), nullable=False),
        sa.Column("deposit_due_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("notes", sa.String(), nullable=False),
        sa.Column(
            "referral_type",
            sa.Enum(
                "MANAGER",
                "ENGINEER",
                "TEAM_MEMBER",
                "EXTERNAL",
                name="referraltype",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=True,
        ),
        sa.Column("referral_name", sa.String(), nullable=False),
        sa.Column("created_by", sa.Integer(), nullable=True),
        sa.Column("created_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.Column("checked_in_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("checked_out_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("cancelled_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("cancel_reason", sa.String(), nullable=False),
        sa.Column("idempotency_key", sa.String(), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.CheckConstraint("(mode = 'ONLINE') = (period_id is not null)", name=op.f("ck_booking_online_has_period")),
        sa.CheckConstraint('"end" > start', name=op.f("ck_booking_span")),
        sa.CheckConstraint("deposit_cents >= 0", name=op.f("ck_booking_deposit")),
        sa.CheckConstraint("minutes > 0 and buffer_minutes >= 0", name=op.f("ck_booking_minutes")),
        sa.ForeignKeyConstraint(["artist_id"], ["artist.id"], name=op.f("fk_booking_artist_id")),
        sa.ForeignKeyConstraint(["client_id"], ["client.id"], name=op.f("fk_booking_client_id")),
        sa.ForeignKeyConstraint(["created_by"], ["user.id"], name=op.f("fk_booking_created_by")),
        sa.ForeignKeyConstraint(["engineer_id"], ["engineer.id"], name=op.f("fk_booking_engineer_id")),
        sa.ForeignKeyConstraint(["period_id"], ["period.id"], name=op.f("fk_booking_period_id")),
        sa.ForeignKeyConstraint(["service_id"], ["service.id"], name=op.f("fk_booking_service_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_booking")),
        sa.UniqueConstraint("idempotency_key", name=op.f("uq_booking_idempotency_key")),
        sa.UniqueConstraint("number", name=op.f("uq_booking_number")),
        sa.UniqueConstraint("public_token", name=op.f("uq_booking_public_token")),
    )
    op.create_index(op.f("ix_booking_artist_id"), "booking", ["artist_id"], unique=False)
    op.create_index("ix_booking_business_date", "booking", ["business_date"], unique=False)
    op.create_index(op.f("ix_booking_client_id"), "booking", ["client_id"], unique=False)
    op.create_index(op.f("ix_booking_created_at"), "booking", ["created_at"], unique=False)
    op.create_index(
        "ix_booking_deposit_due_at",
        "booking",
        ["deposit_due_at"],
        unique=False,
        postgresql_where=sa.text("status = 'PENDING'"),
    )
    op.create_index(op.f("ix_booking_engineer_id"), "booking", ["engineer_id"], unique=False)
    op.create_index("ix_booking_start", "booking", ["start"], unique=False)
    op.create_index("ix_booking_status_start", "booking", ["status", "start"], unique=False)
    op.create_table(
        "engineer_rate",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("engineer_id", sa.Integer(), nullable=False),
        sa.Column("room_id", sa.Integer(), nullable=True),
        sa.Column("hourly_rate_cents", sa.Integer(), nullable=False),
        sa.Column("min_rate_cents", sa.Integer(), nullable=True),
        sa.Column("max_rate_cents", sa.Integer(), nullable=True),
        sa.Column("is_override", sa.Boolean(), nullable=False),
        sa.Column("overridden_by", sa.Integer(), nullable=True),
        sa.Column("effective", postgresql.DATERANGE(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.CheckConstraint("hourly_rate_cents >= 0", name=op.f("ck_engineer_rate_hourly_rate")),
        sa.CheckConstraint("min_rate_cents <= max_rate_cents", name=op.f("ck_engineer_rate_bounds")),
        sa.ForeignKeyConstraint(["engineer_id"], ["engineer.id"], name=op.f("fk_engineer_rate_engineer_id")),
        sa.ForeignKeyConstraint(["overridden_by"], ["user.id"], name=op.f("fk_engineer_rate_overridden_by")),
        sa.ForeignKeyConstraint(["room_id"], ["room.id"], name=op.f("fk_engineer_rate_room_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_engineer_rate")),
    )
    op.create_index(op.f("ix_engineer_rate_engineer_id"), "engineer_rate", ["engineer_id"], unique=False)
    op.create_table(
        "extra_availability",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("engineer_id", sa.Integer(), nullable=False),
        sa.Column("during", postgresql.TSTZRANGE(), nullable=False),
        sa.Column("note", sa.String(), nullable=False),
        sa.CheckConstraint("not isempty(during)", name=op.f("ck_extra_availability_during")),
        sa.ForeignKeyConstraint(["engineer_id"], ["engineer.id"], name=op.f("fk_extra_availability_engineer_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_extra_availability")),
    )
    op.create_index(op.f("ix_extra_availability_engineer_id"), "extra_availability", ["engineer_id"], unique=False)
    op.create_table(
        "rate_rule",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column(
            "kind",
            sa.Enum(
                "EVENING",
                "WEEKEND",
                "HOLIDAY",
                name="raterulekind",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("weekdays", postgresql.ARRAY(sa.Integer()), nullable=False),
        sa.Column("start", sa.Time(), nullable=True),
        sa.Column("end", sa.Time(), nullable=True),
        sa.Column("days", postgresql.DATERANGE(), nullable=True),
        sa.Column(
            "adjustment",
            sa.Enum(
                "PERCENT", "FIXED_RATE", name="rateadjustment", native_enum=False, create_constraint=True, length=40
            ),
            nullable=False,
        ),
        sa.Column("percent", sa.Numeric(precision=6, scale=3), nullable=True),
        sa.Column("rate_cents", sa.Integer(), nullable=True),
        sa.Column("room_id", sa.Integer(), nullable=True),
        sa.Column("priority", sa.Integer(), nullable=False),
        sa.Column("is_active", sa.Boolean(), nullable=False),
        sa.CheckConstraint(
            "(adjustment = 'PERCENT') = (percent is not null) and (adjustment = 'FIXED_RATE') = (rate_cents is not null)",
            name=op.f("ck_rate_rule_value"),
        ),
        sa.CheckConstraint("rate_cents >= 0 and percent > -100", name=op.f("ck_rate_rule_range")),
        sa.ForeignKeyConstraint(["room_id"], ["room.id"], name=op.f("fk_rate_rule_room_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_rate_rule")),
    )
    op.create_table(
        "room_engineer",
        sa.Column("room_id", sa.Integer(), nullable=False),
        sa.Column("engineer_id", sa.Integer(), nullable=False),
        sa.Column("is_primary", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(["engineer_id"], ["engineer.id"], name=op.f("fk_room_engineer_engineer_id")),
        sa.ForeignKeyConstraint(["room_id"], ["room.id"], name=op.f("fk_room_engineer_room_id")),
        sa.PrimaryKeyConstraint("room_id", "engineer_id", name=op.f("pk_room_engineer")),
    )
    op.create_index(op.f("ix_room_engineer_engineer_id"), "room_engineer", ["engineer_id"], unique=False)
    op.create_index(
        "uq_room_engineer_primary",
        "room_engineer",
        ["engineer_id"],
        unique=True,
        postgresql_where=sa.text("is_primary"),
    )
    op.create_table(
        "room_price_limit",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("room_id", sa.Integer(), nullable=False),
        sa.Column("min_price_cents", sa.Integer(), nullable=False),
        sa.Column("max_price_cents", sa.Integer(), nullable=False),
        sa.Column("effective", postgresql.DATERANGE(), nullable=False),
        sa.Column("created_by", sa.Integer(), nullable=True),
        sa.Column("created_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        postgresql.ExcludeConstraint(
            (sa.literal_column("int8range(room_id, room_id, '[]')"), "&&"),
            (sa.literal_column("effective"), "&&"),
            using="gist",
            name="ex_room_price_limit_no_overlap",
        ),
        sa.CheckConstraint(
            "min_price_cents >= 0 and min_price_cents <= max_price_cents", name=op.f("ck_room_price_limit_bounds")
        ),
        sa.ForeignKeyConstraint(["created_by"], ["user.id"], name=op.f("fk_room_price_limit_created_by")),
        sa.ForeignKeyConstraint(["room_id"], ["room.id"], name=op.f("fk_room_price_limit_room_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_room_price_limit")),
    )
    op.create_index(op.f("ix_room_price_limit_room_id"), "room_price_limit", ["room_id"], unique=False)
    op.create_table(
        "working_hours",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("engineer_id", sa.Integer(), nullable=False),
        sa.Column("weekday", sa.Integer(), nullable=False),
        sa.Column("start", sa.Time(), nullable=False),
        sa.Column("end", sa.Time(), nullable=False),
        sa.CheckConstraint("weekday between 0 and 6", name=op.f("ck_working_hours_weekday")),
        sa.ForeignKeyConstraint(["engineer_id"], ["engineer.id"], name=op.f("fk_working_hours_engineer_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_working_hours")),
    )
    op.create_index(op.f("ix_working_hours_engineer_id"), "working_hours", ["engineer_id"], unique=False)
    op.create_table(
        "allocation",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("resource_id", sa.Integer(), nullable=False),
        sa.Column("during", postgresql.TSTZRANGE(), nullable=False),
        sa.Column(
            "reason",
            sa.Enum(
                "SESSION",
                "LOCKOUT",
                "TIME_OFF",
                name="allocationreason",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("booking_id", sa.Integer(), nullable=True),
        sa.Column("lockout_id", sa.Integer(), nullable=True),
        sa.Column("time_off_id", sa.Integer(), nullable=True),
        postgresql.ExcludeConstraint(
            (sa.literal_column("int8range(resource_id, resource_id, '[]')"), "&&"),
            (sa.literal_column("during"), "&&"),
            using="gist",
            name="ex_allocation_no_overlap",
        ),
        sa.CheckConstraint(
            "not isempty(during) and lower_inc(during) and not upper_inc(during) and isfinite(lower(during)) and isfinite(upper(during))",
            name=op.f("ck_allocation_during"),
        ),
        sa.CheckConstraint(
            "num_nonnulls(booking_id, lockout_id, time_off_id) = 1", name=op.f("ck_allocation_one_source")
        ),
        sa.ForeignKeyConstraint(["booking_id"], ["booking.id"], name=op.f("fk_allocation_booking_id")),
        sa.ForeignKeyConstraint(
            ["lockout_id"], ["lockout.id"], name=op.f("fk_allocation_lockout_id"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(["resource_id"], ["resource.id"], name=op.f("fk_allocation_resource_id")),
        sa.ForeignKeyConstraint(
            ["time_off_id"], ["time_off.id"], name=op.f("fk_allocation_time_off_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_allocation")),
    )
    op.create_index("ix_allocation_booking_id", "allocation", ["booking_id"], unique=False)
    op.create_table(
        "booking_authorization",
        sa.Column("booking_id", sa.Integer(), nullable=False),
        sa.Column(
            "type",
            sa.Enum(
                "DIGITAL_SIGNATURE",
                "CHECKBOX_ACKNOWLEDGMENT",
                name="authorizationtype",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("image", sa.LargeBinary(), nullable=True),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("signed_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.Column("ip", sa.String(), nullable=False),
        sa.Column("user_agent", sa.String(), nullable=False),
        sa.Column("terms_version", sa.Integer(), nullable=False),
        sa.Column("terms_hash", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(["booking_id"], ["booking.id"], name=op.f("fk_booking_authorization_booking_id")),
        sa.PrimaryKeyConstraint("booking_id", name=op.f("pk_booking_authorization")),
    )
    op.create_table(
        "booking_line",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("booking_id", sa.Integer(), nullable=False),
        sa.Column(
            "kind",
            sa.Enum(
                "ROOM",
                "ENGINEER",
                "SERVICE",
                "RATE_RULE",
                "MIC",
                "DISCOUNT",
                "TAX",
                "CANCELLATION",
                "FEE",
                name="linekind",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("description", sa.String(), nullable=False),
        sa.Column("reason", sa.String(), nullable=False),
        sa.Column("quantity", sa.Numeric(precision=12, scale=4), nullable=False),
        sa.Column("unit_price_cents", sa.Integer(), nullable=False),
        sa.Column("amount_cents", sa.Integer(), nullable=False),
        sa.Column("resource_id", sa.Integer(), nullable=True),
        sa.Column("service_id", sa.Integer(), nullable=True),
        sa.Column(
            "status",
            sa.Enum(
                "PENDING",
                "COLLECTED",
                "PROCESSING",
                "COMPLETED",
                name="linestatus",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.ForeignKeyConstraint(["booking_id"], ["booking.id"], name=op.f("fk_booking_line_booking_id")),
        sa.ForeignKeyConstraint(["resource_id"], ["resource.id"], name=op.f("fk_booking_line_resource_id")),
        sa.ForeignKeyConstraint(["service_id"], ["service.id"], name=op.f("fk_booking_line_service_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_booking_line")),
    )
    op.create_index(op.f("ix_booking_line_booking_id"), "booking_line", ["booking_id"], unique=False)
    op.create_table(
        "booking_mic",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("booking_id", sa.Integer(), nullable=False),
        sa.Column("mic_option_id", sa.Integer(), nullable=False),
        sa.Column("gear_unit_id", sa.Integer(), nullable=True),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("upcharge_cents", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["booking_id"], ["booking.id"], name=op.f("fk_booking_mic_booking_id")),
        sa.ForeignKeyConstraint(["gear_unit_id"], ["gear_unit.id"], name=op.f("fk_booking_mic_gear_unit_id")),
        sa.ForeignKeyConstraint(["mic_option_id"], ["mic_option.id"], name=op.f("fk_booking_mic_mic_option_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_booking_mic")),
    )
    op.create_index(op.f("ix_booking_mic_booking_id"), "booking_mic", ["booking_id"], unique=False)
    op.create_table(
        "booking_room",
        sa.Column("booking_id", sa.Integer(), nullable=False),
        sa.Column("room_id", sa.Integer(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("hourly_rate_cents", sa.Integer(), nullable=False),
        sa.Column("original_room_id", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(["booking_id"], ["booking.id"], name=op.f("fk_booking_room_booking_id")),
        sa.ForeignKeyConstraint(["original_room_id"], ["room.id"], name=op.f("fk_booking_room_original_room_id")),
        sa.ForeignKeyConstraint(["room_id"], ["room.id"], name=op.f("fk_booking_room_room_id")),
        sa.PrimaryKeyConstraint("booking_id", "room_id", name=op.f("pk_booking_room")),
    )
    op.create_index(op.f("ix_booking_room_room_id"), "booking_room", ["room_id"], unique=False)
    op.create_table(
        "delivery",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column(
            "type",
            sa.Enum(
                "PASSWORD_RESET",
                "BOOKING_CREATED",
                "BOOKING_AUTHORIZATION",
                "BOOKING_CONFIRMED",
                "BOOKING_CHANGED",
                "PAYMENT_RECEIVED",
                name="deliverytype",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("to", sa.String(), nullable=False),
        sa.Column("subject", sa.String(), nullable=False),
        sa.Column("body", sa.String(), nullable=False),
        sa.Column(
            "status",
            sa.Enum(
                "PENDING",
                "SENT",
                "FAILED",
                "BOUNCED",
                "UNSUBSCRIBED",
                name="deliverystatus",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("retry_count", sa.Integer(), nullable=False),
        sa.Column("next_retry_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("failure_reason", sa.String(), nullable=False),
        sa.Column("sent_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("opened_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("booking_id", sa.Integer(), nullable=True),
        sa.Column("created_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.ForeignKeyConstraint(["booking_id"], ["booking.id"], name=op.f("fk_delivery_booking_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_delivery")),
    )
    op.create_index(op.f("ix_delivery_booking_id"), "delivery", ["booking_id"], unique=False)
    op.create_index(op.f("ix_delivery_created_at"), "delivery", ["created_at"], unique=False)
    op.create_index(op.f("ix_delivery_status"), "delivery", ["status"], unique=False)
    op.create_table(
        "upload",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("booking_id", sa.Integer(), nullable=True),
        sa.Column("client_id", sa.Integer(), nullable=True),
        sa.Column("draft_id", sa.Integer(), nullable=True),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("type", sa.String(), nullable=False),
        sa.Column("size", sa.Integer(), nullable=False),
        sa.Column("name_on_disk", sa.String(), nullable=False),
        sa.Column("uploaded_by", sa.Integer(), nullable=True),
        sa.Column("uploaded_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.Column("verified_by", sa.Integer(), nullable=True),
        sa.Column("verification_notes", sa.String(), nullable=False),
        sa.CheckConstraint("size > 0", name=op.f("ck_upload_size")),
        sa.ForeignKeyConstraint(["booking_id"], ["booking.id"], name=op.f("fk_upload_booking_id")),
        sa.ForeignKeyConstraint(["client_id"], ["client.id"], name=op.f("fk_upload_client_id")),
        sa.ForeignKeyConstraint(
            ["draft_id"], ["booking_draft.id"], name=op.f("fk_upload_draft_id"), ondelete="SET NULL"
        ),
        sa.ForeignKeyConstraint(["uploaded_by"], ["user.id"], name=op.f("fk_upload_uploaded_by")),
        sa.ForeignKeyConstraint(["verified_by"], ["user.id"], name=op.f("fk_upload_verified_by")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_upload")),
        sa.UniqueConstraint("name_on_disk", name=op.f("uq_upload_name_on_disk")),
    )
    op.create_index(op.f("ix_upload_booking_id"), "upload", ["booking_id"], unique=False)
    op.create_index(op.f("ix_upload_client_id"), "upload", ["client_id"], unique=False)
    op.create_index(op.f("ix_upload_draft_id"), "upload", ["draft_id"], unique=False)
    op.create_table(
        "payment",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("booking_id", sa.Integer(), nullable=False),
        sa.Column(
            "purpose",
            sa.Enum(
                "DEPOSIT",
                "FINAL",
                "OTHER",
                "REFUND",
                "REVERSAL",
                name="paymentpurpose",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column(
            "method",
            sa.Enum(
                "CASH",
                "CASH_APP",
                "ZELLE",
                "SQUARE",
                "CREDIT_CARD",
                "BANK_TRANSFER",
                "OTHER",
                name="paymentmethod",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("amount_cents", sa.Integer(), nullable=False),
        sa.Column("reference", sa.String(), nullable=False),
        sa.Column("notes", sa.String(), nullable=False),
        sa.Column("recorded_by", sa.Integer(), nullable=True),
        sa.Column("recorded_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.Column("paid_on", sa.Date(), nullable=False),
        sa.Column("reverses_id", sa.Integer(), nullable=True),
        sa.Column("idempotency_key", sa.String(), nullable=True),
        sa.CheckConstraint("(purpose = 'REVERSAL') = (reverses_id is not null)", name=op.f("ck_payment_reversal")),
        sa.CheckConstraint("(purpose in ('REFUND', 'REVERSAL')) or amount_cents > 0", name=op.f("ck_payment_sign")),
        sa.CheckConstraint("amount_cents <> 0", name=op.f("ck_payment_amount")),
        sa.ForeignKeyConstraint(
            ["booking_id"], ["booking_authorization.booking_id"], name=op.f("fk_payment_booking_id")
        ),
        sa.ForeignKeyConstraint(["recorded_by"], ["user.id"], name=op.f("fk_payment_recorded_by")),
        sa.ForeignKeyConstraint(["reverses_id"], ["payment.id"], name=op.f("fk_payment_reverses_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_payment")),
        sa.UniqueConstraint("idempotency_key", name=op.f("uq_payment_idempotency_key")),
        sa.UniqueConstraint("reverses_id", name=op.f("uq_payment_reverses_id")),
    )
    op.create_index(op.f("ix_payment_booking_id"), "payment", ["booking_id"], unique=False)
    op.create_index(op.f("ix_payment_recorded_at"), "payment", ["recorded_at"], unique=False)
    op.execute(
        """
        create function refuse_change() returns trigger language plpgsql as $$
        begin
            raise exception '% is append-only: % refused', tg_table_name, tg_op using errcode = '23001';
        end $$
        """
    )
    for table in _APPEND_ONLY:
        op.execute(
            f"create trigger append_only before update or delete or truncate on {table}"
            " for each statement execute function refuse_change()"
        )


def downgrade() -> None:
    for table in _APPEND_ONLY:
        op.execute(f"drop trigger append_only on {table}")
    op.execute("drop function refuse_change()")
    op.drop_index(op.f("ix_payment_recorded_at"), table_name="payment")
    op.drop_index(op.f("ix_payment_booking_id"), table_name="payment")
    op.drop_table("payment")
    op.drop_index(op.f("ix_upload_draft_id"), table_name="upload")
    op.drop_index(op.f("ix_upload_client_id"), table_name="upload")
    op.drop_index(op.f("ix_upload_booking_id"), table_name="upload")
    op.drop_table("upload")
    op.drop_index(op.f("ix_delivery_status"), table_name="delivery")
    op.drop_index(op.f("ix_delivery_created_at"), table_name="delivery")
    op.drop_index(op.f("ix_delivery_booking_id"), table_name="delivery")
    op.drop_table("delivery")
    op.drop_index(op.f("ix_booking_room_room_id"), table_name="booking_room")
    op.drop_table("booking_room")
    op.drop_index(op.f("ix_booking_mic_booking_id"), table_name="booking_mic")
    op.drop_table("booking_mic")
    op.drop_index(op.f("ix_booking_line_booking_id"), table_name="booking_line")
    op.drop_table("booking_line")
    op.drop_table("booking_authorization")
    op.drop_index("ix_allocation_booking_id", table_name="allocation")
    op.drop_table("allocation")
    op.drop_index(op.f("ix_working_hours_engineer_id"), table_name="working_hours")
    op.drop_table("working_hours")
    op.drop_index(op.f("ix_room_price_limit_room_id"), table_name="room_price_limit")
    op.drop_table("room_price_limit")
    op.drop_index("uq_room_engineer_primary", table_name="room_engineer", postgresql_where=sa.text("is_primary"))
    op.drop_index(op.f("ix_room_engineer_engineer_id"), table_name="room_engineer")
    op.drop_table("room_engineer")
    op.drop_table("rate_rule")
    op.drop_index(op.f("ix_extra_availability_engineer_id"), table_name="extra_availability")
    op.drop_table("extra_availability")
    op.drop_index(op.f("ix_engineer_rate_engineer_id"), table_name="engineer_rate")
    op.drop_table("engineer_rate")
    op.drop_index("ix_booking_status_start", table_name="booking")
    op.drop_index("ix_booking_start", table_name="booking")
    op.drop_index(op.f("ix_booking_engineer_id"), table_name="booking")
    op.drop_index("ix_booking_deposit_due_at", table_name="booking", postgresql_where=sa.text("status = 'PENDING'"))
    op.drop_index(op.f("ix_booking_created_at"), table_name="booking")
    op.drop_index(op.f("ix_booking_client_id"), table_name="booking")
    op.drop_index("ix_booking_business_date", table_name="booking")
    op.drop_index(op.f("ix_booking_artist_id"), table_name="booking")
    op.drop_table("booking")
    op.drop_index(op.f("ix_user_session_user_id"), table_name="user_session")
    op.drop_table("user_session")
    op.drop_index(op.f("ix_time_off_resource_id"), table_name="time_off")
    op.drop_table("time_off")
    op.drop_index(op.f("ix_service_price_service_id"), table_name="service_price")
    op.drop_table("service_price")
    op.drop_table("room")
    op.drop_index(op.f("ix_password_reset_user_id"), table_name="password_reset")
    op.drop_table("password_reset")
    op.drop_table("lockout")
    op.drop_index(op.f("ix_gear_unit_mic_option_id"), table_name="gear_unit")
    op.drop_table("gear_unit")
    op.drop_table("engineer")
    op.drop_index("uq_client_address_default", table_name="client_address", postgresql_where=sa.text("is_default"))
    op.drop_index(op.f("ix_client_address_client_id"), table_name="client_address")
    op.drop_table("client_address")
    op.drop_table("capacity_day")
    op.drop_index(op.f("ix_booking_draft_user_id"), table_name="booking_draft")
    op.drop_index(op.f("ix_booking_draft_updated_at"), table_name="booking_draft")
    op.drop_table("booking_draft")
    op.drop_index("ix_audit_log_entity_entity_id", table_name="audit_log")
    op.drop_index(op.f("ix_audit_log_at"), table_name="audit_log")
    op.drop_index(op.f("ix_audit_log_actor_id"), table_name="audit_log")
    op.drop_index(op.f("ix_audit_log_action"), table_name="audit_log")
    op.drop_table("audit_log")
    op.drop_index("uq_artist_client_name", table_name="artist")
    op.drop_index(op.f("ix_artist_client_id"), table_name="artist")
    op.drop_table("artist")
    op.drop_index("uq_user_email", table_name="user")
    op.drop_table("user")
    op.drop_table("studio_info")
    op.drop_table("service")
    op.drop_index(op.f("ix_resource_kind"), table_name="resource")
    op.drop_table("resource")
    op.drop_table("refused_attempt")
    op.drop_index("uq_period_weekday_name", table_name="period", postgresql_where=sa.text("is_active"))
    op.drop_table("period")
    op.drop_table("mic_option")
    op.drop_table("closure")
    op.drop_index("uq_client_phone", table_name="client", postgresql_where=sa.text("deleted_at is null"))
    op.drop_index("uq_client_email", table_name="client", postgresql_where=sa.text("deleted_at is null"))
    op.drop_index("ix_client_name", table_name="client")
    op.drop_table("client")
    op.execute(sa.schema.DropSequence(sa.Sequence("booking_number")))
