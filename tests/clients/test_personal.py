"""Nothing about a client outlasts them unless somebody has said so: held against the tables there are."""

import pytest
from sqlalchemy import Column, Enum, Table
from sqlmodel import SQLModel

import models  # noqa: F401
from services.clients.personal import EVERYTHING, KNOWN, NOT_OF_CLIENTS, OUTLASTS, Known, forgotten, table_of

TABLES = {name: table for name, table in SQLModel.metadata.tables.items() if not name.startswith("procrastinate")}
KNOWN_TABLES = {table_of(known).name: known for known in KNOWN}


def leads_to_a_client(table: Table, seen: frozenset[str] = frozenset()) -> bool:
    if table.name == "client":
        return True
    others = {key.column.table for column in table.columns for key in column.foreign_keys}
    return any(leads_to_a_client(other, seen | {table.name}) for other in others if other.name not in seen)


@pytest.mark.parametrize("name", sorted(TABLES))
def test_every_table_is_said_to_know_clients_or_not(name: str) -> None:
    places = [name in KNOWN_TABLES, name in NOT_OF_CLIENTS, name in OUTLASTS]
    assert places.count(True) == 1, f"Say in services/clients/personal.py what {name} knows about clients."
    if leads_to_a_client(TABLES[name]):
        assert name in KNOWN_TABLES, f"{name} refers to clients: it belongs into KNOWN."


@pytest.mark.parametrize("known", KNOWN, ids=sorted(KNOWN_TABLES, key=list(KNOWN_TABLES).index))
def test_what_is_kept_or_hidden_exists_and_what_is_lost_can_be_empty(known: Known) -> None:
    columns = {column.name: column for column in table_of(known).columns}
    assert (known.keep - EVERYTHING) | known.secret | known.instead.keys() <= columns.keys()
    for name, value in forgotten(known).items():
        assert can_hold(columns[name], value), (
            f"{columns[name]} cannot be emptied: keep it, or say what it holds instead."
        )


def can_hold(column: Column, value: object) -> bool:
    if value is None:
        return bool(column.nullable)
    return not isinstance(column.type, Enum)


def test_what_has_text_is_kept_as_a_whole_only_where_it_is_money_or_time() -> None:
    """Prose typed by people hides names: a table that has some says column by column what it keeps."""
    whole = {name for name, known in KNOWN_TABLES.items() if known.keep == EVERYTHING}
    prose = {"notes", "note", "reason", "reference", "label", "history"}
    with_prose = {name for name in whole if prose & {column.name for column in TABLES[name].columns}}
    assert with_prose == {"booking_line", "payment", "allocation"}


def test_a_column_that_is_new_tomorrow_is_forgotten_without_anybody_thinking_of_it() -> None:
    (client,) = (known for known in KNOWN if table_of(known).name == "client")
    said = client.keep | client.instead.keys()
    assert {"email", "phone", "phone_extension", "label", "notes"} <= forgotten(client).keys() - said


def test_what_is_known_is_told() -> None:
    not_theirs = {"swap_request", "allocation", "presence", "booking_draft", "answered_request"}
    assert {name for name, known in KNOWN_TABLES.items() if not known.told_as} == not_theirs
