"""Files as attachments: a browser saves them and never guesses at what they are."""

from typing import Any
from urllib.parse import quote

from fastapi import Response
from fastapi.responses import FileResponse

from services.bookings import Attachment

_NOSNIFF = {"X-Content-Type-Options": "nosniff"}

ATTACHMENT: dict[int | str, dict[str, Any]] = {
    200: {
        "description": "The file",
        "content": {"*/*": {"schema": {"type": "string", "contentEncoding": "binary"}}},
    }
}


def as_file(found: Attachment) -> FileResponse:
    return FileResponse(found.path, media_type=found.type, filename=found.name, headers=_NOSNIFF)


def attachment(content: bytes, name: str, media_type: str) -> Response:
    disposition = f"attachment; filename*=utf-8''{quote(name)}"
    return Response(content, media_type=media_type, headers=_NOSNIFF | {"Content-Disposition": disposition})
