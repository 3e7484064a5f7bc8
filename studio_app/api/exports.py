"""Lists as CSV, filtered as they are on the screen."""

import csv
import io
from collections.abc import Iterable
from typing import Annotated
from zoneinfo import ZoneInfo

from fastapi import APIRouter, Query, Response
from pydantic import BaseModel, BeforeValidator

from services import bookings, clients, waitlist
from services.bookings import BookingRow
from services.clients import ClientRow, ClientSource, ClientStatus
from services.holds import HoldView
from services.waitlist import WishView
from studio_app.api.answers import in_zone, iso, iso_or_none, refusals
from studio_app.api.bodies import Line, blank_is_none
from studio_app.api.booking_filters import BookingQuery
from studio_app.api.deps import LongWho
from studio_app.api.downloads import attachment
from studio_app.api.holds import HoldsFilter, found_by
from studio_app.api.waitlist_shapes import WishFilter

router = APIRouter(prefix="/api/export", tags=["Exports"])

_CSV = {200: {"content": {"text/csv": {}}, "description": "The list"}}
_FORMULA = ("=", "+", "-", "@", "\t", "\r")

_COLUMNS = (
    "number", "status", "source", "mode", "date", "start", "end", "client", "artist", "service", "rooms",
    "engineer", "period", "signed", "total", "paid", "balance", "deposit",
)  # fmt: skip
_CLIENT_COLUMNS = (
    "name", "email", "phone", "label", "status", "source", "artists", "sessions", "last_session",
)  # fmt: skip
_HOLD_COLUMNS = (
    "number", "rank", "start", "end", "client", "artist", "service", "rooms", "engineer", "placed", "ends_by_itself",
    "challenged_by", "answer_by", "blocked_by",
)  # fmt: skip
_WISH_COLUMNS = (
    "status", "client", "artist", "service", "rooms", "engineer", "first_day", "last_day", "not_before", "not_after",
    "minutes", "since", "offered", "answer_by", "notes",
)  # fmt: skip


class ClientQuery(BaseModel):
    q: Line = ""
    status: Annotated[ClientStatus | None, BeforeValidator(blank_is_none)] = None
    source: Annotated[ClientSource | None, BeforeValidator(blank_is_none)] = None
    deleted: bool = False


@router.get("/bookings.csv", response_class=Response, responses=_CSV | refusals(401, 403, 422))
def bookings_csv(query: Annotated[BookingQuery, Query()], who: LongWho) -> Response:
    """Money in the studio's currency, times in its zone."""
    rows, zone = who.run(in_zone(bookings.all_bookings), query.sort, query.filters())
    content = _csv(_COLUMNS, (_cells(row, zone) for row in rows))
    return attachment(content, "bookings.csv", "text/csv; charset=utf-8")


@router.get("/clients.csv", response_class=Response, responses=_CSV | refusals(401, 403, 422))
def clients_csv(query: Annotated[ClientQuery, Query()], who: LongWho) -> Response:
    rows = who.run(clients.all_clients, query.q, query.status, query.source, deleted=query.deleted)
    content = _csv(_CLIENT_COLUMNS, (_client_cells(row) for row in rows))
    return attachment(content, "clients.csv", "text/csv; charset=utf-8")


@router.get("/holds.csv", response_class=Response, responses=_CSV | refusals(401, 403, 422))
def holds_csv(query: Annotated[HoldsFilter, Query()], who: LongWho) -> Response:
    found, zone = who.run(in_zone(found_by), query)
    content = _csv(_HOLD_COLUMNS, (_hold_cells(hold, zone) for hold in found))
    return attachment(content, "holds.csv", "text/csv; charset=utf-8")


@router.get("/waitlist.csv", response_class=Response, responses=_CSV | refusals(401, 403, 422))
def waitlist_csv(query: Annotated[WishFilter, Query()], who: LongWho) -> Response:
    found, zone = who.run(in_zone(waitlist.all_wishes), query.sort, query.filters())
    content = _csv(_WISH_COLUMNS, (_wish_cells(wish, zone) for wish in found))
    return attachment(content, "waitlist.csv", "text/csv; charset=utf-8")


def _hold_cells(hold: HoldView, zone: ZoneInfo) -> tuple[str, ...]:
    return (
        hold.number,
        str(hold.rank),
        iso(hold.start, zone),
        iso(hold.end, zone),
        hold.client_name,
        hold.artist_name,
        hold.service_name,
        ", ".join(hold.room_names),
        hold.engineer_name,
        iso(hold.placed_at, zone),
        iso_or_none(hold.expires_at, zone) or "",
        hold.challenge.by_number if hold.challenge else "",
        iso(hold.challenge.due_at, zone) if hold.challenge else "",
        hold.blocked_by,
    )


def _wish_cells(wish: WishView, zone: ZoneInfo) -> tuple[str, ...]:
    hours = (f"{at:%H:%M}" if at else "" for at in (wish.not_before, wish.not_after))
    return (
        wish.status,
        wish.client.name,
        wish.artist_name,
        wish.service_name,
        ", ".join(room.name for room in wish.rooms),
        wish.engineer.name if wish.engineer else "",
        wish.first_day.isoformat(),
        wish.last_day.isoformat(),
        *hours,
        str(wish.minutes),
        iso(wish.created_at, zone),
        wish.offer.number if wish.offer else "",
        iso(wish.offer.due_at, zone) if wish.offer else "",
        wish.notes,
    )


def _client_cells(row: ClientRow) -> tuple[str, ...]:
    last = row.last_session_on.isoformat() if row.last_session_on else ""
    who = (row.name, row.email or "", row.phone or "", row.label, row.status, row.source)
    return (*who, str(row.artist_count), str(row.session_count), last)


def _cells(row: BookingRow, zone: ZoneInfo) -> tuple[str, ...]:
    return (
        row.number,
        row.status,
        row.source,
        row.mode,
        row.business_date.isoformat(),
        iso(row.start, zone),
        iso(row.end, zone),
        row.client_name,
        row.artist_name,
        row.service_name,
        ", ".join(row.room_names),
        row.engineer_name,
        row.period,
        "yes" if row.is_signed else "no",
        *(_amount(cents) for cents in (row.total_cents, row.paid_cents, row.balance_cents, row.deposit_cents)),
    )


def _amount(cents: int | None) -> str:
    return "" if cents is None else f"{cents / 100:.2f}"


def _csv(header: Iterable[str], rows: Iterable[tuple[str, ...]]) -> bytes:
    text = io.StringIO()
    writer = csv.writer(text)
    writer.writerow(header)
    writer.writerows(tuple(_plain(cell) for cell in row) for row in rows)
    return text.getvalue().encode("utf-8-sig")


def _plain(cell: str) -> str:
    """Text that a spreadsheet would take for a formula stays text."""
    is_number = cell.lstrip("-").replace(".", "", 1).isdigit()
    return f"'{cell}" if cell.startswith(_FORMULA) and not is_number else cell
