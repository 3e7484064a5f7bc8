"""Answers made of the services' frozen views: a field of a view is in the API unless it is left out by name."""

import ast
import functools
import inspect
import itertools
import operator
import textwrap
from collections.abc import Callable, Mapping
from dataclasses import fields
from datetime import datetime
from types import UnionType
from typing import Annotated, Any, get_args, get_origin, get_type_hints
from zoneinfo import ZoneInfo

from pydantic import BaseModel, ConfigDict, Field, PlainSerializer, SerializationInfo, WithJsonSchema, create_model

_CENTS = "Whole cents of the studio's currency."


class Schema(BaseModel):
    model_config = ConfigDict(from_attributes=True, frozen=True)


def _in_zone(at: datetime, info: SerializationInfo[ZoneInfo]) -> str:
    if info.context is None:
        raise ValueError("A time is written in a zone: hand it to the writer.")
    return at.astimezone(info.context).isoformat()


_Instant = Annotated[
    datetime,
    PlainSerializer(_in_zone, return_type=str),
    WithJsonSchema({"type": "string", "format": "date-time"}),
]


def schema_of(
    view: type[Any],
    name: str,
    doc: str = "",
    *,
    omit: Mapping[str, str] | None = None,
    rename: Mapping[str, str] | None = None,
    nested: Mapping[type[Any], type[Schema]] | None = None,
) -> type[Schema]:
    """The schema `name` of a dataclass, the id first.

    `omit`: fields that are not shown, and why. `rename`: fields that are called otherwise. `nested`: the schemas of
    the dataclasses it is made of.
    """
    hidden, renamed = set(omit or ()), rename or {}
    if unknown := (hidden | set(renamed)) - {field.name for field in fields(view)}:
        raise ValueError(f"{view.__name__} has no {', '.join(sorted(unknown))}")
    kinds, meanings = get_type_hints(view), _meanings(view)
    names = sorted((field.name for field in fields(view) if field.name not in hidden), key=lambda one: one != "id")
    schemas: dict[Any, Any] = {datetime: _Instant, **(nested or {})}
    shown: dict[str, Any] = {
        renamed.get(one, one): (
            _as_shown(kinds[one], schemas),
            Field(validation_alias=one if one in renamed else None, description=_describe(one, meanings)),
        )
        for one in names
    }
    return create_model(name, __base__=Schema, __doc__=doc or None, **shown)


def list_schema(row: type[Schema], name: str, doc: str = "") -> type[BaseModel]:
    """The schema of a list's answer."""
    numbers: dict[str, Any] = dict.fromkeys(("total", "page", "page_size"), (int, ...))
    return create_model(name, __doc__=doc or None, data=(list[row], ...), **numbers)  # type: ignore[valid-type]


def writer(schema: type[Schema]) -> Callable[..., dict[str, Any]]:
    """What makes a view into JSON as `schema` describes it; times are those of the zone."""

    def write(view: Any, zone: ZoneInfo | None = None) -> dict[str, Any]:
        return schema.model_validate(view).model_dump(mode="json", context=zone)

    return write


def _as_shown(kind: Any, schemas: Mapping[Any, Any]) -> Any:
    """The type with the parts of it that have a schema replaced by that."""
    if kind in schemas:
        return schemas[kind]
    if not (parts := tuple(_as_shown(part, schemas) for part in get_args(kind))):
        return kind
    return functools.reduce(operator.or_, parts) if isinstance(kind, UnionType) else get_origin(kind)[parts]


def _describe(name: str, meanings: Mapping[str, str]) -> str | None:
    unit = _CENTS if name.endswith("_cents") else ""
    return " ".join(part for part in (meanings.get(name, ""), unit) if part) or None


def _meanings(view: type[Any]) -> dict[str, str]:
    """The docstrings below the fields of a dataclass and of those it is made of."""
    found: dict[str, str] = {}
    for kind in reversed(view.__mro__[:-1]):
        (tree,) = ast.parse(textwrap.dedent(inspect.getsource(kind))).body
        body = tree.body if isinstance(tree, ast.ClassDef) else []
        for above, below in itertools.pairwise(body):
            match above, below:
                case ast.AnnAssign(target=ast.Name(id=name)), ast.Expr(value=ast.Constant(value=str(text))):
                    found[name] = inspect.cleandoc(text)
    return found
