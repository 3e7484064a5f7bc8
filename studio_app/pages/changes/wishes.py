"""What the client asks for, with what can be done about it."""

import reflex as rx

from studio_app.components import actions, button, dialog, form, note, text_area
from studio_app.state.base import may
from studio_app.state.bookings.booking import BookingState as State
from studio_app.state.bookings.moves import BookingMoves as Moves
from studio_app.state.changes.whatif import CalendarChange
from studio_app.state.changes.wishes import BookingAsked as Asked

_ASKED = State.shown.asked


def banner() -> rx.Component:
    said = note(
        rx.cond(_ASKED.message != "", rx.el.blockquote(_ASKED.message, class_name="said")),
        rx.el.p("Asked ", _ASKED.since, class_name="sub"),
        rx.cond(_ASKED.answer != "", rx.el.p("You answered: ", _ASKED.answer, class_name="sub")),
        rx.cond(may("BOOK_SESSIONS"), _buttons()),
        title=rx.cond(
            _ASKED.is_to_cancel,
            f"{State.shown.client} asks to cancel this booking",
            f"{State.shown.client} asks to change this booking",
        ),
        tone="warn",
    )
    return rx.cond(_ASKED.id > 0, said)


def _buttons() -> rx.Component:
    change = rx.fragment(
        rx.cond(
            may("SWAP_RESOURCES"),
            button("Move or change…", icon="calendar-sync", on_click=CalendarChange.ask(State.shown.number)),
        ),
        button("Mark as done…", icon="check", on_click=Asked.begin("accept")),
    )
    return rx.el.div(
        rx.cond(_ASKED.is_to_cancel, button("Accept and cancel…", icon="check", on_click=Moves.ask_cancel), change),
        button("Answer…", icon="message-square", on_click=Asked.begin("answer")),
        button("Decline…", icon="x", on_click=Asked.begin("decline")),
        class_name="row wrap after",
    )


def answer_dialog() -> rx.Component:
    texts = {
        "answer": ("Answer", "They get it by mail and see it on their page. The wish stays open."),
        "decline": ("Decline", "The booking stays as it is. They read why, by mail and on their page."),
        "accept": ("Mark as done", "They are told that it is done."),
    }
    label = rx.match(Asked.how, *((how, label) for how, (label, _) in texts.items()), "")
    return dialog(
        rx.cond(
            Asked.how == "answer",
            f"Answer {State.shown.client}",
            rx.cond(
                Asked.how == "decline",
                f"Decline what {State.shown.client} asks?",
                f"Is it done what {State.shown.client} asks?",
            ),
        ),
        form(
            text_area(
                "What they read",
                "answer",
                rows=4,
                max_length=1000,
                error=State.errors["answer"],
            ),
            actions(
                button("Not now", kind="ghost", on_click=State.close(False)),
                button(label, kind="primary", type="submit", loading=State.is_saving),
            ),
            on_submit=Asked.send,
        ),
        open=State.dialog == "asked",
        on_open_change=State.close,
        text=rx.match(Asked.how, *((how, text) for how, (_, text) in texts.items()), ""),
    )
