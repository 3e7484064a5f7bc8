import reflex as rx

from studio_app import routes
from studio_app.components import (
    Column,
    button,
    card,
    data_table,
    dialog,
    empty_state,
    file_button,
    filters,
    page_header,
    pager,
    row_link,
    select_field,
    status_tag,
    text_field,
)
from studio_app.pages.clients.client.form import SOURCES, client_form
from studio_app.pages.frame import staff_page
from studio_app.state.base import may
from studio_app.state.clients.listing import ClientsState as State

_STATUSES = (("ACTIVE", "Active"), ("INACTIVE", "Inactive"), ("ANONYMISED", "Anonymised"))
_KEPT = (("true", "Deleted ones"),)


def page() -> rx.Component:
    return staff_page(
        page_header(
            "Clients",
            rx.cond(
                State.is_loading, "Loading", rx.fragment(State.total, rx.cond(State.total == 1, " client", " clients"))
            ),
            file_button("CSV", State.csv),
            rx.cond(may("MANAGE_CLIENTS"), button("New client", icon="user-plus", on_click=State.add)),
        ),
        card(_filters()),
        card(_list()),
        _new_client(),
        active=routes.CLIENTS,
    )


def _filters() -> rx.Component:
    return filters(
        text_field(
            "Search",
            "q",
            type="search",
            placeholder="Name, artist, e-mail or phone",
            default_value=State.asked["q"],
            on_change=State.narrow("q").debounce(300),
            key=f"q{State.opened}",
            max_length=100,
        ),
        _choice("Status", "status", _STATUSES, "Any status"),
        _choice("Came by", "source", SOURCES, "Any way"),
        _choice("Show", "deleted", _KEPT, "Current clients"),
        is_narrowed=State.is_narrowed,
        on_clear=State.clear,
    )


def _choice(label: str, name: str, options: tuple[tuple[str, str], ...], blank: str) -> rx.Component:
    return select_field(
        label, f"by-{name}", options, blank=blank, value=State.asked[name], on_change=State.narrow(name)
    )


def _list() -> rx.Component:
    return data_table(
        "Clients",
        [
            Column("Name", _name, sort="name", lead=True),
            Column("E-mail", lambda row: row.email, sort="email"),
            Column("Phone", lambda row: rx.el.span(row.phone, class_name="nowrap")),
            Column("Artists", lambda row: row.artists, sort="artist_count", numeric=True),
            Column("Sessions", lambda row: row.sessions, sort="session_count", numeric=True),
            Column(
                "Last session", lambda row: rx.el.span(row.last_session, class_name="nowrap"), sort="last_session_on"
            ),
            Column("Status", lambda row: status_tag(row.status)),
        ],
        State.rows,
        loading=State.is_loading,
        sort=State.order,
        on_sort=State.sort_by,
        empty=rx.cond(State.is_narrowed, _nothing_found(), _nothing_yet()),
        pager=pager(State.page, State.page_size, State.total, State.go_to),
    )


def _name(row: rx.Var) -> rx.Component:
    return rx.el.div(row_link(row.name, row.href), rx.el.span(row.label, class_name="sub"), class_name="two")


def _new_client() -> rx.Component:
    return dialog(
        "New client",
        client_form("Add client", State.create, with_status=False),
        open=State.dialog == "client",
        on_open_change=State.close,
        max_width="560px",
    )


def _nothing_found() -> rx.Component:
    return empty_state(
        "No client fits these filters",
        "Try a part of the name, or the last digits of the phone number.",
        button("Clear filters", kind="primary", on_click=State.clear),
        icon="search-x",
    )


def _nothing_yet() -> rx.Component:
    return empty_state(
        "No clients yet",
        "They come by themselves with the first booking, or you add them here.",
        rx.cond(may("MANAGE_CLIENTS"), button("New client", kind="primary", icon="user-plus", on_click=State.add)),
        icon="users",
    )
