"""A first visit of /book in Chromium: what comes over the wire, and when one can begin."""

import statistics
from collections.abc import Iterator
from contextlib import contextmanager
from shutil import which

from playwright.sync_api import Browser, Page, sync_playwright

from benchmarks.harness import Report, Row, timed

_VISITS = 5
_MOST_KB = 450


@contextmanager
def chromium() -> Iterator[Browser]:
    """The system's own."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=which("chromium"), args=["--no-sandbox"])
        yield browser
        browser.close()


def open_book(page: Page, port: int) -> None:
    """/book, until its first field takes what is typed: the page is hydrated and its state is there."""
    page.goto(f"http://localhost:{port}/book")
    page.locator("#wizard input[name=name]").wait_for()


def measure(report: Report, port: int) -> None:
    with chromium() as browser:
        visits = [_visit(browser, port) for _ in range(_VISITS + 1)][1:]
    kilobytes = statistics.median(kb for kb, _ in visits)
    times = [ms for _, ms in visits]
    report.add(timed("First visit of /book, until one can begin", times), times)
    report.add(Row("  kilobytes transferred, compressed", note=f"{kilobytes:.0f} of at most {_MOST_KB}"), visits)


def _visit(browser: Browser, port: int) -> tuple[float, float]:
    """Kilobytes and milliseconds, with an empty cache."""
    context = browser.new_context()
    page = context.new_page()
    wire = context.new_cdp_session(page)
    received: list[float] = []
    wire.on("Network.loadingFinished", lambda event: received.append(event["encodedDataLength"]))
    wire.send("Network.enable")
    open_book(page, port)
    began = page.evaluate("performance.now()")
    page.wait_for_load_state("networkidle")
    context.close()
    return sum(received) / 1024, began
