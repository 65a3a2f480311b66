"""`qualitycheck rules test`: run the examples of rules."""

from __future__ import annotations

from argparse import Namespace

from qualitycheck.configuration import load_configuration
from qualitycheck.errors import BadSetting
from qualitycheck.rulebook.examples import run as run_examples
from qualitycheck.rulebook.packs import load_rulebook


def run(options: Namespace) -> int:
    """0 when every example came out as it says, else 1."""
    rulebook = load_rulebook(load_configuration(options.config).packs)
    unknown = set(options.ids) - {rule.id for rule in rulebook.rules}
    if unknown:
        raise BadSetting(f"there is no rule called {', '.join(sorted(unknown))}")
    rules = [rule for rule in rulebook.rules if not options.ids or rule.id in options.ids]
    failed = 0
    for rule in rules:
        for failure in run_examples(rule, rulebook):
            failed += 1
            print(f"{failure.rule}: {failure.reason}\n    {failure.example.strip()}")
    count = sum(len(rule.examples.flag) + len(rule.examples.pass_) for rule in rules)
    print(f"{len(rules)} rules, {count} examples, {failed} came out otherwise")
    return int(failed > 0)
