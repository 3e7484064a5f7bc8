"""A client's own bookings. An e-mail that somebody types proves nothing: the way here is a link mailed to it."""

from typing import Annotated, Any
from zoneinfo import ZoneInfo

from fastapi import APIRouter, Depends, Form, Request, Response
from fastapi.responses import RedirectResponse
from typing_extensions import TypedDict

from services import feeds, my
from services.core.errors import DomainError
from services.my import Overview, OwnBooking
from studio_app import routes
from studio_app.api.answers import Instant, created, documented, iso, iso_or_none, ok, refusals
from studio_app.api.bodies import Body, Line, PathId, Word
from studio_app.api.cookies import drop_cookie, keep_cookie
from studio_app.api.deps import Who
from studio_app.caller import CLIENT_COOKIE

router = APIRouter(prefix="/api/my", tags=["A client's own"])

_TO_PAGE: dict[int | str, dict[str, Any]] = {303: {"description": "To the page, for a form"}}
_POSTS = (400, 401, 403, 413, 422, 429)


class LinkBody(Body):
    email: Line


class AskedAnswer(TypedDict):
    message: str


class OwnBookingJson(TypedDict):
    number: str
    public_token: str
    status: str
    service: str
    start: Instant
    end: Instant
    rooms: list[str]
    period: str
    total_cents: int
    paid_cents: int
    balance_cents: int
    deposit_due_at: Instant | None


class OwnAnswer(TypedDict):
    """`upcoming` has the next session first, `past` the latest."""

    email: str
    upcoming: list[OwnBookingJson]
    past: list[OwnBookingJson]


class OwnFeedAnswer(TypedDict):
    """The address is told this once."""

    id: int
    url: str


def client_token(request: Request) -> str:
    return request.cookies.get(CLIENT_COOKIE, "")


Mine = Annotated[str, Depends(client_token)]


@router.post("/link", status_code=202, responses=documented(AskedAnswer, *_POSTS, status=202))
def ask_link(body: LinkBody, who: Who) -> Response:
    """Mails a link to a client of that address. The answer is the same whether there is one."""
    who.run(my.ask_link, body.email)
    sent = ok({"message": "If a client has that address, a link is on its way. It works once, for an hour."})
    sent.status_code = 202
    return sent


@router.post("/session", status_code=204, responses=refusals(*_POSTS) | _TO_PAGE)
def enter(request: Request, who: Who, link: Annotated[Word, Form()]) -> Response:
    """Spends the link and sets a cookie for 30 days. Looking at the link changes nothing."""
    is_page = _is_page(request)
    try:
        entered = who.run(my.enter, link)
    except DomainError as refusal:
        if not is_page:
            raise
        return RedirectResponse(f"{routes.MY}?refused={refusal.code}", 303)
    answer = RedirectResponse(routes.MY, 303) if is_page else Response(status_code=204)
    keep_cookie(answer, CLIENT_COOKIE, entered.token, entered.expires_at)
    return answer


@router.post("/leave", status_code=204, responses=refusals(403) | _TO_PAGE)
def leave(request: Request, who: Who, mine: Mine) -> Response:
    who.run(my.leave, mine)
    answer = RedirectResponse(routes.MY, 303) if _is_page(request) else Response(status_code=204)
    drop_cookie(answer, CLIENT_COOKIE)
    return answer


@router.get("/bookings", responses=documented(OwnAnswer, 401))
def read(who: Who, mine: Mine) -> Response:
    return ok(_overview(who.run(my.overview, mine)))


@router.post("/feeds", status_code=201, responses=documented(OwnFeedAnswer, 401, 403, 409, 429, status=201))
def subscribe(who: Who, mine: Mine) -> Response:
    """All of the client's sessions in any calendar, while their e-mail stays what it is."""
    made = who.run(my.subscribe, mine)
    return created({"id": made.view.id, "url": feeds.url_of(made.token)})


@router.delete("/feeds/{feed_id}", status_code=204, responses=refusals(401, 403, 404, 422, 429))
def revoke(feed_id: PathId, who: Who, mine: Mine) -> Response:
    who.run(my.revoke_feed, mine, feed_id)
    return Response(status_code=204)


def _is_page(request: Request) -> bool:
    return "text/html" in request.headers.get("accept", "")


def _overview(seen: Overview) -> OwnAnswer:
    zone = seen.studio.zone
    return {
        "email": seen.email,
        "upcoming": [_booking(one, zone) for one in seen.upcoming],
        "past": [_booking(one, zone) for one in seen.past],
    }


def _booking(own: OwnBooking, zone: ZoneInfo) -> OwnBookingJson:
    row = own.booking
    total, paid = row.total_cents or 0, row.paid_cents or 0
    return {
        "number": row.number,
        "public_token": own.token,
        "status": row.status,
        "service": row.service_name,
        "start": iso(row.start, zone),
        "end": iso(row.end, zone),
        "rooms": list(row.room_names),
        "period": row.period,
        "total_cents": total,
        "paid_cents": paid,
        "balance_cents": total - paid,
        "deposit_due_at": iso_or_none(row.deposit_due_at, zone),
    }
