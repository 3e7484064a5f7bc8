"""A paper to sign on with mouse, finger or pen. Always beside an acknowledgement for the keyboard."""

from typing import Any

import reflex as rx

_FILE = rx.asset("signature_pad.jsx", shared=True)


class _SignaturePad(rx.NoSSRComponent):
    library = _FILE.importable_path
    lib_dependencies: list[str] = ["signature_pad@5.1.4"]
    tag = "SignaturePad"

    value: rx.Var[str]
    label: rx.Var[str]
    on_draw: rx.EventHandler[rx.event.passthrough_event_spec(str)]


def signature_pad(value: rx.Var[str] | str, on_draw: Any, label: str = "Your signature") -> rx.Component:
    """`on_draw` gets the PNG as a data URL after each stroke, and an empty text when it is wiped."""
    return _SignaturePad.create(value=value, on_draw=on_draw, label=label)
