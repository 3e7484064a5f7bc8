"""Time that becomes free is offered in the transaction that frees it: nobody who comes later takes it first.

Holds keep nobody from it (domain 7): whoever had held what nobody waits for hears that it is free again.
"""

from collections.abc import Collection
from datetime import date, datetime, timedelta
from functools import partial

from sqlalchemy import ColumnElement, or_
from sqlmodel import Session, col, select

from models.waitlist import WaitlistWish, WishStatus
from services import holds
from services.core import clock, db, freed, stuck
from services.core.freed import Freed
from services.core.studio import studio_zone
from services.waitlist.matching import offer

_AT_ONCE = 25
"""Wishes looked at in one transaction; the job comes for the others within a second."""


@db.before_commit
def offer_what_is_free(session: Session) -> None:
    offer_freed(session, clock.now())


def offer_freed(session: Session, now: datetime) -> None:
    """To the oldest wish it fits, and so on; an offer frees nothing, so that this ends."""
    if spans := freed.take(session):
        _offer(session, spans, now)
        holds.tell_free_again(session, spans, now)


def _offer(session: Session, spans: Collection[Freed], now: datetime) -> None:
    ahead = [one for one in spans if one.end > now]
    waiting = select(WaitlistWish.id).where(WaitlistWish.status == WishStatus.WAITING)
    if not ahead or session.exec(waiting.limit(1)).first() is None:
        return
    zone = studio_zone(session)
    days = {(clock.business_date(one.start, zone), clock.business_date(one.end, zone)) for one in ahead}
    waits = waiting.where(or_(*(_touches(first, last) for first, last in days)))
    for wish_id in session.exec(waits.order_by(col(WaitlistWish.id)).limit(_AT_ONCE)).all():
        stuck.settled_beside(session, "offer_freed", wish_id or 0, now, partial(offer, session, wish_id or 0, now))


def _touches(first: date, last: date) -> ColumnElement[bool]:
    """The night after its last day belongs to a wish too."""
    return (col(WaitlistWish.first_day) <= last) & (col(WaitlistWish.last_day) >= first - timedelta(days=1))
