"""Request bodies of the stories, and what was stored of them."""

from typing import Any

from fastapi.testclient import TestClient
from sqlalchemy import text

from services.core import db
from tests.world import World

TICKED = {"type": "CHECKBOX_ACKNOWLEDGMENT", "name": "Nova Reyes", "accepted": True}
CASH = {"method": "CASH", "amount_cents": 10_000, "purpose": "DEPOSIT"}
_LEDGERS = ("booking", "booking_line", "allocation", "payment", "booking_authorization", "client", "artist", "upload")


def session_of(here: World, **changes: Any) -> dict[str, Any]:
    """Nova records in Studio A with Maya from 12 to 4 pm."""
    body = {
        "client_id": here.nova,
        "artist": "Nova",
        "mode": "IN_PERSON",
        "service": "RECORDING",
        "rooms": [here.a],
        "start": here.at(12).isoformat(),
        "minutes": 240,
        "engineer_id": here.maya,
    } | changes
    return {name: value for name, value in body.items() if value is not ...}


def own_session_of(here: World, **changes: Any) -> dict[str, Any]:
    """The same by a stranger on the public page."""
    kim = {"name": "Kim Duval", "email": "kim@duval.example", "phone": "+1 212 555 0188"}
    return session_of(here, **{"client_id": ..., "client": kim, "artist": "Kim", "authorization": TICKED} | changes)


def booked(client: TestClient, body: dict[str, Any]) -> dict[str, Any]:
    answer = client.post("/api/bookings", json=body)
    assert answer.status_code == 201, answer.text
    return answer.json()["booking"]


def problem(answer: Any, status: int) -> dict[str, Any]:
    assert answer.status_code == status, answer.text
    return answer.json()["error"]


def stored() -> dict[str, int]:
    """How many rows the ledgers hold."""
    return {name: count(name) for name in _LEDGERS}


def count(table: str) -> int:
    with db.transaction() as session:
        return session.scalar(text(f"select count(*) from {table}")) or 0
