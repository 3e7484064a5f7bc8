"""Where a pencilled booking stands in line."""

import reflex as rx

from studio_app.components import button, card, facts, note, tag
from studio_app.pages.editing import ask_dialog
from studio_app.pages.holds.listing import others, rank_tag
from studio_app.state.base import may
from studio_app.state.holds.booking import BookingHold as State

_HOLD = State.hold


def panel() -> rx.Component:
    return rx.cond(_HOLD.id > 0, rx.fragment(_standing(), _asking()))


def _standing() -> rx.Component:
    return card(
        rx.el.div(
            rx.cond(
                _HOLD.clock != "",
                note(
                    rx.el.p(_HOLD.challenger, " would like this time."),
                    rx.el.p("Confirm or release by ", _HOLD.clock, ", or it expires."),
                    rx.el.p(tag(_HOLD.left, "warn", "timer")),
                    title="This hold is challenged",
                    tone="warn",
                ),
            ),
            rx.cond(
                _HOLD.blocked != "",
                note(
                    rx.el.p("Taken by ", _HOLD.blocked, ". Move the hold, or release it."),
                    title="Its time is gone",
                    tone="bad",
                ),
            ),
            rx.foreach(_HOLD.asked, lambda text: note(rx.el.p(text, "."))),
            facts(
                ("In line", rank_tag(_HOLD)),
                ("Meets", rx.cond(_HOLD.others.length() > 0, rx.el.div(others(_HOLD)), "No other hold")),
                ("Placed", _HOLD.placed),
                ("Ends", _HOLD.expires),
            ),
            rx.cond(may("BOOK_SESSIONS"), _buttons()),
            class_name="stack",
        ),
        title="Hold",
        id="hold",
    )


def _buttons() -> rx.Component:
    return rx.el.div(
        rx.cond(
            _HOLD.can_confirm,
            button("Confirm", kind="primary", icon="check", loading=State.is_saving, on_click=State.confirm_hold),
        ),
        rx.cond(
            _HOLD.can_challenge,
            button("Challenge", kind="primary", icon="timer", loading=State.is_saving, on_click=State.challenge),
        ),
        button("Release", kind="danger", icon="undo-2", on_click=State.ask_release),
        class_name="row wrap",
    )


def _asking() -> rx.Component:
    return ask_dialog(
        "release_hold",
        f"Release {_HOLD.number} of {_HOLD.client}?",
        "Those behind it move up and are told. A challenge it has made is withdrawn.",
        "Release",
        State.release,
    )
