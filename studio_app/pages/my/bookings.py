from typing import Any

import reflex as rx

from studio_app import routes
from studio_app.components import (
    anchor,
    button,
    card,
    link,
    link_button,
    note,
    posting_form,
    public_page,
    skeleton,
    status_tag,
)
from studio_app.pages.feeds.links import address_panel
from studio_app.pages.mailed_link import mailed_link
from studio_app.state.my.bookings import MyState as S


def page() -> rx.Component:
    return public_page(
        rx.el.meta(name="robots", content="noindex, nofollow"),
        rx.el.meta(name="referrer", content="same-origin"),  # without any, the button's own post has no origin
        rx.el.h1("Your bookings"),
        rx.cond(S.is_here, rx.cond(S.link != "", _open(), rx.cond(S.is_in, _bookings(), _ask())), skeleton(6)),
        aside=rx.cond(S.house.phone != "", anchor(S.house.phone, href="tel:" + S.house.phone), rx.fragment()),
        narrow=True,
    )


def _open() -> rx.Component:
    return card(
        rx.el.p("This link shows all your bookings in this browser, for 30 days or until you sign out."),
        posting_form(
            rx.el.input(type="hidden", name="link", value=S.link, read_only=True),
            button("Show my bookings", kind="primary", size="large", type="submit", wide=True),
            action=routes.API_MY_SESSION,
            class_name="form",
        ),
        rx.el.p("It works once. Not on a computer that others use.", class_name="sub"),
        class_name="stack",
    )


def _ask() -> rx.Component:
    return rx.el.div(
        rx.cond(S.refusal != "", note(rx.el.p(S.refusal), tone="warn"), rx.fragment()),
        card(
            mailed_link(
                S,
                S.asked != "",
                rx.el.p(
                    "If bookings were made with ",
                    rx.el.b(S.asked),
                    ", a link is on its way there. It works once, for an hour.",
                ),
                "The one you booked with. We send a link that shows all your bookings.",
                "email",
            ),
        ),
        class_name="stack",
    )


def _bookings() -> rx.Component:
    return rx.el.div(
        rx.el.p("Everything booked with ", rx.el.b(S.email), ". Times are ", S.house.zone, ".", class_name="sub"),
        card(
            rx.cond(
                S.upcoming.length() > 0,
                rx.el.ul(rx.foreach(S.upcoming, _row), class_name="list"),
                rx.el.div(
                    rx.el.p("Nothing to come.", class_name="sub"),
                    rx.el.div(link_button("Book a session", routes.BOOK, kind="primary"), class_name="actions start"),
                    class_name="stack",
                ),
            ),
            title="To come",
        ),
        rx.cond(
            S.past.length() > 0,
            card(rx.el.ul(rx.foreach(S.past, _row), class_name="list"), title="Before"),
            rx.fragment(),
        ),
        _calendar(),
        posting_form(
            button("Sign out", kind="ghost", icon="log-out", type="submit"),
            action=routes.API_MY_LEAVE,
            class_name="actions start",
        ),
        class_name="stack wide",
    )


def _row(row: Any) -> rx.Component:
    return rx.el.li(
        rx.el.span(
            link(rx.el.b(row.when), href=row.path),
            rx.el.div(row.what, class_name="sub"),
            rx.el.div(row.number, rx.cond(row.money != "", " · " + row.money, ""), class_name="sub"),
            class_name="grow",
        ),
        status_tag(row.status),
    )


def _calendar() -> rx.Component:
    return card(
        rx.cond(
            S.address.url != "",
            note(
                address_panel(S.address, "own-calendar-link"),
                title="Copy it now: this link is shown only once.",
                tone="ok",
            ),
            rx.el.p("A link that shows all your sessions in your calendar, always up to date.", class_name="sub"),
        ),
        rx.el.ul(
            rx.foreach(
                S.calendars,
                lambda one: rx.el.li(
                    rx.el.span(one.made, class_name="grow sub"),
                    button("Revoke", size="small", on_click=S.revoke(one.id)),
                ),
            ),
            class_name="list",
        ),
        title="In your calendar",
        aside=button("New calendar link", size="small", icon="calendar-sync", on_click=S.subscribe),
    )
