"""Files people send: type by content, size limited, kept outside every public folder.

A file is there before the row that names it, and goes after it: no row is without its file. What is left without a
row, by a process that was killed between the two, `bookings.tidy_files` takes away.
"""

import secrets
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from pathlib import Path

import filetype
import structlog
from sqlmodel import Session

from services.core import db
from services.core.config import settings
from services.core.errors import Invalid, NotFound

ALLOWED = {
    "audio/aac": "AAC",
    "audio/aiff": "AIFF",
    "audio/x-aiff": "AIFF",
    "audio/x-flac": "FLAC",
    "audio/m4a": "M4A",
    "audio/mp4": "M4A",
    "audio/mpeg": "MP3",
    "audio/ogg": "OGG",
    "audio/x-wav": "WAV",
    "application/pdf": "PDF",
    "application/zip": "ZIP",
    "image/jpeg": "JPEG",
    "image/png": "PNG",
    "image/webp": "WebP",
}


_log = structlog.get_logger()


@dataclass(frozen=True, slots=True)
class StoredFile:
    name: str
    type: str
    size: int
    name_on_disk: str


def keep(session: Session, content: bytes, name: str) -> StoredFile:
    """Writes the file under a name of our own. The type is what the content says, not the name.

    It stays if the transaction is stored.
    """
    limit = settings().upload_limit_mb
    if not content:
        raise Invalid("The file is empty.", field="file")
    if len(content) > limit * 1024 * 1024:
        raise Invalid(f"A file has at most {limit} MB.", field="file")
    kind = filetype.guess(content)
    if kind is None or kind.mime not in ALLOWED:
        allowed = ", ".join(dict.fromkeys(ALLOWED.values()))
        raise Invalid(f"That kind of file is not taken. Send one of: {allowed}.", field="file")
    name_on_disk = secrets.token_hex(16)
    _folder().mkdir(parents=True, exist_ok=True)
    db.unless_stored(session, partial(_remove, name_on_disk))
    (_folder() / name_on_disk).write_bytes(content)
    clean = Path(name.replace("\\", "/")).name.strip()[:200] or f"file.{kind.extension}"
    return StoredFile(clean, kind.mime, len(content), name_on_disk)


def path_of(name_on_disk: str) -> Path:
    path = _folder() / name_on_disk
    if not path.is_file():
        raise NotFound("The file is no longer there.")
    return path


def forget(session: Session, name_on_disk: str) -> None:
    """From the disk once it is certain that it is forgotten."""
    db.once_stored(session, partial(_remove, name_on_disk))


def last_written_before(moment: datetime) -> Iterator[str]:
    """The names on disk of what has been there for longer."""
    if _folder().is_dir():
        yield from (one.name for one in _folder().iterdir() if one.stat().st_mtime < moment.timestamp())


def _remove(name_on_disk: str) -> None:
    try:
        (_folder() / name_on_disk).unlink(missing_ok=True)
    except OSError as error:  # what it belonged to is stored, or gone; the disk is tidied another day
        _log.warning("file_not_removed", name=name_on_disk, error=str(error))


def _folder() -> Path:
    return settings().studio_data.absolute() / "uploads"
