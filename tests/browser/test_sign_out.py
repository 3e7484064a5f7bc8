"""Signing out at a desk that others use next."""

import re

import pytest
from playwright.sync_api import Page, expect

from studio_app.caller import SESSION_COOKIE
from tests import studio

pytestmark = pytest.mark.browser

SIGNED_OUT = re.compile(r"/login/?\?signed_out=1$")


def sign_in_anew(page: Page, who: str, then: str = "/today") -> None:
    """A sign-in of this test's own, which it may end."""
    page.context.clear_cookies()
    page.request.post("/api/auth/login", data={"email": f"{who}@demo.studio", "password": studio.DEMO_PASSWORD})
    page.goto(then)
    expect(page.locator("h1")).to_be_visible()


def sign_out(page: Page) -> None:
    page.get_by_role("button", name="Your account").click()
    page.get_by_role("button", name="Sign out", exact=True).click()
    expect(page).to_have_url(SIGNED_OUT)


def test_signing_out_ends_the_session_at_the_server(page: Page) -> None:
    sign_in_anew(page, "manager", "/clients")
    expect(page.locator("table a.rowlink").first).to_be_visible()
    (cookie,) = (one for one in page.context.cookies() if one["name"] == SESSION_COOKIE)
    sign_out(page)
    expect(page.get_by_text("You are signed out")).to_be_visible()
    assert not any(one["name"] == SESSION_COOKIE for one in page.context.cookies())
    kept = {"Cookie": f"{SESSION_COOKIE}={cookie['value']}"}
    assert page.request.get("/api/auth/me", headers=kept).status == 401
    page.go_back()
    expect(page).to_have_url(re.compile(r"/login\?next=/clients"))
    assert page.locator("table a.rowlink").count() == 0


def test_the_account_menu_obeys_the_keyboard(page: Page) -> None:
    sign_in_anew(page, "finance")
    page.get_by_role("button", name=re.compile("Your account")).focus()
    page.keyboard.press("Enter")
    leave = page.get_by_role("button", name="Sign out", exact=True)
    for _ in range(6):
        page.keyboard.press("Tab")
        if leave.evaluate("one => one === document.activeElement"):
            break
    page.keyboard.press("Enter")
    expect(page).to_have_url(SIGNED_OUT)
