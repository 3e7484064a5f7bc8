"""What is written to whom when a hold is challenged or left: rows of the outbox."""

from collections.abc import Collection, Iterable, Mapping
from datetime import datetime
from functools import partial

from sqlmodel import Session, col, select

from models.bookings import Booking
from models.holds import ChallengeOutcome, Hold
from models.outbox import DeliveryType
from services import scheduling
from services.core import outbox, stuck
from services.core.access import SYSTEM, Role
from services.core.config import settings
from services.core.dates import day_time_text, session_text
from services.core.freed import Freed
from services.core.studio import Studio, studio_info
from services.holds.queries import held_session, slot_request_of
from services.holds.queue import given_back, holds_met
from services.holds.rules import last_moment, ordinal, place_among
from services.holds.types import HeldSession, MetHold

_ENDED = {
    ChallengeOutcome.CONFIRMED: "is confirmed",
    ChallengeOutcome.RELEASED: "is released",
    ChallengeOutcome.EXPIRED: "has expired",
}


def ranks(session: Session, ids: Collection[int]) -> dict[int, int]:
    """Where each of these holds stands."""
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
    session: Session, held: HeldSession, behind: Collection[MetHold], outcome: ChallengeOutcome, now: datetime
) -> None:
    """To its client (who hears of a confirmation anyway), to the clients behind it, and to the studio."""
    is_gone = outcome is ChallengeOutcome.CONFIRMED
    if not is_gone:
        to_client(session, held.id, f"Your hold {_ENDED[outcome]}", "The time is not kept for you any more.")
    for one in behind:
        if is_gone:
            to_client(session, one.id, "The time you held is gone", _instead(session, one.id, now))
        else:
            text = f"Somebody above you has let go: yours is now the {ordinal(one.rank)} hold.{_may_confirm(one.rank)}"
            to_client(session, one.id, f"Yours is now the {ordinal(one.rank)} hold", text)
    moved = [f"{one.number} ({one.client_name}) is now the {ordinal(one.rank)} hold." for one in behind]
    to_staff(session, held, f"Hold {_ENDED[outcome]}", "\n".join(moved))


def tell_overtaken(session: Session, met: Collection[MetHold], now: datetime) -> None:
    """A session has taken the time of these holds: their clients hear that it is gone, and what is free instead."""
    for one in met:
        to_client(session, one.id, "The time you held is gone", _instead(session, one.id, now))


def tell_free_again(session: Session, spans: Iterable[Freed], now: datetime) -> None:
    """Sessions have given these back: to those who had heard that the time is gone, where nobody else took it."""
    ids = given_back(session, spans, now)
    met = holds_met(session, ids) if ids else {}
    for id_ in ids:
        rank = place_among(met.get(id_, ()))
        text = f"Whoever had booked it has let go: yours is the {ordinal(rank)} hold.{_may_confirm(rank)}"
        tell = partial(to_client, session, id_, "The time you held is free again", text)
        stuck.settled_beside(session, "tell_holder", id_, now, tell)


def to_client(session: Session, booking_id: int, subject: str, text: str) -> None:
    held, studio = held_session(session, booking_id), studio_info(session)
    if not held.client_email:
        return
    link = f"{settings().public_url}/booking/{held.token}"
    what = f"{held.service_name}, {session_text(held.start, held.end, studio)}"
    body = f"{what}\n\n{text}\n\nEverything about it: {link}\n\n{studio.name}\n{studio.phone}"
    outbox.queue(session, DeliveryType.HOLD_CHANGED, held.client_email, f"{subject}: {held.number}", body, held.id)


def to_staff(session: Session, held: HeldSession, subject: str, text: str) -> None:
    what = f"{held.client_name}\n{held.service_name}, "
    when = session_text(held.start, held.end, studio_info(session))
    body = f"{what}{when}\n\n{text}\n\n{settings().public_url}/bookings/{held.number}"
    staff = (Role.ADMIN, Role.MANAGER)
    outbox.queue(session, DeliveryType.HOLD_CHANGED, staff, f"{subject}: {held.number}", body, held.id)


def challenged(session: Session, challenger_id: int, challenged_id: int, due_at: datetime, studio: Studio) -> None:
    until = day_time_text(due_at, studio)
    asked = f"Somebody else would like this time. Tell us by {until} if you want it; otherwise the hold ends then."
    to_client(session, challenged_id, "Please confirm or release your hold", asked)
    waiting = f"We have asked the hold above yours; it has until {until} to answer. You will hear what becomes of it."
    to_client(session, challenger_id, "The hold above yours is asked", waiting)
    above, below = held_session(session, challenged_id), held_session(session, challenger_id)
    text = f"{below.number} ({below.client_name}) challenges it. It has until {until} to confirm or release."
    to_staff(session, above, "Hold challenged", text)


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
    offers = scheduling.why(session, SYSTEM, slot_request_of(session, booking_id), now=now).alternatives
    text = "Somebody else has booked it."
    if offers:
        text += " Free instead: " + "; ".join(one.label for one in offers) + "."
    return text
