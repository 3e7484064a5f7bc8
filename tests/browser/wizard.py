"""Through the wizard, screen by screen."""

from secrets import randbelow, token_hex

from playwright.sync_api import Page, expect

from tests import database as databases
from tests.browser.pointer import draw

_A_PAGE = 20
"""So many of its days are free."""


def title(page: Page, text: str) -> None:
    expect(page.get_by_role("heading", name=text, level=1)).to_be_visible()


def onward(page: Page) -> None:
    page.locator("#wizard button[type=submit]").click()


def say_who(page: Page, name: str) -> None:
    """A new person each time: an address or number that is known would be that client."""
    page.goto("/book")
    title(page, "Who is booking?")
    page.get_by_label("Name").fill(name)
    page.get_by_label("E-mail").fill(f"client.{token_hex(4)}@example.com")
    page.get_by_label("Phone").fill(f"212 {randbelow(700) + 200} {randbelow(10_000):04}")
    onward(page)


def day_of_its_own() -> int:
    """Given to no other test of the run: which free day it is, from `choose_day`'s first page on."""
    return databases.next_number("wizard days")


def choose_day(page: Page, day: int, pages_on: int = 2) -> None:
    """Each page has five weeks, the first begins with this one."""
    title(page, "Which day?")
    for _ in range(pages_on + day // _A_PAGE):
        before = page.locator(".days-head h2").inner_text()
        page.get_by_role("button", name="Later").click()
        expect(page.locator(".days-head h2")).not_to_have_text(before)
    page.locator("button.day.free").nth(day % _A_PAGE).click()
    expect(page.locator("button.day.on")).to_be_visible()


def choose_time(page: Page, day: int | None = None, who: str = "you", service: str = "Recording") -> None:
    """The first room, and an early free start; without a service the first of them."""
    choose_day(page, day_of_its_own() if day is None else day)
    onward(page)
    title(page, f"What do {who} need?")
    page.locator(".pick", has_text=service).first.click()
    expect(page.locator(".pick.on")).to_contain_text(service)
    onward(page)
    title(page, "Where and when?")
    page.locator("button.room").first.click()
    page.locator("button.slot:not(.x)").nth(2).click()
    expect(page.locator("button.slot.on")).to_be_visible()


def sign(page: Page, name: str) -> None:
    title(page, "Terms and signature")
    draw(page, page.locator(".signature canvas"))
    page.get_by_label("Full name of the person signing").fill(name)
    onward(page)


def up_to_the_review(page: Page, name: str, day: int | None = None, service: str = "Recording") -> None:
    say_who(page, name)
    choose_time(page, day, service=service)
    onward(page)
    title(page, "With which engineer?")
    onward(page)
    title(page, "Anything else?")
    page.get_by_label("Notes").fill("Upright piano, please.")
    onward(page)
    sign(page, name)
    title(page, "Payment")
    onward(page)
    title(page, "Is everything right?")
    expect(page.get_by_text("signed by " + name)).to_be_visible()


def up_to_the_desks_review(page: Page) -> None:
    """Unsigned, of the first service, for the client who booked last."""
    page.goto("/bookings/new")
    title(page, "Who is it for?")
    page.locator(".found-client").first.click()
    choose_time(page, who="they", service="")
    for heading in ("With which engineer?", "Anything else?", "Terms and signature", "Payment", "Review and book"):
        onward(page)
        title(page, heading)


def book(page: Page) -> None:
    page.get_by_role("button", name="Book", exact=True).click()
