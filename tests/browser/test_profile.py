"""What a person chose for themselves waits at every device."""

import pytest
from playwright.sync_api import Browser, Page, expect

from tests import studio

pytestmark = pytest.mark.browser


def test_the_chosen_colours_are_there_at_the_next_sign_in(page: Page, browser: Browser, studio_url: str) -> None:
    studio.sign_in(page, "intern@demo.studio")
    page.goto("/profile")
    page.get_by_role("button", name="Dark", exact=True).click()
    page.get_by_role("button", name="Save", exact=True).click()
    expect(page.get_by_text("Profile saved")).to_be_visible()

    context = browser.new_context(base_url=studio_url, color_scheme="light")
    elsewhere = context.new_page()
    elsewhere.goto("/login")
    expect(elsewhere.locator("html")).to_have_class("light")
    elsewhere.get_by_role("button", name="intern@demo.studio").click()
    elsewhere.wait_for_url("**/today")
    expect(elsewhere.locator("html")).to_have_class("dark")
    context.close()
