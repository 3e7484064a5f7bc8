"""Whose a tab's state is.

The framework keeps a tab's state under a token the browser chose, and sends all of it to whoever
comes with that token. So each tree says for whom it was filled; for anybody else, and for the same
person with another sign-in or other rights, it is emptied before anything is sent.
"""

from hashlib import sha256
from typing import Any

from services.core.access import Actor
from services.core.errors import DomainError

NOBODY = ""
"""Of a tree that was never filled."""


class ChangedHands(DomainError):
    """What was asked for was meant for a page that is gone: a form's record, a dialog's choice."""

    code = "changed_hands"

    def __init__(self) -> None:
        super().__init__("The page belonged to another sign-in. It is loaded anew; nothing was changed.")


def whose(actor: Actor, client_token: str | None = None) -> str:
    """Changes with all that decides what the person may be shown: staff by their sign-in, clients by their link's."""
    client = sha256(client_token.encode()).hexdigest() if client_token else ""
    if not actor.is_signed_in:
        return f"visitor {client}"
    rights = sorted(actor.permissions)
    return repr((actor.session_id, actor.user_id, rights, sorted(actor.resource_ids), actor.discount_limit_pct, client))


async def empty(state: Any) -> None:
    """Gives all states of the tab their defaults, those too that the event at hand has not loaded."""
    root = state._get_root_state()
    for kind in _kinds(type(root)):
        await root.get_state(kind)
    is_hydrated = root.is_hydrated
    root.reset()
    root.is_hydrated = is_hydrated


def _kinds(kind: type[Any]) -> list[type[Any]]:
    return [kind, *(below for one in kind.get_substates() for below in _kinds(one))]
