"""A sweep over whatever can be pressed: found on the screens themselves, so that nothing new escapes it."""

import json
import re
from collections.abc import Callable, Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from urllib.parse import urlsplit

from playwright.sync_api import Dialog, Download, ElementHandle, Error, Page, Response

from studio_app import routes
from studio_app.pages.registry import PAGES

_SCRIPT = (Path(__file__).parent / "press.js").read_text()
_DEPTH = 3
"""A menu, its dialog, a button of that."""
_ANSWERED = 6_000
"""Milliseconds within which a press must have shown something."""
_QUIET, _LOADED = 200, 10_000
_LOST = ("There is nothing at this address", "This page is not for you", "Something went wrong")
_FAULT = "it is our fault"
_MUST_BE: dict[str, Callable[[bytes], bool]] = {
    ".csv": lambda content: b"," in content.splitlines()[0],
    ".ics": lambda content: content.startswith(b"BEGIN:VCALENDAR"),
    ".json": lambda content: isinstance(json.loads(content), dict | list),
    ".png": lambda content: content.startswith(b"\x89PNG"),
    ".pdf": lambda content: content.startswith(b"%PDF"),
}
"""By the end of its name, what a file must be."""

Steps = tuple[str, ...]


@dataclass
class Sweep:
    """One browser of one person."""

    page: Page
    sign_in: Callable[[], None]
    troubles: list[str] = field(default_factory=list)
    pressed: int = 0
    links: set[str] = field(default_factory=set)
    """Every address a link has led to, or would."""
    _events: list[str] = field(default_factory=list)
    _faults: list[str] = field(default_factory=list)
    _files: set[str] = field(default_factory=set)
    _known: set[tuple[str, str]] = field(default_factory=set)

    def __post_init__(self) -> None:
        self.page.context.add_init_script(_SCRIPT)
        self._listen(self.page)
        self.page.context.on("page", lambda opened: (self._events.append("a new tab"), self._listen(opened)))

    def over(self, places: Sequence[str]) -> bool:
        """Presses everything on a screen; the places show it with different records. Whether the person may see it."""
        if not self.open(places[0]):
            return False
        waiting = [(key,) for key in self._new(places[0])]
        for path in waiting:
            deeper = self._walk(places, path)
            waiting += [(*path, key) for key in deeper if len(path) < _DEPTH]
        return True

    def over_files(self, place: str) -> None:
        """Presses what leads to no page of ours on the screen that is open."""
        for key in self._new(place):
            if key in self._files:
                self._walk([place], (key,))

    def open(self, place: str) -> bool:
        self._go(place)
        if urlsplit(self.page.url).path == routes.LOGIN and not place.startswith(routes.LOGIN):
            self.sign_in()
            self._go(place)
        return urlsplit(self.page.url).path == urlsplit(place).path

    def _go(self, place: str) -> None:
        self.page.goto(place)
        self.page.locator("h1").first.wait_for(state="attached")
        self._calm()

    def _new(self, place: str) -> list[str]:
        """The controls not met before: a link once for each person, whatever the screen; others once a screen."""
        found = []
        for one in self.page.evaluate("press.list()"):
            if one["href"] and _is_ours(one["href"]):
                self.links.add(one["href"])
            if one["href"].startswith(routes.API):
                self._files.add(one["key"])
            is_everywhere = one["href"] or one["key"].startswith("shell ")
            mark = ("" if is_everywhere else kind(place), one["key"] + kind(one["href"]))
            if mark not in self._known and not one["stays"] and _is_ours(one["href"]):
                self._known.add(mark)
                found.append(one["key"])
        return found

    def _walk(self, places: Sequence[str], path: Steps) -> list[str]:
        """Presses the last of the path; what has come to light by it."""
        for turn in range(min(len(places), 5)):
            place = places[(self.pressed + turn) % len(places)]
            if self.open(place) and all(self._quietly(key) for key in path[:-1]):
                control = self._at_hand(path[-1])
                if control is not None:
                    self.pressed += 1
                    return self._press(place, path, control)
        return []  # an earlier press has taken it away: it had an outcome

    def _press(self, place: str, path: Steps, control: ElementHandle) -> list[str]:
        was = urlsplit(self.page.url).path
        self._events.clear()
        self._faults.clear()
        before = self.page.evaluate("press.look()")
        try:
            control.click(timeout=10_000)
            has_changed = self._has_changed(before)
        except Error as error:
            self._tell(place, path, str(error).splitlines()[0])
            return []
        for fault in dict.fromkeys([*self._faults, *self._lost()]):
            self._tell(place, path, fault)
        if not has_changed and not self._events:
            self._tell(place, path, "nothing happened")
        is_here = urlsplit(self.page.url).path == was
        return self._new(place) if is_here and has_changed else []

    def _has_changed(self, before: str) -> bool:
        """Something did, and stays so once everything has come."""
        for _ in range(_ANSWERED // 500):
            if self._events:
                self.page.wait_for_timeout(200)
                return False
            try:
                if self.page.evaluate("before => press.changes(before, 500)", before):
                    self._calm()
                    return bool(self.page.evaluate("press.look()") != before)
            except Error:  # another page has come
                self.page.wait_for_load_state()
                self.page.locator("body").wait_for()
                if urlsplit(self.page.url).path.startswith(routes.API):
                    return True
                self.page.locator("h1").first.wait_for(state="attached")
                self._calm()
                return True
        return False

    def _quietly(self, key: str) -> bool:
        control = self._find(key)
        if control is None:
            return False
        before = self.page.evaluate("press.look()")
        try:
            control.click(timeout=10_000)
            self._has_changed(before)
        except Error:  # drawn anew, or under a dialog that has come meanwhile
            return False
        return True

    def _find(self, key: str) -> ElementHandle | None:
        return self.page.evaluate_handle("key => press.find(key)", key).as_element()

    def _at_hand(self, key: str) -> ElementHandle | None:
        """Under the mouse and in focus: what comes with these is no outcome of the press."""
        for _ in range(3):
            control = self._find(key)
            with suppress(Error):  # drawn anew meanwhile
                if control is not None:
                    control.focus()
                    control.hover(timeout=1_000)
                    self._calm()
                return self._find(key)
        return self._find(key)

    def _calm(self) -> None:
        self.page.evaluate("([quiet, longest]) => press.calm(quiet, longest)", [_QUIET, _LOADED])

    def _lost(self) -> Iterator[str]:
        text = self.page.locator("body").inner_text()
        yield from (one for one in (*_LOST, _FAULT) if one in text)

    def _tell(self, place: str, path: Steps, what: str) -> None:
        self.troubles.append(f"{place}: {' → '.join(path)}: {what}")

    def _listen(self, page: Page) -> None:
        page.on("pageerror", lambda error: self._faults.append(f"page error: {error}"))
        page.on("console", lambda said: self._faults.append(f"console: {said.text}") if said.type == "error" else None)
        page.on("response", self._answered)
        page.on("download", self._downloaded)
        page.on("dialog", self._asked)
        page.on("filechooser", lambda _: self._events.append("a choice of files"))

    def _answered(self, answer: Response) -> None:
        if answer.status >= 500 or (answer.status >= 400 and answer.request.is_navigation_request()):
            self._faults.append(f"{answer.status} of {urlsplit(answer.url).path}")

    def _asked(self, dialog: Dialog) -> None:
        self._events.append("a question")
        dialog.dismiss()

    def _downloaded(self, file: Download) -> None:
        self._events.append("a file")
        self._faults += file_faults(file.suggested_filename, Path(file.path()).read_bytes())


def file_faults(name: str, content: bytes) -> list[str]:
    is_right = _MUST_BE.get(Path(name).suffix)
    if is_right is None:
        return [f"a file of no known kind: {name}"]
    return [] if content and is_right(content) else [f"{name} is no such file: {content[:40]!r}"]


def kind(address: str) -> str:
    """An address without what differs from record to record."""
    path = urlsplit(address).path
    return next((shape.pattern for shape in _shapes() if shape.fullmatch(path)), path)


@cache
def _shapes() -> list[re.Pattern[str]]:
    """Of the pages, those without a parameter first."""
    paths = sorted((entry.route for entry in PAGES), key=lambda path: "[" in path)
    return [re.compile(re.sub(r"\\\[\w+\\\]", "[^/]+", re.escape(path))) for path in paths]


def _is_ours(href: str) -> bool:
    """Other sites, mail and telephone are left alone; places on the same page are ours, too."""
    return not urlsplit(href).scheme and not urlsplit(href).netloc
