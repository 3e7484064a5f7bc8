"""The service, the rooms, the engineer and the microphones a line names."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from sqlmodel import Session

from models.catalog import RoomStatus, ServiceMode
from services import catalog, scheduling
from services.bookings import MicChoice
from services.catalog import ServiceView
from services.core.access import Actor
from services.core.search import fold
from services.core.studio import Studio, studio_info
from services.quickline.clarifications import Clarifications
from services.quickline.names import NOBODY
from services.quickline.types import Kind, Reading, Said, Thing, Vocabulary

_SHORTEST_STEM = 3
_ASKED = {
    Kind.ROOM: "Which room is",
    Kind.ENGINEER: "Which engineer is",
    Kind.MIC: "Which microphone is",
    Kind.SERVICE: "Which service is",
}


@dataclass(frozen=True, slots=True)
class Catalog:
    rooms: tuple[catalog.RoomView, ...]
    engineers: tuple[catalog.EngineerView, ...]
    services: tuple[ServiceView, ...]
    mics: tuple[catalog.MicView, ...]
    studio: Studio

    def vocabulary(self, today: date, periods: Iterable[str]) -> Vocabulary:
        things = (
            *(Thing(Kind.ROOM, room.id, room.name) for room in self.rooms),
            *(Thing(Kind.ENGINEER, one.id, one.name) for one in self.engineers),
            *(Thing(Kind.SERVICE, one.id, one.name, one.code) for one in self.services),
            *(Thing(Kind.MIC, one.id, one.name) for one in self.mics),
        )
        day_first = self.studio.locale != "en_US"
        return Vocabulary(things=things, periods=tuple(periods), today=today, day_first=day_first)


def read_catalog(session: Session, actor: Actor) -> Catalog:
    return Catalog(
        rooms=catalog.list_rooms(session, actor),
        engineers=catalog.list_engineers(session, actor),
        services=catalog.services_on_sale(session),
        mics=tuple(mic for mic in catalog.list_mics(session, actor) if mic.is_active),
        studio=studio_info(session),
    )


@dataclass(frozen=True, slots=True)
class Named:
    """What the names mean, by kind; `open` are the kinds an unanswered name may still be of."""

    things: Mapping[Kind, tuple[Thing, ...]]
    open: frozenset[Kind]

    def of(self, kind: Kind) -> dict[int, Thing]:
        return {thing.id: thing for thing in self.things.get(kind, ())}


def settle_things(clarifications: Clarifications, reading: Reading) -> Named:
    """A name that may be several things, even of different kinds, is asked about."""
    settled: dict[Kind, tuple[Thing, ...]] = {}
    still_open: set[Kind] = set()
    for said in reading.things:
        kinds = {thing.kind for thing in said.meanings}
        kind = said.meanings[0].kind if len(kinds) == 1 else Kind.WORDS
        options = {f"{thing.kind}:{thing.id}": (_label(thing), thing) for thing in said.meanings}
        thing = clarifications.settle(kind, said, f"{_ASKED.get(kind, 'What is')} “{said.words}”?", options)
        if thing is None:
            still_open |= kinds
        else:
            settled[thing.kind] = (*settled.get(thing.kind, ()), thing)
    return Named(settled, frozenset(still_open))


def settle_service(
    clarifications: Clarifications, reading: Reading, named: Named, known: Catalog
) -> ServiceView | None:
    """Asked for when it is not named. With a room or a time, only what is done in person comes into question."""
    if Kind.SERVICE in named.open:
        return None
    by_id = {service.id: service for service in known.services}
    wanted = [by_id[service_id] for service_id in named.of(Kind.SERVICE)]
    if len(wanted) == 1:
        return wanted[0]
    in_person = bool(named.of(Kind.ROOM) or named.of(Kind.MIC) or named.open or reading.hours)
    options = wanted or [one for one in known.services if not in_person or one.mode is ServiceMode.IN_PERSON]
    if not wanted and (implied := _implied(named, options)):
        clarifications.understood(Kind.SERVICE, implied.name)
        return implied
    message = "Only one service can be booked at a time. Which one?" if wanted else "Which service?"
    return clarifications.choose("service", Kind.SERVICE, message, {one.code: (one.name, one) for one in options})


def _implied(named: Named, services: list[ServiceView]) -> ServiceView | None:
    """What a room is named after: the Podcast Room, the Mastering Suite. Only where the rooms name one service."""
    words = {word for room in named.things.get(Kind.ROOM, ()) for word in fold(room.name).split()}
    meant = [one for one in services if any(_are_one(fold(one.name), word) for word in words)]
    return meant[0] if len(meant) == 1 else None


def _are_one(service: str, word: str) -> bool:
    """“Mix” and “Mixing” are."""
    return len(word) >= _SHORTEST_STEM and (service.startswith(word) or word.startswith(service))


def settle_rooms(clarifications: Clarifications, named: Named, known: Catalog) -> tuple[int, ...]:
    rooms = tuple(named.of(Kind.ROOM))
    if rooms or Kind.ROOM in named.open:
        return rooms
    people = set(named.of(Kind.ENGINEER)) - {NOBODY.id}
    fitting = [room for room in known.rooms if room.status is RoomStatus.AVAILABLE and people <= {*room.engineer_ids}]
    chosen = clarifications.choose(
        "room", Kind.ROOM, "Which room?", {str(one.id): (one.name, one.id) for one in fitting}
    )
    return () if chosen is None else (chosen,)


def settle_engineer(
    clarifications: Clarifications,
    named: Named,
    service: ServiceView | None,
    choices: Callable[[], Iterable[scheduling.EngineerChoice]],
) -> int | None:
    """Nobody is booked who was not asked for; where the work needs somebody, it is asked."""
    if Kind.ENGINEER in named.open:
        return None
    people = named.of(Kind.ENGINEER)
    if len(people) > 1:
        options = {str(one.id): (one.name, one.id) for one in people.values()}
        return clarifications.choose("engineer", Kind.ENGINEER, "One engineer works a session. Who?", options) or None
    if people and NOBODY.id not in people:
        return next(iter(people))
    if service is None:
        return None
    if service.needs_engineer:
        free = {str(one.engineer_id): (_engineer_label(one), one.engineer_id) for one in choices()}
        return clarifications.choose("engineer", Kind.ENGINEER, f"{service.name} needs an engineer. Who?", free)
    if not people:
        clarifications.understood(Kind.ENGINEER, NOBODY.name)
    return None


def mics_of(named: Named) -> tuple[MicChoice, ...]:
    """Said twice is two of them."""
    quantities: dict[int, int] = {}
    for mic in named.things.get(Kind.MIC, ()):
        quantities[mic.id] = quantities.get(mic.id, 0) + mic.quantity
    return tuple(MicChoice(id_, quantity) for id_, quantity in quantities.items())


def said_of(reading: Reading, *kinds: Kind) -> list[Said[Thing]]:
    return [said for said in reading.things if all(thing.kind in kinds for thing in said.meanings)]


def _label(thing: Thing) -> str:
    return f"{thing.quantity} × {thing.name}" if thing.quantity > 1 else thing.name


def _engineer_label(choice: scheduling.EngineerChoice) -> str:
    return choice.name if choice.is_free else f"{choice.name} (not free)"
