"""Every path of the face, once."""

import re
from functools import cache
from urllib.parse import urlsplit

LANDING = "/"
BOOK = "/book"
BOOKING_PUBLIC = "/booking/[token]"
WAITLIST_PUBLIC = "/waitlist/[token]"
MY = "/my"
LOGIN = "/login"
SIGNED_OUT = "/login?signed_out=1"
RESET = "/reset"
NOT_FOUND = "/404"
NOT_ALLOWED = "/not-allowed"
WENT_WRONG = "/went-wrong"

TODAY = "/today"
CALENDAR = "/calendar"
BOOKINGS = "/bookings"
BOOKING_NEW = "/bookings/new"
BOOKING = "/bookings/[number]"
HOLDS = "/holds"
CLIENTS = "/clients"
CLIENT = "/clients/[client_id]"
WAITLIST = "/waitlist"
PROFILE = "/profile"
AVAILABILITY = "/availability"
CAPACITY = "/capacity"

SETTINGS = "/settings"
SETTINGS_STUDIO = "/settings/studio"
SETTINGS_ROOMS = "/settings/rooms"
SETTINGS_ENGINEERS = "/settings/engineers"
SETTINGS_PERFORMERS = "/settings/performers"
SETTINGS_PERFORMER = "/settings/performers/[settings_performer]"
SETTINGS_LOCKOUTS = "/settings/lockouts"
SETTINGS_SERVICES = "/settings/services"
SETTINGS_HOURS = "/settings/hours"
SETTINGS_MICS = "/settings/mics"
SETTINGS_PEOPLE = "/settings/people"
SETTINGS_PRICING = "/settings/pricing"
SETTINGS_MAIL = "/settings/mail"
SETTINGS_ONLINE = "/settings/online"
SETTINGS_ROOM = "/settings/rooms/[settings_room]"
SETTINGS_ENGINEER = "/settings/engineers/[settings_engineer]"

API = "/api/"
API_LOGIN = "/api/auth/login"
API_LOGOUT = "/api/auth/logout"
API_DOCS = "/api/docs"
API_BOOKINGS_CSV = "/api/export/bookings.csv"
API_CLIENTS_CSV = "/api/export/clients.csv"
API_HOLDS_CSV = "/api/export/holds.csv"
API_WAITLIST_CSV = "/api/export/waitlist.csv"
API_UPLOADS = "/api/uploads"
API_PUBLIC_BOOKINGS = "/api/public/bookings"
API_MY_SESSION = "/api/my/session"
API_MY_LEAVE = "/api/my/leave"


def booking(number: str) -> str:
    return f"{BOOKINGS}/{number}"


def booking_swap(number: str) -> str:
    """The booking with the choice of another engineer open."""
    return f"{BOOKINGS}/{number}?change=engineer"


def lockouts(room_id: int | str, start: str = "", end: str = "") -> str:
    """The form of a lockout, filled in. `start`, `end`: the studio's wall clock or days."""
    times = "".join(f"&{name}={at}" for name, at in (("start", start), ("end", end)) if at)
    return f"{SETTINGS_LOCKOUTS}?room={room_id}{times}"


def public_booking(token: str) -> str:
    return f"/booking/{token}"


def client(client_id: int | str) -> str:
    return f"{CLIENTS}/{client_id}"


def settings_room(room_id: int) -> str:
    return f"{SETTINGS_ROOMS}/{room_id}"


def settings_engineer(engineer_id: int) -> str:
    return f"{SETTINGS_ENGINEERS}/{engineer_id}"


def settings_performer(performer_id: int) -> str:
    return f"{SETTINGS_PERFORMERS}/{performer_id}"


def bookings_of(client_id: int) -> str:
    return f"{BOOKINGS}?client={client_id}"


def booking_new(client_id: int) -> str:
    return f"{BOOKING_NEW}?client={client_id}"


def api_signature(number: str) -> str:
    return f"/api/bookings/{number}/authorization/signature.png"


def api_upload(upload_id: int) -> str:
    return f"{API_UPLOADS}/{upload_id}"


def api_client_export(client_id: int) -> str:
    return f"/api/clients/{client_id}/export.json"


def is_page(address: str) -> bool:
    """Whether the app has a page there. An address of another site is none."""
    parts = urlsplit(address)
    return not parts.netloc and _pages().fullmatch(parts.path) is not None


@cache
def _pages() -> re.Pattern[str]:
    paths = {path for name, path in globals().items() if name.isupper() and not name.startswith("API")}
    plain = (re.sub(r"\\\[\w+\\\]", "[^/]+", re.escape(urlsplit(path).path)) for path in paths)
    return re.compile("|".join(sorted(plain)))
