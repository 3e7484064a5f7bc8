from typing import Any

import reflex as rx

from studio_app import routes
from studio_app.components import (
    Column,
    button,
    card,
    data_table,
    date_field,
    empty_state,
    file_button,
    filters,
    link,
    link_button,
    page_header,
    row_link,
    select_field,
    tag,
    text_field,
    veil,
)
from studio_app.pages.editing import ask_dialog
from studio_app.pages.frame import staff_page
from studio_app.state.base import may
from studio_app.state.holds.listing import HoldsState as State

_IS_NARROWED = (State.q != "") | (State.room != "") | (State.day != "")


def page() -> rx.Component:
    return staff_page(
        page_header(
            "Holds",
            "Pencilled sessions. They block nobody; the first in line may confirm.",
            file_button("CSV", State.csv),
        ),
        card(_filters()),
        card(_list(), veil(State.settled)),
        ask_dialog(
            "release_hold",
            f"Release {State.letting_go.number} of {State.letting_go.client}?",
            "Those behind it move up and are told. A challenge it has made is withdrawn.",
            "Release",
            State.release,
        ),
        active=routes.HOLDS,
    )


def rank_tag(row: Any) -> rx.Component:
    return rx.cond(row.is_first, tag(row.rank, "acc", "hourglass"), tag(row.rank, "hold", "hourglass"))


def others(row: Any) -> rx.Component:
    return rx.foreach(
        row.others,
        lambda one: rx.el.span(
            rx.el.span(one.rank, ", ", link(one.number, href=one.href), class_name="nowrap"),
            rx.el.span(one.client),
            class_name="sub two",
        ),
    )


def _filters() -> rx.Component:
    return filters(
        text_field(
            "Search",
            "q",
            type="search",
            placeholder="Number, client, artist, e-mail or phone",
            default_value=State.q,
            on_change=State.search.debounce(300),
            key=f"q{State.visit}",
            max_length=100,
        ),
        select_field(
            "Room",
            "room",
            State.rooms,
            blank="Any room",
            default_value=State.room,
            on_change=State.choose_room,
            key=f"room{State.visit}",
        ),
        date_field("Day", "day", default_value=State.day, on_change=State.choose_day, key=f"day{State.visit}"),
        is_narrowed=_IS_NARROWED,
        on_clear=State.clear,
    )


def _list() -> rx.Component:
    return data_table(
        "Holds",
        [
            Column("Hold", _who, lead=True),
            Column("Rank", rank_tag),
            Column("When", lambda row: rx.el.span(rx.el.span(row.day), rx.el.span(row.time), class_name="two nowrap")),
            Column("Where", _where),
            Column("Meets", lambda row: rx.el.div(others(row))),
            Column("Clock", _clock),
            Column("", _actions, numeric=True),
        ],
        State.rows,
        loading=State.is_loading,
        empty=rx.cond(_IS_NARROWED, _none_there(), _none()),
    )


def _none() -> rx.Component:
    return empty_state(
        "Nothing is pencilled in",
        "Choose Hold in the last step of a new booking to keep a place in line without blocking anybody.",
        link_button("New booking", routes.BOOKING_NEW, kind="primary", icon="plus"),
        icon="hourglass",
    )


def _none_there() -> rx.Component:
    clear = button("Clear filters", icon="x", on_click=State.clear)
    return empty_state("No hold there", "Nothing that is pencilled in fits these filters.", clear, icon="hourglass")


def _who(row: Any) -> rx.Component:
    return rx.el.span(
        row_link(row.client, row.href),
        rx.cond(row.artist != "", rx.el.span(row.artist, class_name="sub")),
        rx.el.span(row.number, " · ", row.service, class_name="sub nowrap"),
        class_name="two",
    )


def _where(row: Any) -> rx.Component:
    return rx.el.span(
        rx.el.span(row.rooms),
        rx.cond(row.engineer != "", rx.el.span(row.engineer, class_name="sub")),
        class_name="two nowrap",
    )


def _clock(row: Any) -> rx.Component:
    return rx.el.div(
        rx.cond(
            row.clock != "",
            rx.el.span(
                tag(row.left, "warn", "timer"),
                rx.el.span("Answer ", row.challenger, " by ", row.clock, class_name="sub block"),
            ),
        ),
        rx.foreach(row.asked, lambda text: rx.el.span(text, class_name="sub block")),
        rx.cond(row.blocked != "", rx.el.span("Taken by ", row.blocked, class_name="sub block bad")),
        rx.cond(
            (row.clock == "") & (row.asked.length() == 0) & (row.blocked == ""),
            rx.el.span("Until ", row.expires, class_name="sub"),
        ),
    )


def _actions(row: Any) -> rx.Component:
    working = State.busy == row.id
    return rx.cond(
        may("BOOK_SESSIONS"),
        rx.el.div(
            rx.cond(
                row.can_challenge,
                button(
                    "Challenge",
                    size="small",
                    loading=working,
                    on_click=State.challenge(row.id),
                    aria_label=f"Challenge the holds above {row.number}",
                ),
            ),
            rx.cond(
                row.can_confirm,
                button(
                    "Confirm",
                    kind="primary",
                    size="small",
                    loading=working,
                    on_click=State.confirm(row.id),
                    aria_label=f"Confirm {row.number}",
                ),
            ),
            button(
                "Release",
                size="small",
                kind="ghost",
                disabled=working,
                on_click=State.ask_release(row.id),
                aria_label=f"Release {row.number}",
            ),
            class_name="row row-actions",
        ),
    )
