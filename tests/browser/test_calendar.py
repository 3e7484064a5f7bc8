"""The calendar and today in a real browser: live, by keyboard, for each role, on each screen."""

import re
from datetime import date, datetime, timedelta
from itertools import count
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, expect

from tests import studio

pytestmark = pytest.mark.browser

_DAYS = count(40)
_ZONE = ZoneInfo("America/New_York")
_LIVE_MS = 5_000
"""A second is meant; a busy machine may take longer."""


def day_of_its_own(page: Page) -> date:
    """Weeks ahead, a day the studio is open."""
    for ahead in _DAYS:
        day = datetime.now(_ZONE).date() + timedelta(days=ahead)
        if free_starts(page, day, room_ids(page)[0]):
            return day
    raise AssertionError("The studio never opens.")


def order(page: Page, day: date) -> dict[str, Any]:
    """A free hour in some room on that day."""
    latest = page.request.get("/api/bookings", params={"page_size": "1"}).json()["data"][0]
    room, start = next((room, start) for room in room_ids(page) for start in free_starts(page, day, room))
    return {
        "client_id": latest["client"]["id"],
        "mode": "IN_PERSON",
        "service": "RECORDING",
        "rooms": [room],
        "start": start,
        "minutes": 60,
    }


def room_ids(page: Page) -> list[int]:
    return [room["id"] for room in page.request.get("/api/catalog/rooms").json()["data"]]


def free_starts(page: Page, day: date, room: int) -> list[str]:
    """In the daytime."""
    asked = {"date": day.isoformat(), "minutes": "60", "rooms": str(room), "service": "RECORDING"}
    starts = page.request.get("/api/availability", params=asked).json()["starts"]
    return [start for start in starts if start.startswith(str(day)) and 10 <= int(start[11:13]) <= 19]


def book(page: Page, body: dict[str, Any]) -> str:
    answer = page.request.post("/api/bookings", data=body)
    assert answer.ok, answer.text()
    return str(answer.json()["booking"]["number"])


def open_calendar(page: Page, query: str) -> None:
    page.goto(f"/calendar?{query}")
    expect(page.locator(".ec-main")).to_be_visible(timeout=20_000)


@pytest.fixture
def agent(page: Page) -> Page:
    studio.sign_in(page, "agent@demo.studio")
    return page


def test_what_one_person_books_appears_in_an_open_calendar_and_opens_by_click(
    agent: Page, browser: Browser, studio_url: str
) -> None:
    day = day_of_its_own(agent)
    open_calendar(agent, f"date={day}")
    other = browser.new_context(base_url=studio_url).new_page()
    studio.sign_in(other, "manager@demo.studio")
    body = order(other, day)
    number = book(other, body)
    event = agent.locator(f'.grid-view a[href="/bookings/{number}"]')
    expect(event).to_be_visible(timeout=_LIVE_MS)
    assert other.request.post(f"/api/bookings/{number}/cancel", data={"reason": "rain"}).ok
    expect(event).to_have_count(0, timeout=_LIVE_MS)
    again = book(other, body)
    other.context.close()
    agent.locator(f'.grid-view a[href="/bookings/{again}"]').focus()
    agent.keyboard.press("Enter")
    expect(agent).to_have_url(re.compile(f"/bookings/{again}/?$"))
    agent.go_back()
    expect(agent.locator(f'.grid-view a[href="/bookings/{again}"]')).to_be_visible(timeout=15_000)


def test_a_click_on_empty_time_begins_the_wizard_there(agent: Page) -> None:
    day = day_of_its_own(agent) + timedelta(days=60)
    open_calendar(agent, f"date={day}")
    room = agent.request.get("/api/catalog/rooms").json()["data"][0]["id"]
    empty = agent.locator(".ec-body .ec-day").first
    agent.locator(".ec-main").evaluate("main => main.scrollTop = 0")
    empty.click(position={"x": 60, "y": 28 * 6 + 10})
    expect(agent).to_have_url(re.compile(rf"/bookings/new/?\?start={day}T\d\d%3A\d0&room={room}"))


def test_filters_and_moves_live_in_the_address(agent: Page) -> None:
    day = day_of_its_own(agent)
    open_calendar(agent, f"date={day}")
    agent.get_by_role("button", name="Rooms · all").click()
    agent.get_by_role("checkbox", name="Studio A").check()
    agent.keyboard.press("Escape")
    expect(agent).to_have_url(re.compile(r"room=\d+"))
    expect(agent.locator(".ec-col-head")).to_have_count(1)
    agent.get_by_role("link", name="Next").click()
    expect(agent).to_have_url(re.compile(rf"date={day + timedelta(days=1)}.*room=\d+"))
    agent.get_by_role("link", name="Week").click()
    expect(agent.locator(".ec-week-view")).to_be_visible()
    agent.reload()
    expect(agent.get_by_role("button", name="Rooms · 1 of")).to_be_visible(timeout=15_000)


def test_an_engineer_sees_only_their_own(page: Page, browser: Browser, studio_url: str) -> None:
    studio.sign_in(page, "engineer@demo.studio")
    desk = browser.new_context(base_url=studio_url).new_page()
    studio.sign_in(desk, "manager@demo.studio")
    day = day_of_its_own(desk)
    number = book(desk, order(desk, day))
    desk.context.close()
    open_calendar(page, f"date={day}")
    expect(page.get_by_text("Your sessions")).to_be_visible()
    expect(page.locator(".ec-col-head")).to_have_count(1)
    expect(page.locator(f'a[href="/bookings/{number}"]')).to_have_count(0)


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [1440, 390])
@pytest.mark.parametrize(
    "path",
    ["/calendar", "/calendar?view=week", "/calendar?view=month&by=engineers", "/calendar?view=timeline", "/today"],
)
def test_calendar_and_today_are_accessible_and_fit(agent: Page, path: str, width: int, scheme: str) -> None:
    agent.emulate_media(color_scheme=scheme)  # type: ignore[arg-type]
    agent.set_viewport_size({"width": width, "height": 900})
    agent.goto(path)
    shown = ".strip" if path == "/today" else ".agenda .card" if width < 700 else ".ec-main"
    expect(agent.locator(shown).first).to_be_visible(timeout=20_000)
    agent.wait_for_load_state("networkidle")
    assert [violation["id"] for violation in Axe().run(agent).response["violations"]] == []
    assert agent.evaluate("document.documentElement.scrollWidth") <= width


@pytest.mark.parametrize(
    ("who", "seen"),
    [
        ("admin", "Arriving"),
        ("agent", "Needs a hand"),
        ("engineer", "Your sessions today"),
        ("finance", "Owed most"),
        ("intern", "Good to have you here"),
    ],
)
def test_today_is_each_role_s_own(page: Page, who: str, seen: str) -> None:
    studio.sign_in(page, f"{who}@demo.studio")
    page.goto("/today")
    expect(page.get_by_role("heading", name=seen)).to_be_visible(timeout=15_000)


def test_the_link_to_sign_is_copied(agent: Page) -> None:
    agent.context.grant_permissions(["clipboard-read", "clipboard-write"])
    agent.goto("/today")
    agent.get_by_role("button", name="Copy link").first.click(timeout=15_000)
    expect(agent.get_by_text("Link copied.")).to_be_visible()
    assert "/booking/" in agent.evaluate("navigator.clipboard.readText()")


def test_record_leads_to_the_payment_of_that_booking(agent: Page) -> None:
    agent.goto("/today")
    agent.get_by_role("link", name="Record a payment of").first.click(timeout=15_000)
    expect(agent.get_by_role("dialog")).to_contain_text("payment", timeout=15_000, ignore_case=True)


def test_on_paper_today_is_a_day_sheet(agent: Page) -> None:
    agent.goto("/today")
    expect(agent.locator(".strip")).to_be_visible(timeout=15_000)
    agent.emulate_media(media="print")
    expect(agent.get_by_text("Day sheet", exact=True)).to_be_visible()
    expect(agent.locator(".strip")).to_be_hidden()


def test_pages_without_a_calendar_do_not_load_one(page: Page) -> None:
    scripts: list[str] = []
    page.on("response", lambda answer: scripts.append(answer.text()) if answer.url.endswith(".js") else None)
    page.goto("/book")
    page.wait_for_load_state("networkidle")
    assert scripts
    assert [script for script in scripts if "ec-time-grid" in script] == []
