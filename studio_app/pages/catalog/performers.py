import reflex as rx

from studio_app import routes
from studio_app.components import (
    Column,
    button,
    card,
    data_table,
    empty_state,
    money_field,
    page_header,
    pair,
    row_link,
    tag,
    text_area,
    text_field,
)
from studio_app.pages.editing import Put, bound, editor_dialog, retired_card
from studio_app.pages.settings.frame import settings_page
from studio_app.state.catalog.performers import PerformersState


def page() -> rx.Component:
    return settings_page(
        page_header(
            "Performers",
            "Who sings and plays in sessions.",
            button("Add performer", kind="primary", icon="plus", on_click=PerformersState.add),
        ),
        card(_table()),
        retired_card("Retired", PerformersState.retired, PerformersState.restore),
        editor_dialog(
            "performer",
            "New performer",
            *performer_fields(bound(PerformersState.record)),
            on_submit=PerformersState.create,
        ),
        active=routes.SETTINGS_PERFORMERS,
    )


def _table() -> rx.Component:
    return data_table(
        "Performers",
        [
            Column("Performer", lambda row: row_link(row.name, row.href), lead=True),
            Column("Skills", lambda row: row.skills),
            Column("Contact", lambda row: row.contact),
            Column("Rate", lambda row: row.rate, numeric=True),
            Column(
                "Sign-in",
                lambda row: rx.cond(row.has_user, tag("Linked", "ok", "link"), tag("None", "", "unlink")),
            ),
        ],
        PerformersState.rows,
        loading=PerformersState.is_loading,
        empty=empty_state(
            "No performers yet",
            "Add the first; then choose hours and a sign-in.",
            button("Add performer", kind="primary", on_click=PerformersState.add),
            icon="mic-vocal",
        ),
    )


def performer_fields(put: Put) -> tuple[rx.Component, ...]:
    return (
        put(text_field, "Name", "name", required=True),
        pair(put(text_field, "E-mail", "email", type="email"), put(text_field, "Phone", "phone", type="tel")),
        pair(
            put(text_area, "Skills", "skills", hint="One a line: Alto, Cello, French"),
            put(money_field, "Usual rate", "default_rate_cents", hint="Per session"),
        ),
        put(text_area, "Notes, for staff", "notes"),
    )
