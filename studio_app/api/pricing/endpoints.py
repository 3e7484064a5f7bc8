"""The price before anything is booked."""

from fastapi import APIRouter, Response

from services import bookings
from studio_app.api.answers import documented, ok
from studio_app.api.bookings.bodies import BookingBody
from studio_app.api.bookings.shapes import QuoteAnswer
from studio_app.api.bookings.views import quote_json
from studio_app.api.deps import Who

router = APIRouter(prefix="/api/quotes", tags=["Bookings"])


@router.post("", responses=documented(QuoteAnswer, 400, 401, 403, 404, 413, 422))
def quote(body: BookingBody, who: Who) -> Response:
    """The same body as a booking. Stores nothing."""
    return ok(quote_json(who.run(bookings.quote, body.to_new())))
