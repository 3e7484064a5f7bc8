"""The price panel: the quote of what is answered so far, never a guess."""

from dataclasses import replace
from datetime import date, datetime, timedelta
from typing import Any

from services import bookings, catalog
from services.catalog import ServiceView
from services.core import clock
from services.core import dates as when
from services.core.access import Actor
from services.core.errors import DomainError
from services.core.money import as_text, to_text
from services.core.studio import Studio, studio_info
from services.pricing import Quote
from studio_app.state.bookings.wizard.answers import Answers, to_booking
from studio_app.state.bookings.wizard.shown import Price, PriceLine


def read_price(session: Any, actor: Actor, answers: Answers, *, is_public: bool) -> Price:
    """Lines and total as they would be stored; before they can be known, what they wait for."""
    studio = studio_info(session)
    about = _about(session, answers, studio)
    waiting = _waits_for(answers)
    if waiting:
        return Price(about=about, note=waiting)
    try:
        quote = bookings.quote(session, actor, _priced(answers, is_public))
    except DomainError as refusal:
        return Price(about=about, note=refusal.message)
    return replace(
        _shown(quote, studio, about),
        note=_cancelling(answers, studio, quote, is_public=is_public),
        held=_held(answers, studio, quote),
    )


def total_of(session: Any, actor: Actor, answers: Answers, *, is_public: bool) -> int | None:
    """The total of other answers, for a comparison; None where it cannot be known."""
    try:
        return bookings.quote(session, actor, _priced(answers, is_public)).total_cents
    except DomainError:
        return None


def service_of(session: Any, answers: Answers) -> ServiceView | None:
    return catalog.service_by_code(session, answers.service) if answers.service else None


def minutes_of(session: Any, answers: Answers) -> int:
    """How long the session is to be: as chosen, else as long as its service, else an hour."""
    service = service_of(session, answers)
    return answers.minutes or (service.duration_minutes if service else 60)


def day_of(answers: Answers, studio: Studio) -> date | None:
    """The local date of the start: after midnight it is the one after the evening it was found under."""
    if answers.is_online or not answers.start:
        return answers.date
    return clock.business_date(datetime.fromisoformat(answers.start), studio.zone)


def money_text(cents: int, studio: Studio) -> str:
    return as_text(cents, studio.currency, studio.locale)


def _priced(answers: Answers, is_public: bool) -> bookings.NewBooking:
    """Texts that cannot change the price are left out: half-typed ones would be refused."""
    bare = replace(answers, referral_type="", payments=(), sign_as="", notes="", artist="")
    return to_booking(bare, is_public=is_public)


def _waits_for(answers: Answers) -> str:
    if not answers.service:
        return "The price shows as soon as the service is chosen."
    if answers.is_online:
        return "" if answers.day and answers.period else "Choose a part of the day to see the price."
    return "" if answers.room_ids and answers.start else "Choose room and start to see the price."


def _about(session: Any, answers: Answers, studio: Studio) -> list[str]:
    """What is being booked, in two or three short lines."""
    service = service_of(session, answers)
    day = day_of(answers, studio)
    first = " · ".join(filter(None, (service.name if service else "", when.day_text(day, studio) if day else "")))
    if answers.is_online:
        return [text for text in (first, answers.period) if text]
    rooms = catalog.rooms_by_id(session, answers.room_ids) if answers.room_ids else {}
    names = ", ".join(rooms[room_id].name for room_id in answers.room_ids if room_id in rooms)
    return [text for text in (first, _span(session, answers, studio), names) if text]


def _span(session: Any, answers: Answers, studio: Studio) -> str:
    if not answers.start:
        return ""
    start = datetime.fromisoformat(answers.start)
    return when.span_text(start, start + timedelta(minutes=minutes_of(session, answers)), studio)


def _shown(quote: Quote, studio: Studio, about: list[str]) -> Price:
    return Price(
        about=about,
        lines=[PriceLine(line.description, money_text(line.amount_cents, studio)) for line in quote.lines],
        is_known=True,
        total=money_text(quote.total_cents, studio),
        total_cents=quote.total_cents,
        deposit=f"Deposit to confirm, {studio.deposit_pct}%" if quote.deposit_cents else "",
        deposit_value=to_text(quote.deposit_cents),
        deposit_text=money_text(quote.deposit_cents, studio) if quote.deposit_cents else "",
    )


def _cancelling(answers: Answers, studio: Studio, quote: Quote, *, is_public: bool) -> str:
    """Until when it is free; where that is over already, what it costs from the signature on."""
    hours, begins = studio.free_cancel_hours, _begins(answers)
    fee_cents = bookings.cancellation_fee(quote.total_cents, studio, begins, clock.now()) if begins else 0
    said = f"Free to cancel until {hours} hours before."
    if fee_cents:
        fee = money_text(fee_cents, studio)
        said = f"It is less than {hours} hours until then: once signed, cancelling costs {fee}."
    return f"{said} Nothing is charged before you sign." if is_public else said


def _held(answers: Answers, studio: Studio, quote: Quote) -> str:
    """How long the time waits for its deposit, as far as that can be said before it is booked."""
    if not quote.deposit_cents:
        return "We hold your time. Somebody of the studio confirms it and writes to you."
    begins, hours = _begins(answers), studio.deposit_deadline_hours
    if begins and begins <= clock.now() + timedelta(hours=hours):
        return "We hold your time until the session begins; the deposit must be here by then."
    return f"We hold your time for {hours} hours; the deposit must be here by then."


def _begins(answers: Answers) -> datetime | None:
    """None for online work: it has a part of a day."""
    return None if answers.is_online or not answers.start else datetime.fromisoformat(answers.start)
