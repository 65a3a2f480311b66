"""The closed set of rule kinds, one file each: rules are data, kinds are code."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from functools import cached_property

from qualitycheck.rulebook.evidence import Evidence
from qualitycheck.rulebook.flag import Flag, Judgement
from qualitycheck.rulebook.kinds import check, element, section, unsupported, wording
from qualitycheck.rulebook.matching import Matcher
from qualitycheck.rulebook.packs import Rulebook
from qualitycheck.rulebook.schema import (
    AnyRule,
    CheckRule,
    ElementRule,
    SectionRule,
    UnsupportedRule,
    WordingRule,
)
from qualitycheck.understanding.case import Case


class Bench:
    """One case laid out for the rules: what they share is worked out once."""

    def __init__(self, case: Case, rulebook: Rulebook, accepted: Collection[str] = ()) -> None:
        self.case = case
        self._rulebook = rulebook
        self._accepted = accepted
        self._matchers: dict[int, Matcher] = {}

    @cached_property
    def evidence(self) -> Evidence:
        return Evidence(self.case)

    def matcher(self, rule: AnyRule) -> Matcher:
        """The matcher with the lexicons of the rule's pack; one a pack."""
        lexicons = self._rulebook.lexicons[rule.id]
        if id(lexicons) not in self._matchers:
            self._matchers[id(lexicons)] = Matcher(self.case, lexicons)
        return self._matchers[id(lexicons)]

    def judge(self, rule: ElementRule) -> Judgement:
        return element.judge(rule, self.matcher(rule))

    def flags(self, rule: AnyRule) -> Iterable[Flag]:
        match rule:
            case WordingRule():
                return wording.flags(rule, self.matcher(rule))
            case UnsupportedRule():
                return unsupported.flags(rule, self.matcher(rule), self.evidence)
            case SectionRule():
                return section.flags(rule, self.matcher(rule))
            case CheckRule():
                return check.flags(rule, self.case, self._accepted)
            case ElementRule():
                return ()
