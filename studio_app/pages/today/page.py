import reflex as rx

from studio_app import routes
from studio_app.components import (
    Column,
    button,
    card,
    data_table,
    empty_state,
    kpi,
    kpis,
    link,
    link_button,
    page_header,
    row_link,
    skeleton,
    status_tag,
    veil,
)
from studio_app.pages.changes.swap_requests import requests_card
from studio_app.pages.frame import staff_page
from studio_app.pages.holds import today as today_holds
from studio_app.pages.waitlist.today import waitlist_card
from studio_app.state.base import may
from studio_app.state.today.page import TodayState as State

_SEES_ALL = may("VIEW_ALL_SESSIONS")
_SEES_OWN = may("VIEW_OWN_SESSIONS")
_SEES_MONEY = may("VIEW_PAYMENTS")


def page() -> rx.Component:
    return staff_page(
        page_header(
            rx.cond(State.title, State.title, "Today"),
            State.sub,
            rx.cond(_SEES_OWN, button("Print day sheet", icon="printer", on_click=rx.call_script("window.print()"))),
        ),
        rx.cond(State.title, _content(), skeleton(8)),
        active=routes.TODAY,
    )


def _content() -> rx.Component:
    return rx.fragment(
        rx.cond(State.strip, _strip()),
        rx.cond(
            State.figures.length() > 0,
            kpis(rx.foreach(State.figures, lambda one: kpi(one.label, one.value, one.note, one.tone))),
        ),
        requests_card(),
        rx.cond(
            _SEES_ALL,
            rx.fragment(
                today_holds.running_clocks(),
                rx.el.div(_hands(), _arriving(), class_name="cols"),
                waitlist_card(),
            ),
            rx.cond(_SEES_OWN, _own(), rx.cond(_SEES_MONEY, _owed(), _nobody())),
        ),
        rx.cond(_SEES_OWN, _sheet()),
    )


def _strip() -> rx.Component:
    hours = rx.foreach(State.strip.hours, lambda hour: rx.el.span(hour[0], style={"left": hour[1]}))
    return rx.el.section(
        rx.el.div(
            rx.el.div(rx.el.span(class_name="lab"), rx.el.div(hours, class_name="hours"), aria_hidden="true"),
            rx.foreach(State.strip.lanes, _lane),
            class_name="strip",
        ),
        class_name="card strip-card",
        aria_label="Rooms today",
        tab_index=0,
    )


def _lane(lane: rx.Var) -> rx.Component:
    return rx.el.div(
        rx.el.h2(lane.name, class_name="lab"),
        rx.el.div(
            rx.foreach(lane.bars, _bar),
            rx.cond(State.strip.now != "", rx.el.span(class_name="now", style={"left": State.strip.now})),
            class_name="lane",
        ),
    )


def _bar(bar: rx.Var) -> rx.Component:
    words = (rx.el.span(bar.who), " ", rx.el.small(bar.detail))
    look = {"class_name": f"bar is-{bar.tone}", "style": {"left": bar.left, "width": bar.width}}
    title = f"{bar.who}, {bar.detail}"
    return rx.cond(
        bar.href != "", link(*words, href=bar.href, title=title, **look), rx.el.span(*words, title=title, **look)
    )


def _hands() -> rx.Component:
    return card(
        rx.cond(
            State.hands.length() > 0,
            rx.el.ul(rx.foreach(State.hands, _hand), class_name="list"),
            empty_state("Nothing needs a hand", "All is signed, the deposits are in, and nobody waits.", icon="check"),
        ),
        title="Needs a hand",
        aside=State.hands.length().to_string(),
        id="hands",
    )


def _hand(hand: rx.Var) -> rx.Component:
    record = link_button("Record", f"{hand.href}?pay=1", size="small", aria_label=f"Record a payment of {hand.who}")
    copy = button(
        "Copy link", size="small", on_click=State.copy_link(hand.number), aria_label=f"Copy link for {hand.who}"
    )
    return rx.el.li(
        status_tag(hand.status),
        rx.el.span(
            link(hand.who, href=hand.href, class_name="strong"),
            ", ",
            hand.what,
            rx.el.span(hand.hint, class_name="sub block"),
            class_name="grow",
        ),
        rx.match(
            hand.status,
            ("ASKED", link_button("Answer", hand.href, size="small", aria_label=f"Answer {hand.who}")),
            ("UNSIGNED", rx.cond(may("BOOK_SESSIONS"), copy)),
            ("UNPAID", rx.cond(may("RECORD_PAYMENTS"), record)),
            link_button("Open", hand.href, size="small", aria_label=f"Open the session of {hand.who}"),
        ),
    )


def _arriving() -> rx.Component:
    check_in = [Column("", _check_in, numeric=True)]
    return card(
        data_table(
            "Arriving",
            [
                Column("Time", _time),
                Column("Client", lambda row: row_link(row.client, row.href), lead=True),
                Column("Room", lambda row: row.place),
                Column("Balance", lambda row: row.balance, numeric=True),
                *check_in,
            ],
            State.arriving,
            loading=rx.Var.create(False),
            empty=empty_state("Nobody in the next two hours", "Whoever is due shows here.", icon="armchair"),
        ),
        veil(State.arrived),
        title="Arriving",
        aside="next 2 hours",
        id="arriving",
    )


def _time(row: rx.Var) -> rx.Component:
    return rx.el.span(row.at, rx.cond(row.is_late, rx.el.span(" late", class_name="warn")), class_name="nowrap")


def _check_in(row: rx.Var) -> rx.Component:
    check_in = button(
        "Check in",
        size="small",
        loading=State.checking_in == row.number,
        on_click=State.check_in(row.number, row.version),
        aria_label=f"Check in {row.client}",
    )
    return rx.cond(row.can_check_in, check_in)


def _own() -> rx.Component:
    return rx.el.div(
        _sessions("Your sessions today", State.sessions, "No session today", "Enjoy the quiet."),
        _sessions("Coming up", State.coming, "Nothing in the next two weeks", "New sessions show here by themselves."),
        class_name="cols",
    )


def _sessions(title: str, rows: rx.Var, nothing: str, hint: str) -> rx.Component:
    return card(
        rx.cond(
            rows.length() > 0,
            rx.el.ul(rx.foreach(rows, _session), class_name="list"),
            empty_state(nothing, hint, icon="calendar-check"),
        ),
        title=title,
        aside=rows.length().to_string(),
    )


def _session(row: rx.Var) -> rx.Component:
    who = rx.cond(row.artist != "", row.artist, row.client)
    return rx.el.li(
        rx.el.span(
            link(who, href=row.href, class_name="strong"),
            rx.el.span(row.day, ", ", row.time, class_name="block"),
            rx.el.span(row.service, " · ", row.place, class_name="sub block"),
            class_name="grow",
        ),
        status_tag(row.status),
    )


def _owed() -> rx.Component:
    return rx.fragment(
        _hands(),
        card(
            data_table(
                "Owed most",
                [
                    Column("Booking", lambda row: row_link(row.number, row.href), lead=True),
                    Column("Day", lambda row: row.day),
                    Column("Client", lambda row: row.client),
                    Column("Status", lambda row: status_tag(row.status)),
                    Column("Total", lambda row: row.total, numeric=True),
                    Column("Balance", lambda row: row.balance, numeric=True),
                ],
                State.owed,
                loading=rx.Var.create(False),
                empty=empty_state("Nothing is owed", "Every session sold is paid for.", icon="check"),
            ),
            title="Owed most",
        ),
    )


def _nobody() -> rx.Component:
    return card(
        empty_state(
            "Good to have you here",
            "Your role has no sessions or money to look after. Your profile is yours: name, phone, password.",
            link_button("Your profile", routes.PROFILE, kind="primary", icon="user-round"),
            icon="hand",
        )
    )


def _sheet() -> rx.Component:
    """On paper only."""
    titles = ("Time", "Room", "Client", "Service", "Engineer", "Mics", "Status")
    return rx.el.table(
        rx.el.caption("Day sheet"),
        rx.el.thead(rx.el.tr(*(rx.el.th(title, scope="col") for title in titles))),
        rx.el.tbody(rx.foreach(State.sessions, _sheet_row)),
        class_name="table sheet",
    )


def _sheet_row(row: rx.Var) -> rx.Component:
    who = rx.el.span(row.client, rx.cond(row.artist != "", f" · {row.artist}", ""))
    cells = (row.time, row.place, who, row.service, row.engineer, row.mics, status_tag(row.status))
    return rx.el.tr(*map(rx.el.td, cells))
