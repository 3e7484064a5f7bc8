"""What a drag, or "Move or change…", asks before anything is stored."""

from typing import Any

import reflex as rx

from studio_app.components import (
    actions,
    button,
    date_field,
    dialog,
    form,
    form_error,
    note,
    pair,
    select_field,
    skeleton,
    status_tag,
    sum_line,
    text_field,
    time_field,
)
from studio_app.state.changes.whatif import CalendarChange as State

_SHOWN = State.shown
_HAS_CHANGE = _SHOWN.after.time != ""


def change_dialog() -> rx.Component:
    return dialog(
        rx.cond(
            _SHOWN.title != "", _SHOWN.title, rx.cond(State.who != "", f"Move or change {State.who}", "One moment")
        ),
        rx.cond(State.status != "", rx.el.div(status_tag(State.status), class_name="what-if-status")),
        rx.cond(State.news.length() > 0, _news()),
        rx.el.div(
            rx.cond(
                _HAS_CHANGE,
                _what_if(),
                rx.cond(State.is_thinking, skeleton(5), rx.el.p("Nothing changes yet.", class_name="sub")),
            ),
            aria_live="polite",
            aria_busy=rx.cond(State.is_thinking, "true", "false"),
            class_name="what-if",
        ),
        rx.cond(State.who != "", _fields()),
        rx.foreach(State.errors.values(), form_error),
        form(
            rx.cond(_HAS_CHANGE, text_field("Reason", "reason", hint="Kept with the change.", max_length=500)),
            actions(
                button(rx.cond(State.is_dropped, "Put back", "Cancel"), kind="ghost", on_click=State.close(False)),
                button(
                    rx.cond(_SHOWN.act != "", _SHOWN.act, "Change session"),
                    kind="primary",
                    type="submit",
                    loading=State.is_saving,
                    disabled=~_SHOWN.is_bookable | State.is_thinking,
                ),
            ),
            on_submit=State.confirm,
        ),
        rx.cond(State.last != "", _last()),
        open=State.asking != "",
        on_open_change=State.close,
        max_width="520px",
    )


def _what_if() -> rx.Component:
    return rx.fragment(
        rx.el.div(
            _place("Now", _SHOWN.before, ""),
            rx.icon("arrow-right", aria_hidden="true"),
            _place("Then", _SHOWN.after, "then"),
            class_name="now-then",
        ),
        rx.cond(_SHOWN.is_bookable, rx.fragment(), _in_the_way()),
        _price(),
        rx.cond(_SHOWN.other.number != "", _other()),
        rx.cond(
            _SHOWN.is_bookable,
            rx.el.ul(
                rx.foreach(_SHOWN.effects, lambda effect: _point("check", effect)),
                rx.cond(_SHOWN.told != "", _point("mail", f"Told by mail: {_SHOWN.told}")),
                class_name="points sub",
            ),
        ),
        rx.cond(_SHOWN.note != "", rx.el.p(_SHOWN.note, class_name="sub")),
    )


def _other() -> rx.Component:
    """The session that gives its room, and what it means there."""
    other = _SHOWN.other
    return rx.el.div(
        rx.el.div(
            rx.el.span(other.number, ": ", other.rooms),
            rx.el.span(other.difference),
            class_name="sum strong",
        ),
        rx.cond(other.told != "", rx.el.p("Told there: ", other.told, class_name="sub")),
    )


def _price() -> rx.Component:
    difference = rx.el.span(_SHOWN.difference, class_name=_SHOWN.tone)
    return rx.fragment(
        rx.foreach(_SHOWN.lines, lambda line: sum_line(line[0], line[1])),
        rx.cond(_SHOWN.difference != "", rx.el.div(rx.el.span("Difference"), difference, class_name="sum strong")),
        rx.cond(_SHOWN.total != "", sum_line("Total then", _SHOWN.total, faint=True)),
    )


def _place(label: str, place: Any, class_name: str) -> rx.Component:
    return rx.el.div(
        rx.el.span(label, class_name="sub"),
        rx.el.b(place.rooms),
        rx.el.span(place.day),
        rx.el.span(place.time),
        rx.el.span(place.lasts, " · ", place.engineer, class_name="sub"),
        class_name=f"place {class_name}".strip(),
    )


def _point(icon: str, text: Any) -> rx.Component:
    return rx.el.li(rx.icon(icon, aria_hidden="true"), rx.el.span(text))


def _in_the_way() -> rx.Component:
    return note(
        rx.el.ul(rx.foreach(_SHOWN.reasons, lambda reason: rx.el.li(reason)), class_name="list"),
        rx.cond(
            (_SHOWN.alternatives.length() > 0) | (_SHOWN.exchange != ""),
            rx.el.div(
                rx.el.span("This would work", class_name="sub"),
                rx.foreach(
                    _SHOWN.alternatives,
                    lambda label, index: button(label, size="small", on_click=State.take(index)),
                ),
                rx.cond(
                    _SHOWN.exchange != "",
                    button(
                        f"Exchange rooms with {_SHOWN.exchange}",
                        size="small",
                        icon="arrow-left-right",
                        on_click=State.exchange,
                    ),
                ),
                class_name="row wrap tight-row",
            ),
        ),
        title="That is not free",
        tone="bad",
        role="alert",
    )


def _news() -> rx.Component:
    return note(
        rx.foreach(State.news, lambda text: rx.el.p(text)),
        rx.el.p("Below is what your change means now.", class_name="sub"),
        title="Somebody changed it meanwhile",
        tone="warn",
        role="alert",
    )


def _fields() -> rx.Component:
    return rx.el.details(
        rx.el.summary("Date, time, length, room and engineer"),
        rx.el.div(
            pair(
                date_field("Date", "day", value=State.day, on_change=lambda value: State.adjust("day", value)),
                time_field("Start", "time", value=State.time, on_change=lambda value: State.adjust("time", value)),
            ),
            pair(
                text_field(
                    "Length in minutes",
                    "minutes",
                    value=State.minutes,
                    input_mode="numeric",
                    on_change=lambda value: State.adjust("minutes", value),
                ),
                select_field(
                    "Engineer",
                    "engineer",
                    State.engineers,
                    blank="No engineer",
                    value=State.engineer,
                    on_change=lambda value: State.adjust("engineer", value),
                ),
            ),
            rx.el.fieldset(
                rx.el.legend("Rooms", class_name="legend"),
                rx.foreach(State.rooms, _room),
                class_name="row wrap rooms",
            ),
            class_name="stack",
        ),
        open=~State.is_dropped,
        class_name="exactly",
    )


def _room(room: Any) -> rx.Component:
    return rx.el.label(
        rx.el.input(type="checkbox", checked=room[2], on_change=State.toggle_room(room[0])),
        room[1],
        class_name="check",
    )


def _last() -> rx.Component:
    return rx.el.div(
        rx.el.span(State.last, class_name="sub grow"),
        button("Undo that", size="small", icon="undo-2", loading=State.is_saving, on_click=State.undo_last),
        class_name="row last-change",
    )
