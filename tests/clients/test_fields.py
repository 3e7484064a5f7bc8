"""A field of a client is said once, and every place that has to take it does."""

import csv
import io
from dataclasses import fields

import pytest
from fastapi.testclient import TestClient

from services.clients import ClientChange, ClientView, NewClient
from studio_app.api.exports import _CLIENT_COLUMNS
from studio_app.pages.clients.client.form import client_form
from studio_app.state.clients.client import ClientState
from tests.world import World

FIELDS = [one.name for one in fields(NewClient)]


@pytest.mark.parametrize("name", FIELDS)
def test_its_form_has_it(name: str) -> None:
    assert f'name:"{name}"' in str(client_form("Save", ClientState.save, with_status=True))


@pytest.mark.parametrize("name", FIELDS)
def test_its_change_and_its_view_have_it(name: str) -> None:
    assert name in {one.name for one in fields(ClientChange)} & {one.name for one in fields(ClientView)}


def test_the_list_and_the_export_of_one_client_have_it(admin: TestClient, here: World) -> None:
    answer = admin.get("/api/export/clients.csv")
    header = next(csv.reader(io.StringIO(answer.content.decode("utf-8-sig"))))
    assert {_CLIENT_COLUMNS.get(name, name.removesuffix("_cents")) for name in FIELDS} <= set(header)
    assert set(FIELDS) <= set(admin.get(f"/api/clients/{here.nova}/export.json").json()["client"])
