import reflex as rx

from studio_app import routes
from studio_app.components import (
    Column,
    button,
    card,
    data_table,
    empty_state,
    link_button,
    money_field,
    number_field,
    page_header,
    pair,
    row_link,
    select_field,
    status_tag,
    text_area,
    text_field,
)
from studio_app.pages.editing import Put, bound, editor_dialog, options, order_buttons, retired_card, row_actions
from studio_app.pages.settings.frame import settings_page
from studio_app.state.base import may
from studio_app.state.catalog.rooms import STATUSES, RoomsState


def page() -> rx.Component:
    return settings_page(
        page_header(
            "Rooms",
            "In the order clients and the calendar show them.",
            rx.cond(may("LOCK_ROOMS"), link_button("Lockouts", routes.SETTINGS_LOCKOUTS, icon="lock")),
            rx.cond(may("MANAGE_CATALOG"), button("Add room", kind="primary", icon="plus", on_click=RoomsState.add)),
        ),
        card(_table()),
        rx.cond(may("MANAGE_CATALOG"), retired_card("Retired", RoomsState.retired, RoomsState.restore)),
        editor_dialog(
            "room", "New room", *room_fields(bound(RoomsState.record)), on_submit=RoomsState.create, max_width="620px"
        ),
        active=routes.SETTINGS_ROOMS,
    )


def _table() -> rx.Component:
    return data_table(
        "Rooms",
        [
            Column("Room", lambda row: row_link(row.name, row.href), lead=True),
            Column("Status", lambda row: status_tag(row.status)),
            Column("Rate", lambda row: row.rate, numeric=True),
            Column("People", lambda row: row.capacity, numeric=True),
            Column("Engineers", lambda row: _engineers(row), numeric=True),
            Column("", _actions),
        ],
        RoomsState.rows,
        loading=RoomsState.is_loading,
        empty=empty_state(
            "No rooms yet",
            "Add the first room with its rate; then choose who may work in it.",
            rx.cond(may("MANAGE_CATALOG"), button("Add room", kind="primary", on_click=RoomsState.add)),
            icon="door-open",
        ),
    )


def _engineers(row: rx.Var) -> rx.Component:
    return rx.cond(row.engineers == 0, rx.el.span("Nobody yet", class_name="warn"), row.engineers)


def _actions(row: rx.Var) -> rx.Component:
    return rx.cond(
        may("MANAGE_CATALOG"),
        row_actions(order_buttons(row.name, row.id, row.place, RoomsState.rows.length(), RoomsState.move)),
    )


def room_fields(put: Put) -> tuple[rx.Component, ...]:
    return (
        pair(
            put(text_field, "Name", "name", required=True),
            put(select_field, "Status", "status", options(STATUSES)),
            put(number_field, "People it holds", "capacity", required=True),
        ),
        pair(
            put(money_field, "Rate per hour", "base_rate_cents", required=True),
            put(money_field, "With engineer", "rate_with_engineer_cents", hint="Per hour. Empty: the rate"),
            put(money_field, "Without engineer", "rate_without_engineer_cents", hint="Per hour. Empty: the rate"),
        ),
        put(text_area, "Description", "description"),
        pair(
            put(text_area, "What is in it", "amenities", hint="One a line: SSL console, grand piano"),
            put(text_area, "Pictures, their addresses", "images", hint="One a line, each starts with https:// or /"),
        ),
    )
