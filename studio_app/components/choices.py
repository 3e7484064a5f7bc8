"""Choosing among a few: a segmented control for how to look, tabs for what to look at."""

from collections.abc import Callable, Sequence
from typing import Any

import reflex as rx


def segmented(
    label: str,
    options: Sequence[tuple[str, str]] | rx.Var[list[tuple[str, str]]],
    value: rx.Var[str],
    on_choose: Callable[[str], Any],
) -> rx.Component:
    """`options`: (value, text). `on_choose`: a handler that takes the value."""

    def option(one: Any) -> rx.Component:
        pressed = rx.cond(value == one[0], "true", "false")
        return rx.el.button(one[1], type="button", aria_pressed=pressed, on_click=on_choose(one[0]))

    return rx.el.div(
        *([rx.foreach(options, option)] if isinstance(options, rx.Var) else map(option, options)),
        class_name="seg",
        role="group",
        aria_label=label,
    )


def tabs(
    label: str, options: Sequence[tuple[str, str]], value: rx.Var[str], on_choose: Callable[[str], Any]
) -> rx.Component:
    """Within one page. Show the panels with rx.match on the same var."""
    return rx.el.div(
        *(
            rx.el.button(
                text,
                type="button",
                role="tab",
                aria_selected=rx.cond(value == word, "true", "false"),
                on_click=on_choose(word),
            )
            for word, text in options
        ),
        class_name="tabs",
        role="tablist",
        aria_label=label,
    )
