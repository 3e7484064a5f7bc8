"""A client's own bookings in a real browser: only the press of the button spends the mailed link."""

import re
from datetime import timedelta
from secrets import token_hex

import pytest
from playwright.sync_api import Page, expect

from tests.browser import appearance as looks
from tests.browser.fixtures import OpenPage
from tests.world import today

pytestmark = pytest.mark.browser


def test_the_mailed_link_opens_by_its_button_alone_and_once(page: Page, elsewhere: OpenPage) -> None:
    email = f"kim.{token_hex(4)}@example.com"
    _wait_for_something(page, email)
    page.goto("/my")
    page.get_by_label("E-mail").fill(email)
    page.get_by_role("button", name="Send link").click()
    expect(page.get_by_text("Check your e-mail")).to_be_visible()

    link = _link(elsewhere("admin"), email)
    for _ in range(2):  # as a mail scanner does, scripts and all
        scanner = elsewhere("")
        scanner.goto(link)
        expect(scanner.get_by_role("button", name="Show my bookings")).to_be_enabled()
    page.goto(link)
    page.get_by_role("button", name="Show my bookings").click()
    page.wait_for_url(re.compile("/my$"))
    expect(page.get_by_text(f"Everything booked with {email}")).to_be_visible()
    page.wait_for_function("!document.querySelector('.sk')")
    assert looks.faults(page) == []

    again = elsewhere("")
    again.goto(link)
    again.get_by_role("button", name="Show my bookings").click()
    expect(again.get_by_text("This link has expired or was used already.")).to_be_visible()

    page.get_by_role("button", name="Sign out").click()
    expect(page.get_by_role("button", name="Send link")).to_be_visible()


def _wait_for_something(page: Page, email: str) -> None:
    """So that a client has the address."""
    day = (today() + timedelta(days=40)).isoformat()
    kim = {"name": "Kim Duval", "email": email, "phone": f"+1212555{int(token_hex(2), 16) % 9000 + 1000}"}
    wish = {"service": "MIXING", "first_day": day, "last_day": day, "minutes": 24 * 60, "client": kim}
    answer = page.request.post("/api/public/waitlist", data=wish)
    assert answer.status == 201, answer.text()


def _link(admin: Page, email: str) -> str:
    """As it stands in the mail, which an administrator can read while no mail server is set up."""
    admin.goto(f"/settings/mail?q={email}")
    admin.get_by_role("button", name="Open “Your bookings”").click()
    found = re.search(r"/my\?link=\S+", admin.get_by_text("/my?link=").first.inner_text())
    assert found
    return found.group()
