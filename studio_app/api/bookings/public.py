"""A client's own booking, reached by the token of its link."""

from fastapi import APIRouter, Response

from services import bookings, feeds
from services.bookings import ChangeWish
from studio_app.api.answers import created, documented, ok, refusals, with_studio
from studio_app.api.bodies import IdempotencyKey, Token
from studio_app.api.bookings.bodies import AuthorizationBody, ChangeRequestBody, PublicBookingBody
from studio_app.api.bookings.shapes import OwnBookingAnswer, PublicBookingAnswer
from studio_app.api.bookings.views import own_booking_json
from studio_app.api.deps import Who
from studio_app.api.downloads import attachment
from studio_app.api.scheduling.schemas import SLOT_TAKEN

router = APIRouter(prefix="/api/public/bookings", tags=["Public bookings"])

POSTS = (400, 403, 404, 409, 413, 422, 429)


@router.post(
    "",
    status_code=201,
    responses=documented(PublicBookingAnswer, *POSTS, status=201) | SLOT_TAKEN,
)
def create(body: PublicBookingBody, who: Who, idempotency_key: IdempotencyKey = None) -> Response:
    """PENDING until the studio confirms it; the time is held until the deposit is due."""
    booking = who.run(bookings.create_public, body.to_new(idempotency_key))
    return created({"booking": own_booking_json(booking), "public_token": booking.public_token})


@router.get("/{token}", responses=documented(OwnBookingAnswer, 404, 422))
def read(token: Token, who: Who) -> Response:
    return ok({"booking": own_booking_json(who.run(bookings.get_public, token))})


@router.post(
    "/{token}/authorization",
    status_code=201,
    responses=documented(OwnBookingAnswer, *POSTS, status=201),
)
def authorize(token: Token, body: AuthorizationBody, who: Who) -> Response:
    return created({"booking": own_booking_json(who.run(bookings.authorize_public, token, body.to_new()))})


@router.post("/{token}/request", responses=documented(OwnBookingAnswer, *POSTS))
def request_change(token: Token, body: ChangeRequestBody, who: Who) -> Response:
    """Asks the studio to cancel or change; nothing changes until they do. One wish at a time."""
    asked = who.run(bookings.request_change, token, ChangeWish[body.wish], body.message)
    return ok({"booking": own_booking_json(asked)})


@router.post("/{token}/request/withdraw", responses=documented(OwnBookingAnswer, *POSTS))
def withdraw_request(token: Token, who: Who) -> Response:
    return ok({"booking": own_booking_json(who.run(bookings.withdraw_request, token))})


@router.get(
    "/{token}/calendar.ics",
    response_class=Response,
    responses={200: {"content": {"text/calendar": {}}, "description": "To add to a calendar"}} | refusals(404, 422),
)
def calendar_file(token: Token, who: Who) -> Response:
    booking, studio = who.run(with_studio(bookings.get_public), token)
    return attachment(feeds.single(booking, studio), f"{booking.number}.ics", "text/calendar; charset=utf-8")
