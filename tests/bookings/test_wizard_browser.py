"""Booking in a real browser, as a client and as staff."""

import re
from secrets import token_hex

import pytest
from playwright.sync_api import Browser, Page, expect

from tests import studio
from tests.browser import appearance as looks
from tests.browser.fixtures import OpenPage
from tests.browser.wizard import book, choose_day, choose_time, day_of_its_own, onward, say_who, title, up_to_the_review

pytestmark = pytest.mark.browser

_OF_STAFF: tuple[looks.Look, ...] = ((1440, "light"), (390, "dark"))
"""The last of them stays on for the next step."""


def test_a_client_books_signs_and_sees_the_booking(page: Page) -> None:
    up_to_the_review(page, "Nora Vance")
    total = page.locator("#price .total span").last.inner_text()
    book(page)
    page.wait_for_url(re.compile(r"/booking/[\w-]+\?new=1"))
    title(page, "PS-")
    expect(page.get_by_text("Thank you, Nora Vance.")).to_be_visible()
    expect(page.get_by_text("Signed by Nora Vance")).to_be_visible()
    expect(page.locator(".sum.total").last).to_contain_text(total)
    calendar = page.get_by_role("link", name="Add to calendar").get_attribute("href") or ""
    assert page.request.get(calendar).text().startswith("BEGIN:VCALENDAR")
    assert looks.faults(page) == []


def test_a_reload_half_way_loses_nothing(page: Page) -> None:
    say_who(page, "Ilse Brandt")
    choose_time(page)
    expect(page.locator("#price .total")).to_be_visible()
    about = page.locator("#price").inner_text()
    page.reload()
    title(page, "Where and when?")
    expect(page.locator("button.slot.on")).to_be_visible()
    expect(page.locator("#price")).to_have_text(about, use_inner_text=True)
    page.get_by_role("button", name="1. Name").click()
    expect(page.get_by_label("Name")).to_have_value("Ilse Brandt")


def test_a_slot_gone_meanwhile_is_told_and_the_form_stays(page: Page, elsewhere: OpenPage) -> None:
    other = elsewhere("")
    day = day_of_its_own()
    up_to_the_review(page, "Olu Late", day)
    up_to_the_review(other, "Ada Early", day)
    book(other)
    other.wait_for_url(re.compile(r"/booking/"))
    book(page)
    title(page, "Where and when?")
    expect(page.locator("#trouble")).to_contain_text("has just been taken")
    page.locator("#trouble button").first.click()
    expect(page.locator("#trouble")).to_have_count(0)
    page.get_by_role("button", name="10. Review").click()
    title(page, "Is everything right?")
    expect(page.get_by_text("Upright piano, please.")).to_be_visible()
    book(page)
    page.wait_for_url(re.compile(r"/booking/"))


def test_a_double_click_books_once(page: Page) -> None:
    name = f"Double Dora {token_hex(3)}"
    up_to_the_review(page, name)
    page.get_by_role("button", name="Book", exact=True).dblclick()
    page.wait_for_url(re.compile(r"/booking/"))
    studio.sign_in(page, "agent@demo.studio")
    found = page.request.get("/api/bookings", params={"q": name, "source": "PUBLIC_PAGE"}).json()
    assert found["total"] == 1


def test_staff_book_a_returning_client_from_the_keyboard(page: Page) -> None:
    studio.sign_in(page, "agent@demo.studio")
    page.goto("/bookings/new")
    expect(page.locator("#q")).to_be_focused()
    page.keyboard.type("a")
    expect(page.locator(".found-client.on .sub")).not_to_be_empty()
    page.keyboard.press("Enter")
    title(page, "Which day?")
    expect(page.locator("button.day:focus")).to_be_visible()
    for key in ("ArrowDown", "End", "ArrowRight", "Enter"):
        page.keyboard.press(key)
    expect(page.locator("button.day.on")).to_be_visible()
    page.keyboard.press("Enter")
    title(page, "What do they need?")
    page.locator("input[type=radio]:focus").press("Space")
    expect(page.locator(".pick.on")).to_be_visible()
    page.keyboard.press("Enter")
    title(page, "Where and when?")
    page.locator("button.room:focus").press("Enter")
    page.locator("button.slot:not(.x)").last.press("Enter")
    expect(page.locator("button.slot.on")).to_be_visible()
    page.keyboard.press("Enter")
    for heading in ("With which engineer?", "Anything else?", "Terms and signature", "Payment"):
        title(page, heading)
        expect(page.locator(":is([data-first], h1):focus")).to_be_visible()
        page.keyboard.press("Enter")
    title(page, "Review and book")
    expect(page.locator("button[data-first]:focus")).to_have_text("Book")
    page.keyboard.press("Enter")
    page.wait_for_url(re.compile(r"/bookings/PS-\d+"))


def test_axe_finds_nothing_on_any_screen(page: Page) -> None:
    found = {}
    page.set_viewport_size({"width": 390, "height": 900})
    up_to_the_review(page, "Axel Small")
    for number, heading in (
        ("1. Name", "Who is booking?"),
        ("2. Date", "Which day?"),
        ("3. Service", "What do you need?"),
        ("4. Rooms", "Where and when?"),
        ("6. Engineer", "With which engineer?"),
        ("7. Add-ons", "Anything else?"),
        ("8. Agreement", "Terms and signature"),
        ("9. Payment", "Payment"),
        ("10. Review", "Is everything right?"),
    ):
        page.get_by_role("button", name=number).click()
        title(page, heading)
        found[heading] = looks.wrong(page)
    assert {heading: wrong for heading, wrong in found.items() if wrong} == {}


def test_the_first_visit_is_light(browser: Browser, studio_url: str) -> None:
    """At most 450 KB over the wire, and no charts, calendar or signature pad among it."""
    context = browser.new_context(base_url=studio_url)
    page = context.new_page()
    wire = context.new_cdp_session(page)
    wire.send("Network.enable")
    sizes: list[float] = []
    addresses: list[str] = []
    wire.on("Network.loadingFinished", lambda event: sizes.append(event["encodedDataLength"]))
    page.on("request", lambda request: addresses.append(request.url))
    page.goto("/book")
    title(page, "Who is booking?")
    page.wait_for_load_state("networkidle")
    assert sum(sizes) <= 450_000
    assert [url for url in addresses if re.search("plotly|event-calendar|signature", url)] == []
    context.close()


def test_axe_finds_nothing_on_any_screen_of_the_staff(agent_page: Page) -> None:
    found, page = {}, agent_page
    page.goto("/bookings/new")
    title(page, "Who is it for?")
    found["Who is it for?"] = looks.wrong(page, _OF_STAFF)
    page.locator(".found-client").first.click()
    choose_day(page, day_of_its_own())
    found["Which day?"] = looks.wrong(page, _OF_STAFF)
    onward(page)
    title(page, "What do they need?")
    page.locator(".pick", has_text="Recording").first.click()
    expect(page.locator(".pick.on")).to_contain_text("Recording")
    found["What do they need?"] = looks.wrong(page, _OF_STAFF)
    onward(page)
    title(page, "Where and when?")
    page.locator("button.room").first.click()
    page.locator("button.slot:not(.x)").last.click()
    expect(page.locator("button.slot.on")).to_be_visible()
    found["Where and when?"] = looks.wrong(page, _OF_STAFF)
    onward(page)
    for heading in ("With which engineer?", "Anything else?", "Terms and signature", "Payment"):
        title(page, heading)
        found[heading] = looks.wrong(page, _OF_STAFF)
        onward(page)
    title(page, "Review and book")
    found["Review and book"] = looks.wrong(page, _OF_STAFF)
    assert {heading: wrong for heading, wrong in found.items() if wrong} == {}
