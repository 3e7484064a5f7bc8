"""Clients as people look for them: one condition for every list and picker that shows them."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, Select, false, func, or_
from sqlalchemy.orm import aliased
from sqlmodel import Session, col, select

from models.clients import Artist, Client
from services import identity
from services.core import phones, search
from services.core.access import Actor, Permission
from services.core.fields import clean
from services.core.search import Texts

_FOUND: Any = aliased(Client)
_NAME = Texts(_FOUND.folded, _FOUND.name)
_ARTIST = Texts(col(Artist.folded), col(Artist.name))
_LONGEST = 100

HasWord = Callable[[str], ColumnElement[bool]]


@dataclass(frozen=True, slots=True)
class ClientSearch:
    """What `actor` looks for. Who may not see contacts finds by name, and by a whole e-mail or number (domain 2)."""

    session: Session
    actor: Actor
    q: str

    def finds(self, client_id: Any, *beside: HasWord) -> ColumnElement[bool]:
        """Whether the client with `client_id` is meant: each word is in their name, label, e-mail or phone, or found
        by one of `beside`; or all of it is a phone number or a part of one, in any form."""
        q, in_part = clean(self.q)[:_LONGEST], self.actor.can(Permission.VIEW_CLIENTS)
        reached: ColumnElement[bool] = client_id.in_(select(_FOUND.id).where(self._reached(q, in_part)))
        if "@" in q and not in_part:
            return reached
        return or_(search.every(q, lambda word: client_id.in_(_named(word, in_part)), *beside), reached)

    @staticmethod
    def artist(word: str) -> ColumnElement[bool]:
        """Beside the client, in a statement that joins an artist."""
        return _ARTIST.has(word)

    def _reached(self, q: str, in_part: bool) -> ColumnElement[bool]:
        numbers = phones.sought(q, identity.phone_region(self.session))
        if in_part:
            return or_(false(), *(func.strpos(_FOUND.phone, digits) > 0 for digits in numbers))
        return or_(func.lower(_FOUND.email) == q.lower(), _FOUND.phone.in_([f"+{digits}" for digits in numbers]))


def has_artist(client_id: Any) -> HasWord:
    """Whether an artist of the client's is called so."""
    return lambda word: client_id.in_(select(Artist.client_id).where(_ARTIST.has(word)))


def _named(word: str, contact: bool) -> Select[Any]:
    places = [_NAME.has(word)]
    if contact:
        places.append(_FOUND.email.contains(word, autoescape=True))
        if word.isdecimal() and len(word) >= phones.FEWEST_DIGITS:
            places.append(func.strpos(_FOUND.phone, word) > 0)
    return select(_FOUND.id).where(or_(*places))
