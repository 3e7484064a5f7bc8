"""The screens where one chooses: day and mode, service, rooms and time, engineer."""

from typing import Any

import reflex as rx

from studio_app.components import among, arrow_keys, button, choice, empty_state, icon_button, item, note, tag, turns
from studio_app.pages.bookings.wizard.parts import first, group, heading, pick, wrong

_WEEKDAYS = ("Sunday", "Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday")


def day(S: Any) -> rx.Component:
    return rx.el.div(
        arrow_keys(
            rx.el.div(
                _turn(S, "chevron-left", "Earlier", -1, S.days.has_earlier),
                rx.el.h2(S.days.title, aria_live="polite"),
                _turn(S, "chevron-right", "Later", 1, S.days.has_later),
                class_name="row days-head",
            ),
            rx.el.div(
                rx.el.div(
                    *(
                        rx.el.span(name[:3], class_name="faint", role="columnheader", aria_label=name)
                        for name in _WEEKDAYS
                    ),
                    role="row",
                ),
                rx.foreach(
                    S.days.weeks, lambda week: rx.el.div(rx.foreach(week, lambda cell: _day_cell(S, cell)), role="row")
                ),
                class_name="days",
                role="grid",
                aria_label="Days",
                custom_attrs=among(),
            ),
            class_name="stack",
        ),
        rx.el.p("Bold days have room, hatched ones have nothing free.", class_name="faint"),
        wrong(S, "date"),
        heading("How do we work?"),
        group(
            "Online or in person",
            pick(
                rx.el.b("In person"),
                rx.el.span("In one of our rooms, with or without an engineer.", class_name="sub"),
                group="mode",
                value="IN_PERSON",
                is_chosen=S.answers.mode == "IN_PERSON",
                on_choose=S.choose_mode("IN_PERSON"),
                begins=False,
            ),
            pick(
                rx.el.b("Online"),
                rx.el.span("You send your tracks, we mix and master.", class_name="sub"),
                group="mode",
                value="ONLINE",
                is_chosen=S.answers.mode == "ONLINE",
                on_choose=S.choose_mode("ONLINE"),
                begins=False,
            ),
            columns=True,
        ),
        class_name="stack",
    )


def _turn(S: Any, icon: str, label: str, step: int, is_there: Any) -> rx.Component:
    return icon_button(icon, label, disabled=~is_there, on_click=S.turn_days(step), custom_attrs=turns(step))


def _day_cell(S: Any, cell: Any) -> rx.Component:
    number = rx.fragment(
        rx.cond(cell.month != "", rx.el.span(cell.month, class_name="month-name"), rx.fragment()), cell.number
    )
    day_button = rx.el.button(
        number,
        type="button",
        class_name=rx.cond(cell.is_chosen, "day on ", "day ") + cell.look,
        aria_label=cell.label,
        aria_pressed=rx.cond(cell.is_chosen, "true", "false"),
        on_click=S.choose_day(cell.day),
        custom_attrs=first(cell.is_chosen) | item(cell.day) | choice(),
    )
    past = rx.el.span(cell.number, class_name="day none", aria_hidden="true")
    return rx.el.div(rx.cond(cell.look != "", day_button, past), role="gridcell")


def service(S: Any) -> rx.Component:
    def card(one: Any) -> rx.Component:
        return pick(
            rx.el.span(rx.el.b(one.name), rx.el.b(one.price, class_name="num"), class_name="row between"),
            rx.el.span(one.description, class_name="sub"),
            rx.el.span(one.facts, class_name="faint"),
            group="service",
            value=one.code,
            is_chosen=one.is_chosen,
            on_choose=S.choose_service(one.code),
        )

    return rx.el.div(
        rx.cond(
            S.services.length() > 0,
            group("Service", rx.foreach(S.services, card)),
            empty_state("Nothing on sale", "There is no service of this kind. Go back and choose the other."),
        ),
        wrong(S, "service"),
        class_name="stack",
    )


def place(S: Any) -> rx.Component:
    return rx.cond(S.answers.mode == "ONLINE", _periods(S), _rooms(S))


def _periods(S: Any) -> rx.Component:
    def card(one: Any) -> rx.Component:
        return pick(
            rx.el.span(rx.el.b(one.name), rx.el.span(one.left, class_name="sub"), class_name="row between"),
            rx.el.span(one.span, class_name="sub"),
            group="period",
            value=one.name,
            is_chosen=one.is_chosen,
            on_choose=S.choose_period(one.name),
            disabled=~one.fits,
        )

    return rx.el.div(
        heading(S.place.title, S.place.length_text + " of work · " + S.house.zone),
        rx.cond(
            S.place.is_closed,
            empty_state("Closed that day", "Choose another day: bold days have room."),
            group("Part of the day", rx.foreach(S.place.periods, card)),
        ),
        wrong(S, "period"),
        class_name="stack",
    )


def _rooms(S: Any) -> rx.Component:
    return rx.el.div(
        heading(S.place.title, "choose one or more"),
        rx.el.div(rx.foreach(S.place.rooms, lambda room: _room(S, room)), class_name="stack", role="group"),
        rx.cond(S.place.together != "", rx.el.p(S.place.together, class_name="num"), rx.fragment()),
        wrong(S, "rooms"),
        rx.el.div(
            rx.el.h2("Start"),
            rx.el.span(class_name="grow"),
            rx.el.span(S.place.length_text, " · ", S.house.zone, class_name="sub"),
            _lengths(S),
            class_name="row wrap",
        ),
        rx.cond(
            S.place.starts.length() > 0,
            arrow_keys(
                rx.foreach(S.place.starts, lambda part: _part(S, part)), class_name="stack", custom_attrs=among()
            ),
            rx.el.p(
                rx.cond(
                    S.answers.room_ids.length() > 0,
                    "The studio is closed that day. Choose another day.",
                    "Choose a room first: its free starts show here.",
                ),
                class_name="sub",
            ),
        ),
        wrong(S, "start", "minutes"),
        _let_go(S),
        class_name="stack",
    )


def _room(S: Any, room: Any) -> rx.Component:
    picture = rx.cond(
        room.image != "",
        rx.el.img(src=room.image, alt="", loading="lazy"),
        rx.el.span(rx.icon("audio-lines", aria_hidden="true"), class_name="no-picture"),
    )
    text = rx.el.span(
        rx.el.span(
            rx.el.b(room.name),
            rx.cond(room.is_chosen, tag("chosen", "acc", "check"), rx.fragment()),
            class_name="row wrap name",
        ),
        rx.el.span(room.description, class_name="sub"),
        rx.cond(room.why_not != "", rx.el.span(room.why_not, class_name="sub warn"), rx.fragment()),
        class_name="stack tight",
    )
    price = rx.el.span(rx.el.b(room.price), rx.el.span("per hour", class_name="sub"), class_name="room-price")
    chosen = rx.cond(room.is_chosen, "true", "false")
    free = rx.el.button(
        picture,
        text,
        price,
        type="button",
        class_name=rx.cond(room.is_chosen, "room on", "room"),
        aria_pressed=chosen,
        on_click=S.choose_room(room.id),
        custom_attrs=first(room.is_chosen) | choice(one=False),
    )
    full = rx.el.div(
        picture,
        text,
        rx.cond(
            room.is_chosen,
            button("Leave out", size="small", on_click=S.choose_room(room.id)),
            rx.cond(
                room.next_day != "",
                button(room.next_label, size="small", on_click=S.go_to_day(room.next_day, room.id)),
                rx.fragment(),
            ),
        ),
        class_name="room full",
    )
    return rx.cond(room.is_free, free, full)


def _lengths(S: Any) -> rx.Component:
    return rx.el.div(
        rx.el.div(
            rx.foreach(
                S.place.lengths,
                lambda one: rx.el.button(
                    one.label,
                    type="button",
                    aria_pressed=rx.cond(one.is_chosen, "true", "false"),
                    on_click=S.choose_minutes(one.minutes),
                    custom_attrs=choice(),
                ),
            ),
            class_name="seg",
            role="group",
            aria_label="Length",
            custom_attrs=among(),
        ),
        rx.el.input(
            type="text",
            input_mode="decimal",
            default_value=S.place.hours,
            key=S.place.hours,
            aria_label="Length in hours",
            class_name="input hours",
            on_blur=S.type_hours,
        ),
        rx.el.span("h", class_name="sub", aria_hidden="true"),
        class_name="row tight-row",
    )


def _part(S: Any, part: Any) -> rx.Component:
    return rx.el.div(
        rx.el.h3(part.title, class_name="sub"),
        rx.el.div(
            rx.foreach(part.slots, lambda slot: _slot(S, slot)), class_name="slots", role="group", aria_label=part.title
        ),
        class_name="stack tight",
    )


def _slot(S: Any, slot: Any) -> rx.Component:
    kind = rx.cond(slot.is_chosen, "slot on", rx.cond(slot.is_free, "slot", "slot x"))
    return rx.el.button(
        slot.label,
        rx.cond(slot.is_free, rx.fragment(), rx.el.span(", not free: ask why", class_name="visually-hidden")),
        type="button",
        class_name=kind,
        aria_pressed=rx.cond(slot.is_chosen, "true", "false"),
        on_click=S.choose_start(slot.start),
        custom_attrs={"data-first": rx.cond(slot.is_chosen, "now", "later")} | item(slot.start) | choice(slot.is_free),
    )


def engineer(S: Any) -> rx.Component:
    def card(one: Any) -> rx.Component:
        return pick(
            rx.el.b(one.name),
            rx.el.span(one.note, class_name="sub"),
            group="engineer",
            value=one.id,
            is_chosen=one.is_chosen,
            on_choose=S.choose_engineer(one.id),
            disabled=~one.is_free,
        )

    nobody = pick(
        rx.el.b("No engineer"),
        rx.el.span(S.engineers.none_note, class_name="sub"),
        group="engineer",
        value="0",
        is_chosen=S.answers.engineer_id == 0,
        on_choose=S.choose_engineer(0),
    )
    return rx.el.div(
        _let_go(S),
        group(
            "Engineer",
            rx.cond(S.engineers.may_be_none, nobody, rx.fragment()),
            rx.foreach(S.engineers.rows, card),
        ),
        rx.cond(
            S.engineers.rows.length() == 0,
            rx.el.p("No engineer works in all of these rooms.", class_name="sub"),
            rx.fragment(),
        ),
        wrong(S, "engineer_id"),
        class_name="stack",
    )


def _let_go(S: Any) -> rx.Component:
    """The engineer chosen before cannot work then: said where the time is chosen, and where the engineer is."""
    return rx.cond(S.answers.let_go != "", note(rx.el.p(S.answers.let_go), tone="warn", role="status"), rx.fragment())
