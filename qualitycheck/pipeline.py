"""The check, from a document to its result: read it as a recipe."""

from __future__ import annotations

import hashlib
import re
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field, replace
from enum import StrEnum
from itertools import chain

from qualitycheck.document import Document
from qualitycheck.judging.claims import Asked, Ruled, sentence_at
from qualitycheck.judging.judge import Judge
from qualitycheck.judging.labels import FAULTS
from qualitycheck.judging.verdict import Verdict, by_rule
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
from qualitycheck.rulebook.flag import Flag, Judgement, Place, place_of
from qualitycheck.rulebook.kinds import Bench
from qualitycheck.rulebook.packs import Rulebook, load_rulebook
from qualitycheck.rulebook.schema import CheckRule, ElementRule, FindingRule
from qualitycheck.understanding import understand
from qualitycheck.understanding.case import Case, ReportType

BY_READER = "reader"  # `rule` of a finding that the trained reader alone makes
USUAL_CONFIDENCE = 0.7  # of a rule that has not been measured yet
MOST_NEEDING_READING = 0.15  # of a report's elements (the contract)
UNSURE_BELOW = 0.62
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


class Stage(StrEnum):
    """How far a check is, for whoever waits for it."""

    READING = "reading"
    UNDERSTANDING = "understanding"
    RULES = "rules"
    JUDGING = "judging"


@dataclass(frozen=True)
class Settings:
    """What a user may change about a check."""

    type: ReportType | None = None  # None: worked out from the report
    levels: Mapping[str, Level] = field(default_factory=dict)  # by rule id or criterion
    accepted: frozenset[str] = frozenset()  # names and terms that are no spelling mistake
    off: frozenset[str] = frozenset()  # criteria that are not judged
    judge: Judge | None = None  # None: the rules alone


@dataclass(frozen=True)
class SaidByRules:
    """What the rules say of one case, before it is weighed."""

    rulebook: Rulebook
    judged: list[tuple[ElementRule, Judgement]] = field(default_factory=list)
    flagged: list[tuple[FindingRule, Flag]] = field(default_factory=list)
    not_run: list[NotRun] = field(default_factory=list)

    @property
    def elements(self) -> list[tuple[str, Judgement, float]]:
        """Each element that was judged, what its rule says, and how often that is right."""
        return [
            (rule.criterion, judged, rule_confidence(self.rulebook, rule.id, judged.status.value))
            for rule, judged in self.judged
        ]

    @property
    def ruled(self) -> list[Ruled]:
        """The flags that are weighed against the reader."""
        return [
            Ruled(rule.criterion, rule_confidence(self.rulebook, rule.id, "flag"), flag.place)
            for rule, flag in self.flagged
            if is_weighed(rule)
        ]


@dataclass(frozen=True, slots=True)
class _Flagged:
    """A fault to be shown, in the words of the rule or of the criterion that it falls under."""

    criterion: str
    rule: str
    level: Level
    message: str
    suggestion: str
    source: str
    confidence: float
    flag: Flag
    exact: bool = False  # found by an exact check
    weighed: bool = False  # its confidence comes from rules and reader together, and compares with others'


def quietly(_stage: Stage) -> None:
    """Tell nobody."""


def check_document(
    document: Document,
    settings: Settings = Settings(),
    rulebook: Rulebook | None = None,
    tell: Callable[[Stage], None] = quietly,
) -> ReportResult:
    """Everything rules and models say about one document, sorted, the same from run to run; `tell` hears how far."""
    rulebook = rulebook or load_rulebook()
    tell(Stage.UNDERSTANDING)
    case = understand(document, type=settings.type)
    result = _described(case)
    if case.type is ReportType.OTHER:
        return result
    bench = Bench(case, rulebook, settings.accepted)
    tell(Stage.RULES)
    said = ask_rules(bench, rulebook)
    tell(Stage.JUDGING)
    elements, flagged = _judged(bench, said, settings)
    return replace(
        result,
        elements=tuple(_mark_for_reading(elements)),
        findings=tuple(_findings(flagged, case)),
        not_run=tuple(said.not_run),
    )


def ask_rules(bench: Bench, rulebook: Rulebook) -> SaidByRules:
    """What each rule for the case says; a rule that fails is named and does not silence the rest.

    Raises:
        MemoryError: where there is too little of it for a rule.
    """
    said = SaidByRules(rulebook)
    for rule in rulebook.rules_for(bench.case):
        try:
            if isinstance(rule, ElementRule):
                said.judged.append((rule, bench.judge(rule)))
            else:
                said.flagged.extend([(rule, flag) for flag in bench.flags(rule)])
        except MemoryError:
            raise  # the rule is not at fault, and without it the result would be another
        except Exception as fault:  # its text may quote the report
            said.not_run.append(NotRun(rule.id, f"it failed with {type(fault).__name__}"))
    return said


def is_weighed(rule: FindingRule) -> bool:
    """Whether the reader is heard on what the rule flags; exact checks stand as they are."""
    return rule.criterion in FAULTS and not isinstance(rule, CheckRule)


def _judged(bench: Bench, said: SaidByRules, settings: Settings) -> tuple[list[Element], list[_Flagged]]:
    """Elements and faults: as the rules say, or weighed against what the models make of the same case."""
    case = bench.case
    if settings.judge is None:
        verdicts = [by_rule(judged, sure) for _, judged, sure in said.elements]
        flagged = [_by_rule(rule, flag, said.rulebook, settings) for rule, flag in said.flagged]
    else:
        reading = settings.judge.read(case)
        verdicts = settings.judge.elements(case, reading, said.elements)
        likely = settings.judge.claims(case, reading, said.ruled)
        flagged = _weighed(bench, said, likely, settings)
    both = zip(said.judged, verdicts, strict=True)
    return [_element(rule, verdict, case, settings) for (rule, _), verdict in both], flagged


def _weighed(bench: Bench, said: SaidByRules, likely: dict[Asked, float], settings: Settings) -> list[_Flagged]:
    """The flags of rules that the reader does not talk out of, and the reader's own."""
    kept: list[_Flagged] = []
    by_rule: set[Asked] = set()
    for rule, flag in said.flagged:
        shown = _by_rule(rule, flag, said.rulebook, settings)
        if not is_weighed(rule):
            kept.append(shown)
            continue
        sentence = sentence_at(bench.case, flag.place)
        asked = Asked(sentence.index, rule.criterion) if sentence else None
        if asked in likely:
            by_rule.add(asked)
            kept.append(replace(shown, confidence=likely[asked], weighed=True))
    for asked, share in likely.items():
        if asked not in by_rule and asked.fault not in settings.off:
            kept.append(_by_reader(asked, share, bench, said.rulebook, settings))
    return kept


def _by_rule(rule: FindingRule, flag: Flag, rulebook: Rulebook, settings: Settings) -> _Flagged:
    words = _Words(flag.detail)
    return _Flagged(
        criterion=rule.criterion,
        rule=rule.id,
        level=settings.levels.get(rule.id, settings.levels.get(rule.criterion, rule.level)),
        message=rule.message.format_map(words),
        suggestion=rule.suggestion.format_map(words),
        source="; ".join(f"{a.source} {a.at}" for a in rule.authority),
        confidence=rule_confidence(rulebook, rule.id, "flag"),
        flag=flag,
        exact=isinstance(rule, CheckRule),
    )


def _by_reader(asked: Asked, share: float, bench: Bench, rulebook: Rulebook, settings: Settings) -> _Flagged:
    """A fault that only the reader sees: the whole sentence, in the words of the catalogue."""
    criterion = rulebook.criteria[asked.fault]
    assert criterion.read
    sentence = bench.case.sentences[asked.sentence]
    nearest = bench.evidence.nearest(sentence) if asked.fault == "unsupported-assertion" else []
    return _Flagged(
        criterion=asked.fault,
        rule=BY_READER,
        level=settings.levels.get(asked.fault, criterion.read.level),
        message=criterion.read.message,
        suggestion=criterion.read.suggestion,
        source="; ".join(f"{a.source} {a.at}" for a in criterion.law),
        confidence=share,
        flag=Flag(place_of(sentence), support=tuple(place_of(near) for near in nearest)),
        weighed=True,
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
        case_number=case.case_number,
        unread=tuple(UnreadPart(unread.what, unread.count) for unread in document.unread),
    )


def _element(rule: ElementRule, verdict: Verdict, case: Case, settings: Settings) -> Element:
    status = verdict.status
    level = {Status.PARTIAL: rule.levels.partial, Status.MISSING: rule.levels.missing}.get(status)
    if level:
        level = settings.levels.get(rule.id, settings.levels.get(rule.criterion, level))
    return Element(
        id=rule.criterion,
        status=status,
        confidence=verdict.confidence,
        needs_reading=verdict.unsure or verdict.confidence < UNSURE_BELOW,
        decided_by=verdict.decided_by,
        level=level,
        by_child=tuple(ChildStatus(case.person[key].name, of_child) for key, of_child in verdict.by_child),
        reason=_reason(rule, verdict),
        passages=tuple(_passage(place, case) for place in verdict.places),
    )


def _reason(rule: ElementRule, verdict: Verdict) -> str:
    """The rule's own sentence, and for what is partial, what was not found."""
    reason = rule.reasons.get(verdict.status.value, "")
    if verdict.status is Status.PARTIAL and verdict.lacking:
        return f"{reason} Not found: {'; '.join(verdict.lacking)}."
    return reason


def _mark_for_reading(elements: list[Element]) -> Iterable[Element]:
    """Leave `needs_reading` on those the rules are least sure of, and on no more than a person can read."""
    most = int(MOST_NEEDING_READING * len(elements))
    unsure = sorted((e for e in elements if e.needs_reading), key=lambda e: (e.confidence, e.id))[:most]
    kept = {element.id for element in unsure}
    return (replace(element, needs_reading=element.id in kept) for element in elements)


def _findings(flagged: list[_Flagged], case: Case) -> list[Finding]:
    seen: Counter[str] = Counter()
    findings = []
    for one in _one_fault_one_finding(flagged):
        passage = _passage(one.flag.place, case)
        print_ = fingerprint(one.criterion, passage.text, _around(one.flag.place, case))
        seen[print_] += 1
        findings.append(
            Finding(
                id=one.criterion,
                rule=one.rule,
                level=one.level,
                confidence=one.confidence,
                fingerprint=print_ if seen[print_] == 1 else f"{print_}-{seen[print_]}",
                passage=passage,
                message=one.message,
                suggestion=one.suggestion,
                source=one.source,
                support=tuple(_passage(place, case) for place in one.flag.support),
                related=tuple(_passage(place, case) for place in one.flag.related),
            )
        )
    return findings


def _one_fault_one_finding(flagged: list[_Flagged]) -> list[_Flagged]:
    """In reading order, without a second flag for the same criterion or a wider one on the same words."""
    kept: dict[int, list[_Flagged]] = defaultdict(list)  # by paragraph
    for one in sorted(flagged, key=_narrowest_first):
        here = kept[one.flag.place.paragraph]
        if not any(_same_fault(one, other) for other in here):
            here.append(one)
    return sorted(chain.from_iterable(kept.values()), key=lambda one: (one.flag.place, one.criterion, one.rule))


def _narrowest_first(one: _Flagged) -> tuple[int, float, Place, bool, str]:
    """Exact checks; then by how narrow the id is, or where rules and reader were weighed, by how likely it is."""
    rank = NARROWEST_FIRST.index(one.criterion) if one.criterion in NARROWEST_FIRST else -1
    rank, likely = (0, one.confidence) if one.weighed else (rank, 0.0)
    return rank, -likely, one.flag.place, not one.exact, one.rule


def _same_fault(one: _Flagged, other: _Flagged) -> bool:
    a, b = one.flag.place, other.flag.place
    if a.end <= b.start or b.end <= a.start:
        return False
    contested = one.criterion in NARROWEST_FIRST and other.criterion in NARROWEST_FIRST
    return contested or one.criterion == other.criterion


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


def rule_confidence(rulebook: Rulebook, rule: str, answer: str) -> float:
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
