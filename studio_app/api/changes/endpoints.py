"""A booking that was sold changes: each path shows with `?preview=true` what it would mean, and stores nothing."""

from typing import Annotated

from fastapi import APIRouter, Query, Response

from services import bookings, changes
from services.changes import Change
from studio_app.api.answers import COMMANDS, documented, in_zone, ok, whole_list
from studio_app.api.bodies import Number
from studio_app.api.bookings.shapes import BookingAnswer
from studio_app.api.bookings.views import booking_answer, booking_json
from studio_app.api.changes.bodies import (
    DetailsBody,
    EngineerBody,
    ExchangeBody,
    ExtendBody,
    RoomBody,
    RoomsBody,
    TimeBody,
    VersionBody,
)
from studio_app.api.changes.views import (
    CHANGE_REFUSED,
    VERSION_CHANGED,
    BookingOrPreview,
    ChangesAnswer,
    ExchangedOrPreview,
    MaybePreviewAnswer,
    change_json,
    preview_answer,
    preview_json,
)
from studio_app.api.deps import Who

router = APIRouter(prefix="/api/bookings", tags=["Changes"])

Preview = Annotated[bool, Query(description="Say what it would mean; store nothing.")]

_CHANGES = documented(BookingOrPreview, *COMMANDS) | CHANGE_REFUSED


@router.patch("/{number}", responses=documented(BookingAnswer, *COMMANDS) | VERSION_CHANGED)
def update_details(number: Number, body: DetailsBody, who: Who) -> Response:
    return ok(booking_answer(who.run(bookings.update_details, number, body.to_details(), body.version)))


@router.post("/{number}/extend", responses=_CHANGES)
def extend(number: Number, body: ExtendBody, who: Who, preview: Preview = False) -> Response:
    return _answer(who, number, body.to_change(), preview)


@router.patch("/{number}/time", responses=_CHANGES)
def move(number: Number, body: TimeBody, who: Who, preview: Preview = False) -> Response:
    return _answer(who, number, body.to_change(), preview)


@router.patch("/{number}/room", responses=_CHANGES)
def swap_room(number: Number, body: RoomBody, who: Who, preview: Preview = False) -> Response:
    """Rooms may be swapped at any time. Pricing will reflect assigned room."""
    return _answer(who, number, body.to_change(), preview)


@router.post("/{number}/exchange", responses=documented(ExchangedOrPreview, *COMMANDS) | CHANGE_REFUSED)
def exchange(number: Number, body: ExchangeBody, who: Who, preview: Preview = False) -> Response:
    """Two sessions of the same time give each other a room, in one change; undo of either takes back both."""
    if preview:
        both, zone = who.run(in_zone(changes.preview_exchange), number, body.to_exchange())
        return ok({"previews": [preview_json(one, zone) for one in both]})
    made = who.run(changes.exchange_rooms, number, body.to_exchange())
    return ok({"bookings": [booking_json(one) for one in made]})


@router.patch("/{number}/rooms", responses=_CHANGES)
def set_rooms(number: Number, body: RoomsBody, who: Who, preview: Preview = False) -> Response:
    return _answer(who, number, body.to_change(), preview)


@router.patch("/{number}/engineer", responses=_CHANGES)
def swap_engineer(number: Number, body: EngineerBody, who: Who, preview: Preview = False) -> Response:
    return _answer(who, number, body.to_change(), preview)


@router.post("/{number}/undo", responses=documented(BookingAnswer, *COMMANDS) | CHANGE_REFUSED)
def undo(number: Number, who: Who, body: VersionBody | None = None) -> Response:
    """The last change to time, rooms or engineer: all is as it was before, or it is refused."""
    version = body.version if body else None
    return ok(booking_answer(who.run(changes.undo, number, version)))


@router.get("/{number}/overtime", responses=documented(MaybePreviewAnswer, 401, 403, 404, 422))
def overtime(number: Number, who: Who) -> Response:
    """What it ran longer than was sold, as the line that would be charged; null: nothing."""
    found, zone = who.run(in_zone(changes.overtime), number)
    return ok(preview_answer(found, zone) if found else {"preview": None})


@router.post("/{number}/overtime", responses=documented(BookingAnswer, *COMMANDS) | VERSION_CHANGED)
def charge_overtime(number: Number, who: Who, body: VersionBody | None = None) -> Response:
    version = body.version if body else None
    return ok(booking_answer(who.run(changes.charge_overtime, number, version)))


@router.get("/{number}/changes", responses=documented(ChangesAnswer, 401, 403, 404, 422))
def list_changes(number: Number, who: Who) -> Response:
    found, zone = who.run(in_zone(changes.changes_of), number)
    return ok(whole_list([change_json(one, zone) for one in found]))


def _answer(who: Who, number: str, change: Change, preview: bool) -> Response:
    if preview:
        return ok(preview_answer(*who.run(in_zone(changes.preview), number, change)))
    return ok(booking_answer(who.run(changes.apply, number, change)))
