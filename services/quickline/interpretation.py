"""From a reading to a receipt: everything settled or asked, priced, and held against the ledger of time."""

from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta

from sqlmodel import Session

from models.bookings import BookingStatus
from models.catalog import ServiceMode
from services import bookings, holds, scheduling
from services.bookings import NewBooking
from services.catalog import ServiceView
from services.core import clock
from services.core.access import Actor
from services.core.errors import DomainError
from services.quickline.catalog_match import (
    Catalog,
    Named,
    mics_of,
    said_of,
    settle_engineer,
    settle_rooms,
    settle_service,
    settle_things,
)
from services.quickline.clarifications import Clarifications
from services.quickline.client_match import Who, settle_client
from services.quickline.rules import day_words, hours_text, replaced
from services.quickline.slot_match import settle_day, settle_length, settle_slot
from services.quickline.types import Instead, Interpretation, Kind, Reading, Said
from services.scheduling import Alternative, EngineerChoice, MicRequest, PeriodCapacity, Reason, ReasonCode, SlotRequest


@dataclass(frozen=True, slots=True)
class Desk:
    """Who asks, when, and what the studio has."""

    session: Session
    actor: Actor
    known: Catalog
    now: datetime

    @property
    def today(self) -> date:
        return clock.business_date(self.now, self.known.studio.zone)


def interpretation_of(desk: Desk, clarifications: Clarifications, reading: Reading) -> Interpretation:
    named = settle_things(clarifications, reading)
    day = settle_day(clarifications, reading, desk.today, desk.known.studio)
    service = settle_service(clarifications, reading, named, desk.known)
    if service and service.mode is ServiceMode.ONLINE:
        return _online(desk, clarifications, reading, service, day)
    return _in_person(desk, clarifications, reading, named, service, day)


def _in_person(
    desk: Desk,
    clarifications: Clarifications,
    reading: Reading,
    named: Named,
    service: ServiceView | None,
    day: date | None,
) -> Interpretation:
    if reading.part_of_day:
        clarifications.understood(Kind.PERIOD, " or ".join(reading.part_of_day.meanings), reading.part_of_day.words)
    slot = settle_slot(desk.session, clarifications, reading, day, service, desk.known.studio)
    rooms = settle_rooms(clarifications, named, desk.known)

    def choices() -> tuple[EngineerChoice, ...]:
        if slot is None or not rooms or service is None:
            return ()
        wish = SlotRequest(slot.start, slot.minutes, rooms)
        return scheduling.engineer_choices(desk.session, desk.actor, wish, service=service.code, now=desk.now)

    engineer_id = settle_engineer(clarifications, named, service, choices)
    base = _base(desk, clarifications, reading)
    receipt = Interpretation(text=reading.text)
    if slot is None:
        return receipt
    receipt = replace(receipt, start=slot.start, end=slot.start + timedelta(minutes=slot.minutes))
    if service is None or not rooms or (service.needs_engineer and engineer_id is None):
        return receipt
    new = replace(
        base.booking(service, slot.start, slot.minutes),
        room_ids=rooms,
        engineer_id=engineer_id,
        mics=mics_of(named),
    )
    return _held_against_time(desk, clarifications, reading, _priced(desk, clarifications, replace(receipt, new=new)))


def _online(
    desk: Desk, clarifications: Clarifications, reading: Reading, service: ServiceView, day: date | None
) -> Interpretation:
    """Sold by parts of the day; rooms, people and microphones have no place in it."""
    out_of_place = [said.words for said in said_of(reading, Kind.ROOM, Kind.ENGINEER, Kind.MIC)]
    out_of_place += [reading.hours.words] if reading.hours else []
    if out_of_place:
        fits_not = ", ".join(f"“{words}”" for words in out_of_place)
        clarifications.problems.append(
            f"{service.name} is done online, in a part of the day: {fits_not} has no place in it."
        )
    period = _period(desk, clarifications, reading, day)
    minutes = settle_length(clarifications, reading, service) if reading.minutes else service.duration_minutes
    base = _base(desk, clarifications, reading)
    receipt = Interpretation(text=reading.text)
    if period is None or minutes is None:
        return receipt
    receipt = replace(receipt, start=period.start, end=period.end)
    new = replace(base.booking(service, period.start, minutes), period=period.name)
    needed, left = minutes + service.buffer_minutes, period.remaining_minutes
    if needed > left:
        short = f"{period.name} has {left} minutes left then; {service.name} needs {needed}."
        receipt = replace(receipt, reasons=(Reason(ReasonCode.CAPACITY_SHORT, short),))
    return _priced(desk, clarifications, replace(receipt, new=new))


def _period(desk: Desk, clarifications: Clarifications, reading: Reading, day: date | None) -> PeriodCapacity | None:
    periods = scheduling.capacity(desk.session, desk.actor, day) if day else ()
    options = {period.name: (period.name, period) for period in periods}
    if day is None:
        return None
    if not options:
        clarifications.problems.append("The studio is closed on that day.")
        return None
    if reading.part_of_day:
        said = {name.casefold() for name in reading.part_of_day.meanings}
        fitting = {name: option for name, option in options.items() if name.casefold() in said}
        return clarifications.settle(Kind.PERIOD, reading.part_of_day, "Which part of the day?", fitting or options)
    return clarifications.choose("period", Kind.PERIOD, "In which part of the day?", options)


@dataclass(frozen=True, slots=True)
class _Base:
    """What a booking has, however its service is done."""

    who: Who
    status: BookingStatus
    notes: str

    def booking(self, service: ServiceView, start: datetime, minutes: int) -> NewBooking:
        return NewBooking(
            mode=service.mode,
            service=service.code,
            start=start,
            minutes=minutes,
            client_id=self.who.client_id,
            client=self.who.new,
            artist=self.who.artist,
            status=self.status,
            notes=self.notes,
        )


def _base(desk: Desk, clarifications: Clarifications, reading: Reading) -> _Base:
    who = settle_client(desk.session, desk.actor, clarifications, reading)
    status, notes = BookingStatus.PENDING, []
    if reading.status:
        status = reading.status.meanings[0]
        clarifications.understood(Kind.STATUS, status.capitalize(), reading.status.words)
    if reading.notes:
        notes.append(reading.notes.meanings[0])
        clarifications.understood(Kind.NOTES, reading.notes.meanings[0], reading.notes.words)
    notes += [_unknown(clarifications, said) for said in reading.unknown]
    return _Base(who, status, "\n".join(note for note in notes if note))


def _unknown(clarifications: Clarifications, said: Said[str]) -> str:
    """Nothing is dropped silently: it goes into the notes, or somebody says that it may go."""
    options = {"notes": ("Put it in the notes", said.words), "drop": ("Leave it out", "")}
    key = f"words:{said.words.casefold()}"
    return clarifications.choose(key, Kind.WORDS, f"“{said.words}” was not understood.", options, said.words) or ""


def _priced(desk: Desk, clarifications: Clarifications, receipt: Interpretation) -> Interpretation:
    if receipt.new is None:
        return receipt
    try:
        return replace(receipt, quote=bookings.quote(desk.session, desk.actor, receipt.new))
    except DomainError as refusal:
        clarifications.problems.append(refusal.message)
        return receipt


def _held_against_time(
    desk: Desk, clarifications: Clarifications, reading: Reading, receipt: Interpretation
) -> Interpretation:
    new = receipt.new
    if new is None:
        return receipt
    mics = tuple(MicRequest(mic.id, mic.quantity) for mic in new.mics)
    wish = SlotRequest(new.start, new.minutes or 0, new.room_ids, engineer_id=new.engineer_id, mics=mics)
    try:
        answer = scheduling.why(desk.session, desk.actor, wish, service=new.service, now=desk.now)
    except DomainError as refusal:
        clarifications.problems.append(refusal.message)
        return receipt
    instead = tuple(_instead(desk, reading, new, one) for one in answer.alternatives)
    notes = () if new.status is BookingStatus.HOLD else _held_then(desk, wish)
    return replace(receipt, reasons=answer.reasons, instead=instead, notes=notes)


def _held_then(desk: Desk, wish: SlotRequest) -> tuple[str, ...]:
    said = holds.overtaken_words(desk.actor, holds.holds_met_by(desk.session, wish))
    return (said,) if said else ()


def _instead(desk: Desk, reading: Reading, new: NewBooking, alternative: Alternative) -> Instead:
    """The same line, asking for what is free."""
    zone = desk.known.studio.zone
    start = alternative.start.astimezone(zone)
    end = alternative.start + timedelta(minutes=new.minutes or 0)
    has_length = reading.minutes is not None and not (reading.hours and any(h.end for h in reading.hours.meanings))
    when = f"{day_words(start.date())} {hours_text(start, None if has_length else end.astimezone(zone))}"
    old = [span for said in (reading.day, reading.hours, reading.part_of_day) if said for span in said.spans]
    changes = [(old, when)]
    if alternative.room_ids != new.room_ids:
        names = {room.id: room.name for room in desk.known.rooms}
        rooms = " + ".join(names[room_id] for room_id in alternative.room_ids)
        changes.append(([span for said in said_of(reading, Kind.ROOM) for span in said.spans], rooms))
    if alternative.engineer_id not in (new.engineer_id, None):
        name = next((one.name for one in desk.known.engineers if one.id == alternative.engineer_id), "")
        changes.append(([span for said in said_of(reading, Kind.ENGINEER) for span in said.spans], name))
    return Instead(alternative.label, replaced(reading.text, changes))
