"""One page of a list, and what was asked for. Pages count from 1.

What a list is sorted or filtered by tells as much as the column itself: both say which permission reading it
needs, and are refused without it.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, fields
from typing import Any, Generic, TypeAlias, TypeVar

from sqlalchemy import Select, SQLColumnExpression, func, select
from sqlmodel import Session

from services.core import search
from services.core.access import Actor, Permission, require
from services.core.errors import Invalid

T = TypeVar("T")
MAX_PAGE_SIZE = 200
_NEEDS = "needs"


@dataclass(frozen=True, slots=True)
class PageRequest:
    page: int = 1
    page_size: int = 25
    sort: str = ""
    """A column of the list; a leading minus turns it round."""

    def __post_init__(self) -> None:
        if not 1 <= self.page <= 1_000_000:
            raise Invalid("Pages count from 1.", field="page")
        if not 1 <= self.page_size <= MAX_PAGE_SIZE:
            raise Invalid(f"A page holds 1 to {MAX_PAGE_SIZE} rows.", field="page_size")

    @property
    def offset(self) -> int:
        return (self.page - 1) * self.page_size


@dataclass(frozen=True, slots=True)
class Page(Generic[T]):
    data: tuple[T, ...]
    total: int
    page: int
    page_size: int


@dataclass(frozen=True, slots=True)
class Sort:
    by: SQLColumnExpression[Any]
    needs: Permission | None = None
    """Who may read the column."""
    written: SQLColumnExpression[Any] | None = None
    """Of a text whose folded form is `by`: as people write it."""


Sorts: TypeAlias = Mapping[str, Sort]
"""What a list sorts by; the first without being asked."""


def needs(permission: Permission, default: Any = False) -> Any:
    """A filter for those only who may read what it filters by."""
    return field(default=default, metadata={_NEEDS: permission})


def check_filters(actor: Actor, filters: Any) -> None:
    """Refuses a filter that is used by somebody who may not read what it filters by."""
    for one in fields(filters):
        if _NEEDS in one.metadata and getattr(filters, one.name) != one.default:
            require(actor, one.metadata[_NEEDS])


def ordered(
    session: Session, actor: Actor, sort: str, sorts: Sorts, *, tie: SQLColumnExpression[Any]
) -> tuple[SQLColumnExpression[Any], ...]:
    """What to order by; `tie` is unique and orders equals. Names come as the studio's language sorts them."""
    name = sort.removeprefix("-") or next(iter(sorts))
    if name not in sorts:
        raise Invalid(f"This list sorts by {', '.join(sorts)}.", field="sort")
    chosen = sorts[name]
    if chosen.needs is not None:
        require(actor, chosen.needs)
    by = chosen.by
    if chosen.written is not None and (collation := search.collation(session)):
        by = chosen.written.collate(collation)
    way = by.desc() if sort.startswith("-") else by.asc()
    return way.nulls_last(), tie


def fetch_page(
    session: Session,
    actor: Actor,
    rows: Select[*tuple[Any, ...]],
    request: PageRequest,
    sorts: Sorts,
    *,
    tie: SQLColumnExpression[Any],
    view: Callable[[Any], T],
) -> Page[T]:
    """The asked page of `rows`."""
    order = ordered(session, actor, request.sort, sorts, tie=tie)
    total = session.scalar(select(func.count()).select_from(rows.subquery())) or 0
    found = session.execute(rows.order_by(*order).offset(request.offset).limit(request.page_size))
    return Page(tuple(view(row) for row in found), total, request.page, request.page_size)
