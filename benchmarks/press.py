"""From the press of a button, through the websocket, to the repainted text; alone and among a hundred sessions."""

from playwright.sync_api import Page

from benchmarks.first_visit import chromium, open_book
from benchmarks.harness import Report, timed
from benchmarks.visitors import Greeting, visitors

_PRESSES = 60
_SESSIONS = (1, 100)

_PRESS = """
async (label) => {
    const title = () => document.querySelector('.month-head h2').textContent
    const before = title(), pressed = performance.now()
    document.querySelector(`.month-head button[aria-label="${label}"]`).click()
    while (title() === before) await new Promise(requestAnimationFrame)
    await new Promise(requestAnimationFrame)
    return performance.now() - pressed
}
"""


def measure(report: Report, port: int) -> None:
    for sessions in _SESSIONS:
        with chromium() as browser:
            page = browser.new_page()
            greeting = Greeting(page)
            _open_month(page, port)
            with visitors(greeting, sessions - 1):
                labels = ("Later", "Earlier") * (_PRESSES // 2 + 2)
                times = [page.evaluate(_PRESS, label) for label in labels][4:]
        report.add(timed(f"A press to the repainted text, {sessions} sessions connected", times), times)


def _open_month(page: Page, port: int) -> None:
    open_book(page, port)
    page.locator("#wizard input[name=name]").fill("Nova Reyes")
    page.get_by_label("E-mail").fill("nova@example.com")
    page.get_by_label("Phone").fill("+1 718 555 0123")
    page.locator("#wizard button[type=submit]").click()
    page.locator(".month-head h2").wait_for()
