"""Reference files of a booking: sent with the wizard, from the client's page or by staff."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path

from sqlmodel import Session, col, select

from models.bookings import Booking, BookingDraft, Upload
from services import online
from services.bookings import queries
from services.bookings.drafts import own_draft
from services.bookings.errors import BookingNotFound
from services.bookings.types import UploadView
from services.core import audit, clock, files
from services.core.access import Actor, Permission, require
from services.core.errors import Invalid, NotFound
from services.core.fields import MAX_ID
from services.online import Allowance

_MOST_FILES = 20
_SETTLED = timedelta(days=1)
"""By then whatever wrote a file has stored its row, or never will."""
_AT_ONCE = 1000


@dataclass(frozen=True, slots=True)
class Attachment:
    path: Path
    name: str
    type: str


def attach_to_draft(session: Session, actor: Actor, token: str, content: bytes, name: str) -> UploadView:
    require(actor, Permission.BOOK_ONLINE, Permission.BOOK_SESSIONS)
    if not actor.is_signed_in:
        online.request(session, actor)
    draft = own_draft(session, actor, token)
    _check_room(session, Upload.draft_id, draft.id)
    if not actor.is_signed_in:
        _check_day(session, actor)
    return _attach(session, actor, content, name, draft=draft)


def attach(session: Session, actor: Actor, number: str, content: bytes, name: str) -> UploadView:
    require(actor, Permission.BOOK_SESSIONS)
    booking = queries.find_booking(session, actor, number)
    _check_room(session, Upload.booking_id, booking.id)
    return _attach(session, actor, content, name, booking=booking)


def attach_public(session: Session, actor: Actor, token: str, content: bytes, name: str) -> UploadView:
    require(actor, Permission.BOOK_ONLINE)
    online.request(session, actor)
    booking = _by_token(session, token)
    _check_room(session, Upload.booking_id, booking.id)
    _check_day(session, actor)
    return _attach(session, actor, content, name, booking=booking)


def draft_files(session: Session, actor: Actor, token: str) -> tuple[UploadView, ...]:
    require(actor, Permission.BOOK_ONLINE, Permission.BOOK_SESSIONS)
    return _listed(session, Upload.draft_id, own_draft(session, actor, token).id)


def booking_files(session: Session, actor: Actor, number: str) -> tuple[UploadView, ...]:
    require(actor, Permission.VIEW_OWN_SESSIONS)
    return _listed(session, Upload.booking_id, queries.find_booking(session, actor, number).id)


def client_files(session: Session, actor: Actor, client_id: int) -> tuple[UploadView, ...]:
    require(actor, Permission.VIEW_CLIENTS)
    return _listed(session, Upload.client_id, min(client_id, MAX_ID))


def public_files(session: Session, actor: Actor, token: str) -> tuple[UploadView, ...]:
    require(actor, Permission.BOOK_ONLINE)
    return _listed(session, Upload.booking_id, _by_token(session, token).id)


def download(session: Session, actor: Actor, upload_id: int) -> Attachment:
    """A file for staff who may see its booking."""
    require(actor, Permission.VIEW_OWN_SESSIONS)
    upload = session.get(Upload, min(upload_id, MAX_ID))
    if upload is None or upload.booking_id is None:
        raise NotFound("There is no such file.")
    visible = select(Booking.id).where(Booking.id == upload.booking_id, queries.visible_to(actor))
    if session.exec(visible).one_or_none() is None:
        raise NotFound("There is no such file.")
    return Attachment(files.path_of(upload.name_on_disk), upload.name, upload.type)


def download_public(session: Session, actor: Actor, token: str, upload_id: int) -> Attachment:
    require(actor, Permission.BOOK_ONLINE)
    upload = session.get(Upload, min(upload_id, MAX_ID))
    if upload is None or upload.booking_id != _by_token(session, token).id:
        raise NotFound("There is no such file.")
    return Attachment(files.path_of(upload.name_on_disk), upload.name, upload.type)


def remove_from_draft(session: Session, actor: Actor, token: str, upload_id: int) -> None:
    require(actor, Permission.BOOK_ONLINE, Permission.BOOK_SESSIONS)
    upload = session.get(Upload, min(upload_id, MAX_ID))
    if upload is None or upload.draft_id != own_draft(session, actor, token).id:
        raise NotFound("There is no such file.")
    session.delete(upload)
    files.forget(session, upload.name_on_disk)


def tidy_files(session: Session, now: datetime | None = None) -> None:
    """Files on the disk that no row names, a day old: of transactions whose process was killed."""
    old = sorted(files.last_written_before((now or clock.now()) - _SETTLED))
    for first in range(0, len(old), _AT_ONCE):
        names = old[first : first + _AT_ONCE]
        named = session.exec(select(Upload.name_on_disk).where(col(Upload.name_on_disk).in_(names)))
        for name in set(names).difference(named):
            files.forget(session, name)


def _attach(
    session: Session,
    actor: Actor,
    content: bytes,
    name: str,
    *,
    booking: Booking | None = None,
    draft: BookingDraft | None = None,
) -> UploadView:
    stored = files.keep(session, content, name)
    upload = Upload(
        booking_id=booking.id if booking else None,
        client_id=booking.client_id if booking else None,
        draft_id=draft.id if draft else None,
        name=stored.name,
        type=stored.type,
        size=stored.size,
        name_on_disk=stored.name_on_disk,
        uploaded_by=actor.user_id,
    )
    session.add(upload)
    session.flush()
    if booking:
        after = {"name": stored.name, "type": stored.type, "size": stored.size}
        audit.record(session, actor, "file_added", "booking", booking.id, after=after)
    return _view(upload)


def _check_room(session: Session, column: object, owner_id: int | None) -> None:
    if len(_listed(session, column, owner_id)) >= _MOST_FILES:
        raise Invalid(f"At most {_MOST_FILES} files.", field="file")


def _check_day(session: Session, actor: Actor) -> None:
    """Before anything is written: what strangers send fills the disk."""
    online.spend(session, Allowance.FILE, online.address_of(actor.ip))


def _listed(session: Session, column: object, owner_id: int | None) -> tuple[UploadView, ...]:
    statement = select(Upload).where(column == owner_id).order_by(col(Upload.id))
    return tuple(_view(upload) for upload in session.exec(statement))


def _by_token(session: Session, token: str) -> Booking:
    booking = session.exec(select(Booking).where(Booking.public_token == token)).one_or_none()
    if booking is None:
        raise BookingNotFound("like that")
    return booking


def _view(upload: Upload) -> UploadView:
    return UploadView(upload.id or 0, upload.name, upload.type, upload.size, upload.uploaded_at)
