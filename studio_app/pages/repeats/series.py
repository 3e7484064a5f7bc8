"""What was repeated together: its sessions, and changing or cancelling several at once."""

import reflex as rx

from studio_app.components import (
    actions,
    button,
    card,
    date_field,
    dialog,
    form,
    form_error,
    link,
    note,
    pair,
    segmented,
    select_field,
    skeleton,
    status_tag,
    sum_line,
    text_area,
    text_field,
    time_field,
)
from studio_app.pages.changes import preview
from studio_app.pages.changes.history import difference
from studio_app.state.base import may
from studio_app.state.bookings.booking import BookingState as State
from studio_app.state.repeats.series import BookingSeries as Series

_SCOPES = (("THIS", "Only this one"), ("FOLLOWING", "This and following"), ("ALL", "All to come"))


def series() -> rx.Component:
    members = rx.el.ol(rx.foreach(State.series, _member), class_name="list dates", tab_index=0, aria_label="Sessions")
    act = rx.el.div(
        button("Change several…", size="small", icon="calendar-sync", on_click=Series.open_change),
        button("Cancel several…", size="small", kind="danger", icon="ban", on_click=Series.open_cancel),
        class_name="row wrap after",
    )
    can_act = may("BOOK_SESSIONS") & State.shown.is_open & (State.shown.status != "CHECKED_IN")
    shown = card(members, rx.cond(can_act, act), title="Series", aside=f"{State.series.length()} sessions")
    return rx.cond(State.series.length() > 0, shown)


def series_dialog() -> rx.Component:
    return dialog(
        f"Change the series of {State.shown.client}",
        preview.news(),
        rx.el.div(_scope(), _fields(), _each("Nothing changes yet."), class_name="form"),
        form_error(State.errors["minutes"]),
        form(
            text_field("Reason", "reason", hint="Kept with each change.", max_length=500),
            _ends(
                button(
                    rx.cond(Series.each.length() == 1, "Change 1 session", f"Change {Series.each.length()} sessions"),
                    kind="primary",
                    type="submit",
                    loading=State.is_saving,
                    disabled=Series.is_looking | (Series.each.length() == 0) | (Series.in_the_way > 0),
                )
            ),
            on_submit=Series.change,
        ),
        open=State.dialog == "series",
        on_open_change=State.close,
        text="A new start moves each session by as much. All of them change, or none.",
        max_width="640px",
    )


def series_cancel_dialog() -> rx.Component:
    return dialog(
        "Cancel several sessions?",
        preview.news(),
        rx.el.div(_scope(), _each(""), class_name="form"),
        form(
            text_area("Reason", "reason", hint="The client reads it in the mail.", error=State.errors["reason"]),
            _ends(
                button(
                    rx.cond(Series.each.length() == 1, "Cancel 1 session", f"Cancel {Series.each.length()} sessions"),
                    kind="primary-danger",
                    type="submit",
                    loading=State.is_saving,
                    disabled=Series.is_looking | (Series.each.length() == 0),
                ),
                keep="Keep them",
            ),
            on_submit=Series.cancel,
        ),
        open=State.dialog == "series_cancel",
        on_open_change=State.close,
        text="Each by the policy it was sold under. This cannot be undone.",
        max_width="560px",
    )


def _scope() -> rx.Component:
    return segmented("Which of them", _SCOPES, Series.scope, Series.choose_scope)


def _fields() -> rx.Component:
    asked = Series.asked
    return rx.fragment(
        pair(
            date_field("This one on", "day", value=asked["day"], on_change=_adjust("day"), error=State.errors["day"]),
            time_field("Start", "time", value=asked["time"], on_change=_adjust("time"), error=State.errors["time"]),
        ),
        pair(
            text_field(
                "Length in minutes",
                "minutes",
                value=asked["minutes"],
                on_change=_adjust("minutes"),
                input_mode="numeric",
            ),
            rx.cond(
                Series.rooms.length() > 0,
                select_field("Room", "room", Series.rooms, value=asked["room"], on_change=_adjust("room")),
            ),
            rx.cond(
                Series.engineers.length() > 0,
                select_field(
                    "Engineer",
                    "engineer",
                    Series.engineers,
                    blank="No engineer",
                    value=asked["engineer"],
                    on_change=_adjust("engineer"),
                ),
            ),
        ),
    )


def _adjust(name: str) -> object:
    return lambda value: Series.adjust(name, value)


def _each(nothing: str) -> rx.Component:
    shown = rx.fragment(
        rx.cond(
            Series.in_the_way > 0,
            note(
                rx.el.p("Choose another time, or change fewer of them.", class_name="sub"),
                title=rx.cond(Series.in_the_way == 1, "1 is not free", f"{Series.in_the_way} are not free"),
                tone="bad",
                role="alert",
            ),
        ),
        rx.el.ul(rx.foreach(Series.each, _one), class_name="list dates", tab_index=0, aria_label="Sessions"),
        rx.cond(Series.difference != "", sum_line("Difference", Series.difference, total=True)),
    )
    empty = rx.el.p(nothing, class_name="sub")
    return rx.el.div(
        rx.cond(Series.is_looking, skeleton(4), rx.cond(Series.each.length() > 0, shown, empty)), aria_live="polite"
    )


def _one(seen: rx.Var) -> rx.Component:
    return rx.el.li(
        rx.el.div(
            rx.el.b(seen.number),
            rx.cond(seen.differences.length() == 0, rx.el.span(seen.when)),
            rx.foreach(seen.differences, difference),
            rx.foreach(seen.reasons, lambda reason: rx.el.span(reason, class_name="error")),
            class_name="two grow",
        ),
        rx.el.span(seen.difference, class_name="num nowrap"),
        class_name="event",
    )


def _member(member: rx.Var) -> rx.Component:
    name = rx.cond(member.is_this, rx.el.b(member.number, " (this)"), link(member.number, href=member.href))
    return rx.el.li(
        rx.el.div(name, rx.el.span(member.day, ", ", member.time, class_name="sub"), class_name="two grow"),
        status_tag(member.status),
    )


def _ends(act: rx.Component, keep: str = "Not now") -> rx.Component:
    return actions(button(keep, kind="ghost", on_click=State.close(False)), act)
