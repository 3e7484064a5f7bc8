import reflex as rx

from studio_app import routes
from studio_app.components import (
    Column,
    button,
    card,
    checkbox,
    data_table,
    empty_state,
    money_field,
    number_field,
    page_header,
    pair,
    select_field,
    tag,
    text_area,
    text_field,
)
from studio_app.pages.editing import bound, editor_dialog, options, order_buttons, retired_card, row_actions
from studio_app.pages.settings.frame import settings_page
from studio_app.state.catalog.services import MODES, PRICINGS, ServicesState

put = bound(ServicesState.record)


def page() -> rx.Component:
    return settings_page(
        page_header(
            "Services",
            "What can be booked, in the order clients see it. Changes count at once.",
            button("Add service", kind="primary", icon="plus", on_click=ServicesState.add),
        ),
        card(_table()),
        retired_card("Retired", ServicesState.retired, ServicesState.restore),
        _dialog(),
        active=routes.SETTINGS_SERVICES,
    )


def _table() -> rx.Component:
    return data_table(
        "Services",
        [
            Column("Service", lambda row: rx.el.b(row.name), lead=True),
            Column("Mode", lambda row: row.mode),
            Column("Time", lambda row: row.time, numeric=True),
            Column("Price", lambda row: row.price, numeric=True),
            Column("Engineer", lambda row: rx.cond(row.needs_engineer, "Needed", "Optional")),
            Column("Clients", _seen),
            Column("", _actions),
        ],
        ServicesState.rows,
        loading=ServicesState.is_loading,
        empty=empty_state(
            "No services yet",
            "Add what clients can book: recording, mixing, a podcast.",
            button("Add service", kind="primary", on_click=ServicesState.add),
            icon="audio-lines",
        ),
    )


def _seen(row: rx.Var) -> rx.Component:
    return rx.cond(row.is_visible, tag("Can see it", "ok", "eye"), tag("Hidden", "", "eye-off"))


def _actions(row: rx.Var) -> rx.Component:
    return row_actions(
        order_buttons(row.name, row.id, row.place, ServicesState.rows.length(), ServicesState.move),
        button("Edit", size="small", aria_label=f"Edit {row.name}", on_click=ServicesState.edit(row.id)),
    )


def _dialog() -> rx.Component:
    is_new = ServicesState.record_id == 0
    return editor_dialog(
        "service",
        rx.cond(is_new, "New service", "Edit service"),
        pair(
            put(text_field, "Name", "name", required=True),
            put(text_field, "Code", "code", required=True, hint="Capital letters, like PODCAST_VIDEO"),
        ),
        pair(
            put(select_field, "Mode", "mode", options(MODES)),
            put(select_field, "Price is", "pricing", options(PRICINGS)),
            put(money_field, "Price", "price_cents", required=True),
        ),
        pair(
            put(number_field, "Duration, minutes", "duration_minutes", required=True),
            put(number_field, "Buffer after it, minutes", "buffer_minutes"),
        ),
        put(text_area, "Description", "description"),
        put(text_area, "What to prepare", "preparation", hint="Clients read it after booking."),
        put(text_area, "More details", "attributes", hint="One a line, like “Songs: up to 3”."),
        put(checkbox, "Needs an engineer", "needs_engineer"),
        put(checkbox, "Clients see it on the booking page", "is_visible"),
        on_submit=ServicesState.save,
        others=(
            rx.cond(is_new, rx.fragment(), button("Retire", kind="danger", on_click=ServicesState.retire)),
            rx.el.span(class_name="grow"),
        ),
        below=_prices(),
        max_width="620px",
    )


def _prices() -> rx.Component:
    return rx.cond(
        ServicesState.prices.length() > 0,
        rx.el.section(
            rx.el.h3("What it has cost"),
            rx.el.ul(
                rx.foreach(
                    ServicesState.prices,
                    lambda one: rx.el.li(
                        rx.el.span(one.price, class_name="grow"), rx.el.span(one.since, " · ", one.by, class_name="sub")
                    ),
                ),
                class_name="list",
            ),
        ),
    )
