"""Weekly hours, extra times, time off and sessions: somebody's own page, and a part of their settings page."""

import reflex as rx

from studio_app import routes
from studio_app.components import (
    button,
    card,
    date_field,
    empty_state,
    form,
    form_error,
    icon_button,
    link_button,
    page_header,
    pair,
    select_field,
    skeleton,
    tag,
    text_field,
    time_field,
)
from studio_app.pages.absences.conflicts import in_the_way, own_requests
from studio_app.pages.absences.week import own_week
from studio_app.pages.editing import bound, editor_dialog, options, save_row
from studio_app.pages.frame import staff_page
from studio_app.state.absences.availability import AvailabilityState
from studio_app.state.absences.presenter import REASONS, STATUSES

put = bound(AvailabilityState.record)


def page() -> rx.Component:
    return staff_page(
        page_header(
            "Availability",
            rx.fragment("When you work. Sessions are only booked then. Times in ", AvailabilityState.zone_name, "."),
            rx.cond(AvailabilityState.whose, link_button("Calendar", routes.CALENDAR, icon="calendar-days")),
            rx.cond(
                AvailabilityState.whose,
                button(
                    "Take time off", kind="primary", icon="calendar-off", on_click=AvailabilityState.open_dialog("off")
                ),
            ),
        ),
        rx.cond(
            AvailabilityState.is_loading, card(skeleton(10)), rx.cond(AvailabilityState.whose, cards(), _not_set_up())
        ),
        dialogs(),
        active=routes.AVAILABILITY,
    )


def _not_set_up() -> rx.Component:
    return card(
        empty_state(
            "You are not set up as an engineer or performer yet",
            "An administrator links your sign-in to you under Settings. Then your hours are here.",
            icon="user-cog",
        )
    )


def cards() -> rx.Component:
    return rx.fragment(
        own_week(),
        rx.cond(AvailabilityState.asked.length() > 0, own_requests()),
        rx.el.div(
            card(_week(), title="Every week"),
            rx.el.div(_time_off(), _extras(), class_name="stack"),
            class_name="cols",
        ),
    )


def _week() -> rx.Component:
    return form(
        rx.el.ul(rx.foreach(AvailabilityState.week, _weekday), class_name="list tops"),
        form_error(AvailabilityState.errors["week"]),
        rx.el.p("An end at or before its start is on the next day.", class_name="hint"),
        save_row("Save hours"),
        on_submit=AvailabilityState.save_week,
    )


def _weekday(day: rx.Var) -> rx.Component:
    return rx.el.li(
        rx.el.h3(day.name, class_name="weekday"),
        rx.el.div(
            rx.cond(day.stretches.length() == 0, rx.el.span("Not working", class_name="sub")),
            rx.foreach(day.stretches, lambda one: _stretch(day, one)),
            class_name="stack tight grow",
        ),
        icon_button(
            "plus", f"Add hours on {day.name}", size="small", on_click=AvailabilityState.add_stretch(day.weekday)
        ),
    )


def _stretch(day: rx.Var, one: rx.Var) -> rx.Component:
    def at(which: str, label: str, value: rx.Var) -> rx.Component:
        name = f"{which}-{one.key}"
        return rx.el.input(
            type="time",
            name=name,
            id=name,
            default_value=value,
            class_name="input",
            aria_label=f"{day.name}, {label}",
            aria_invalid=rx.cond(AvailabilityState.errors[name], "true", "false"),
        )

    return rx.el.div(
        at("start", "from", one.start),
        "–",
        at("end", "until", one.end),
        icon_button(
            "x", f"Remove these hours on {day.name}", size="small", on_click=AvailabilityState.remove_stretch(one.key)
        ),
        rx.el.span(
            AvailabilityState.errors[f"start-{one.key}"],
            AvailabilityState.errors[f"end-{one.key}"],
            class_name="error",
            role="alert",
        ),
        class_name="row wrap tight-row",
        key=f"stretch-{one.key}",
    )


def _time_off() -> rx.Component:
    return card(
        rx.cond(
            AvailabilityState.away.length() == 0,
            rx.el.p("None ahead. Single days and longer stretches go here.", class_name="sub"),
        ),
        rx.el.ul(
            rx.foreach(
                AvailabilityState.away,
                lambda one: rx.el.li(
                    rx.el.span(
                        rx.el.b(one.when),
                        rx.el.div(one.reason, rx.cond(one.note != "", f": {one.note}", ""), class_name="sub"),
                        class_name="grow",
                    ),
                    tag(one.status, "hold", "calendar-off"),
                    button(
                        "Cancel",
                        size="small",
                        aria_label=f"Cancel the time off {one.when}",
                        on_click=AvailabilityState.cancel_off(one.id),
                    ),
                ),
            ),
            class_name="list",
        ),
        title="Time off",
        aside=button("Add", size="small", icon="plus", on_click=AvailabilityState.open_dialog("off")),
    )


def _extras() -> rx.Component:
    return card(
        rx.cond(
            AvailabilityState.extras.length() == 0,
            rx.el.p("None. Add a date to work outside the weekly hours.", class_name="sub"),
        ),
        rx.el.ul(
            rx.foreach(
                AvailabilityState.extras,
                lambda one: rx.el.li(
                    rx.el.span(rx.el.b(one.when), rx.el.div(one.note, class_name="sub"), class_name="grow"),
                    button(
                        "Remove",
                        size="small",
                        aria_label=f"Remove {one.when}",
                        on_click=AvailabilityState.remove_extra(one.id),
                    ),
                ),
            ),
            class_name="list",
        ),
        title="Extra times",
        aside=button("Add", size="small", icon="plus", on_click=AvailabilityState.open_dialog("extra")),
    )


def dialogs() -> rx.Component:
    return rx.fragment(
        editor_dialog(
            "off",
            "Take time off",
            pair(
                put(date_field, "First day", "start_day", required=True),
                put(time_field, "From", "start", hint="Empty: the whole day"),
            ),
            pair(
                put(date_field, "Last day", "end_day", hint="Empty: the same day"),
                put(time_field, "Until", "end", hint="Empty: the whole day"),
            ),
            pair(
                put(select_field, "Shown as", "status", options(STATUSES)),
                put(select_field, "Reason", "reason", options(REASONS)),
            ),
            put(text_field, "Note", "note"),
            in_the_way(),
            on_submit=AvailabilityState.take_off,
            text="Nothing is booked in that time. Sessions in the way are listed; they must be moved first.",
        ),
        editor_dialog(
            "extra",
            "Extra time",
            pair(
                put(date_field, "First day", "start_day", required=True),
                put(date_field, "Last day", "end_day", hint="Empty: the same day"),
            ),
            pair(
                put(time_field, "From", "start", hint="Empty: the whole day"),
                put(time_field, "Until", "end", hint="At or before From: the next day"),
            ),
            put(text_field, "Note", "note"),
            on_submit=AvailabilityState.add_extra,
            text="Outside of the weekly hours, the same on each of the days. Sessions can be booked then too.",
        ),
    )
