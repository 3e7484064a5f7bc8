"""What a person chose for themselves waits at every device."""

import pytest
from playwright.sync_api import Page, expect

from tests import studio
from tests.browser.fixtures import OpenPage

pytestmark = pytest.mark.browser


def test_the_chosen_colours_are_there_at_the_next_sign_in(page: Page, elsewhere: OpenPage) -> None:
    studio.sign_in(page, "intern@demo.studio")
    page.goto("/profile")
    page.get_by_role("button", name="Dark", exact=True).click()
    page.get_by_role("button", name="Save", exact=True).click()
    expect(page.get_by_text("Profile saved")).to_be_visible()

    other = elsewhere("")
    other.goto("/login")
    expect(other.locator("html")).to_have_class("light")
    other.get_by_role("button", name="intern@demo.studio").click()
    other.wait_for_url("**/today")
    expect(other.locator("html")).to_have_class("dark")
