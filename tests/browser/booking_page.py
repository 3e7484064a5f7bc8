"""Around a booking's page."""

from playwright.sync_api import Locator, Page, expect

from tests import studio
from tests.browser import desk


def book(page: Page) -> str:
    """A pending, unsigned booking of $150 an hour on a day of its own; its number."""
    studio.sign_in(page, "agent@demo.studio")
    room = desk.room_ids(page)[0]
    day = desk.day_of_its_own(page, 120)
    starts = desk.free_starts(page, day, room, 120)
    return desk.book(page, {**desk.order(page, day, 120), "rooms": [room], "start": starts[len(starts) // 2]})


def open_booking(page: Page, number: str) -> None:
    page.goto(f"/bookings/{number}")
    expect(page.get_by_role("heading", level=1)).to_contain_text(number)


def choose(page: Page, action: str) -> None:
    """Under More."""
    page.get_by_role("button", name="More", exact=True).click()
    page.get_by_role("menuitem", name=action).click()


def card(page: Page, title: str) -> Locator:
    return page.locator("section.card", has=page.get_by_role("heading", name=title, exact=True))
