"""What can go wrong, in words for people.

Every refusal is a DomainError with a stable code, a sentence that says why and, where
one input is to blame, the name of that field; `details` carries what helps to go on, as
plain JSON values (the conflicts and alternatives of a slot, the client that exists). The
face decides how each kind is shown (HTTP status, field error, toast); the services only say
what happened.
"""

from collections.abc import Mapping


class DomainError(Exception):
    """A refusal the person can understand and act on."""

    code = "refused"
    others: tuple["DomainError", ...] = ()
    """What else is to be mended, where all of a form was looked at (services/core/checking.py)."""

    def __init__(
        self,
        message: str,
        *,
        code: str = "",
        field: str | None = None,
        details: Mapping[str, object] | None = None,
    ) -> None:
        super().__init__(message)
        self.message = message
        self.code = code or self.code
        self.field = field
        self.details: dict[str, object] = dict(details or {})

    def __reduce__(self) -> tuple[object, ...]:
        """As a kind and its contents: subclasses take other arguments, and a refusal may cross processes."""
        return _restored, (type(self), self.args), vars(self)


def _restored(kind: type[DomainError], args: tuple[object, ...]) -> DomainError:
    error = kind.__new__(kind, *args)
    error.args = args
    return error


class Invalid(DomainError):
    """The input cannot be what was meant; `field` names the part to mend."""

    code = "invalid"


class NotFound(DomainError):
    code = "not_found"


class NotSignedIn(DomainError):
    code = "not_signed_in"


class NotAllowed(DomainError):
    code = "not_allowed"


class Conflict(DomainError):
    """The input is fine, but the state of the studio forbids it."""

    code = "conflict"


class TookTooLong(DomainError):
    """The time a call may take is over. Nothing was changed."""

    code = "took_too_long"


class Locked(DomainError):
    """Too many wrong tries; the message says for how long."""

    code = "locked"
