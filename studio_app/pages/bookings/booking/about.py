"""What was agreed: the session, the client, and what was said about it."""

import reflex as rx

from studio_app.components import anchor, button, card, link, link_button
from studio_app.pages.changes.extension import ran_over
from studio_app.state.base import may
from studio_app.state.bookings.booking import BookingState as State

_SHOWN = State.shown


def session() -> rx.Component:
    return card(
        rx.el.dl(
            _fact("Service", rx.fragment(_SHOWN.service, rx.el.span(" · ", _SHOWN.mode, class_name="sub"))),
            _fact("When", rx.fragment(_when(), _originally(_SHOWN.originals.time))),
            _fact_if(_SHOWN.period, "Period"),
            _fact("Length", _SHOWN.lasts),
            rx.cond(_SHOWN.rooms.length() > 0, _fact("Rooms", _rooms())),
            _fact(
                "Engineer",
                rx.fragment(
                    rx.cond(_SHOWN.engineer != "", _SHOWN.engineer, "None"), _originally(_SHOWN.originals.engineer)
                ),
            ),
            rx.cond(_SHOWN.mics.length() > 0, _fact("Microphones", rx.foreach(_SHOWN.mics, rx.el.div))),
            _fact_if(_SHOWN.check_in_opens, "Check-in from"),
            _fact_if(_SHOWN.actual.began, "Checked in"),
            rx.cond(_SHOWN.actual.ended != "", _fact("Checked out", rx.fragment(_SHOWN.actual.ended, ran_over()))),
            _fact_if(_SHOWN.actual.freed, "Free again from"),
            _fact_if(_SHOWN.cancelled, "Cancelled"),
            _fact_if(_SHOWN.cancel_reason, "Why"),
            _fact("Booked", rx.fragment(_SHOWN.booked, rx.el.span(" · ", _SHOWN.source, class_name="sub"))),
            class_name="facts",
        ),
        title="Session",
    )


def client() -> rx.Component:
    return card(
        rx.el.dl(
            _fact("Client", rx.cond(may("VIEW_CLIENTS"), link(_SHOWN.client, href=_SHOWN.client_href), _SHOWN.client)),
            _fact_if(_SHOWN.artist, "Artist"),
            rx.cond(_SHOWN.email != "", _fact("E-mail", anchor(_SHOWN.email, href=f"mailto:{_SHOWN.email}"))),
            rx.cond(_SHOWN.phone != "", _fact("Phone", anchor(_SHOWN.phone, href=_SHOWN.phone_link))),
            _fact_if(_SHOWN.referral, "Sent by"),
            class_name="facts",
        ),
        rx.cond(_SHOWN.public_link != "", _client_link()),
        title="Client",
    )


def words() -> rx.Component:
    """What was noted, and what it was sold under."""
    return rx.fragment(
        rx.cond(_SHOWN.notes != "", card(rx.el.p(_SHOWN.notes, class_name="said"), title="Notes")),
        card(
            rx.el.p(_SHOWN.policy, class_name="said"),
            rx.cond(_SHOWN.terms != "", _terms()),
            title="Sold under",
            aside="Later changes do not touch it",
        ),
    )


def _client_link() -> rx.Component:
    return rx.el.div(
        button("Copy the client's link", icon="copy", on_click=[rx.set_clipboard(_SHOWN.public_link), State.copied]),
        link_button("See what they see", _SHOWN.public_link, kind="ghost", icon="external-link", target="_blank"),
        class_name="row wrap after",
    )


def _terms() -> rx.Component:
    return rx.el.details(rx.el.summary("Terms"), rx.el.p(_SHOWN.terms, class_name="said sub"), class_name="more")


def _fact(label: str, value: object) -> rx.Component:
    return rx.fragment(rx.el.dt(label), rx.el.dd(value))


def _fact_if(value: rx.Var[str], label: str) -> rx.Component:
    return rx.cond(value != "", _fact(label, value))


def _when() -> rx.Component:
    return rx.fragment(_SHOWN.day, rx.cond(_SHOWN.time != "", f", {_SHOWN.time}", ""), _zone())


def _rooms() -> rx.Component:
    return rx.fragment(rx.foreach(_SHOWN.rooms, _room), _originally(_SHOWN.originals.rooms))


def _originally(first: rx.Var[str]) -> rx.Component:
    return rx.cond(first != "", rx.el.div("originally ", first, class_name="sub"))


def _zone() -> rx.Component:
    return rx.cond(_SHOWN.time != "", rx.el.span(f" ({_SHOWN.zone})", class_name="sub"))


def _room(room: rx.Var) -> rx.Component:
    rate = rx.cond(room.rate != "", rx.el.span(" · ", room.rate, class_name="sub"))
    return rx.el.div(room.name, rate)
