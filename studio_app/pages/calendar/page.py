from typing import Any

import reflex as rx

from studio_app import routes
from studio_app.components import button, clear_filters, icon_button, link, link_button, select_field
from studio_app.components.calendar import master_calendar
from studio_app.pages.absences.lock import holds_note, lock_dialog
from studio_app.pages.changes.whatif import change_dialog
from studio_app.pages.frame import staff_page
from studio_app.pages.quickline.line import quick_line
from studio_app.state.absences.lockouts import LockoutsState as Lockouts
from studio_app.state.base import may
from studio_app.state.calendar.page import CalendarState as State
from studio_app.state.changes.whatif import CalendarChange as Change

_MORE = rx.cond(State.is_open, "stack calendar-more is-open", "stack calendar-more")
"""Always there on wide screens; on a phone, when it is asked for."""
_VIEWS = (("day", "Day"), ("week", "Week"), ("month", "Month"), ("timeline", "Timeline"))
_SIDES = (("rooms", "Rooms"), ("engineers", "Engineers"))
_LEGEND = (
    ("confirmed", "Confirmed"),
    ("pending", "Pending"),
    ("running", "In session"),
    ("done", "Finished"),
    ("missed", "No show"),
    ("hold", "Hold"),
    ("locked", "Locked"),
    ("closed", "Closed"),
    ("away", "Away"),
    ("off", "Off"),
    ("buffer", "Buffer"),
)


def page() -> rx.Component:
    return staff_page(
        _head(),
        rx.el.div(quick_line(), _filters(), class_name=_MORE),
        holds_note(),
        rx.el.div(
            master_calendar(
                State.patch,
                asking=Change.asking,
                can_book=may("BOOK_SESSIONS"),
                on_pick=State.pick,
                on_move=Change.drop,
                on_ask=Change.ask,
            ),
            class_name="calendar-place",
        ),
        _legend(),
        lock_dialog(),
        change_dialog(),
        active=routes.CALENDAR,
    )


def _head() -> rx.Component:
    return rx.el.div(
        rx.el.div(
            _way("previous", "chevron-left", "Previous"),
            link_button("Today", State.places["today"]),
            _way("next", "chevron-right", "Next"),
            rx.el.div(rx.el.h1(State.title), rx.el.div(State.sub, class_name="sub"), class_name="calendar-title"),
            icon_button(
                "sliders-horizontal",
                "Views, filters and booking",
                kind="plain",
                aria_expanded=rx.cond(State.is_open, "true", "false"),
                on_click=State.toggle_controls,
            ),
            class_name="row wrap",
        ),
        rx.el.div(
            rx.el.input(type="date", class_name="input", aria_label="Go to", value=State.day, on_change=State.jump),
            _switch("View", _VIEWS, State.view),
            rx.cond(State.is_own, rx.fragment(), _switch("Side by side", _SIDES, State.by)),
            icon_button("printer", "Print", kind="plain", on_click=rx.call_script("window.print()")),
            class_name=rx.cond(State.is_open, "row wrap calendar-more is-open", "row wrap calendar-more"),
        ),
        class_name="head calendar-head",
    )


def _way(name: str, icon: str, label: str) -> rx.Component:
    return link(rx.icon(icon, aria_hidden="true"), href=State.places[name], class_name="btn icon", aria_label=label)


def _switch(label: str, options: tuple[tuple[str, str], ...], chosen: rx.Var[str]) -> rx.Component:
    return rx.el.nav(
        *(
            link(text, href=State.places[word], aria_current=rx.cond(chosen == word, "page", rx.Var("undefined")))
            for word, text in options
        ),
        class_name="seg",
        aria_label=label,
    )


def _filters() -> rx.Component:
    everyone = rx.fragment(
        _choices(State.rooms_label, "room", State.rooms), _choices(State.engineers_label, "engineer", State.engineers)
    )
    return rx.el.div(
        rx.cond(State.is_own, rx.el.span("Your sessions", class_name="sub"), everyone),
        _choices(State.statuses_label, "status", State.statuses),
        rx.el.div(
            select_field(
                rx.el.span("Service", class_name="visually-hidden"),
                "service",
                State.services,
                blank="All services",
                value=State.service,
                on_change=State.choose_service,
            )
        ),
        clear_filters(State.is_narrowed, rx.redirect(State.places["all"])),
        rx.cond(may("LOCK_ROOMS"), button("Lock rooms", kind="ghost", icon="lock", on_click=Lockouts.ask_on_calendar)),
        class_name="row wrap calendar-filters",
        role="search",
        aria_label="What to show",
    )


def _choices(title: rx.Var[str], name: str, options: rx.Var) -> rx.Component:
    return rx.popover.root(
        rx.popover.trigger(button(title, icon="list-filter")),
        rx.popover.content(
            rx.el.fieldset(
                rx.el.legend(title, class_name="legend"),
                rx.foreach(options, lambda option: _choice(name, option)),
                class_name="stack tight choices",
            ),
            class_name="dlg",
        ),
    )


def _choice(name: str, option: Any) -> rx.Component:
    return rx.el.label(
        rx.el.input(type="checkbox", default_checked=option[2], on_change=State.toggle(name, option[0])),
        option[1],
        class_name="check",
    )


def _legend() -> rx.Component:
    return rx.el.ul(
        *(rx.el.li(rx.el.span(class_name=f"swatch is-{tone}", aria_hidden="true"), text) for tone, text in _LEGEND),
        class_name="legend-row",
        aria_label="What the colours mean",
    )
