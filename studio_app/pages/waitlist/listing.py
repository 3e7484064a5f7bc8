from typing import Any

import reflex as rx

from studio_app import routes
from studio_app.components import (
    Column,
    button,
    card,
    data_table,
    empty_state,
    file_button,
    filters,
    link,
    page_header,
    pager,
    row_link,
    select_field,
    status_tag,
    text_field,
)
from studio_app.pages.editing import ask_dialog, row_actions
from studio_app.pages.frame import staff_page
from studio_app.pages.waitlist.form import new_wish
from studio_app.state.waitlist.form import WishForm
from studio_app.state.waitlist.listing import WaitlistState as State

_STATUSES = (
    ("WAITING", "Waiting"),
    ("OFFERED", "Offered"),
    ("BOOKED", "Booked"),
    ("WITHDRAWN", "Withdrawn"),
    ("PASSED", "Days are over"),
    ("ALL", "Everything"),
)


def page() -> rx.Component:
    return staff_page(
        page_header(
            "Waitlist",
            rx.cond(State.is_loading, "Loading", _count()),
            file_button("CSV", State.csv),
            _add("New wish"),
        ),
        card(_filters()),
        card(_list()),
        new_wish(),
        _withdraw(),
        active=routes.WAITLIST,
    )


def _count() -> rx.Component:
    return rx.fragment(State.total, rx.cond(State.total == 1, " wish", " wishes"))


def _add(label: str) -> rx.Component:
    return button(label, kind="primary", icon="plus", on_click=WishForm.add)


def _filters() -> rx.Component:
    return filters(
        text_field(
            "Search",
            "q",
            type="search",
            placeholder="Client, artist, e-mail or phone",
            default_value=State.asked["q"],
            on_change=State.narrow("q").debounce(300),
            key=f"q{State.visit}",
            max_length=100,
        ),
        _choice("Status", "status", _STATUSES, "Open ones"),
        _choice("Room", "room", State.rooms, "Any room"),
        is_narrowed=State.is_narrowed,
        on_clear=State.clear,
    )


def _choice(label: str, name: str, options: Any, blank: str) -> rx.Component:
    return select_field(
        label, f"by-{name}", options, blank=blank, value=State.asked[name], on_change=State.narrow(name)
    )


def _list() -> rx.Component:
    return data_table(
        "Waitlist",
        [
            Column("Client", _client, sort="client", lead=True),
            Column("Wants", lambda row: _two(row.what, row.place)),
            Column("When", lambda row: _two(row.days, row.hours), sort="first_day"),
            Column("Status", lambda row: status_tag(row.status), sort="status"),
            Column("Offer", _offer),
            Column("Since", lambda row: _two(row.since, "by " + row.by), sort="created_at"),
            Column("", _actions),
        ],
        State.rows,
        loading=State.is_loading,
        sort=State.order,
        on_sort=State.sort_by,
        empty=rx.cond(State.is_narrowed, _nothing_found(), _nothing_yet()),
        pager=pager(State.page, State.page_size, State.total, State.go_to),
    )


def _client(row: rx.Var) -> rx.Component:
    about = rx.cond(row.notes != "", row.artist + rx.cond(row.artist != "", " · ", "") + row.notes, row.artist)
    return rx.el.div(row_link(row.client, row.client_href), rx.el.span(about, class_name="sub"), class_name="two")


def _two(main: Any, below: Any) -> rx.Component:
    return rx.el.div(rx.el.span(main, class_name="nowrap"), rx.el.span(below, class_name="sub"), class_name="two")


def _offer(row: rx.Var) -> rx.Component:
    below = rx.cond(row.offer.due != "", row.offer.due, row.offer.place)
    return rx.cond(
        row.offer.href != "",
        _two(link(row.offer.when, href=row.offer.href), below),
        rx.fragment(),
    )


def _actions(row: rx.Var) -> rx.Component:
    def act(label: str, pressed: Any) -> rx.Component:
        return button(label, size="small", aria_label=f"{label} for {row.client}", on_click=pressed)

    seen = (row.id, row.offer.id)
    answer = rx.fragment(act("Accept", State.accept(*seen)), act("Decline", State.decline(*seen)))
    return rx.cond(
        row.is_open,
        row_actions(rx.cond(row.is_offered, answer, rx.fragment()), act("Withdraw", State.ask_to_withdraw(row.id))),
        rx.fragment(),
    )


def _withdraw() -> rx.Component:
    return ask_dialog(
        "withdraw",
        f"Take {State.record['client']} off the waitlist?",
        rx.cond(
            State.record["offer"] != "",
            f"The time kept for them, {State.record['offer']}, goes to the next in line.",
            "They are not offered anything any more.",
        ),
        "Withdraw",
        State.withdraw,
        keep="Keep waiting",
    )


def _nothing_found() -> rx.Component:
    return empty_state(
        "No wish fits these filters",
        "Try a part of the client's name, or another status.",
        button("Clear filters", kind="primary", on_click=State.clear),
        icon="search-x",
    )


def _nothing_yet() -> rx.Component:
    return empty_state(
        "Nobody is waiting",
        "When somebody wants time that is taken, note it here: they are offered it as soon as it becomes free.",
        _add("New wish"),
        icon="bell",
    )
