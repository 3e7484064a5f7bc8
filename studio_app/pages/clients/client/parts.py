"""The parts of a client's page."""

import reflex as rx

from studio_app.components import (
    Column,
    anchor,
    button,
    card,
    data_table,
    empty_state,
    icon_button,
    link,
    row_link,
    status_tag,
    tag,
)
from studio_app.state.base import may
from studio_app.state.clients.addresses import ClientAddresses as Addresses
from studio_app.state.clients.artists import ClientArtists as Artists
from studio_app.state.clients.client import ClientState as State

_SHOWN = State.shown
_FACTS = _SHOWN.facts


def sessions() -> rx.Component:
    table = data_table(
        "Bookings of this client",
        [
            Column("Number", lambda row: row_link(rx.el.span(row.number, class_name="nowrap"), row.href), lead=True),
            Column("When", lambda row: rx.el.span(row.day, " ", rx.el.span(row.time, class_name="sub"))),
            Column("Artist", lambda row: row.artist),
            Column("Service", lambda row: row.service),
            Column("Where", lambda row: row.place),
            Column("Status", lambda row: status_tag(row.status)),
            Column("Balance", lambda row: row.balance, numeric=True),
        ],
        State.sessions,
        loading=State.is_loading,
        empty=empty_state("No sessions yet", "The first booking for this client shows here.", icon="calendar"),
    )
    everything = rx.cond(
        State.session_count > State.sessions.length(),
        link(f"All {State.session_count}", href=_SHOWN.sessions_href),
    )
    return card(table, title="Sessions", aside=rx.el.span(everything))


def details() -> rx.Component:
    return card(
        rx.el.dl(
            _fact("E-mail", "email", anchor(_FACTS["email"], href=f"mailto:{_FACTS['email']}")),
            _fact("Phone", "phone", anchor(_FACTS["phone"], href=_SHOWN.phone_link)),
            _fact("Label", "label"),
            _fact("Project", "project"),
            _fact("Budget", "budget_cents"),
            _fact("Came by", "source"),
            _fact("Notes", "notes", rx.el.span(_FACTS["notes"], class_name="said")),
            class_name="facts",
        ),
        title="Details",
    )


def artists() -> rx.Component:
    return card(
        rx.cond(
            _SHOWN.artists.length() > 0,
            rx.el.ul(rx.foreach(_SHOWN.artists, _artist), class_name="list"),
            rx.el.p("Who or what the sessions are for: a band, a project, the client themselves.", class_name="sub"),
        ),
        title="Artists",
        aside=_add("Add artist", Artists.add_artist),
    )


def addresses() -> rx.Component:
    return card(
        rx.cond(
            _SHOWN.addresses.length() > 0,
            rx.el.ul(rx.foreach(_SHOWN.addresses, _address), class_name="list"),
            rx.el.p("Where sessions on location take place.", class_name="sub"),
        ),
        title="Addresses",
        aside=_add("Add address", Addresses.add_address),
    )


def _may_change() -> rx.Var[bool]:
    return may("MANAGE_CLIENTS") & ~_SHOWN.is_deleted


def _add(label: str, on_click: object) -> rx.Component:
    return rx.el.span(rx.cond(_may_change(), button(label, size="small", icon="plus", on_click=on_click)))


def _fact(label: str, name: str, shown: rx.Component | None = None) -> rx.Component:
    value = _FACTS[name]
    return rx.cond(value != "", rx.fragment(rx.el.dt(label), rx.el.dd(value if shown is None else shown)))


def _artist(artist: rx.Var) -> rx.Component:
    switch = rx.cond(
        artist.is_active,
        button("Deactivate", kind="ghost", size="small", on_click=Artists.set_active(artist.id, False)),
        button("Activate", kind="ghost", size="small", on_click=Artists.set_active(artist.id, True)),
    )
    edit = icon_button("pencil", f"Edit {artist.name}", size="small", on_click=Artists.edit_artist(artist.id))
    return rx.el.li(
        rx.el.div(
            rx.el.span(artist.name, " ", rx.cond(artist.is_active, rx.fragment(), status_tag("INACTIVE"))),
            rx.el.span(artist.about, class_name="sub"),
            rx.cond(artist.history != "", rx.el.span(artist.history, class_name="sub said")),
            class_name="two grow",
        ),
        rx.cond(_may_change(), rx.fragment(edit, switch)),
    )


def _address(address: rx.Var) -> rx.Component:
    map_link = anchor("Map", href=address.map_link, target="_blank", rel="noopener noreferrer")
    make_default = button(
        "Make default", kind="ghost", size="small", on_click=Addresses.set_default_address(address.id)
    )
    change = rx.fragment(
        rx.cond(address.is_default, rx.fragment(), make_default),
        icon_button("pencil", f"Edit {address.title}", size="small", on_click=Addresses.edit_address(address.id)),
        icon_button(
            "trash-2", f"Remove {address.title}", size="small", on_click=Addresses.ask_remove_address(address.id)
        ),
    )
    return rx.el.li(
        rx.el.div(
            rx.el.span(address.title, " ", rx.cond(address.is_default, tag("Default", tone="acc", icon="check"))),
            rx.el.span(address.lines, " ", rx.cond(address.map_link != "", map_link), class_name="sub"),
            class_name="two grow",
        ),
        rx.cond(_may_change(), change),
    )
