"""Answers made of the services' frozen views: a field of a view is in the API unless it is left out by name."""

import ast
import inspect
import itertools
import textwrap
from collections.abc import Callable, Mapping
from dataclasses import fields
from typing import Any, get_type_hints

from pydantic import BaseModel, ConfigDict, Field, create_model

_CENTS = "Whole cents of the studio's currency."


class Schema(BaseModel):
    model_config = ConfigDict(from_attributes=True, frozen=True)


def schema_of(view: type[Any], name: str, doc: str = "", *, omit: Mapping[str, str] | None = None) -> type[Schema]:
    """The schema `name` of a dataclass; `omit`: fields that are not shown, and why. The id comes first."""
    hidden = set(omit or ())
    if unknown := hidden - {field.name for field in fields(view)}:
        raise ValueError(f"{view.__name__} has no {', '.join(sorted(unknown))}")
    kinds, meanings = get_type_hints(view), _meanings(view)
    names = sorted((field.name for field in fields(view) if field.name not in hidden), key=lambda one: one != "id")
    shown: dict[str, Any] = {one: (kinds[one], Field(description=_describe(one, meanings))) for one in names}
    return create_model(name, __base__=Schema, __doc__=doc or None, **shown)


def list_schema(row: type[Schema], name: str) -> type[BaseModel]:
    """The schema of a list's answer."""
    return create_model(name, data=(list[row], ...), total=(int, ...), page=(int, ...), page_size=(int, ...))  # type: ignore[valid-type]


def writer(schema: type[Schema]) -> Callable[[Any], dict[str, Any]]:
    """What makes a view into JSON as `schema` describes it."""

    def write(view: Any) -> dict[str, Any]:
        return schema.model_validate(view).model_dump(mode="json")

    return write


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
