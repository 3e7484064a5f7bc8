"""Two people at one booking, and its client: each sees what the other does, and loses nothing typed."""

import re

import pytest
from playwright.sync_api import Page, expect

from tests.browser import appearance as looks
from tests.browser.booking_page import book, card, choose, open_booking

pytestmark = pytest.mark.browser


def swap(page: Page, number: str) -> str:
    """To the next room that is free, by whoever the page is; its name."""
    first, *others = page.request.get("/api/catalog/rooms").json()["data"]
    for room in others:
        asked = {"from": first["id"], "to": room["id"], "reason": "Grand piano"}
        if page.request.patch(f"/api/bookings/{number}/room", data=asked).ok:
            return str(room["name"])
    raise AssertionError("No other room is free.")


def test_each_sees_the_other_come_edit_and_go(page: Page, manager_page: Page) -> None:
    number = book(page)
    open_booking(page, number)
    open_booking(manager_page, number)
    expect(page.get_by_text(re.compile("is also here"))).to_be_visible()
    expect(manager_page.get_by_text(re.compile("is also here"))).to_be_visible()
    choose(manager_page, "Edit details…")
    expect(page.get_by_text(re.compile("is editing"))).to_be_visible()
    manager_page.keyboard.press("Escape")
    expect(page.get_by_text(re.compile("is also here"))).to_be_visible()
    manager_page.goto("/bookings")
    expect(page.get_by_text(re.compile("is also here"))).to_be_hidden()


def test_a_change_elsewhere_shows_at_once_and_what_is_typed_stays(page: Page, manager_page: Page) -> None:
    number = book(page)
    open_booking(page, number)
    choose(page, "Edit details…")
    page.get_by_label("Notes").fill("Two pianos")
    room = swap(manager_page, number)
    expect(page.get_by_text("“Grand piano”")).to_be_visible()
    session = page.locator("section.card", has_text="originally")
    expect(session).to_contain_text(room)
    expect(page.get_by_label("Notes")).to_have_value("Two pianos")

    page.get_by_role("button", name="Save", exact=True).click()
    expect(page.get_by_text("Somebody was here meanwhile")).to_be_visible()
    expect(page.get_by_label("Notes")).to_have_value("Two pianos")
    page.get_by_role("button", name="Save all the same").click()
    expect(card(page, "Notes")).to_contain_text("Two pianos")


def test_the_client_s_page_shows_the_change_and_what_it_was_when_they_signed(page: Page, manager_page: Page) -> None:
    number = book(page)
    signed = {"type": "CHECKBOX_ACKNOWLEDGMENT", "name": "Nova Reyes", "accepted": True}
    assert page.request.post(f"/api/bookings/{number}/authorization", data=signed).ok
    token = page.request.get(f"/api/bookings/{number}").json()["booking"]["public_token"]
    page.goto(f"/booking/{token}")
    expect(page.get_by_role("heading", level=1)).to_contain_text(number)
    page.get_by_label("Tell us more").fill("Could we")
    room = swap(manager_page, number)
    note = page.locator(".note", has_text="changed since you signed")
    expect(note).to_contain_text(room)
    expect(page.get_by_label("Tell us more")).to_have_value("Could we")
    assert looks.faults(page) == []


def test_a_session_is_moved_from_its_page_and_put_back(page: Page) -> None:
    number = book(page)
    open_booking(page, number)
    page.get_by_role("button", name="Move or change…").click()
    page.get_by_label("Length in minutes").fill("180")
    page.get_by_role("dialog").get_by_role("button", name=re.compile("Change|Extend|Move")).last.click()
    expect(card(page, "Changes")).to_contain_text("2 h → 3 h")
    card(page, "Changes").get_by_role("button", name="Undo").click()
    asked = page.get_by_role("alertdialog")
    expect(asked).to_contain_text("length back to 2 h")
    asked.get_by_role("button", name="Take it back").click()
    expect(card(page, "Changes")).to_contain_text("Taken back")


def test_a_session_is_repeated_and_the_rest_of_the_series_cancelled(page: Page) -> None:
    number = book(page)
    open_booking(page, number)
    choose(page, "Repeat…")
    page.get_by_label("Sessions, this one included").fill("3")
    act = page.get_by_role("button", name=re.compile(r"Book [12] session"))
    expect(act).to_be_enabled()
    act.click()
    series = card(page, "Series")
    expect(series.get_by_role("listitem").nth(1)).to_be_visible()
    series.get_by_role("button", name="Cancel several…").click()
    page.get_by_role("button", name="All to come").click()
    page.get_by_role("button", name=re.compile(r"Cancel [23] sessions")).click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("Cancelled")


def eventful(page: Page) -> str:
    """A booking with every panel: changed, repeated, signed."""
    number = book(page)
    signed = {"type": "CHECKBOX_ACKNOWLEDGMENT", "name": "Nova Reyes", "accepted": True}
    assert page.request.post(f"/api/bookings/{number}/authorization", data=signed).ok
    swap(page, number)
    assert page.request.post(f"/api/bookings/{number}/extend", data={"minutes": 30}).ok
    page.request.post(f"/api/bookings/{number}/repeat", data={"rule": "FREQ=WEEKLY", "count": 3})
    return number


def test_axe_finds_nothing_with_all_panels(page: Page) -> None:
    open_booking(page, eventful(page))
    assert looks.wrong(page) == {}
    for action in ("Edit details…", "Extend…", "Repeat…", "Cancel booking…"):
        choose(page, action)
        page.get_by_role("dialog").wait_for()
        assert looks.wrong(page) == {}, action
        page.keyboard.press("Escape")
        expect(page.get_by_role("dialog")).to_be_hidden()
