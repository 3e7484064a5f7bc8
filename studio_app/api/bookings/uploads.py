"""Reference files: sent with a draft or to a booking, read by staff. Their size is limited while they arrive."""

from typing import Annotated

from fastapi import APIRouter, Form, Query, Response

from services import bookings
from services.core.errors import Invalid
from studio_app.api.answers import created, documented, in_zone, ok, refusals
from studio_app.api.bodies import PathId, SentFile, Token, Word
from studio_app.api.bookings.shapes import UploadAnswer, UploadsAnswer
from studio_app.api.bookings.views import upload_json
from studio_app.api.deps import Who
from studio_app.api.downloads import ATTACHMENT, as_file

router = APIRouter(tags=["Files"])

SENDS = (400, 401, 403, 404, 413, 422, 429)

_WHERE = "Say where the file belongs: the token of a draft or the number of a booking."


@router.post(
    "/api/uploads",
    status_code=201,
    responses=documented(UploadAnswer, *SENDS, status=201),
)
def upload(
    file: SentFile, who: Who, draft: Annotated[Word, Form()] = "", booking: Annotated[Word, Form()] = ""
) -> Response:
    """To a draft by its token, or to a booking by its number."""
    if bool(draft) == bool(booking):
        raise Invalid(_WHERE, field="draft")
    command = bookings.attach_to_draft if draft else bookings.attach
    content = file.file.read()
    return created({"upload": upload_json(*who.run(in_zone(command), draft or booking, content, file.filename or ""))})


@router.get("/api/uploads", responses=documented(UploadsAnswer, 401, 403, 404, 422))
def uploads(who: Who, draft: Annotated[Word, Query()] = "", booking: Annotated[Word, Query()] = "") -> Response:
    if bool(draft) == bool(booking):
        raise Invalid(_WHERE, field="draft")
    command = bookings.draft_files if draft else bookings.booking_files
    found, zone = who.run(in_zone(command), draft or booking)
    return ok({"data": [upload_json(one, zone) for one in found]})


@router.get("/api/uploads/{upload_id}", response_class=Response, responses=ATTACHMENT | refusals(401, 403, 404, 422))
def download(upload_id: PathId, who: Who) -> Response:
    return as_file(who.run(bookings.download, upload_id))


@router.delete(
    "/api/uploads/{upload_id}", status_code=204, response_class=Response, responses=refusals(401, 403, 404, 422)
)
def remove(upload_id: PathId, draft: Annotated[Word, Query()], who: Who) -> Response:
    """Takes a file out of a draft again."""
    who.run(bookings.remove_from_draft, draft, upload_id)
    return Response(status_code=204)


@router.post(
    "/api/public/bookings/{token}/uploads",
    status_code=201,
    responses=documented(UploadAnswer, *SENDS, status=201),
)
def upload_by_link(token: Token, file: SentFile, who: Who) -> Response:
    command = in_zone(bookings.attach_public)
    return created({"upload": upload_json(*who.run(command, token, file.file.read(), file.filename or ""))})


@router.get("/api/public/bookings/{token}/uploads", responses=documented(UploadsAnswer, 404, 422))
def uploads_by_link(token: Token, who: Who) -> Response:
    found, zone = who.run(in_zone(bookings.public_files), token)
    return ok({"data": [upload_json(upload, zone) for upload in found]})


@router.get(
    "/api/public/bookings/{token}/uploads/{upload_id}",
    response_class=Response,
    responses=ATTACHMENT | refusals(404, 422),
)
def download_by_link(token: Token, upload_id: PathId, who: Who) -> Response:
    return as_file(who.run(bookings.download_public, token, upload_id))
