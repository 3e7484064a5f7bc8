"""What is known about a client, table by table, and what of it may outlast them.

Whatever is not kept here is forgotten: a new column is, without anybody thinking of it, and a new table fails
tests/clients/test_personal.py until it stands here. Keys are kept, for they say nothing by themselves.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import ColumnElement, String, Table, cast, func, literal, or_
from sqlalchemy.dialects.postgresql import JSONPATH
from sqlmodel import SQLModel, col, select

from models.bookings import Booking, BookingAuthorization, BookingDraft, BookingLine, BookingMic, BookingRoom, Upload
from models.changes import BookingChange, ChangeRequest, SwapRequest
from models.clients import Artist, Client, ClientAddress
from models.feeds import Feed
from models.holds import Hold, HoldChallenge
from models.idempotency import AnsweredRequest
from models.my import ClientLink, ClientSession
from models.outbox import Delivery
from models.payments import Payment
from models.presence import Presence
from models.scheduling import Allocation
from models.waitlist import WaitlistOffer, WaitlistWish

EVERYTHING = frozenset({"*"})


@dataclass(frozen=True, slots=True)
class Person:
    client_id: int
    name: str
    email: str | None
    phone: str | None
    bookings: Sequence[int]


@dataclass(frozen=True, slots=True)
class Known:
    """Rows about a client."""

    table: type[SQLModel]
    rows: Callable[[Person], ColumnElement[bool]]
    keep: frozenset[str] = frozenset()
    """Columns that stay as they are; the others are emptied."""
    instead: Mapping[str, Any] = field(default_factory=dict)
    """What a column that cannot be empty holds afterwards."""
    goes: bool = False
    """The row is of no use without the client: it is deleted."""
    told_as: str = ""
    """Its name in the client's export; none: about the client, but not theirs to read."""
    told: Callable[[Person], ColumnElement[bool]] | None = None
    """Which of the rows the export holds, where not all."""
    secret: frozenset[str] = frozenset()
    """Columns that are no data about a person: keys to pages, places on a disk."""


def _kept(names: str) -> frozenset[str]:
    return frozenset(names.split())


def _another(token: str) -> dict[str, Any]:
    """Whoever has the old link finds nothing behind it; nobody has the new one (122 random bits)."""
    return {token: cast(func.gen_random_uuid(), String)}


def _of_client(table: Any) -> Callable[[Person], ColumnElement[bool]]:
    return lambda person: col(table.client_id) == person.client_id


def _of_bookings(table: Any) -> Callable[[Person], ColumnElement[bool]]:
    return lambda person: col(table.booking_id).in_(person.bookings)


def _holds(column: str) -> Callable[[Person], ColumnElement[bool]]:
    ids: Any = col(getattr(HoldChallenge, column))
    return lambda person: ids.in_(person.bookings)


def _uploads(person: Person) -> ColumnElement[bool]:
    of_drafts = select(BookingDraft.id).where(_drafts(person))
    return or_(
        col(Upload.client_id) == person.client_id,
        col(Upload.booking_id).in_(person.bookings),
        col(Upload.draft_id).in_(of_drafts),
    )


def _drafts(person: Person) -> ColumnElement[bool]:
    """A half-filled wizard names its client by number, or only in what was typed."""
    typed = cast(BookingDraft.data, String)
    said = [typed.icontains(f'"{one}"', autoescape=True) for one in (person.email, person.phone) if one]
    return or_(_has(BookingDraft.data, f"$.**.client_id ? (@ == {person.client_id})"), *said)


def _has(json: Any, path: str) -> ColumnElement[bool]:
    return func.jsonb_path_exists(json, cast(literal(path), JSONPATH))


def _answers(person: Person) -> ColumnElement[bool]:
    """What was answered to a program within the last day."""
    answer = cast(AnsweredRequest.answer, String)
    said = [answer.icontains(f'"{one}"', autoescape=True) for one in (person.email, person.phone, person.name) if one]
    return or_(_has(AnsweredRequest.answer, f"$.**.client.id ? (@ == {person.client_id})"), *said)


def _mails(person: Person) -> ColumnElement[bool]:
    """Also what went to staff: the client's name or address is in it."""
    of_bookings = col(Delivery.booking_id).in_(person.bookings)
    if not person.email:
        return of_bookings
    return or_(of_bookings, _mails_to(person), col(Delivery.body).icontains(person.email, autoescape=True))


def _mails_to(person: Person) -> ColumnElement[bool]:
    return func.lower(Delivery.to) == person.email


def _offers(person: Person) -> ColumnElement[bool]:
    own = select(WaitlistWish.id).where(col(WaitlistWish.client_id) == person.client_id)
    return col(WaitlistOffer.wish_id).in_(own)


KNOWN = (
    Known(
        Client,
        lambda person: col(Client.id) == person.client_id,
        _kept("status source created_at deleted_at"),
        {"name": func.concat("Anonymised client ", col(Client.id))},
        told_as="client",
    ),
    Known(
        Artist,
        _of_client(Artist),
        _kept("kind is_active"),
        {"name": func.concat("Artist ", col(Artist.id))},
        told_as="artists",
    ),
    Known(ClientAddress, _of_client(ClientAddress), goes=True, told_as="addresses"),
    # What was agreed, sold and paid stays (domain 3).
    Known(
        Booking,
        _of_client(Booking),
        _kept(
            "number status source mode start end business_date minutes buffer_minutes service_code "
            "service_name service_pricing service_price_cents engineer_rate_cents currency tax_rate_pct policy terms "
            "terms_version discount_pct deposit_cents deposit_due_at referral_type created_at checked_in_at "
            "checked_out_at freed_from cancelled_at version"
        ),
        _another("public_token"),
        told_as="bookings",
        secret=_kept("public_token"),
    ),
    Known(BookingRoom, _of_bookings(BookingRoom), EVERYTHING, told_as="rooms"),
    Known(BookingMic, _of_bookings(BookingMic), EVERYTHING, told_as="microphones"),
    Known(BookingLine, _of_bookings(BookingLine), EVERYTHING, told_as="lines"),
    Known(Payment, _of_bookings(Payment), EVERYTHING, told_as="payments", secret=_kept("idempotency_key")),
    Known(
        BookingAuthorization,
        _of_bookings(BookingAuthorization),
        _kept("type signed_at terms_version terms_hash"),
        {"name": "Anonymised"},
        told_as="authorizations",
    ),
    Known(
        BookingChange,
        _of_bookings(BookingChange),
        _kept("kind before after price_difference_cents changed_at undone_at"),
        told_as="changes",
    ),
    Known(
        ChangeRequest,
        _of_bookings(ChangeRequest),
        _kept("wish status created_at resolved_at"),
        told_as="requests",
    ),
    Known(SwapRequest, _of_bookings(SwapRequest), _kept("status created_at resolved_at")),
    Known(Hold, lambda person: col(Hold.id).in_(person.bookings), EVERYTHING, told_as="holds"),
    Known(HoldChallenge, _holds("challenger_id"), EVERYTHING, told_as="challenges"),
    Known(Allocation, _of_bookings(Allocation), EVERYTHING),
    Known(Presence, _of_bookings(Presence), EVERYTHING),
    Known(Upload, _uploads, goes=True, told_as="files", secret=_kept("name_on_disk")),
    Known(
        WaitlistWish,
        _of_client(WaitlistWish),
        _kept("room_ids first_day last_day not_before not_after minutes status created_at"),
        _another("token"),
        told_as="wishes",
        secret=_kept("token"),
    ),
    Known(WaitlistOffer, _offers, EVERYTHING, told_as="offers"),
    Known(
        Feed,
        _of_client(Feed),
        _kept("token_hash created_at last_read_at revoked_at"),
        told_as="calendar_links",
        secret=_kept("token_hash"),
    ),
    Known(
        Delivery,
        _mails,
        _kept("type status retry_count next_retry_at sent_at opened_at created_at"),
        {"subject": "Anonymised"},
        told_as="mails",
        told=_mails_to,
    ),
    Known(ClientLink, _of_client(ClientLink), goes=True, told_as="links", secret=_kept("token_hash")),
    Known(ClientSession, _of_client(ClientSession), goes=True, told_as="sign_ins", secret=_kept("token_hash")),
    Known(BookingDraft, _drafts, goes=True),
    Known(AnsweredRequest, _answers, goes=True),
)

NOT_OF_CLIENTS = _kept(
    "allowance_use booking_series capacity_day closure engineer engineer_rate extra_availability gear_unit lockout "
    "mic_option online_booking password_reset performer period rate_rule refused_attempt resource room "
    "room_engineer room_price_limit service service_price studio_info time_off user user_session working_hours"
)
"""Of the studio and its people."""
OUTLASTS = _kept("audit_log")
"""Append-only (domain 1), and it stays when a client is forgotten (domain 3)."""


def table_of(known: Known) -> Table:
    table: Table = known.table.__table__  # type: ignore[attr-defined]
    return table


def forgotten(known: Known) -> dict[str, Any]:
    """The columns to empty, and what they hold then."""
    if known.goes or known.keep == EVERYTHING:
        return {}
    lost = [
        one
        for one in table_of(known).columns
        if not (one.primary_key or one.foreign_keys or one.computed or one.name in known.keep)
    ]
    empty = {one.name: None if one.nullable else _EMPTY.get(_kind(one.type)) for one in lost}
    return {name: known.instead.get(name, value) for name, value in empty.items()}


def _kind(type_: Any) -> str:
    return "enum" if getattr(type_, "enums", None) else str(type_).split("(")[0]


_EMPTY: dict[str, Any] = {"VARCHAR": "", "TEXT": "", "JSONB": {}}
