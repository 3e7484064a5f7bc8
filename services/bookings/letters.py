"""One mail for each reader, of one booking or of several that are booked, changed or cancelled together."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from sqlmodel import Session

from models.identity import User
from models.outbox import DeliveryType
from services import catalog
from services.core.outbox import Mail, Readers


@dataclass(frozen=True, slots=True)
class LetterPart:
    """What a mail says of one booking. `then` follows it; where several say the same, once at the end."""

    number: str
    to: Readers
    what: str
    then: str
    link: str


def letters(type_: DeliveryType, subject: str, parts: Iterable[LetterPart], closing: str = "") -> list[Mail]:
    by_reader: dict[Readers, list[LetterPart]] = defaultdict(list)
    for part in parts:
        by_reader[part.to].append(part)
    return [Mail(type_, to, f"{subject}: {_of(read)}", _body(read, closing)) for to, read in by_reader.items()]


def reached(session: Session, engineer_ids: Iterable[int]) -> list[tuple[str, str]]:
    """Name and address of engineers who have one: where they sign in, else the one on file."""
    ids = list(dict.fromkeys(engineer_ids))
    found, told = catalog.engineers_by_id(session, ids) if ids else {}, []
    for engineer in (found[id_] for id_ in ids):
        user = session.get(User, engineer.user_id) if engineer.user_id else None
        address = user.email if user and user.is_active else engineer.email
        if address:
            told.append((engineer.name, address))
    return told


def _of(parts: list[LetterPart]) -> str:
    return parts[0].number if len(parts) == 1 else f"{len(parts)} dates"


def _body(parts: list[LetterPart], closing: str) -> str:
    if len(parts) == 1:
        texts = [parts[0].what, parts[0].then, f"Everything about it: {parts[0].link}"]
    else:
        texts = [f"{part.what}\n{part.link}" for part in parts] + list(dict.fromkeys(part.then for part in parts))
    return "\n\n".join(filter(None, (*texts, closing)))
