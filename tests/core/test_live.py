"""Said at commit, heard by everyone who listens."""

import asyncio
from collections.abc import AsyncIterator, Awaitable
from contextlib import aclosing, asynccontextmanager, suppress
from typing import TypeVar

import pytest
from sqlalchemy import Engine, text
from sqlmodel import Session

from services import bookings
from services.bookings import NewBooking, ServiceMode
from services.core import audit, db, live
from services.core.access import SYSTEM
from services.core.errors import NotSignedIn
from services.core.live import MISSED, Change
from studio_app.live import Hub, follow, live_hub
from tests import world

T = TypeVar("T")


async def soon(awaitable: Awaitable[T]) -> T:
    return await asyncio.wait_for(awaitable, 10)


@asynccontextmanager
async def listening(engine: Engine, others: int = 0) -> AsyncIterator[AsyncIterator[Change]]:
    """A listener whose connection stands."""
    async with aclosing(live.listen()) as changes:
        first = asyncio.ensure_future(anext(changes))
        await soon(until_listening(engine, others + 1))
        db.run(live.announce, "hello", None)
        assert await soon(first) == Change("hello", None)
        yield changes


async def until_listening(engine: Engine, count: int = 1) -> None:
    while len(await asyncio.to_thread(_listeners, engine)) < count:
        await asyncio.sleep(0.01)


def _listeners(engine: Engine) -> list[int]:
    with engine.connect() as connection:
        query = "select pid from pg_stat_activity where datname = current_database() and query ilike 'listen %'"
        return list(connection.scalars(text(query)))


async def test_a_commit_is_heard(database: Engine) -> None:
    async with listening(database) as changes:
        with Session(database) as session, session.begin():
            live.announce(session, "booking", 7)
        assert await soon(anext(changes)) == Change("booking", 7)


async def test_what_is_rolled_back_is_never_heard(database: Engine) -> None:
    async with listening(database) as changes:
        with Session(database) as session:
            live.announce(session, "booking", 7)
            session.rollback()
        db.run(live.announce, "booking", 8)
        assert await soon(anext(changes)) == Change("booking", 8)


async def test_every_audited_change_is_announced(database: Engine) -> None:
    async with listening(database) as changes:
        db.run(audit.record, SYSTEM, "room_created", "room", 3)
        assert await soon(anext(changes)) == Change("room", 3)


async def test_two_listeners_hear_the_same(database: Engine) -> None:
    async with listening(database) as one, listening(database, others=1) as other:
        await soon(anext(one))  # the other's hello
        db.run(live.announce, "lockout", 2)
        assert [await soon(anext(ears)) for ears in (one, other)] == [Change("lockout", 2)] * 2


async def test_after_a_lost_connection_it_listens_again_and_says_that_it_missed_something(database: Engine) -> None:
    async with listening(database) as changes:
        again = asyncio.ensure_future(anext(changes))
        with database.connect() as connection:
            connection.execute(text("select pg_terminate_backend(:pid)"), {"pid": _listeners(database)[0]})
        assert await soon(again) == MISSED
        db.run(live.announce, "booking", 9)
        assert await soon(anext(changes)) == Change("booking", 9)


@pytest.fixture
async def hub(database: Engine) -> AsyncIterator[Hub]:
    """One that listens already."""
    hub = Hub()
    task = asyncio.create_task(hub.run())
    await soon(until_listening(database))
    yield hub
    task.cancel()


async def test_an_open_page_hears_of_its_topics_alone(hub: Hub) -> None:
    async with aclosing(hub.rounds(("booking",))) as rounds:
        page = asyncio.ensure_future(anext(rounds))
        await asyncio.sleep(0)
        db.run(live.announce, "user", 1)
        db.run(live.announce, "booking", 1)
        await soon(page)
    assert hub._subscriptions == {}


async def test_a_page_comes_round_by_itself_when_asked_to(hub: Hub) -> None:
    async with aclosing(hub.rounds((), every=0.01)) as rounds:
        await soon(anext(rounds))


class Page:
    """What a background event has in its hands: it may change it only inside `async with`."""

    def __init__(self) -> None:
        self.shown = asyncio.Event()
        self.troubles: list[Exception] = []

    async def __aenter__(self) -> None: ...

    async def __aexit__(self, *_: object) -> None: ...

    async def show(self) -> None:
        if self.troubles:
            raise self.troubles.pop()
        self.shown.set()


async def test_an_open_page_shows_again_what_others_change_also_after_trouble(hub: Hub) -> None:
    page = Page()
    page.troubles.append(OSError("the database is away"))
    watching = asyncio.create_task(follow(page, ("booking",), Page.show, every=0.05))
    await soon(page.shown.wait())
    watching.cancel()
    with suppress(asyncio.CancelledError):
        await watching
    assert live_hub._subscriptions == {}


async def test_who_may_no_longer_look_is_no_longer_shown_anything(hub: Hub) -> None:
    page = Page()
    page.troubles.append(NotSignedIn("Please sign in first."))
    with pytest.raises(NotSignedIn):
        await soon(follow(page, ("booking",), Page.show, every=0.05))


async def test_a_booking_is_announced_when_it_is_made(monkeypatch: pytest.MonkeyPatch) -> None:
    with world.standing(monkeypatch) as here:
        order = NewBooking(ServiceMode.IN_PERSON, "RECORDING", here.at(12), client_id=here.nova, room_ids=(here.a,))
        async with listening(db.engine()) as changes:
            made = db.run(bookings.create, here.team["dana"], order)
            assert await soon(anext(changes)) == Change("booking", made.id)
