"""The wizard under the hand: the browser's Back, arrow keys, and what shows before the server has answered."""

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Page, WebSocketRoute, expect

from tests import studio
from tests.browser.wizard import book, choose_time, onward, say_who, title, up_to_the_review

pytestmark = pytest.mark.browser


def test_back_and_forward_go_from_step_to_step(page: Page) -> None:
    page.goto("/")
    say_who(page, "Vera Back")
    choose_time(page)
    page.go_back()
    title(page, "What do you need?")
    page.go_back()
    title(page, "Which day?")
    expect(page.locator("button.day.on")).to_be_visible()
    page.go_forward()
    title(page, "What do you need?")
    page.reload()
    title(page, "What do you need?")
    expect(page.locator(".pick.on")).to_contain_text("Recording")
    page.go_forward()
    title(page, "Where and when?")
    expect(page.locator("button.slot.on")).to_be_visible()
    page.get_by_role("button", name="Back", exact=True).click()
    title(page, "What do you need?")
    page.go_forward()
    title(page, "Where and when?")
    for heading in ("What do you need?", "Which day?", "Who is booking?"):
        page.go_back()
        title(page, heading)
    expect(page.get_by_label("Name")).to_have_value("Vera Back")
    page.go_back()
    page.wait_for_url(re.compile(r":\d+/$"))


def test_back_from_the_booking_begins_anew_and_back_again_leaves(page: Page) -> None:
    page.goto("/")
    up_to_the_review(page, "Nadja Done")
    book(page)
    page.wait_for_url(re.compile(r"/booking/"))
    title(page, "PS-")
    page.go_back()
    title(page, "Who is booking?")
    expect(page.get_by_label("Name")).to_have_value("")
    page.wait_for_function("history.state.step === 'client'")
    page.go_back()
    page.wait_for_url(re.compile(r":\d+/$"))


def test_staff_go_back_by_the_browser_too(agent_page: Page) -> None:
    agent_page.goto("/bookings")
    agent_page.get_by_role("link", name="New booking").first.click()
    agent_page.locator(".found-client").first.click()
    title(agent_page, "Which day?")
    agent_page.go_back()
    title(agent_page, "Who is it for?")
    agent_page.go_forward()
    title(agent_page, "Which day?")
    agent_page.go_back()
    title(agent_page, "Who is it for?")
    agent_page.go_back()
    agent_page.wait_for_url(re.compile(r"/bookings(\?.*)?$"))


def test_arrow_keys_walk_over_days_and_starts(page: Page) -> None:
    say_who(page, "Arno Keys")
    title(page, "Which day?")
    focused = page.locator("button.day:focus")
    expect(focused).to_be_visible()
    today = focused.get_attribute("data-item") or ""
    expect(page.locator("button.day[tabindex='0']")).to_have_count(1)
    days = [one.get_attribute("data-item") for one in page.locator("button.day").all()]
    for key, at in (("ArrowDown", 7), ("ArrowRight", 8), ("ArrowLeft", 7), ("ArrowUp", 0)):
        page.keyboard.press(key)
        expect(focused).to_have_attribute("data-item", str(days[at]))
    page.keyboard.press("End")
    expect(focused).to_have_attribute("aria-label", re.compile("^Saturday"))
    page.keyboard.press("PageDown")
    expect(page.locator("button.day").first).not_to_have_attribute("data-item", today)
    expect(focused).to_have_attribute("aria-label", re.compile("^Saturday"))
    page.keyboard.press("Control+Home")
    next_page = str(focused.get_attribute("data-item"))
    page.keyboard.press("ArrowLeft")
    expect(focused).to_have_attribute("data-item", str(days[-1]))
    page.keyboard.press("ArrowRight")
    expect(focused).to_have_attribute("data-item", next_page)
    page.keyboard.press("Enter")
    expect(page.locator("button.day.on:focus")).to_be_visible()
    page.keyboard.press("Enter")
    title(page, "What do you need?")
    page.locator(".pick", has_text="Recording").first.click()
    onward(page)
    title(page, "Where and when?")
    page.locator("button.room").first.click()
    starts = page.locator("button.slot")
    expect(starts.first).to_be_visible()
    page.locator("button.slot[tabindex='0']").focus()
    for key, at in (("ArrowRight", 1), ("Control+Home", 0)):
        page.keyboard.press(key)
        expect(page.locator("button.slot:focus")).to_have_attribute(
            "data-item", str(starts.nth(at).get_attribute("data-item"))
        )
    page.keyboard.press("PageDown")
    first = page.get_by_role("group", name="Afternoon").locator("button.slot").first.get_attribute("data-item")
    expect(page.locator("button.slot:focus")).to_have_attribute("data-item", str(first))


def test_what_is_pressed_shows_before_the_answer_which_wins(page: Page) -> None:
    hold, let_go = _slow_answers(page)
    say_who(page, "Sam Slow")
    title(page, "Which day?")
    hold()
    day = page.locator("button.day.free").nth(9)
    day.click()
    expect(day).to_have_css("background-color", _accent(page))
    expect(day).not_to_have_class(re.compile(r"\bon\b"))
    onward(page)
    expect(page.locator("#wizard button[type=submit][data-working]")).to_be_visible()
    expect(page.get_by_text("No answer yet.")).to_be_visible()
    let_go()
    title(page, "What do you need?")
    expect(page.get_by_text("No answer yet.")).to_have_count(0)
    expect(page.locator("[data-working], [data-just]")).to_have_count(0)
    hold()
    page.locator(".pick", has_text="Recording").first.click()
    expect(page.locator(".pick input:checked")).to_have_count(1)
    let_go()
    expect(page.locator(".pick.on")).to_contain_text("Recording")


def test_offline_is_said_and_goes_on_by_itself(page: Page) -> None:
    say_who(page, "Olaf Gone")
    title(page, "Which day?")
    page.context.set_offline(True)
    expect(page.get_by_text("No connection.")).to_be_visible()
    page.locator("button.day.free").nth(9).click()
    page.locator("#wizard button[type=submit]").click()
    page.context.set_offline(False)
    title(page, "What do you need?")
    expect(page.get_by_text("No connection.")).to_have_count(0)


def test_same_again_goes_straight_to_the_times(page: Page) -> None:
    studio.sign_in(page, "agent@demo.studio")
    page.goto("/bookings/new")
    page.locator(".found-client").first.click()
    title(page, "Which day?")
    page.get_by_role("button", name="Same again").click()
    title(page, "Where and when?")


def _slow_answers(page: Page) -> tuple[Callable[[], None], Callable[[], None]]:
    """(keep what the server sends from now on, hand it over)."""
    kept: list[str | bytes] = []
    is_held = [False]
    sockets: list[WebSocketRoute] = []

    def through(socket: WebSocketRoute) -> None:
        sockets.append(socket)
        server = socket.connect_to_server()
        socket.on_message(server.send)
        server.on_message(lambda text: kept.append(text) if is_held[0] else socket.send(text))

    def hold() -> None:
        is_held[0] = True

    def let_go() -> None:
        is_held[0] = False
        while kept:
            sockets[-1].send(kept.pop(0))

    page.route_web_socket(re.compile("_event"), through)
    return hold, let_go


def _accent(page: Page) -> str:
    return str(
        page.evaluate(
            "() => {const one = document.createElement('i'); one.style.background = 'var(--accent)';"
            "document.body.append(one); const found = getComputedStyle(one).backgroundColor; one.remove();"
            "return found}"
        )
    )
