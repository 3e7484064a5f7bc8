"""Everything of one client on one page."""

import reflex as rx

from studio_app import routes
from studio_app.components import (
    button,
    card,
    file_button,
    kpi,
    kpis,
    link_button,
    note,
    page_header,
    skeleton,
    status_tag,
)
from studio_app.pages.bookings.booking.papers import file_line
from studio_app.pages.clients.client import dialogs, parts
from studio_app.pages.feeds.links import calendar_links
from studio_app.pages.frame import staff_page
from studio_app.state.base import may
from studio_app.state.clients.client import ClientState as State

_SHOWN = State.shown


def page() -> rx.Component:
    return staff_page(rx.cond(State.is_loading, _loading(), _client()), *dialogs.all_of_them(), active=routes.CLIENTS)


def _loading() -> rx.Component:
    return rx.fragment(
        page_header("Client", "Loading"), rx.el.div(card(skeleton(6)), card(skeleton(6)), class_name="cols")
    )


def _client() -> rx.Component:
    return rx.fragment(
        page_header(rx.fragment(_SHOWN.name, " ", _status()), _sub(), _buttons()),
        _deleted(),
        kpis(
            kpi("Bookings", State.session_count),
            rx.cond(
                may("VIEW_CLIENT_MONEY"),
                kpi("Balance", State.balance, rx.cond(State.is_owed, "owed", "nothing owed")),
            ),
        ),
        parts.sessions(),
        rx.el.div(
            rx.el.div(parts.details(), _files(), class_name="stack"),
            rx.el.div(parts.artists(), parts.addresses(), class_name="stack"),
            class_name="cols",
        ),
        rx.cond(_is_gone(), rx.fragment(), calendar_links("CLIENT", _SHOWN.id, what="this client’s sessions")),
        rx.cond(may("ANONYMISE_CLIENTS"), _privacy()),
    )


def _is_gone() -> rx.Var[bool]:
    return _SHOWN.is_deleted | _SHOWN.is_anonymised


def _status() -> rx.Component:
    return rx.cond(_SHOWN.is_deleted, status_tag("DELETED"), status_tag(_SHOWN.status))


def _sub() -> rx.Component:
    return rx.fragment(
        rx.cond(_SHOWN.facts["label"] != "", f"{_SHOWN.facts['label']} · ", ""), "Client since ", _SHOWN.since
    )


def _buttons() -> rx.Component:
    book = link_button("New booking for this client", _SHOWN.book_href, icon="plus")
    change = rx.fragment(
        button("Delete", kind="danger", icon="trash-2", on_click=State.ask_delete),
        rx.cond(_SHOWN.is_anonymised, rx.fragment(), button("Edit", icon="pencil", on_click=State.edit)),
    )
    live = rx.fragment(rx.cond(may("MANAGE_CLIENTS"), change), rx.cond(may("BOOK_SESSIONS"), book))
    return rx.cond(_SHOWN.is_deleted, rx.fragment(), live)


def _deleted() -> rx.Component:
    restore = rx.el.div(button("Restore", icon="undo-2", on_click=State.restore))
    said = rx.el.p("Nobody finds this client when booking. Sessions and payments are kept.", class_name="sub")
    return rx.cond(
        _SHOWN.is_deleted,
        note(
            rx.el.div(said, rx.cond(may("MANAGE_CLIENTS"), restore), class_name="row wrap"),
            title="Deleted",
            tone="warn",
        ),
    )


def _files() -> rx.Component:
    return card(
        rx.cond(
            State.files.length() > 0,
            rx.el.ul(rx.foreach(State.files, file_line), class_name="list"),
            rx.el.p("No files. They are added to a booking and show here too.", class_name="sub"),
        ),
        title="Files",
    )


def _privacy() -> rx.Component:
    export = file_button("Export as JSON", _SHOWN.export_href)
    anonymise = button("Anonymise", kind="danger", icon="user-x", on_click=State.ask_anonymise)
    return card(
        rx.el.p("A client may ask for all that is kept about them, and to be forgotten.", class_name="sub grow"),
        export,
        rx.cond(_SHOWN.is_anonymised, rx.fragment(), anonymise),
        class_name="row wrap",
    )
