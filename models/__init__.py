"""Tables only. Importing this package fills `SQLModel.metadata`."""

from models import audit, bookings, catalog, clients, identity, outbox, scheduling

__all__ = ["audit", "bookings", "catalog", "clients", "identity", "outbox", "scheduling"]
