"""When engineers work, day by day: their weekly hours and their extra time."""

from datetime import date

from sqlmodel import Session

from models.catalog import ResourceKind
from services.core.access import Actor, Permission, require
from services.core.errors import Invalid
from services.core.studio import studio_zone
from services.scheduling import queries
from services.scheduling.types import Span

_MAX_DAYS = 62


def engineers_at_work(session: Session, actor: Actor, first_day: date, days: int) -> dict[int, tuple[Span, ...]]:
    """Spans by engineer, on into the night after the last day; closures, sessions and time off are not taken off.

    Engineers get themselves alone.
    """
    require(actor, Permission.VIEW_ALL_SESSIONS, Permission.VIEW_OWN_SESSIONS)
    if not 1 <= days <= _MAX_DAYS:
        raise Invalid(f"Ask for 1 to {_MAX_DAYS} days.", field="days")
    own = () if actor.engineer_id is None else (actor.engineer_id,)
    ids = None if actor.can(Permission.VIEW_ALL_SESSIONS) else own
    zone = studio_zone(session)
    picture = queries.picture(session, zone, first_day, days, minutes=1, room_ids=(), engineer_ids=ids)
    return {one.id: one.hours.spans() for one in picture.of_kind(ResourceKind.ENGINEER)}
