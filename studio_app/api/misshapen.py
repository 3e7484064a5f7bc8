"""What a request got wrong, in words for people: the library that finds it speaks to programmers."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any

_PLACES = ("body", "query", "path", "header", "cookie")
_TRUE = "true or false"

_SAID: dict[str, Callable[[Mapping[str, Any]], str]] = {
    "json_invalid": lambda _: "The body is not JSON.",
    "model_attributes_type": lambda _: "Send an object with fields.",
    "model_type": lambda _: "Send an object with fields.",
    "dict_type": lambda _: "Send an object with fields.",
    "list_type": lambda _: "Send a list.",
    "string_type": lambda _: "Write a text.",
    "string_too_short": lambda given: f"Write {_counted(given['min_length'], 'character')} or more.",
    "string_too_long": lambda given: f"Write at most {_counted(given['max_length'], 'character')}.",
    "string_pattern_mismatch": lambda _: "This is not written as it should be.",
    "too_long": lambda given: f"Send at most {given['max_length']:,}.",
    "too_short": lambda given: f"Send {given['min_length']:,} or more.",
    "int_type": lambda _: "Write a whole number.",
    "int_parsing": lambda _: "Write a whole number.",
    "int_parsing_size": lambda _: "That number is too large.",
    "int_from_float": lambda _: "Write a whole number.",
    "float_type": lambda _: "Write a number.",
    "float_parsing": lambda _: "Write a number.",
    "finite_number": lambda _: "Write a number.",
    "decimal_type": lambda _: "Write a number.",
    "decimal_parsing": lambda _: "Write a number.",
    "decimal_max_places": lambda given: f"Write at most {_counted(given['decimal_places'], 'decimal')}.",
    "decimal_max_digits": lambda given: f"Write at most {_counted(given['max_digits'], 'digit')}.",
    "decimal_whole_digits": lambda _: "That number is too large.",
    "bool_type": lambda _: f"Write {_TRUE}.",
    "bool_parsing": lambda _: f"Write {_TRUE}.",
    "greater_than": lambda given: f"Write more than {given['gt']:,}.",
    "greater_than_equal": lambda given: f"Write {given['ge']:,} or more.",
    "less_than": lambda given: f"Write less than {given['lt']:,}.",
    "less_than_equal": lambda given: f"Write {given['le']:,} or less.",
    "enum": lambda given: f"Write one of {_words(given['expected'])}.",
    "literal_error": lambda given: f"Write one of {_words(given['expected'])}.",
    "date_type": lambda _: "Write a day like 2027-03-14.",
    "date_parsing": lambda _: "Write a day like 2027-03-14.",
    "date_from_datetime_parsing": lambda _: "Write a day like 2027-03-14.",
    "date_from_datetime_inexact": lambda _: "Write a day like 2027-03-14.",
    "time_type": lambda _: "Write a time like 20:00.",
    "time_parsing": lambda _: "Write a time like 20:00.",
    "value_error": lambda given: str(given["error"]) if isinstance(given["error"], Misshapen) else _OTHERWISE,
}
"""By the library's kinds of error."""

_OTHERWISE = "This cannot be right."


class Misshapen(ValueError):
    """Raised by our own validators, with a sentence for people."""


def problems(errors: Sequence[Any]) -> list[tuple[str, str | None]]:
    """A sentence for each field, in order, and the field it is about; None: the request as a whole."""
    by_field: dict[str | None, str] = {}
    for error in errors:
        sentence, field = _problem(error)
        by_field.setdefault(field, sentence)
    return [(sentence, field) for field, sentence in by_field.items()]


def _problem(error: Mapping[str, Any]) -> tuple[str, str | None]:
    parts = [str(part) for part in error["loc"]]
    inside = parts[1:] if parts and parts[0] in _PLACES else parts
    field = ".".join(inside).encode(errors="backslashreplace").decode()
    kind, name = error["type"], _name(inside)
    sentence = _SAID.get(kind, lambda _: _OTHERWISE)(error.get("ctx") or {})
    if kind == "json_invalid" or not name:
        return ("A body is missing." if kind == "missing" else sentence), None
    if kind == "missing":
        return f"{name} is missing.", field
    if kind == "extra_forbidden":
        return f"{name} is no field of this request.", field
    return f"{name}: {sentence[0].lower()}{sentence[1:]}", field


def _name(inside: Sequence[str]) -> str:
    """Of the innermost field, whatever its place in a list: `Amount cents`."""
    field = next((part for part in reversed(inside) if not part.isdigit()), "")
    words = field.encode(errors="backslashreplace").decode().replace("_", " ")[:60]
    return words[:1].upper() + words[1:]


def _counted(number: int, what: str) -> str:
    return f"{number:,} {what}{'' if number == 1 else 's'}"


def _words(expected: str) -> str:
    """`'CASH', 'ZELLE' or 'OTHER'` without its quotation marks."""
    return expected.replace("'", "")
