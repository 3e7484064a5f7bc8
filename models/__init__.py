"""Tables only. Importing this package fills `SQLModel.metadata`."""

from models import (
    audit,
    bookings,
    catalog,
    changes,
    clients,
    feeds,
    holds,
    idempotency,
    identity,
    outbox,
    presence,
    rates,
    scheduling,
    series,
    waitlist,
)

__all__ = [
    "audit",
    "bookings",
    "catalog",
    "changes",
    "clients",
    "feeds",
    "holds",
    "idempotency",
    "identity",
    "outbox",
    "presence",
    "rates",
    "scheduling",
    "series",
    "waitlist",
]
