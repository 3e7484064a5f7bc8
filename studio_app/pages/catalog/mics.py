import reflex as rx

from studio_app import routes
from studio_app.components import (
    Column,
    actions,
    button,
    card,
    checkbox,
    data_table,
    dialog,
    empty_state,
    form,
    money_field,
    page_header,
    pair,
    tag,
    text_area,
    text_field,
)
from studio_app.pages.editing import bound, editor_dialog, order_buttons, retired_card, row_actions
from studio_app.pages.settings.frame import settings_page
from studio_app.state.catalog.mics import MicsState

put = bound(MicsState.record)


def page() -> rx.Component:
    return settings_page(
        page_header(
            "Mics",
            "A standard mic is included; a premium one has an upcharge. Each unit is in one session at a time.",
            button("Add mic", kind="primary", icon="plus", on_click=MicsState.add),
        ),
        card(_table()),
        retired_card("Retired", MicsState.retired, MicsState.restore),
        _dialog(),
        _units(),
        active=routes.SETTINGS_MICS,
    )


def _table() -> rx.Component:
    return data_table(
        "Mics",
        [
            Column("Mic", lambda row: rx.el.b(row.name), lead=True),
            Column("Kind", lambda row: rx.cond(row.is_premium, tag("Premium", "acc", "star"), tag("Standard"))),
            Column("Upcharge", lambda row: row.upcharge, numeric=True),
            Column("In service", lambda row: _count(row), numeric=True),
            Column("", _actions),
        ],
        MicsState.rows,
        loading=MicsState.is_loading,
        empty=empty_state(
            "No mics yet",
            "Add the microphones clients can choose, then how many you have of each.",
            button("Add mic", kind="primary", on_click=MicsState.add),
            icon="mic",
        ),
    )


def _count(row: rx.Var) -> rx.Component:
    return rx.cond(row.units == 0, rx.el.span("None: cannot be booked", class_name="bad"), row.units)


def _actions(row: rx.Var) -> rx.Component:
    return row_actions(
        order_buttons(row.name, row.id, row.place, MicsState.rows.length(), MicsState.move),
        button("Units", size="small", aria_label=f"Units of {row.name}", on_click=MicsState.edit_units(row.id)),
        button("Edit", size="small", aria_label=f"Edit {row.name}", on_click=MicsState.edit(row.id)),
    )


def _dialog() -> rx.Component:
    is_new = MicsState.record_id == 0
    return editor_dialog(
        "mic",
        rx.cond(is_new, "New mic", "Edit mic"),
        put(text_field, "Name", "name", required=True),
        put(text_area, "Description", "description"),
        put(checkbox, "Premium: costs extra", "is_premium"),
        put(money_field, "Upcharge per session", "upcharge_cents", hint="Only a premium mic has one."),
        put(text_field, "Picture link", "image", type="url", hint="Starts with https://"),
        on_submit=MicsState.save,
        others=(
            rx.cond(is_new, rx.fragment(), button("Retire", kind="danger", on_click=MicsState.retire)),
            rx.el.span(class_name="grow"),
        ),
    )


def _units() -> rx.Component:
    return dialog(
        rx.fragment("Units of ", MicsState.record["name"]),
        rx.el.ul(rx.foreach(MicsState.units, _unit), class_name="list"),
        form(
            pair(
                text_field("Name", "unit_name", error=MicsState.errors["name"], hint="Empty: it is numbered"),
                text_field("Serial number", "serial_number", error=MicsState.errors["serial_number"]),
            ),
            actions(
                button("Close", kind="ghost", on_click=MicsState.close(False)),
                button("Add unit", kind="primary", type="submit", loading=MicsState.is_saving),
            ),
            on_submit=MicsState.add_unit,
            key=f"unit-{MicsState.units.length()}",
        ),
        open=MicsState.dialog == "units",
        on_open_change=MicsState.close,
        text="Every physical microphone of this kind.",
    )


def _unit(unit: rx.Var) -> rx.Component:
    return rx.el.li(
        rx.el.span(unit.name, rx.el.span(" ", unit.serial_number, class_name="sub"), class_name="grow"),
        rx.cond(unit.is_active, rx.fragment(), tag("Out of service", "warn", "wrench")),
        rx.cond(
            unit.is_active,
            button(
                "Take out of service",
                size="small",
                aria_label=f"Take {unit.name} out of service",
                on_click=MicsState.set_unit_in_service(unit.id, False),
            ),
            button(
                "Put back",
                size="small",
                aria_label=f"Put {unit.name} back",
                on_click=MicsState.set_unit_in_service(unit.id, True),
            ),
        ),
    )
