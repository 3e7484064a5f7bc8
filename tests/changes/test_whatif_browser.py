"""Two people at one calendar: one drags, reads what it means, confirms and undoes; the other sees it at once."""

import re
from datetime import date, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from playwright.sync_api import Browser, Locator, Page, expect

from services.core import clock
from tests import studio
from tests.browser import appearance as looks
from tests.browser.calendar import open_calendar
from tests.browser.desk import book, day_of_its_own, free_starts, order, room_ids
from tests.browser.pointer import box
from tests.days import pages

pytestmark = pytest.mark.browser

_HOUR_PX = 34
"""Of a timeline."""


def event(page: Page, number: str) -> Locator:
    return page.locator(f'.ec-event:not(.is-ghost):has(a[href="/bookings/{number}"])')


def order_beside_a_free_room(page: Page) -> tuple[date, dict[str, Any]]:
    """In the first room, at a time when the second is free, too."""
    left, right = room_ids(page)[:2]
    while True:
        day = day_of_its_own(page)
        both = [start for start in free_starts(page, day, left) if start in free_starts(page, day, right)]
        if both:
            return day, {**order(page, day), "rooms": [left], "start": both[0]}


def drag(page: Page, number: str, columns: int) -> None:
    """Over so many columns; the time stays."""
    width = box(page.locator(".ec-col-head").nth(1))["width"]
    source = box(event(page, number))
    x, y = source["x"] + 24, source["y"] + 12
    page.mouse.move(x, y)
    page.mouse.down()
    page.mouse.move(x + 8, y, steps=2)
    page.mouse.move(x + columns * width, y, steps=6)
    page.mouse.up()


def test_a_drag_to_another_room_is_priced_confirmed_seen_by_others_and_undone(
    agent_page: Page, manager_page: Page
) -> None:
    day, body = order_beside_a_free_room(agent_page)
    number = book(agent_page, body)
    for person in (agent_page, manager_page):
        open_calendar(person, f"date={day}")
        expect(event(person, number)).to_be_visible()

    drag(agent_page, number, columns=1)
    dialog = agent_page.get_by_role("dialog")
    expect(dialog).to_contain_text("Swap the room of")
    expect(dialog).to_contain_text("Difference")
    expect(dialog).to_contain_text(re.compile(r"[+−]\$\d"))
    expect(dialog).to_contain_text("Told by mail")
    expect(dialog).to_contain_text("Pricing will reflect assigned room.")
    dialog.get_by_role("button", name="Put back").click()
    expect(dialog).to_have_count(0)
    expect(event(agent_page, number)).not_to_have_class(re.compile("is-asked"))

    drag(agent_page, number, columns=1)
    dialog.get_by_label("Reason").fill("Closer to the lounge")
    dialog.get_by_role("button", name="Swap room").click()
    expect(agent_page.get_by_text(f"{number} is changed")).to_be_visible()
    agent_page.get_by_text(f"{number} is changed").hover()  # so that it stays until it is pressed
    expect(event(manager_page, number)).to_have_css("grid-column-start", "2")
    agent_page.get_by_role("button", name="Undo").click()
    for person in (manager_page, agent_page):
        expect(event(person, number)).to_have_css("grid-column-start", "1")


_TO_THE_RIGHT = "event => event.closest('.ec-main').scrollLeft += event.getBoundingClientRect().x - 800"


def test_a_drop_into_an_hour_that_the_browsers_zone_skips_is_told_as_the_studios(
    browser: Browser, studio_url: str
) -> None:
    """In Berlin half past two is skipped that night; in the studio's New York it is not."""
    context = browser.new_context(
        base_url=studio_url, viewport={"width": 1440, "height": 900}, locale="en-US", timezone_id="Europe/Berlin"
    )
    pages.shift(context)
    page = context.new_page()
    studio.sign_in(page, "agent@demo.studio")
    number = book(page, order(page, _night_without_an_hour()))
    found = page.request.get(f"/api/bookings/{number}").json()["booking"]["start"]
    open_calendar(page, f"view=timeline&date={found[:10]}")
    page.wait_for_load_state("networkidle")
    event(page, number).evaluate(_TO_THE_RIGHT)
    source = box(event(page, number))
    x, y = source["x"] + 10, source["y"] + source["height"] - 10  # Below its button.
    page.mouse.move(x, y)
    page.mouse.down()
    page.mouse.move(x - 8, y, steps=2)
    page.mouse.move(x - (int(found[11:13]) - 2) * _HOUR_PX, y, steps=12)
    page.mouse.up()
    lands = f"2:{found[14:16]}–3:{found[14:16]} am"
    expect(page.get_by_role("dialog").locator(".place.then")).to_contain_text(lands)
    context.close()


def _night_without_an_hour() -> date:
    """The next day on which Berlin's clocks go forward, beyond what the demo books."""
    zone, now = ZoneInfo("Europe/Berlin"), clock.now() + timedelta(days=80)
    turns = clock.offset_changes(zone, now, now + timedelta(days=400))
    return next(at.astimezone(zone).date() for at in turns if not clock.is_repeated(at, zone))


def test_by_keyboard_a_session_moves_as_with_the_mouse(agent_page: Page) -> None:
    day = day_of_its_own(agent_page)
    body = order(agent_page, day)
    number = book(agent_page, body)
    open_calendar(agent_page, f"date={day}")
    agent_page.locator(f'.grid-view a[href="/bookings/{number}"]').focus()
    agent_page.keyboard.press("Tab")
    agent_page.keyboard.press("Enter")
    dialog = agent_page.get_by_role("dialog")
    expect(dialog).to_contain_text("Nothing changes yet.")
    dialog.get_by_label("Length in minutes").fill("90")
    expect(dialog).to_contain_text("1 h 30 min")
    assert looks.faults(agent_page) == []
    dialog.get_by_role("button", name="Change length").click()
    expect(agent_page.get_by_text(f"{number} is changed")).to_be_visible()
    answer = agent_page.request.get(f"/api/bookings/{number}").json()["booking"]
    assert answer["lines"] != []
    assert answer["version"] > 1


def test_on_a_phone_the_list_leads_to_the_same_dialog(agent_page: Page) -> None:
    day = day_of_its_own(agent_page)
    book(agent_page, order(agent_page, day))
    agent_page.set_viewport_size({"width": 390, "height": 800})
    agent_page.goto(f"/calendar?date={day}")
    agent_page.get_by_role("button", name="Move or change").first.click()
    dialog = agent_page.get_by_role("dialog")
    expect(dialog.get_by_label("Start")).to_be_visible()
    assert agent_page.evaluate("document.documentElement.scrollWidth") <= 390
    agent_page.keyboard.press("Escape")
    expect(dialog).to_have_count(0)


def test_who_may_not_swap_drags_nothing(page: Page) -> None:
    studio.sign_in(page, "engineer@demo.studio")
    open_calendar(page, "view=month")
    expect(page.locator(".ec-event").first).to_be_visible()
    assert page.locator(".ec-draggable, .event-change").count() == 0
