"""An engineer's rates with their history: a part of the engineer's page."""

import reflex as rx

from studio_app.components import (
    Column,
    button,
    card,
    checkbox,
    data_table,
    date_field,
    empty_state,
    money_field,
    pair,
    select_field,
    tag,
)
from studio_app.pages.editing import bound, editor_dialog, row_actions
from studio_app.state.catalog.engineer import EngineerState

put = bound(EngineerState.record)


def rates_card() -> rx.Component:
    return card(
        data_table(
            "Rates",
            [
                Column("Rate", lambda row: rx.el.b(row.rate), lead=True),
                Column("Room", lambda row: row.room),
                Column("When", lambda row: row.days),
                Column("Lowest and highest", lambda row: row.bounds),
                Column("Set by", _kind),
                Column("", _end),
            ],
            EngineerState.rates,
            loading=EngineerState.is_loading,
            empty=empty_state(
                "No rate yet",
                "Without a rate their work is not charged. Add what an hour costs.",
                icon="circle-dollar-sign",
            ),
        ),
        title="Rates",
        aside=button("Add rate", size="small", icon="plus", on_click=EngineerState.open_rate),
    )


def _kind(row: rx.Var) -> rx.Component:
    return rx.el.span(
        rx.cond(row.is_override, tag("Override", "acc", "shield"), tag("Own rate")),
        rx.cond(row.is_current, tag("In force", "ok", "check")),
        class_name="row wrap tight-row",
    )


def _end(row: rx.Var) -> rx.Component:
    return rx.cond(
        row.is_current,
        row_actions(
            button("End", size="small", aria_label=f"End {row.rate}", on_click=EngineerState.ask_to_end_rate(row.id))
        ),
    )


def dialogs() -> rx.Component:
    return rx.fragment(
        editor_dialog(
            "rate",
            f"New rate of {EngineerState.name}",
            pair(
                put(money_field, "Per hour", "hourly_rate_cents", required=True),
                put(money_field, "Lowest", "min_rate_cents"),
                put(money_field, "Highest", "max_rate_cents"),
            ),
            put(select_field, "Room", "room_id", EngineerState.room_names, blank="All rooms"),
            pair(
                put(date_field, "First day", "from_day", required=True),
                put(date_field, "Last day", "to_day", hint="Empty: until another counts"),
            ),
            put(checkbox, "Overrides the engineer's own rate", "is_override"),
            on_submit=EngineerState.save_rate,
            text="An override comes first, then a rate for the room, then the latest.",
        ),
        editor_dialog(
            "end_rate",
            f"End this rate of {EngineerState.name}",
            put(date_field, "Last day it counts", "to_day", required=True),
            on_submit=EngineerState.end_rate,
            save="End rate",
            text="What it stood above counts again after that day.",
        ),
    )
