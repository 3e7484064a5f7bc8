"""Bookings, as staff make and keep them."""

from typing import Annotated

from fastapi import APIRouter, Query, Response

from services import bookings, changes
from services.errors import NotFound
from services.paging import PageRequest
from studio_app.api.answers import CREATES, created, documented, in_zone, ok, refusals
from studio_app.api.availability_views import SLOT_TAKEN
from studio_app.api.bodies import IdempotencyKey, Number
from studio_app.api.booking_bodies import AuthorizationBody, BookingBody, CancelBody, PaymentBody
from studio_app.api.booking_filters import PagedQuery
from studio_app.api.booking_shapes import BookingAnswer, BookingsAnswer
from studio_app.api.booking_views import booking_answer, page_json
from studio_app.api.change_views import VERSION_CHANGED, BookingOrPreview, preview_answer
from studio_app.api.deps import Who

router = APIRouter(prefix="/api/bookings", tags=["Bookings"])

_PNG = {200: {"content": {"image/png": {}}, "description": "The drawn signature"}}

MOVES = documented(BookingAnswer, 401, 403, 404, 409, 422)


@router.post(
    "",
    status_code=201,
    responses=documented(BookingAnswer, *CREATES, status=201) | SLOT_TAKEN,
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


@router.post("/{number}/confirm", responses=MOVES | SLOT_TAKEN)
def confirm(number: Number, who: Who) -> Response:
    return ok(booking_answer(who.run(bookings.confirm, number)))


@router.post(
    "/{number}/cancel", responses=documented(BookingOrPreview, 400, 401, 403, 404, 409, 413, 422) | VERSION_CHANGED
)
def cancel(number: Number, who: Who, body: CancelBody | None = None, preview: bool = False) -> Response:
    """The time is free again; the fee follows the policy the booking was sold under."""
    if preview:
        return ok(preview_answer(*who.run(in_zone(changes.preview_cancellation), number)))
    body = body or CancelBody()
    return ok(booking_answer(who.run(bookings.cancel, number, body.reason, body.version)))


@router.post("/{number}/check-in", responses=MOVES)
def check_in(number: Number, who: Who) -> Response:
    return ok(booking_answer(who.run(bookings.check_in, number)))


@router.post("/{number}/check-out", responses=MOVES)
def check_out(number: Number, who: Who) -> Response:
    return ok(booking_answer(who.run(bookings.check_out, number)))


@router.post("/{number}/no-show", responses=MOVES)
def no_show(number: Number, who: Who) -> Response:
    return ok(booking_answer(who.run(bookings.no_show, number)))


@router.post("/{number}/authorization", status_code=201, responses=documented(BookingAnswer, *CREATES, status=201))
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


@router.post("/{number}/payments", status_code=201, responses=documented(BookingAnswer, *CREATES, status=201))
def pay(number: Number, body: PaymentBody, who: Who, idempotency_key: IdempotencyKey = None) -> Response:
    """One split. Refused with `authorization_required` until the client has signed."""
    payment = body.to_new(idempotency_key)
    return created(booking_answer(who.run(bookings.record_payment, number, payment)))
