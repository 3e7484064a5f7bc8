"""Local times that come twice or never mean one thing everywhere: in Python, in SQL, for every zone."""

import re
import zoneinfo
from dataclasses import asdict
from datetime import UTC, date, datetime, time, timedelta
from importlib import resources
from pathlib import Path
from typing import IO
from zoneinfo import ZoneInfo

import pytest
from sqlalchemy import text
from sqlmodel import Session

from services.core import clock, zone_rules
from services.core.errors import Invalid
from services.scheduling.statements import WALL_CLOCK, instant

_NEW_YORK = ZoneInfo("America/New_York")
_ZONES = (
    "America/New_York",
    "Europe/Berlin",
    "Australia/Lord_Howe",
    "America/Havana",
    "Asia/Tokyo",
    "UTC",
    "Asia/Beirut",
)
_YEAR = date(2027, 1, 1)
NOW = datetime(2026, 11, 30, 12, tzinfo=UTC)
_IN_SQL = text(
    f"select local, {instant('local', 'wall')}"
    f" from unnest(cast(:times as timestamp[])) as local, (select {WALL_CLOCK}) as wall"
)


@pytest.mark.parametrize("name", _ZONES)
def test_sql_reads_the_wall_clock_as_python_does(session: Session, name: str) -> None:
    zone = ZoneInfo(name)
    new_year = datetime.combine(_YEAR, time())
    times = [new_year + n * timedelta(minutes=30) for n in range(2 * 24 * 366)]
    wall = asdict(clock.offsets(zone, _YEAR, _YEAR))
    read = session.execute(_IN_SQL, {"times": times, **wall})
    assert {local: at.astimezone(UTC) for local, at in read} == {
        local: clock.instant_of(local, zone) for local in times
    }


@pytest.mark.parametrize(
    ("local", "second", "utc"),
    [
        ("2027-11-07T00:59", False, "2027-11-07T04:59"),
        ("2027-11-07T01:00", False, "2027-11-07T05:00"),
        ("2027-11-07T01:00", True, "2027-11-07T06:00"),
        ("2027-11-07T01:59", False, "2027-11-07T05:59"),
        ("2027-11-07T02:00", False, "2027-11-07T07:00"),
        ("2027-03-14T01:59", False, "2027-03-14T06:59"),
        ("2027-03-14T02:30", False, "2027-03-14T07:30"),  # skipped: half past three
        ("2027-03-14T03:00", False, "2027-03-14T07:00"),
    ],
)
def test_a_local_time_is_one_instant(local: str, second: bool, utc: str) -> None:
    read = clock.instant_of(datetime.fromisoformat(local), _NEW_YORK, second=second)
    assert read == datetime.fromisoformat(utc).replace(tzinfo=UTC)


def test_people_are_told_that_a_time_is_skipped() -> None:
    with pytest.raises(Invalid, match="02:30 does not exist on March 14"):
        clock.to_instant(datetime.fromisoformat("2027-03-14T02:30"), _NEW_YORK)


@pytest.mark.parametrize(
    ("utc", "is_repeated"),
    [("04:59", False), ("05:00", True), ("06:30", True), ("06:59", True), ("07:00", False)],
)
def test_an_hour_is_repeated_both_times(utc: str, is_repeated: bool) -> None:
    at = datetime.fromisoformat(f"2027-11-07T{utc}").replace(tzinfo=UTC)
    assert clock.is_repeated(at, _NEW_YORK) is is_repeated


def test_no_statement_reads_the_wall_clock_by_the_databases_rules() -> None:
    """`at time zone 'UTC'` is nobody's wall clock; `zone_rules` asks on purpose."""
    by_itself = re.compile(r"at time zone (?!'UTC')|func\.timezone", re.IGNORECASE)
    root = Path(__file__).parents[2]
    found = [
        f"{path.relative_to(root)}:{number}"
        for folder in ("models", "services", "demo", "studio_app", "benchmarks")
        for path in sorted((root / folder).rglob("*.py"))
        if path.name not in ("zone_rules.py", "clock.py")
        for number, line in enumerate(path.read_text().splitlines(), 1)
        if by_itself.search(line)
    ]
    assert found == []


def test_the_zones_rules_are_those_of_the_package() -> None:
    assert zoneinfo.TZPATH == ()


def _rules_of(name: str) -> IO[bytes]:
    return resources.files("tzdata").joinpath("zoneinfo", *name.split("/")).open("rb")


def test_two_copies_that_agree_say_nothing(session: Session) -> None:
    assert zone_rules.difference(session, ZoneInfo("Asia/Tokyo"), NOW) is None


def test_two_copies_that_differ_are_told_apart_by_day_and_offset(session: Session) -> None:
    with _rules_of("Asia/Tokyo") as rules:
        zone = ZoneInfo.from_file(rules, key="America/New_York")
    differ = zone_rules.difference(session, zone, NOW)
    assert differ is not None
    assert (differ.at, differ.ours, differ.theirs) == (NOW, timedelta(hours=9), timedelta(hours=-5))
    assert "America/New_York: on Mon, Nov 30, 2026, the studio's clock is UTC +9:00" in differ.message
    assert "the database has −5:00" in differ.message


def test_a_difference_of_one_summer_is_found(session: Session) -> None:
    """Arizona keeps its winter time: the difference begins with the next change of the clocks."""
    with _rules_of("America/Phoenix") as rules:
        zone = ZoneInfo.from_file(rules, key="America/Denver")
    differ = zone_rules.difference(session, zone, NOW)
    assert differ is not None
    assert differ.at.date() <= date(2027, 3, 21)
    assert (differ.ours, differ.theirs) == (timedelta(hours=-7), timedelta(hours=-6))


def test_a_zone_the_database_does_not_know_is_told(session: Session) -> None:
    with _rules_of("Asia/Tokyo") as rules:
        zone = ZoneInfo.from_file(rules, key="Mars/Olympus")
    differ = zone_rules.difference(session, zone, NOW)
    assert differ is not None
    assert "does not know this zone" in differ.message
    assert session.scalar(text("select 1")) == 1
