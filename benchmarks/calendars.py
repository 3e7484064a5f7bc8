"""The calendar under load: a month of 3,000 sessions, a drop, and a change seen by fifty open calendars."""

import json
import os
import urllib.request
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import psycopg
from playwright.sync_api import Browser, Page

from benchmarks.data import SERVICE, Place
from benchmarks.first_visit import chromium
from benchmarks.harness import Report, Row, timed
from benchmarks.visitors import Greeting, visitors
from services.core import clock

_SESSIONS, _OPEN = 3_000, 50
_OPENINGS, _DROPS, _CHANGES = 7, 20, 30

_DRAWN = "() => document.querySelectorAll('.month-view .ec-event').length > 60"
_WATCH = """
(selector) => {
    window.seen = {}
    const look = () => {
        if (document.querySelector('[role=dialog]')) window.seen.dialog ??= performance.now()
        if (document.querySelector('.now-then')) window.seen.whatIf ??= performance.now()
    }
    new MutationObserver(look).observe(document.body, { childList: true, subtree: true })
    addEventListener('pointerup', () => { window.seen = { dropped: performance.now() } }, true)
}
"""
_REPAINTED = """
([number, was]) => new Promise((done) => {
    const text = () => document.querySelector(`.ec-event a[href$="${number}"] .line`)?.textContent
    const look = () => {
        if (text() === undefined || text() === was) requestAnimationFrame(look)
        else requestAnimationFrame(() => done(Date.now()))
    }
    look()
})
"""


def measure(report: Report, port: int, url: str, place: Place, today: date) -> None:
    month = (today.replace(day=1) + timedelta(days=64)).replace(day=1)
    count = _fill(url, place, month)
    with chromium() as browser:
        _openings(report, browser, port, place, month, count)
        day = month + timedelta(days=10)
        _drops(report, browser, port, place, day)
        _changes(report, browser, port, place, day)


def _fill(url: str, place: Place, month: date) -> int:
    """More sessions, late at night, until there are enough in the weeks of that month."""
    first = month - timedelta(days=(month.weekday() + 1) % 7)
    span = (first, first + timedelta(days=35))
    with psycopg.connect(url) as connection:
        known = connection.execute(_COUNT, span).fetchone()
        missing = _SESSIONS - (known[0] if known else 0)
        for number in range(max(missing, 0)):
            day = span[0] + timedelta(days=number % 35)
            room = place.room_ids[number // 35 % len(place.room_ids)]
            connection.execute(_NIGHT, {"day": day, "room": room, "key": f"N-{number}"})
    return _SESSIONS if missing >= 0 else _SESSIONS - missing


_COUNT = "select count(*) from booking where business_date >= %s and business_date < %s"
_NIGHT = """
with model as (select * from booking where id = 1),
made as (
  insert into booking (number, public_token, client_id, status, source, mode, start, "end", business_date, minutes,
         buffer_minutes, service_id, service_code, service_name, service_pricing, service_price_cents,
         currency, tax_rate_pct, policy, terms, terms_version, deposit_cents, notes, referral_name, cancel_reason,
         version)
  select %(key)s, %(key)s, client_id, status, source, mode, at, at + interval '2 hours', %(day)s, 120,
         0, service_id, service_code, service_name, service_pricing, service_price_cents,
         currency, tax_rate_pct, policy, terms, terms_version, deposit_cents, notes, referral_name, cancel_reason, 1
    from model, (select %(day)s::date + interval '27 hours 15 minutes') as late(at) returning id, start, "end"),
roomed as (
  insert into booking_room (booking_id, room_id, hourly_rate_cents, position)
  select id, %(room)s, 10000, 0 from made)
insert into allocation (resource_id, during, reason, booking_id)
select %(room)s, tstzrange(start, "end"), 'SESSION', id from made
"""


def _open(browser: Browser, port: int, place: Place) -> Page:
    context = browser.new_context(viewport={"width": 1440, "height": 900}, locale="en-US")
    name, _, token = place.cookie.partition("=")
    context.add_cookies([{"name": name, "value": token, "url": f"http://localhost:{port}"}])
    return context.new_page()


def _openings(report: Report, browser: Browser, port: int, place: Place, month: date, count: int) -> None:
    times = []
    for _ in range(_OPENINGS):
        page = _open(browser, port, place)
        page.goto(f"http://localhost:{port}/calendar?view=month&date={month}")
        page.wait_for_function(_DRAWN)
        times.append(page.evaluate("performance.now()"))
        page.context.close()
    report.add(timed(f"Opening a month of {count:,} sessions, until it is drawn", times[1:]), times)


def _drops(report: Report, browser: Browser, port: int, place: Place, day: date) -> None:
    """From letting go of a session to the dialog that says it works, and to what the change would mean."""
    page = _open(browser, port, place)
    _open_day(page, port, day)
    page.evaluate(_WATCH)
    busy, told = [], []
    for _ in range(_DROPS):
        session = page.locator(".ec-event.ec-draggable").first
        session.scroll_into_view_if_needed()
        box = session.bounding_box() or {}
        page.mouse.move(box["x"] + 30, box["y"] + 10)
        page.mouse.down()
        page.mouse.move(box["x"] + 30, box["y"] + 24, steps=2)
        page.mouse.move(box["x"] + 30, box["y"] + 38, steps=4)
        page.mouse.up()
        page.wait_for_function("() => window.seen.whatIf")
        seen = page.evaluate("window.seen")
        busy.append(seen["dialog"] - seen["dropped"])
        told.append(seen["whatIf"] - seen["dropped"])
        page.keyboard.press("Escape")
        page.wait_for_function("() => !document.querySelector('[role=dialog]')")
    page.context.close()
    report.add(timed("A drop to the dialog that works on it", busy), busy)
    report.add(timed("A drop to old, new, price and who is told", told), told)


def _changes(report: Report, browser: Browser, port: int, place: Place, day: date) -> None:
    """From the request of one person to the repainted session of another, with the rest open, too."""
    page = _open(browser, port, place)
    greeting = Greeting(page)
    number, start = _booked(port, place, day)
    _open_day(page, port, day)
    before = _resident_kb(port)
    with visitors(greeting, _OPEN - 1, place.cookie):
        kilobytes = (_resident_kb(port) - before) / (_OPEN - 1)
        times = []
        for turn in range(_CHANGES):
            was = page.locator(f'.ec-event a[href$="{number}"] .line').first.text_content()
            began = clock.now().timestamp()
            _ask(port, place, "PATCH", f"/api/bookings/{number}/time", {"start": start, "minutes": 45 + turn % 2 * 15})
            times.append(page.evaluate(_REPAINTED, [number, was]) - began * 1000)
    page.context.close()
    report.add(timed(f"A change to its repaint elsewhere, {_OPEN} calendars open", times), times)
    report.add(Row("  memory of the web workers for each open calendar", note=f"{kilobytes:.0f} kB"), kilobytes)


def _open_day(page: Page, port: int, day: date) -> None:
    page.goto(f"http://localhost:{port}/calendar?date={day}")
    page.locator(".ec-event").first.wait_for()
    page.wait_for_load_state("networkidle")


def _booked(port: int, place: Place, day: date) -> tuple[str, str]:
    """A session in the last room, late at night, where nobody else is."""
    start = f"{day}T22:30"
    order = {"client_id": place.client_ids[0], "mode": "IN_PERSON", "service": SERVICE, "start": start, "minutes": 60}
    booking = _ask(port, place, "POST", "/api/bookings", {**order, "rooms": [place.room_ids[-1]]})["booking"]
    return booking["number"], start


def _ask(port: int, place: Place, method: str, path: str, body: dict[str, Any]) -> Any:
    headers = {"Cookie": place.cookie, "Content-Type": "application/json"}
    address = f"http://127.0.0.1:{port}{path}"
    request = urllib.request.Request(address, json.dumps(body).encode(), headers, method=method)
    with urllib.request.urlopen(request, timeout=30) as answer:
        return json.load(answer)


def _resident_kb(port: int) -> int:
    """Of all processes of the studio's own session."""
    processes = [path for path in Path("/proc").iterdir() if path.name.isdigit()]
    ours = {os.getsid(int(path.name)) for path in processes if _is_at(path, port)}
    return sum(_rss_kb(path) for path in processes if _sid(path) in ours)


def _is_at(path: Path, port: int) -> bool:
    try:
        words = (path / "cmdline").read_bytes().split(b"\0")
    except OSError:
        return False
    return b"--backend-port" in words and str(port).encode() in words


def _sid(path: Path) -> int:
    try:
        return os.getsid(int(path.name))
    except ProcessLookupError:
        return 0


def _rss_kb(path: Path) -> int:
    try:
        lines = (path / "status").read_text().splitlines()
    except OSError:
        return 0
    return next((int(line.split()[1]) for line in lines if line.startswith("VmRSS:")), 0)
