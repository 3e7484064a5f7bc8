"""On today's dashboard: the holds somebody waits for an answer from."""

from typing import Any

import reflex as rx

from studio_app import routes
from studio_app.components import card, link, tag
from studio_app.state.holds.today import HoldsToday as State


def running_clocks() -> rx.Component:
    """Nothing at all while no clock runs."""
    return rx.cond(
        State.urgent.length() > 0,
        card(
            rx.el.ul(rx.foreach(State.urgent, _one), class_name="list"),
            title="Holds to answer",
            aside=link("All holds", href=routes.HOLDS),
            id="holds",
        ),
    )


def _one(row: Any) -> rx.Component:
    return rx.el.li(
        tag(row.left, "warn", "timer"),
        rx.el.span(
            link(row.client, href=row.href, class_name="strong"),
            ", ",
            row.day,
            ", ",
            row.time,
            rx.el.span(row.rooms, " · ", row.rank, class_name="sub block"),
            rx.el.span(row.challenger, " waits for an answer until ", row.clock, class_name="sub block"),
            class_name="grow",
        ),
    )
