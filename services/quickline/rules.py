"""Reads a line: what each of its words may mean. Pure; it asks nobody and guesses nothing.

Notes first, then what comes after “for”, long names, days, times, names for short; what is left
over belongs to the client or is not understood.
"""

import re
from collections.abc import Callable
from datetime import date, datetime

from models.bookings import BookingStatus
from services.quickline.days import read_day, starts_a_day
from services.quickline.hours import read_hours, read_minutes, read_part_of_day, starts_a_length
from services.quickline.names import FILLERS, index, read_long_names, read_names, read_slips, with_quantities
from services.quickline.typed_text import Line, Span
from services.quickline.types import Reading, Said, Vocabulary

_NOTES = re.compile(r"\bnotes?\s*:\s*(?P<said>.*)$", re.IGNORECASE | re.DOTALL)
_FOR = re.compile(r"\bfor\s+(?P<head>[^\s,;/]+)", re.IGNORECASE)
_AS = re.compile(r"(?:(?<!\bw)(?<!\d)\s*/\s*(?!\d)|(?<!\w)as\s+)(?P<head>[^\s,;/]+)", re.IGNORECASE)
_CLIENT_ENDS = re.compile(r"[,;/]|\s+as\s|\s+for\s", re.IGNORECASE)
_ARTIST_ENDS = re.compile(r"[,;/]|\s+for\s", re.IGNORECASE)
_HOLD = re.compile(r"\b(?:on\s+)?(?:hold|pencil(?:led)?(?:\s+in)?)\b", re.IGNORECASE)
_AGAIN = re.compile(r"\b(?:the\s+)?(?:same|as|like)(?:\s+(?:as|like))?\s+last\s+time\b|\bsame\s+again\b", re.IGNORECASE)
_CONFIRMED = re.compile(r"\bconfirm(?:ed)?\b", re.IGNORECASE)
_WORDS = re.compile(r"[^\s,;/]+")
_FILLER = re.compile(r"[^\s,;]+")
_MOST_CLIENT_WORDS = 6
_MOST_TRIES = 12
"""Each asks the database."""

IsClient = Callable[[str], bool]


def nobody_known(_: str) -> bool:
    return False


def read(text: str, vocabulary: Vocabulary, is_client: IsClient = nobody_known) -> Reading:
    """`is_client` says whether a client is called so; it keeps “for Blue Monday” from being a day."""
    line = Line(text)
    notes = _notes(line)
    again = next((line.said((True,), match.span()) for match in line.find(_AGAIN)), None)
    client_head = _client_head(line, is_client)
    artist_head = _head(line, _AS)
    heads = [head[0] for head in (client_head, artist_head) if head]
    line.take(*heads)
    names = index(vocabulary.things)
    things = read_long_names(line, names)
    day, is_night = read_day(line, vocabulary.today, vocabulary.day_first)
    minutes = read_minutes(line)
    part_of_day = read_part_of_day(line, vocabulary.periods)
    hours = read_hours(line, _half(is_night, part_of_day))
    status = _status(line)
    things += read_slips(line, names)
    things = with_quantities(line, sorted([*things, *read_names(line, names)], key=lambda said: said.spans))
    artist = _whole(line, artist_head, _ARTIST_ENDS)
    client = _whole(line, client_head, _CLIENT_ENDS) or _client_left(line, is_client)
    return Reading(
        text=text,
        day=day,
        hours=hours,
        minutes=minutes,
        part_of_day=part_of_day,
        is_night=is_night,
        things=tuple(things),
        client=client,
        artist=artist,
        status=status,
        again=again,
        notes=notes,
        unknown=_unknown(line),
    )


def replaced(text: str, changes: list[tuple[list[Span], str]]) -> str:
    """The line with new words in the place of the first of each old ones, and the other old ones gone."""
    edits = [(span, new if n == 0 else "") for old, new in changes for n, span in enumerate(sorted(old))]
    for (start, end), new in sorted(edits, reverse=True):
        text = f"{text[:start]}{new}{text[end:]}"
    added = [new for old, new in changes if not old]
    return " ".join(" ".join([*added, text]).split())


def hours_text(start: datetime, end: datetime | None) -> str:
    """As the line would say it: `8:00pm-2:00am`. Local times."""
    return "-".join(f"{at.hour % 12 or 12}:{at:%M}{'am' if at.hour < 12 else 'pm'}" for at in (start, end) if at)


def day_words(day: date) -> str:
    return day.isoformat()


def _notes(line: Line) -> Said[str] | None:
    match = next(line.find(_NOTES), None)
    return line.said((match["said"].strip(),), match.span()) if match else None


Head = tuple[Span, int, bool]
"""The words that are surely of the name; where the phrase begins; whether the name is known whole."""


def _client_head(line: Line, is_client: IsClient) -> Head | None:
    for match in line.find(_FOR):
        rest = line.text[match.start("head") :]
        known = _known(rest, is_client)
        if known:
            return (match.start("head"), match.start("head") + len(known)), match.start(), True
        if not (rest[0].isdigit() or starts_a_day(rest) or starts_a_length(rest)):
            return match.span("head"), match.start(), False
    return None


def _known(rest: str, is_client: IsClient) -> str:
    """The longest beginning that is what a client is called; a part of it only where it is several words."""
    rest = _CLIENT_ENDS.split(rest)[0]
    ends = [match.end() for match in _WORDS.finditer(rest)][:_MOST_CLIENT_WORDS]
    return next((rest[:end] for end in reversed(ends) if is_client(rest[:end])), "")


def _head(line: Line, pattern: re.Pattern[str]) -> Head | None:
    match = next(line.find(pattern), None)
    return (match.span("head"), match.start(), False) if match else None


def _whole(line: Line, head: Head | None, ends: re.Pattern[str]) -> Said[str] | None:
    """The name from its first word on to where something else begins."""
    if head is None:
        return None
    (start, end), begin, is_known = head
    if not is_known:
        end = max(end, line.free_from(end, ends)[1])
    name = line.text[start:end].strip(' ,;."“”')
    return line.said((name,), (begin, end)) if name else None


def _client_left(line: Line, is_client: IsClient) -> Said[str] | None:
    """Without “for”: the longest run of words nobody else has taken that is what a client is called."""
    tries = _MOST_TRIES
    for start, end in list(line.left()):
        words = [match.span() for match in _WORDS.finditer(line.text, start, end)][:_MOST_CLIENT_WORDS]
        runs = [words[n : n + length] for length in range(len(words), 0, -1) for n in range(len(words) - length + 1)]
        for run in runs[: max(tries, 0)]:
            tries -= 1
            name = line.text[run[0][0] : run[-1][1]].strip(' .!?"“”')
            if name.lower() not in FILLERS and is_client(name):
                return line.said((name,), (run[0][0], run[-1][1]))
    return None


def _half(is_night: bool, part_of_day: Said[str] | None) -> str:
    if is_night or part_of_day is None:
        return "night" if is_night else ""
    return part_of_day.meanings[0] if len(part_of_day.meanings) == 1 else ""


def _status(line: Line) -> Said[BookingStatus] | None:
    for pattern, status in ((_HOLD, BookingStatus.HOLD), (_CONFIRMED, BookingStatus.CONFIRMED)):
        if match := next(line.find(pattern), None):
            return line.said((status,), match.span())
    return None


def _unknown(line: Line) -> tuple[Said[str], ...]:
    for match in line.find(_FILLER):
        word = match.group().strip('.,;:!?()"“”').lower()
        if word in FILLERS or not any(letter.isalnum() for letter in word):
            line.take(match.span())
    left = list(line.left())
    return tuple(line.said((line.text[slice(*span)],), span) for span in left)
