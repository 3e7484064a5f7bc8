"""Forms and dialogs filled from EditorState, so that a page says only which fields it has."""

from collections.abc import Callable, Mapping
from typing import Any

import reflex as rx

from studio_app.components import (
    actions,
    button,
    checkbox,
    confirm_dialog,
    dialog,
    form,
    form_error,
    icon_button,
    link,
    money_field,
    note,
)
from studio_app.state.editor import EditorState

Put = Callable[..., rx.Component]


def bound(values: rx.Var) -> Put:
    """`put(text_field, "Name", "name", required=True)`: the field with its value and its error."""

    def put(kind: Callable[..., rx.Component], label: Any, name: str, *options: Any, **props: Any) -> rx.Component:
        if kind is checkbox:
            props["default_checked"] = values[name] == "yes"
        else:
            props["default_value"] = values[name]
        if kind is money_field:
            props["currency"] = EditorState.currency_sign
        return kind(label, name, *options, error=EditorState.errors[name], **props)

    return put


def options(words: Mapping[Any, str]) -> list[tuple[str, str]]:
    """What a select offers: the stored word and what people read."""
    return [(str(word), text[:1].upper() + text[1:]) for word, text in words.items()]


def save_row(label: str = "Save", *others: rx.Component) -> rx.Component:
    return actions(*others, button(label, kind="primary", type="submit", loading=EditorState.is_saving))


def editor_dialog(
    name: str,
    title: Any,
    *fields: Any,
    on_submit: Any,
    save: str = "Save",
    text: Any = "",
    max_width: str = "560px",
    others: tuple[rx.Component, ...] = (),
    below: Any = None,
    move: Any = None,
) -> rx.Component:
    """`others` are further buttons beside Save; `below` stands under the form, outside of it.

    `move` gets the number of a session that is in the way, to be moved from here.
    """
    cancel = button("Cancel", kind="ghost", on_click=EditorState.close(False))
    return dialog(
        title,
        form(*fields, met_note(move), form_error(EditorState.errors["form"]), save_row(save, *others, cancel),
             on_submit=on_submit),
        below if below is not None else rx.fragment(),
        open=EditorState.dialog == name,
        on_open_change=EditorState.close,
        text=text,
        max_width=max_width,
    )  # fmt: skip


def ask_dialog(name: str, title: Any, text: Any, confirm: str, on_confirm: Any, keep: str = "Keep") -> rx.Component:
    return confirm_dialog(
        title,
        text,
        open=EditorState.dialog == name,
        on_open_change=EditorState.close,
        confirm=confirm,
        on_confirm=on_confirm,
        keep=keep,
    )


def met_note(move: Any = None) -> rx.Component:
    """The sessions that stand in the way of what was just tried."""
    return rx.cond(
        EditorState.met.length() > 0,
        note(
            session_list(EditorState.met, move),
            title="These sessions are in the way",
            tone="bad",
            role="alert",
        ),
    )


def session_list(sessions: rx.Var, move: Any = None) -> rx.Component:
    def action(one: Any) -> rx.Component:
        if move is None:
            return rx.fragment()
        return button("Move…", size="small", aria_label=f"Move {one.number}", on_click=move(one.number))

    return rx.el.ul(
        rx.foreach(
            sessions,
            lambda one: rx.el.li(
                rx.el.span(
                    link(one.number, href=one.href, class_name="strong"),
                    rx.el.span(one.when, class_name="sub block"),
                    rx.cond(one.what != "", rx.el.span(one.what, class_name="sub block")),
                    rx.cond(one.way_out != "", rx.el.span(one.way_out, class_name="sub block")),
                    class_name="grow",
                ),
                action(one),
            ),
        ),
        class_name="list",
    )


def order_buttons(name: Any, row_id: Any, place: Any, count: Any, move: Any) -> rx.Component:
    """Up and down one place."""
    return rx.fragment(
        icon_button("arrow-up", f"Move {name} up", size="small", disabled=place <= 0, on_click=move(row_id, place - 1)),
        icon_button(
            "arrow-down",
            f"Move {name} down",
            size="small",
            disabled=place >= count - 1,
            on_click=move(row_id, place + 1),
        ),
    )


def row_actions(*buttons: rx.Component) -> rx.Component:
    return rx.el.div(*buttons, class_name="row row-actions")


def tick_list(choices: rx.Var, prefix: str) -> rx.Component:
    """One box a choice, of those with `id`, `name` and `is_chosen`."""
    return rx.el.div(
        rx.foreach(
            choices,
            lambda one: checkbox(one.name, f"{prefix}{one.id}", default_checked=one.is_chosen, key=f"{prefix}{one.id}"),
        ),
        class_name="ticks",
        role="group",
    )


def retired_card(title: str, rows: rx.Var, restore: Any, label: str = "Restore") -> rx.Component:
    """What is out of use, by name, each with a way back; nothing when there is none."""
    return rx.cond(
        rows.length() > 0,
        rx.el.section(
            rx.el.header(rx.el.h2(title)),
            rx.el.ul(
                rx.foreach(
                    rows,
                    lambda row: rx.el.li(
                        rx.el.span(row.name, class_name="grow"),
                        button(label, size="small", aria_label=f"{label} {row.name}", on_click=restore(row.id)),
                    ),
                ),
                class_name="list",
            ),
            class_name="card",
        ),
    )
