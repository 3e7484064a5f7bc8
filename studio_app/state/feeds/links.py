"""Calendar addresses of a room, a person or a client, as one panel shows them everywhere."""

from collections.abc import AsyncIterator
from dataclasses import dataclass
from typing import Any
from urllib.parse import quote

import reflex as rx
from reflex.event import EventSpec

from services import feeds
from services.core.access import Actor, Permission
from services.core.studio import Studio, studio_info
from services.feeds import FeedKind, FeedSubject, FeedView
from studio_app.gate import requires
from studio_app.state.base import AppState
from studio_app.state.editor import by_id, day_and_time
from studio_app.state.form import Form

P = Permission

OWN = "OWN"
"""Instead of a kind: the engineer or performer the person is."""
_TROUBLE = "Shows nothing now: who made it may no longer see this. Make a new link for whoever reads it."
_WHO = (P.VIEW_OWN_SESSIONS, P.VIEW_ALL_SESSIONS, P.MANAGE_CLIENTS)


@dataclass(frozen=True)
class LinkRow:
    id: int
    label: str
    created: str
    last_read: str
    trouble: str = ""
    """Why it answers no more, though nobody revoked it."""


@dataclass(frozen=True)
class Address:
    """A new calendar's address, and the ways to give it to a calendar. Shown once."""

    url: str = ""
    apple: str = ""
    google: str = ""
    outlook: str = ""


class CalendarLinks(AppState):
    rows: list[LinkRow] = []
    is_there: bool = False
    """Whether the person has a calendar of that kind."""
    is_naming: bool = False
    is_working: bool = False
    address: Address = Address()
    asked_id: int = 0
    """The one that is about to be revoked."""
    asked_label: str = ""
    _subject: tuple[str, int] = ("", 0)

    @rx.event
    @requires(*_WHO)
    async def open_panel(self, kind: str, subject_id: int) -> None:
        self.rows, self.is_there, self.is_naming, self.asked_id = [], False, False, 0
        self.address, self._subject = Address(), (kind, subject_id)
        await self._fetch()

    @rx.event
    @requires(*_WHO)
    async def begin(self) -> None:
        self.is_naming, self.address = True, Address()

    @rx.event
    @requires(*_WHO)
    async def stop(self, is_open: bool = False) -> None:
        if not is_open:
            self.is_naming, self.asked_id = False, 0

    @rx.event
    @requires(*_WHO)
    async def create(self, sent: dict[str, Any]) -> AsyncIterator[Any]:
        if not self.is_naming:
            return
        self.is_working = True
        yield
        try:
            made = await self._call(_create, *self._subject, Form.whole(sent).text("feed_label"))
            self.address, self.is_naming = address_of(made.token), False
            await self._fetch()
        finally:
            self.is_working = False

    @rx.event
    @requires(*_WHO)
    async def ask_to_revoke(self, feed_id: int) -> None:
        row = by_id(self.rows, feed_id)
        self.asked_id, self.asked_label = row.id, row.label

    @rx.event
    @requires(*_WHO)
    async def revoke(self) -> Any:
        revoked = await self._call(feeds.revoke_feed, self.asked_id)
        self.asked_id, self.address = 0, Address()
        await self._fetch()
        return rx.toast.success(f"“{revoked.label}” is revoked. Calendars that read it get nothing more.")

    async def _fetch(self) -> None:
        found = await self._call(_list, *self._subject)
        self.is_there = found is not None
        if found is not None:
            self.rows = [_row(feed, found[1]) for feed in found[0]]


def address_of(token: str) -> Address:
    url = feeds.url_of(token)
    webcal = f"webcal://{url.partition('://')[2]}"
    outlook = f"https://outlook.live.com/calendar/0/addfromweb?url={quote(url, safe='')}"
    google = f"https://calendar.google.com/calendar/r?cid={quote(webcal, safe='')}"
    return Address(url=url, apple=webcal, google=google, outlook=outlook)


def copy(url: rx.Var[str]) -> list[EventSpec]:
    return [rx.set_clipboard(url), rx.toast.success("Copied")]


def _create(session: Any, actor: Actor, kind: str, subject_id: int, label: str) -> feeds.NewFeed:
    subject = _subject_of(actor, kind, subject_id)
    return feeds.create_feed(session, actor, subject or FeedSubject(FeedKind.ENGINEER, 0), label)


def _list(session: Any, actor: Actor, kind: str, subject_id: int) -> tuple[tuple[FeedView, ...], Studio] | None:
    """None for who has no calendar of their own."""
    subject = _subject_of(actor, kind, subject_id)
    return None if subject is None else (feeds.list_feeds(session, actor, subject), studio_info(session))


def _subject_of(actor: Actor, kind: str, subject_id: int) -> FeedSubject | None:
    if kind != OWN:
        return FeedSubject(FeedKind(kind), subject_id) if kind in FeedKind.__members__ else None
    if actor.engineer_id is not None:
        return FeedSubject(FeedKind.ENGINEER, actor.engineer_id)
    return None if actor.performer_id is None else FeedSubject(FeedKind.PERFORMER, actor.performer_id)


def _row(feed: FeedView, studio: Studio) -> LinkRow:
    by = f" by {feed.created_by}" if feed.created_by else ""
    return LinkRow(
        id=feed.id,
        label=feed.label,
        created=f"Made {day_and_time(feed.created_at, studio)}{by}",
        last_read=f"Last read {day_and_time(feed.last_read_at, studio)}" if feed.last_read_at else "Never read",
        trouble="" if feed.answers else _TROUBLE,
    )
