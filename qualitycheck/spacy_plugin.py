"""`nlp.add_pipe("qualitycheck")`: the checker as a component of anybody's spaCy pipeline.

It needs nothing of the pipeline that it stands in (`spacy.blank("en")` will do): it reads the text of the Doc, a line a
paragraph, and leaves

- `doc._.qualitycheck`: a `ReportResult`, whose `not_run` says what a Doc does not let it judge;
- `doc.spans["qualitycheck"]`: a span for each finding, its label the finding's id, its span id the fingerprint.
"""

from __future__ import annotations

import hashlib
from collections.abc import Collection
from dataclasses import dataclass, replace

from spacy.language import Language
from spacy.tokens import Doc, Span

from qualitycheck.document import Document, Paragraph, Section
from qualitycheck.errors import BadSetting
from qualitycheck.pipeline import Settings, check_document
from qualitycheck.result import NotRun, ReportResult
from qualitycheck.rulebook.packs import load_rulebook
from qualitycheck.understanding.case import ReportType
from qualitycheck.understanding.sections import heading_role

NAME = "qualitycheck"
_TYPES = {"auto": None, "section7": ReportType.SECTION7, "section31": ReportType.SECTION31}
# What no single rule can name.
_LAYOUT = NotRun("layout", "a Doc has no tables, notes, comments or margins: what stands only there was not seen")
_MOST_WORDS_OF_A_HEADING = 8
# Criteria that a Doc cannot be judged by, and why.
_NEED_LAYOUT = {
    "cross-reference": "a Doc has no automatic numbering, so references cannot be followed",
    "description-only": "a Doc has no heading styles, so where a section ends is a guess",
}


@dataclass(frozen=True)
class Line:
    """A paragraph of a Doc and where it begins, in characters of the Doc."""

    start: int
    text: str


class QualityCheck:
    """The component; see the module's docstring."""

    def __init__(self, type: str = "auto", accepted: Collection[str] = ()) -> None:
        """Raises BadSetting for an unknown type and BadRulePack for a rule pack that is wrong."""
        if type not in _TYPES:
            raise BadSetting(f"the type of report is auto, section7 or section31, not {type!r}")
        rulebook = load_rulebook()
        self._settings = Settings(_TYPES[type], accepted=frozenset(accepted))
        self._rulebook = rulebook.without(set(_NEED_LAYOUT))
        unjudged = (rule for rule in rulebook.rules if rule.criterion in _NEED_LAYOUT)
        self._not_run = (_LAYOUT, *(NotRun(rule.id, _NEED_LAYOUT[rule.criterion]) for rule in unjudged))

    def __call__(self, doc: Doc) -> Doc:
        lines = lines_of(doc.text)
        result = check_document(document_of(doc.text, lines), self._settings, self._rulebook)
        result = replace(result, not_run=(*result.not_run, *self._not_run))
        doc._.qualitycheck = result
        doc.spans[NAME] = _spans(doc, lines, result)
        return doc


@Language.factory(NAME, default_config={"type": "auto", "accepted": []}, assigns=["doc._.qualitycheck", "doc.spans"])
def make(nlp: Language, name: str, type: str, accepted: list[str]) -> QualityCheck:
    """The component: `type` is auto, section7 or section31; `accepted` are names and terms that are no mistake."""
    if not Doc.has_extension(NAME):
        Doc.set_extension(NAME, default=None)
    return QualityCheck(type, accepted)


def lines_of(text: str) -> list[Line]:
    """The lines of a text that hold words, without the space around them."""
    lines, start = [], 0
    for line in text.splitlines(keepends=True):
        if words := line.strip():
            lines.append(Line(start + line.index(words[0]), words))
        start += len(line)
    return lines


def document_of(text: str, lines: list[Line]) -> Document:
    """The document that plain lines make; a short line that announces a section is taken for its heading."""
    headings = [index for index, line in enumerate(lines) if _is_heading(line.text)]
    first = [0, *headings]
    last = [*headings, len(lines)]
    sections = tuple(
        Section(
            index=number,
            title=lines[begin].text if number else "",
            level=1 if number else 0,
            parent=None,
            heading=begin if number else None,
            first=begin,
            last=end,
        )
        for number, (begin, end) in enumerate(zip(first, last, strict=True))
    )
    paragraphs = []
    section = 0
    for index, line in enumerate(lines):
        is_heading = section + 1 < len(first) and index == first[section + 1]
        section += is_heading
        paragraphs.append(Paragraph(index, line.text, section, heading_level=1 if is_heading else None))
    digest = hashlib.sha256(text.encode()).hexdigest()
    return Document("doc", digest, tuple(paragraphs), (), sections)


def _is_heading(line: str) -> bool:
    short = len(line.split()) <= _MOST_WORDS_OF_A_HEADING
    return short and line[-1] not in ".,;:!?'’”\"" and line[:1].isupper() and heading_role(line) is not None


def _spans(doc: Doc, lines: list[Line], result: ReportResult) -> list[Span]:
    """A span a finding, widened to whole tokens."""
    spans = []
    for finding in result.findings:
        start = lines[finding.passage.paragraph].start
        span = doc.char_span(
            start + finding.passage.start,
            start + finding.passage.end,
            label=finding.id,
            span_id=finding.fingerprint,
            alignment_mode="expand",
        )
        if span is not None:
            spans.append(span)
    return spans
