"""When performers are free on a day."""

from dataclasses import asdict
from datetime import date

from sqlmodel import Session

from services.core.access import Actor, Permission, require
from services.core.clock import day_bounds, offsets
from services.core.studio import studio_zone
from services.scheduling.span_set import SpanSet
from services.scheduling.statements import PERFORMERS
from services.scheduling.types import PersonFree


def performer_availability(session: Session, actor: Actor, day: date) -> tuple[PersonFree, ...]:
    """Within the local day: hours − closures − what takes their time. Performers get themselves alone."""
    require(actor, Permission.BOOK_SESSIONS, Permission.VIEW_ALL_SESSIONS, Permission.UPDATE_OWN_AVAILABILITY)
    zone = studio_zone(session)
    start, end = day_bounds(day, 1, zone)
    is_all = actor.can(Permission.BOOK_SESSIONS) or actor.can(Permission.VIEW_ALL_SESSIONS)
    asked = {"day": day, "start": start, "end": end, "is_all": is_all, "own": actor.performer_id or 0}
    asked |= asdict(offsets(zone, day, day))
    return tuple(PersonFree(row.id, row.name, SpanSet(row.free).spans()) for row in session.execute(PERFORMERS, asked))
