"""The own availability in a real browser: time off, being replaced, extra days, by role and on each screen."""

from datetime import timedelta

import pytest
from playwright.sync_api import Page, expect

from tests import studio
from tests.browser import appearance as looks
from tests.world import today

pytestmark = pytest.mark.browser

_TODAY = today()


def open_own(page: Page, who: str, path: str = "/availability") -> None:
    studio.sign_in(page, f"{who}@demo.studio")
    page.goto(path)
    page.wait_for_selector("h1")
    page.wait_for_function("!document.querySelector('.sk')")


def test_time_off_on_sessions_lists_them_and_a_manager_hears_of_it(page: Page) -> None:
    open_own(page, "engineer")
    page.get_by_role("button", name="Take time off").click()
    page.get_by_label("First day").fill(str(_TODAY + timedelta(days=1)))
    page.get_by_label("Last day").fill(str(_TODAY + timedelta(days=28)))
    page.get_by_role("button", name="Save", exact=True).click()
    alert = page.get_by_role("dialog").get_by_role("alert").filter(has_text="Nothing was taken off")
    expect(alert).to_be_visible()
    ask = alert.get_by_role("button", name="Ask for a swap in").first
    number = (ask.get_attribute("aria-label") or "").removeprefix("Ask for a swap in ")
    ask.click()
    expect(alert.get_by_role("listitem").filter(has_text=number)).to_contain_text("Asked")
    page.keyboard.press("Escape")
    expect(page.get_by_text("You asked to be replaced")).to_be_visible()

    open_own(page, "manager", "/today")
    card = page.locator("#swap-requests")
    expect(card).to_contain_text(number)
    expect(card.get_by_role("link", name=f"Find another engineer for {number}")).to_have_attribute(
        "href", f"/bookings/{number}?change=engineer"
    )
    card.get_by_role("button", name=f"Decline for {number}").click()
    page.get_by_label("Note").fill("Nobody else is free")
    page.get_by_role("dialog").get_by_role("button", name="Decline").click()
    expect(page.get_by_role("button", name=f"Decline for {number}")).to_have_count(0)


def test_a_performer_finds_their_own_week_and_adds_days(page: Page) -> None:
    open_own(page, "performer")
    expect(page.get_by_role("navigation", name="Main").get_by_role("link")).to_have_text(
        ["Platinum Sound", "Today", "Calendar", "Availability"]
    )
    page.get_by_role("button", name="Add", exact=True).last.click()
    page.get_by_label("First day").fill(str(_TODAY + timedelta(days=30)))
    page.get_by_label("Last day").fill(str(_TODAY + timedelta(days=31)))
    page.get_by_role("button", name="Save", exact=True).click()
    expect(page.get_by_text("2 extra days added")).to_be_visible()


@pytest.mark.parametrize(
    ("who", "path"),
    [
        ("engineer", "/availability"),
        ("performer", "/availability"),
        ("performer", "/today"),
        ("manager", "/today"),
        ("agent", "/settings/lockouts?room=1"),
        ("admin", "/settings/performers"),
    ],
)
def test_axe_finds_nothing(page: Page, who: str, path: str) -> None:
    open_own(page, who, path)
    assert looks.wrong(page) == {}
