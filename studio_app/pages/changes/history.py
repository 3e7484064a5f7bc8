"""What was changed of the session since it was sold."""

import reflex as rx

from studio_app.components import button, card, confirm_dialog, tag
from studio_app.state.bookings.booking import BookingState as State
from studio_app.state.changes.booking import BookingChanges


def changes() -> rx.Component:
    shown = card(rx.el.ol(rx.foreach(State.changed, _change), class_name="list"), title="Changes")
    return rx.cond(State.changed.length() > 0, shown)


def undo_dialog() -> rx.Component:
    return confirm_dialog(
        "Take the last change back?",
        BookingChanges.undoing,
        open=State.dialog == "undo",
        on_open_change=State.close,
        confirm="Take it back",
        on_confirm=BookingChanges.undo,
        keep="Leave it",
        danger=False,
        loading=State.is_saving,
    )


def difference(one: rx.Var) -> rx.Component:
    return rx.el.span(one.what, ": ", one.before, " → ", rx.el.b(one.after))


def _change(change: rx.Var) -> rx.Component:
    undo = button("Undo", size="small", icon="undo-2", on_click=BookingChanges.ask_undo)
    return rx.el.li(
        rx.el.div(
            rx.el.span(
                rx.el.b(change.what),
                rx.cond(change.undone != "", tag("Taken back", icon="undo-2")),
                class_name="row tight-row",
            ),
            rx.foreach(change.differences, difference),
            rx.cond(change.why != "", rx.el.span("“", change.why, "”")),
            rx.el.span(change.by, class_name="sub"),
            rx.cond(change.undone != "", rx.el.span("Taken back by ", change.undone, class_name="sub")),
            class_name=rx.cond(change.undone != "", "two grow faded", "two grow"),
        ),
        rx.el.div(
            rx.cond(change.price != "", rx.el.b(change.price, class_name="num nowrap")),
            rx.cond(change.can_undo, undo),
            class_name="stack tight end",
        ),
        class_name="event",
    )
