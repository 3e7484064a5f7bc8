"""Many buttons that are one stop of the Tab key: days of a calendar, starts of a day."""

from typing import Any

import reflex as rx

_FILE = rx.asset("arrow_keys.jsx", shared=True)


class _ArrowKeys(rx.Component):
    library = _FILE.importable_path
    tag = "ArrowKeys"


def arrow_keys(*children: Any, **props: Any) -> rx.Component:
    """Arrows, Home, End, Page Up and Page Down go among the buttons marked by `item`.

    Buttons marked by `turns` are pressed where the arrows leave what is shown; groups are the pages where there
    are none.
    """
    return _ArrowKeys.create(*children, **props)


def item(key: rx.Var | str) -> dict[str, Any]:
    """Attributes of one of them; the key tells it from those of another page."""
    return {"data-item": key}


def turns(step: int) -> dict[str, Any]:
    """Attributes of the button that shows the page before (-1) or after (1)."""
    return {"data-turn": str(step)}
