"""The dialog in which staff note a wish."""

from typing import Any

import reflex as rx

from studio_app.components import (
    button,
    checkbox,
    date_field,
    number_field,
    pair,
    select_field,
    text_area,
    text_field,
    time_field,
)
from studio_app.pages.editing import bound, editor_dialog
from studio_app.state.waitlist.form import WishForm as S

put = bound(S.record)


def new_wish() -> rx.Component:
    return editor_dialog(
        "wish",
        "New wish",
        rx.cond(S.client_id > 0, _chosen(), _search()),
        pair(
            put(select_field, "Service", "service", S.services, required=True),
            put(number_field, "Length in minutes", "minutes", hint="Empty: as long as the service", min=1),
        ),
        _rooms(),
        put(select_field, "Engineer", "engineer_id", S.engineers, blank="Whoever is free"),
        pair(
            put(date_field, "From", "first_day", required=True),
            put(date_field, "To", "last_day", hint="Empty: that day only"),
        ),
        pair(
            put(time_field, "Not before", "not_before", hint="Empty: any time"),
            put(time_field, "Not after", "not_after", hint="May be past midnight"),
        ),
        put(text_area, "Note", "notes", rows=2),
        on_submit=S.save,
        save="Put on the list",
        text=rx.fragment("Times in ", S.zone_name, ". What becomes free is kept for them until they answer."),
    )


def _search() -> rx.Component:
    return rx.el.div(
        text_field(
            "Client",
            "client",
            type="search",
            hint="Name, artist, e-mail or phone. New clients are added under Clients.",
            error=S.errors["client"],
            auto_complete="off",
            on_change=S.search.debounce(120),
        ),
        rx.el.ul(rx.foreach(S.found, _found), class_name="list found", aria_label="Clients"),
        class_name="stack tight",
    )


def _found(one: Any) -> rx.Component:
    return rx.el.li(
        rx.el.button(
            rx.el.b(one.name),
            rx.el.span(one.about, class_name="sub"),
            type="button",
            class_name="found-client",
            on_click=S.take(one.id),
        )
    )


def _chosen() -> rx.Component:
    return rx.el.div(
        rx.el.b(S.client_name, class_name="grow"),
        button("Another client", size="small", on_click=S.take(0)),
        class_name="row",
    )


def _rooms() -> rx.Component:
    return rx.el.fieldset(
        rx.el.legend("Rooms", class_name="legend"),
        rx.el.div(
            rx.foreach(S.rooms, lambda room: checkbox(room[1], f"wish-room-{room[0]}")),
            class_name="ticks",
        ),
        rx.el.span("Several: all of them at once. None: any room.", class_name="hint"),
        rx.el.span(S.errors["rooms"], class_name="error", role="alert"),
    )
