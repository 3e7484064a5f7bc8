"""Holds in a real browser: placed in line, challenged, let go, and read on each screen."""

import re
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from tests.browser import appearance as looks
from tests.browser import desk

pytestmark = pytest.mark.browser


def line(page: Page) -> list[dict[str, Any]]:
    """First and second hold of the same time, on a day of their own."""
    body = desk.order(page, desk.day_of_its_own(page, 120), 120)
    answers = [page.request.post("/api/holds", data=body) for _ in range(2)]
    assert all(answer.ok for answer in answers), answers[0].text()
    return [answer.json()["hold"] for answer in answers]


def test_a_lower_hold_challenges_and_is_promoted(agent_page: Page) -> None:
    first, second = line(agent_page)
    agent_page.goto(f"/bookings/{second['number']}")
    panel = agent_page.locator("#hold")
    expect(panel.get_by_text("Second hold")).to_be_visible()
    panel.get_by_role("button", name="Challenge").click()
    expect(panel.get_by_text(re.compile(f"{first['number']}.*has until"))).to_be_visible()
    agent_page.goto("/today")
    expect(agent_page.locator("#holds").get_by_text(re.compile(second["number"]))).to_be_visible()
    agent_page.goto(f"/holds?day={first['start'][:10]}")
    agent_page.get_by_role("button", name=f"Release {first['number']}").click()
    agent_page.get_by_role("button", name="Release", exact=True).click()
    expect(agent_page.get_by_role("button", name=f"Confirm {second['number']}")).to_be_visible()
    expect(agent_page.get_by_role("button", name=f"Release {first['number']}")).to_have_count(0)


def test_the_screens_of_holds_have_no_axe_violation(agent_page: Page) -> None:
    _, second = line(agent_page)
    assert agent_page.request.post(f"/api/holds/{second['id']}/challenge").ok
    for path, shown in (("/holds", "table"), (f"/bookings/{second['number']}", "#hold"), ("/today", "#holds")):
        agent_page.goto(path)
        expect(agent_page.locator(shown).first).to_be_visible()
        agent_page.wait_for_load_state("networkidle")
        assert looks.wrong(agent_page) == {}, path


def test_a_room_without_holds_says_so(agent_page: Page) -> None:
    agent_page.goto("/holds?day=2040-01-01")
    expect(agent_page.get_by_role("heading", name="No hold there")).to_be_visible()
    agent_page.get_by_role("main").get_by_role("button", name="Clear filters").first.click()
    expect(agent_page.locator("table")).to_be_visible()
