"""Every rule does what its examples say, and the pages made from the rules are in step with them."""

from pathlib import Path

import pytest

from qualitycheck.rulebook.examples import run
from qualitycheck.rulebook.kinds.check import names
from qualitycheck.rulebook.packs import load_rulebook
from qualitycheck.rulebook.pages import pages
from qualitycheck.rulebook.schema import AnyRule, CheckRule

RULEBOOK = load_rulebook()


@pytest.mark.parametrize("rule", RULEBOOK.rules, ids=lambda rule: rule.id)
def test_examples_come_out_as_they_say(rule: AnyRule) -> None:
    assert list(run(rule, RULEBOOK)) == []


def test_every_criterion_has_a_rule() -> None:
    assert {rule.criterion for rule in RULEBOOK.rules} == set(RULEBOOK.criteria)


def test_the_catalogue_is_whole() -> None:
    kinds = [criterion.kind for criterion in RULEBOOK.criteria.values()]
    assert (kinds.count("element"), kinds.count("finding")) == (26, 16)


def test_every_exact_check_has_a_rule_and_every_rule_its_check() -> None:
    assert {rule.check for rule in RULEBOOK.rules if isinstance(rule, CheckRule)} == names()


@pytest.mark.parametrize("place", sorted(pages(RULEBOOK)))
def test_pages_are_in_step_with_the_rules(place: str, root: Path) -> None:
    """Run `python -m qualitycheck.rulebook.pages` after changing a rule."""
    assert (root / place).read_text(encoding="utf-8") == pages(RULEBOOK)[place]
