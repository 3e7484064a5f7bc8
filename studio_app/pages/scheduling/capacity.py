import reflex as rx

from studio_app import routes
from studio_app.components import Column, button, card, data_table, empty_state, icon_button, page_header, skeleton, tag
from studio_app.pages.frame import staff_page
from studio_app.state.base import may
from studio_app.state.scheduling.capacity import CapacityState


def page() -> rx.Component:
    return staff_page(
        page_header(
            "Online capacity",
            rx.fragment("Minutes of online work by period, kept up to date. Times in ", CapacityState.zone_name, "."),
            icon_button(
                "chevron-left", "The week before", disabled=CapacityState.is_at_today, on_click=CapacityState.go(-7)
            ),
            button("Today", disabled=CapacityState.is_at_today, on_click=CapacityState.go(0)),
            icon_button("chevron-right", "The week after", on_click=CapacityState.go(7)),
        ),
        rx.cond(
            CapacityState.is_loading,
            card(skeleton(12)),
            rx.fragment(rx.foreach(CapacityState.days, _day), rx.cond(may("VIEW_REPORTS"), _refused())),
        ),
        active=routes.CAPACITY,
    )


def _day(day: rx.Var) -> rx.Component:
    return card(
        rx.cond(
            day.periods.length() == 0,
            rx.el.p("Closed", class_name="sub"),
            rx.el.div(rx.foreach(day.periods, _period), class_name="kpis"),
        ),
        title=day.title,
    )


def _period(period: rx.Var) -> rx.Component:
    return rx.el.div(
        rx.el.div(rx.el.b(period.name), rx.el.span(period.hours, class_name="sub"), class_name="row"),
        rx.el.progress(
            value=period.percent,
            max=100,
            class_name="meter",
            aria_label=f"{period.name}: {period.used} of {period.capacity} minutes used",
        ),
        rx.el.div(
            rx.el.b(period.remaining, " min left"),
            rx.el.span(period.used, " of ", period.capacity, " min used, ", period.bookings, class_name="sub"),
            class_name="row wrap tight-row",
        ),
        rx.el.div(
            rx.foreach(
                period.services,
                lambda one: rx.cond(
                    one.fits,
                    tag(rx.fragment(one.name, " fits, ", one.minutes, " min"), "ok", "check"),
                    tag(rx.fragment(one.name, " does not fit"), "", "x"),
                ),
            ),
            class_name="row wrap tight-row",
        ),
        rx.foreach(period.why_not, lambda reason: rx.el.p(reason, class_name="sub")),
        class_name="stack tight",
    )


def _refused() -> rx.Component:
    return card(
        data_table(
            "Refused attempts",
            [
                Column("What was in the way", lambda row: row.reason, lead=True),
                Column("Attempts", lambda row: row.attempts, numeric=True),
            ],
            CapacityState.refused,
            loading=CapacityState.is_loading,
            empty=empty_state(
                "Nobody was turned away", "When a time cannot be booked, the reason is counted here.", icon="smile"
            ),
        ),
        title="Turned away in the last 30 days",
    )
