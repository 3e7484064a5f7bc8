"""Bookings, as staff make and keep them."""

from typing import Annotated

from fastapi import APIRouter, Query, Response

from services import bookings, changes
from services.core.errors import NotFound
from services.core.paging import PageRequest
from studio_app.api.answers import COMMANDS, created, documented, in_zone, ok, refusals
from studio_app.api.bodies import IdempotencyKey, Number
from studio_app.api.bookings.bodies import AuthorizationBody, BookingBody, CancelBody, PaymentBody
from studio_app.api.bookings.filters import PagedQuery
from studio_app.api.bookings.shapes import BookingAnswer, BookingsAnswer
from studio_app.api.bookings.views import booking_answer, page_json
from studio_app.api.changes.bodies import VersionBody
from studio_app.api.changes.views import CHANGE_REFUSED, VERSION_CHANGED, BookingOrPreview, preview_answer
from studio_app.api.deps import Who
from studio_app.api.scheduling.schemas import SLOT_TAKEN

router = APIRouter(prefix="/api/bookings", tags=["Bookings"])

_PNG = {200: {"content": {"image/png": {}}, "description": "The drawn signature"}}

MOVES = documented(BookingAnswer, *COMMANDS)


@router.post(
    "",
    status_code=201,
    responses=documented(BookingAnswer, *COMMANDS, status=201) | SLOT_TAKEN,
)
def create(body: BookingBody, who: Who, idempotency_key: IdempotencyKey = None) -> Response:
    return created(booking_answer(who.run(bookings.create, body.to_new(idempotency_key))))


@router.get("", responses=documented(BookingsAnswer, 401, 403, 422))
def list_bookings(query: Annotated[PagedQuery, Query()], who: Who) -> Response:
    page = PageRequest(query.page, query.page_size, query.sort)
    return ok(page_json(*who.run(in_zone(bookings.list_bookings), page, query.filters())))


@router.get("/{number}", responses=documented(BookingAnswer, 401, 403, 404, 422))
def read(number: Number, who: Who) -> Response:
    return ok(booking_answer(who.run(bookings.get_booking, number)))


@router.post("/{number}/confirm", responses=MOVES | CHANGE_REFUSED)
def confirm(number: Number, who: Who, body: VersionBody | None = None) -> Response:
    return ok(booking_answer(who.run(bookings.confirm, number, _seen(body))))


@router.post("/{number}/cancel", responses=documented(BookingOrPreview, *COMMANDS) | VERSION_CHANGED)
def cancel(number: Number, who: Who, body: CancelBody | None = None, preview: bool = False) -> Response:
    """The time is free again; the fee follows the policy the booking was sold under."""
    if preview:
        return ok(preview_answer(*who.run(in_zone(changes.preview_cancellation), number)))
    body = body or CancelBody()
    return ok(booking_answer(who.run(bookings.cancel, number, body.reason, body.version)))


@router.post("/{number}/check-in", responses=MOVES | VERSION_CHANGED)
def check_in(number: Number, who: Who, body: VersionBody | None = None) -> Response:
    """From the studio's lead before the start on; `too_early` before."""
    return ok(booking_answer(who.run(bookings.check_in, number, _seen(body))))


@router.post("/{number}/check-in/undo", responses=MOVES | VERSION_CHANGED)
def undo_check_in(number: Number, who: Who, body: VersionBody | None = None) -> Response:
    """It is confirmed again."""
    return ok(booking_answer(who.run(changes.undo_check_in, number, _seen(body))))


@router.post("/{number}/check-out", responses=MOVES | VERSION_CHANGED)
def check_out(number: Number, who: Who, body: VersionBody | None = None) -> Response:
    """Before its end the rest of its time is free for others; price and booked end stay."""
    return ok(booking_answer(who.run(bookings.check_out, number, _seen(body))))


@router.post("/{number}/check-out/undo", responses=MOVES | VERSION_CHANGED)
def undo_check_out(number: Number, who: Who, body: VersionBody | None = None) -> Response:
    """It goes on with the time it had; `time_given_away` where somebody has it by now."""
    return ok(booking_answer(who.run(changes.undo_check_out, number, _seen(body))))


@router.post("/{number}/no-show", responses=documented(BookingOrPreview, *COMMANDS) | VERSION_CHANGED)
def no_show(number: Number, who: Who, body: VersionBody | None = None, preview: bool = False) -> Response:
    """The fee follows the policy the booking was sold under; what is left of its time is free."""
    if preview:
        return ok(preview_answer(*who.run(in_zone(changes.preview_no_show), number)))
    return ok(booking_answer(who.run(bookings.no_show, number, _seen(body))))


@router.post("/{number}/no-show/undo", responses=MOVES | VERSION_CHANGED)
def undo_no_show(number: Number, who: Who, body: VersionBody | None = None) -> Response:
    """They came after all: confirmed again, and charged in full instead of the fee."""
    return ok(booking_answer(who.run(changes.undo_no_show, number, _seen(body))))


@router.post("/{number}/authorization", status_code=201, responses=documented(BookingAnswer, *COMMANDS, status=201))
def authorize(number: Number, body: AuthorizationBody, who: Who) -> Response:
    return created(booking_answer(who.run(bookings.authorize, number, body.to_new())))


@router.get(
    "/{number}/authorization/signature.png",
    response_class=Response,
    responses={200: {"content": {"image/png": {}}, "description": "The drawn signature"}}
    | refusals(401, 403, 404, 422),
)
def signature(number: Number, who: Who) -> Response:
    image = who.run(bookings.signature_image, number)
    if image is None:
        raise NotFound("Nothing was drawn for this booking.")
    return Response(image, media_type="image/png", headers={"X-Content-Type-Options": "nosniff"})


@router.post("/{number}/payments", status_code=201, responses=documented(BookingAnswer, *COMMANDS, status=201))
def pay(number: Number, body: PaymentBody, who: Who, idempotency_key: IdempotencyKey = None) -> Response:
    """One split. Refused with `authorization_required` until the client has signed."""
    payment = body.to_new(idempotency_key)
    return created(booking_answer(who.run(bookings.record_payment, number, payment)))


def _seen(body: VersionBody | None) -> int | None:
    return body.version if body else None
