"""The forms of a client's page, and what asks before it is done."""

from typing import Any

import reflex as rx

from studio_app.components import (
    actions,
    button,
    confirm_dialog,
    dialog,
    form,
    pair,
    select_field,
    text_area,
    text_field,
)
from studio_app.pages.clients.client.form import client_form
from studio_app.state.clients.addresses import ClientAddresses as Addresses
from studio_app.state.clients.artists import ClientArtists as Artists
from studio_app.state.clients.client import ClientState as State

_SHOWN = State.shown
_KINDS = (("PERSON", "Person"), ("BAND", "Band"), ("PROJECT", "Project"))


def all_of_them() -> tuple[rx.Component, ...]:
    return _edit(), _artist(), _address(), _remove_address(), _delete(), _anonymise()


def _edit() -> rx.Component:
    return dialog(
        f"Edit {_SHOWN.name}",
        client_form("Save", State.save, with_status=True),
        open=State.dialog == "client",
        on_open_change=State.close,
        max_width="560px",
    )


def _artist() -> rx.Component:
    return dialog(
        rx.cond(State.record_id == 0, "New artist", "Edit artist"),
        form(
            pair(
                _text("Name", "name", required=True, max_length=120),
                select_field("Kind", "kind", _KINDS, default_value=State.record["kind"], error=State.errors["kind"]),
            ),
            _text("Genre", "genre", max_length=200),
            text_area("History", "history", default_value=State.record["history"], error=State.errors["history"]),
            _ends(),
            on_submit=Artists.save_artist,
        ),
        open=State.dialog == "artist",
        on_open_change=State.close,
    )


def _address() -> rx.Component:
    return dialog(
        rx.cond(State.record_id == 0, "New address", "Edit address"),
        form(
            _text("Called", "label", hint="Like: rehearsal room", max_length=200),
            _text("Street and number", "line1", required=True, max_length=200),
            _text("More", "line2", hint="Floor, bell, back yard", max_length=200),
            pair(_text("Postal code", "postal_code", max_length=20), _text("City", "city", required=True)),
            _text("Map link", "map_link", type="url", max_length=1000),
            _ends(),
            on_submit=Addresses.save_address,
        ),
        open=State.dialog == "address",
        on_open_change=State.close,
    )


def _remove_address() -> rx.Component:
    return _ask(
        "remove_address",
        f"Remove {Addresses.leaving}?",
        "It cannot be brought back.",
        "Remove",
        Addresses.remove_address,
    )


def _delete() -> rx.Component:
    return _ask(
        "delete",
        f"Delete {_SHOWN.name}?",
        "Nobody finds the client when booking any more. Sessions and payments stay, and you can bring them back.",
        "Delete",
        State.delete,
    )


def _anonymise() -> rx.Component:
    return _ask(
        "anonymise",
        f"Anonymise {_SHOWN.name}?",
        "Name, contact, notes, artists, addresses and signatures go for good. What was sold and paid stays. "
        "This cannot be undone.",
        "Anonymise",
        State.anonymise,
    )


def _ask(name: str, title: Any, text: str, confirm: str, on_confirm: Any) -> rx.Component:
    return confirm_dialog(
        title,
        text,
        open=State.dialog == name,
        on_open_change=State.close,
        confirm=confirm,
        on_confirm=on_confirm,
        loading=State.is_saving,
    )


def _text(label: str, name: str, **props: Any) -> rx.Component:
    return text_field(label, name, default_value=State.record[name], error=State.errors[name], **props)


def _ends() -> rx.Component:
    return actions(
        button("Not now", kind="ghost", on_click=State.close(False)),
        button("Save", kind="primary", type="submit", loading=State.is_saving),
    )
