"""Who is booking, and which engineer works with them."""

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from services import bookings, catalog, clients, scheduling
from services.bookings import BookingFilters
from services.clients import ClientRow
from services.core import phones
from services.core.access import Actor
from services.core.clock import business_date
from services.core.dates import day_text
from services.core.paging import PageRequest
from services.core.studio import studio_info
from services.scheduling import EngineerChoice
from studio_app.state.bookings.wizard.answers import Answers
from studio_app.state.bookings.wizard.days import next_free_day
from studio_app.state.bookings.wizard.places import wish_of
from studio_app.state.bookings.wizard.shown import EngineerCard, Engineers, FoundClient

_RECENT = 6


def find_clients(session: Any, actor: Actor, q: str) -> list[FoundClient]:
    """By what is typed; without a word, those whose bookings were made last."""
    if q.strip():
        return [_found(row) for row in clients.search_clients(session, actor, q)]
    return _recent(session, actor)


def taken(session: Any, actor: Actor, answers: Answers, client_id: int) -> Answers:
    """With the client chosen, and the artist when there is only one to choose."""
    client = clients.get_client(session, actor, client_id)
    names = [artist.name for artist in client.artists if artist.is_active]
    return replace(
        answers,
        client_id=client.id,
        client_name=client.name,
        name="",
        email="",
        phone="",
        artist=names[0] if len(names) == 1 else answers.artist if answers.artist in names else "",
    )


def last_booking(session: Any, actor: Actor, client_id: int) -> tuple[str, str]:
    """(number, `Recording, Studio A, 4 h with Maya`) of the client's latest session, to be sold again."""
    if not client_id:
        return "", ""
    filters = BookingFilters(client_id=client_id)
    page = bookings.list_bookings(session, actor, PageRequest(page_size=1, sort="-start"), filters)
    if not page.data:
        return "", ""
    row = page.data[0]
    parts = [row.service_name, *row.room_names, row.period, f"with {row.engineer_name}" if row.engineer_name else ""]
    studio = studio_info(session)
    return row.number, f"{', '.join(filter(None, parts))} ({day_text(business_date(row.start, studio.zone), studio)})"


def same_again(session: Any, actor: Actor, answers: Answers, number: str) -> Answers:
    """Service, rooms, length and engineer of an earlier booking, on the day chosen or else the next that has room."""
    earlier = bookings.get_booking(session, actor, number)
    same = replace(
        answers,
        mode=earlier.mode.value,
        service=earlier.service_code,
        minutes=earlier.minutes,
        room_ids=tuple(room.id for room in earlier.rooms),
        period=earlier.period or "",
        engineer_id=earlier.engineer.id if earlier.engineer else 0,
        artist=answers.artist or (earlier.artist.name if earlier.artist else ""),
        start="",
    )
    return same if same.day else replace(same, day=next_free_day(session, actor, same))


def read_engineers(session: Any, actor: Actor, answers: Answers) -> Engineers:
    service = catalog.service_by_code(session, answers.service)
    choices = _choices(session, actor, answers)
    return Engineers(
        rows=[_card(choice, answers) for choice in choices],
        may_be_none=not service.needs_engineer,
        none_note="at the rooms' rate without an engineer",
    )


def with_engineer(session: Any, actor: Actor, answers: Answers) -> Answers:
    """An engineer who cannot work then is let go, and why; where the service needs one, somebody free is proposed."""
    if answers.is_online or not (answers.service and answers.room_ids and answers.start):
        return replace(answers, let_go="")
    choices = _choices(session, actor, answers)
    free = [choice for choice in choices if choice.is_free]
    if answers.engineer_id in [choice.engineer_id for choice in free]:
        return answers
    needs = catalog.service_by_code(session, answers.service).needs_engineer
    proposed = free[0] if needs and free else None
    let_go = _let_go(answers.engineer_id, choices, proposed) if answers.engineer_id else answers.let_go
    return replace(answers, engineer_id=proposed.engineer_id if proposed else 0, let_go=let_go)


def _let_go(engineer_id: int, choices: Sequence[EngineerChoice], proposed: EngineerChoice | None) -> str:
    whys = {choice.engineer_id: choice.why_not for choice in choices}
    why = whys.get(engineer_id, "The engineer chosen before does not work in all of these rooms.")
    return f"{why} {proposed.name} is chosen instead." if proposed else f"{why} Choose another engineer."


def _choices(session: Any, actor: Actor, answers: Answers) -> tuple[EngineerChoice, ...]:
    return scheduling.engineer_choices(session, actor, wish_of(session, answers, answers.start))


def _card(choice: EngineerChoice, answers: Answers) -> EngineerCard:
    note = choice.why_not or ("works mostly in this room" if choice.is_primary else "free at that time")
    return EngineerCard(
        choice.engineer_id, choice.name, note, choice.is_free, choice.engineer_id == answers.engineer_id
    )


def _found(row: ClientRow) -> FoundClient:
    phone = phones.text(row.phone, row.phone_extension)
    return FoundClient(row.id, row.name, " · ".join(filter(None, (row.label, row.email, phone))))


def _recent(session: Any, actor: Actor) -> list[FoundClient]:
    page = bookings.list_bookings(session, actor, PageRequest(page_size=30, sort="-number"), BookingFilters())
    names = dict.fromkeys((row.client_id, row.client_name) for row in page.data)
    return [FoundClient(client_id, name, "") for client_id, name in list(names)[:_RECENT]]
