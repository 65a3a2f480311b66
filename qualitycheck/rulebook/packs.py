"""The rulebook in force: the core pack, packs from installed packages, and the user's own folders."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.metadata import entry_points
from pathlib import Path

from qualitycheck.errors import BadRulePack
from qualitycheck.resources import folder
from qualitycheck.rulebook.loader import read_criterion, read_pack, read_rule, read_yaml
from qualitycheck.rulebook.patterns import Lexicons
from qualitycheck.rulebook.schema import AnyRule, Criterion, Pack
from qualitycheck.understanding.case import Case

ENTRY_POINTS = "qualitycheck.rulepacks"  # each gives a folder, or a function that gives one


@dataclass(frozen=True)
class Rulebook:
    """All rules in force, in the order of the catalogue, with what they share."""

    packs: tuple[Pack, ...]
    rules: tuple[AnyRule, ...]
    lexicons: Mapping[str, Lexicons]  # by rule id: those of the rule's own pack and of the core
    criteria: Mapping[str, Criterion]  # in catalogue order
    confidence: Mapping[str, Mapping[str, float]]  # by rule id: how often each answer is right; see models/evaluate.py

    @property
    def version(self) -> str:
        return " ".join(f"{pack.name}/{pack.version}" for pack in self.packs)

    def rules_for(self, case: Case) -> list[AnyRule]:
        """The rules for the case's type and stage."""
        return [
            rule
            for rule in self.rules
            if case.type in rule.report_types and (not rule.stages or case.stage in rule.stages)
        ]

    def without(self, off: Collection[str]) -> Rulebook:
        """The same without the rules called, or judging a criterion called, one of these."""
        kept = tuple(rule for rule in self.rules if rule.id not in off and rule.criterion not in off)
        return Rulebook(self.packs, kept, self.lexicons, self.criteria, self.confidence)


@cache
def load_rulebook(own: tuple[Path, ...] = ()) -> Rulebook:
    """The core pack, installed packs and the user's `own` folders; raises BadRulePack."""
    root = folder("rules")
    criteria = sorted((read_criterion(path) for path in (root / "criteria").glob("*.yaml")), key=lambda c: c.order)
    folders = [root / "core", *_installed(), *own]
    packs = [read_pack(place) for place in folders]
    core = packs[0].lexicons
    rules: list[AnyRule] = []
    lexicons: dict[str, Lexicons] = {}
    for place, pack in zip(folders, packs, strict=True):
        known = {**core, **pack.lexicons}
        for path in _rule_files(place):
            rule = read_rule(path, known)
            if rule.id in lexicons:
                raise BadRulePack(f"{path.name}: a rule called {rule.id} is there already")
            lexicons[rule.id] = known
            rules.append(rule)
    by_id = {criterion.id: criterion for criterion in criteria}
    for rule in rules:
        if rule.criterion not in by_id:
            raise BadRulePack(f"{rule.id}.yaml, criterion: the catalogue has no {rule.criterion!r}")
    rules.sort(key=lambda rule: (by_id[rule.criterion].order, rule.id))
    confidence_file = root / "core" / "confidence.yaml"
    confidence = read_yaml(confidence_file) if confidence_file.is_file() else {}
    return Rulebook(tuple(packs), tuple(rules), lexicons, by_id, confidence)


def _rule_files(place: Path) -> Sequence[Path]:
    """Every rule file of a pack: its folders hold rules, but for the lexicons."""
    return sorted(path for path in place.glob("*/*.yaml") if path.parent.name != "lexicons")


def _installed() -> list[Path]:
    found = []
    for point in sorted(entry_points(group=ENTRY_POINTS), key=lambda point: point.name):
        given = point.load()
        place = given() if callable(given) else given
        found.append(Path(getattr(place, "__path__", [place])[0]))
    return found
