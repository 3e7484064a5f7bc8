"""The job queue: the tables of procrastinate 3.10 in a schema of their own.

Revision ID: 0003
Revises: 0002
"""

from pathlib import Path

from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None

_TABLES = Path(__file__).with_suffix(".sql")
"""A copy, so that this migration stays the same when the library is upgraded (docs/adr/0005)."""


def upgrade() -> None:
    # A backup that is older than the queue, put back over a newer database, leaves the queue standing.
    op.execute("drop schema if exists jobs cascade")
    op.execute("create schema jobs")
    before = op.get_bind().exec_driver_sql("show search_path").scalar_one()
    op.execute("set local search_path to jobs")
    # Without parameters: many statements at once, and their percent signs mean nothing.
    op.get_bind().exec_driver_sql(_TABLES.read_text(), execution_options={"no_parameters": True})
    op.execute(f"set local search_path to {before}")


def downgrade() -> None:
    op.execute("drop schema jobs cascade")
