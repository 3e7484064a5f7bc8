import reflex as rx

from studio_app import routes
from studio_app.components import (
    button,
    card,
    date_field,
    facts,
    form,
    link,
    money_field,
    note,
    page_header,
    pair,
    skeleton,
    status_tag,
    tag,
)
from studio_app.pages.catalog.resource import end_of_life
from studio_app.pages.catalog.rooms import room_fields
from studio_app.pages.editing import ask_dialog, bound, editor_dialog, save_row, tick_list
from studio_app.pages.feeds.links import calendar_links
from studio_app.pages.settings.frame import settings_page
from studio_app.state.base import may
from studio_app.state.catalog.room import RoomState

put = bound(RoomState.record)


def page() -> rx.Component:
    return settings_page(
        page_header(RoomState.name, link("All rooms", href=routes.SETTINGS_ROOMS), end_of_life(RoomState)),
        rx.cond(RoomState.is_loading, card(skeleton(10)), _content()),
        _limit_dialog(),
        ask_dialog(
            "retire",
            f"Retire {RoomState.name}?",
            "It can no longer be booked and leaves the lists. Past sessions keep it, and you can restore it.",
            "Retire",
            RoomState.retire,
        ),
        active=routes.SETTINGS_ROOMS,
    )


def _content() -> rx.Component:
    return rx.fragment(
        rx.cond(RoomState.is_retired, note(title="This room is retired. Nobody can book it.", tone="warn")),
        rx.cond(may("MANAGE_CATALOG"), rx.fragment(_details(), _engineers()), _facts()),
        rx.cond(may("SET_ROOM_LIMITS"), _limits()),
        rx.cond(
            RoomState.is_retired,
            rx.fragment(),
            calendar_links("ROOM", RoomState.resource_id, what="the sessions in this room and when it is locked"),
        ),
    )


def _details() -> rx.Component:
    return card(
        form(*room_fields(bound(RoomState.details)), save_row("Save room"), on_submit=RoomState.save),
        title="The room",
    )


def _engineers() -> rx.Component:
    return card(
        form(
            rx.cond(
                RoomState.engineers.length() == 0,
                rx.el.p("There are no engineers yet. Add them under Engineers.", class_name="sub"),
            ),
            tick_list(RoomState.engineers, "engineer-"),
            rx.el.p("Sessions already booked stay as they are.", class_name="hint"),
            save_row("Save engineers"),
            on_submit=RoomState.save_engineers,
        ),
        title="Who may work here",
    )


def _facts() -> rx.Component:
    """For who may lock or limit a room, but not change it."""
    room = RoomState.details
    return card(
        facts(
            ("Status", status_tag(room["status"])),
            ("Rate per hour", rx.fragment(RoomState.currency_sign, room["base_rate_cents"])),
            ("People it holds", room["capacity"]),
            ("Description", room["description"]),
            ("What is in it", rx.el.span(room["amenities"], class_name="said")),
        ),
        title="The room",
    )


def _limits() -> rx.Component:
    return card(
        rx.cond(
            RoomState.limits.length() == 0,
            rx.el.p("No limits: the room may be sold at any price.", class_name="sub"),
        ),
        rx.el.ul(
            rx.foreach(
                RoomState.limits,
                lambda one: rx.el.li(
                    rx.el.span(rx.el.b(one.bounds), rx.el.div(one.days, class_name="sub"), class_name="grow"),
                    rx.cond(one.is_current, tag("Now", "ok", "check")),
                ),
            ),
            class_name="list",
        ),
        title="Lowest and highest price",
        aside=button("Set limit", size="small", icon="plus", on_click=RoomState.open_limit),
    )


def _limit_dialog() -> rx.Component:
    return editor_dialog(
        "limit",
        f"Price limit of {RoomState.name}",
        pair(
            put(money_field, "Lowest per hour", "min_price_cents", required=True),
            put(money_field, "Highest per hour", "max_price_cents", required=True),
        ),
        pair(
            put(date_field, "First day", "from_day", required=True),
            put(date_field, "Last day", "to_day", hint="Empty: until you set another"),
        ),
        on_submit=RoomState.save_limit,
        text="A price outside of it needs the permission to override, and a reason.",
    )
