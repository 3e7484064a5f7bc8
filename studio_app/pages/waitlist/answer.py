from typing import Any

import reflex as rx

from studio_app import routes
from studio_app.components import (
    anchor,
    button,
    card,
    link_button,
    note,
    public_page,
    skeleton,
    status_tag,
    sum_line,
)
from studio_app.state.waitlist.answer import WaitlistAnswerState as S


def page() -> rx.Component:
    return public_page(
        rx.el.meta(name="robots", content="noindex, nofollow"),
        rx.cond(S.is_here, _wish(), skeleton(8)),
        aside=rx.cond(S.house.phone != "", anchor(S.house.phone, href="tel:" + S.house.phone), rx.fragment()),
        narrow=True,
    )


def _wish() -> rx.Component:
    return rx.el.div(
        rx.el.div(rx.el.h1("Your place on the waitlist"), status_tag(S.wish.status), class_name="row wrap"),
        rx.el.p(S.wish.status_text),
        rx.cond(S.wish.is_offered, _offer(), rx.fragment()),
        rx.cond(
            S.wish.booking != "",
            rx.el.div(link_button("To your booking", S.wish.booking, kind="primary"), class_name="actions start"),
            rx.fragment(),
        ),
        card(
            _facts(("What", S.wish.what), ("Where", S.wish.place), ("Days", S.wish.days), ("Hours", S.wish.hours)),
            title="What you wished for",
        ),
        rx.cond(S.wish.is_open, _leave(), _again()),
        class_name="stack wide",
    )


def _offer() -> rx.Component:
    return card(
        _facts(
            ("When", S.wish.offer.when + " · " + S.house.zone),
            ("Where", S.wish.offer.place),
            ("Engineer", S.wish.offer.engineer),
            ("Kept for you", S.wish.offer.due),
        ),
        sum_line("Total", S.wish.offer.total, total=True),
        rx.cond(
            S.wish.offer.deposit != "",
            rx.el.p("To confirm it, we ask for a deposit of ", rx.el.b(S.wish.offer.deposit), ".", class_name="sub"),
            rx.fragment(),
        ),
        rx.el.div(
            button("Take it", kind="primary", size="large", icon="check", loading=S.busy == "take", on_click=S.take),
            button("No, thank you", size="large", loading=S.busy == "decline", on_click=S.decline),
            class_name="row wrap",
        ),
        title="This time is free for you",
        class_name="stack",
    )


def _facts(*pairs: tuple[str, Any]) -> rx.Component:
    def fact(label: str, value: Any) -> rx.Component:
        return rx.cond(value != "", rx.fragment(rx.el.dt(label), rx.el.dd(value)), rx.fragment())

    return rx.el.dl(*(fact(label, value) for label, value in pairs), class_name="facts")


def _leave() -> rx.Component:
    ask = note(
        rx.el.p("You are not offered anything any more, and lose your place in line.", class_name="sub"),
        rx.el.div(
            button("Leave the waitlist", kind="danger", size="small", on_click=S.leave),
            button("Stay", size="small", on_click=S.ask_to_leave(False)),
            class_name="row wrap",
        ),
        title="Leave the waitlist?",
        tone="warn",
    )
    leave = button("Leave the waitlist", kind="ghost", on_click=S.ask_to_leave(True))
    return rx.cond(S.is_leaving, ask, rx.el.div(leave, class_name="actions start"))


def _again() -> rx.Component:
    return rx.cond(
        S.wish.booking == "",
        rx.el.div(link_button("Book a session", routes.BOOK, kind="primary"), class_name="actions start"),
        rx.fragment(),
    )
