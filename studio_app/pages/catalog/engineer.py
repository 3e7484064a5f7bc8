import reflex as rx

from studio_app import routes
from studio_app.components import (
    card,
    form,
    link,
    note,
    page_header,
    select_field,
    skeleton,
)
from studio_app.pages.absences import availability
from studio_app.pages.catalog.engineers import engineer_fields
from studio_app.pages.catalog.resource import end_of_life, sign_in
from studio_app.pages.editing import ask_dialog, bound, save_row, tick_list
from studio_app.pages.feeds.links import calendar_links
from studio_app.pages.pricing import rates
from studio_app.pages.settings.frame import settings_page
from studio_app.state.base import may
from studio_app.state.catalog.engineer import EngineerState


def page() -> rx.Component:
    return settings_page(
        page_header(
            EngineerState.name, link("All engineers", href=routes.SETTINGS_ENGINEERS), end_of_life(EngineerState)
        ),
        rx.cond(EngineerState.is_loading, card(skeleton(10)), _content()),
        rates.dialogs(),
        availability.dialogs(),
        ask_dialog(
            "retire",
            f"Retire {EngineerState.name}?",
            "They can no longer be booked and leave the lists. Past sessions keep them, and you can restore them.",
            "Retire",
            EngineerState.retire,
        ),
        active=routes.SETTINGS_ENGINEERS,
    )


def _content() -> rx.Component:
    return rx.fragment(
        rx.cond(EngineerState.is_retired, note(title="Retired: nobody can book them.", tone="warn")),
        rx.cond(
            may("MANAGE_CATALOG"),
            rx.fragment(
                rx.el.div(
                    _details(),
                    rx.el.div(
                        _rooms(),
                        sign_in(
                            EngineerState,
                            "People with the role Engineer whom no engineer is linked to. They see their own sessions.",
                        ),
                        class_name="stack",
                    ),
                    class_name="cols",
                ),
                availability.cards(),
            ),
        ),
        rx.cond(may("SET_ENGINEER_RATES"), rates.rates_card()),
        rx.cond(
            EngineerState.is_retired,
            rx.fragment(),
            calendar_links("ENGINEER", EngineerState.resource_id, what="their sessions and time off"),
        ),
    )


def _details() -> rx.Component:
    return card(
        form(
            *engineer_fields(bound(EngineerState.details)),
            save_row(),
            on_submit=EngineerState.save,
            key=EngineerState.name,
        ),
        title="The engineer",
    )


def _rooms() -> rx.Component:
    return card(
        form(
            tick_list(EngineerState.rooms, "room-"),
            select_field(
                "Their own room",
                "primary_room_id",
                EngineerState.room_names,
                blank="None",
                default_value=EngineerState.primary_room_id,
                error=EngineerState.errors["room_id"],
                hint="One of the ticked; they are offered first there",
                key=f"own-{EngineerState.primary_room_id}-{EngineerState.room_names.length()}",
            ),
            save_row("Save rooms"),
            on_submit=EngineerState.save_rooms,
        ),
        title="Rooms they may work in",
    )
