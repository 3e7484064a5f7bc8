import reflex as rx

from studio_app import routes
from studio_app.components import card, form, number_field, page_header, pair, select_field, skeleton
from studio_app.pages.editing import bound, save_row
from studio_app.pages.settings.frame import settings_page
from studio_app.state.online.settings import STEPS, OnlineState

put = bound(OnlineState.rules)


def page() -> rx.Component:
    return settings_page(
        page_header("Online booking", "What the public page sells by itself, and how much of anything at once."),
        rx.cond(OnlineState.is_loading, card(skeleton(10)), _form()),
        active=routes.SETTINGS_ONLINE,
    )


def _form() -> rx.Component:
    return form(
        rx.el.div(_sold(), _unpaid(), class_name="cols"),
        _often(),
        save_row("Save online booking"),
        on_submit=OnlineState.save,
    )


def _sold() -> rx.Component:
    return card(
        rx.el.div(
            put(
                select_field,
                "Sessions start",
                "start_step_minutes",
                STEPS,
                hint="Counted from the opening. At the desk and in the calendar, too.",
            ),
            pair(
                put(number_field, "Shortest session, minutes", "shortest_minutes", required=True),
                put(number_field, "Longest session, minutes", "longest_minutes", required=True),
            ),
            rx.el.p(
                "A service whose own length lies outside is sold at that length. Staff book any length.",
                class_name="hint",
            ),
            pair(
                put(
                    number_field, "Hours ahead, at least", "lead_hours", required=True, hint="0: up to the last moment"
                ),
                put(number_field, "Days ahead, at most", "horizon_days", required=True),
            ),
            class_name="form",
        ),
        title="What is sold online",
    )


def _unpaid() -> rx.Component:
    return card(
        rx.el.div(
            pair(
                put(number_field, "Unpaid bookings of one client", "unpaid_bookings", required=True),
                put(
                    number_field,
                    "Unpaid hours of one client",
                    "unpaid_hours",
                    required=True,
                    hint="Two rooms for an hour are two.",
                ),
            ),
            put(
                number_field,
                "Unpaid share of a week, percent",
                "unpaid_room_pct",
                required=True,
                hint="Of the open hours of a room or an engineer that wait for deposits. 100: all of them.",
            ),
            rx.el.p(
                "An online booking holds its time until its deposit is due. These keep strangers from holding the "
                "whole studio meanwhile; what staff book does not count.",
                class_name="hint",
            ),
            class_name="form",
        ),
        title="Held without a deposit",
    )


def _often() -> rx.Component:
    return card(
        rx.el.div(
            pair(
                put(
                    number_field,
                    "Bookings a day from one address",
                    "bookings_a_day",
                    required=True,
                    hint="An internet connection, of a household or an office. As many wishes; thrice as many files.",
                ),
                put(number_field, "Requests a day about one booking", "change_requests_a_day", required=True),
                put(
                    number_field,
                    "Mailed links an hour to one e-mail",
                    "links_an_hour",
                    required=True,
                    hint="To sign in as a client, or for a new password",
                ),
            ),
            pair(
                put(number_field, "Sign-in tries a minute", "sign_ins_a_minute", required=True),
                put(number_field, "Requests a minute", "requests_a_minute", required=True),
                put(
                    number_field,
                    "Questions a minute",
                    "questions_a_minute",
                    required=True,
                    hint="Prices, free time, steps of the wizard",
                ),
            ),
            class_name="form",
        ),
        title="How often, from one address",
    )
