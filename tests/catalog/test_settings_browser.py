"""What an administrator changes counts at once; who may not is told so."""

import pytest
from playwright.sync_api import Page, expect

from tests import studio
from tests.browser import appearance as looks

pytestmark = pytest.mark.browser

SCREENS = ("", "/studio", "/rooms", "/engineers", "/services", "/hours", "/mics", "/pricing", "/people", "/mail")


def test_a_service_an_administrator_adds_is_on_offer_at_once(page: Page) -> None:
    studio.sign_in(page, "admin@demo.studio")
    page.goto("/settings/services")
    page.get_by_role("button", name="Add service").first.click()
    page.get_by_label("Name").fill("Foley")
    page.get_by_label("Code").fill("foley stage")
    page.get_by_label("Price *").fill("95.50")
    page.get_by_role("button", name="Save", exact=True).click()
    expect(page.get_by_text("A code has 2 to 40 capital letters")).to_be_visible()
    expect(page.get_by_label("Name")).to_have_value("Foley")

    page.get_by_label("Code").fill("FOLEY")
    page.get_by_role("button", name="Save", exact=True).click()
    expect(page.get_by_role("dialog")).to_be_hidden()
    expect(page.get_by_role("row", name="Foley")).to_contain_text("$95.50 per hour")
    offered = page.request.get("/api/catalog/services").json()
    assert "FOLEY" in str(offered)


def test_selects_and_ticks_of_a_form_show_what_is_set_wherever_one_comes_from(page: Page) -> None:
    """Their page is drawn before its values are here; a save would store what they show."""
    studio.sign_in(page, "admin@demo.studio")
    page.goto("/settings/rooms")
    expect(page.get_by_role("row").nth(1)).to_be_visible()
    page.get_by_role("link", name="Online booking").click()
    expect(page.get_by_label("Shortest session")).to_have_value("60")
    expect(page.get_by_label("Sessions start")).to_have_value("30")
    page.get_by_role("link", name="Studio", exact=True).click()
    expect(page.get_by_label("Time zone")).to_have_value("America/New_York")
    expect(page.get_by_label("A pending booking is confirmed")).to_be_checked()


def test_escape_closes_a_dialog(page: Page) -> None:
    studio.sign_in(page, "admin@demo.studio")
    page.goto("/settings/people")
    page.get_by_role("button", name="Add person").click()
    expect(page.get_by_role("dialog")).to_be_visible()
    page.keyboard.press("Escape")
    expect(page.get_by_role("dialog")).to_be_hidden()


def test_a_search_stays_in_the_address(page: Page) -> None:
    studio.sign_in(page, "admin@demo.studio")
    page.goto("/settings/people")
    expect(page.get_by_role("row").nth(1)).to_be_visible()
    page.get_by_label("Search").fill("finance@demo")
    expect(page.get_by_role("row")).to_have_count(2)
    page.wait_for_url("**/settings/people?q=finance%40demo")
    page.reload()
    expect(page.get_by_label("Search")).to_have_value("finance@demo")
    expect(page.get_by_role("row")).to_have_count(2)


@pytest.mark.parametrize("who", ["engineer", "finance"])
def test_who_may_not_is_told_so(page: Page, who: str) -> None:
    studio.sign_in(page, f"{who}@demo.studio")
    page.goto("/settings/services")
    page.wait_for_url("**/not-allowed")
    expect(page.get_by_role("heading", name="This page is not for you").first).to_be_visible()


@pytest.mark.parametrize("screen", SCREENS)
def test_axe_finds_nothing(page: Page, screen: str) -> None:
    studio.sign_in(page, "admin@demo.studio")
    page.goto(f"/settings{screen}")
    page.wait_for_selector("h1")
    assert looks.wrong(page, [(1440, "light"), (390, "light")]) == {}


def test_on_a_phone_the_open_tab_is_in_view(page: Page) -> None:
    page.set_viewport_size({"width": 390, "height": 900})
    studio.sign_in(page, "admin@demo.studio")
    page.goto("/settings/mail")
    expect(page.get_by_role("link", name="Mail")).to_be_in_viewport(ratio=0.9)


def test_the_mail_page_says_that_no_mail_leaves_and_what_to_do(page: Page) -> None:
    studio.sign_in(page, "admin@demo.studio")
    page.goto("/settings/mail")
    said = page.locator(".note").filter(has_text="No mail leaves the studio")
    expect(said).to_contain_text("send its text to its address from your own mail")
