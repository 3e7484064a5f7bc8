"""Sends files to an API route one by one, with progress and the refusal beside each."""

from typing import Any

import reflex as rx

_FILE = rx.asset("uploader.jsx", shared=True)


class _Uploader(rx.NoSSRComponent):
    library = _FILE.importable_path
    tag = "Uploader"

    url: rx.Var[str]
    fields: rx.Var[dict[str, Any]]
    label: rx.Var[str]
    on_sent: rx.EventHandler[rx.event.no_args_event_spec]


def uploader(
    url: rx.Var[str] | str, on_sent: Any, *, fields: dict[str, Any] | None = None, label: str = "Add files"
) -> rx.Component:
    """`fields` go with each file; `on_sent` is called after each that was taken."""
    return _Uploader.create(url=url, on_sent=on_sent, fields=fields or {}, label=label)
