"""One search for every list and picker: folded, by words in any order.

The tables keep the folded form themselves (`folded()` in SQL, generated columns): whoever writes a name,
it is found. `fold` here is the same rule; tests/core/test_search.py holds the two against each other.
"""

import re
import unicodedata
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, and_, or_, text
from sqlmodel import Session

from services.core.fields import clean

_LONGEST = 100
_MOST_WORDS = 8
_BASES = dict(zip("øłđðħıŧŋƒɓɗəɨ", "olddhitnfbdei", strict=True)) | {"ς": "σ"}
"""Letters that no decomposition takes to their base."""
_PAIRS = {"ß": "ss", "æ": "ae", "œ": "oe", "þ": "th"}
_ALPHABETS = (*range(0x41, 0x5B), *range(0xC0, 0x588), 0x1E9E)
"""Latin, Greek, Cyrillic and Armenian; other scripts know no case, or no studio's clients."""
_SILENT = re.compile("['’‘ʼ`´\u00ad\u200b-\u200d\u2060\ufeff]")
_MARKS = re.compile("[\u0300-\u036f]")
_BREAKS = re.compile(
    "[\u0001-\u002f\u003a-\u0040\u005b-\u0060\u007b-\u00bf\u00d7\u00f7\u02b0-\u02ff"
    "\u2000-\u2bff\u3000-\u303f\ufe00-\ufe0f]+"
)


def _folded_letters() -> Iterable[tuple[str, str]]:
    """Single letters, and what each of them is folded to."""
    for letter in map(chr, _ALPHABETS):
        if not unicodedata.category(letter).startswith("L") or unicodedata.normalize("NFKD", letter) != letter:
            continue
        small = letter.lower()
        folded = _BASES.get(small, small)
        if folded != letter:
            yield letter, folded


LETTERS = dict(_folded_letters())
_TABLE = str.maketrans(LETTERS)


def fold(text: str) -> str:
    """Lower case without accents, width and punctuation: “Renée  GAUDÍ-Müller” is `renee gaudi muller`."""
    plain = _MARKS.sub("", unicodedata.normalize("NFKD", _SILENT.sub("", text))).translate(_TABLE)
    for letter, pair in _PAIRS.items():
        plain = plain.replace(letter, pair)
    return _BREAKS.sub(" ", plain).strip(" ")


def words(q: str) -> tuple[str, ...]:
    """What a list is searched for, each once; none where nothing is asked, or signs alone."""
    return tuple(dict.fromkeys(fold(clean(q)[:_LONGEST]).split()))[:_MOST_WORDS]


@dataclass(frozen=True, slots=True)
class Texts:
    """Texts a list is searched in: as they are folded, and as people write them."""

    folded: Any
    written: Any

    def has(self, word: str) -> ColumnElement[bool]:
        """The band “!!!” has a name, too: what folding would leave nothing of is looked for as it is."""
        column = self.folded if fold(word) else self.written
        found: ColumnElement[bool] = column.contains(word, autoescape=True)
        return found


def every(q: str, *has: Callable[[str], ColumnElement[bool]]) -> ColumnElement[bool]:
    """Each word of `q`, in whatever order, is found by one of `has`."""
    found = words(q) or (clean(q)[:_LONGEST],)
    return and_(*(or_(*(one(word) for one in has)) for word in found))


def collation(session: Session) -> str | None:
    """How the studio's language sorts, where that is not how folded texts are sorted anyway: in Swedish Å comes
    after Z. None also where the server was built without ICU, as the one that comes along is."""
    found: str | None = session.execute(_COLLATION, {"plain": list(_PLAIN)}).scalar_one_or_none()
    return found


_PLAIN = ("en", "de", "fr", "it", "nl", "pt", "ga", "id", "ms")
"""Languages for which CLDR has no order of their own: letters with accents stand with their base."""
_COLLATION = text(
    """
select min(c.collname) from studio_info s
  join pg_collation c on c.collprovider = 'i' and c.collname = split_part(s.locale, '_', 1) || '-x-icu'
 where split_part(s.locale, '_', 1) <> all(:plain)
"""
)
