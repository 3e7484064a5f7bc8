import reflex as rx

from studio_app import routes
from studio_app.components import (
    button,
    card,
    date_field,
    icon_button,
    note,
    number_field,
    page_header,
    pair,
    select_field,
    skeleton,
    text_field,
    time_field,
)
from studio_app.pages.editing import bound, editor_dialog, retired_card, session_list
from studio_app.pages.settings.frame import settings_page
from studio_app.state.catalog.hours import WEEKDAYS, HoursState

put = bound(HoursState.record)


def page() -> rx.Component:
    return settings_page(
        page_header("Hours", rx.fragment("Times in ", HoursState.zone_name, ". A weekday without a period is closed.")),
        rx.cond(HoursState.is_loading, card(skeleton(10)), _hours()),
        retired_card("Periods not in use", HoursState.unused, HoursState.restore_period, "Bring back"),
        _period_dialog(),
        _closure_dialog(),
        active=routes.SETTINGS_HOURS,
    )


def _hours() -> rx.Component:
    return rx.el.div(
        card(_week(), title="Every week"),
        card(
            _closures(),
            title="Closed days",
            aside=button("Close the studio", size="small", icon="plus", on_click=HoursState.ask_to_close),
        ),
        class_name="cols",
    )


def _week() -> rx.Component:
    return rx.el.ul(
        rx.foreach(
            HoursState.week,
            lambda day: rx.el.li(
                rx.el.h3(day.name, class_name="weekday"),
                rx.el.div(
                    rx.cond(day.periods.length() == 0, rx.el.span("Closed", class_name="sub")),
                    rx.foreach(day.periods, _period),
                    class_name="stack tight grow",
                ),
                icon_button(
                    "plus", f"Add a period on {day.name}", size="small", on_click=HoursState.add_period(day.weekday)
                ),
            ),
        ),
        class_name="list tops",
    )


def _period(period: rx.Var) -> rx.Component:
    return rx.el.div(
        rx.el.span(
            rx.el.b(period.name), " ", period.hours, rx.el.div(period.capacity, class_name="sub"), class_name="grow"
        ),
        button("Edit", size="small", aria_label=f"Edit {period.name}", on_click=HoursState.edit_period(period.id)),
        class_name="row",
    )


def _period_dialog() -> rx.Component:
    is_new = HoursState.record_id == 0
    return editor_dialog(
        "period",
        rx.cond(is_new, "New period", "Edit period"),
        pair(
            put(select_field, "Weekday", "weekday", [(str(day), name) for day, name in enumerate(WEEKDAYS)]),
            put(text_field, "Name", "name", required=True, hint="Morning, afternoon, evening"),
        ),
        pair(
            put(time_field, "Opens", "start", required=True),
            put(time_field, "Closes", "end", required=True, hint="At or before the opening: on the next day"),
        ),
        put(
            number_field,
            "Online capacity, minutes",
            "capacity_minutes",
            required=True,
            hint="How much online work, buffers included, you take in this period.",
        ),
        on_submit=HoursState.save_period,
        others=(
            rx.cond(is_new, rx.fragment(), button("Remove", kind="danger", on_click=HoursState.remove_period)),
            rx.el.span(class_name="grow"),
        ),
    )


def _closures() -> rx.Component:
    return rx.el.div(
        rx.cond(
            HoursState.on_closed_days.length() > 0,
            note(
                session_list(HoursState.on_closed_days),
                title="These sessions are on the closed days. Move or cancel those that have not begun:",
                tone="warn",
                role="status",
            ),
        ),
        rx.cond(
            HoursState.closures.length() == 0,
            rx.el.p("No closed days. Add holidays and days off for the whole studio.", class_name="sub"),
        ),
        rx.el.ul(
            rx.foreach(
                HoursState.closures,
                lambda one: rx.el.li(
                    rx.el.span(rx.el.b(one.reason), rx.el.div(one.days, class_name="sub"), class_name="grow"),
                    button(
                        "Open again",
                        size="small",
                        aria_label=f"Open again: {one.reason}",
                        on_click=HoursState.remove_closure(one.id),
                    ),
                ),
            ),
            class_name="list",
        ),
        class_name="stack",
    )


def _closure_dialog() -> rx.Component:
    return editor_dialog(
        "closure",
        "Close the studio",
        put(text_field, "Reason", "reason", required=True, hint="Clients read it: Thanksgiving, stocktaking"),
        pair(
            put(date_field, "First day", "first_day", required=True),
            put(date_field, "Last day", "last_day", hint="Empty: just that day"),
        ),
        on_submit=HoursState.add_closure,
        save="Close",
        text="Nothing can be booked on these days. Sessions that are already booked stay, and are listed.",
    )
