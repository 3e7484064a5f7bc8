"""Lists tell nobody by their order or their filters what the rows themselves do not show."""

import importlib
import pkgutil
from collections.abc import Iterator
from dataclasses import MISSING, fields, is_dataclass

import pytest
from sqlalchemy.sql import visitors

import services
from services.core.paging import Sort

_CONFIDENTIAL = ("_cents", "email", "phone", "notes")
_OF_STAFF = {"services.identity.queries", "services.core.outbox"}
"""Lists that are read as a whole with one permission, which shows every column."""


def modules() -> Iterator[object]:
    for found in pkgutil.walk_packages(services.__path__, "services."):
        yield importlib.import_module(found.name)


SORTS = [
    (f"{module.__name__}:{name}", sort)
    for module in modules()
    for name, sort in getattr(module, "_SORTS", {}).items()
    if module.__name__ not in _OF_STAFF
]


def test_every_list_says_how_it_is_sorted() -> None:
    assert {name.split(":")[0] for name, _ in SORTS} == {
        "services.bookings.queries",
        "services.clients.queries",
        "services.waitlist.queries",
    }


@pytest.mark.parametrize(("name", "sort"), SORTS, ids=[name for name, _ in SORTS])
def test_an_order_by_what_not_everybody_may_read_asks_who_may(name: str, sort: Sort) -> None:
    columns = {one.key for one in visitors.iterate(sort.by) if one.__visit_name__ == "column"}
    if any(column.endswith(_CONFIDENTIAL) for column in columns):
        assert sort.needs is not None, f"{name} orders by {columns}: say which permission reading them needs"


def test_a_filter_by_money_asks_who_may() -> None:
    """By name, for a filter has no columns: whoever adds one about money says so."""
    open_ones = [
        f"{module.__name__}.{kind.__name__}.{one.name}"
        for module in modules()
        for kind in vars(module).values()
        if isinstance(kind, type) and is_dataclass(kind) and kind.__name__.endswith("Filters")
        for one in fields(kind)
        if any(word in one.name for word in ("paid", "cents", "total", "balance", "deposit", "owed"))
        and ("needs" not in one.metadata or one.default is MISSING)
    ]
    assert open_ones == []
