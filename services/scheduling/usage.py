"""How much of the rooms' open time is in use."""

from dataclasses import asdict
from datetime import date

from sqlmodel import Session

from services import clock
from services.access import Actor, Permission, require
from services.catalog import zone
from services.scheduling.statements import USAGE


def rooms_in_use(session: Session, actor: Actor, first_day: date, days: int) -> float | None:
    """Booked minutes of all rooms on sale ÷ their open minutes, without buffers; None when nothing is open.

    Closures and lockouts are no open time.
    """
    require(actor, Permission.VIEW_ALL_SESSIONS)
    here = zone(session)
    start, end = clock.day_bounds(first_day, days, here)
    wall = asdict(clock.offsets(here, first_day, end.date()))
    row = session.execute(USAGE, {"first": first_day, "days": days, "start": start, "end": end, **wall}).one()
    return float(row.booked / row.open) if row.open else None
