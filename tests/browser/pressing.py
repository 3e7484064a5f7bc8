"""A sweep over whatever can be pressed: found on the screens themselves, so that nothing new escapes it."""

import re
from collections.abc import Callable, Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from urllib.parse import urlsplit

from playwright.sync_api import ConsoleMessage, Dialog, Download, ElementHandle, Error, Page, Request, Response

from studio_app import routes
from studio_app.pages.registry import PAGES
from tests.browser.files import file_faults

_SCRIPT = (Path(__file__).parent / "press.js").read_text()
_DEPTH = 3
"""A menu, its dialog, a button of that."""
_ANSWERED = 30_000
"""Milliseconds within which a press must have shown something, however busy the machine is."""
_QUIET, _LOADED = 200, 60_000
_REDRAWN = 3
"""So often a control may be drawn anew under the hand."""
_PARTS = ("script", "stylesheet", "fetch", "xhr")
"""Of what a page asks for, that without which it is not whole."""
_LOST = ("There is nothing at this address", "This page is not for you", "Something went wrong")
_FAULT = "it is our fault"
_JUDGED = "the server responded with a status of"
"""The browser says so of each answer that `_answered` judges."""

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
    _coming: set[Request] = field(default_factory=set)
    _begin: Callable[[Page], None] | None = None

    def __post_init__(self) -> None:
        self.page.context.add_init_script(_SCRIPT)
        self.page.on("request", lambda one: self._coming.add(one) if one.resource_type in _PARTS else None)
        self.page.on("requestfinished", lambda one: self._coming.discard(one))
        self.page.on("requestfailed", lambda one: self._coming.discard(one))
        self._listen(self.page)
        self.page.context.on("page", lambda opened: (self._events.append("a new tab"), self._listen(opened)))

    def over(self, places: Sequence[str], begin: Callable[[Page], None] | None = None) -> bool:
        """Presses everything on a screen; the places show it with different records. Whether the person may see it.

        `begin` is called on each visit: what a press has ended, it brings back to where all can be reached.
        """
        self._begin = begin
        if not self._visit(places[0]):
            return False
        waiting: list[Steps] = [(key,) for key in self._new(places[0])]
        for _ in self._steps("back"):
            waiting += [(key,) for key in self._new(places[0])]
        for path in waiting:
            waiting += self._walk(places, path)
        return True

    def over_files(self, place: str) -> None:
        """Presses what leads to no page of ours on the screen that is open."""
        for key in self._new(place):
            if key in self._files:
                self._walk([place], (key,))

    def _visit(self, place: str) -> bool:
        is_there = self.open(place)
        if is_there and self._begin:
            self._begin(self.page)
            self._calm()
        return is_there

    def open(self, place: str) -> bool:
        self._go(place)
        if urlsplit(self.page.url).path == routes.LOGIN and not place.startswith(routes.LOGIN):
            self.sign_in()
            self._go(place)
        is_there = urlsplit(self.page.url).path == urlsplit(place).path
        if is_there and "?" not in place and self.page.evaluate("press.isCovered()"):
            self._tell(place, ("opened",), "a dialog of the visit before stands over it")
        return is_there

    def _go(self, place: str) -> None:
        self._coming.clear()
        try:
            self.page.goto(place)
        except Error:  # the press before has only now led elsewhere
            self.page.goto(place)
        self._arrive()

    def _arrive(self) -> None:
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

    def _walk(self, places: Sequence[str], path: Steps) -> list[Steps]:
        """Presses the last of the path; the ways to what has come to light meanwhile."""
        found: list[Steps] = []
        for turn in range(min(len(places), 5)):
            place = places[(self.pressed + turn) % len(places)]
            if not self._visit(place):
                continue
            found += [(key,) for key in self._new(place)]  # a wizard goes on where it was left
            if self._is_reached(path):
                self.pressed += 1
                return found + [(*path, key) for key in self._press(place, path)]
        return found  # an earlier press has taken it away: it had an outcome

    def _is_reached(self, path: Steps) -> bool:
        """Also some steps back or on in a wizard."""
        if self._is_led_to(path):
            return True
        return any(self._is_led_to(path) for way in ("back", "onward") for _ in self._steps(way))

    def _is_led_to(self, path: Steps) -> bool:
        """By as much of the path as the page has not kept."""
        waits = (self.page.evaluate("key => press.waits(key)", key) for key in reversed(path))
        kept = next((len(path) - 1 - back for back, one in enumerate(waits) if one), None)
        return kept is not None and all(map(self._quietly, path[kept:-1])) and self._is_at_hand(path[-1])

    def _steps(self, way: str) -> Iterator[str]:
        """The screens of a wizard, while there are more that way."""
        at = ""
        while (now := self.page.locator("h1").first.inner_text()) != at:
            at = now
            if self._quietly(self.page.evaluate("way => press.way(way)", way)):
                yield at

    def _press(self, place: str, path: Steps) -> list[str]:
        was = urlsplit(self.page.url).path
        self._events.clear()
        self._faults.clear()
        before = self.page.evaluate("press.look()")
        try:
            self._click(path[-1])
            has_changed = self._has_changed(before)
            if path[-1] in self._files:
                self._await_file()
        except Error as error:
            self._tell(place, path, str(error).splitlines()[0])
            return []
        for fault in dict.fromkeys([*self._faults, *self._lost()]):
            self._tell(place, path, fault)
        if not has_changed and not self._events:
            self._tell(place, path, "nothing happened")
        is_here = urlsplit(self.page.url).path == was
        return self._new(place) if is_here and has_changed and len(path) < _DEPTH else []

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
                self._arrive()
                return True
        return False

    def _await_file(self) -> None:
        """Saved, or opened where it can be read."""
        for _ in range(_ANSWERED // 200):
            if self._events or urlsplit(self.page.url).path.startswith(routes.API):
                return
            self.page.wait_for_timeout(200)
        self._faults.append("no file comes")

    def _quietly(self, key: str) -> bool:
        if self._find(key) is None:
            return False
        before = self.page.evaluate("press.look()")
        try:
            self._click(key)
            self._has_changed(before)
        except Error:  # gone, or under a dialog that has come meanwhile
            return False
        return True

    def _click(self, key: str) -> None:
        """What is drawn anew between being found and being pressed is found again."""
        for _ in range(_REDRAWN):
            control = self._find(key)
            if control is None:
                break
            try:
                return control.click(timeout=_ANSWERED)
            except Error:
                if control.evaluate("control => control.isConnected"):
                    raise
        raise Error("It is gone before it can be pressed.")

    def _find(self, key: str) -> ElementHandle | None:
        return self.page.evaluate_handle("key => press.find(key)", key).as_element()

    def _is_at_hand(self, key: str) -> bool:
        """Under the mouse and in focus: what comes with these is no outcome of the press."""
        for _ in range(_REDRAWN):
            control = self._find(key)
            if control is None:
                return False
            with suppress(Error):  # drawn anew meanwhile
                control.focus()
                control.hover(timeout=1_000)
                self._calm()
                break
        return self._find(key) is not None

    def _calm(self) -> None:
        """Until all has come; a page that keeps somebody waiting for good is at fault."""
        for _ in range(_LOADED // _QUIET):
            if not self.page.evaluate("([quiet, longest]) => press.calm(quiet, longest)", [_QUIET, _LOADED]):
                break
            if not self._coming:
                return
        self._faults.append("it does not come to rest")

    def _lost(self) -> Iterator[str]:
        text = self.page.locator("body").inner_text()
        yield from (one for one in (*_LOST, _FAULT) if one in text)

    def _tell(self, place: str, path: Steps, what: str) -> None:
        self.troubles.append(f"{place}: {' → '.join(path)}: {what}")

    def _listen(self, page: Page) -> None:
        page.on("pageerror", lambda error: self._faults.append(f"page error: {error}"))
        page.on("console", self._said)
        page.on("response", self._answered)
        page.on("download", self._downloaded)
        page.on("dialog", self._asked)
        page.on("filechooser", lambda _: self._events.append("a choice of files"))

    def _said(self, said: ConsoleMessage) -> None:
        if said.type == "error" and _JUDGED not in said.text:
            self._faults.append(f"console: {said.text}")

    def _answered(self, answer: Response) -> None:
        """What is sent may be refused; what is asked for must be there."""
        is_sent = answer.request.method != "GET" and not answer.request.is_navigation_request()
        if answer.status >= (500 if is_sent else 400):
            self._faults.append(f"{answer.status} of {urlsplit(answer.url).path}")

    def _asked(self, dialog: Dialog) -> None:
        self._events.append("a question")
        dialog.dismiss()

    def _downloaded(self, file: Download) -> None:
        self._events.append("a file")
        self._faults += file_faults(file.suggested_filename, Path(file.path()).read_bytes())


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
