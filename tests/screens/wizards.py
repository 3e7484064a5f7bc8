"""A small studio, and a wizard in front of it."""

import base64
import io
from dataclasses import dataclass
from datetime import date, time, timedelta
from typing import Any

from PIL import Image, ImageDraw
from reflex.state import State
from sqlmodel import Session

from services import catalog, identity
from services.catalog import EngineerDetails, MicDetails, RoomDetails, WeekStretch
from services.clients import ClientView, NewClient, create_client
from services.core import clock, db
from services.core.access import SYSTEM, Role
from services.core.studio import studio_info
from services.identity import NewUser
from studio_app.caller import SESSION_COOKIE

PASSWORD = "a long enough sentence"


@dataclass(frozen=True)
class House:
    room_a: int
    room_b: int
    maya: int
    mic: int
    day: date
    """A day ahead on which nothing is booked."""


def furnish(session: Session) -> House:
    """Two rooms, Maya who works in both, one U87, and the first catalog."""
    catalog.first_catalog(session)
    rooms = [
        catalog.create_room(session, SYSTEM, RoomDetails(name=name, base_rate_cents=rate))
        for name, rate in (("Studio A", 15000), ("Studio B", 11000))
    ]
    maya = catalog.create_engineer(session, SYSTEM, EngineerDetails(name="Maya Lind"))
    week = tuple(WeekStretch(weekday=day, start=time(8), end=time(23)) for day in range(7))
    catalog.set_working_hours(session, SYSTEM, maya.id, week)
    for room in rooms:
        catalog.set_room_engineers(session, SYSTEM, room.id, (maya.id,))
    mic = catalog.create_mic(session, SYSTEM, MicDetails(name="U87", upcharge_cents=4000, is_premium=True))
    catalog.add_unit(session, SYSTEM, mic.id, "U87 no. 1")
    day = clock.business_date(clock.now(), studio_info(session).zone) + timedelta(days=10)
    return House(rooms[0].id, rooms[1].id, maya.id, mic.id, day)


def known_client(name: str = "Rita Okafor", email: str = "rita@example.com") -> ClientView:
    return db.run(create_client, SYSTEM, NewClient(name=name, email=email))


async def wizard(kind: type, query: str = "") -> Any:
    state = await State(_reflex_internal_init=True).get_state(kind)
    _at(state, "", query)
    return state


async def staff_wizard(kind: type, role: Role = Role.BOOKING_AGENT, query: str = "") -> Any:
    email = f"{role.lower()}@platinum.studio"
    db.run(identity.create_user, SYSTEM, NewUser("Abel Okoro", email, PASSWORD, frozenset({role})))
    token = db.run(identity.sign_in, email, PASSWORD, "192.0.2.1", "test").token
    state = await State(_reflex_internal_init=True).get_state(kind)
    _at(state, f"{SESSION_COOKIE}={token}", query)
    return state


async def after_reconnect(old: Any) -> Any:
    """A new, empty state behind the same browser: what it remembers is its cookie and the draft's token."""
    new = await State(_reflex_internal_init=True).get_state(type(old))
    _at(new, old.router.headers.cookie, str(old.router.url.query))
    new.draft_token = old.draft_token
    await new.load()
    return new


def signature() -> str:
    """A drawn line, as the browser sends it."""
    picture = Image.new("RGB", (400, 160), "white")
    ImageDraw.Draw(picture).line([(20, 120), (140, 30), (260, 120), (380, 40)], fill="black", width=4)
    png = io.BytesIO()
    picture.save(png, "PNG")
    return "data:image/png;base64," + base64.b64encode(png.getvalue()).decode()


async def pressed(handler: Any) -> str:
    """Runs a handler of several steps; what it sends last, as text."""
    events = [event async for event in handler if event is not None]
    return str(events[-1]) if events else ""


def _at(state: Any, cookie: str, query: str) -> None:
    root = state._get_root_state()
    path = f"/book?{query}" if query else "/book"
    root._update_router_vars({"headers": {"cookie": cookie}, "pathname": "/book", "asPath": path}, {})
    root.is_hydrated = True
