"""For a day on which nothing is free: be told when something is."""

import reflex as rx

from studio_app.components import button, note
from studio_app.state.bookings.wizard.public import BookState as S


def tell_me() -> rx.Component:
    def choice(label: str, more_days: int) -> rx.Component:
        return button(label, size="small", icon="bell", on_click=S.wait(more_days))

    asked = note(
        rx.el.p("We write to ", rx.el.b(S.answers.email), " as soon as time becomes free.", class_name="sub"),
        title="You are on the waitlist",
        tone="ok",
        role="status",
    )
    ask = note(
        rx.el.p(
            "Shall we write to ",
            rx.el.b(S.answers.email),
            " when something becomes free? What we find is kept for you until you answer.",
            class_name="sub",
        ),
        rx.el.div(
            choice("Tell me, for this day", 0), choice("Tell me, for this day or the week after", 7),
            class_name="row wrap",
        ),
        title="Nothing is free that day",
    )  # fmt: skip
    return rx.cond(S.place.is_full, rx.cond(S.waited.startswith(S.answers.day + " "), asked, ask), rx.fragment())
