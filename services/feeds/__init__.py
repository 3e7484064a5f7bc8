"""Sessions in people's own calendars: private addresses that can be revoked."""

from services.feeds.service import (
    create_feed,
    create_own_feed,
    list_feeds,
    own_feeds,
    render,
    revoke_feed,
    revoke_own_feed,
    single,
    url_of,
)
from services.feeds.types import FeedKind, FeedSubject, FeedView, NewFeed, Rendered

__all__ = [
    "FeedKind",
    "FeedSubject",
    "FeedView",
    "NewFeed",
    "Rendered",
    "create_feed",
    "create_own_feed",
    "list_feeds",
    "own_feeds",
    "render",
    "revoke_feed",
    "revoke_own_feed",
    "single",
    "url_of",
]
