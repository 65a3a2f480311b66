"""The reports that the browser tests upload: `python -m tests.browser.reports FOLDER`.

    draft.docx, next.docx   a report with much to fix, and its next draft: one thing fixed, one new
    none.docx, five.docx, many.docx   nothing to look at, about five passages, and 200
    first.docx, second.docx, third.docx   one report on its way through its reading: of what a reader asks for, the
                            second mends some and the third the rest; all carry tracked changes and a margin note
    letter.docx             no report
    encrypted.docx, old.doc, empty.docx   what cannot be read
    wrong.toml              no file of what was set aside

They are the example reports, changed a little.
"""

from __future__ import annotations

import io
import shutil
import sys
from collections.abc import Iterable
from copy import deepcopy
from pathlib import Path

from docx import Document as open_docx
from docx.document import Document
from docx.oxml.ns import qn
from docx.oxml.text.paragraph import CT_P

from qualitycheck.checking import Checker
from tests.cli.drafts import LETTER
from tests.docx_builder import docx, p
from tests.hostile import FRONT, REFUSED

EXAMPLES = Path(__file__).parents[2] / "examples"
MANY = 200
LEFT_IN = "[Insert summary of direct work with child 2]"  # in the example of a local authority
NEWLY_LEFT_IN = "[Insert name of school]"
REWORDED = (  # what the drafts of the impact report change, and to what; the paragraphs are the example's
    ("Click or tap to enter a date.", "16 July 2026"),
    (
        "As a father myself I know how much a remark of that kind can mean to a boy.",
        "It was the only kind thing about her that Tobias heard from his father while I was there.",
    ),
    ("Neither of the parents have been", "Neither of the parents has been"),
)
MENDED = (
    ("Tobias has met his mother three times since October", "Tobias has met his mother four times since October"),
    (
        "or make no order.",
        "or make no order. I have asked whether it would be better for Tobias to make an order than to make none. "
        "Without one he would have to decide each weekend, and every plan that rested on agreement alone has failed; "
        "an order would take that choice from him. So an order is better for him than none.",
    ),
    (
        "I intend to speak to Ms Reyes next week.",
        "I went through them with Ms Reyes on 15 July; she agreed to the Saturdays and asked for the night sooner. "
        "I shall tell Tobias myself, at school, on the day after the hearing.",
    ),
)


def write(folder: Path) -> None:
    """All of them."""
    example = EXAMPLES / "local-authority-section7.docx"
    shutil.copy(example, folder / "draft.docx")
    (folder / "next.docx").write_bytes(_next(example))
    shutil.copy(EXAMPLES / "cafcass-cymru.docx", folder / "five.docx")
    (folder / "none.docx").write_bytes(_without_findings(EXAMPLES / "guardian-final-analysis.docx"))
    (folder / "many.docx").write_bytes(docx(*FRONT, p("Contact", style="Heading1"), *map(_visit, range(1, MANY + 1))))
    impact = EXAMPLES / "child-impact-report.docx"
    shutil.copy(impact, folder / "first.docx")
    (folder / "second.docx").write_bytes(_reworded(impact, REWORDED))
    (folder / "third.docx").write_bytes(_reworded(impact, REWORDED + MENDED))
    (folder / "letter.docx").write_bytes(LETTER)
    for name, kind in (("encrypted.docx", "encrypted"), ("old.doc", "old .doc"), ("empty.docx", "empty")):
        (folder / name).write_bytes(REFUSED[kind][1]())
    (folder / "wrong.toml").write_text("aside = 7\n", "utf-8")


def _visit(number: int) -> str:
    return p(f"{number}. Ada was seen at school for visit {number}. [Insert date of visit {number}]")


def _next(draft: Path) -> bytes:
    """What was left in is out, and something else is left in."""
    document = open_docx(str(draft))
    (left_in,) = (one for one in _paragraphs(document) if LEFT_IN in _text(one))
    _write(left_in, "She drew her house, and said that the dog sleeps on her bed.")
    new = deepcopy(left_in)
    _write(new, f"Both children go to {NEWLY_LEFT_IN}.")
    left_in.addnext(new)
    return _bytes(document)


def _reworded(draft: Path, changes: Iterable[tuple[str, str]]) -> bytes:
    """What an author changes; what was tracked in the paragraph is as if accepted."""
    document = open_docx(str(draft))
    for before, after in changes:
        (changed,) = (one for one in _paragraphs(document) if before in _text(one))
        _write(changed, _text(changed).replace(before, after))
        for empty in changed.xpath(".//w:sdtPr/w:showingPlcHdr"):
            empty.getparent().remove(empty)  # as Word does when a control is filled in
    return _bytes(document)


def _without_findings(report: Path) -> bytes:
    """The report without the paragraphs that something was found in."""
    document = open_docx(str(report))
    checker = Checker()
    while findings := checker.check(_bytes(document), report.name).result.findings:
        texts = [finding.passage.text for finding in findings]
        doubtful = [one for one in _paragraphs(document) if any(text in _text(one) for text in texts)]
        assert doubtful, "a finding that is in no paragraph"
        for one in doubtful:
            one.getparent().remove(one)
    return _bytes(document)


def _paragraphs(document: Document) -> list[CT_P]:
    """Those in tables too."""
    return list(document.element.body.iter(qn("w:p")))


def _text(paragraph: CT_P) -> str:
    return "".join(part.text or "" for part in paragraph.iter(qn("w:t")))


def _write(paragraph: CT_P, text: str) -> None:
    for number, part in enumerate(paragraph.iter(qn("w:t"))):
        part.text = "" if number else text


def _bytes(document: Document) -> bytes:
    held = io.BytesIO()
    document.save(held)
    return held.getvalue()


if __name__ == "__main__":
    write(Path(sys.argv[1]))
