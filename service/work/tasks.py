"""What a worker can be asked for. Imported in workers only: it loads the whole library.

Everything but the check itself takes the result that is already `known`, so that what is downloaded is what was shown.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import Any, get_args

from qualitycheck import miniature, writing
from qualitycheck.aside import SetAside
from qualitycheck.checking import Checker, TypeWanted, forget
from qualitycheck.configuration import load_configuration
from qualitycheck.document import Document
from qualitycheck.errors import BadSetting
from qualitycheck.inspecting.faults import Passage, passage_of
from qualitycheck.inspecting.grades import Fault
from qualitycheck.inspecting.masked import Hidden, Mask, people_to_hide
from qualitycheck.pipeline import Stage, check_document
from qualitycheck.precourt import remarks
from qualitycheck.rendering import html
from qualitycheck.rendering import summary as summary_page
from qualitycheck.rendering.sheet import Sheet, lay_out
from qualitycheck.result import ReportResult
from qualitycheck.understanding import understand
from qualitycheck.understanding.case import Case, ReportType

__all__ = ["TASKS", "forget", "prepare"]

Checkers = Mapping[str, Checker]  # by the type that is wanted
Tell = Callable[[Stage], None]
Reasons = Mapping[str, str] | None  # why findings were set aside, by fingerprint

# Enough of either report to reach for every model, dictionary and pattern that a check needs.
MINIATURES = (
    miniature.report(
        "# Report under section 7 of the Children Act 1989",
        "| Court | Family Court at Northbridge |",
        "| Case number | NB26P00123 |",
        "| Applicant | Ruth Marlowe, mother |",
        "| Respondent | Paul Marlowe, father |",
        "## Enquiries",
        "1.\tI met Ada at school on 4 May 2026 and spoke to both of her parents, whose relationship ended in 2024.",
        "## Wishes and feelings",
        "2.\tAda told me that she likes to stay with her father, and that she wants to see him more often.",
        "## Analysis",
        "3.\tMs Marlowe says that Mr Marlowe shouted at her; he always denies it. I think there is a risk of harm.",
        "## Recommendation",
        "4.\tI recomend that Ada lives with her mother and spends every other weekend with her father.",
        children=[("Ada Marlowe", "2 March 2015")],
    ),
    miniature.report(
        "# Children's guardian's final analysis under section 31 of the Children Act 1989",
        "| Local authority | Northbridge Council |",
        "## Threshold",
        "1.\tThe local authority says that Ben suffered significant harm because his parents neglected him.",
        "## Realistic options",
        "2.\tThe options are that Ben returns to his mother, or stays with his carers under a care order.",
        "## Recommendation",
        "3.\tI support the care plan and recommend a care order.",
        children=[("Ben Lowe", "3 May 2020")],
    ),
)


def prepare(configuration: Path | None) -> Checkers:
    """A checker for each type that may be wanted, and warm: rules, models and dictionaries are loaded."""
    loaded = load_configuration(configuration)
    checkers = {wanted: Checker(wanted, loaded) for wanted in get_args(TypeWanted)}
    for report in MINIATURES:
        checker = checkers["auto"]
        result = check_document(report, checker.settings, checker.rulebook)
        html.render(result, report, checker.rulebook.criteria, checker.tool)
    return checkers


def check(checkers: Checkers, tell: Tell, data: bytes, name: str, wanted: str) -> tuple[ReportResult, Sheet]:
    """Everything that is found in a report, and the report laid out with it marked; raises UnreadableReport."""
    document, result = _checked(checkers, tell, data, name, wanted)
    return result, lay_out(result, document)


def annotated(
    checkers: Checkers,
    tell: Tell,
    data: bytes,
    name: str,
    wanted: str,
    reasons: Reasons = None,
    known: ReportResult | None = None,
) -> bytes:
    """The report as Word with its findings as comments."""
    document, result = _checked(checkers, tell, data, name, wanted, known)
    criteria = _checker(checkers, wanted).rulebook.criteria
    return writing.annotate(data, document, _but_for(reasons, result), criteria)


def page(
    checkers: Checkers,
    tell: Tell,
    data: bytes,
    name: str,
    wanted: str,
    reasons: Reasons = None,
    known: ReportResult | None = None,
) -> bytes:
    """The report and its findings as one HTML file."""
    document, result = _checked(checkers, tell, data, name, wanted, known)
    checker = _checker(checkers, wanted)
    return html.render(_but_for(reasons, result), document, checker.rulebook.criteria, checker.tool).encode()


def summary(
    checkers: Checkers,
    tell: Tell,
    data: bytes,
    name: str,
    wanted: str,
    reasons: Reasons = None,
    known: ReportResult | None = None,
    on: date | None = None,
) -> bytes:
    """One page for the file, as Word; `on` is the day it was checked, today unless told."""
    document, result = _checked(checkers, tell, data, name, wanted, known)
    checker = _checker(checkers, wanted)
    on = on or date.today()
    return summary_page.render(_but_for(reasons, result), document, checker.rulebook.criteria, checker.tool, on)


def names(
    checkers: Checkers,
    tell: Tell,
    data: bytes,
    name: str,
    known: ReportResult | None,
    authors: tuple[str, ...],
    managers: tuple[str, ...],
) -> tuple[Hidden, ...]:
    """Whose names are not shown with a report: who wrote it and managed them, as it says and as is known."""
    return people_to_hide(_understood(checkers, data, name, known), authors, managers)


def passages(
    checkers: Checkers,
    tell: Tell,
    data: bytes,
    name: str,
    known: ReportResult | None,
    authors: tuple[str, ...],
    managers: tuple[str, ...],
    faults: tuple[Fault, ...],
) -> tuple[tuple[Passage, str], ...]:
    """Each fault's passage without the names of anybody in the report; and without those of its staff alone."""
    case = _understood(checkers, data, name, known)
    mask = Mask(people_to_hide(case, authors, managers))
    return tuple((passage_of(fault, case, authors, managers), mask.of(fault.passage).text) for fault in faults)


def filing(
    checkers: Checkers, tell: Tell, data: bytes, name: str, wanted: str
) -> tuple[bytes, list[str], list[str], list[str]]:
    """The copy for filing, what is left in it that should not be filed, what was taken out, what is not filled in."""
    checker = _checker(checkers, wanted)
    tell(Stage.READING)
    document = checker.read(data, name)
    copy = writing.filing_copy(data)
    before, after = writing.readiness(document, data), writing.readiness(checker.read(copy, name), copy)
    stays = set(after.goes())
    return copy, writing.leftovers(copy), [line for line in before.goes() if line not in stays], list(after.lines())


def remarked(
    checkers: Checkers,
    tell: Tell,
    data: bytes,
    name: str,
    wanted: str,
    comments: Sequence[remarks.Numbered],
    by: str,
    still_open: Sequence[remarks.Numbered],
    known: ReportResult,
    beside: bool,
) -> bytes:
    """The report as Word with a reader's comments in their name; `beside`: with the checker's own too."""
    document, _ = _checked(checkers, tell, data, name, wanted, known)
    criteria = _checker(checkers, wanted).rulebook.criteria
    return remarks.annotated(data, document, comments, by, criteria, known if beside else None, still_open)


TASKS: Mapping[str, Callable[..., Any]] = {
    "check": check,
    "annotated": annotated,
    "html": page,
    "summary": summary,
    "filing": filing,
    "remarked": remarked,
    "names": names,
    "passages": passages,
}


def _understood(checkers: Checkers, data: bytes, name: str, known: ReportResult | None) -> Case:
    return understand(checkers["auto"].read(data, name), type=ReportType(known.type) if known else None)


def _checked(
    checkers: Checkers, tell: Tell, data: bytes, name: str, wanted: str, known: ReportResult | None = None
) -> tuple[Document, ReportResult]:
    """The report read, and checked unless that is known."""
    checker = _checker(checkers, wanted)
    tell(Stage.READING)
    document = checker.read(data, name)
    if known is not None:
        return document, known
    try:
        result = check_document(document, checker.settings, checker.rulebook, tell)
    except Exception as fault:
        if _lacked_memory(fault):
            raise MemoryError from None
        raise
    return document, result


def _lacked_memory(fault: Exception) -> bool:
    """ONNX Runtime has no exception of its own for it: "Failed to allocate memory", "std::bad_alloc"."""
    return type(fault).__module__.startswith("onnxruntime.") and "alloc" in str(fault)


def _checker(checkers: Checkers, wanted: str) -> Checker:
    if wanted not in checkers:
        raise BadSetting("the type of report is auto, section7 or section31")
    return checkers[wanted]


def _but_for(reasons: Reasons, result: ReportResult) -> ReportResult:
    return SetAside(reasons).applied_to(result) if reasons else result
