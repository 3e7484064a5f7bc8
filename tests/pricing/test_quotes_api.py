"""The price before anything is booked."""

from fastapi.testclient import TestClient

from tests.api.asks import booked, own_session_of, problem, session_of, stored
from tests.world import World


def test_a_visitor_learns_every_line_and_nothing_is_stored(visitor: TestClient, here: World) -> None:
    before = stored()
    quote = visitor.post("/api/quotes", json=own_session_of(here, mics=[{"id": here.u87}])).json()
    assert quote["total_cents"] == sum(line["amount_cents"] for line in quote["lines"])
    assert {line["kind"] for line in quote["lines"]} >= {"ROOM", "ENGINEER", "MIC"}
    room = quote["lines"][0]
    assert (room["quantity"], room["unit_price_cents"], room["amount_cents"]) == (4, 15000, 60000)
    assert 0 < quote["deposit_cents"] < quote["total_cents"]
    assert stored() == before


def test_the_quote_is_the_price_of_the_booking(agent: TestClient, here: World) -> None:
    body = session_of(here, discount={"percent": 12.5, "reason": "A friend of the house"})
    quote = agent.post("/api/quotes", json=body).json()
    booking = booked(agent, body | {"expected_total_cents": quote["total_cents"]})
    assert booking["total_cents"] == quote["total_cents"]
    assert booking["lines"] == quote["lines"]
    assert booking["deposit_cents"] == quote["deposit_cents"]


def test_a_visitor_gets_no_discount(visitor: TestClient, here: World) -> None:
    body = own_session_of(here, discount={"percent": 50, "reason": "Please"})
    assert problem(visitor.post("/api/quotes", json=body), 401)["code"] == "not_signed_in"


def test_an_engineer_discounts_up_to_their_limit(engineer: TestClient, here: World) -> None:
    ten, eleven = (session_of(here, discount={"percent": percent, "reason": "Friend"}) for percent in (10, 11))
    assert engineer.post("/api/quotes", json=ten).status_code == 200
    assert problem(engineer.post("/api/quotes", json=eleven), 403)["code"] == "discount_limit"
