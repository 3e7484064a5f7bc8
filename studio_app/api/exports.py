"""Lists as CSV, filtered as they are on the screen."""

import csv
import io
from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import date, datetime, time
from typing import Annotated, Any, TypeAlias, TypeVar
from zoneinfo import ZoneInfo

from fastapi import APIRouter, Query, Response
from pydantic import BaseModel, BeforeValidator

from services import bookings, clients, waitlist
from services.bookings import BookingRow
from services.clients import ClientRow, ClientSource, ClientStatus, NewClient
from services.core import money
from services.core.records import record_fields
from services.holds import HoldView
from services.waitlist import WishView
from studio_app.api.answers import in_zone, refusals
from studio_app.api.bodies import Line, blank_is_none
from studio_app.api.bookings.filters import BookingQuery
from studio_app.api.deps import LongWho
from studio_app.api.downloads import attachment
from studio_app.api.holds.endpoints import HoldsFilter, found_by
from studio_app.api.waitlist.schemas import WishFilter

router = APIRouter(prefix="/api/export", tags=["Exports"])

_CSV = {200: {"content": {"text/csv": {}}, "description": "The list"}}
_FORMULA = ("=", "+", "-", "@", "\t", "\r")
"""Text that begins so a spreadsheet would take for a formula; an apostrophe keeps it text."""


class Plain(str):
    """What was checked or made by us, and can be no formula: a phone number, an amount."""

    __slots__ = ()


Row = TypeVar("Row")
Cell: TypeAlias = str | int | date | time | datetime | None

_CLIENT_COLUMNS = {
    "name": "name", "email": "email", "phone": "phone", "phone_extension": "phone_extension", "label": "label",
    "status": "status", "source": "source", "artist_count": "artists", "session_count": "sessions",
    "last_session_on": "last_session",
}  # fmt: skip
"""What is called otherwise, or stands before the rest of what is kept about a client, by its field."""
_CLIENT_FIELDS = dict.fromkeys([*_CLIENT_COLUMNS, *(one.name for one in record_fields(NewClient))])
_MOMENTS = {"start", "end", "placed", "ends_by_itself", "answer_by", "since"}


class ClientQuery(BaseModel):
    q: Line = ""
    status: Annotated[ClientStatus | None, BeforeValidator(blank_is_none)] = None
    source: Annotated[ClientSource | None, BeforeValidator(blank_is_none)] = None
    deleted: bool = False


_BOOKING_COLUMNS: dict[str, Callable[[BookingRow], Cell]] = {
    "number": lambda row: row.number,
    "status": lambda row: row.status,
    "source": lambda row: row.source,
    "mode": lambda row: row.mode,
    "date": lambda row: row.business_date,
    "start": lambda row: row.start,
    "end": lambda row: row.end,
    "client": lambda row: row.client_name,
    "artist": lambda row: row.artist_name,
    "service": lambda row: row.service_name,
    "rooms": lambda row: ", ".join(row.room_names),
    "engineer": lambda row: row.engineer_name,
    "period": lambda row: row.period,
    "signed": lambda row: "yes" if row.is_signed else "no",
    "total": lambda row: _amount(row.total_cents),
    "paid": lambda row: _amount(row.paid_cents),
    "balance": lambda row: _amount(row.balance_cents),
    "deposit": lambda row: _amount(row.deposit_cents),
}

_HOLD_COLUMNS: dict[str, Callable[[HoldView], Cell]] = {
    "number": lambda hold: hold.number,
    "rank": lambda hold: hold.rank,
    "start": lambda hold: hold.start,
    "end": lambda hold: hold.end,
    "client": lambda hold: hold.client_name,
    "artist": lambda hold: hold.artist_name,
    "service": lambda hold: hold.service_name,
    "rooms": lambda hold: ", ".join(hold.room_names),
    "engineer": lambda hold: hold.engineer_name,
    "placed": lambda hold: hold.placed_at,
    "ends_by_itself": lambda hold: hold.expires_at,
    "challenged_by": lambda hold: hold.challenge.by_number if hold.challenge else None,
    "answer_by": lambda hold: hold.challenge.due_at if hold.challenge else None,
    "blocked_by": lambda hold: hold.blocked_by,
}

_WISH_COLUMNS: dict[str, Callable[[WishView], Cell]] = {
    "status": lambda wish: wish.status,
    "client": lambda wish: wish.client.name,
    "artist": lambda wish: wish.artist_name,
    "service": lambda wish: wish.service_name,
    "rooms": lambda wish: ", ".join(room.name for room in wish.rooms),
    "engineer": lambda wish: wish.engineer.name if wish.engineer else None,
    "first_day": lambda wish: wish.first_day,
    "last_day": lambda wish: wish.last_day,
    "not_before": lambda wish: wish.not_before,
    "not_after": lambda wish: wish.not_after,
    "minutes": lambda wish: wish.minutes,
    "since": lambda wish: wish.created_at,
    "offered": lambda wish: wish.offer.number if wish.offer else None,
    "answer_by": lambda wish: wish.offer.due_at if wish.offer else None,
    "notes": lambda wish: wish.notes,
}


@router.get("/bookings.csv", response_class=Response, responses=_CSV | refusals(401, 403, 422))
def bookings_csv(query: Annotated[BookingQuery, Query()], who: LongWho) -> Response:
    """Money in the studio's currency, times in its zone."""
    rows, zone = who.run(in_zone(bookings.all_bookings), query.sort, query.filters())
    content = _csv(_BOOKING_COLUMNS, _cells(_BOOKING_COLUMNS, rows), zone)
    return attachment(content, "bookings.csv", "text/csv; charset=utf-8")


@router.get("/clients.csv", response_class=Response, responses=_CSV | refusals(401, 403, 422))
def clients_csv(query: Annotated[ClientQuery, Query()], who: LongWho) -> Response:
    rows, zone = who.run(in_zone(clients.all_clients), query.q, query.status, query.source, deleted=query.deleted)
    header = (_CLIENT_COLUMNS.get(name, name.removesuffix("_cents")) for name in _CLIENT_FIELDS)
    content = _csv(header, (_client_cells(row) for row in rows), zone)
    return attachment(content, "clients.csv", "text/csv; charset=utf-8")


@router.get("/holds.csv", response_class=Response, responses=_CSV | refusals(401, 403, 422))
def holds_csv(query: Annotated[HoldsFilter, Query()], who: LongWho) -> Response:
    found, zone = who.run(in_zone(found_by), query)
    content = _csv(_HOLD_COLUMNS, _cells(_HOLD_COLUMNS, found), zone)
    return attachment(content, "holds.csv", "text/csv; charset=utf-8")


@router.get("/waitlist.csv", response_class=Response, responses=_CSV | refusals(401, 403, 422))
def waitlist_csv(query: Annotated[WishFilter, Query()], who: LongWho) -> Response:
    found, zone = who.run(in_zone(waitlist.all_wishes), query.sort, query.filters())
    content = _csv(_WISH_COLUMNS, _cells(_WISH_COLUMNS, found), zone)
    return attachment(content, "waitlist.csv", "text/csv; charset=utf-8")


def _client_cells(row: ClientRow) -> tuple[Cell, ...]:
    return tuple(_client_cell(name, getattr(row, name)) for name in _CLIENT_FIELDS)


def _client_cell(name: str, value: Any) -> Cell:
    if name.endswith("_cents"):
        return _amount(value)
    return Plain(value or "") if name in ("phone", "phone_extension") else value


def _cells(columns: Mapping[str, Callable[[Row], Cell]], rows: Iterable[Row]) -> Iterator[tuple[Cell, ...]]:
    return (tuple(cell(row) for cell in columns.values()) for row in rows)


def _amount(cents: int | None) -> Cell:
    return None if cents is None else Plain(money.to_text(cents))


def _csv(header: Iterable[str], rows: Iterable[tuple[Cell, ...]], zone: ZoneInfo) -> bytes:
    """Moments are local, as a spreadsheet takes them for moments; their header names the zone."""
    text = io.StringIO()
    writer = csv.writer(text)
    writer.writerow(f"{name} ({zone.key})" if name in _MOMENTS else name for name in header)
    writer.writerows(tuple(_text(cell, zone) for cell in row) for row in rows)
    return text.getvalue().encode("utf-8-sig")


def _text(cell: Cell, zone: ZoneInfo) -> str:
    match cell:
        case None:
            return ""
        case Plain():
            return str(cell)
        case str():
            return f"'{cell}" if cell.startswith(_FORMULA) else cell
        case datetime():
            return f"{cell.astimezone(zone):%Y-%m-%d %H:%M}"
        case time():
            return f"{cell:%H:%M}"
        case date():
            return cell.isoformat()
        case _:
            return str(cell)
