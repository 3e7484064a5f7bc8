"""Bookings of the small studio (tests/world.py), to look at on screens."""

import base64
import io
from typing import Any

from PIL import Image, ImageDraw

import studio_app.studio_app  # noqa: F401  its routes give the states the parts of their path
from services import bookings
from services.bookings import AuthorizationType, BookingView, NewAuthorization, NewBooking, ServiceMode
from services.core import db
from services.core.access import SYSTEM
from tests.world import World

WEEK = -7 * 24
"""Hours to the same clock a week earlier, when whoever is signed in today still is."""


def book(here: World, hour: int = 12, **details: Any) -> BookingView:
    """Two hours in Studio A with Maya: $300 for the room and $120 for her."""
    wanted: dict[str, Any] = {"client_id": here.nova, "minutes": 120, "room_ids": (here.a,), "engineer_id": here.maya}
    order = NewBooking(ServiceMode.IN_PERSON, "RECORDING", here.at(hour), **{**wanted, **details})
    return db.run(bookings.create, SYSTEM, order)


def ticked() -> NewAuthorization:
    return NewAuthorization(AuthorizationType.CHECKBOX_ACKNOWLEDGMENT, "Nova Reyes", accepted=True)


def signature() -> str:
    """A drawn line, as the browser sends it."""
    picture = Image.new("RGB", (400, 160), "white")
    ImageDraw.Draw(picture).line([(20, 120), (140, 30), (260, 120), (380, 40)], fill="black", width=4)
    png = io.BytesIO()
    picture.save(png, "PNG")
    return "data:image/png;base64," + base64.b64encode(png.getvalue()).decode()
