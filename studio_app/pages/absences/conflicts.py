"""Sessions in the way of time off, and what was asked about them."""

import reflex as rx

from studio_app.components import button, card, link, note, tag
from studio_app.state.absences.availability import AvailabilityState as State


def in_the_way() -> rx.Component:
    return rx.cond(
        State.in_way.length() > 0,
        note(
            rx.el.ul(rx.foreach(State.in_way, _in_way), class_name="list"),
            title="Nothing was taken off: these sessions are booked then.",
            tone="bad",
            role="alert",
        ),
    )


def _in_way(one: rx.Var) -> rx.Component:
    ask = button(
        "Ask for a swap",
        size="small",
        icon="user-round-x",
        aria_label=f"Ask for a swap in {one.number}",
        on_click=State.ask_swap(one.number),
    )
    return rx.el.li(
        rx.el.span(
            link(one.number, href=one.href, class_name="strong"),
            rx.el.span(one.when, class_name="sub block"),
            rx.el.span(one.what, class_name="sub block"),
            class_name="grow",
        ),
        rx.cond(one.is_asked, tag("Asked", "ok", "check"), rx.cond(one.can_ask, ask)),
    )


def own_requests() -> rx.Component:
    return card(
        rx.el.ul(
            rx.foreach(
                State.asked,
                lambda one: rx.el.li(
                    rx.el.span(
                        link(one.number, href=one.href, class_name="strong"),
                        rx.el.span(one.when, " · ", one.what, class_name="sub block"),
                        rx.el.span(one.reason, class_name="sub block"),
                        class_name="grow",
                    ),
                    rx.cond(
                        State.is_engineer,
                        button(
                            "Withdraw",
                            size="small",
                            aria_label=f"Withdraw the request for {one.number}",
                            on_click=State.withdraw(one.id),
                        ),
                    ),
                ),
            ),
            class_name="list",
        ),
        title=rx.cond(State.is_engineer, "You asked to be replaced", "Asks to be replaced"),
        aside="Time off can be taken once another engineer has the session",
    )
