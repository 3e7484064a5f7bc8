"""How far the demo is: one line that changes on a terminal, a line now and then elsewhere."""

import sys
from collections.abc import Callable, Iterator, Sequence
from typing import TypeVar

T = TypeVar("T")
_LINES = 4
"""How many lines a long step writes where there is no terminal."""


class Progress:
    def __init__(self, say: Callable[[str], None]) -> None:
        self._say = say
        self._is_terminal = sys.stdout.isatty()

    def batches(self, what: str, items: Sequence[T], size: int) -> Iterator[Sequence[T]]:
        """The items in batches, while telling how many of them are done."""
        for first in range(0, len(items), size):
            yield items[first : first + size]
            self._tell(what, first, min(first + size, len(items)), len(items))

    def _tell(self, what: str, before: int, done: int, of: int) -> None:
        if self._is_terminal:
            sys.stdout.write(f"\r{what}: {done} of {of}\x1b[K" + ("\n" if done == of else ""))
            sys.stdout.flush()
        elif done * _LINES // of > before * _LINES // of:
            self._say(f"{what}: {done} of {of}")
