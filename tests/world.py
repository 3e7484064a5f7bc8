"""A small studio for tests, made through the services once per run and cloned for each test.

    with world.visited(engine, monkeypatch) as here: …   behind `db.run`, rolled back at the end
    with world.standing(monkeypatch) as here: …          behind `db.run`, a clone with real commits, for threads
    here = world.build(session)                          in a session that rolls back

Open every day from 8 am to 2 am. Maya works in A and B, Rio in A, Sam in B and the booth.
"""

import pickle
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from sqlalchemy import Engine, create_engine
from sqlmodel import Session

from services import catalog, clients, identity, pricing
from services.catalog import EngineerDetails, MicDetails, RoomDetails, WeekStretch
from services.clients import NewClient
from services.core import clock, db
from services.core.access import SYSTEM, Actor
from services.core.config import settings
from services.core.studio import Studio
from services.pricing import NewRate
from tests import cast
from tests import database as databases
from tests.limits import LOOSE, limit

ZONE = ZoneInfo("America/New_York")
STUDIO = Studio(name="Platinum Sound", terms_version=1)
"""What a studio is before anything of it is set: New York, en_US."""
TEMPLATE = "world"


def today() -> date:
    """In the studio."""
    return clock.business_date(clock.now(), ZONE)


@dataclass(frozen=True)
class World:
    a: int
    b: int
    booth: int
    maya: int
    rio: int
    sam: int
    sm7: int
    """Standard, two of them."""
    u87: int
    """Premium, one of them."""
    nova: int
    """A client."""
    team: dict[str, Actor]
    """ivo (administrator), dana (manager), abel (booking agent), maya (engineer), femi (accountant)."""
    tokens: dict[str, str] = field(default_factory=dict)
    """Of their sessions; empty after `build` alone, because signing in needs what is committed."""

    @property
    def day(self) -> date:
        """Two weeks from now: nothing is booked."""
        return today() + timedelta(days=14)

    def at(self, hour: int, minute: int = 0, *, days: int = 0) -> datetime:
        """That local time of the day, in UTC; 25 is one in the night after."""
        midnight = datetime.combine(self.day + timedelta(days=days + hour // 24), time(hour % 24, minute), ZONE)
        return midnight.astimezone(UTC)


def build(session: Session) -> World:
    catalog.first_catalog(session)
    limit(session, **LOOSE)
    rooms = [_room(session, *room) for room in (("Studio A", 15000), ("Studio B", 11000), ("Vocal Booth", 6000))]
    engineers = [_engineer(session, *one) for one in (("Maya Lind", 6000), ("Rio Tanaka", 5000), ("Sam Ode", 4500))]
    (a, b, booth), (maya, rio, sam) = rooms, engineers
    for room_id, people in ((a, (maya, rio)), (b, (maya, sam)), (booth, (sam,))):
        catalog.set_room_engineers(session, SYSTEM, room_id, people)
    team = {
        "ivo": cast.ivo(session),
        "dana": cast.dana(session),
        "abel": cast.abel(session),
        "maya": _as_engineer(session, cast.maya(session), maya),
        "femi": cast.femi(session),
    }
    nova = NewClient("Nova Reyes", email="nova@lumen.example", phone="+12125550171")
    return World(
        a=a,
        b=b,
        booth=booth,
        maya=maya,
        rio=rio,
        sam=sam,
        sm7=_mic(session, MicDetails(name="SM7", is_premium=False), units=2),
        u87=_mic(session, MicDetails(name="U 87", is_premium=True, upcharge_cents=4000), units=1),
        nova=clients.create_client(session, SYSTEM, nova).id,
        team=team,
    )


@contextmanager
def visited(engine: Engine, monkeypatch: pytest.MonkeyPatch) -> Iterator[World]:
    """For one request or handler after the other; rolled back."""
    with databases.undone(engine, monkeypatch):
        yield facts()


@contextmanager
def standing(monkeypatch: pytest.MonkeyPatch) -> Iterator[World]:
    """A clone of the studio behind `db.run` and `db.transaction`."""
    with databases.engine_on(databases.clone(template())) as engine:
        monkeypatch.setattr(db, "engine", lambda: engine)
        monkeypatch.setenv("DATABASE_URL", engine.url.render_as_string(hide_password=False))
        settings.cache_clear()
        yield facts()
    settings.cache_clear()


def template() -> str:
    """The name of the database that holds the studio. Made by whoever asks first."""
    with databases.run_lock(TEMPLATE):
        if not _facts().exists():
            url = databases.clone(prefix="building")
            engine = create_engine(url)
            with Session(engine) as session, session.begin():
                made = build(session)
            with Session(engine) as session, session.begin():
                tokens = {name: cast.sign_in(session, actor).token for name, actor in made.team.items()}
            engine.dispose()
            databases.rename(url, TEMPLATE)
            _facts().write_bytes(pickle.dumps(replace(made, tokens=tokens)))
    return TEMPLATE


def facts() -> World:
    made: World = pickle.loads(_facts().read_bytes())
    return made


def _facts() -> Path:
    return databases.folder() / f"{TEMPLATE}.pickle"


def _room(session: Session, name: str, rate_cents: int) -> int:
    return catalog.create_room(session, SYSTEM, RoomDetails(name=name, base_rate_cents=rate_cents, capacity=6)).id


def _engineer(session: Session, name: str, rate_cents: int) -> int:
    made = catalog.create_engineer(session, SYSTEM, EngineerDetails(name=name)).id
    rate = NewRate(engineer_id=made, hourly_rate_cents=rate_cents, from_day=date(2020, 1, 1))
    pricing.set_engineer_rate(session, SYSTEM, rate)
    week = [WeekStretch(weekday=weekday, start=time(8), end=time(2)) for weekday in range(7)]
    catalog.set_working_hours(session, SYSTEM, made, week)
    return made


def _as_engineer(session: Session, actor: Actor, engineer_id: int) -> Actor:
    catalog.link_user(session, SYSTEM, engineer_id, actor.user_id)
    return identity.actor_of(identity.get_user(session, SYSTEM, actor.user_id or 0))


def _mic(session: Session, details: MicDetails, units: int) -> int:
    mic = catalog.create_mic(session, SYSTEM, details)
    for _ in range(units):
        catalog.add_unit(session, SYSTEM, mic.id)
    return mic.id
