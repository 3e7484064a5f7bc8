"""Staff at a booking's page and at the lists, in a real browser."""

import re

import pytest
from playwright.sync_api import Page, expect

from tests import studio
from tests.browser import appearance as looks
from tests.browser.booking_page import book, card, choose, open_booking
from tests.browser.pointer import draw

pytestmark = pytest.mark.browser


def sign(page: Page) -> None:
    page.get_by_role("button", name="Sign here").first.click()
    draw(page, page.locator(".signature canvas"))
    page.get_by_label("Full name").fill("Nova Reyes")
    page.get_by_role("button", name="Sign", exact=True).click()
    expect(page.get_by_role("dialog")).to_be_hidden()


def test_staff_confirm_a_booking_take_a_split_deposit_and_see_the_balance(page: Page) -> None:
    number = book(page)
    open_booking(page, number)
    page.get_by_role("button", name="Confirm").click()
    expect(page.get_by_text(f"{number} is confirmed")).to_be_visible()
    expect(page.get_by_role("heading", level=1)).to_contain_text("Confirmed")
    expect(page.get_by_role("button", name="Record payment")).to_be_hidden()

    sign(page)
    expect(page.get_by_role("img", name="Signature of Nova Reyes")).to_be_visible()
    total = page.locator(".sum.total", has_text="Total").inner_text().split()[-1]

    page.get_by_role("button", name="Record payment").click()
    page.get_by_role("button", name="Split it").click()
    page.get_by_label("Amount").nth(0).fill("60")
    page.get_by_label("Amount").nth(1).fill("40.50")
    page.get_by_label("Method").nth(1).select_option("Zelle")
    page.get_by_role("button", name="Record", exact=True).click()
    expect(page.get_by_text(re.compile("2 payments recorded"))).to_be_visible()
    payments = card(page, "Payments")
    expect(payments.get_by_role("listitem")).to_have_count(2)
    balance = float(total.replace("$", "").replace(",", "")) - 100.50
    expect(payments).to_contain_text(f"${balance:,.2f} owed")
    expect(card(page, "History")).to_contain_text("$60.00")


def test_the_fee_is_shown_before_a_booking_is_cancelled(page: Page) -> None:
    number = book(page)
    open_booking(page, number)
    choose(page, "Cancel booking…")
    dialog = page.get_by_role("dialog")
    expect(dialog).to_contain_text("the session is not charged")
    expect(dialog).to_contain_text("Told by mail")
    dialog.get_by_label("Reason").fill("Singer is ill")
    dialog.get_by_role("button", name="Cancel booking").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("Cancelled")
    expect(page.get_by_text("Singer is ill").first).to_be_visible()


def test_a_file_is_added_and_can_be_downloaded(page: Page) -> None:
    open_booking(page, book(page))
    paper = {"name": "chart.pdf", "mimeType": "application/pdf", "buffer": b"%PDF-1.4 one page"}
    page.locator("input[type=file]").set_input_files([paper])
    link = card(page, "Files").get_by_role("link", name="chart.pdf")
    expect(link).to_be_visible()
    assert page.request.get(str(link.get_attribute("href"))).body() == b"%PDF-1.4 one page"


def test_the_client_s_link_is_copied(page: Page) -> None:
    open_booking(page, book(page))
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    page.get_by_role("button", name="Copy the client's link").click()
    expect(page.get_by_text("Link copied")).to_be_visible()
    page.goto(page.evaluate("navigator.clipboard.readText()"))
    expect(page.get_by_role("heading", level=1)).to_be_visible()
    assert "/booking/" in page.url


def test_filters_stay_in_the_address(page: Page) -> None:
    studio.sign_in(page, "agent@demo.studio")
    page.goto("/bookings")
    page.get_by_role("button", name="Finished").click()
    page.wait_for_url("**/bookings?when=all&status=COMPLETED")
    page.get_by_role("button", name="Total").click()
    page.wait_for_url("**/bookings?when=all&status=COMPLETED&sort=total")
    page.reload()
    expect(page.get_by_role("button", name="Finished")).to_have_attribute("aria-pressed", "true")
    assert page.request.get(str(page.get_by_role("link", name="CSV").get_attribute("href"))).ok
    page.get_by_role("button", name="Clear filters").click()
    expect(page.get_by_role("button", name="Finished")).to_have_attribute("aria-pressed", "false")


def test_an_engineer_sees_own_sessions_and_no_money(page: Page) -> None:
    studio.sign_in(page, "engineer@demo.studio")
    page.goto("/bookings")
    page.locator("tbody .rowlink").first.wait_for()
    expect(page.get_by_role("columnheader", name="Balance")).to_have_count(0)
    page.locator("tbody .rowlink").first.click()
    expect(page.get_by_role("heading", name="Session", exact=True)).to_be_visible()
    expect(page.get_by_role("heading", name="Payments")).to_have_count(0)
    expect(page.locator("main")).not_to_contain_text("$")


@pytest.mark.parametrize("screen", ["/bookings", "/bookings/PS-10001", "/clients", "/clients/1"])
def test_axe_finds_nothing(page: Page, screen: str) -> None:
    studio.sign_in(page, "admin@demo.studio")
    page.goto(screen)
    page.wait_for_selector("h1")
    assert looks.wrong(page, looks.WITH_TABLET) == {}


@pytest.mark.parametrize(
    ("screen", "button"),
    [
        ("/clients", "New client"),
        ("/clients/1", "Edit"),
        ("/clients/1", "Add artist"),
        ("/clients/1", "Add address"),
        ("/clients/1", "Anonymise"),
    ],
)
def test_axe_finds_nothing_in_a_dialog(page: Page, screen: str, button: str) -> None:
    studio.sign_in(page, "admin@demo.studio")
    page.goto(screen)
    page.get_by_role("button", name=button, exact=True).click()
    page.locator("[role=dialog],[role=alertdialog]").wait_for()
    assert looks.faults(page) == []
