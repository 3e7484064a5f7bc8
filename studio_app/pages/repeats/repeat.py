"""The same session again: the rule, every date of it, and what is left out."""

import reflex as rx

from studio_app.components import (
    actions,
    button,
    date_field,
    dialog,
    form_error,
    note,
    pair,
    select_field,
    skeleton,
    sum_line,
    text_field,
)
from studio_app.state.bookings.booking import BookingState as State
from studio_app.state.repeats.repeat import BookingRepeat as Repeat

_OWN = "OWN"


def repeat_dialog() -> rx.Component:
    return dialog(
        f"Repeat {State.shown.number}",
        rx.el.div(_rule(), rx.el.div(_dates(), aria_live="polite"), class_name="form"),
        rx.cond(Repeat.taken != "", note(rx.el.p(Repeat.taken), title="Nothing was booked", tone="bad", role="alert")),
        actions(
            button("Not now", kind="ghost", on_click=State.close(False)),
            button(
                rx.cond(Repeat.chosen == 1, "Book 1 session", f"Book {Repeat.chosen} sessions"),
                kind="primary",
                loading=State.is_saving,
                disabled=Repeat.is_looking | (Repeat.chosen == 0),
                on_click=Repeat.book,
            ),
        ),
        open=State.dialog == "repeat",
        on_open_change=State.close,
        text="The same rooms, people and microphones at the same time of day, at the prices of each date.",
        max_width="640px",
    )


def _rule() -> rx.Component:
    asked = Repeat.asked
    return rx.fragment(
        select_field("How often", "rule", Repeat.rules, value=asked["rule"], on_change=_adjust("rule")),
        rx.cond(
            asked["rule"] == _OWN,
            text_field(
                "Rule (RFC 5545)",
                "own",
                hint="Mondays and Thursdays: FREQ=WEEKLY;BYDAY=MO,TH. COUNT counts this session too.",
                error=rx.cond(State.errors["own"] != "", State.errors["own"], State.errors["rule"]),
                value=asked["own"],
                on_change=_adjust("own"),
            ),
            form_error(State.errors["rule"]),
        ),
        pair(
            select_field(
                "Ends",
                "ends",
                (("COUNT", "After a number of sessions"), ("UNTIL", "On a day")),
                value=asked["ends"],
                on_change=_adjust("ends"),
            ),
            rx.cond(
                asked["ends"] == "UNTIL",
                date_field(
                    "Last day",
                    "until",
                    value=asked["until"],
                    on_change=_adjust("until"),
                    error=State.errors["until"],
                ),
                text_field(
                    "Sessions, this one included",
                    "count",
                    value=asked["count"],
                    on_change=_adjust("count"),
                    input_mode="numeric",
                    error=State.errors["count"],
                ),
            ),
        ),
    )


def _adjust(name: str) -> object:
    return lambda value: Repeat.adjust(name, value)


def _dates() -> rx.Component:
    shown = rx.fragment(
        rx.el.ul(
            rx.foreach(Repeat.dates, _date),
            class_name="list dates",
            tab_index=0,
            aria_label="Dates",
        ),
        rx.cond(Repeat.total != "", sum_line("All together", Repeat.total, total=True)),
    )
    return rx.cond(Repeat.is_looking, skeleton(5), rx.cond(Repeat.dates.length() > 0, shown))


def _date(date: rx.Var) -> rx.Component:
    return rx.el.li(
        rx.el.label(
            rx.el.input(
                type="checkbox", checked=date.is_chosen, disabled=~date.is_free, on_change=Repeat.toggle(date.key)
            ),
            rx.el.span(
                rx.el.span(date.day, ", ", date.time),
                rx.cond(date.is_free, rx.fragment(), _why_not(date)),
                class_name="two",
            ),
            class_name="check grow",
        ),
        rx.el.span(rx.cond(date.is_free, date.price, ""), class_name="num nowrap"),
    )


def _why_not(date: rx.Var) -> rx.Component:
    return rx.fragment(
        rx.el.span(rx.icon("circle-alert", size=13, aria_hidden="true"), date.why_not, class_name="error"),
        rx.cond(date.instead != "", rx.el.span(f"Free: {date.instead}", class_name="sub")),
    )
