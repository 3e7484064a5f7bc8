"""A form's refusals all at once, in the order of its checks, instead of the first alone.

Checks of one field are marked `noted`, what checks a whole form `all_at_once`:

    @all_at_once
    def _checked(form: NewClient) -> dict[str, Any]:
        return {"name": parse_name(form.name), "email": parse_email(form.email)}

Outside of such a form a check refuses by itself, as any function does.
"""

from collections.abc import Callable, Iterable
from contextvars import ContextVar
from functools import wraps
from typing import Any, TypeVar, cast

from services.core.errors import DomainError, Invalid, NotFound

Check = TypeVar("Check", bound=Callable[..., Any])

_found: ContextVar[list[DomainError] | None] = ContextVar("found", default=None)


def noted(check: Check) -> Check:
    """Within a form its refusal is noted and the next field is checked; what it returns then is never used.

    A chosen thing that is not there is such a refusal, too.
    """

    @wraps(check)
    def checked(*args: Any, **kwargs: Any) -> Any:
        found = _found.get()
        if found is None:
            return check(*args, **kwargs)
        token = _found.set(None)  # a check within is part of this one
        try:
            return check(*args, **kwargs)
        except (Invalid, NotFound) as refusal:
            if refusal.field is None:
                raise
            found.append(refusal)
            return None
        finally:
            _found.reset(token)

    return cast(Check, checked)


def all_at_once(checks: Check) -> Check:
    """Refuses with everything that was noted. Its own refusal, of fields that belong together, comes last."""

    @wraps(checks)
    def checked(*args: Any, **kwargs: Any) -> Any:
        found: list[DomainError] = []
        token = _found.set(found)
        try:
            result = checks(*args, **kwargs)
        except Invalid as refusal:
            found.append(refusal)
        except Exception:
            if not found:  # else it met the nothing that a refused field left behind
                raise
        finally:
            _found.reset(token)
        if found:
            raise together(found)
        return result

    return cast(Check, checked)


def together(refusals: Iterable[DomainError]) -> DomainError:
    """The first, which brings the others along; one for each field."""
    by_field: dict[str | None, DomainError] = {}
    for refusal in refusals:
        for one in (refusal, *refusal.others):
            by_field.setdefault(one.field, one)
    first, *others = by_field.values()
    first.others = tuple(others)
    return first
