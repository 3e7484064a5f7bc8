"""What something would mean before it is done: money, effects, who is told, what is in the way."""

import reflex as rx

from studio_app.components import note, sum_line
from studio_app.state.bookings.booking import BookingState as State


def money(seen: rx.Var) -> rx.Component:
    return rx.fragment(
        rx.foreach(seen.lines, lambda line: sum_line(line[0], line[1])),
        rx.cond(seen.total != "", sum_line("Total then", seen.total, total=True)),
        rx.cond(seen.balance != "", sum_line("Balance then", seen.balance, faint=True)),
    )


def consequences(seen: rx.Var) -> rx.Component:
    return rx.el.ul(
        rx.foreach(seen.effects, lambda effect: _point("dot", effect)),
        rx.cond(seen.told != "", _point("mail", f"Told by mail: {seen.told}")),
        class_name="points sub",
    )


def in_the_way(seen: rx.Var) -> rx.Component:
    return note(
        rx.el.ul(rx.foreach(seen.reasons, rx.el.li), class_name="list"),
        rx.cond(
            seen.alternatives.length() > 0,
            rx.el.p(f"Free: {seen.alternatives.join('; ')}", class_name="sub"),
        ),
        title="That is not free",
        tone="bad",
        role="alert",
    )


def news() -> rx.Component:
    """What others did while the dialog was filled in."""
    return rx.cond(
        State.news.length() > 0,
        note(
            rx.foreach(State.news, lambda text: rx.el.p(text, class_name="sub")),
            rx.el.p("What you typed is kept. Go on, and it is done on top of that.", class_name="sub"),
            title="Somebody was here meanwhile",
            tone="warn",
            role="alert",
        ),
    )


def _point(icon: str, text: rx.Var | str) -> rx.Component:
    return rx.el.li(rx.icon(icon, aria_hidden="true"), rx.el.span(text))
