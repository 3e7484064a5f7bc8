"""Lists as CSV, filtered as they are on the screen."""

import csv
import io
from collections.abc import Iterable
from datetime import date, datetime, time
from typing import Annotated, Any, TypeAlias
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


Cell: TypeAlias = str | int | date | time | datetime | None

_COLUMNS = (
    "number", "status", "source", "mode", "date", "start", "end", "client", "artist", "service", "rooms",
    "engineer", "period", "signed", "total", "paid", "balance", "deposit",
)  # fmt: skip
_CLIENT_COLUMNS = {
    "name": "name", "email": "email", "phone": "phone", "phone_extension": "phone_extension", "label": "label",
    "status": "status", "source": "source", "artist_count": "artists", "session_count": "sessions",
    "last_session_on": "last_session",
}  # fmt: skip
"""What is called otherwise, or stands before the rest of what is kept about a client, by its field."""
_CLIENT_FIELDS = dict.fromkeys([*_CLIENT_COLUMNS, *(one.name for one in record_fields(NewClient))])
_HOLD_COLUMNS = (
    "number", "rank", "start", "end", "client", "artist", "service", "rooms", "engineer", "placed", "ends_by_itself",
    "challenged_by", "answer_by", "blocked_by",
)  # fmt: skip
_WISH_COLUMNS = (
    "status", "client", "artist", "service", "rooms", "engineer", "first_day", "last_day", "not_before", "not_after",
    "minutes", "since", "offered", "answer_by", "notes",
)  # fmt: skip
_MOMENTS = {"start", "end", "placed", "ends_by_itself", "answer_by", "since"}


class ClientQuery(BaseModel):
    q: Line = ""
    status: Annotated[ClientStatus | None, BeforeValidator(blank_is_none)] = None
    source: Annotated[ClientSource | None, BeforeValidator(blank_is_none)] = None
    deleted: bool = False


@router.get("/bookings.csv", response_class=Response, responses=_CSV | refusals(401, 403, 422))
def bookings_csv(query: Annotated[BookingQuery, Query()], who: LongWho) -> Response:
    """Money in the studio's currency, times in its zone."""
    rows, zone = who.run(in_zone(bookings.all_bookings), query.sort, query.filters())
    content = _csv(_COLUMNS, (_cells(row) for row in rows), zone)
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
    content = _csv(_HOLD_COLUMNS, (_hold_cells(hold) for hold in found), zone)
    return attachment(content, "holds.csv", "text/csv; charset=utf-8")


@router.get("/waitlist.csv", response_class=Response, responses=_CSV | refusals(401, 403, 422))
def waitlist_csv(query: Annotated[WishFilter, Query()], who: LongWho) -> Response:
    found, zone = who.run(in_zone(waitlist.all_wishes), query.sort, query.filters())
    content = _csv(_WISH_COLUMNS, (_wish_cells(wish) for wish in found), zone)
    return attachment(content, "waitlist.csv", "text/csv; charset=utf-8")


def _hold_cells(hold: HoldView) -> tuple[Cell, ...]:
    return (
        hold.number,
        hold.rank,
        hold.start,
        hold.end,
        hold.client_name,
        hold.artist_name,
        hold.service_name,
        ", ".join(hold.room_names),
        hold.engineer_name,
        hold.placed_at,
        hold.expires_at,
        hold.challenge.by_number if hold.challenge else None,
        hold.challenge.due_at if hold.challenge else None,
        hold.blocked_by,
    )


def _wish_cells(wish: WishView) -> tuple[Cell, ...]:
    return (
        wish.status,
        wish.client.name,
        wish.artist_name,
        wish.service_name,
        ", ".join(room.name for room in wish.rooms),
        wish.engineer.name if wish.engineer else None,
        wish.first_day,
        wish.last_day,
        wish.not_before,
        wish.not_after,
        wish.minutes,
        wish.created_at,
        wish.offer.number if wish.offer else None,
        wish.offer.due_at if wish.offer else None,
        wish.notes,
    )


def _client_cells(row: ClientRow) -> tuple[Cell, ...]:
    return tuple(_client_cell(name, getattr(row, name)) for name in _CLIENT_FIELDS)


def _client_cell(name: str, value: Any) -> Cell:
    if name.endswith("_cents"):
        return _amount(value)
    return Plain(value or "") if name in ("phone", "phone_extension") else value


def _cells(row: BookingRow) -> tuple[Cell, ...]:
    return (
        row.number,
        row.status,
        row.source,
        row.mode,
        row.business_date,
        row.start,
        row.end,
        row.client_name,
        row.artist_name,
        row.service_name,
        ", ".join(row.room_names),
        row.engineer_name,
        row.period,
        "yes" if row.is_signed else "no",
        *(_amount(cents) for cents in (row.total_cents, row.paid_cents, row.balance_cents, row.deposit_cents)),
    )


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
