"""Rooms, engineers, services and microphones as people call them for short."""

import re
from dataclasses import dataclass, replace
from itertools import pairwise

from services.core.search import fold
from services.quickline.typed_text import NUMBERS, Line, Span
from services.quickline.types import Kind, Said, Thing

FILLERS = frozenset(
    (
        "with",
        "w",
        "w/",
        "in",
        "at",
        "on",
        "and",
        "the",
        "a",
        "an",
        "of",
        "for",
        "please",
        "book",
        "booking",
        "session",
        "sessions",
        "room",
        "rooms",
        "studios",
        "engineer",
        "eng",
        "mic",
        "mics",
        "by",
        "using",
        "plus",
        "need",
        "needs",
        "want",
        "wants",
    )
)
_AFTER_ROOM = re.compile(r"\b(?:room|studio|st|rm)s?\s+(?:\w\s*(?:,|and|\+|&)\s*)*$", re.IGNORECASE)
_NOUNS = {"book", "booking", "session", "room", "mic"}
_LONGEST_NAME = 6
_SHORTEST_PREFIX = 3
_SHORTEST_SLIP = 5
_BEFORE = re.compile(r"(?:\b[x×]?(?P<digits>\d{1,2})\s*[x×]?|(?P<word>one|two|three|four|five|six))\s*$", re.IGNORECASE)
_TIMES = re.compile(r"\s*(?:[x×]\s*(?P<after>\d{1,2})|(?P<before>\d{1,2})\s*[x×])(?!\w)", re.IGNORECASE)
_NO_ENGINEER = re.compile(r"\b(?:no|without(?:\s+an)?|w/o)\s+(?:engineer|eng)\b", re.IGNORECASE)

NOBODY = Thing(Kind.ENGINEER, 0, "No engineer")


def key(text: str) -> str:
    """`U 87` and `u-87` are the same, and so are Zoë and zoe."""
    return fold(text).replace(" ", "")


@dataclass(frozen=True, slots=True)
class Index:
    """How things may be called: in full, by a part of the name, by its beginning."""

    full: dict[str, tuple[Thing, ...]]
    short: dict[str, tuple[Thing, ...]]
    words: tuple[tuple[str, Thing], ...]
    rooms: tuple[tuple[tuple[str, ...], Thing], ...]
    """Each word of their names."""

    def called(self, name: str) -> tuple[Thing, ...]:
        return self.full.get(name, ())

    def nearly_called(self, typed: tuple[str, ...]) -> tuple[Thing, ...]:
        """Rooms whose name, or a word that is theirs alone, is one slip away. “B” for “A” is no slip."""
        words = [word for word, _ in self.room_words()]
        names = [(name, thing) for name, thing in self.rooms if len(name) > 1]
        names += [((word,), thing) for word, thing in self.room_words() if words.count(word) == 1]
        return tuple(dict.fromkeys(thing for name, thing in names if _is_nearly(typed, name)))

    def room_words(self) -> list[tuple[str, Thing]]:
        return [(word, thing) for word, thing in self.words if thing.kind is Kind.ROOM]

    def called_for_short(self, name: str) -> tuple[Thing, ...]:
        begin = [thing for word, thing in self.words if len(name) >= _SHORTEST_PREFIX and word.startswith(name)]
        return tuple(dict.fromkeys((*self.short.get(name, ()), *begin)))


def index(things: tuple[Thing, ...]) -> Index:
    full: dict[str, tuple[Thing, ...]] = {}
    short: dict[str, tuple[Thing, ...]] = {}
    words: list[tuple[str, Thing]] = []
    for thing in things:
        for name in {key(thing.name), key(thing.code)} - {""}:
            full[name] = (*full.get(name, ()), thing)
        for name in _short_forms(thing):
            short[name] = (*short.get(name, ()), thing)
        if thing.kind in (Kind.ROOM, Kind.SERVICE):
            words += [(key(word), thing) for word in thing.name.split() if word.lower() not in FILLERS]
    rooms = ((tuple(key(word) for word in one.name.split()), one) for one in things if one.kind is Kind.ROOM)
    return Index(full, short, tuple(words), tuple(rooms))


def _short_forms(thing: Thing) -> set[str]:
    words = thing.name.split()
    forms = {key(word) for word in words if word.lower() not in FILLERS or len(word) == 1}
    if thing.kind is Kind.ROOM and len(words) > 1:
        forms.add(key("".join(word[0] for word in words)))
    if thing.kind is Kind.ENGINEER and len(words) > 1:
        forms.add(key(words[0] + words[-1][0]))
    if thing.kind is Kind.MIC:
        forms |= {key("".join(words[n:])) for n in range(len(words))}
    return {form for form in forms if form and form != key(thing.name)}


def read_long_names(line: Line, names: Index) -> list[Said[Thing]]:
    """Names of several words, before anything else: a room may be called after a day."""
    lengths = range(_LONGEST_NAME, 1, -1)
    return [said for length in lengths for said in _read(line, names, length, in_full=True)]


def read_names(line: Line, names: Index) -> list[Said[Thing]]:
    nobody = [line.said((NOBODY,), match.span()) for match in line.find(_NO_ENGINEER)]
    named = [
        said for length in (2, 1) for in_full in (True, False) for said in _read(line, names, length, in_full=in_full)
    ]
    return [*nobody, *named]


def _read(line: Line, names: Index, length: int, *, in_full: bool) -> list[Said[Thing]]:
    found = []
    words = line.words()
    for n in range(len(words) - length + 1):
        run = words[n : n + length]
        if things := _meant(line, names, run, in_full):
            found.append(line.said(things, (run[0][0], run[-1][1])))
    return found


def _meant(line: Line, names: Index, run: list[Span], in_full: bool) -> tuple[Thing, ...]:
    span = run[0][0], run[-1][1]
    are_together = all(line.are_neighbours(one, other) for one, other in pairwise(run))
    if not line.is_free(span) or not are_together:
        return ()
    name = key(line.text[slice(*span)])
    if in_full:
        things = names.called(name) or tuple(t for t in names.called(name.removesuffix("s")) if t.kind is Kind.MIC)
    elif line.text[slice(*span)].lower() in FILLERS and len(name) > 1:
        return ()
    else:
        things = names.called_for_short(name)
        plural = names.called_for_short(name.removesuffix("s")) if name.endswith("s") and len(name) > 3 else ()
        things = things or tuple(thing for thing in plural if thing.kind is Kind.MIC)
    if len(name) == 1 and not _is_a_letter_of_a_room(line, span):
        return ()
    return things


def _is_a_letter_of_a_room(line: Line, span: Span) -> bool:
    """“A” is a room when it is a capital or comes after “room”; “a” is an article, “2” a number."""
    if _AFTER_ROOM.search(line.text, 0, span[0]):
        return True
    after = line.text[span[1] :].split()
    is_article = bool(after) and after[0].lower() in _NOUNS
    return line.text[slice(*span)].isupper() and not is_article


def read_slips(line: Line, names: Index) -> list[Said[Thing]]:
    """Rooms with one letter wrong, missing, too much or two changed about. Where several are as near, it is asked."""
    found = []
    for length in (3, 2, 1):
        words = line.words()
        for run in (words[n : n + length] for n in range(len(words) - length + 1)):
            span = run[0][0], run[-1][1]
            typed = tuple(key(line.text[slice(*word)]) for word in run)
            if line.is_free(span) and (rooms := names.nearly_called(typed)):
                found.append(line.said(rooms, span))
    return found


def _is_nearly(typed: tuple[str, ...], name: tuple[str, ...]) -> bool:
    """Word for word the same, but for one slip."""
    if len(typed) != len(name):
        return False
    others = [(one, other) for one, other in zip(typed, name, strict=True) if one != other]
    return len(others) == 1 and is_slip(*others[0])


def is_slip(typed: str, name: str) -> bool:
    """Whether one slip of the fingers is between them; short words are too near to each other."""
    if len(typed) < _SHORTEST_SLIP or typed == name or abs(len(typed) - len(name)) > 1:
        return False
    first = next((n for n, (a, b) in enumerate(zip(typed, name, strict=False)) if a != b), min(len(typed), len(name)))
    rest, meant = typed[first:], name[first:]
    is_changed_about = rest[:2] == meant[1::-1] and rest[2:] == meant[2:]
    return is_changed_about or rest[1:] == meant[1:] or rest[1:] == meant or rest == meant[1:]


def with_quantities(line: Line, names: list[Said[Thing]]) -> list[Said[Thing]]:
    """“2 U87”, “U87 x2”, “two U87s”."""
    return [_with_quantity(line, said) if said.meanings[0].kind is Kind.MIC else said for said in names]


def _with_quantity(line: Line, said: Said[Thing]) -> Said[Thing]:
    start, end = said.spans[0]
    quantity, span = 1, (start, end)
    before = _BEFORE.search(line.text, 0, start)
    after = _TIMES.match(line.text, end)
    if after and line.is_free(after.span()):
        quantity, span = int(after["after"] or after["before"]), (start, after.end())
    elif before and line.is_free(before.span()) and not line.text[: before.start()].endswith(tuple("0123456789.:/-")):
        quantity, span = int(before["digits"] or NUMBERS[before["word"].lower()]), (before.start(), end)
    return line.said(tuple(replace(thing, quantity=quantity) for thing in said.meanings), span)
