"""Calendar addresses, and the calendars behind them."""

from email.utils import format_datetime
from typing import Annotated
from zoneinfo import ZoneInfo

from fastapi import APIRouter, Header, Query, Response
from typing_extensions import TypedDict

from services import feeds
from services.feeds import FeedKind, FeedSubject, FeedView, NewFeed
from studio_app.api.answers import (
    COMMANDS,
    Instant,
    ListAnswer,
    created,
    documented,
    in_zone,
    iso,
    iso_or_none,
    ok,
    refusals,
    whole_list,
)
from studio_app.api.bodies import Body, Id, Line, PathId, Token
from studio_app.api.deps import Who

router = APIRouter(tags=["Calendar addresses"])

_CALENDAR = {"description": "The calendar", "content": {"text/calendar": {"schema": {"type": "string"}}}}
_UNCHANGED = {"description": "As it was with that ETag"}


class FeedBody(Body):
    kind: FeedKind
    id: Id
    label: Line = ""


class FeedJson(TypedDict):
    id: int
    kind: FeedKind
    of: int
    label: str
    created_at: Instant
    created_by: str
    last_read_at: Instant | None
    answers: bool


class FeedsAnswer(ListAnswer):
    data: list[FeedJson]


class NewFeedAnswer(TypedDict):
    """`url` is told this once."""

    feed: FeedJson
    url: str


@router.get("/api/feeds", responses=documented(FeedsAnswer, 401, 403, 422))
def list_feeds(who: Who, kind: FeedKind, id: Annotated[int, Query(ge=1, le=2**31 - 1)]) -> Response:
    found, zone = who.run(in_zone(feeds.list_feeds), FeedSubject(kind, id))
    return ok(whole_list([_feed(feed, zone) for feed in found]))


@router.post("/api/feeds", status_code=201, responses=documented(NewFeedAnswer, *COMMANDS, status=201))
def create(body: FeedBody, who: Who) -> Response:
    """The address is in this answer and nowhere else."""
    return _made(*who.run(in_zone(feeds.create_feed), FeedSubject(body.kind, body.id), body.label))


@router.delete("/api/feeds/{id}", status_code=204, responses=refusals(401, 403, 404, 422))
def revoke(id: PathId, who: Who) -> Response:
    who.run(feeds.revoke_feed, id)
    return Response(status_code=204)


@router.get(
    "/api/feeds/{token}.ics",
    response_class=Response,
    responses={200: _CALENDAR, 304: _UNCHANGED} | refusals(404, 422, 429),
)
def read(token: Token, who: Who, if_none_match: Annotated[str, Header(max_length=200)] = "") -> Response:
    """To subscribe to. The address is the only key, as long as who made it may see what it shows."""
    calendar = who.run(feeds.render, token)
    headers = {
        "ETag": f'"{calendar.etag}"',
        "Last-Modified": format_datetime(calendar.changed_at, usegmt=True),
        "Cache-Control": "private, max-age=60",
        "X-Content-Type-Options": "nosniff",
        "X-Robots-Tag": "noindex",
    }
    if calendar.etag in if_none_match:
        return Response(status_code=304, headers=headers)
    return Response(calendar.content, media_type="text/calendar; charset=utf-8", headers=headers)


def _made(made: NewFeed, zone: ZoneInfo) -> Response:
    return created({"feed": _feed(made.view, zone), "url": feeds.url_of(made.token)})


def _feed(feed: FeedView, zone: ZoneInfo) -> FeedJson:
    return {
        "id": feed.id,
        "kind": feed.subject.kind,
        "of": feed.subject.id,
        "label": feed.label,
        "created_at": iso(feed.created_at, zone),
        "created_by": feed.created_by,
        "last_read_at": iso_or_none(feed.last_read_at, zone),
        "answers": feed.answers,
    }
