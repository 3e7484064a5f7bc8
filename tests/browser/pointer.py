"""What a hand with a mouse does."""

from playwright.sync_api import FloatRect, Locator, Page


def box(place: Locator) -> FloatRect:
    """Where it is on the screen, in pixels."""
    place.scroll_into_view_if_needed()
    found = place.bounding_box()
    assert found, "It is not on the screen."
    return found


def draw(page: Page, paper: Locator) -> None:
    """A line up and down."""
    on = box(paper)
    middle = on["y"] + on["height"] / 2
    page.mouse.move(on["x"] + 20, middle)
    page.mouse.down()
    for step in range(1, 12):
        page.mouse.move(on["x"] + 20 + 20 * step, middle + (30 if step % 2 else -30), steps=2)
    page.mouse.up()
