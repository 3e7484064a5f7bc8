import reflex as rx

from studio_app import routes
from studio_app.components import (
    card,
    checkbox,
    form,
    note,
    number_field,
    page_header,
    pair,
    skeleton,
    text_area,
    text_field,
)
from studio_app.pages.editing import bound, save_row
from studio_app.pages.settings.frame import settings_page
from studio_app.state.catalog.studio import StudioState

put = bound(StudioState.info)


def page() -> rx.Component:
    return settings_page(
        page_header("Studio", "What clients see, and how you sell."),
        rx.cond(StudioState.is_loading, card(skeleton(12)), _form()),
        active=routes.SETTINGS_STUDIO,
    )


def _form() -> rx.Component:
    return form(
        rx.el.div(_who(), _where_and_money(), class_name="cols"),
        _rules(),
        _terms(),
        save_row("Save studio"),
        on_submit=StudioState.save,
    )


def _who() -> rx.Component:
    return card(
        rx.el.div(
            put(text_field, "Name", "name", required=True),
            put(text_area, "Address", "address"),
            put(text_field, "Map link", "map_link", type="url", hint="Starts with https://"),
            pair(put(text_field, "Latitude", "latitude"), put(text_field, "Longitude", "longitude")),
            pair(
                put(text_field, "Phone", "phone", type="tel"),
                put(text_field, "WhatsApp number", "whatsapp", type="tel"),
            ),
            put(text_field, "WhatsApp link", "whatsapp_link", type="url", hint="Starts with https://"),
            put(text_area, "Opening hours, as clients read them", "opening_text"),
            put(text_field, "Logo link", "logo", type="url", hint="Starts with https://"),
            class_name="form",
        ),
        title="The studio",
    )


def _where_and_money() -> rx.Component:
    return card(
        rx.el.div(
            put(
                text_field,
                "Time zone",
                "time_zone",
                required=True,
                hint="Like America/New_York. All times are shown in it.",
            ),
            rx.cond(StudioState.zone_trouble != "", note(StudioState.zone_trouble, tone="warn", role="status")),
            pair(
                put(text_field, "Currency", "currency", required=True, hint="Three letters, like USD"),
                put(text_field, "Locale", "locale", required=True, hint="How dates and money read, like en_US"),
            ),
            put(
                text_field,
                "Phone region",
                "phone_region",
                required=True,
                hint="Two letters, like US: what a number without a country code means",
            ),
            put(number_field, "Tax, percent", "tax_rate_pct", required=True, step="any"),
            class_name="form",
        ),
        title="Where, and in what money",
    )


def _rules() -> rx.Component:
    return card(
        rx.el.div(
            pair(
                put(number_field, "Deposit, percent of the total", "deposit_pct", required=True),
                put(
                    number_field,
                    "Hours to pay the deposit",
                    "deposit_deadline_hours",
                    required=True,
                    hint="An online booking that is not paid by then is released.",
                ),
            ),
            put(
                checkbox,
                "A pending booking is confirmed as soon as its whole deposit is recorded",
                "confirms_when_paid",
                hint="Otherwise somebody confirms it, and clients read so.",
            ),
            pair(
                put(
                    number_field,
                    "Days a hold lasts",
                    "hold_days",
                    required=True,
                    hint="0: until somebody releases it.",
                ),
                put(number_field, "Hours to answer a challenge", "challenge_hours", required=True),
                put(number_field, "Hours a waitlist offer stands", "waitlist_offer_hours", required=True),
            ),
            pair(
                put(
                    number_field,
                    "Check-in opens, minutes before the start",
                    "check_in_lead_minutes",
                    required=True,
                    hint="Earlier nobody can check a session in.",
                ),
                put(
                    number_field,
                    "Payments may be dated back, days",
                    "payment_back_days",
                    required=True,
                    hint="0: only today.",
                ),
            ),
            pair(
                put(number_field, "Free cancellation, hours before", "free_cancel_hours", required=True),
                put(number_field, "Later cancellation, percent", "cancel_fee_pct", required=True),
                put(number_field, "No-show, percent", "no_show_fee_pct", required=True),
            ),
            put(text_area, "Cancellation policy, as clients read it", "cancellation_policy", rows=4),
            put(text_area, "How to pay, shown to clients", "payment_instructions", rows=4),
            class_name="form",
        ),
        title="Deposit and cancellation",
    )


def _terms() -> rx.Component:
    return card(
        put(
            text_area,
            "The terms clients sign",
            "terms",
            rows=12,
            hint="Any change is a new version. What was signed keeps the version it was signed under.",
        ),
        title="Terms",
        aside=rx.el.span("Version ", StudioState.terms_version, class_name="sub"),
    )
