"""Between rows and views: loading, setting with its audit row, and ranges of days."""

from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import fields
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from typing import Any, TypeVar, cast

from sqlalchemy import Row, func, select
from sqlalchemy.dialects.postgresql import Range
from sqlalchemy.exc import IntegrityError
from sqlmodel import Session, SQLModel

from services.core import audit
from services.core.access import Actor
from services.core.db import sqlstate, table
from services.core.errors import Conflict, NotFound
from services.core.fields import MAX_ID

View = TypeVar("View")
Model = TypeVar("Model", bound=SQLModel)

_TAKEN = {"23505", "23P01"}  # unique and exclusion constraints


def values(row: Row[Any]) -> dict[str, Any]:
    return dict(row._mapping)


def view(kind: type[View], values: Mapping[str, Any]) -> View:
    """A view of the values it has a name for."""
    return kind(**{field.name: values[field.name] for field in fields(kind)})  # type: ignore[arg-type]


def possible(ids: Iterable[int]) -> set[int]:
    """Those that a table can hold at all."""
    return {each for each in ids if 0 < each <= MAX_ID}


def load(session: Session, model: type[Model], key: int, what: str) -> Model:
    """The row, locked until the end of the transaction. `what` names it to people: "room"."""
    row = session.get(model, key, with_for_update=True, populate_existing=True) if 0 < key <= MAX_ID else None
    if row is None:
        raise NotFound(f"There is no such {what}.")
    return row


def add(session: Session, actor: Actor, action: str, row: SQLModel, taken: Conflict | None = None) -> None:
    """Stores and audits a new row; `taken` is the refusal where a constraint finds it there already."""
    with _stored(session, taken):
        session.add(row)
    audit.record(session, actor, action, _entity(row), _id(row), after=_all_of(row))


def save(
    session: Session,
    actor: Actor,
    action: str,
    row: SQLModel,
    values: Mapping[str, Any],
    taken: Conflict | None = None,
) -> None:
    """Sets and audits what differs; nothing when nothing does."""
    after = {name: value for name, value in values.items() if getattr(row, name) != value}
    if not after:
        return
    before = {name: getattr(row, name) for name in after}
    with _stored(session, taken):
        for name, value in after.items():
            setattr(row, name, value)
    audit.record(session, actor, action, _entity(row), _id(row), before=_plain(before), after=_plain(after))


def remove(session: Session, actor: Actor, action: str, row: SQLModel) -> None:
    """Only for what nothing refers to: a closure, a stretch of extra time."""
    audit.record(session, actor, action, _entity(row), _id(row), before=_all_of(row))
    session.delete(row)
    session.flush()


@contextmanager
def _stored(session: Session, taken: Conflict | None) -> Iterator[None]:
    """The constraint has the last word, also against someone else's transaction."""
    try:
        with session.begin_nested():
            yield
            session.flush()
    except IntegrityError as error:
        if taken is None or sqlstate(error) not in _TAKEN:
            raise
        raise taken from error


def free_name(session: Session, model: type[Model], name: str, row_id: int | None, field: str = "name") -> Conflict:
    """Refuses a name that differs from another's in case alone; answers the refusal for the constraint."""
    taken = Conflict(f"“{name}” is taken already. Choose another name.", code=f"{field}_taken", field=field)
    columns = table(model).c
    query = select(columns.id).where(func.lower(columns[field]) == name.lower(), columns.id != (row_id or 0))
    if session.execute(query).first():
        raise taken
    return taken


def next_position(session: Session, model: type[Model]) -> int:
    highest = session.execute(select(func.max(table(model).c.position))).scalar_one()
    return 0 if highest is None else highest + 1


def place(session: Session, actor: Actor, model: type[Model], order: list[int]) -> None:
    """Numbers the rows from 0 in this order."""
    rows = {_id(row): row for row in session.scalars(select(model).where(table(model).c.id.in_(order)))}
    for position, key in enumerate(order):
        save(session, actor, f"{_entity(rows[key])}_moved", rows[key], {"position": position})


def _entity(row: SQLModel) -> str:
    return str(row.__tablename__)


def _id(row: SQLModel) -> int:
    return cast(int, row.id)  # type: ignore[attr-defined]


def _all_of(row: SQLModel) -> dict[str, Any]:
    return _plain({name: getattr(row, name) for name in type(row).model_fields})


def _plain(values: Mapping[str, Any]) -> dict[str, Any]:
    return {name: _json(value) for name, value in values.items()}


def _json(value: Any) -> Any:
    match value:
        case date() | datetime() | time():
            return value.isoformat()
        case Decimal():
            return str(value)
        case Range():
            return [_json(value.lower), _json(value.upper)]
        case _:
            return value


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
