"""“Same as last time”: what a line leaves open is taken from the client's latest session."""

from collections.abc import Mapping
from dataclasses import replace

from sqlmodel import Session

from models.bookings import BookingStatus
from services import bookings
from services.bookings import BookingFilters, BookingRow
from services.core.access import Actor
from services.core.paging import PageRequest
from services.quickline.client_match import the_client
from services.quickline.names import NOBODY, key
from services.quickline.types import Kind, Reading, Said, Thing, Vocabulary

_SOLD = (BookingStatus.PENDING, BookingStatus.CONFIRMED, BookingStatus.CHECKED_IN, BookingStatus.COMPLETED)


def filled(
    session: Session, actor: Actor, reading: Reading, vocabulary: Vocabulary, answers: Mapping[str, str]
) -> tuple[Reading, str]:
    """The reading with rooms, engineer, service, microphones and length of last time, where it says nothing of them;
    or why that cannot be. While it is open who the client is, that is asked first."""
    if reading.again is None or reading.client is None:
        return reading, ""
    client = the_client(session, actor, reading, answers)
    if client is None:
        return reading, ""
    last = _last(session, actor, client.id, vocabulary)
    if last is None:
        return reading, f"{reading.client.meanings[0]} has had no session yet: say what to book."
    named = {thing.kind for said in reading.things for thing in said.meanings}
    things = tuple(thing for thing in _things(last, vocabulary) if thing.kind not in named)
    has_length = reading.minutes or (reading.hours and all(meant.end for meant in reading.hours.meanings))
    minutes = int((last.end - last.start).total_seconds()) // 60
    words = reading.again.words
    return replace(
        reading,
        things=(*reading.things, *(Said(words, (), (thing,)) for thing in things)),
        minutes=reading.minutes if has_length else Said(words, (), (minutes,)),
    ), ""


def _last(session: Session, actor: Actor, client_id: int, vocabulary: Vocabulary) -> BookingRow | None:
    """The latest until today; of a client who has only sessions to come, the last of those."""
    sold = BookingFilters(client_id=client_id, statuses=_SOLD)
    for filters in (replace(sold, last_day=vocabulary.today), sold):
        page = bookings.list_bookings(session, actor, PageRequest(page_size=1, sort="-start"), filters)
        if page.data:
            return page.data[0]
    return None


def _things(last: BookingRow, vocabulary: Vocabulary) -> list[Thing]:
    """Those that are still in the catalog; what is not is asked for."""
    names = {(Kind.SERVICE, key(last.service_name)), *((Kind.MIC, key(name)) for name in last.mic_names)}
    ids = {(Kind.ROOM, room_id) for room_id in last.room_ids} | {(Kind.ENGINEER, last.engineer_id)}
    found = [one for one in vocabulary.things if (one.kind, one.id) in ids or (one.kind, key(one.name)) in names]
    return found if last.engineer_id else [*found, NOBODY]
