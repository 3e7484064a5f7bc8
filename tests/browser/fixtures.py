"""One Chromium for the folder, and the people who sit at it."""

import shutil
from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import Browser, Page, expect, sync_playwright

from tests import studio
from tests.days import pages

OpenPage = Callable[[str], Page]

expect.set_options(timeout=30_000)  # As long as for an action: how fast the machine is proves nothing.


@pytest.fixture(scope="session")
def studio_url() -> str:
    """A built and running studio with demo data."""
    return studio.running()


@pytest.fixture(scope="package")
def browser(studio_url: str) -> Iterator[Browser]:
    """Gone with the folder's last test: Playwright's event loop would be in the way of async tests elsewhere."""
    chromium = shutil.which("chromium") or shutil.which("chromium-browser")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium, args=["--no-sandbox"])
        yield browser
        browser.close()


@pytest.fixture
def elsewhere(browser: Browser, studio_url: str) -> Iterator[OpenPage]:
    """`elsewhere("manager")`: one more browser, at which somebody is signed in; `elsewhere("")` for a visitor."""
    contexts = []

    def open_page(who: str = "") -> Page:
        context = browser.new_context(
            base_url=studio_url, viewport={"width": 1440, "height": 900}, locale="en-US", **pages.options()
        )
        pages.shift(context)
        contexts.append(context)
        page = context.new_page()
        if who:
            studio.sign_in(page, f"{who}@demo.studio")
        return page

    yield open_page
    for context in contexts:
        context.close()


@pytest.fixture
def page(elsewhere: OpenPage) -> Page:
    """A page of a visitor; `studio.sign_in(page, email)` makes it somebody's."""
    return elsewhere("")


@pytest.fixture
def agent_page(elsewhere: OpenPage) -> Page:
    return elsewhere("agent")


@pytest.fixture
def manager_page(elsewhere: OpenPage) -> Page:
    return elsewhere("manager")
