"""One page of a list, and what was asked for. Pages count from 1."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, Generic, TypeVar

from sqlalchemy import Select, SQLColumnExpression, func, select
from sqlmodel import Session

from services.errors import Invalid

T = TypeVar("T")
MAX_PAGE_SIZE = 200


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


def fetch_page(
    session: Session,
    rows: Select[*tuple[Any, ...]],
    request: PageRequest,
    sorts: Mapping[str, SQLColumnExpression[Any]],
    *,
    tie: SQLColumnExpression[Any],
    view: Callable[[Any], T],
) -> Page[T]:
    """The asked page of `rows`. `sorts` names what a list sorts by, the first without being asked;
    `tie` is unique and orders equals."""
    name = request.sort.removeprefix("-") or next(iter(sorts))
    if name not in sorts:
        raise Invalid(f"This list sorts by {', '.join(sorts)}.", field="sort")
    by = sorts[name].desc() if request.sort.startswith("-") else sorts[name].asc()
    total = session.scalar(select(func.count()).select_from(rows.subquery())) or 0
    ordered = rows.order_by(by.nulls_last(), tie).offset(request.offset).limit(request.page_size)
    found = session.execute(ordered)
    return Page(tuple(view(row) for row in found), total, request.page, request.page_size)
