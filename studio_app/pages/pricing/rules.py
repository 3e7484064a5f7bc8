import reflex as rx

from studio_app import routes
from studio_app.components import (
    Column,
    button,
    card,
    checkbox,
    data_table,
    date_field,
    empty_state,
    money_field,
    number_field,
    page_header,
    pair,
    segmented,
    select_field,
    tag,
    text_field,
    time_field,
)
from studio_app.pages.editing import bound, editor_dialog, options, retired_card, row_actions
from studio_app.pages.settings.frame import settings_page
from studio_app.state.pricing.rules import KINDS, WEEKDAYS, PricingState

put = bound(PricingState.record)


def page() -> rx.Component:
    return settings_page(
        page_header(
            "Prices",
            rx.fragment(
                "Evenings, weekends and holidays change the room's rate, as a line of its own. Times in ",
                PricingState.zone_name,
                ".",
            ),
            button("Add rule", kind="primary", icon="plus", on_click=PricingState.add),
        ),
        card(_table()),
        retired_card("Switched off", PricingState.unused, PricingState.restore, "Switch on"),
        _dialog(),
        active=routes.SETTINGS_PRICING,
    )


def _table() -> rx.Component:
    return data_table(
        "Rate rules",
        [
            Column("Rule", lambda row: rx.el.b(row.name), lead=True),
            Column("Kind", lambda row: tag(row.kind)),
            Column("When", lambda row: row.when),
            Column("Room", lambda row: row.room),
            Column("Rate", lambda row: row.change, numeric=True),
            Column("Priority", lambda row: row.priority, numeric=True),
            Column(
                "",
                lambda row: row_actions(
                    button("Edit", size="small", aria_label=f"Edit {row.name}", on_click=PricingState.edit(row.id))
                ),
            ),
        ],
        PricingState.rows,
        loading=PricingState.is_loading,
        empty=empty_state(
            "No rules yet",
            "Rooms cost the same at all times. Add a rule for evenings, weekends or holidays.",
            button("Add rule", kind="primary", on_click=PricingState.add),
            icon="percent",
        ),
    )


def _dialog() -> rx.Component:
    is_new = PricingState.record_id == 0
    is_percent = PricingState.adjustment == "PERCENT"
    return editor_dialog(
        "rule",
        rx.cond(is_new, "New rule", "Edit rule"),
        pair(
            put(text_field, "Name", "name", required=True, hint="Clients read it on their price"),
            put(select_field, "Kind", "kind", options(KINDS)),
        ),
        rx.el.fieldset(
            rx.el.legend("On these weekdays; none ticked: every day", class_name="legend"),
            *(put(checkbox, name[:3], f"weekday-{day}") for day, name in enumerate(WEEKDAYS)),
            rx.el.span(PricingState.errors["weekdays"], class_name="error", role="alert"),
            class_name="weekdays",
        ),
        pair(
            put(time_field, "From", "start", hint="Both empty: the whole day"),
            put(time_field, "Until", "end", hint="At or before From: on the next day"),
        ),
        pair(
            put(date_field, "First day", "from_day", hint="For holidays; empty: always"),
            put(date_field, "Last day", "to_day"),
        ),
        segmented(
            "How the rate changes",
            [("PERCENT", "Percent"), ("FIXED_RATE", "Fixed rate")],
            PricingState.adjustment,
            PricingState.choose_adjustment,
        ),
        rx.cond(
            is_percent,
            put(number_field, "Percent on the room's rate", "percent", step="any", hint="25 costs more, −10 less"),
            put(money_field, "Rate per hour, in place of the room's", "rate_cents"),
        ),
        pair(
            put(select_field, "Room", "room_id", PricingState.rooms, blank="All rooms"),
            put(number_field, "Priority", "priority", hint="Where rules meet, the highest counts"),
        ),
        on_submit=PricingState.save,
        others=(
            rx.cond(is_new, rx.fragment(), button("Switch off", kind="danger", on_click=PricingState.remove)),
            rx.el.span(class_name="grow"),
        ),
        max_width="620px",
    )
