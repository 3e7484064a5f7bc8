"""Words, money and times of bookings and clients as their screens show them."""

from dataclasses import dataclass
from datetime import datetime

from services.bookings import BookingRow, UploadView
from services.core import dates as when
from services.core import money
from services.core.studio import Studio
from studio_app import routes

_WORDS = {
    "CASH_APP": "Cash App",
    "CHECKED_IN": "In session",
    "CHECKBOX_ACKNOWLEDGMENT": "Ticked acknowledgement",
    "COMPLETED": "Finished",
    "DIGITAL_SIGNATURE": "Drawn signature",
    "EXTERNAL": "Someone else",
}
_MEGABYTE = 1024 * 1024


@dataclass(frozen=True)
class SessionRow:
    """A booking in a list."""

    number: str
    href: str
    status: str
    day: str
    time: str
    client: str
    artist: str
    service: str
    place: str
    engineer: str
    is_signed: bool
    total: str
    balance: str
    is_owed: bool


@dataclass(frozen=True)
class FileRow:
    name: str
    href: str
    about: str


def words(stored: str) -> str:
    """A stored word as people say it: `BANK_TRANSFER` → `Bank transfer`."""
    return _WORDS.get(stored, stored.replace("_", " ").capitalize())


def cents_text(cents: int | None, studio: Studio, currency: str = "") -> str:
    """Nothing where there is nothing to see."""
    return "" if cents is None else money.as_text(cents, currency or studio.currency, studio.locale)


def moment_text(at: datetime | None, studio: Studio) -> str:
    return "" if at is None else when.full_day_time_text(at, studio)


def soon_text(at: datetime | None, studio: Studio) -> str:
    """What is days away at most: the year goes without saying."""
    return "" if at is None else when.day_time_text(at, studio)


def size_text(size: int) -> str:
    return f"{size / _MEGABYTE:.1f} MB" if size >= _MEGABYTE else f"{max(1, size // 1024)} KB"


def session_row(row: BookingRow, studio: Studio) -> SessionRow:
    return SessionRow(
        number=row.number,
        href=routes.booking(row.number),
        status=row.status,
        day=when.full_day_text(row.business_date, studio),
        time="" if row.period else when.span_text(row.start, row.end, studio),
        client=row.client_name,
        artist=row.artist_name,
        service=row.service_name,
        place=f"Online, {row.period.lower()}" if row.period else ", ".join(row.room_names),
        engineer=row.engineer_name,
        is_signed=row.is_signed,
        total=cents_text(row.total_cents, studio),
        balance=cents_text(row.balance_cents, studio),
        is_owed=(row.balance_cents or 0) > 0,
    )


def file_row(file: UploadView, studio: Studio) -> FileRow:
    about = f"{size_text(file.size)} · {moment_text(file.uploaded_at, studio)}"
    return FileRow(file.name, routes.api_upload(file.id), about)
