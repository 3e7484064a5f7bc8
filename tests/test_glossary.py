"""The glossary of CONTRIBUTING.md against the code: each word is used, and what it replaced does not come back."""

import io
import re
import tokenize
from functools import cache
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
GONE = {
    *("Held", "held_by", "hold_instead", "concerned", "Told", "Shape", "Picture", "Stretches", "inway", "MicWish"),
    *("consider", "Considered", "find_in_line", "lock_lines", "seen_by", "seen_by_link", "keep_for", "turn_down"),
}


def glossary() -> list[str]:
    table = (ROOT / "CONTRIBUTING.md").read_text().partition("## Glossary")[2].partition("\n## ")[0]
    rows = [row.split("|")[1] for row in table.splitlines() if row.startswith("| `")]
    return [word for row in rows for word in re.findall(r"`(\w+)`", row)]


@cache
def names() -> frozenset[str]:
    """Of the services and the tables: whole, and the words they are made of."""
    found = set()
    for folder in ("services", "models"):
        for file in (ROOT / folder).rglob("*.py"):
            tokens = tokenize.generate_tokens(io.StringIO(file.read_text()).readline)
            whole = {token.string for token in tokens if token.type == tokenize.NAME}
            found |= whole | {part for name in whole for part in name.lower().split("_")}
    return frozenset(found)


def test_each_word_has_one_row() -> None:
    words = glossary()
    assert len(words) == len(set(words)) > 30


@pytest.mark.parametrize("word", glossary())
def test_each_word_is_used(word: str) -> None:
    assert word in names()


def test_what_was_replaced_does_not_come_back() -> None:
    assert GONE & names() == set()
