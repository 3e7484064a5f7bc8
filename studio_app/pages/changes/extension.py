"""More time: asked for before, or run over already."""

import reflex as rx

from studio_app.components import (
    actions,
    button,
    dialog,
    form,
    form_error,
    note,
    segmented,
    skeleton,
    text_field,
)
from studio_app.pages.changes import preview
from studio_app.state.base import may
from studio_app.state.bookings.booking import BookingState as State
from studio_app.state.changes.extension import BookingExtension as Extension

_ACTUAL = State.shown.actual
_SEEN = Extension.seen


def running_over() -> rx.Component:
    """Said where the session is still on; when it is over, its card offers to charge it."""
    extend = button("Extend…", icon="clock-plus", on_click=Extension.open_extend)
    late = note(
        rx.el.div(
            rx.el.span("The time after its end is not booked: someone else may come.", class_name="sub grow"),
            rx.cond(may("BOOK_SESSIONS"), extend),
            class_name="row wrap",
        ),
        title=f"Running {_ACTUAL.over} over",
        tone="warn",
    )
    return rx.cond((State.shown.status == "CHECKED_IN") & (_ACTUAL.over != ""), late)


def ran_over() -> rx.Component:
    """Under the actual times."""
    add = button("Charge it…", size="small", on_click=Extension.ask_overtime)
    return rx.cond(
        (State.shown.status == "COMPLETED") & (_ACTUAL.over != ""),
        rx.el.div(f"{_ACTUAL.over} over, not charged", rx.cond(may("BOOK_SESSIONS"), add), class_name="row wrap"),
    )


def extend_dialog() -> rx.Component:
    return dialog(
        f"Extend {State.shown.client}",
        preview.news(),
        form(
            segmented("By how much", Extension.lengths, Extension.extra, Extension.choose),
            text_field(
                "Or minutes",
                "extra",
                value=Extension.extra,
                on_change=Extension.choose,
                input_mode="numeric",
                error=State.errors["extra"],
            ),
            rx.el.div(
                rx.cond(Extension.is_looking, skeleton(4), rx.cond(_SEEN.number != "", _seen())),
                aria_live="polite",
                class_name="stack tight",
            ),
            form_error(State.errors["minutes"]),
            actions(
                button("Not now", kind="ghost", on_click=State.close(False)),
                button(
                    rx.cond(_SEEN.difference != "", f"Extend, {_SEEN.difference}", "Extend"),
                    kind="primary",
                    type="submit",
                    loading=State.is_saving,
                    disabled=Extension.is_looking | ~_SEEN.is_bookable,
                ),
            ),
            on_submit=Extension.extend,
        ),
        open=State.dialog == "extend",
        on_open_change=State.close,
    )


def overtime_dialog() -> rx.Component:
    return dialog(
        f"{State.shown.client} ran {_SEEN.longer} over",
        preview.news(),
        preview.money(_SEEN),
        preview.consequences(_SEEN),
        actions(
            button("Not this time", kind="ghost", on_click=Extension.leave_overtime),
            button(
                rx.cond(_SEEN.difference != "", f"Charge {_SEEN.difference.replace('+', '')}", "Charge it"),
                kind="primary",
                loading=State.is_saving,
                on_click=Extension.charge_overtime,
            ),
        ),
        open=State.dialog == "overtime",
        on_open_change=State.close,
        text="Shall the time after the booked end be charged?",
    )


def _seen() -> rx.Component:
    return rx.fragment(
        rx.cond(
            _SEEN.is_bookable,
            rx.el.p("Ends ", rx.el.b(_SEEN.ends), f", {_SEEN.longer} later"),
            preview.in_the_way(_SEEN),
        ),
        preview.money(_SEEN),
        preview.consequences(_SEEN),
    )
