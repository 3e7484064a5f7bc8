"""What a click elsewhere already knows: `/bookings/new?start=&room=&client=`."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime
from typing import Any

from services import catalog
from services.core import clock
from services.core.access import Actor
from services.core.errors import DomainError
from services.core.studio import studio_info
from studio_app.state.bookings.wizard.answers import Answers
from studio_app.state.bookings.wizard.people import taken


def prefilled(session: Any, actor: Actor, query: Mapping[str, str]) -> Answers:
    """An address can say anything: what does not fit is left out."""
    answers = _at(session, Answers(), query.get("start", ""))
    room_id = _number(query.get("room", ""))
    if room_id and catalog.rooms_by_id(session, [room_id]):
        answers = replace(answers, room_ids=(room_id,))
    client_id = _number(query.get("client", ""))
    try:
        return taken(session, actor, answers, client_id) if client_id else answers
    except DomainError:
        return answers


def _at(session: Any, answers: Answers, text: str) -> Answers:
    zone = studio_info(session).zone
    try:
        start = clock.to_instant(datetime.fromisoformat(text.replace(" ", "+")), zone)
    except (ValueError, OverflowError, DomainError):
        return answers
    return replace(answers, day=clock.business_date(start, zone).isoformat(), start=start.isoformat())


def _number(text: str) -> int:
    return int(text) if text.isascii() and text.isdigit() and len(text) < 10 else 0
