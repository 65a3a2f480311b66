"""What to fix first: the order of the lines, and what they may quote."""

from __future__ import annotations

from dataclasses import replace

from qualitycheck.priorities import what_to_fix_first
from qualitycheck.result import Element, Finding, Level, Passage, ReportResult, Status

ADDRESS = "14 Elm Road, Hull HU5 2AB"
SENTENCE = f"She now lives at {ADDRESS} with Mia."


def element(id_: str, *, unsure: bool = False, level: Level = Level.MUST_FIX) -> Element:
    return Element(id_, Status.MISSING, 0.9, unsure, "rule", level, (), "", ())


def finding(id_: str, start: int, end: int, text: str = SENTENCE, paragraph: int = 3) -> Finding:
    passage = Passage(paragraph, "3.", "Analysis", start, end, text[start:end])
    return Finding(id_, id_, Level.MUST_FIX, 0.8, id_, passage, "", "", "")


def report(*found: Element | Finding) -> ReportResult:
    return ReportResult(
        "draft.docx", "", "section7", 0.9, "", None, (), 1, 1,
        elements=tuple(one for one in found if isinstance(one, Element)),
        findings=tuple(one for one in found if isinstance(one, Finding)),
    )  # fmt: skip


def test_what_the_checker_is_not_sure_of_comes_after_the_rest_of_its_level() -> None:
    sure, unsure = element("harm"), element("child-seen", unsure=True)
    later = element("timescales", level=Level.SHOULD_FIX)
    first = what_to_fix_first(report(unsure, later, sure, finding("vague-term", 0, 3)))
    assert [item.id for item in first] == ["harm", "vague-term", "child-seen", "timescales"]
    assert [item.needs_reading for item in first] == [False, False, True, False]


def test_a_line_quotes_a_passage_but_not_what_should_not_stand_in_the_report() -> None:
    at = SENTENCE.index(ADDRESS)
    withheld = finding("inappropriate-content", at, at + len(ADDRESS))
    touching = finding("unsupported-assertion", 0, at + 5)
    again = finding("vague-term", 0, len(SENTENCE), paragraph=9)
    other = finding("personal-opinion", 0, 7)
    quoted = {item.id: item.quotation for item in what_to_fix_first(report(withheld, touching, again, other))}
    assert quoted == {
        "inappropriate-content": "",
        "unsupported-assertion": "",
        "vague-term": "",
        "personal-opinion": "She now",
    }
    assert what_to_fix_first(report(withheld))[0].where == "paragraph 3"
    assert what_to_fix_first(report(replace(touching, id="too-young")))[0].quotation == SENTENCE[: at + 5]
