"""The frame of both wizards: title, progress, the screen, what is in the way, and the price."""

from collections.abc import Callable, Mapping
from typing import Any

import reflex as rx

from studio_app.components import at_once, button, form, skeleton, step_history, sum_line
from studio_app.pages.bookings.wizard.parts import trouble

Screen = Callable[[Any], rx.Component]
REVIEW = "review"
_ONWARD = {
    "client": "Choose a day",
    "day": "Choose a service",
    "service": "Choose place and time",
    "engineer": "Add-ons",
    "extras": "Terms",
    "agreement": "Payment",
    "payment": "Review",
}


def wizard(
    S: Any, screens: Mapping[str, tuple[str, Screen]], *, price: str, above: rx.Component | None = None
) -> rx.Component:
    """`screens`: name → (title, content). `price` titles the panel; `above` stands before the screen's form."""
    bodies = [(name, content(S)) for name, (_, content) in screens.items()]
    titles = [(name, title) for name, (title, _) in screens.items()]
    answers = form(
        rx.match(S.screen, *bodies, rx.fragment()),
        trouble(S),
        _buttons(S, by_keyboard=above is not None),
        on_submit=S.go_on,
        class_name="stack wide",
        id="wizard",
        key=S.screen,
    )
    history = step_history(rx.cond(S.is_ready, S.screen, ""), run=S.draft_token, answered=S.answered, on_step=S.go_to)
    return rx.el.div(
        at_once(
            rx.el.h1(rx.match(S.screen, *titles, ""), tab_index=-1),
            _progress(S),
            above or rx.fragment(),
            rx.cond(S.is_ready, answers, skeleton(6)),
            answered=S.answered,
            class_name="stack wide",
        ),
        history,
        rx.el.aside(_price_card(S, price), class_name="price-side", aria_label="Price"),
        _price_bar(S),
        class_name="wizard",
    )


def _progress(S: Any) -> rx.Component:
    def mark(step: Any, index: Any) -> rx.Component:
        return rx.el.li(
            rx.el.button(
                rx.el.span(class_name="bar"),
                rx.el.span(index + 1, ". ", step.label, class_name="visually-hidden"),
                type="button",
                title=step.label,
                disabled=~step.is_open,
                aria_current=rx.cond((step.look == "now") | (step.look == "half"), "step", "false"),
                on_click=S.go_to(step.screen),
                class_name=step.look,
            )
        )

    return rx.el.nav(rx.el.ol(rx.foreach(S.steps, mark)), class_name="steps", aria_label="Steps of the booking")


def _buttons(S: Any, *, by_keyboard: bool) -> rx.Component:
    """`by_keyboard`: where a screen has nothing to choose, the keyboard begins at the button onward."""
    starts = {"custom_attrs": {"data-first": "later"}} if by_keyboard else {}
    on_first = S.screen == "client"
    start_over = rx.cond(
        (S.answers.service != "") | (S.answers.name != "") | (S.answers.client_id > 0),
        button("Start over", kind="ghost", on_click=S.start_over),
        rx.fragment(),
    )
    return rx.el.div(
        rx.cond(on_first, start_over, button("Back", kind="ghost", icon="arrow-left", on_click=S.go_back)),
        rx.el.span(class_name="grow"),
        rx.cond(
            S.screen == REVIEW,
            button("Book", kind="primary", size="large", loading=S.is_busy, on_click=S.book, **starts),
            button(_onward(S), kind="primary", size="large", type="submit", **starts),
        ),
        class_name="row wizard-end",
    )


def _onward(S: Any) -> rx.Var:
    """What comes next, on the button that leads there."""
    after_place = rx.cond(S.answers.mode == "ONLINE", "Add-ons", "Choose engineer")
    return rx.match(S.screen, *_ONWARD.items(), after_place)


def _price_lines(S: Any) -> rx.Component:
    return rx.fragment(
        rx.foreach(S.price.about, lambda line: rx.el.p(line, class_name="sub")),
        rx.cond(
            S.price.is_known,
            rx.el.div(
                rx.foreach(S.price.lines, lambda line: sum_line(line.label, line.amount)),
                sum_line("Total", S.price.total, total=True),
                rx.cond(
                    S.price.deposit != "", sum_line(S.price.deposit, S.price.deposit_text, faint=True), rx.fragment()
                ),
                class_name="lines",
            ),
            rx.fragment(),
        ),
        rx.el.p(S.price.note, class_name="sub"),
    )


def _price_card(S: Any, title: str) -> rx.Component:
    return rx.el.section(
        rx.el.h2(title), _price_lines(S), class_name="card stack tight", aria_live="polite", id="price"
    )


def _price_bar(S: Any) -> rx.Component:
    """On a narrow screen the price stays at the bottom and opens."""
    return rx.el.details(
        rx.el.summary(
            rx.el.span("Price"),
            rx.el.b(rx.cond(S.price.is_known, S.price.total, "—")),
        ),
        rx.el.div(_price_lines(S), class_name="stack tight"),
        class_name="price-bar",
    )
