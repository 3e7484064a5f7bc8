"""A booking's life over HTTP: signed, paid, confirmed, held, cancelled, attended."""

import base64
import io
from collections.abc import Callable
from datetime import timedelta

import pytest
import time_machine
from fastapi.testclient import TestClient
from PIL import Image, ImageDraw

from tests.api.asks import CASH, TICKED, booked, problem, session_of, stored
from tests.world import World


def drawn() -> str:
    picture = Image.new("RGBA", (300, 100), (0, 0, 0, 0))
    ImageDraw.Draw(picture).line((10, 80, 90, 20, 200, 70), fill="black", width=4)
    file = io.BytesIO()
    picture.save(file, "PNG")
    return base64.b64encode(file.getvalue()).decode()


def next_week(here: World) -> str:
    """Noon on a day on which whoever is signed in today still is."""
    return here.at(12, days=-7).isoformat()


@pytest.fixture
def number(agent: TestClient, here: World) -> str:
    return booked(agent, session_of(here, start=next_week(here)))["number"]


def _do(client: TestClient, number: str, what: str, body: object = None) -> dict[str, object]:
    answer = client.post(f"/api/bookings/{number}/{what}", json=body)
    assert answer.status_code in (200, 201), answer.text
    return answer.json()["booking"]


def test_signed_paid_confirmed_attended(agent: TestClient, number: str, here: World) -> None:
    assert _do(agent, number, "authorization", TICKED)["authorization"]["name"] == "Nova Reyes"
    assert _do(agent, number, "payments", CASH)["paid_cents"] == 10_000
    assert _do(agent, number, "confirm")["status"] == "CONFIRMED"
    early = problem(agent.post(f"/api/bookings/{number}/check-in"), 409)
    assert (early["code"], early["opens_at"]) == ("too_early", here.at(10, days=-7).isoformat())
    with time_machine.travel(here.at(13, days=-7), tick=False):
        came = _do(agent, number, "check-in")
        assert came["checked_in_at"] is not None
        assert problem(agent.post(f"/api/bookings/{number}/check-out", json={"version": 1}), 409)["version"]
        done = _do(agent, number, "check-out", {"version": came["version"]})
    assert (done["status"], done["next_statuses"]) == ("COMPLETED", ["CHECKED_IN"])


@pytest.mark.parametrize(
    ("what", "before"), [("check-in", "CONFIRMED"), ("check-out", "CHECKED_IN"), ("no-show", "CONFIRMED")]
)
def test_a_mistake_at_the_desk_is_taken_back(agent: TestClient, here: World, what: str, before: str) -> None:
    number = booked(agent, session_of(here, status="CONFIRMED", start=next_week(here)))["number"]
    with time_machine.travel(here.at(13, days=-7), tick=False):
        for done in ("check-in", "check-out") if what == "check-out" else (what,):
            _do(agent, number, done)
        assert _do(agent, number, f"{what}/undo")["status"] == before


def test_what_a_no_show_costs_is_looked_at_first(agent: TestClient, here: World) -> None:
    sold = booked(agent, session_of(here, status="CONFIRMED", start=next_week(here), authorization=TICKED))
    with time_machine.travel(here.at(13, days=-7), tick=False):
        answer = agent.post(f"/api/bookings/{sold['number']}/no-show", params={"preview": "true"})
    preview = answer.json()["preview"]
    assert (preview["kind"], preview["total_cents"]) == ("NO_SHOW", sold["total_cents"])
    assert agent.get(f"/api/bookings/{sold['number']}").json()["booking"]["status"] == "CONFIRMED"


def test_a_move_out_of_the_table_is_refused(agent: TestClient, number: str) -> None:
    assert problem(agent.post(f"/api/bookings/{number}/check-out"), 409)["code"] == "wrong_status"


def test_cancelling_gives_the_time_back(agent: TestClient, number: str, here: World) -> None:
    gone = _do(agent, number, "cancel", {"reason": "The singer is ill"})
    assert (gone["status"], gone["cancel_reason"], gone["total_cents"]) == ("CANCELLED", "The singer is ill", 0)
    booked(agent, session_of(here))


def test_cancelling_needs_no_reason(agent: TestClient, number: str) -> None:
    assert agent.post(f"/api/bookings/{number}/cancel").json()["booking"]["status"] == "CANCELLED"


def test_nobody_came(agent: TestClient, here: World) -> None:
    number = booked(agent, session_of(here, start=here.at(12, days=-7).isoformat()))["number"]
    _do(agent, number, "confirm")
    assert problem(agent.post(f"/api/bookings/{number}/no-show"), 409)["code"] == "too_early"
    with time_machine.travel(here.at(13, days=-7)):
        assert _do(agent, number, "no-show")["status"] == "NO_SHOW"


def test_a_hold_blocks_nobody_and_confirms_only_while_free(agent: TestClient, here: World) -> None:
    hold = booked(agent, session_of(here, status="HOLD"))["number"]
    taken_by = booked(agent, session_of(here))["number"]
    error = problem(agent.post(f"/api/bookings/{hold}/confirm"), 409)
    assert error["code"] == "slot_taken"
    assert taken_by in error["message"]
    _do(agent, taken_by, "cancel")
    assert _do(agent, hold, "confirm")["status"] == "CONFIRMED"


def test_a_drawn_signature_is_kept_and_shown_to_staff(agent: TestClient, engineer: TestClient, number: str) -> None:
    signature = {"type": "DIGITAL_SIGNATURE", "name": "Nova Reyes", "signature_png_base64": drawn()}
    assert _do(agent, number, "authorization", signature)["authorization"]["has_image"]
    picture = agent.get(f"/api/bookings/{number}/authorization/signature.png")
    assert picture.headers["content-type"] == "image/png"
    assert picture.content == base64.b64decode(drawn())
    assert engineer.get(f"/api/bookings/{number}/authorization/signature.png").status_code == 403
    assert (
        problem(agent.post(f"/api/bookings/{number}/authorization", json=TICKED), 409)["code"] == "already_authorized"
    )


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"accepted": False}, "authorization.accepted"),
        ({"name": " "}, "authorization.name"),
        ({"type": "HANDSHAKE"}, "type"),
        ({"type": "DIGITAL_SIGNATURE"}, "authorization.signature_png_base64"),
        ({"type": "DIGITAL_SIGNATURE", "signature_png_base64": "%%%"}, "signature_png_base64"),
        ({"type": "DIGITAL_SIGNATURE", "signature_png_base64": "QUJD"}, "authorization.signature_png_base64"),
        ({"type": "DIGITAL_SIGNATURE", "signature_png_base64": "A" * 500_004}, "signature_png_base64"),
    ],
)
def test_what_is_no_signature_is_refused(
    agent: TestClient, number: str, changes: dict[str, object], field: str
) -> None:
    answer = agent.post(f"/api/bookings/{number}/authorization", json=TICKED | changes)
    assert problem(answer, 422)["field"] == field
    assert stored()["booking_authorization"] == 0


def test_no_payment_before_the_signature(agent: TestClient, number: str) -> None:
    assert problem(agent.post(f"/api/bookings/{number}/payments", json=CASH), 409)["code"] == "authorization_required"
    assert stored()["payment"] == 0


def test_more_than_is_owed_is_asked_about(agent: TestClient, number: str) -> None:
    _do(agent, number, "authorization", TICKED)
    much = CASH | {"amount_cents": 10_000_000}
    error = problem(agent.post(f"/api/bookings/{number}/payments", json=much), 409)
    assert (error["code"], error["field"]) == ("overpayment", "amount_cents")
    assert error["balance_cents"] > 0
    assert _do(agent, number, "payments", much | {"allow_overpayment": True})["balance_cents"] < 0


def test_a_refund_is_a_negative_row_and_not_for_the_desk(
    agent: TestClient, as_person: Callable[[str], TestClient], number: str
) -> None:
    _do(agent, number, "authorization", TICKED)
    _do(agent, number, "payments", CASH)
    refund = CASH | {"purpose": "REFUND", "amount_cents": 4_000}
    assert agent.post(f"/api/bookings/{number}/payments", json=refund).status_code == 403
    refunded = _do(as_person("femi"), number, "payments", refund)
    assert refunded["paid_cents"] == 6_000
    assert [payment["amount_cents"] for payment in refunded["payments"]] == [10_000, -4_000]


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"amount_cents": -100}, "amount_cents"),
        ({"amount_cents": 0}, "amount_cents"),
        ({"amount_cents": 10.5}, "amount_cents"),
        ({"amount_cents": "100"}, "amount_cents"),
        ({"amount_cents": True}, "amount_cents"),
        ({"amount_cents": 2**63}, "amount_cents"),
        ({"method": "SHELLS"}, "method"),
        ({"purpose": "REVERSAL"}, "purpose"),
        ({"reference": "x" * 201}, "reference"),
        ({"reference": "a\0b"}, "reference"),
        ({"paid_on": "yesterday"}, "paid_on"),
        ({"tip": 5}, "tip"),
    ],
)
def test_what_is_no_payment_is_refused(agent: TestClient, number: str, changes: dict[str, object], field: str) -> None:
    _do(agent, number, "authorization", TICKED)
    answer = agent.post(f"/api/bookings/{number}/payments", json=CASH | changes)
    assert problem(answer, 422)["field"] == field
    assert stored()["payment"] == 0


@pytest.mark.parametrize("what", ["confirm", "cancel", "check-in", "check-out", "no-show", "authorization"])
@pytest.mark.parametrize(("who", "status"), [("", 401), ("femi", 403)])
def test_only_those_who_book_change_bookings(
    as_person: Callable[[str], TestClient], number: str, what: str, who: str, status: int
) -> None:
    body = TICKED if what == "authorization" else None
    assert as_person(who).post(f"/api/bookings/{number}/{what}", json=body).status_code == status


@pytest.mark.parametrize(("who", "status"), [("", 401), ("maya", 403)])
def test_only_those_who_take_money_record_it(
    as_person: Callable[[str], TestClient], number: str, who: str, status: int
) -> None:
    assert as_person(who).post(f"/api/bookings/{number}/payments", json=CASH).status_code == status


def test_an_engineer_changes_only_their_own_sessions(agent: TestClient, engineer: TestClient, here: World) -> None:
    start = (here.at(12) + timedelta(days=1)).isoformat()
    other = booked(agent, session_of(here, start=start, rooms=[here.b], engineer_id=here.sam))["number"]
    assert engineer.post(f"/api/bookings/{other}/confirm").status_code == 404
