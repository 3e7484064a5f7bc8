"""What anyone may know of the studio's offer."""

import pytest
from fastapi.testclient import TestClient

from services import catalog
from services.core import db
from services.core.access import SYSTEM
from tests.world import World


@pytest.mark.parametrize(
    ("what", "names"),
    [
        ("rooms", ["Studio A", "Studio B", "Vocal Booth"]),
        ("engineers", ["Maya Lind", "Rio Tanaka", "Sam Ode"]),
        ("mics", ["SM7", "U 87"]),
    ],
)
def test_a_visitor_sees_what_is_offered(visitor: TestClient, what: str, names: list[str]) -> None:
    answer = visitor.get(f"/api/catalog/{what}").json()
    assert sorted(row["name"] for row in answer["data"]) == names
    assert answer["total"] == len(names)


def test_services_come_by_mode(visitor: TestClient) -> None:
    online = visitor.get("/api/catalog/services", params={"mode": "ONLINE"}).json()["data"]
    assert {service["code"] for service in online} == {"ONLINE_MIXING", "ONLINE_MASTERING"}
    assert {service["mode"] for service in online} == {"ONLINE"}
    assert visitor.get("/api/catalog/services").json()["total"] == 7


def test_engineers_are_shown_without_their_contact(visitor: TestClient, here: World) -> None:
    maya = next(row for row in visitor.get("/api/catalog/engineers").json()["data"] if row["id"] == here.maya)
    assert set(maya) == {"id", "name", "bio", "room_ids"}
    assert set(maya["room_ids"]) == {here.a, here.b}


@pytest.mark.parametrize(
    ("what", "fields"),
    [
        (
            "rooms",
            "id name description base_rate_cents rate_with_engineer_cents rate_without_engineer_cents amenities images "
            "capacity engineer_ids",
        ),
        (
            "services",
            "code name mode description pricing price_cents duration_minutes buffer_minutes needs_engineer preparation",
        ),
        ("mics", "id name description upcharge_cents is_premium image units"),
    ],
)
def test_what_anyone_may_read_is_this_and_no_more(visitor: TestClient, what: str, fields: str) -> None:
    """A new field of a view is in the API by itself: whether a visitor may read it is decided here."""
    assert set(visitor.get(f"/api/catalog/{what}").json()["data"][0]) == set(fields.split())


def test_a_retired_room_is_gone_at_once(visitor: TestClient, here: World) -> None:
    db.run(catalog.retire_room, SYSTEM, here.booth)
    assert "Vocal Booth" not in {row["name"] for row in visitor.get("/api/catalog/rooms").json()["data"]}
