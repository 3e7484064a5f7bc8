"""What the pages of a room, an engineer and a performer share."""

from typing import Any

import reflex as rx

from studio_app.components import button, card, select_field
from studio_app.state.base import may


def end_of_life(state: Any) -> rx.Component:
    return rx.cond(
        may("MANAGE_CATALOG"),
        rx.cond(
            state.is_retired,
            button("Restore", on_click=state.restore),
            button("Retire", kind="danger", on_click=state.ask_to_retire),
        ),
    )


def sign_in(state: Any, hint: str) -> rx.Component:
    return card(
        select_field(
            "Signs in as",
            "user_id",
            state.users,
            blank="Nobody",
            value=state.user_id_linked,
            on_change=state.link_user,
            error=state.errors["user_id"],
            hint=hint,
        ),
        title="Sign-in",
    )
