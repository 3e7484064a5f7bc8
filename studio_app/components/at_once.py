"""Buttons that show at once that they work, and choices that are drawn before the server's answer."""

from typing import Any

import reflex as rx

_FILE = rx.asset("at_once.jsx", shared=True)


class _AtOnce(rx.Component):
    library = _FILE.importable_path
    tag = "AtOnce"

    answered: rx.Var[int]


def at_once(*children: Any, answered: rx.Var[int], **props: Any) -> rx.Component:
    """`answered`: how many presses the server has answered; each takes back what was drawn ahead of it.

    A button that needs no answer carries the attribute `data-here`. `choice` marks what can be chosen, `among` what
    one is chosen from. The looks are the stylesheets': `[data-just=on]`, `[data-just=off]`, `[data-working]`.
    """
    return _AtOnce.create(*children, answered=answered, **props)


def choice(if_free: rx.Var[bool] | bool = True, *, one: bool = True) -> dict[str, Any]:
    """Attributes of what can be chosen, one of several or any of them; what is not free is only asked about."""
    return {"data-choice": rx.cond(if_free, "one" if one else "any", "none")}


def among() -> dict[str, str]:
    return {"data-among": ""}
