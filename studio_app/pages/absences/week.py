"""A week of somebody's own, day by day."""

import reflex as rx

from studio_app.components import button, card, icon_button, link, status_tag, tag
from studio_app.state.absences.availability import AvailabilityState as State


def own_week() -> rx.Component:
    return card(
        rx.el.ol(rx.foreach(State.days, _day), class_name="own-week"),
        title=State.days_title,
        aside=rx.el.div(
            icon_button("chevron-left", "The week before", size="small", on_click=State.show_week(-1)),
            button("This week", size="small", disabled=State.is_this_week, on_click=State.show_week(0)),
            icon_button("chevron-right", "The week after", size="small", on_click=State.show_week(1)),
            class_name="row",
        ),
        id="own-week",
    )


def _day(day: rx.Var) -> rx.Component:
    return rx.el.li(
        rx.el.h3(day.title, rx.cond(day.is_today, tag("Today", "ok", "circle-dot"))),
        rx.el.div(day.hours, class_name="sub"),
        rx.foreach(day.things, _entry),
        class_name=rx.cond(day.is_today, "is-today", ""),
    )


def _entry(entry: rx.Var) -> rx.Component:
    return rx.el.div(
        rx.el.span(entry.time, class_name="sub block"),
        rx.cond(entry.href != "", link(entry.what, href=entry.href, class_name="strong"), rx.el.b(entry.what)),
        rx.cond(entry.more != "", rx.el.span(entry.more, class_name="sub block")),
        rx.cond(entry.status != "", status_tag(entry.status)),
        class_name=f"entry is-{entry.kind}",
    )
