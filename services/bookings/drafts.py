"""Half-filled wizards, kept so that a reload or a lost connection loses nothing."""

import json
import secrets
from collections.abc import Mapping
from typing import Any

from sqlmodel import Session, select

from models.bookings import BookingDraft
from services import clock, online
from services.access import Actor, Permission, require
from services.errors import Invalid

_MOST_BYTES = 64_000


def save_draft(session: Session, actor: Actor, token: str | None, data: Mapping[str, Any]) -> str:
    """Stores the answers under the token, or under a new one; returns the token."""
    require(actor, Permission.BOOK_ONLINE, Permission.BOOK_SESSIONS)
    online.question(session, actor)
    if len(json.dumps(dict(data))) > _MOST_BYTES:
        raise Invalid("That is more than a draft can hold.", field="notes")
    draft = _own(session, actor, token)
    if draft is None:
        draft = BookingDraft(token=secrets.token_urlsafe(24), user_id=actor.user_id)
    draft.data = dict(data)
    draft.updated_at = clock.now()
    session.add(draft)
    return draft.token


def load_draft(session: Session, actor: Actor, token: str | None) -> dict[str, Any] | None:
    require(actor, Permission.BOOK_ONLINE, Permission.BOOK_SESSIONS)
    draft = _own(session, actor, token)
    return dict(draft.data) if draft else None


def discard_draft(session: Session, actor: Actor, token: str) -> None:
    require(actor, Permission.BOOK_ONLINE, Permission.BOOK_SESSIONS)
    draft = _own(session, actor, token)
    if draft:
        session.delete(draft)


def own_draft(session: Session, actor: Actor, token: str) -> BookingDraft:
    """The draft of a token, or a refusal that gives nothing away."""
    draft = _own(session, actor, token)
    if draft is None:
        raise Invalid("That draft is gone. Start again.", field="draft")
    return draft


def _own(session: Session, actor: Actor, token: str | None) -> BookingDraft | None:
    """A draft of staff is theirs alone; one of the public page belongs to who knows its token."""
    if not token:
        return None
    draft = session.exec(select(BookingDraft).where(BookingDraft.token == token)).one_or_none()
    if draft is None or draft.user_id not in (None, actor.user_id):
        return None
    return draft
