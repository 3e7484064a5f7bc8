"""Wishes for time that is taken, and the answers to what is offered."""

from typing import Annotated, Any
from zoneinfo import ZoneInfo

from fastapi import APIRouter, Query, Response

from services import waitlist
from services.core.fields import MAX_ID
from services.core.paging import PageRequest
from services.waitlist import PublicWish, WishView
from studio_app.api.answers import COMMANDS, created_once, documented, in_zone, ok
from studio_app.api.bodies import IdempotencyKey, PathId, Token
from studio_app.api.deps import Who
from studio_app.api.waitlist.schemas import (
    PublicWishAnswer,
    PublicWishBody,
    PublicWishMade,
    StaffWishBody,
    WishAnswer,
    WishesAnswer,
    WishQuery,
    public_json,
    wish_json,
    wishes_json,
)

router = APIRouter(prefix="/api", tags=["Waitlist"])

_ANSWERS = (400, 401, 403, 404, 409, 422)
_POSTS = (400, 403, 404, 409, 413, 422, 429)

OfferId = Annotated[
    int | None, Query(ge=1, le=MAX_ID, description="The offer that is answered; by default the open one")
]


@router.get("/waitlist", responses=documented(WishesAnswer, 401, 403, 422))
def list_wishes(query: Annotated[WishQuery, Query()], who: Who) -> Response:
    page = PageRequest(query.page, query.page_size, query.sort)
    return ok(wishes_json(*who.run(in_zone(waitlist.list_wishes), page, query.filters())))


@router.post("/waitlist", status_code=201, responses=documented(WishAnswer, *COMMANDS, status=201))
def add(body: StaffWishBody, who: Who, idempotency_key: IdempotencyKey = None) -> Response:
    """The same open wish of a client twice is one."""
    return created_once(who, idempotency_key, waitlist.wish, body.to_new(), shape=_answer)


@router.delete("/waitlist/{wish_id}", responses=documented(WishAnswer, *_ANSWERS))
def withdraw(wish_id: PathId, who: Who) -> Response:
    """An open offer is declined with it."""
    return ok(_answer(*who.run(in_zone(waitlist.withdraw), wish_id)))


@router.post("/waitlist/{wish_id}/accept", responses=documented(WishAnswer, *_ANSWERS))
def accept(wish_id: PathId, who: Who, offer_id: OfferId = None) -> Response:
    """Staff take the offer for the client."""
    return ok(_answer(*who.run(in_zone(waitlist.accept), wish_id, offer_id)))


@router.post("/waitlist/{wish_id}/decline", responses=documented(WishAnswer, *_ANSWERS))
def decline(wish_id: PathId, who: Who, offer_id: OfferId = None) -> Response:
    return ok(_answer(*who.run(in_zone(waitlist.decline), wish_id, offer_id)))


@router.post(
    "/public/waitlist",
    status_code=201,
    responses=documented(PublicWishMade, *_POSTS, status=201),
)
def add_public(body: PublicWishBody, who: Who, idempotency_key: IdempotencyKey = None) -> Response:
    """The client's own wish; offers come by e-mail."""
    return created_once(who, idempotency_key, waitlist.public_wish, body.to_new(), shape=_made)


@router.get("/public/waitlist/{token}", responses=documented(PublicWishAnswer, 404, 422))
def read_public(token: Token, who: Who) -> Response:
    return ok(public_json(*who.run(in_zone(waitlist.get_public), token)))


@router.post("/public/waitlist/{token}/accept", responses=documented(PublicWishAnswer, *_POSTS))
def accept_public(token: Token, who: Who, offer_id: OfferId = None) -> Response:
    """The booking is theirs: `offer.booking_token` leads to it."""
    return ok(public_json(*who.run(in_zone(waitlist.accept_public), token, offer_id)))


@router.post("/public/waitlist/{token}/decline", responses=documented(PublicWishAnswer, *_POSTS))
def decline_public(token: Token, who: Who, offer_id: OfferId = None) -> Response:
    return ok(public_json(*who.run(in_zone(waitlist.decline_public), token, offer_id)))


@router.delete("/public/waitlist/{token}", responses=documented(PublicWishAnswer, *_POSTS))
def withdraw_public(token: Token, who: Who) -> Response:
    return ok(public_json(*who.run(in_zone(waitlist.withdraw_public), token)))


def _answer(wish: WishView, zone: ZoneInfo) -> dict[str, Any]:
    return {"wish": wish_json(wish, zone)}


def _made(wish: PublicWish, zone: ZoneInfo) -> dict[str, Any]:
    return {**public_json(wish, zone), "token": wish.token}
