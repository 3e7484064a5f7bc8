from typing import Any

import reflex as rx

from studio_app.components import anchor, pair, public_page, text_field
from studio_app.pages.bookings.wizard import choices, details
from studio_app.pages.bookings.wizard.frame import wizard
from studio_app.pages.bookings.wizard.parts import draft_text
from studio_app.pages.bookings.wizard.waiting import tell_me
from studio_app.state.bookings.wizard.public import BookState


def page() -> rx.Component:
    return public_page(wizard(BookState, _SCREENS, price="Your session"), aside=_help())


def _help() -> rx.Component:
    whatsapp = anchor("WhatsApp", href=BookState.house.whatsapp_link, target="_blank", rel="noopener")
    return rx.cond(
        BookState.house.phone != "",
        rx.el.span(
            rx.el.span("Need a hand? ", class_name="wide-only"),
            anchor(BookState.house.phone, href="tel:" + BookState.house.phone),
            rx.cond(
                BookState.house.whatsapp_link != "", rx.el.span(" · ", whatsapp, class_name="wide-only"), rx.fragment()
            ),
        ),
        rx.fragment(),
    )


def _person(S: Any) -> rx.Component:
    return rx.el.div(
        text_field("Name", "name", required=True, auto_complete="name", **draft_text(S, "name", S.answers.name)),
        pair(
            text_field(
                "E-mail",
                "email",
                type="email",
                required=True,
                hint="The confirmation goes there.",
                auto_complete="email",
                **draft_text(S, "email", S.answers.email),
            ),
            text_field(
                "Phone",
                "phone",
                type="tel",
                required=True,
                hint="We call only if something changes.",
                auto_complete="tel",
                **draft_text(S, "phone", S.answers.phone),
            ),
        ),
        text_field(
            "Artist or project",
            "artist",
            hint="Who the session is for, if that is not you.",
            **draft_text(S, "artist", S.answers.artist),
        ),
        class_name="form card",
    )


def _place(S: Any) -> rx.Component:
    return rx.el.div(choices.place(S), tell_me(), class_name="stack")


_SCREENS = {
    "client": ("Who is booking?", _person),
    "day": ("Which day?", choices.day),
    "service": ("What do you need?", choices.service),
    "place": ("Where and when?", _place),
    "engineer": ("With which engineer?", choices.engineer),
    "extras": ("Anything else?", details.extras),
    "agreement": ("Terms and signature", details.agreement),
    "payment": ("Payment", details.how_to_pay),
    "review": ("Is everything right?", details.review),
}
