"""Form fields: a label, the control, a hint, and the error beside it.

Fields keep what is typed in the browser: give `default_value` and read all of a form at once in
`on_submit(self, form: dict[str, str])`. `error` is a text var, empty when all is well
(`State.errors["email"]`). Everything else goes to the control.
"""

from collections.abc import Sequence
from typing import Any

import reflex as rx
from reflex_components_core.el.elements.base import BaseHTML

Text = str | rx.Var


def _said(name: str, hint: Text, error: Text) -> list[rx.Component]:
    wrong = rx.Var.create(error)
    return [
        rx.el.span(hint, class_name="hint", id=f"{name}-hint") if isinstance(hint, rx.Var) or hint else rx.fragment(),
        rx.el.span(
            rx.cond(wrong, rx.fragment(rx.icon("circle-alert", aria_hidden="true"), wrong), rx.fragment()),
            class_name="error",
            id=f"{name}-error",
            aria_live="polite",
        ),
    ]


def _names(name: str, error: Text, required: bool) -> dict[str, Any]:
    return {
        "id": name,
        "name": name,
        "aria_describedby": f"{name}-hint {name}-error",
        "aria_invalid": rx.cond(rx.Var.create(error), "true", "false"),
        "required": required,
    }


def _drawn_anew(default: Any) -> dict[str, Any]:
    """A browser takes the first value of a select or a tick once. One that comes later, with its page's load,
    draws the control anew; else it shows, and saves, what it had before. What is typed takes care of itself."""
    if not isinstance(default, rx.Var):
        return {}
    return {"key": default.to_string()}


def field(
    label: Text, control: rx.Component, *, name: str, hint: Text = "", error: Text = "", required: bool = False
) -> rx.Component:
    """Puts a control of your own (its `id` is `name`) into the common frame."""
    star = rx.el.span(" *", class_name="req", aria_hidden="true") if required else rx.fragment()
    return rx.el.div(rx.el.label(label, star, html_for=name), control, *_said(name, hint, error), class_name="field")


def text_field(
    label: Text,
    name: str,
    *,
    hint: Text = "",
    error: Text = "",
    required: bool = False,
    type: str = "text",
    **props: Any,
) -> rx.Component:
    """`type`: text, email, tel, password, search, url."""
    control = rx.el.input(type=type, class_name="input", **_names(name, error, required), **props)
    return field(label, control, name=name, hint=hint, error=error, required=required)


def number_field(label: Text, name: str, **props: Any) -> rx.Component:
    return text_field(label, name, type="number", input_mode="decimal", **props)


def date_field(label: Text, name: str, **props: Any) -> rx.Component:
    """Gives and takes YYYY-MM-DD."""
    return text_field(label, name, type="date", **props)


def time_field(label: Text, name: str, **props: Any) -> rx.Component:
    """Gives and takes HH:MM."""
    return text_field(label, name, type="time", **props)


def money_field(
    label: Text,
    name: str,
    *,
    currency: Text = "$",
    hint: Text = "",
    error: Text = "",
    required: bool = False,
    **props: Any,
) -> rx.Component:
    """Gives the text as typed; the service makes cents of it."""
    control = rx.el.div(
        rx.el.span(currency, aria_hidden="true"),
        rx.el.input(type="text", input_mode="decimal", class_name="input", **_names(name, error, required), **props),
        class_name="money",
    )
    return field(label, control, name=name, hint=hint, error=error, required=required)


def text_area(
    label: Text, name: str, *, hint: Text = "", error: Text = "", required: bool = False, **props: Any
) -> rx.Component:
    control = rx.el.textarea(class_name="input", **_names(name, error, required), **props)
    return field(label, control, name=name, hint=hint, error=error, required=required)


def select_field(
    label: Text,
    name: str,
    options: Sequence[tuple[str, str]] | rx.Var,
    *,
    blank: str = "",
    hint: Text = "",
    error: Text = "",
    required: bool = False,
    **props: Any,
) -> rx.Component:
    """`options`: (value, label) pairs, or a var of them (list[tuple[str, str]]). `blank`: a first, empty choice."""
    first = [rx.el.option(blank, value="")] if blank else []
    rest = (
        [rx.foreach(options, lambda option: rx.el.option(option[1], value=option[0]))]
        if isinstance(options, rx.Var)
        else [rx.el.option(text, value=value) for value, text in options]
    )
    props = _drawn_anew(props.get("default_value")) | props
    control = rx.el.select(*first, *rest, class_name="input", **_names(name, error, required), **props)
    return field(label, control, name=name, hint=hint, error=error, required=required)


def checkbox(label: Any, name: str, *, hint: Text = "", error: Text = "", **props: Any) -> rx.Component:
    """In a form's data: the name with "on" when checked, and absent when not."""
    return _check(label, name, hint, error, type="checkbox", **props)


def switch(label: Any, name: str, *, hint: Text = "", error: Text = "", **props: Any) -> rx.Component:
    """For what takes effect at once; in a form that is saved, use a checkbox."""
    return _check(label, name, hint, error, type="checkbox", role="switch", **props)


def _check(label: Any, name: str, hint: Text, error: Text, **props: Any) -> rx.Component:
    props = _drawn_anew(props.get("default_checked")) | props
    return rx.el.div(
        rx.el.label(
            rx.el.input(id=name, name=name, aria_describedby=f"{name}-hint {name}-error", **props),
            rx.el.span(label),
            class_name="check",
            html_for=name,
        ),
        *_said(name, hint, error),
        class_name="field",
    )


def form(*children: Any, class_name: str = "form", **props: Any) -> rx.Component:
    """`on_submit` gets a dict of the fields. The server checks, so the browser's own bubbles are off.

    `method="dialog"`: whoever is quicker than the page's script sends nothing, loses nothing that was typed, and no
    password gets into the address.
    """
    if "on_submit" not in props or "action" in props:
        raise TypeError(
            "A form takes on_submit and no action: the framework prevents its own submit. See posting_form()."
        )
    return rx.el.form(*children, class_name=class_name, no_validate=True, method="dialog", **props)


class _PostingForm(BaseHTML):
    """The plain element, whose submit is the browser's."""

    tag = "form"

    action: rx.Var[str]
    method: rx.Var[str]


def posting_form(*children: Any, action: str, **props: Any) -> rx.Component:
    """Posts to the API by a page load, with or without scripts: what sets or clears the cookie."""
    return _PostingForm.create(*children, action=action, method="post", **props)


def pair(*fields: rx.Component) -> rx.Component:
    """Fields side by side where there is room."""
    return rx.el.div(*fields, class_name="pair")


def actions(*buttons: rx.Component) -> rx.Component:
    return rx.el.div(*buttons, class_name="actions")


def form_error(error: Text) -> rx.Component:
    """A refusal that belongs to no field."""
    return rx.el.p(error, class_name="error", role="alert")
