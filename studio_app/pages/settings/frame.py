from typing import Any

import reflex as rx

from studio_app import routes
from studio_app.components import link
from studio_app.pages.frame import staff_page
from studio_app.state.base import AppState

_TABS = (
    (routes.SETTINGS_STUDIO, "Studio"),
    (routes.SETTINGS_ROOMS, "Rooms"),
    (routes.SETTINGS_LOCKOUTS, "Lockouts"),
    (routes.SETTINGS_ENGINEERS, "Engineers"),
    (routes.SETTINGS_PERFORMERS, "Performers"),
    (routes.SETTINGS_SERVICES, "Services"),
    (routes.SETTINGS_HOURS, "Hours"),
    (routes.SETTINGS_MICS, "Mics"),
    (routes.SETTINGS_PRICING, "Prices"),
    (routes.SETTINGS_ONLINE, "Online booking"),
    (routes.SETTINGS_PEOPLE, "People"),
    (routes.SETTINGS_MAIL, "Mail"),
)


def settings_page(*content: Any, active: str) -> rx.Component:
    """`active`: the tab this page belongs to."""
    tabs = rx.el.nav(
        *(_tab(path, name, path == active) for path, name in _TABS),
        class_name="tabs",
        aria_label="Settings",
    )
    return staff_page(tabs, *content, active=routes.SETTINGS)


def _tab(path: str, name: str, is_active: bool) -> rx.Component:
    mark = {"aria_current": "page"} if is_active else {}
    return rx.cond(AppState.menu.contains(path), link(name, href=path, **mark))
