import reflex as rx

from studio_app import routes
from studio_app.pages.bookings.wizard import choices, desk, details
from studio_app.pages.bookings.wizard.frame import wizard
from studio_app.pages.frame import staff_page
from studio_app.state.bookings.wizard.staff import NewBookingState

_SCREENS = {
    "client": ("Who is it for?", desk.client),
    "day": ("Which day?", desk.day),
    "service": ("What do they need?", choices.service),
    "place": ("Where and when?", choices.place),
    "engineer": ("With which engineer?", choices.engineer),
    "extras": ("Anything else?", desk.extras),
    "agreement": ("Terms and signature", details.agreement),
    "payment": ("Payment", desk.payment),
    "review": ("Review and book", desk.review),
}


def page() -> rx.Component:
    return staff_page(
        wizard(NewBookingState, _SCREENS, price="The session", above=desk.search()), active=routes.BOOKINGS
    )
