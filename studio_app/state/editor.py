"""What the screens with forms share: the open dialog, its record, the spinner, and who is in the way."""

import json
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, TypeVar
from urllib.parse import urlencode

import reflex as rx
from reflex.event import EventSpec

from services.catalog import SessionMet
from services.core import dates as when
from services.core import money
from services.core.dates import full_day_text
from services.core.errors import DomainError, NotFound
from services.core.studio import Studio, studio_info
from studio_app import routes
from studio_app.gate import requires
from studio_app.state.base import AppState
from studio_app.state.presenter import moment_text

T = TypeVar("T")


@dataclass(frozen=True)
class Met:
    """A session that a change would fall on."""

    number: str
    href: str
    when: str
    what: str = ""
    """Whose, and where; empty where it does not matter."""
    way_out: str = ""
    """What can be done about it."""


class EditorState(AppState):
    dialog: str = ""
    """The name of the open dialog; one at a time."""
    record_id: int = 0
    """What the dialog is about; 0 for something new."""
    record: dict[str, str] = {}
    """What the form starts from, as texts. What is typed stays in the browser until it is sent."""
    is_saving: bool = False
    met: list[Met] = []
    """Sessions that stood in the way of the last change."""
    visit: int = 0
    """Grows when the filters' fields show something else than the address says: only then they are drawn anew, so
    that what is typed while the page loads stays."""
    currency_sign: str = "$"
    zone_name: str = ""
    _arrived_at: str = ""
    """The path that was loaded last."""
    _is_early: bool = False
    """The dialog was opened while its page was still loading."""

    @rx.event
    @requires()
    async def close(self, is_open: bool = False) -> None:
        if not is_open:
            self._close()

    def _open(self, dialog: str, record_id: int = 0, record: Mapping[str, str] | None = None) -> None:
        self.dialog, self.record_id, self.record = dialog, record_id, dict(record or {})
        self.errors, self.met = {}, []
        self._is_early = not self.is_hydrated or self._arrived_at != self.router.url.path

    def _arrive(self) -> None:
        """First in `load`: nothing of the screen before stays open. Who was quicker keeps their dialog."""
        if not self._is_early:
            self._close()
        self._is_early, self._arrived_at = False, str(self.router.url.path)

    def _close(self) -> None:
        self.dialog, self.errors, self.met = "", {}, []

    @contextmanager
    def _saving(self) -> Iterator[None]:
        """Around `yield` and the call: the button shows that it is working."""
        self.is_saving, self.met = True, []
        try:
            yield
        finally:
            self.is_saving = False

    async def _read(self, query: Callable[..., T], *args: Any, **kwargs: Any) -> tuple[T, Studio]:
        """`query(session, actor, …)` and, in the same transaction, the studio whose money and zone it is shown in."""

        def both(session: Any, actor: Any) -> tuple[T, Studio]:
            return query(session, actor, *args, **kwargs), studio_info(session)

        found, studio = await self._call(both)
        self.currency_sign = money.sign(studio.currency, studio.locale)
        self.zone_name = place(studio.zone)
        return found, studio

    async def _studio(self) -> Studio:
        return await self._call(lambda session, _: studio_info(session))

    async def _refused(self, refusal: DomainError) -> Any:
        sessions = refusal.details.get("sessions")
        if isinstance(sessions, list) and sessions:
            self.met = [_met(one) for one in sessions]
            return None
        return await super()._refused(refusal)

    def _show_in_url(self, **filters: object) -> EventSpec:
        """The address shows the filters, so that it can be kept, shared and reloaded."""
        query = urlencode({name: value for name, value in filters.items() if value})
        address = f"{self.router.url.path}?{query}" if query else str(self.router.url.path)
        return rx.call_script(f"window.history.replaceState(window.history.state, '', {json.dumps(address)})")


def by_id(found: Iterable[Any], wanted: int) -> Any:
    for one in found:
        if one.id == wanted:
            return one
    raise NotFound("It is not there any more. Load the page again.")


place = when.place_text


def day_and_time(at: datetime | None, studio: Studio, never: str = "") -> str:
    return moment_text(at, studio) or never


def days_text(first: date, last: date | None, studio: Studio) -> str:
    """Days of a range, both included."""
    if last is None:
        return f"since {full_day_text(first, studio)}"
    if first == last:
        return full_day_text(first, studio)
    begins = when.day_text(first, studio) if first.year == last.year else full_day_text(first, studio)
    return f"{begins} – {full_day_text(last, studio)}"


def _met(one: Mapping[str, Any]) -> Met:
    what = " · ".join(filter(None, (one.get("client", ""), *one.get("rooms", ()))))
    return Met(one["number"], routes.booking(one["number"]), one["when"], what, one.get("way_out", ""))


def met_sessions(sessions: Iterable[SessionMet], studio: Studio) -> list[Met]:
    return [
        Met(one.number, routes.booking(one.number), when.session_text(one.start, one.end, studio)) for one in sessions
    ]
