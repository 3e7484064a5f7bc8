"""A refund names the payment it gives back, and no payment is given back twice; how far back money is dated.

Revision ID: 0008
Revises: 0007
"""

import sqlalchemy as sa
from alembic import op

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None

# The booking's row is the lock: whoever gives back of it waits for who does so already. New rows are looked
# at, so refunds from before, which name nothing, stay as they are and count for the booking as a whole.
_CHECK = """
create function check_given_back() returns trigger language plpgsql as $$
declare
    target payment;
    root payment;
begin
    if new.purpose not in ('REFUND', 'REVERSAL') then
        return new;
    end if;
    if new.purpose = 'REFUND' and (new.refunds_id is null or new.amount_cents > 0) then
        raise exception 'a refund names the payment it gives back' using errcode = 'check_violation';
    end if;
    perform from booking where id = new.booking_id for no key update;
    select * into target from payment where id = coalesce(new.refunds_id, new.reverses_id);
    if target.booking_id is distinct from new.booking_id then
        raise exception 'a payment of another booking is not given back here' using errcode = 'check_violation';
    end if;
    root := target;
    if new.purpose = 'REVERSAL' then
        if target.purpose = 'REVERSAL' or new.amount_cents <> -target.amount_cents then
            raise exception 'a reversal takes back one payment or refund, whole' using errcode = 'check_violation';
        end if;
        if target.purpose = 'REFUND' then
            select * into root from payment where id = target.refunds_id;
        end if;
    elsif target.purpose in ('REFUND', 'REVERSAL') then
        raise exception 'only a payment is refunded' using errcode = 'check_violation';
    end if;
    if root.amount_cents + new.amount_cents + (
        select coalesce(sum(amount_cents), 0) from payment
         where refunds_id = root.id or reverses_id = root.id
            or reverses_id in (select id from payment where refunds_id = root.id)
    ) < 0 or new.amount_cents + (
        select coalesce(sum(amount_cents), 0) from payment where booking_id = new.booking_id
    ) < 0 then
        raise exception 'more would be given back than came in' using errcode = 'check_violation';
    end if;
    return new;
end
$$
"""


def upgrade() -> None:
    op.add_column("payment", sa.Column("refunds_id", sa.Integer(), nullable=True))
    op.create_foreign_key(op.f("fk_payment_refunds_id"), "payment", "payment", ["refunds_id"], ["id"])
    op.create_index(op.f("ix_payment_refunds_id"), "payment", ["refunds_id"], unique=False)
    op.create_check_constraint(op.f("ck_payment_refund"), "payment", "refunds_id is null or purpose = 'REFUND'")
    op.execute(_CHECK)
    op.execute(
        "create trigger given_back_once before insert on payment for each row execute function check_given_back()"
    )
    op.add_column(
        "studio_info", sa.Column("payment_back_days", sa.Integer(), nullable=False, server_default=sa.text("90"))
    )
    op.alter_column("studio_info", "payment_back_days", server_default=None)
    op.create_check_constraint(op.f("ck_studio_info_payment_back"), "studio_info", "payment_back_days >= 0")


def downgrade() -> None:
    op.drop_constraint(op.f("ck_studio_info_payment_back"), "studio_info", type_="check")
    op.drop_column("studio_info", "payment_back_days")
    op.execute("drop trigger given_back_once on payment")
    op.execute("drop function check_given_back()")
    op.drop_constraint(op.f("ck_payment_refund"), "payment", type_="check")
    op.drop_index(op.f("ix_payment_refunds_id"), table_name="payment")
    op.drop_constraint(op.f("fk_payment_refunds_id"), "payment", type_="foreignkey")
    op.drop_column("payment", "refunds_id")
