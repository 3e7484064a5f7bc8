"""A booking that is only thought of: its price, and whether its time is free."""

from dataclasses import dataclass
from datetime import datetime

from sqlmodel import Session

from services import online
from services.bookings.lapses import make_way
from services.bookings.ledgers import claim_time
from services.bookings.sale import resolve
from services.bookings.types import NewBooking
from services.core import clock
from services.core.access import Actor, Permission, require
from services.pricing import Quote
from services.scheduling import Answer, SlotTaken


@dataclass(frozen=True, slots=True)
class DryRun:
    quote: Quote
    start: datetime
    """Of online work, when its period begins."""
    end: datetime
    answer: Answer


def dry_run(session: Session, actor: Actor, new: NewBooking, now: datetime | None = None) -> DryRun:
    """What booking this would come to. Claims the time as booking does, and lets it go again."""
    require(actor, Permission.BOOK_ONLINE, Permission.BOOK_SESSIONS)
    online.question(session, actor)
    now = now or clock.now()
    sale = resolve(session, actor, new, now)
    attempt = session.begin_nested()
    try:
        make_way(session, sale.start, sale.occupied_until, now)
        claim_time(session, actor, sale, now)
        answer = Answer(True)
    except SlotTaken as taken:
        answer = taken.answer
    finally:
        if attempt.is_active:
            attempt.rollback()
    return DryRun(sale.quote, sale.start, sale.end, answer)
