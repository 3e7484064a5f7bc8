"""One place tells the time, `services.core.clock`: SQL is given it, so that every rule sees one and the same moment.

Python is held to it by ruff (`banned-api` in pyproject.toml).
"""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import text
from sqlmodel import Session

_ROOT = Path(__file__).resolve().parents[2]
_FLOORS = ("services", "models", "demo", "studio_app")
_CLOCK = (
    r"\mnow\s*\(|\mcurrent_(date|time|timestamp)\M|\mlocaltime(stamp)?\M|\m(clock|statement|transaction)_timestamp\M"
    r"|\mtimeofday\M|\mage\s*\(|'(now|today|tomorrow|yesterday)'"
)
"""As PostgreSQL writes it; Python has `\\b` for the bounds of a word."""
_IN_TEXT = re.compile(re.sub(r"\\[mM]", r"\\b", _CLOCK), re.IGNORECASE)
_OF_FUNC = re.compile(r"now|(current|local)_?(date|time|timestamp)|\w+_timestamp|age", re.IGNORECASE)

ALLOWED = {
    ("models/base.py", "now"): "the default of a column",
    ("services/jobs/health.py", "now"): "the queue stamps its rows so: how old they are is told by the same clock",
}
"""May only get shorter."""


@pytest.mark.parametrize(
    ("source", "found"),
    [
        ('text("select now()")', ["now"]),
        ('text("where day = Current_Date")', ["current_date"]),
        ("""text(f"select {x} from y where at < 'now'::timestamptz")""", ["'now'"]),
        ("select(func.now(), sa.func.current_date())", ["now", "current_date"]),
        ("from sqlalchemy.sql.functions import localtimestamp", ["localtimestamp"]),
        ('"""It asks now()."""', []),
        ('text("select known() from snow where page(1)")', []),
        ("clock.now()", []),
    ],
)
def test_what_reads_the_databases_clock_is_seen(source: str, found: list[str]) -> None:
    assert list(_words(source)) == found


def test_no_sql_of_ours_reads_the_databases_clock() -> None:
    found = {
        (str(file.relative_to(_ROOT)), word)
        for floor in _FLOORS
        for file in (_ROOT / floor).rglob("*.py")
        for word in _words(file.read_text())
    }
    assert found == set(ALLOWED)


def test_nothing_in_the_database_reads_its_clock_but_defaults_of_columns(session: Session) -> None:
    assert session.execute(text(_IN_SCHEMA), {"clock": _CLOCK}).scalars().all() == []


_IN_SCHEMA = """
with ours as (select oid from pg_namespace where nspname = 'public'),
     written (what) as (
    select pg_get_functiondef(oid) from pg_proc where pronamespace in (table ours) and prokind in ('f', 'p')
    union all select pg_get_constraintdef(oid) from pg_constraint where connamespace in (table ours)
    union all select indexdef from pg_indexes where schemaname = 'public'
    union all select definition from pg_views where schemaname = 'public'
    union all select pg_get_triggerdef(t.oid) from pg_trigger t join pg_class c on c.oid = t.tgrelid
               where c.relnamespace in (table ours) and not t.tgisinternal)
select what from written where what ~* :clock
"""


def _words(source: str) -> Iterator[str]:
    """What reads the database's clock in the SQL of a file: in its texts, as `func.…`, as an import."""
    tree = ast.parse(source)
    prose = {id(node.value) for node in ast.walk(tree) if isinstance(node, ast.Expr)}
    for node in ast.walk(tree):
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in prose:
            yield from (match.group().rstrip(" (").lower() for match in _IN_TEXT.finditer(node.value))
        elif isinstance(node, ast.Attribute) and _is_func(node.value) and _OF_FUNC.fullmatch(node.attr):
            yield node.attr
        elif isinstance(node, ast.ImportFrom) and (node.module or "").startswith("sqlalchemy"):
            yield from (one.name for one in node.names if _OF_FUNC.fullmatch(one.name))


def _is_func(node: ast.expr) -> bool:
    return getattr(node, "attr", getattr(node, "id", "")) == "func"
