"""Signing out at a desk that others use next."""

import re

import pytest
from playwright.sync_api import Page, expect

from studio_app.caller import SESSION_COOKIE
from tests import studio
from tests.browser.fixtures import OpenPage

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
    expect(leave).to_be_visible()
    for _ in range(6):
        page.keyboard.press("Tab")
        if leave.evaluate("one => one === document.activeElement"):
            break
    page.keyboard.press("Enter")
    expect(page).to_have_url(SIGNED_OUT)


def test_other_tabs_leave_too_and_show_nothing_to_the_next_person(page: Page) -> None:
    sign_in_anew(page, "manager", "/clients")
    other = page.context.new_page()
    other.goto("/clients")
    expect(other.locator("table a.rowlink").first).to_be_visible()
    sign_out(page)
    expect(other).to_have_url(re.compile("/login"))
    expect(other.locator("table a.rowlink")).to_have_count(0)


def test_the_next_person_in_the_tab_is_sent_nothing_of_the_last(page: Page) -> None:
    frames: list[str] = []
    page.on("websocket", lambda socket: socket.on("framereceived", lambda data: frames.append(str(data))))
    sign_in_anew(page, "manager", "/clients")
    client = page.locator("table a.rowlink").first.inner_text()
    assert any(client in frame for frame in frames)
    sign_out(page)
    frames.clear()
    sign_in_anew(page, "intern", "/profile")
    expect(page.get_by_label("Name")).not_to_have_value("")
    assert frames
    assert not any(client in frame for frame in frames)


def test_the_account_button_is_named_by_what_it_shows(elsewhere: OpenPage) -> None:
    manager = elsewhere("manager")
    manager.goto("/today")
    who = manager.locator("header .who")
    expect(who).not_to_be_empty()
    shown = who.inner_text()
    expect(manager.get_by_role("button", name=re.compile(re.escape(shown)))).to_be_visible()


def test_who_comes_back_after_their_sign_in_has_ended_is_told_and_loses_nothing(
    page: Page, elsewhere: OpenPage
) -> None:
    sign_in_anew(page, "agent", "/clients?sort=-name")
    page.get_by_role("button", name="New client").click()
    page.locator("[name=name]").fill("Wanda Quell")
    page.get_by_label("E-mail").fill("wanda@quell.example")
    (cookie,) = (one for one in page.context.cookies() if one["name"] == SESSION_COOKIE)
    kept = {"Cookie": f"{SESSION_COOKIE}={cookie['value']}"}
    assert elsewhere("").request.post("/api/auth/logout", headers=kept).ok

    expect(page).to_have_url(re.compile("/login/?\\?ended=1"))
    expect(page.get_by_text("Nothing is lost")).to_be_visible()
    page.get_by_label("E-mail").fill("agent@demo.studio")
    page.get_by_label("Password").fill(studio.DEMO_PASSWORD)
    page.get_by_role("button", name="Sign in").click()

    expect(page).to_have_url(re.compile(r"/clients/?\?sort=-name"))
    page.get_by_role("button", name="New client").click()
    expect(page.locator("[name=name]")).to_have_value("Wanda Quell")
    expect(page.get_by_label("E-mail")).to_have_value("wanda@quell.example")
    page.wait_for_function("sessionStorage.getItem('studio_typed') === null")


def test_what_was_typed_is_not_shown_to_somebody_else(page: Page, elsewhere: OpenPage) -> None:
    sign_in_anew(page, "agent", "/clients")
    page.get_by_role("button", name="New client").click()
    page.locator("[name=name]").fill("Wanda Quell")
    page.evaluate("keepTyped()")
    assert page.evaluate("sessionStorage.getItem('studio_typed')")
    sign_in_anew(page, "manager", "/clients")
    page.get_by_role("button", name="New client").click()
    expect(page.locator("[name=name]")).to_have_value("")
    page.wait_for_function("sessionStorage.getItem('studio_typed') === null")


def test_the_sidebar_stays_on_long_pages(manager_page: Page) -> None:
    manager_page.goto("/bookings")
    expect(manager_page.locator("table a.rowlink").first).to_be_visible()
    manager_page.mouse.wheel(0, 3000)
    manager_page.wait_for_function("scrollY > 200")
    expect(manager_page.get_by_role("navigation", name="Main").get_by_role("link", name="Calendar")).to_be_in_viewport()
