"""Rules of the house that are small enough to be looked up in the code.

Each says what once went wrong and what to write instead, and carries a good and a bad line, so
that it tests itself. An exception is a file, and is named.
"""

import ast
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent


@dataclass(frozen=True)
class Rule:
    name: str
    incident: str
    """What went wrong, and what to write instead."""
    is_broken_by: Callable[[ast.Call], bool]
    good: str
    bad: str
    folders: tuple[str, ...] = ("studio_app",)
    but: tuple[str, ...] = ()
    """The files that may."""

    def broken_in(self, code: str) -> list[int]:
        """The lines that break it."""
        return [call.lineno for call in _calls(code) if self.is_broken_by(call)]

    def broken(self) -> Iterator[str]:
        """`studio_app/pages/x.py:12` for each place."""
        for folder in self.folders:
            for file in sorted((ROOT / folder).rglob("*.py")):
                path = file.relative_to(ROOT).as_posix()
                if path not in self.but:
                    yield from (f"{path}:{line}" for line in self.broken_in(file.read_text()))


@cache
def _calls(code: str) -> tuple[ast.Call, ...]:
    return tuple(node for node in ast.walk(ast.parse(code)) if isinstance(node, ast.Call))


def _called(call: ast.Call) -> str:
    return ast.unparse(call.func)


def _is_given(call: ast.Call, name: str) -> bool:
    return any(keyword.arg == name for keyword in call.keywords)


def _is_raw_link(call: ast.Call) -> bool:
    return _called(call) in ("rx.el.a", "rx.link", "rx.next_link", "rx.el.A.create", "A.create")


def _is_form_that_swallows(call: ast.Call) -> bool:
    is_form = _called(call) in ("rx.el.form", "rx.form", "rx.form.root", "form", "Form.create")
    spread = any(keyword.arg is None for keyword in call.keywords)
    return is_form and (_is_given(call, "action") or not (spread or _is_given(call, "on_submit")))


def _is_raw_form(call: ast.Call) -> bool:
    return _called(call) in ("rx.el.form", "rx.form", "rx.form.root")


def _is_file_over_the_websocket(call: ast.Call) -> bool:
    is_page_of_its_own = _called(call) == "rx.redirect" and _is_given(call, "is_external")
    return is_page_of_its_own or _called(call) in ("rx.download", "rx.upload", "rx.get_upload_url")


RULES = (
    Rule(
        "links are link(), file_link() or anchor()",
        "Every download opened the app's own 404: rx.el.a is a page link, whose click the router takes. "
        "Write link() for a page, file_link() for a file of the API, anchor() for the rest.",
        _is_raw_link,
        good='file_button("CSV", State.csv)',
        bad='rx.el.a("CSV", href=State.csv)',
        but=("studio_app/components/buttons.py",),
    ),
    Rule(
        "what posts by itself is posting_form()",
        "Sign out did nothing: the framework's form prevents its own submit, so an action is never reached. "
        "Write form(on_submit=…) for a handler, posting_form(action=…) for what the browser sends.",
        _is_form_that_swallows,
        good='posting_form(button("Sign out", type="submit"), action=routes.API_LOGOUT)',
        bad='rx.el.form(button("Sign out", type="submit"), action=routes.API_LOGOUT, method="post")',
    ),
    Rule(
        "forms are form() or posting_form()",
        "Enter pressed before the page's script was there sent the browser's own request: what was typed was lost, "
        "and a new password stood in the address. form() sends nothing by itself.",
        _is_raw_form,
        good="form(text_field(...), on_submit=State.save)",
        bad="rx.el.form(text_field(...), on_submit=State.save)",
        but=("studio_app/components/forms.py",),
    ),
    Rule(
        "files go through the API",
        "rx.download sends base64 over the websocket, /_upload is public and buffers whole bodies, and "
        "redirect(is_external=True) opens a tab. Write file_link() and uploader().",
        _is_file_over_the_websocket,
        good="rx.redirect(routes.booking(number))",
        bad='rx.download(data=rows, filename="bookings.csv")',
    ),
)
