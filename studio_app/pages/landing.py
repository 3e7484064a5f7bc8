import reflex as rx

from studio_app import routes
from studio_app.components import card, link_button, public_page

_REASONS = (
    (
        "Rooms for every job",
        "From a vocal booth to a live room for twelve, with consoles, pianos and microphones to match.",
    ),
    (
        "Engineers who know them",
        "Each works in the rooms they know best. Choose yours, or let us find one who is free.",
    ),
    (
        "A price before you ask",
        "See what is free and what it costs while you choose. Nothing is charged before you sign.",
    ),
)


def page() -> rx.Component:
    return public_page(
        rx.el.section(
            rx.el.h1("Recording, mixing and mastering, by people who listen."),
            rx.el.p("Eight rooms, a dozen engineers, open late. Book a session in a few minutes."),
            rx.el.div(
                link_button("Book a session", routes.BOOK, kind="primary", size="large"),
                link_button("Staff sign in", routes.LOGIN, size="large"),
                class_name="row wrap",
            ),
            class_name="hero",
        ),
        rx.el.div(
            *(card(rx.el.p(text, class_name="sub"), title=title) for title, text in _REASONS), class_name="cols three"
        ),
    )
