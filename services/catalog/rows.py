"""Between rows and views."""

from collections.abc import Mapping
from dataclasses import fields
from datetime import date, timedelta
from typing import Any, TypeVar, cast

from sqlalchemy import Row, Table
from sqlalchemy.dialects.postgresql import Range
from sqlmodel import SQLModel

View = TypeVar("View")


def table(model: type[SQLModel]) -> Table:
    return cast(Table, model.__table__)  # type: ignore[attr-defined]


def values(row: Row[Any]) -> dict[str, Any]:
    return dict(row._mapping)


def view(kind: type[View], values: Mapping[str, Any]) -> View:
    """A view of the values it has a name for."""
    return kind(**{field.name: values[field.name] for field in fields(kind)})  # type: ignore[arg-type]


def days(from_day: date, to_day: date | None) -> Range[date]:
    """Both days included, as the half-open range the database keeps."""
    return Range(from_day, None if to_day is None else to_day + timedelta(days=1), bounds="[)")


def day_span(stored: Range[date]) -> tuple[date, date | None]:
    """The first and the last day of a stored range; None is an open end."""
    assert stored.lower is not None
    return stored.lower, None if stored.upper is None else stored.upper - timedelta(days=1)


def in_effect(kind: type[View], row: Row[Any]) -> View:
    """A view of a row that counts on the days of its `effective` range."""
    from_day, to_day = day_span(row._mapping["effective"])
    return view(kind, {**values(row), "from_day": from_day, "to_day": to_day})
