import reflex as rx

from studio_app import routes
from studio_app.components import link, page_header
from studio_app.pages.frame import staff_page
from studio_app.state.base import AppState

_SECTIONS = (
    (routes.SETTINGS_STUDIO, "Studio", "building-2", "Name, address, money, deposit, cancellation and terms"),
    (routes.SETTINGS_ROOMS, "Rooms", "door-open", "Rates, equipment, pictures, who works where"),
    (routes.SETTINGS_LOCKOUTS, "Lockouts", "lock", "Rooms out of sale for days, weeks or months"),
    (routes.SETTINGS_ENGINEERS, "Engineers", "sliders-horizontal", "Rooms, hours, time off and rates"),
    (routes.SETTINGS_PERFORMERS, "Performers", "mic-vocal", "Singers and players: contact, skills, hours, sign-in"),
    (routes.SETTINGS_SERVICES, "Services", "audio-lines", "What can be booked, for how long and for how much"),
    (routes.SETTINGS_HOURS, "Hours", "clock", "Opening hours, online capacity, closed days"),
    (routes.SETTINGS_MICS, "Mics", "mic", "Microphones to choose from and how many there are"),
    (routes.SETTINGS_PRICING, "Prices", "percent", "Evenings, weekends and holidays"),
    (routes.SETTINGS_ONLINE, "Online booking", "globe", "What the public page sells, how soon, how long, how much"),
    (routes.SETTINGS_PEOPLE, "People", "user-cog", "Who signs in, and what they may do"),
    (routes.SETTINGS_MAIL, "Mail", "mail", "What was sent to whom, and what was not"),
    (routes.PROFILE, "Your profile", "user-round", "Your name, password and where you are signed in"),
)


def page() -> rx.Component:
    return staff_page(
        page_header("Settings", "What you change here counts at once."),
        rx.el.div(*(rx.cond(_may_open(path), _section(path, *rest)) for path, *rest in _SECTIONS), class_name="cols"),
        active=routes.SETTINGS,
    )


def _may_open(path: str) -> rx.Var[bool] | bool:
    return True if path == routes.PROFILE else AppState.menu.contains(path)


def _section(path: str, name: str, icon: str, text: str) -> rx.Component:
    return link(
        rx.icon(icon, aria_hidden="true"),
        rx.el.span(rx.el.b(name), rx.el.span(text, class_name="sub"), class_name="stack tight"),
        href=path,
        class_name="card way",
    )
