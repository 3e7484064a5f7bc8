"""A record's fields, each said once: its type, how it is checked, who may read it.

    @dataclass(frozen=True, slots=True)
    class ClientFields:
        name: Annotated[str, Check(parse_name)]
        notes: Annotated[str, Check(parse_text, "The notes", limit=TEXT_LIMIT), ReadBy(Permission.VIEW_CLIENTS)] = ""

Forms, views, audit and exports take the fields from there.
"""

from collections.abc import Callable, Mapping
from dataclasses import MISSING, dataclass, fields
from enum import StrEnum
from functools import cache
from typing import Any, TypeVar, get_args, get_type_hints

from services.core.access import Actor, Permission
from services.core.checking import all_at_once
from services.core.fields import parse_word

View = TypeVar("View")


class Check:
    """How the value is parsed: `parse(value, field name, *args, **kwargs)`."""

    def __init__(self, parse: Callable[..., Any], *args: Any, **kwargs: Any) -> None:
        self.parse, self.args, self.kwargs = parse, args, kwargs

    def __call__(self, value: Any, field: str) -> Any:
        return self.parse(value, field, *self.args, **self.kwargs)


@dataclass(frozen=True, slots=True)
class ReadBy:
    """Who lacks the permission reads the field's default."""

    permission: Permission


@dataclass(frozen=True, slots=True)
class RecordField:
    name: str
    type: Any
    """Without None."""
    is_optional: bool
    default: Any
    check: Callable[[Any, str], Any] | None
    needs: Permission | None


@cache
def record_fields(kind: Any) -> tuple[RecordField, ...]:
    """Those of a dataclass, in its order."""
    plain, annotated = get_type_hints(kind), get_type_hints(kind, include_extras=True)
    return tuple(_field(one.name, one.default, plain[one.name], annotated[one.name]) for one in fields(kind))


def _field(name: str, default: Any, plain: Any, annotated: Any) -> RecordField:
    kinds = [one for one in get_args(plain) if one is not type(None)]
    is_optional = type(None) in get_args(plain)
    type_ = kinds[0] if is_optional else plain
    said = get_args(annotated)[1:] if hasattr(annotated, "__metadata__") else ()
    check = next((one for one in said if isinstance(one, Check)), None)
    if check is None and isinstance(type_, type) and issubclass(type_, StrEnum):
        check = Check(_word, type_)
    needs = next((one.permission for one in said if isinstance(one, ReadBy)), None)
    return RecordField(name, type_, is_optional, None if default is MISSING else default, check, needs)


def _word(value: str, field: str, kind: type[StrEnum]) -> StrEnum:
    return parse_word(kind, value, field)


@all_at_once
def checked(
    kind: Any, form: Any, together: Mapping[str, Callable[[], Mapping[str, Any] | None]] | None = None
) -> dict[str, Any]:
    """The fields of that kind as they are stored; refuses with all there is to mend, in the order of the fields.

    `form` may be more than that, a view handed back with a field replaced. `together`: what checks several fields at
    once, in the place of the first of them.
    """
    values: dict[str, Any] = {}
    for field in record_fields(kind):
        if together and field.name in together:
            values |= together[field.name]() or {}
        elif field.name not in values:
            value = getattr(form, field.name)
            values[field.name] = field.check(value, field.name) if field.check else value
    return values


def readable(kind: Callable[..., View], values: Mapping[str, Any], actor: Actor) -> View:
    """The view of these values, without what its reader may not see."""
    return kind(
        **{
            field.name: field.default if field.needs and not actor.can(field.needs) else values[field.name]
            for field in record_fields(kind)
        }
    )
