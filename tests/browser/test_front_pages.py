"""Signing in and losing one's way, in a real browser."""

import re

import pytest
from playwright.sync_api import Browser, Page, expect

from tests import studio
from tests.browser import appearance as looks

pytestmark = pytest.mark.browser

PUBLIC = ("/", "/login", "/reset", "/reset?token=x", "/not-allowed", "/went-wrong", "/nothing-here")


@pytest.mark.parametrize("path", PUBLIC)
def test_a_front_page_is_accessible_and_fits(page: Page, path: str) -> None:
    page.goto(path)
    expect(page.locator("h1")).to_have_count(1)
    page.wait_for_load_state("networkidle")
    assert looks.wrong(page) == {}


def test_a_wrong_password_keeps_what_was_typed(page: Page) -> None:
    page.goto("/login")
    page.get_by_label("E-mail").fill("admin@demo.studio")
    page.get_by_label("Password").fill("wrong")
    page.get_by_role("button", name="Sign in").click()
    expect(page.get_by_role("alert")).to_contain_text("do not belong together")
    expect(page.get_by_label("E-mail")).to_have_value("admin@demo.studio")


def test_signing_in_leads_to_today(page: Page) -> None:
    page.goto("/login")
    page.get_by_label("E-mail").fill("manager@demo.studio")
    page.get_by_label("Password").fill(studio.DEMO_PASSWORD)
    page.get_by_role("button", name="Sign in").click()
    expect(page).to_have_url(re.compile("/today/?$"))


def test_the_form_works_without_scripts(browser: Browser, studio_url: str) -> None:
    context = browser.new_context(base_url=studio_url, java_script_enabled=False)
    page = context.new_page()
    page.goto("/login")
    page.get_by_label("E-mail").fill("manager@demo.studio")
    page.get_by_label("Password").fill(studio.DEMO_PASSWORD)
    page.get_by_role("button", name="Sign in").click()
    expect(page).to_have_url(re.compile("/today/?$"))
    context.close()


def test_who_is_quicker_than_the_script_sends_nothing_and_loses_nothing(browser: Browser, studio_url: str) -> None:
    context = browser.new_context(base_url=studio_url, java_script_enabled=False)
    page = context.new_page()
    page.goto("/reset")
    page.get_by_label("E-mail").fill("nova@lumen.example")
    page.get_by_label("E-mail").press("Enter")
    expect(page.get_by_label("E-mail")).to_have_value("nova@lumen.example")
    assert page.url == f"{studio_url}/reset"
    context.close()


def test_a_form_refused_without_scripts_says_so_on_the_page(page: Page, studio_url: str) -> None:
    answer = page.request.post(
        "/api/auth/login",
        form={"email": "manager@demo.studio", "password": "wrong", "next": "/calendar"},
        headers={"Origin": studio_url},
    )
    assert answer.url.endswith("/login?refused=wrong_sign_in&next=/calendar")
    page.goto(answer.url)
    expect(page.get_by_role("alert")).to_contain_text("do not belong together")


def test_signing_in_needs_nothing_but_its_own_script(page: Page) -> None:
    page.route("**/assets/*.js", lambda route: route.abort())
    page.goto("/login")
    page.get_by_label("E-mail").fill("manager@demo.studio")
    page.get_by_label("Password").fill("wrong")
    page.get_by_role("button", name="Sign in").click()
    expect(page.get_by_role("alert")).to_contain_text("do not belong together")
    expect(page).to_have_url(re.compile("/login$"))


def test_asking_for_a_new_password_says_the_same_for_every_address(page: Page) -> None:
    page.goto("/reset", wait_until="networkidle")  # pressed before its script is there, it sends nothing
    page.get_by_label("E-mail").fill("nobody@example.com")
    page.get_by_role("button", name="Send link").click()
    expect(page.get_by_text("Check your e-mail")).to_be_visible()


def test_a_first_visit_is_light(page: Page) -> None:
    devtools = page.context.new_cdp_session(page)
    devtools.send("Network.enable")
    sizes: list[int] = []
    devtools.on("Network.loadingFinished", lambda event: sizes.append(event["encodedDataLength"]))
    page.goto("/")
    page.wait_for_load_state("networkidle")
    assert sum(sizes) <= 450 * 1024
