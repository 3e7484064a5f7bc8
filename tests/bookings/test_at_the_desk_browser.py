"""What is pressed twice at the desk is done once, and a client's wish is answered, in a real browser."""

import pytest
from playwright.sync_api import Page, expect

from tests.browser import appearance as looks
from tests.browser.booking_page import book, open_booking
from tests.browser.pointer import box

pytestmark = pytest.mark.browser

_CLICK_TWICE = """([x, y, answer]) => new Promise(resolve => {
    const click = () => {
        const hit = document.elementFromPoint(x, y);
        hit.dispatchEvent(new MouseEvent("click", {bubbles: true}));
        return hit.closest("button")?.textContent ?? "nothing";
    };
    new MutationObserver((_, observer) => {
        if (!document.querySelector("h1").textContent.includes(answer)) return;
        observer.disconnect();
        requestAnimationFrame(() => resolve(click()));
    }).observe(document.body, {subtree: true, childList: true, characterData: true});
    click();
})"""
"""At a spot, and there again in the moment the answer shows; which button that second click pressed."""


def test_a_second_click_at_the_same_spot_presses_nothing(page: Page) -> None:
    number = book(page)
    open_booking(page, number)
    confirm = box(page.get_by_role("button", name="Confirm", exact=True))
    at = confirm["x"] + confirm["width"] / 2, confirm["y"] + confirm["height"] / 2
    assert page.evaluate(_CLICK_TWICE, [*at, "Confirmed"]) == "nothing"
    expect(page.get_by_text("Check-in from")).to_be_visible()
    assert page.request.get(f"/api/bookings/{number}").json()["booking"]["status"] == "CONFIRMED"


def test_a_client_s_wish_is_declined_from_the_booking_and_read_on_their_page(page: Page) -> None:
    number = book(page)
    token = page.request.get(f"/api/bookings/{number}").json()["booking"]["public_token"]
    page.goto(f"/booking/{token}")
    page.get_by_label("I would like to").select_option("CANCEL")
    page.get_by_role("button", name="Send").click()
    expect(page.get_by_role("button", name="Withdraw")).to_be_visible()

    open_booking(page, number)
    page.get_by_role("button", name="Decline…").click()
    page.get_by_label("What they read").fill("We have ordered the piano tuner already.")
    page.get_by_role("button", name="Decline", exact=True).click()
    expect(page.get_by_text("asks to cancel this booking")).to_have_count(0)

    page.goto(f"/booking/{token}")
    expect(page.get_by_text("We have ordered the piano tuner already.")).to_be_visible()
    expect(page.get_by_role("button", name="Send")).to_be_visible()
    assert looks.faults(page) == []
