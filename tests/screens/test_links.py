"""A link that would open the app's own 404, and a form that would swallow its submit, cannot be made."""

from typing import Any

import pytest
import reflex as rx
from reflex_components_core.el.elements.forms import Form

from studio_app import routes
from studio_app.components import anchor, file_link, form, link, link_button, posting_form
from studio_app.state.bookings.listing import BookingsState
from studio_app.state.bookings.public import PublicBookingState


@pytest.mark.parametrize(
    "href", [routes.TODAY, "/bookings/PS-1?pay=1", "/settings/rooms/3#hours", routes.booking("PS-1"), BookingsState.csv]
)
def test_a_link_leads_to_a_page_of_ours(href: Any) -> None:
    assert link("There", href=href)
    assert link_button("There", href)


@pytest.mark.parametrize(
    "href",
    [
        routes.API_BOOKINGS_CSV,
        routes.api_upload(3),
        "/api/uploads/" + BookingsState.csv,
        f"/api/uploads/{BookingsState.csv}",
        "/nothing/here",
        "https://example.com/today",
        "mailto:dana@example.com",
        "tel:" + rx.Var.create("+1212"),
        "#content",
    ],
)
def test_a_link_to_anything_else_is_refused(href: Any) -> None:
    with pytest.raises(ValueError, match=r"file_link\(\) for files"):
        link("There", href=href)
    with pytest.raises(ValueError, match=r"file_link\(\) for files"):
        link_button("There", href)


@pytest.mark.parametrize("href", [routes.API_BOOKINGS_CSV, PublicBookingState.calendar_path, BookingsState.csv])
def test_a_file_link_is_the_browser_s_own_and_saves(href: Any) -> None:
    made = file_link("There", href=href)
    assert (made.tag, made.library) == ("a", None)
    assert "download:true" in str(made.render())


@pytest.mark.parametrize("href", [routes.TODAY, "https://example.com/file.pdf"])
def test_a_file_link_to_a_page_is_refused(href: str) -> None:
    with pytest.raises(ValueError, match=r"link\(\) for pages"):
        file_link("There", href=href)


def test_an_anchor_to_a_page_of_ours_is_refused() -> None:
    with pytest.raises(ValueError, match=r"link\(\) for pages"):
        anchor("There", href=routes.TODAY)
    assert anchor("There", href=routes.API_DOCS).tag == "a"


def test_a_form_without_a_handler_or_with_an_action_is_refused() -> None:
    with pytest.raises(TypeError, match="posting_form"):
        form(action=routes.API_LOGOUT, method="post")
    with pytest.raises(TypeError, match="posting_form"):
        form(action=routes.API_LOGOUT, on_submit=rx.console_log("sent"))


def test_a_posting_form_leaves_the_submit_to_the_browser() -> None:
    made = posting_form(action=routes.API_LOGOUT)
    assert not isinstance(made, Form)
    assert not made.event_triggers
