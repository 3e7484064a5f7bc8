"""What arrives late takes a place that was kept for it: nothing under the pointer moves."""

import pytest
from playwright.sync_api import expect

from tests.browser.fixtures import OpenPage

pytestmark = pytest.mark.browser

PAGES = (
    "/today",
    "/calendar",
    "/bookings",
    "/clients",
    "/capacity",
    "/settings",
    "/settings/rooms",
    "/settings/people",
)
MOST = 0.05
"""Of the share of the screen that moved times how far; 0.1 is what the web takes for good."""

_HAS_COME = """() => document.querySelector(".app")?.dataset.person > 0
    && !document.querySelector(".sk, [aria-busy=true], .calendar-waiting")"""
_SHIFTS = """() => new Promise((done) => {
  const found = [];
  const name = ({ node }) => node?.className ?? "";
  const told = (one) => found.push([one.value, ...one.sources.map(name)]);
  new PerformanceObserver((list) => list.getEntries().forEach(told))
    .observe({ type: "layout-shift", buffered: true });
  setTimeout(() => done(found), 200);
})"""


@pytest.mark.parametrize("size", [(1440, 900), (390, 844)], ids=["desk", "phone"])
def test_nothing_moves_when_the_rest_arrives(elsewhere: OpenPage, size: tuple[int, int]) -> None:
    page = elsewhere("admin")
    page.set_viewport_size({"width": size[0], "height": size[1]})
    moved = {}
    for path in PAGES:
        page.goto(path)
        expect(page.locator("h1")).to_be_visible()
        page.wait_for_function(_HAS_COME)
        shifts = page.evaluate(_SHIFTS)
        if sum(shift[0] for shift in shifts) > MOST:
            moved[path] = shifts
    assert moved == {}
