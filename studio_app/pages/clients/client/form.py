"""A client's details, for a new one and for a change."""

from typing import Any

import reflex as rx

from studio_app.components import (
    actions,
    button,
    form,
    link,
    money_field,
    note,
    pair,
    select_field,
    text_area,
    text_field,
)
from studio_app.state.clients.listing import ClientFormState as State

SOURCES = (
    ("STAFF", "Staff"),
    ("PUBLIC_PAGE", "Public page"),
    ("REFERRAL", "Referral"),
    ("INQUIRY", "Inquiry"),
    ("OTHER", "Other"),
)
_STATUSES = (("ACTIVE", "Active"), ("INACTIVE", "Inactive"))


def client_form(save: str, on_submit: Any, *, with_status: bool) -> rx.Component:
    return form(
        _text("Name", "name", required=True, max_length=120),
        _text("E-mail", "email", type="email"),
        pair(
            _text("Phone", "phone", type="tel"),
            _text("Extension", "phone_extension", inputmode="numeric", max_length=12),
        ),
        rx.cond(State.twin.name != "", _twin()),
        pair(
            _text("Label", "label", hint="Label, management or company", max_length=200),
            _text("Project", "project", max_length=200),
        ),
        pair(
            money_field(
                "Budget",
                "budget_cents",
                currency=State.currency_sign,
                default_value=State.record["budget_cents"],
                error=State.errors["budget_cents"],
            ),
            _choice("Came by", "source", SOURCES),
            *([_choice("Status", "status", _STATUSES)] if with_status else []),
        ),
        text_area("Notes", "notes", default_value=State.record["notes"], error=State.errors["notes"]),
        actions(
            button("Not now", kind="ghost", on_click=State.close(False)),
            button(save, kind="primary", type="submit", loading=State.is_saving),
        ),
        on_submit=on_submit,
    )


def _text(label: str, name: str, **props: Any) -> rx.Component:
    return text_field(label, name, default_value=State.record[name], error=State.errors[name], **props)


def _choice(label: str, name: str, options: tuple[tuple[str, str], ...]) -> rx.Component:
    return select_field(label, name, options, default_value=State.record[name], error=State.errors[name])


def _twin() -> rx.Component:
    return note(link(f"Open {State.twin.name}", href=State.twin.href, class_name="btn s"), title="Is it this client?")
