"""Choosing among a few: a segmented control for how to look, tabs for what to look at."""

from collections.abc import Callable, Sequence
from typing import Any

import reflex as rx


def segmented(
    label: str, options: Sequence[tuple[str, str]], value: rx.Var[str], on_choose: Callable[[str], Any]
) -> rx.Component:
    """`options`: (value, text). `on_choose`: a handler that takes the value."""
    return rx.el.div(
        *(
            rx.el.button(
                text, type="button", aria_pressed=rx.cond(value == word, "true", "false"), on_click=on_choose(word)
            )
            for word, text in options
        ),
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
