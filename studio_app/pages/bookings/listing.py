import reflex as rx

from studio_app import routes
from studio_app.components import (
    Column,
    button,
    card,
    data_table,
    date_field,
    empty_state,
    file_button,
    filters,
    icon_button,
    link_button,
    page_header,
    pager,
    row_link,
    segmented,
    select_field,
    status_tag,
    tag,
    text_field,
)
from studio_app.components.tags import STATUSES
from studio_app.pages.frame import staff_page
from studio_app.state.base import may
from studio_app.state.bookings.listing import BookingsState as State

_STATUSES = ("HOLD", "PENDING", "CONFIRMED", "CHECKED_IN", "COMPLETED", "CANCELLED", "NO_SHOW", "EXPIRED")
_STRETCHES = (("upcoming", "Upcoming"), ("past", "Past"), ("all", "All"))
_MODES = (("IN_PERSON", "In person"), ("ONLINE", "Online"))
_SOURCES = (("STAFF", "Staff"), ("PUBLIC_PAGE", "Public page"), ("WAITLIST", "Waitlist"))


def page() -> rx.Component:
    return staff_page(
        page_header(
            "Bookings",
            rx.cond(State.is_loading, "Loading", _count()),
            file_button("CSV", State.csv),
        ),
        card(_filters(), class_name="stack"),
        card(_list()),
        active=routes.BOOKINGS,
    )


def _count() -> rx.Component:
    return rx.fragment(
        State.total,
        rx.cond(State.total == 1, " booking", " bookings"),
        rx.cond(State.client != "", f" of {State.client}", ""),
    )


def _filters() -> rx.Component:
    return rx.fragment(
        filters(
            text_field(
                "Search",
                "q",
                type="search",
                placeholder="Number, client, artist, e-mail or phone",
                default_value=State.asked["q"],
                on_change=State.narrow("q").debounce(300),
                key=f"q{State.opened}",
                max_length=200,
            ),
            _when_choice(),
            _day("From", "first_day"),
            _day("To", "last_day"),
            is_narrowed=State.is_narrowed,
            on_clear=State.clear,
        ),
        rx.el.div(_status_choice(), _needs_choice(), class_name="row wrap"),
        rx.el.details(
            rx.el.summary("More filters"),
            filters(
                _choice("Room", "room", State.rooms, "Any room"),
                _choice("Engineer", "engineer", State.engineers, "Any engineer"),
                _choice("Service", "service", State.services, "Any service"),
                _choice("Mode", "mode", _MODES, "Any mode"),
                _choice("Booked by", "source", _SOURCES, "Anyone"),
                rx.cond(State.client != "", _client_chip()),
            ),
            open=State.asks_more,
            class_name="more",
        ),
    )


def _when_choice() -> rx.Component:
    return rx.el.div(segmented("Which", _STRETCHES, State.asked["when"], lambda word: State.narrow("when", word)))


def _day(label: str, name: str) -> rx.Component:
    return date_field(
        label, name, default_value=State.asked[name], on_change=State.narrow(name), key=f"{name}{State.opened}"
    )


def _choice(label: str, name: str, options: object, blank: str) -> rx.Component:
    return select_field(
        label, f"by-{name}", options, blank=blank, value=State.asked[name], on_change=State.narrow(name)
    )


def _client_chip() -> rx.Component:
    return rx.el.div(
        tag(State.client, tone="acc", icon="user-round"),
        icon_button("x", "All clients", size="small", on_click=State.narrow("client", "")),
        class_name="row",
    )


def _status_choice() -> rx.Component:
    return rx.el.div(
        *(_toggle(STATUSES[word][0], State.statuses.contains(word), State.toggle_status(word)) for word in _STATUSES),
        class_name="seg",
        role="group",
        aria_label="Status",
    )


def _needs_choice() -> rx.Component:
    shown = [_need("Unsigned", "unsigned"), rx.cond(may("VIEW_CLIENT_MONEY"), _need("Unpaid", "unpaid"))]
    return rx.el.div(*shown, class_name="seg", role="group", aria_label="What is missing")


def _need(label: str, name: str) -> rx.Component:
    is_asked = State.asked[name] != ""
    return _toggle(label, is_asked, State.narrow(name, rx.cond(is_asked, "", "true")))


def _toggle(label: str, is_on: rx.Var[bool], on_click: object) -> rx.Component:
    return rx.el.button(label, type="button", aria_pressed=rx.cond(is_on, "true", "false"), on_click=on_click)


def _list() -> rx.Component:
    return rx.cond(may("VIEW_CLIENT_MONEY"), _table(money=True), _table(money=False))


def _table(*, money: bool) -> rx.Component:
    amounts = [
        Column("Total", lambda row: row.total, sort="total", numeric=True),
        Column("Balance", _balance, sort="balance", numeric=True),
    ]
    return data_table(
        "Bookings",
        [
            Column(
                "Number",
                lambda row: row_link(rx.el.span(row.number, class_name="nowrap"), row.href),
                sort="number",
                lead=True,
            ),
            Column("When", _when, sort="start"),
            Column("Client", _client, sort="client"),
            Column("Service", _service),
            Column("Engineer", lambda row: rx.cond(row.engineer != "", row.engineer, "None")),
            Column("Status", _status, sort="status"),
            *(amounts if money else []),
        ],
        State.rows,
        loading=State.is_loading,
        sort=State.order,
        on_sort=State.sort_by,
        empty=rx.cond(State.is_narrowed, _nothing_found(), _nothing_yet()),
        pager=pager(State.page, State.page_size, State.total, State.go_to),
    )


def _when(row: rx.Var) -> rx.Component:
    return rx.el.div(rx.el.span(row.day, class_name="nowrap"), rx.el.span(row.time, class_name="sub"), class_name="two")


def _client(row: rx.Var) -> rx.Component:
    return rx.el.div(rx.el.span(row.client), rx.el.span(row.artist, class_name="sub"), class_name="two")


def _service(row: rx.Var) -> rx.Component:
    return rx.el.div(rx.el.span(row.service), rx.el.span(row.place, class_name="sub"), class_name="two")


def _status(row: rx.Var) -> rx.Component:
    is_open = (row.status == "PENDING") | (row.status == "CONFIRMED")
    return rx.el.div(
        status_tag(row.status), rx.cond(is_open & ~row.is_signed, status_tag("UNSIGNED")), class_name="row wrap tags"
    )


def _balance(row: rx.Var) -> rx.Component:
    return rx.el.span(row.balance, class_name=rx.cond(row.is_owed, "warn", ""))


def _nothing_found() -> rx.Component:
    return empty_state(
        "No booking fits these filters",
        "Take one away, or look at a longer time.",
        button("Clear filters", kind="primary", on_click=State.clear),
        icon="search-x",
    )


def _nothing_yet() -> rx.Component:
    return empty_state(
        "No bookings yet",
        "They appear here as soon as somebody books, on the phone or on the public page.",
        rx.cond(may("BOOK_SESSIONS"), link_button("New booking", routes.BOOKING_NEW, kind="primary", icon="plus")),
        icon="calendar-plus",
    )
