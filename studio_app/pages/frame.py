"""The staff frame around a page's content, filled from who is here."""

from typing import Any

import reflex as rx

from studio_app.components.shell import shell
from studio_app.state.base import AppState


def staff_page(*content: Any, active: str) -> rx.Component:
    """`active`: the path of the sidebar entry this page belongs to."""
    return shell(*content, active=active, menu=AppState.menu, user_name=AppState.user_name, person=AppState.user_id)
