"""What arrives late takes a place that was kept for it: nothing under the pointer moves."""

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import OpenPage

pytestmark = pytest.mark.browser

PAGES = ("/today", "/calendar", "/bookings", "/clients", "/holds", "/waitlist", "/capacity", "/profile", "/settings")
MOST = 0.05
"""Of the share of the screen that moved times how far; 0.1 is what the web takes for good."""

SHIFTS = """() => new Promise((done) => {
  const found = [];
  const name = (node) => node && node.nodeType === 1 ? node.tagName + "." + node.className : "";
  new PerformanceObserver((list) => list.getEntries().forEach((one) => one.hadRecentInput || found.push(
    [one.value, ...one.sources.map((source) => name(source.node))])))
    .observe({ type: "layout-shift", buffered: true });
  setTimeout(() => done(found), 300);
})"""


@pytest.mark.parametrize("size", [(1440, 900), (390, 844)], ids=["desk", "phone"])
def test_nothing_moves_when_the_rest_arrives(elsewhere: OpenPage, size: tuple[int, int]) -> None:
    page: Page = elsewhere("manager")
    page.set_viewport_size({"width": size[0], "height": size[1]})
    moved = {}
    for path in PAGES:
        page.goto(path)
        expect(page.locator("h1")).to_be_visible()
        expect(page.locator(".sk")).to_have_count(0)
        page.wait_for_load_state("networkidle")
        shifts = page.evaluate(SHIFTS)
        if sum(shift[0] for shift in shifts) > MOST:
            moved[path] = shifts
    assert moved == {}
