"""A change as it is shown before it is made."""

from sqlmodel import Session

from services.bookings import paid_of, total_of
from services.changes import notices
from services.changes.effects import effects
from services.changes.overtaking import overtaken
from services.changes.plan import Plan
from services.changes.snapshot import SessionSnapshot
from services.changes.types import SWAP_NOTE, Preview, Recipient
from services.core.access import Actor, Permission
from services.holds import overtaken_words
from services.scheduling import Answer


def shown(
    session: Session, actor: Actor, made: Plan, after: SessionSnapshot, answer: Answer, *, is_exchange: bool = False
) -> Preview:
    booking, money = made.booking, actor.can(Permission.VIEW_CLIENT_MONEY)
    total = total_of(session, booking.id or 0) + made.difference_cents
    before_side, after_side = made.before.side(), after.side()
    held = overtaken_words(actor, overtaken(session, booking, made.before, after))
    rooms_change = [room.id for room in made.before.rooms] != [room.id for room in after.rooms]
    return Preview(
        number=booking.number,
        version=booking.version,
        kind=made.kind,
        before=before_side,
        after=after_side,
        lines=made.lines if money else (),
        price_difference_cents=made.difference_cents if money else None,
        total_cents=total if money else None,
        balance_cents=total - paid_of(session, booking.id or 0) if money else None,
        effects=(*effects(made, after, is_exchange=is_exchange), *([held] if held else [])),
        told=as_seen(actor, notices.recipients(session, booking, before_side, after_side)),
        note=SWAP_NOTE if rooms_change else "",
        bookable=answer.bookable,
        reasons=answer.reasons,
        alternatives=answer.alternatives,
    )


def as_seen(actor: Actor, told: tuple[Recipient, ...]) -> tuple[Recipient, ...]:
    """Clients' addresses only for those who may see clients."""
    if actor.can(Permission.VIEW_CLIENTS):
        return told
    return tuple(Recipient(one.name, one.who, "") if one.who == "client" else one for one in told)
