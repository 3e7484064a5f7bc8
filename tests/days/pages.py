"""The browser's clock: as far ahead as Python's, in the zone the run asks for."""

import os
from typing import Any

from playwright.sync_api import BrowserContext

_AHEAD = float(os.environ.get("STUDIO_CLOCK_AHEAD", "0"))
_ZONE = os.environ.get("STUDIO_BROWSER_ZONE", "")
_SHIFT = """
globalThis.Date = new Proxy(Date, {
    construct: (real, given, made) => Reflect.construct(real, given.length ? given : [real.now() + AHEAD], made),
    apply: real => new real(real.now() + AHEAD).toString(),
    get: (real, name) => name === "now" ? () => real.now() + AHEAD : Reflect.get(real, name),
})
"""


def options() -> dict[str, Any]:
    """For a new context."""
    return {"timezone_id": _ZONE} if _ZONE else {}


def shift(context: BrowserContext) -> None:
    if _AHEAD:
        context.add_init_script(_SHIFT.replace("AHEAD", str(_AHEAD * 1000)))
