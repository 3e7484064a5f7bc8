"""What is written to whom when a hold is challenged or left: rows of the outbox."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import datetime
from functools import partial

from sqlmodel import Session, col, select

from models.bookings import Booking, BookingStatus
from models.holds import ChallengeOutcome, Hold
from models.outbox import DeliveryType
from services import scheduling
from services.bookings import detail
from services.bookings.hold_clocks import last_moment
from services.bookings.ledgers import wish_of
from services.bookings.ranks import MetHold, given_back, holds_met, place_among
from services.bookings.rules import ordinal
from services.bookings.types import BookingView
from services.core import outbox, stuck
from services.core.access import SYSTEM, Role
from services.core.config import settings
from services.core.dates import day_time_text, session_text
from services.core.freed import Freed
from services.core.studio import Studio, studio_info

_ENDED = {
    ChallengeOutcome.CONFIRMED: "is confirmed",
    ChallengeOutcome.RELEASED: "is released",
    ChallengeOutcome.EXPIRED: "has expired",
}


def ranks(session: Session, placed: Sequence[BookingView]) -> dict[int, int]:
    """Where each of these stands; what is no hold is left out."""
    ids = [one.id for one in placed if one.status is BookingStatus.HOLD]
    met = holds_met(session, ids) if ids else {}
    return {id_: place_among(met.get(id_, ())) for id_ in ids}


def standing(of: Mapping[int, int]) -> dict[int, str]:
    return {id_: f"It is the {ordinal(rank)} hold." for id_, rank in of.items()}


def next_steps(session: Session, of: Mapping[int, int], studio: Studio) -> dict[int, str]:
    """What each means for its client: whether it is theirs to confirm, and until when it stays."""
    statement = select(Hold.id, Hold.expires_at, Booking.start).join(Booking, col(Booking.id) == col(Hold.id))
    found = session.exec(statement.where(col(Hold.id).in_(of)))
    return {id_: f"{_standing(of[id_])}{_until(last_moment(kept, start), studio)}" for id_, kept, start in found}


def left(
    session: Session, booking: BookingView, behind: Collection[MetHold], outcome: ChallengeOutcome, now: datetime
) -> None:
    """To its client (who hears of a confirmation anyway), to the clients behind it, and to the studio."""
    is_gone = outcome is ChallengeOutcome.CONFIRMED
    if not is_gone:
        to_client(session, booking.id, f"Your hold {_ENDED[outcome]}", "The time is not kept for you any more.")
    for one in behind:
        if is_gone:
            to_client(session, one.id, "The time you held is gone", _instead(session, one.id, now))
        else:
            text = f"Somebody above you has let go: yours is now the {ordinal(one.rank)} hold.{_may_confirm(one.rank)}"
            to_client(session, one.id, f"Yours is now the {ordinal(one.rank)} hold", text)
    moved = [f"{one.number} ({one.client_name}) is now the {ordinal(one.rank)} hold." for one in behind]
    to_staff(session, booking, f"Hold {_ENDED[outcome]}", "\n".join(moved))


def overtaken(session: Session, met: Collection[MetHold], now: datetime) -> None:
    """A session has taken the time of these holds: their clients hear that it is gone, and what is free instead."""
    for one in met:
        to_client(session, one.id, "The time you held is gone", _instead(session, one.id, now))


def free_again(session: Session, spans: Iterable[Freed], now: datetime) -> None:
    """Sessions have given these back: to those who had heard that the time is gone, where nobody else took it."""
    ids = given_back(session, spans, now)
    met = holds_met(session, ids) if ids else {}
    for id_ in ids:
        rank = place_among(met.get(id_, ()))
        text = f"Whoever had booked it has let go: yours is the {ordinal(rank)} hold.{_may_confirm(rank)}"
        tell = partial(to_client, session, id_, "The time you held is free again", text)
        stuck.settled_beside(session, "tell_holder", id_, now, tell)


def to_client(session: Session, booking_id: int, subject: str, text: str) -> None:
    held, studio = whole(session, booking_id), studio_info(session)
    if not held.client.email:
        return
    link = f"{settings().public_url}/booking/{held.public_token}"
    what = f"{held.service_name}, {session_text(held.start, held.end, studio)}"
    body = f"{what}\n\n{text}\n\nEverything about it: {link}\n\n{studio.name}\n{studio.phone}"
    outbox.queue(session, DeliveryType.HOLD_CHANGED, held.client.email, f"{subject}: {held.number}", body, held.id)


def to_staff(session: Session, held: BookingView, subject: str, text: str) -> None:
    what = f"{held.client.name}\n{held.service_name}, "
    when = session_text(held.start, held.end, studio_info(session))
    body = f"{what}{when}\n\n{text}\n\n{settings().public_url}/bookings/{held.number}"
    staff = (Role.ADMIN, Role.MANAGER)
    outbox.queue(session, DeliveryType.HOLD_CHANGED, staff, f"{subject}: {held.number}", body, held.id)


def whole(session: Session, booking_id: int) -> BookingView:
    return detail.full_view_of(session, booking_id)


def _standing(rank: int) -> str:
    yours = f"It is pencilled in for you as the {ordinal(rank)} hold"
    if rank == 1:
        return f"{yours}: tell us if you want it confirmed."
    return f"{yours}: somebody has asked before you. If they let go, we write to you."


def _until(expires_at: datetime | None, studio: Studio) -> str:
    if expires_at is None:
        return ""
    return f" It ends by itself on {day_time_text(expires_at, studio)}."


def _may_confirm(rank: int) -> str:
    return " Tell us if you want it confirmed." if rank == 1 else ""


def _instead(session: Session, booking_id: int, now: datetime) -> str:
    booking = session.get_one(Booking, booking_id)
    offers = scheduling.why(session, SYSTEM, wish_of(session, booking), now=now).alternatives
    text = "Somebody else has booked it."
    if offers:
        text += " Free instead: " + "; ".join(one.label for one in offers) + "."
    return text
