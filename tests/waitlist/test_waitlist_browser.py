"""The waitlist in a real browser: from the wish to the answer."""

from datetime import timedelta
from secrets import token_hex

import pytest
from playwright.sync_api import Page, expect

from tests import studio
from tests.browser import appearance as looks
from tests.browser.wizard import choose_day, onward, say_who, title
from tests.world import today

pytestmark = pytest.mark.browser

DESK = "agent@demo.studio"
NEVER = 24 * 60
"""A whole day is seldom free, and nobody hurries."""
_IS_OFFERED = """async token => {
    for (let turn = 0; turn < 240; turn++) {
        const answer = await (await fetch(`/api/public/waitlist/${token}`)).json();
        if (answer.wish?.status === "OFFERED") return true;
        await new Promise(next => setTimeout(next, 500));
    }
}"""
"""Asked for two minutes: the jobs look once in each."""


def left(page: Page, minutes: int) -> str:
    """A visitor's own wish, five weeks from now: its token."""
    first = today() + timedelta(days=35)
    wish = {
        "service": "MIXING",
        "first_day": first.isoformat(),
        "last_day": (first + timedelta(days=6)).isoformat(),
        "minutes": minutes,
        "client": {"name": "Kim Duval", "email": f"kim.{token_hex(4)}@example.com", "phone": "+12125550188"},
    }
    answer = page.request.post("/api/public/waitlist", data=wish)
    assert answer.status == 201, answer.text()
    return str(answer.json()["token"])


def offered(page: Page) -> str:
    """One that the jobs of the running studio have met, within a minute and without being asked."""
    token = left(page, 60)
    page.goto(f"/waitlist/{token}")
    assert page.evaluate(_IS_OFFERED, token), "No offer came."
    return token


def test_what_is_free_is_offered_by_itself_and_taken(page: Page) -> None:
    token = offered(page)
    page.goto(f"/waitlist/{token}")
    expect(page.get_by_role("heading", name="This time is free for you")).to_be_visible()
    page.wait_for_function("!document.querySelector('.sk')")
    assert looks.faults(page) == []
    page.get_by_role("button", name="Take it").click()
    page.wait_for_url("**/booking/**?new=1")
    expect(page.get_by_text("We have your booking")).to_be_visible()


def test_a_client_leaves_the_list(page: Page) -> None:
    page.goto(f"/waitlist/{left(page, NEVER)}")
    page.get_by_role("button", name="Leave the waitlist").click()
    page.get_by_role("button", name="Leave the waitlist").click()
    expect(page.get_by_text("You are off the list.").first).to_be_visible()


def test_staff_note_a_wish_and_withdraw_it(page: Page) -> None:
    studio.sign_in(page, DESK)
    page.goto("/waitlist")
    page.get_by_role("button", name="New wish").first.click()
    dialog = page.get_by_role("dialog")
    dialog.get_by_label("Client", exact=True).fill("a")
    dialog.locator(".found-client").first.click()
    expect(dialog.locator(".found-client")).to_have_count(0)
    name = dialog.locator("b").first.inner_text()
    dialog.get_by_label("Service").select_option("MIXING")
    dialog.get_by_label("Length in minutes").fill(str(NEVER))
    dialog.get_by_label("From").fill((today() + timedelta(days=9)).isoformat())
    dialog.get_by_label("Note").fill("Waits for ever")
    dialog.get_by_role("button", name="Put on the list").click()
    expect(dialog).to_be_hidden()
    row = page.get_by_role("row", name="Waits for ever")
    expect(row).to_contain_text(name)
    row.get_by_role("button", name="Withdraw").click()
    page.get_by_role("alertdialog").get_by_role("button", name="Withdraw").click()
    expect(row).to_be_hidden()


def test_where_nothing_is_free_a_visitor_asks_to_be_told(page: Page) -> None:
    say_who(page, "Ona Wells")
    choose_day(page, 9, pages_on=0)
    onward(page)
    title(page, "What do you need?")
    page.locator(".pick", has_text="Recording").first.click()
    onward(page)
    title(page, "Where and when?")
    expect(page.locator("button.room").first).to_be_visible()
    for room in range(page.locator("button.room").count()):
        page.locator("button.room").nth(room).click()
        expect(page.locator("button.room.on")).to_have_count(room + 1)
    page.get_by_label("Length in hours").fill("24")
    page.get_by_label("Length in hours").blur()
    page.get_by_role("button", name="Tell me, for this day", exact=True).click()
    expect(page.get_by_text("You are on the waitlist")).to_be_visible()
    page.wait_for_function("!document.querySelector('.sk')")
    assert looks.faults(page) == []


def test_axe_finds_nothing(agent_page: Page) -> None:
    agent_page.goto("/waitlist")
    agent_page.wait_for_selector("h1")
    assert looks.wrong(agent_page, looks.WITH_TABLET) == {}
    agent_page.get_by_role("button", name="New wish").first.click()
    agent_page.get_by_role("dialog").wait_for()
    assert looks.wrong(agent_page, looks.WITH_TABLET) == {}, "dialog"


def test_axe_finds_nothing_on_the_clients_page(page: Page) -> None:
    page.goto(f"/waitlist/{left(page, NEVER)}")
    page.get_by_role("heading", level=1).wait_for()
    assert looks.wrong(page, [(1440, "light"), (390, "light")]) == {}
