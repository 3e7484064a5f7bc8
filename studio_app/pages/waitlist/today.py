"""The waitlist on Today: whose answer is awaited, and who is new."""

import reflex as rx

from studio_app import routes
from studio_app.components import card, link, link_button, status_tag
from studio_app.state.base import may
from studio_app.state.waitlist.today import WaitlistToday as State


def waitlist_card() -> rx.Component:
    """Nothing where nobody waits."""
    is_any = (State.offered.length() > 0) | (State.newest.length() > 0)
    return rx.cond(
        may("MANAGE_CLIENTS") & is_any,
        card(
            rx.el.ul(rx.foreach(State.offered, _line), rx.foreach(State.newest, _line), class_name="list"),
            title="Waitlist",
            aside=link_button("All", routes.WAITLIST, size="small", aria_label="The whole waitlist"),
            id="waitlist",
        ),
    )


def _line(row: rx.Var) -> rx.Component:
    hint = rx.cond(row.is_offered, row.offer.when + ", " + row.offer.due, row.days + ", " + row.hours)
    return rx.el.li(
        status_tag(row.status),
        rx.el.span(
            link(row.client, href=row.client_href, class_name="strong"),
            ", ",
            row.what,
            " · ",
            row.place,
            rx.el.span(hint, class_name="sub block"),
            class_name="grow",
        ),
    )
