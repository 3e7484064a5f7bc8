from collections.abc import Iterator
from typing import Any

import pytest
from sqlalchemy import Engine
from sqlmodel import Session

from studio_app.state.bookings.wizard.public import BookState
from tests import database as databases
from tests.screens import wizards as wizard_house
from tests.screens.wizards import House


@pytest.fixture(scope="session")
def furnished() -> Iterator[tuple[Engine, House]]:
    """This worker's clone with the house of the wizards. Nothing is committed to it any more."""
    with databases.engine_on(databases.clone(prefix="worker")) as engine:
        with Session(engine) as session, session.begin():
            house = wizard_house.furnish(session)
        yield engine, house


@pytest.fixture
def wizards(furnished: tuple[Engine, House], monkeypatch: pytest.MonkeyPatch) -> Iterator[House]:
    """The house of the wizards, for one handler after the other; rolled back."""
    engine, house = furnished
    with databases.undone(engine, monkeypatch):
        yield house


@pytest.fixture
async def book(wizards: House) -> Any:
    """The public wizard at its first question."""
    state = await wizard_house.wizard(BookState)
    await state.load()
    return state
