"""The calendar and today in a real browser: live, by keyboard, for each role, on each screen."""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from itertools import pairwise

import pytest
from playwright.sync_api import Page, expect
from sqlalchemy import text

from tests import database as databases
from tests import studio
from tests.browser import appearance as looks
from tests.browser.calendar import open_calendar
from tests.browser.desk import book, day_of_its_own, order
from tests.browser.pointer import box

pytestmark = pytest.mark.browser


def test_what_one_person_books_appears_in_an_open_calendar_and_opens_by_click(
    agent_page: Page, manager_page: Page
) -> None:
    day = day_of_its_own(agent_page)
    open_calendar(agent_page, f"date={day}")
    body = order(manager_page, day)
    number = book(manager_page, body)
    event = agent_page.locator(f'.grid-view a[href="/bookings/{number}"]')
    expect(event).to_be_visible()
    assert manager_page.request.post(f"/api/bookings/{number}/cancel", data={"reason": "rain"}).ok
    expect(event).to_have_count(0)
    again = book(manager_page, body)
    agent_page.locator(f'.grid-view a[href="/bookings/{again}"]').focus()
    agent_page.keyboard.press("Enter")
    expect(agent_page).to_have_url(re.compile(f"/bookings/{again}/?$"))
    agent_page.go_back()
    expect(agent_page.locator(f'.grid-view a[href="/bookings/{again}"]')).to_be_visible()


@contextmanager
def step_of_starts(minutes: int) -> Iterator[None]:
    """As Settings, Online booking, sets it; the studio's own comes back."""
    change = text("update online_booking set start_step_minutes = :minutes")
    with databases.connected(studio.database()) as session:
        before = session.execute(text("select start_step_minutes from online_booking")).scalar_one()
        session.execute(change, {"minutes": minutes})
    try:
        yield
    finally:
        with databases.connected(studio.database()) as session:
            session.execute(change, {"minutes": before})


def test_a_click_on_empty_time_begins_the_wizard_there(agent_page: Page) -> None:
    day = day_of_its_own(agent_page)
    open_calendar(agent_page, f"date={day}")
    room = agent_page.request.get("/api/catalog/rooms").json()["data"][0]["id"]
    empty = agent_page.locator(".ec-body .ec-day").first
    agent_page.locator(".ec-main").evaluate("main => main.scrollTop = 0")
    empty.click(position={"x": 60, "y": 28 * 6 + 10})
    expect(agent_page).to_have_url(re.compile(rf"/bookings/new/?\?start={day}T\d\d%3A\d0&room={room}"))


@pytest.mark.parametrize("minutes", [15, 20, 60])
def test_each_hour_is_written_once_whatever_the_step_of_starts(agent_page: Page, minutes: int) -> None:
    with step_of_starts(minutes):
        open_calendar(agent_page, f"date={day_of_its_own(agent_page)}")
        hours = [hour for hour in agent_page.locator(".ec-sidebar time").all_inner_texts() if hour.strip()]
    assert len(hours) > 12
    assert [hour for hour, after in pairwise(hours) if hour == after] == []


def test_filters_and_moves_live_in_the_address(agent_page: Page) -> None:
    day = day_of_its_own(agent_page)
    open_calendar(agent_page, f"date={day}")
    agent_page.get_by_role("button", name="Rooms · all").click()
    agent_page.get_by_role("checkbox", name="Studio A").check()
    agent_page.keyboard.press("Escape")
    expect(agent_page).to_have_url(re.compile(r"room=\d+"))
    expect(agent_page.locator(".ec-col-head")).to_have_count(1)
    agent_page.get_by_role("link", name="Next").click()
    expect(agent_page).to_have_url(re.compile(rf"date={day + timedelta(days=1)}.*room=\d+"))
    agent_page.get_by_role("link", name="Week").click()
    expect(agent_page.locator(".ec-week-view")).to_be_visible()
    agent_page.reload()
    expect(agent_page.get_by_role("button", name="Rooms · 1 of")).to_be_visible()


def test_an_engineer_sees_only_their_own(page: Page, manager_page: Page) -> None:
    studio.sign_in(page, "engineer@demo.studio")
    day = day_of_its_own(manager_page)
    number = book(manager_page, order(manager_page, day))
    open_calendar(page, f"date={day}")
    expect(page.get_by_text("Your sessions")).to_be_visible()
    expect(page.locator(".ec-col-head")).to_have_count(1)
    expect(page.locator(f'a[href="/bookings/{number}"]')).to_have_count(0)


@pytest.mark.parametrize(
    "path",
    [
        "/calendar",
        "/calendar?by=engineers",
        "/calendar?view=week",
        "/calendar?view=month&by=engineers",
        "/calendar?view=timeline",
        "/today",
    ],
)
def test_calendar_and_today_are_accessible_and_fit(agent_page: Page, path: str) -> None:
    agent_page.goto(path)
    shown = dict.fromkeys((1440, 390), ".strip") if path == "/today" else {1440: ".ec-main", 390: ".agenda > .card"}
    expect(agent_page.locator(shown[1440]).first).to_be_visible()
    agent_page.wait_for_load_state("networkidle")
    assert looks.wrong(agent_page, shown=shown) == {}


def test_a_phones_calendar_begins_at_now_under_one_row_of_controls(agent_page: Page) -> None:
    agent_page.set_viewport_size({"width": 390, "height": 844})
    agent_page.goto("/calendar?view=month")
    first = agent_page.locator(".agenda > .card").first
    expect(first.get_by_role("heading")).to_contain_text("Today")
    controls = agent_page.locator(".calendar-head").locator("a:visible, button:visible, input:visible")
    rows = {round(box(one)["y"]) for one in controls.all()}
    assert len(rows) == 1
    assert box(first)["y"] < 260
    expect(agent_page.get_by_label("Go to")).to_be_hidden()
    agent_page.get_by_role("button", name="Views, filters and booking").click()
    expect(agent_page.get_by_label("Go to")).to_be_visible()
    expect(agent_page.get_by_role("link", name="Timeline")).to_be_visible()
    assert looks.faults(agent_page) == []


def test_a_hold_is_a_strip_beside_a_session_as_wide_as_before(agent_page: Page) -> None:
    day = day_of_its_own(agent_page)
    body = order(agent_page, day)
    number = book(agent_page, body)
    open_calendar(agent_page, f"date={day}")
    session = agent_page.locator(f'.ec-event:has(a[href="/bookings/{number}"])')
    width = box(session)["width"]
    hold = book(agent_page, {**body, "status": "HOLD"})
    strip = agent_page.locator(f'.ec-event:has(a[href="/bookings/{hold}"])')
    expect(strip).to_be_visible()
    assert box(session)["width"] == width
    assert box(strip)["width"] < 30
    assert box(strip)["x"] >= box(session)["x"] + width - 1


def test_a_room_is_locked_from_the_calendar_once_what_is_in_the_way_has_moved(agent_page: Page) -> None:
    day = day_of_its_own(agent_page)
    number = book(agent_page, order(agent_page, day))
    room = agent_page.request.get(f"/api/bookings/{number}").json()["booking"]["rooms"][0]
    open_calendar(agent_page, f"date={day}&room={room['id']}")
    agent_page.get_by_role("button", name="Lock rooms").click()
    form = agent_page.get_by_role("dialog", name="Lock rooms")
    expect(form.get_by_label("First day")).to_have_value(str(day))
    form.get_by_label("Reason").fill("New floor")
    form.get_by_role("button", name="Lock", exact=True).click()
    expect(form).to_contain_text("These sessions are in the way")
    assert looks.faults(agent_page) == []
    form.get_by_role("button", name=f"Move {number}").click()
    what_if = agent_page.get_by_role("dialog").filter(has_text="Date, time, length")
    what_if.get_by_label("Date").fill(str(day_of_its_own(agent_page)))
    what_if.get_by_role("button", name="Move session").click()
    expect(agent_page.get_by_text(f"{number} is changed")).to_be_visible()
    expect(form).not_to_contain_text(number)
    form.get_by_role("button", name="Lock", exact=True).click()
    expect(agent_page.locator(".ec-bg-event.is-locked")).to_contain_text("New floor")


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
    expect(page.get_by_role("heading", name=seen)).to_be_visible()


def test_the_link_to_sign_is_copied(agent_page: Page) -> None:
    agent_page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    agent_page.goto("/today")
    agent_page.get_by_role("button", name="Copy link").first.click()
    expect(agent_page.get_by_text("Link copied.")).to_be_visible()
    assert "/booking/" in agent_page.evaluate("navigator.clipboard.readText()")


def test_record_leads_to_the_payment_of_that_booking(agent_page: Page) -> None:
    agent_page.goto("/today")
    agent_page.get_by_role("link", name="Record a payment of").first.click()
    expect(agent_page.get_by_role("dialog")).to_contain_text("payment", ignore_case=True)


def test_on_paper_today_is_a_day_sheet(agent_page: Page) -> None:
    agent_page.goto("/today")
    expect(agent_page.locator(".strip")).to_be_visible()
    agent_page.emulate_media(media="print")
    expect(agent_page.get_by_text("Day sheet", exact=True)).to_be_visible()
    expect(agent_page.locator(".strip")).to_be_hidden()


def test_pages_without_a_calendar_do_not_load_one(page: Page) -> None:
    scripts: list[str] = []
    page.on("response", lambda answer: scripts.append(answer.text()) if answer.url.endswith(".js") else None)
    page.goto("/book")
    page.wait_for_load_state("networkidle")
    assert scripts
    assert [script for script in scripts if "ec-time-grid" in script] == []
