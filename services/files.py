"""Files people send: type by content, size limited, kept outside every public folder."""

import secrets
from dataclasses import dataclass
from pathlib import Path

import filetype

from services.config import settings
from services.errors import Invalid, NotFound

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


@dataclass(frozen=True, slots=True)
class StoredFile:
    name: str
    type: str
    size: int
    name_on_disk: str


def keep(content: bytes, name: str) -> StoredFile:
    """Writes the file under a name of our own. The type is what the content says, not the name."""
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
    (_folder() / name_on_disk).write_bytes(content)
    clean = Path(name.replace("\\", "/")).name.strip()[:200] or f"file.{kind.extension}"
    return StoredFile(clean, kind.mime, len(content), name_on_disk)


def path_of(name_on_disk: str) -> Path:
    path = _folder() / name_on_disk
    if not path.is_file():
        raise NotFound("The file is no longer there.")
    return path


def forget(name_on_disk: str) -> None:
    (_folder() / name_on_disk).unlink(missing_ok=True)


def _folder() -> Path:
    return settings().studio_data.absolute() / "uploads"
