"""One line that books, on top of the calendar."""

from typing import Any

import reflex as rx

from studio_app.components import button, form, icon_button, note, sum_line
from studio_app.state.base import may
from studio_app.state.quickline.line import FIELD
from studio_app.state.quickline.line import QuickLineState as S

_ICONS = {
    "date": "calendar",
    "time": "clock",
    "length": "timer",
    "period": "sun",
    "service": "audio-lines",
    "room": "door-open",
    "engineer": "user-round",
    "mic": "mic",
    "client": "users",
    "artist": "music",
    "status": "hourglass",
    "notes": "notebook-pen",
    "words": "circle-help",
}
_EXAMPLE = "Studio A tomorrow 8p-2a Maya U87 recording for Atlantic"

# "/" from anywhere on the page, but not out of a field or a dialog.
_SLASH = f"""
if (!window.quickLineKey) {{
  window.quickLineKey = true;
  document.addEventListener("keydown", (event) => {{
    const line = document.getElementById("{FIELD}");
    if (event.key !== "/" || event.ctrlKey || event.metaKey || event.altKey || !line) return;
    if (event.target.closest("input, textarea, select, [contenteditable=true], [role=dialog]")) return;
    event.preventDefault();
    line.focus();
    line.select();
  }});
}}
"""


def quick_line() -> rx.Component:
    return rx.cond(may("BOOK_SESSIONS"), _section())


def _section() -> rx.Component:
    return rx.el.section(
        form(
            rx.el.label("Book by one line", html_for=FIELD, class_name="visually-hidden"),
            rx.icon("zap", aria_hidden="true"),
            rx.el.input(
                id=FIELD,
                name=FIELD,
                type="text",
                class_name="input",
                max_length=500,
                auto_complete="off",
                placeholder=_EXAMPLE,
                default_value=S.text,
                aria_describedby="quick-line-hint",
                custom_attrs={"aria-keyshortcuts": "/", "spellCheck": "false"},
                on_change=S.typed.debounce(250),
            ),
            rx.el.kbd("/", aria_hidden="true"),
            rx.cond(S.text != "", icon_button("x", "Clear the line", on_click=S.clear)),
            button("Book", type="submit", loading=S.is_booking, disabled=~S.seen.is_bookable),
            on_submit=S.book,
            class_name="form quick-form",
        ),
        rx.el.p(
            "Room, day, time, engineer, microphones and service, then “for” and the client. “/” comes here.",
            id="quick-line-hint",
            class_name="visually-hidden",
        ),
        rx.el.div(rx.cond(S.text != "", _receipt()), aria_live="polite"),
        class_name="card quick",
        aria_label="Quick line",
        on_mount=rx.call_script(_SLASH),
    )


def _receipt() -> rx.Component:
    return rx.el.div(
        rx.el.div(
            rx.el.ul(rx.foreach(S.seen.chips, _chip), class_name="chips", aria_label="What was understood"),
            rx.foreach(S.seen.problems, lambda text: note(text, tone="bad")),
            rx.foreach(S.seen.asked, _asked),
            rx.cond(S.seen.reasons.length() > 0, _in_the_way()),
            rx.foreach(S.seen.notes, lambda text: note(text, tone="warn")),
            class_name="stack grow",
        ),
        rx.cond(S.seen.total != "", _price()),
        class_name="quick-receipt",
    )


def _chip(chip: Any) -> rx.Component:
    icon = rx.match(
        chip.kind, *((kind, rx.icon(name, aria_hidden="true")) for kind, name in _ICONS.items()), rx.fragment()
    )
    return rx.el.li(
        icon,
        rx.cond(chip.words != "", rx.fragment(rx.el.q(chip.words), " ", rx.el.span("→", aria_label="means"), " ")),
        rx.el.b(chip.label),
    )


def _asked(question: Any) -> rx.Component:
    return rx.el.fieldset(
        rx.el.legend(question.message, class_name="legend"),
        rx.foreach(
            question.options,
            lambda option: button(option.label, size="small", on_click=S.answer(question.key, option.value)),
        ),
        class_name="asked",
    )


def _in_the_way() -> rx.Component:
    return note(
        rx.el.ul(rx.foreach(S.seen.reasons, lambda text: rx.el.li(text)), class_name="reasons"),
        rx.cond(
            S.seen.offers.length() > 0,
            rx.el.fieldset(
                rx.el.legend("Free instead", class_name="legend"),
                rx.foreach(S.seen.offers, lambda offer: button(offer.label, size="small", on_click=S.take(offer.text))),
                class_name="asked",
            ),
        ),
        title=rx.cond(S.seen.is_bookable, "A hold blocks nobody, but know that", "That is not free"),
        tone="warn",
    )


def _price() -> rx.Component:
    return rx.el.div(
        rx.el.p(S.seen.time, class_name="sub"),
        rx.foreach(S.seen.lines, lambda line: sum_line(line.label, line.amount)),
        sum_line("Total", S.seen.total, total=True),
        rx.cond(
            S.seen.is_bookable,
            rx.el.p("Enter books it.", class_name="sub"),
            rx.cond(S.seen.is_clear, rx.fragment(), rx.el.p("Something is still open.", class_name="sub")),
        ),
        class_name="quick-price",
    )
