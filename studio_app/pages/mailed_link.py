"""The way in by a link that is mailed: what is asked for it, and what is said once it is on its way."""

from typing import Any

import reflex as rx

from studio_app.components import button, form, note, text_field


def mailed_link(S: Any, is_asked: rx.Var[bool], said: rx.Component, hint: str, who: str, *below: Any) -> rx.Component:
    """`who`: whose address it is, as browsers fill it in: `email`, or `username` of who signs in."""
    return rx.cond(
        is_asked,
        note(said, title="Check your e-mail", tone="ok"),
        form(
            text_field(
                "E-mail", "email", type="email", hint=hint, error=S.errors["email"], required=True, auto_complete=who
            ),
            button("Send link", kind="primary", size="large", type="submit", wide=True),
            *below,
            on_submit=S.ask,
        ),
    )
