"""Who is told that an engineer asks to be replaced, and what came of it."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import func, select
from sqlmodel import Session, col

from models.catalog import Engineer
from models.changes import SwapRequestStatus
from models.identity import User
from models.outbox import DeliveryType
from services.core import outbox
from services.core.access import Role
from services.core.config import settings
from services.core.dates import session_text
from services.core.studio import studio_info

_OUTCOMES = {
    SwapRequestStatus.DONE: "you have been replaced",
    SwapRequestStatus.DECLINED: "your session stays with you",
}


@dataclass(frozen=True, slots=True)
class SwapRequestView:
    id: int
    booking_id: int
    number: str
    engineer_id: int
    engineer_name: str
    reason: str
    status: SwapRequestStatus
    start: datetime
    end: datetime
    service_name: str
    room_names: tuple[str, ...]
    client_name: str


def asked(session: Session, request: SwapRequestView) -> None:
    """The managers and the booking desk."""
    body = f"{request.engineer_name} asks to be replaced: {request.reason}\n{_what(session, request)}"
    subject = f"{request.number}: {request.engineer_name} asks to be replaced"
    staff = (Role.MANAGER, Role.BOOKING_AGENT)
    outbox.queue(session, DeliveryType.SWAP_REQUESTED, staff, subject, body, request.booking_id)


def settled(session: Session, request: SwapRequestView, note: str) -> None:
    """The engineer, where they sign in or else where they are reached."""
    address = session.execute(
        select(func.coalesce(col(User.email), col(Engineer.email)))
        .select_from(Engineer)
        .outerjoin(User, col(User.id) == Engineer.user_id)
        .where(col(Engineer.id) == request.engineer_id)
    ).scalar_one()
    if not address:
        return
    subject = f"{request.number}: {_OUTCOMES[request.status]}"
    body = "\n\n".join(filter(None, (_what(session, request), note)))
    outbox.queue(session, DeliveryType.SWAP_REQUESTED, address, subject, body, request.booking_id)


def _what(session: Session, request: SwapRequestView) -> str:
    when = session_text(request.start, request.end, studio_info(session))
    rooms = ", ".join(request.room_names)
    return f"{request.service_name}, {when}\n{rooms}\n\n{settings().public_url}/bookings/{request.number}"
