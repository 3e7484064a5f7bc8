"""Half-filled wizards, kept so that a reload or a lost connection loses nothing."""

import json
import secrets
from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import ColumnElement
from sqlmodel import Session, col, delete, select

from models.bookings import BookingDraft, Upload
from services import online
from services.core import clock, files
from services.core.access import Actor, Permission, require
from services.core.errors import Invalid

KEPT = timedelta(days=30)
"""Since it was last changed. As long as a browser is given to come back with a sign-in that has ended."""
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
        _forget_files(session, col(Upload.draft_id) == draft.id)
        session.delete(draft)


def forget_abandoned(session: Session, now: datetime | None = None) -> None:
    """With their files: they name people. What a draft leaves behind when it goes is nobody's."""
    session.exec(delete(BookingDraft).where(col(BookingDraft.updated_at) <= (now or clock.now()) - KEPT))
    owners = (Upload.draft_id, Upload.booking_id, Upload.client_id)
    _forget_files(session, *(col(owner).is_(None) for owner in owners))


def _forget_files(session: Session, *which: ColumnElement[bool]) -> None:
    for name in session.exec(delete(Upload).where(*which).returning(col(Upload.name_on_disk))).scalars():
        files.forget(session, name)


def own_draft(session: Session, actor: Actor, token: str) -> BookingDraft:
    """The draft of a token, or a refusal that gives nothing away."""
    draft = _own(session, actor, token)
    if draft is None:
        raise Invalid("That draft is gone. Start again.", field="draft")
    return draft


def kept(session: Session, token: str) -> BookingDraft | None:
    """Whoever's it is."""
    counts = col(BookingDraft.updated_at) > clock.now() - KEPT
    return session.exec(select(BookingDraft).where(BookingDraft.token == token, counts)).one_or_none()


def _own(session: Session, actor: Actor, token: str | None) -> BookingDraft | None:
    """A draft of staff is theirs alone; one of the public page belongs to who knows its token."""
    draft = kept(session, token) if token else None
    return draft if draft is not None and draft.user_id in (None, actor.user_id) else None
