"""The check, from a document to its result: read it as a recipe."""

from __future__ import annotations

import hashlib
import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from itertools import chain

from qualitycheck.document import Document
from qualitycheck.result import (
    Child,
    ChildStatus,
    Element,
    Finding,
    Level,
    NotRun,
    Passage,
    ReportResult,
    Status,
    UnreadPart,
)
from qualitycheck.rulebook.flag import Flag, Judgement, Place
from qualitycheck.rulebook.kinds import Bench
from qualitycheck.rulebook.packs import Rulebook, load_rulebook
from qualitycheck.rulebook.schema import CheckRule, ElementRule, FindingRule
from qualitycheck.understanding import understand
from qualitycheck.understanding.case import Case, ReportType

USUAL_CONFIDENCE = 0.7  # of a rule that has not been measured yet
MOST_NEEDING_READING = 0.15  # of a report's elements (the contract)
UNSURE_BELOW = 0.55
# One fault, one finding: where several ids speak of the same words, the narrowest stays (criteria.md, rule 6).
NARROWEST_FIRST = (
    "template-residue",
    "too-young",
    "personal-opinion",
    "outside-expertise",
    "inappropriate-content",
    "unbalanced-language",
    "speculative-recommendation",
    "observation-criteria",
    "relevance-unclear",
    "vague-term",
    "unsupported-assertion",
)


@dataclass(frozen=True)
class Settings:
    """What a user may change about a check."""

    type: ReportType | None = None  # None: worked out from the report
    levels: Mapping[str, Level] = field(default_factory=dict)  # by rule id or criterion
    accepted: frozenset[str] = frozenset()  # names and terms that are no spelling mistake


def check_document(
    document: Document, settings: Settings = Settings(), rulebook: Rulebook | None = None
) -> ReportResult:
    """Everything the rulebook says about one document, sorted, the same from run to run."""
    rulebook = rulebook or load_rulebook()
    case = understand(document, type=settings.type)
    result = _described(case)
    if case.type is ReportType.OTHER:
        return result
    bench = Bench(case, rulebook, settings.accepted)
    elements: dict[str, Element] = {}
    flagged: list[tuple[FindingRule, Flag]] = []
    not_run: list[NotRun] = []
    for rule in rulebook.rules_for(case):
        try:
            if isinstance(rule, ElementRule):
                elements[rule.criterion] = _element(rule, bench.judge(rule), case, rulebook, settings)
            else:
                flagged += [(rule, flag) for flag in bench.flags(rule)]
        except Exception as fault:  # one broken rule does not silence the rest; its text may quote the report
            not_run.append(NotRun(rule.id, f"it failed with {type(fault).__name__}"))
    return replace(
        result,
        elements=tuple(_mark_for_reading(list(elements.values()))),
        findings=tuple(_findings(flagged, case, rulebook, settings)),
        not_run=tuple(not_run),
    )


def _described(case: Case) -> ReportResult:
    """The result before anything is judged: what the document is."""
    document = case.document
    return ReportResult(
        file=document.name,
        sha256=document.sha256,
        type=case.type.value,
        type_confidence=round(case.type_confidence, 2),
        type_reason=case.why,
        stage=case.stage.value if case.stage else None,
        children=tuple(
            Child(child.name, child.date_of_birth.isoformat() if child.date_of_birth else None)
            for child in case.children
        ),
        words=document.words,
        paragraphs=len(document.paragraphs),
        unread=tuple(UnreadPart(unread.what, unread.count) for unread in document.unread),
    )


def _element(rule: ElementRule, judged: Judgement, case: Case, rulebook: Rulebook, settings: Settings) -> Element:
    status = judged.status
    confidence = _confidence(rulebook, rule.id, status.value)
    level = {Status.PARTIAL: rule.levels.partial, Status.MISSING: rule.levels.missing}.get(status)
    if level:
        level = settings.levels.get(rule.id, settings.levels.get(rule.criterion, level))
    return Element(
        id=rule.criterion,
        status=status,
        confidence=confidence,
        needs_reading=judged.unsure or confidence < UNSURE_BELOW,
        decided_by="rule",
        level=level,
        by_child=tuple(ChildStatus(case.person[key].name, of_child) for key, of_child in judged.by_child),
        reason=_reason(rule, judged),
        passages=tuple(_passage(place, case) for place in judged.places),
    )


def _reason(rule: ElementRule, judged: Judgement) -> str:
    """The rule's own sentence, and for what is partial, what was not found."""
    reason = rule.reasons.get(judged.status.value, "")
    if judged.status is Status.PARTIAL and judged.lacking:
        return f"{reason} Not found: {'; '.join(judged.lacking)}."
    return reason


def _mark_for_reading(elements: list[Element]) -> Iterable[Element]:
    """Leave `needs_reading` on those the rules are least sure of, and on no more than a person can read."""
    most = int(MOST_NEEDING_READING * len(elements))
    unsure = sorted((e for e in elements if e.needs_reading), key=lambda e: (e.confidence, e.id))[:most]
    kept = {element.id for element in unsure}
    return (replace(element, needs_reading=element.id in kept) for element in elements)


def _findings(
    flagged: list[tuple[FindingRule, Flag]], case: Case, rulebook: Rulebook, settings: Settings
) -> list[Finding]:
    kept = _one_fault_one_finding(flagged)
    seen: Counter[str] = Counter()
    findings = []
    for rule, flag in kept:
        passage = _passage(flag.place, case)
        print_ = fingerprint(rule.criterion, passage.text, _around(flag.place, case))
        seen[print_] += 1
        words = _Words(flag.detail)
        findings.append(
            Finding(
                id=rule.criterion,
                rule=rule.id,
                level=settings.levels.get(rule.id, settings.levels.get(rule.criterion, rule.level)),
                confidence=_confidence(rulebook, rule.id, "flag"),
                fingerprint=print_ if seen[print_] == 1 else f"{print_}-{seen[print_]}",
                passage=passage,
                message=rule.message.format_map(words),
                suggestion=rule.suggestion.format_map(words),
                source="; ".join(f"{a.source} {a.at}" for a in rule.authority),
                support=tuple(_passage(place, case) for place in flag.support),
                related=tuple(_passage(place, case) for place in flag.related),
            )
        )
    return findings


def _one_fault_one_finding(flagged: list[tuple[FindingRule, Flag]]) -> list[tuple[FindingRule, Flag]]:
    """In reading order, without a second flag for the same criterion or a wider one on the same words."""
    kept: dict[int, list[tuple[FindingRule, Flag]]] = defaultdict(list)  # by paragraph
    for rule, flag in sorted(flagged, key=_narrowest_first):
        here = kept[flag.place.paragraph]
        if not any(_same_fault(rule, flag, other, of_other) for other, of_other in here):
            here.append((rule, flag))
    return sorted(chain.from_iterable(kept.values()), key=lambda pair: (pair[1].place, pair[0].criterion, pair[0].id))


def _narrowest_first(pair: tuple[FindingRule, Flag]) -> tuple[int, Place, bool, str]:
    rule, flag = pair
    rank = NARROWEST_FIRST.index(rule.criterion) if rule.criterion in NARROWEST_FIRST else -1
    return rank, flag.place, not isinstance(rule, CheckRule), rule.id


def _same_fault(rule: FindingRule, flag: Flag, other: FindingRule, of_other: Flag) -> bool:
    a, b = flag.place, of_other.place
    if a.end <= b.start or b.end <= a.start:
        return False
    contested = rule.criterion in NARROWEST_FIRST and other.criterion in NARROWEST_FIRST
    return contested or rule.criterion == other.criterion


class _Words(dict[str, str]):
    """The words a message may ask for; one that the flag did not give stays as it is written."""

    def __missing__(self, key: str) -> str:
        return "{" + key + "}"


def fingerprint(criterion: str, text: str, around: str) -> str:
    """The same for the same words in the same sentence under the same criterion, wherever it stands in the report.

    A passage may be one word ("recieved"), which another sentence can have too: `around` tells the two apart.
    """
    words = "\n".join(" ".join(re.findall(r"\w+", part.lower())) for part in (criterion, text, around))
    return hashlib.sha256(words.encode()).hexdigest()[:12]


def _around(place: Place, case: Case) -> str:
    """The sentences that the place touches, and the children: another family's report may lie in the same folder."""
    sentences = case.by_paragraph.get(place.paragraph, ())
    touched = [s.text for s in sentences if s.start < place.end and place.start < s.end]
    return " ".join([*touched, *sorted(child.name for child in case.children)])


def _confidence(rulebook: Rulebook, rule: str, answer: str) -> float:
    return rulebook.confidence.get(rule, {}).get(answer, USUAL_CONFIDENCE)


def _passage(place: Place, case: Case) -> Passage:
    paragraph = case.document.paragraphs[place.paragraph]
    return Passage(
        paragraph=place.paragraph,
        label=paragraph.label,
        section=case.document.section_of(paragraph).title,
        start=place.start,
        end=place.end,
        text=paragraph.text[place.start : place.end],
    )
