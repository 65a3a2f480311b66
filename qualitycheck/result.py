"""The result of a check, shaped as the contract's JSON; frozen, sorted, the same from run to run."""

from __future__ import annotations

from dataclasses import asdict, dataclass, field
from enum import StrEnum
from typing import Any, Literal

SCHEMA = "qualitycheck/result/1"


class Status(StrEnum):
    MET = "met"
    PARTIAL = "partial"
    MISSING = "missing"
    NOT_APPLICABLE = "not-applicable"


LACKING = (Status.PARTIAL, Status.MISSING)


class Level(StrEnum):
    """How much a finding matters; `rank` puts the most serious first."""

    MUST_FIX = "must-fix"
    SHOULD_FIX = "should-fix"
    CONSIDER = "consider"

    @property
    def rank(self) -> int:
        return list(Level).index(self)


@dataclass(frozen=True, slots=True)
class Passage:
    """Characters `start` to `end` of a paragraph; `text` is exactly `paragraph_text[start:end]`."""

    paragraph: int
    label: str | None
    section: str
    start: int
    end: int
    text: str


@dataclass(frozen=True, slots=True)
class ChildStatus:
    name: str
    status: Status


@dataclass(frozen=True, slots=True)
class Element:
    """One element of the catalogue, judged."""

    id: str
    status: Status
    confidence: float
    needs_reading: bool
    decided_by: Literal["rule", "model", "rule+model"]
    level: Level | None
    by_child: tuple[ChildStatus, ...]
    reason: str
    passages: tuple[Passage, ...]


@dataclass(frozen=True, slots=True)
class Finding:
    """One fault at one place."""

    id: str
    rule: str
    level: Level
    confidence: float
    fingerprint: str
    passage: Passage
    message: str
    suggestion: str
    source: str
    support: tuple[Passage, ...] = ()
    related: tuple[Passage, ...] = ()


@dataclass(frozen=True, slots=True)
class Aside:
    """A finding that the author has looked at and set aside, and why."""

    finding: Finding
    reason: str


@dataclass(frozen=True, slots=True)
class Child:
    name: str
    date_of_birth: str | None  # ISO


@dataclass(frozen=True, slots=True)
class NotRun:
    """A rule that failed, and why; never swallowed."""

    rule: str
    reason: str


@dataclass(frozen=True, slots=True)
class Failure:
    code: str
    message: str


@dataclass(frozen=True, slots=True)
class UnreadPart:
    what: str
    count: int


@dataclass(frozen=True, slots=True)
class ReportResult:
    file: str
    sha256: str
    type: str
    type_confidence: float
    type_reason: str
    stage: str | None
    children: tuple[Child, ...]
    words: int
    paragraphs: int
    elements: tuple[Element, ...] = ()
    findings: tuple[Finding, ...] = ()
    set_aside: tuple[Aside, ...] = ()
    unread: tuple[UnreadPart, ...] = ()
    not_run: tuple[NotRun, ...] = ()
    error: Failure | None = None
    case_number: str | None = None  # where it was understood; for the page for the file, not in the contract


@dataclass(frozen=True, slots=True)
class Result:
    """What `check` gives: the tool's versions and one result a report."""

    tool: dict[str, str]
    reports: tuple[ReportResult, ...]
    schema: str = field(default=SCHEMA)

    def as_dict(self) -> dict[str, Any]:
        """The contract's JSON object, ready for `json.dumps`."""
        result = asdict(self)
        for report in result["reports"]:
            if report["type"] != "other":
                report.pop("type_reason")
            report.pop("set_aside")
            report.pop("case_number")
        return {"schema": self.schema, "tool": result["tool"], "reports": result["reports"]}
