"""The rules of tests/house_rules.py, held against the code and against their own lines."""

import pytest

from tests.house_rules import ROOT, RULES, Rule


def _named(rule: Rule) -> str:
    return rule.name


@pytest.mark.parametrize("rule", RULES, ids=_named)
def test_the_house_keeps_its_rules(rule: Rule) -> None:
    assert list(rule.broken()) == [], rule.incident


@pytest.mark.parametrize("rule", RULES, ids=_named)
def test_a_rule_knows_its_good_line_from_its_bad_one(rule: Rule) -> None:
    assert rule.broken_in(rule.good) == []
    assert rule.broken_in(rule.bad) == [1]


@pytest.mark.parametrize("rule", RULES, ids=_named)
def test_an_exception_is_still_needed(rule: Rule) -> None:
    assert [path for path in rule.but if not rule.broken_in((ROOT / path).read_text())] == []
