"""What a handler is called with, held against its annotations before it runs.

A websocket client sends what it likes: the framework coerces ("false" is a true bool) and, where it
cannot, passes on what came. Here a number is a number, a text a text of bounded length, and a form
its fields' texts; whatever else is refused. An annotation that is not known here is a mistake of
ours, and is found by the tests.
"""

import inspect
from collections.abc import Callable, Mapping
from functools import cache
from typing import Annotated, Any, get_type_hints

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, ValidationError, create_model
from reflex_base.utils.form import FORM_DATA_ENTRIES_KEY

from services.core.errors import Invalid
from services.core.fields import MAX_ID

_MOST_TEXT = 20_000
_MOST_FIELDS = 400

_Number = Annotated[int, Field(strict=True, ge=-MAX_ID, le=MAX_ID)]
_Text = Annotated[str, Field(strict=True, max_length=_MOST_TEXT)]
_Truth = Annotated[bool, Field(strict=True)]
_Value = _Text | _Truth | None
"""Of a form's field: a box that is ticked or not, and one that is not on the page, are no texts."""


Picture = Annotated[str, Field(strict=True, max_length=1_000_000)]
"""A drawn signature as a data URL."""


def _fields(sent: Any) -> Any:
    """A form comes as its entries in order, [[name, value], …]; the last of a name counts."""
    if not isinstance(sent, Mapping) or FORM_DATA_ENTRIES_KEY not in sent:
        return sent
    entries = sent[FORM_DATA_ENTRIES_KEY]
    are_pairs = isinstance(entries, list) and all(
        isinstance(one, list) and len(one) == 2 and isinstance(one[0], str) for one in entries
    )
    return dict(entries) if are_pairs else None


_Form = Annotated[dict[_Text, _Value], Field(max_length=_MOST_FIELDS), BeforeValidator(_fields)]
_KINDS: dict[Any, Any] = {
    int: _Number,
    str: _Text,
    bool: _Truth,
    dict[str, Any]: _Form,
    dict[str, Any] | None: _Form | None,
    list[str] | None: Annotated[list[_Text], Field(max_length=_MOST_FIELDS)] | None,
    str | bool: _Text | _Truth,
}
_SAYS = {"int": "a whole number", "string": "a text", "bool": "yes or no", "dict": "a form"}


class Misshapen(Invalid):
    code = "misshapen"


def check(handler: Callable[..., Any], sent: Mapping[str, Any]) -> None:
    """Raises Misshapen, naming the argument."""
    try:
        _model(inspect.unwrap(handler)).model_validate(dict(sent))
    except ValidationError as error:
        first = error.errors()[0]
        name = str(first["loc"][0]) if first["loc"] else ""
        raise Misshapen(
            f"“{name}” {_wrong(first['type'])}. Load the page again.", details={"argument": name}
        ) from error


def _wrong(kind: str) -> str:
    if kind == "missing":
        return "is missing"
    if kind == "extra_forbidden":
        return "is not asked for"
    wanted = next((text for word, text in _SAYS.items() if kind.startswith(word)), "")
    return f"is not {wanted}" if wanted and kind.endswith("type") else "is out of bounds"


@cache
def _model(handler: Callable[..., Any]) -> type[BaseModel]:
    """Its arguments as a model: unknown ones refused, those with a default may be left out."""
    hints = get_type_hints(handler, include_extras=True)
    _, *arguments = inspect.signature(handler).parameters.values()
    fields: dict[str, Any] = {
        f"a_{one.name}": (
            _kind(handler, hints.get(one.name)),
            Field(alias=one.name, **({} if one.default is one.empty else {"default": one.default})),
        )
        for one in arguments
    }
    return create_model("Arguments", __config__=ConfigDict(extra="forbid"), **fields)


def _kind(handler: Callable[..., Any], hint: Any) -> Any:
    if getattr(hint, "__metadata__", None):
        return hint  # says its own bounds
    if hint not in _KINDS:
        raise TypeError(f"{handler.__qualname__}: annotate what it takes as one of {list(_KINDS)}, not {hint}")
    return _KINDS[hint]
