"""Folding: the same rule in Python, which reads what is asked, and in the database, which keeps what is stored."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import text
from sqlmodel import Session

from services.core.fields import parse_name
from services.core.search import fold, words

FOLDED = [
    ("Renée Gaudí Müller", "renee gaudi muller"),
    ("  RENE\u0301E\u00a0 gaudi\u0301 ", "renee gaudi"),
    ("O’Brien, Jr.", "obrien jr"),
    ("AC/DC", "ac dc"),
    ("Łukasz Ørsted-Đorđe", "lukasz orsted dorde"),
    ("Straße STRAẞE", "strasse strasse"),
    ("Ærø Œuvre Þór", "aero oeuvre thor"),
    ("İstanbul ısı", "istanbul isi"),
    ("ＡＢＣ １２３ ﬁne", "abc 123 fine"),
    ("Ёлка Ελλάς", "елка ελλασ"),
    ("久石譲", "久石譲"),
    ("a\u200bb so\u00adft", "ab soft"),
    ("!!!", ""),
]


@pytest.mark.parametrize(("written", "folded"), FOLDED)
def test_what_people_take_for_the_same_is_folded_to_the_same(session: Session, written: str, folded: str) -> None:
    assert fold(written) == folded
    assert session.scalar(text("select folded(:written)"), {"written": written}) == folded


def test_the_database_folds_every_letter_as_the_question_is_folded(session: Session) -> None:
    """Of those both know: each has its own year's Unicode."""
    letters = [chr(point) for point in range(1, 0x30000) if unicodedata.category(chr(point)) not in ("Cn", "Cs")]
    for first in range(0, len(letters), 20_000):
        some = [f"x{letter}y" for letter in letters[first : first + 20_000]]
        found = session.execute(text("select t, folded(t) from unnest(cast(:some as text[])) t"), {"some": some}).all()
        assert [(written, folded) for written, folded in found if fold(written) != folded] == []


@given(st.text(max_size=60))
def test_folding_twice_changes_nothing(written: str) -> None:
    assert fold(fold(written)) == fold(written)


def test_a_question_is_bounded_and_asks_for_each_word_once() -> None:
    assert words("nova  NOVA reyes") == ("nova", "reyes")
    assert len(words(" ".join(f"w{n}" for n in range(50)))) == 8
    assert words("%") == words(" ") == words("\x00") == ()


@pytest.mark.parametrize(
    ("typed", "stored"),
    [
        ("  Renée   Gaudí\u00a0Müller ", "Renée Gaudí Müller"),
        ("Rene\u0301e", "Renée"),
        ("Nova\u200b \u202eReyes\u202c", "Nova Reyes"),
        ("👩\u200d🎤", "👩\u200d🎤"),
    ],
)
def test_a_name_is_stored_in_one_form_however_it_was_typed(typed: str, stored: str) -> None:
    assert parse_name(typed) == stored
