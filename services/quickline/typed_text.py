"""The text of a line, and which of its words are used up."""

import re
from collections.abc import Iterator

from services.quickline.types import Said, T

_WORD = re.compile(r"\w(?:[\w.'’-]*\w)?")
_LEFT = re.compile(r"[^\s,;]+")
NUMBERS = {
    word: n
    for n, word in enumerate(
        ("one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve"), 1
    )
}
_TRIM = " \t,;.&+·-–—"

Span = tuple[int, int]


class Line:
    def __init__(self, text: str) -> None:
        self.text = text
        self._is_free = [True] * len(text)

    def is_free(self, span: Span) -> bool:
        return all(self._is_free[slice(*span)])

    def take(self, *spans: Span) -> None:
        for start, end in spans:
            self._is_free[start:end] = [False] * (end - start)

    def said(self, meanings: tuple[T, ...], *spans: Span) -> Said[T]:
        """Takes the words."""
        self.take(*spans)
        return Said(" … ".join(self.text[slice(*span)] for span in spans), spans, meanings)

    def find(self, pattern: re.Pattern[str]) -> Iterator[re.Match[str]]:
        """Matches of which no letter is taken."""
        for match in pattern.finditer(self.text):
            if match.group() and self.is_free(match.span()):
                yield match

    def words(self) -> list[Span]:
        """Whole words that are free."""
        return [match.span() for match in _WORD.finditer(self.text) if self.is_free(match.span())]

    def are_neighbours(self, first: Span, second: Span) -> bool:
        between = (first[1], second[0])
        return self.is_free(between) and not self.text[slice(*between)].strip(" \t-")

    def free_from(self, start: int, stops: re.Pattern[str]) -> Span:
        """What is free from `start` on, up to a stop; without blanks and commas around it."""
        end = start
        while end < len(self.text) and self._is_free[end] and not stops.match(self.text, end):
            end += 1
        while end > start and self.text[end - 1] in _TRIM:
            end -= 1
        return start, end

    def left(self) -> Iterator[Span]:
        """Stretches of words nobody has taken."""
        masked = "".join(
            letter if free else " \0"[letter != " "] for letter, free in zip(self.text, self._is_free, strict=True)
        )
        for stretch in re.finditer(r"[^\0,;]+", masked):
            words = list(_LEFT.finditer(stretch.group()))
            if words:
                yield stretch.start() + words[0].start(), stretch.start() + words[-1].end()
