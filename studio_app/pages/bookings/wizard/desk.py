"""What only staff see in the wizard: the client search, prices by hand, payments, the status."""

from typing import Any

import reflex as rx

from studio_app.components import among, button, card, choice, form, icon_button, note, pair, sum_line, text_field
from studio_app.pages.bookings.wizard import choices, details
from studio_app.pages.bookings.wizard.parts import draft_text, first, group, pick, wrong
from studio_app.state.base import may
from studio_app.state.bookings.wizard.staff import NewBookingState as S

_METHODS = (
    ("CASH", "Cash"),
    ("CASH_APP", "Cash App"),
    ("ZELLE", "Zelle"),
    ("SQUARE", "Square"),
    ("CREDIT_CARD", "Credit card"),
    ("BANK_TRANSFER", "Bank transfer"),
    ("OTHER", "Other"),
)
_PURPOSES = (("DEPOSIT", "Deposit"), ("FINAL", "Final payment"), ("OTHER", "Other"))
_STATUSES = (
    ("PENDING", "Pending", "Holds the time until the deposit deadline."),
    ("CONFIRMED", "Confirmed", "The time is theirs."),
    ("HOLD", "Hold", "Pencilled in: blocks nobody."),
)
_DISCOUNTS = (("", "No discount"), ("percent", "Percent"), ("amount", "Amount"))


def client(_: Any) -> rx.Component:
    return rx.cond(S.answers.client_id > 0, _chosen(), rx.fragment(_new(), _known()))


def search() -> rx.Component:
    """A form of its own, above: Enter takes the marked client."""
    box = form(
        text_field(
            "Find a client",
            "q",
            hint="Name, artist, e-mail or phone. Arrow keys and Enter choose.",
            error=S.errors["q"],
            type="search",
            auto_complete="off",
            on_change=S.search.debounce(120),
            on_key_down=S.press,
            custom_attrs=first(),
        ),
        rx.cond(
            (S.wanted == "") & (S.found.length() > 0), rx.el.span("Booked last", class_name="faint"), rx.fragment()
        ),
        rx.el.ul(rx.foreach(S.found, _found), class_name="list found", aria_label="Clients"),
        on_submit=S.take_marked,
        class_name="card stack tight",
    )
    return rx.cond(S.is_ready & (S.screen == "client") & (S.answers.client_id == 0), box, rx.fragment())


def _found(one: Any, index: Any) -> rx.Component:
    return rx.el.li(
        rx.el.button(
            rx.el.b(one.name),
            rx.el.span(one.about, class_name="sub"),
            type="button",
            class_name=rx.cond(index == S.marked, "found-client on", "found-client"),
            on_click=S.take_client(one.id),
        )
    )


def _known() -> rx.Component:
    return rx.cond(
        S.trouble.client_id > 0,
        note(
            button(f"Take {S.trouble.client_name}", size="small", on_click=S.take_client(S.trouble.client_id)),
            tone="warn",
        ),
        rx.fragment(),
    )


def _chosen() -> rx.Component:
    return rx.el.div(
        card(
            rx.el.div(
                rx.el.b(S.answers.client_name, class_name="grow"),
                button("Another client", size="small", on_click=S.another_client),
                class_name="row",
            )
        ),
        _artist(),
        class_name="stack",
    )


def _new() -> rx.Component:
    return card(
        rx.el.div(
            text_field("Name", "name", required=True, **draft_text(S, "name", S.answers.name)),
            pair(
                text_field("E-mail", "email", type="email", **draft_text(S, "email", S.answers.email)),
                text_field("Phone", "phone", type="tel", **draft_text(S, "phone", S.answers.phone)),
            ),
            _artist(),
            class_name="form",
        ),
        title="Or a new client",
    )


def _artist() -> rx.Component:
    return text_field(
        "Artist or project", "artist", hint="Who the session is for.", **draft_text(S, "artist", S.answers.artist)
    )


def day(_: Any) -> rx.Component:
    again = card(
        rx.el.div(
            rx.el.span(rx.el.b("Last time: "), S.last_time, class_name="grow"),
            button("Same again", size="small", icon="repeat", on_click=S.same_again),
            class_name="row wrap",
        )
    )
    return rx.el.div(rx.cond(S.last_time != "", again, rx.fragment()), choices.day(S), class_name="stack")


def extras(_: Any) -> rx.Component:
    return details.extras(S, rx.cond(may("APPLY_DISCOUNTS"), _prices(), rx.fragment()))


def _prices() -> rx.Component:
    return card(
        rx.el.div(
            rx.el.div(
                *(
                    rx.el.button(
                        text,
                        type="button",
                        aria_pressed=rx.cond(S.answers.discount_kind == kind, "true", "false"),
                        on_click=S.choose_discount(kind),
                        custom_attrs=choice(),
                    )
                    for kind, text in _DISCOUNTS
                ),
                class_name="seg",
                role="group",
                aria_label="Discount",
                custom_attrs=among(),
            ),
            wrong(S, "discount"),
            rx.match(
                S.answers.discount_kind,
                ("percent", _discount("Percent off", "discount.percent")),
                ("amount", _discount("Amount off", "discount.amount_cents")),
                rx.fragment(),
            ),
            rx.cond(S.extras.rates.length() > 0, _rates(), rx.fragment()),
            class_name="form",
        ),
        title="Price by hand",
    )


def _discount(label: str, name: str) -> rx.Component:
    return pair(
        text_field(label, name, input_mode="decimal", **draft_text(S, name, S.answers.discount_value)),
        text_field("Reason", "discount.reason", **draft_text(S, "discount.reason", S.answers.discount_reason)),
    )


def _rates() -> rx.Component:
    def row(rate: Any) -> rx.Component:
        name = f"rate.{rate.id}"
        return text_field(
            rate.name,
            name,
            input_mode="decimal",
            placeholder=rate.list_rate,
            default_value=rate.value,
            error=S.errors[name],
            on_blur=S.typed(name),
        )

    return rx.fragment(
        rx.el.div(rx.foreach(S.extras.rates, row), class_name="pair-of-fields"),
        text_field(
            "Reason for another rate", "rate_overrides", **draft_text(S, "rate_overrides", S.answers.rates_reason)
        ),
    )


def payment(_: Any) -> rx.Component:
    unsigned = note(
        rx.el.p(
            "Payments can be recorded once the client has signed. Go back to the agreement, "
            "or book now and take them later.",
            class_name="sub",
        ),
        title="Not signed yet",
        tone="warn",
    )
    splits = rx.el.div(
        rx.foreach(S.answers.payments, _split),
        rx.cond(
            S.trouble.is_overpaid,
            note(button("Record it all the same", size="small", on_click=S.overpay), tone="warn"),
            rx.fragment(),
        ),
        button("Add a payment", icon="plus", on_click=S.add_split),
        class_name="stack",
    )
    return rx.el.div(
        card(
            sum_line("Total", S.price.total, total=True),
            rx.cond(S.price.deposit != "", sum_line(S.price.deposit, S.price.deposit_text), rx.fragment()),
            title="What it costs",
        ),
        rx.cond(may("RECORD_PAYMENTS"), rx.cond(S.is_signed, splits, unsigned), rx.fragment()),
        card(rx.el.p(S.house.how_to_pay, class_name="pre"), title="What the client is told"),
        class_name="stack",
    )


def _split(split: Any, index: Any) -> rx.Component:
    def choice(part: str, label: str, options: Any, value: Any) -> rx.Component:
        return rx.el.select(
            *(rx.el.option(text, value=word) for word, text in options),
            class_name="input",
            aria_label=label,
            value=value,
            on_change=lambda text: S.change_split(index, part, text),
        )

    def text(part: str, field: str, label: str, value: Any) -> rx.Component:
        name = f"payments.{index}.{field}"
        return rx.el.input(
            class_name="input",
            name=name,
            aria_label=label,
            aria_invalid=rx.cond(S.errors[name], "true", "false"),
            aria_describedby=f"{name}-error",
            placeholder=label,
            default_value=value,
            key=f"{part}-{S.answers.payments.length()}",
            on_blur=lambda typed: S.change_split(index, part, typed),
        )

    return rx.fragment(
        rx.el.div(
            choice("method", "Method", _METHODS, split.method),
            text("amount", "amount_cents", "Amount", split.amount),
            choice("purpose", "Purpose", _PURPOSES, split.purpose),
            text("reference", "reference", "Reference", split.reference),
            icon_button("x", "Remove this payment", on_click=S.remove_split(index)),
            class_name="quick-split",
        ),
        wrong(S, f"payments.{index}.amount_cents", f"payments.{index}.reference", f"payments.{index}.purpose"),
    )


def review(_: Any) -> rx.Component:
    picks = (
        pick(
            rx.el.b(name),
            rx.el.span(text, class_name="sub"),
            group="status",
            value=word,
            is_chosen=S.answers.status == word,
            on_choose=S.choose_status(word),
            begins=False,
        )
        for word, name, text in _STATUSES
    )
    rank = rx.cond(S.foreseen != "", rx.el.div(note(rx.el.p(S.foreseen), role="status"), class_name="after"))
    return details.review(S, card(group("Status", *picks), rank, title="Book it as"))
