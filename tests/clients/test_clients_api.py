"""What leaves the house about clients: the list as CSV, and one client's own data."""

import csv
import io

import pytest
from fastapi.testclient import TestClient

from tests.api.asks import booked, session_of
from tests.world import World


def names(answer: str) -> list[str]:
    return [row["name"] for row in csv.DictReader(io.StringIO(answer.removeprefix("\ufeff")))]


@pytest.mark.parametrize(
    ("query", "found"),
    [({}, ["Nova Reyes"]), ({"q": "nova"}, ["Nova Reyes"]), ({"status": "INACTIVE"}, []), ({"deleted": "true"}, [])],
)
def test_the_list_is_exported_as_it_is_filtered(agent: TestClient, query: dict[str, str], found: list[str]) -> None:
    answer = agent.get("/api/export/clients.csv", params={"status": "", "source": "", **query})
    assert (answer.status_code, names(answer.text)) == (200, found)


def test_a_phone_stays_a_phone_and_text_that_a_spreadsheet_would_run_stays_text(agent: TestClient, here: World) -> None:
    client = {"name": "=1+1", "phone": "(212) 555-0123 x45"}
    booked(agent, session_of(here, client_id=None, client=client))
    answer = agent.get("/api/export/clients.csv", params={"q": "5550123"})
    (row,) = csv.DictReader(io.StringIO(answer.content.decode("utf-8-sig")))
    assert (row["name"], row["phone"], row["phone_extension"]) == ("'=1+1", "+12125550123", "45")


def test_an_engineer_gets_no_list_of_clients(engineer: TestClient) -> None:
    assert engineer.get("/api/export/clients.csv").status_code == 403


def test_an_unknown_status_is_refused(agent: TestClient) -> None:
    answer = agent.get("/api/export/clients.csv", params={"status": "GONE"})
    assert (answer.status_code, answer.json()["error"]["field"]) == (422, "status")


def test_all_of_a_client_s_data_is_one_file(admin: TestClient, here: World) -> None:
    answer = admin.get(f"/api/clients/{here.nova}/export.json")
    assert answer.headers["content-disposition"] == f"attachment; filename*=utf-8''client-{here.nova}.json"
    assert answer.json()["client"]["email"] == "nova@lumen.example"


def test_only_administrators_export_a_client(agent: TestClient, here: World) -> None:
    assert agent.get(f"/api/clients/{here.nova}/export.json").status_code == 403


def test_a_client_nobody_knows_is_not_found(admin: TestClient) -> None:
    assert admin.get("/api/clients/999999/export.json").status_code == 404
