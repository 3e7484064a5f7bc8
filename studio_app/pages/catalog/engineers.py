import reflex as rx

from studio_app import routes
from studio_app.components import (
    Column,
    button,
    card,
    data_table,
    empty_state,
    page_header,
    pair,
    row_link,
    tag,
    text_area,
    text_field,
)
from studio_app.pages.editing import Put, bound, editor_dialog, retired_card
from studio_app.pages.settings.frame import settings_page
from studio_app.state.base import may
from studio_app.state.catalog.engineers import EngineersState


def page() -> rx.Component:
    return settings_page(
        page_header(
            "Engineers",
            "Where they work, when, and for how much.",
            rx.cond(
                may("MANAGE_CATALOG"),
                button("Add engineer", kind="primary", icon="plus", on_click=EngineersState.add),
            ),
        ),
        card(_table()),
        rx.cond(may("MANAGE_CATALOG"), retired_card("Retired", EngineersState.retired, EngineersState.restore)),
        editor_dialog(
            "engineer", "New engineer", *engineer_fields(bound(EngineersState.record)), on_submit=EngineersState.create
        ),
        active=routes.SETTINGS_ENGINEERS,
    )


def _table() -> rx.Component:
    return data_table(
        "Engineers",
        [
            Column("Engineer", lambda row: row_link(row.name, row.href), lead=True),
            Column("Rooms, their own first", lambda row: row.rooms),
            Column("Contact", _contact),
            Column(
                "Sign-in",
                lambda row: rx.cond(row.has_user, tag("Linked", "ok", "link"), tag("None", "", "unlink")),
            ),
        ],
        EngineersState.rows,
        loading=EngineersState.is_loading,
        empty=empty_state(
            "No engineers yet",
            "Add the first; then choose rooms, hours and a rate.",
            rx.cond(may("MANAGE_CATALOG"), button("Add engineer", kind="primary", on_click=EngineersState.add)),
            icon="sliders-horizontal",
        ),
    )


def _contact(row: rx.Var) -> rx.Component:
    return rx.el.span(rx.el.span(row.email), rx.el.span(row.phone, class_name="sub nowrap"), class_name="two")


def engineer_fields(put: Put) -> tuple[rx.Component, ...]:
    return (
        put(text_field, "Name", "name", required=True),
        pair(put(text_field, "E-mail", "email", type="email"), put(text_field, "Phone", "phone", type="tel")),
        put(text_area, "Bio, as clients read it", "bio"),
    )
