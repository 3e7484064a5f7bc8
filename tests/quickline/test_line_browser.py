"""The quick line and the calendar links in a real browser."""

import re
from datetime import date

import pytest
from playwright.sync_api import Page, expect

from tests import studio
from tests.browser import appearance as looks
from tests.browser import desk

pytestmark = pytest.mark.browser


def free_day(page: Page) -> date:
    """On which Studio A is free at noon."""
    room = desk.room_ids(page)[0]
    while True:
        day = desk.day_of_its_own(page, 120)
        if f"{day}T12:00" in (start[:16] for start in desk.free_starts(page, day, room, 120)):
            return day


def test_a_line_books_without_the_mouse(page: Page) -> None:
    studio.sign_in(page, "manager@demo.studio")
    day = free_day(page)
    page.goto("/calendar")
    line = page.get_by_label("Book by one line")
    expect(line).to_be_visible()
    page.keyboard.press("/")
    expect(line).to_be_focused()
    page.keyboard.type(f"Studio A {day} noon-2p podcast no engineer for Quick Line Test")
    new = page.get_by_role("button", name="Quick Line Test (new client)")
    expect(new).to_be_visible()
    assert looks.faults(page, ".quick") == []
    new.focus()
    page.keyboard.press("Enter")
    expect(page.get_by_text("Enter books it.")).to_be_visible()
    expect(line).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.get_by_text(re.compile(r"PS-\d+ is booked for Quick Line Test"))).to_be_visible()
    expect(line).to_have_value("")


def test_a_calendar_link_is_made_and_revoked(page: Page) -> None:
    studio.sign_in(page, "admin@demo.studio")
    room = page.request.get("/api/catalog/rooms").json()["data"][0]["id"]
    page.goto(f"/settings/rooms/{room}")
    page.get_by_role("button", name="New link").click()
    page.get_by_role("dialog").get_by_role("textbox").fill("The wall")
    page.get_by_role("button", name="Make the link").click()
    address = page.get_by_label("Calendar address")
    expect(address).to_be_visible()
    url = address.input_value()
    assert page.request.get(url).text().startswith("BEGIN:VCALENDAR")
    page.get_by_role("button", name="Revoke The wall").first.click()
    page.get_by_role("alertdialog").get_by_role("button", name="Revoke").click()
    expect(page.get_by_text("is revoked", exact=False)).to_be_visible()
    assert page.request.get(url).status == 404
