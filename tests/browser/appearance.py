"""A screen in every look: what axe finds there, and whether it fits its width."""

from collections.abc import Sequence
from typing import Any, Literal

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page

Look = tuple[int, Literal["light", "dark"]]

LOOKS: tuple[Look, ...] = ((1440, "light"), (1440, "dark"), (390, "light"), (390, "dark"))
WITH_TABLET: tuple[Look, ...] = ((1024, "light"), (1024, "dark"), *LOOKS)

_OPTIONS = {"resultTypes": ["violations"], "rules": {"target-size": {"enabled": True}}}
_RUN = "([context, options]) => axe.run(context ?? document, options).then(found => found.violations)"
_STILL = """() => {
    if (document.isStill) return;
    const sheet = new CSSStyleSheet();
    sheet.replaceSync("*, ::before, ::after { transition: none !important }");
    document.adoptedStyleSheets = [...document.adoptedStyleSheets, sheet];
    document.isStill = true;
}"""
"""A colour half way is nobody's colour."""

_IS_SHOWN = """async scheme => {
    const frame = () => new Promise(requestAnimationFrame);
    await frame().then(frame);
    return [document.documentElement, ...document.querySelectorAll("[data-is-root-theme=true]")]
        .every(themed => themed.classList.contains(scheme));
}"""


def faults(page: Page, context: str | None = None) -> list[str]:
    """What axe finds: the rule, and the elements that break it."""
    if not page.evaluate("'axe' in window"):
        page.evaluate(Axe().axe_script)
    return [_told(violation) for violation in page.evaluate(_RUN, [context, _OPTIONS])]


def put_on(page: Page, look: Look) -> None:
    width, scheme = look
    page.evaluate(_STILL)
    page.set_viewport_size({"width": width, "height": 900})
    page.emulate_media(color_scheme=scheme)
    page.wait_for_function(_IS_SHOWN, arg=scheme)


def wrong(page: Page, looks: Sequence[Look] = LOOKS, shown: dict[int, str] | None = None) -> dict[str, list[str]]:
    """The faults of the open screen by width and scheme; the page stays in the last look.

    `shown` is what must be visible at a width before it is judged.
    """
    found = {}
    for width, scheme in looks:
        put_on(page, (width, scheme))
        if shown:
            page.locator(shown[width]).first.wait_for()
        page.wait_for_function("!document.querySelector('.sk, table[aria-busy=true]')")
        found[f"{width} px, {scheme}"] = [*faults(page), *_too_wide(page)]
    return {look: here for look, here in found.items() if here}


def _too_wide(page: Page) -> list[str]:
    fits = page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    return [] if fits else ["wider than the screen"]


def _told(violation: dict[str, Any]) -> str:
    nodes = ((node["html"][:200], *(check["message"] for check in node["any"])) for node in violation["nodes"])
    return f"{violation['id']}: {'; '.join(' '.join(node) for node in nodes)}"
