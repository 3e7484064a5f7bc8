"""One page of a list, and what was asked for. Pages count from 1."""

from dataclasses import dataclass
from typing import Generic, TypeVar

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
