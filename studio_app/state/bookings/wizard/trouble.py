"""What is in the way, as the wizard tells it, with alternatives that apply themselves."""

from dataclasses import replace
from datetime import datetime
from typing import Any

from services import scheduling
from services.core import clock
from services.core.access import Actor
from services.core.studio import Studio, studio_info
from services.scheduling import Alternative, Answer
from studio_app.state.bookings.wizard.answers import Answers
from studio_app.state.bookings.wizard.places import start_label, wish_of
from studio_app.state.bookings.wizard.price import money_text, total_of
from studio_app.state.bookings.wizard.shown import Offer, Trouble


def why_not(session: Any, actor: Actor, answers: Answers, start: str, *, is_public: bool) -> Trouble:
    """The reasons against a start, or no trouble where it became free in the meantime."""
    found = scheduling.why(session, actor, wish_of(session, answers, start), service=answers.service)
    if found.bookable:
        return Trouble()
    studio = studio_info(session)
    title = f"{start_label(datetime.fromisoformat(start), answers.date, studio)} is not free"
    return trouble_of(session, actor, replace(answers, start=start), found, title, is_public=is_public)


def trouble_of(session: Any, actor: Actor, answers: Answers, found: Answer, title: str, *, is_public: bool) -> Trouble:
    studio = studio_info(session)
    asked = total_of(session, actor, answers, is_public=is_public)
    return Trouble(
        title=title,
        lines=list(dict.fromkeys(reason.message for reason in found.reasons)),
        offers=[_offer(session, actor, answers, one, asked, studio, is_public) for one in found.alternatives],
    )


def applied(answers: Answers, offer: Offer) -> Answers:
    """The answers with the alternative taken."""
    if answers.is_online:
        return replace(answers, day=offer.day, period=offer.period)
    engineer_id = offer.engineer_id or answers.engineer_id
    rooms = tuple(offer.room_ids) or answers.room_ids
    return replace(answers, day=offer.day, start=offer.start, room_ids=rooms, engineer_id=engineer_id, let_go="")


def _offer(
    session: Any,
    actor: Actor,
    answers: Answers,
    one: Alternative,
    asked: int | None,
    studio: Studio,
    is_public: bool,
) -> Offer:
    day = clock.business_date(one.start, studio.zone)
    offer = Offer(
        label=one.label,
        start=one.start.isoformat(),
        day=day.isoformat(),
        room_ids=list(one.room_ids),
        engineer_id=one.engineer_id or 0,
        period=_period(session, actor, one) if answers.is_online else "",
    )
    other = total_of(session, actor, applied(answers, offer), is_public=is_public)
    if asked is None or other is None or other == asked:
        return offer
    sign = "+" if other > asked else ""
    return replace(offer, label=f"{one.label} · {sign}{money_text(other - asked, studio)}")


def _period(session: Any, actor: Actor, one: Alternative) -> str:
    day = clock.business_date(one.start, studio_info(session).zone)
    periods = scheduling.capacity(session, actor, day)
    return next((period.name for period in periods if period.start == one.start), "")
