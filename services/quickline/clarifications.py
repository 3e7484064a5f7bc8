"""Gathers what was understood, and asks where a line leaves a choice."""

from collections.abc import Mapping
from typing import Any

from services.quickline.types import Choice, Kind, Part, Question, Said, T


class Clarifications:
    def __init__(self, answers: Mapping[str, str]) -> None:
        self._answers = answers
        self.parts: list[Part] = []
        self.questions: list[Question] = []
        self.problems: list[str] = []

    def understood(self, kind: Kind, label: str, words: str = "") -> None:
        self.parts.append(Part(kind, label, words))

    def choose(
        self, key: str, kind: Kind, message: str, options: Mapping[str, tuple[str, T]], words: str = ""
    ) -> T | None:
        """The answer, if one of the options was chosen. Else it is asked, whatever was answered before."""
        chosen = options.get(self._answers.get(key, ""))
        if chosen is None:
            choices = tuple(Choice(value, label) for value, (label, _) in options.items())
            self.questions.append(Question(key, kind, message, choices))
            return None
        self.understood(kind, chosen[0], words)
        return chosen[1]

    def settle(self, kind: Kind, said: Said[Any], message: str, options: Mapping[str, tuple[str, T]]) -> T | None:
        """The only meaning of some words, or the one that is chosen."""
        if len(options) > 1:
            return self.choose(f"{kind}:{said.words.casefold()}", kind, message, options, said.words)
        ((label, meaning),) = options.values()
        self.understood(kind, label, said.words)
        return meaning
