"""Whose calendar it is, and what an event of it says."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum


class FeedKind(StrEnum):
    ROOM = "ROOM"
    ENGINEER = "ENGINEER"
    PERFORMER = "PERFORMER"
    CLIENT = "CLIENT"


@dataclass(frozen=True, slots=True)
class FeedSubject:
    kind: FeedKind
    id: int


@dataclass(frozen=True, slots=True)
class FeedView:
    id: int
    subject: FeedSubject
    label: str
    created_at: datetime
    created_by: str
    last_read_at: datetime | None
    answers: bool = True
    """Not while what it is of is gone, or who made it may not see that any more."""


@dataclass(frozen=True, slots=True)
class NewFeed:
    """The token is shown this once; only its hash is kept."""

    view: FeedView
    token: str


@dataclass(frozen=True, slots=True)
class Rendered:
    content: bytes
    etag: str
    changed_at: datetime
    """When anything in it was last changed."""


class EventStatus(StrEnum):
    TENTATIVE = "TENTATIVE"
    CONFIRMED = "CONFIRMED"
    CANCELLED = "CANCELLED"


@dataclass(frozen=True, slots=True, kw_only=True)
class Event:
    """`uid` stays the same for ever; a higher `version` replaces what calendars have."""

    uid: str
    version: int
    changed_at: datetime
    start: datetime
    end: datetime
    status: EventStatus
    summary: str
    location: str = ""
    description: str = ""
    is_busy: bool = True
