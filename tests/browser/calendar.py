"""Around the calendar."""

from playwright.sync_api import Page, expect


def open_calendar(page: Page, query: str) -> None:
    page.goto(f"/calendar?{query}")
    expect(page.locator(".ec-main")).to_be_visible()
