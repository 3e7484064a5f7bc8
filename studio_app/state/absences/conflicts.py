"""Sessions that time off falls on, and the requests to be replaced in them."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from services import changes
from services.bookings import BookingStatus
from services.changes import SwapRequestView
from services.core import dates as when
from services.core.access import Actor, Permission
from services.core.studio import Studio, studio_info
from studio_app import routes

_ASKABLE = (BookingStatus.PENDING, BookingStatus.CONFIRMED)


@dataclass(frozen=True)
class InWay:
    number: str
    href: str
    when: str
    what: str
    can_ask: bool
    """Whether its engineer may still ask to be replaced in it."""
    is_asked: bool


@dataclass(frozen=True)
class RequestRow:
    id: int
    number: str
    href: str
    swap_href: str
    """Where another engineer is chosen."""
    who: str
    when: str
    what: str
    reason: str


def in_way_rows(
    sessions: Iterable[Mapping[str, Any]], asked: Collection[str], *, is_own: bool, now: datetime
) -> list[InWay]:
    """`is_own`: they are of the engineer in front of the screen; others go and change the session."""
    return [
        InWay(
            number=one["number"],
            href=routes.booking(one["number"]) if is_own else routes.booking_swap(one["number"]),
            when=one["when"],
            what=" · ".join(filter(None, (one["client"], *one["rooms"]))),
            can_ask=is_own and is_askable(one["status"], datetime.fromisoformat(one["start"]), now),
            is_asked=one["number"] in asked,
        )
        for one in sessions
    ]


def is_askable(status: str, start: datetime, now: datetime) -> bool:
    return status in _ASKABLE and start > now


def own_requests(session: Any, actor: Actor, engineer_id: int) -> list[RequestRow]:
    """The open ones of one engineer."""
    found = changes.open_requests(session, actor) if actor.can(Permission.UPDATE_OWN_AVAILABILITY) else ()
    studio = studio_info(session)
    return [request_row(one, studio) for one in found if one.engineer_id == engineer_id]


def request_row(request: SwapRequestView, studio: Studio) -> RequestRow:
    return RequestRow(
        id=request.id,
        number=request.number,
        href=routes.booking(request.number),
        swap_href=routes.booking_swap(request.number),
        who=request.engineer_name,
        when=when.session_text(request.start, request.end, studio),
        what=" · ".join((request.client_name, *request.room_names)),
        reason=request.reason,
    )
