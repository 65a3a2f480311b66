"""References to a paragraph, section, appendix, note, table or page of this report that is not there or is another.

References to other documents (an order, a statement, the bundle, a practice direction, an Act) are never judged: a
reference is this report's own only when nothing near it says otherwise.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from functools import cached_property
from typing import NamedTuple

import re2

from qualitycheck.consistency.fault import Fault, Span
from qualitycheck.consistency.labels import NUMBERS, Labels, plain_kind, plain_label, read_labels
from qualitycheck.consistency.words import content, stem, words
from qualitycheck.document import Part
from qualitycheck.understanding.case import Case, Sentence

_REFERENCE = re2.compile(
    r"\b(?P<kind>[Pp]aragraphs?|[Pp]aras?\.?|¶+|[Ss]ections?|[Aa]ppendix|[Aa]ppendices|[Aa]nnexe?s?|[Ff]ootnotes?"
    r"|[Tt]ables?|[Pp]arts?"
    r"|[Pp]ages?|[Nn]otes?|[Ss]erials?|[Oo]ptions?|[Qq]uestions?|[Aa]llegations?|[Rr]ecommendations?)\s+"
    r"\(?(?P<first>\d{1,3}(?:\.\d{1,2}){0,3}|[A-Z]\d?|[IVX]{1,4}|one|two|three|four|five|six|seven|eight|nine|ten)\b\)?"
    r"(?P<inner>\([a-z0-9]{1,4}\))*"
    r"(?:\s*(?P<join>to|and|or|,|&|-|–|—)\s*\(?(?P<last>\d{1,3}(?:\.\d{1,2}){0,3})\b\)?)?"
)
_OTHER_DOCUMENT = (
    r"(?:statements?|orders?|directions?|letters?|assessments?|bundle|care plan|plans?|judge?ments?|practice direction|"
    r"PD ?\d+[A-Z]?|Act|Acts|rules|FPR|threshold|documents?|applications?|C100|C1A|schedule|response|reply|chronology|"
    r"transcript|minutes|guidance|protocol|agreement|policy|decision|logs?|records?|disclosure|skeleton|evidence|"
    r"referral|form|code|regulations|convention|report (?:of|by|dated)|analysis (?:of|dated)|authorit(?:y|ies)|"
    r"EWCA|EWHC|UKSC|EWFC|FLR|exhibits?|SWET|evaluation|review|toolkit|manual|standards?|contract|licence)"
)
_OWNED_AFTER = re2.compile(
    r"^[\s,]*(?:\([^)]{0,30}\)\s*)?(?:of|in|to|from|on)\s+(?:(?:the|that|his|her|their|its|my|your|a|an|each|this"
    r"|both)\s+)?"
    r"(?:[\w'’.-]+\s+){0,5}?" + _OTHER_DOCUMENT + r"\b"
)
_OWNED_BEFORE = re2.compile(_OTHER_DOCUMENT + r"\b[^.;]{0,40}$")
_WHOSE_BEFORE = re2.compile(r"\p{L}(?:['’]s|s['’]) (?:own )?$")  # "the judge's own paragraph 88"
# "which stand by date in Appendix B": the author's own, whatever documents are named before it.
_I_PUT_IN = re2.compile(
    r"(?i)\bI(?:['’]ve| have| had)? (?:\w+ )?(?:set out|put|listed?|placed|attach(?:ed)?|annex(?:ed)?|append(?:ed)?"
    r"|summarised?|gathered|copied|explain(?:ed)?|deal with|dealt with)\b[^.;:]{0,60}\b(?:in|at|under|on|as)\s$"
)
# What a table of the report itself is brought in by.
_TABLE_SHOWN = re2.compile(
    r"(?i)(?:^|[.;:(] ?)[Ss]ee (?:also )?$|\b(?:see|seen|shown|set out|listed|given|appears?|summarised|compared)\b"
    r"[^.;:]{0,45}\b(?:in|at|from|by|see)\s$"
)
_DEALT_WITH = re2.compile(r"(?i)\b(?:is|are) (?:dealt with|set out|considered|answered|analysed) (?:in|at|under)\s$")
_NOTES_IN = re2.compile(r"(?i)\b(?:is|are|was|were|see|given|set out|explained|listed|recorded) (?:in|at|under)?\s?$")
# "at section 11", "my notes at section 15": an Act is cited "under" and "by" its sections, a report "at" them.
_AT = re2.compile(
    r"(?i)\b(?:is|are|was|were|genogram|notes?|reasons?|list|set out|given|shown|below|see|views?|plan) at\s$"
)
_LISTED_IN = re2.compile(r"(?i)\b(?:is|are) (?:listed|given|described|dealt with|recorded) in\s$")
_LAW = re2.compile(r"\b(?:Act|19\d\d|20\d\d Act|statute|Rules|CA|duty|duties|powers?)\b")
_TABLE_AT_END = re2.compile(
    r"(?i)\b(?P<at>(?:in|at|see) the table (?:(?:which|that) (?:\S+ ){1,3})?(?:at the (?:back|end)|on the last page))\b"
)
_OTHER_PAPER = re2.compile(
    r"(?i)\b(?:statement|order|letter|bundle|plan|file|log|record|register|index|diary|agreement|notes? of|book|form"
    r"|application|assessment|website|guidance|minutes|chronology|policy|logged|filed|recorded|entered|Act)\b"
)
_NEAR_END = 0.15  # of the paragraphs
# A judgment, practice direction or Act named just before: what "see" or "set out in" stands before is that authority's.
_AUTHORITY_BEFORE = re2.compile(
    r"(?:\[(?:19|20)\d\d\]|\b(?:EWCA|EWHC|EWFC|EWCOP|UKSC|UKHL|UKPC|FLR|FCR|WLR|AC|All ER)\b|\b(?:Re|In re) [A-Z]\w*\b"
    r"|\b[Pp]ractice [Dd]irection\b|\bPD ?\d+[A-Z]?\b|\b(?:Act|Rules|Regulations|Convention)(?: (?:19|20)\d\d)?\b"
    r"|\b[A-Z]\w* v\.? [A-Z])"
    r"[^;]{0,60}$"
)
_AUTHORITY_AFTER = re2.compile(
    r"^[\s,]*(?:\([^)]{0,30}\)\s*)*(?:of|in|to|from)\s+(?:the )?(?:judge?ment (?:of|in) )?"
    r"(?:Re [A-Z]|In re [A-Z]|[Pp]ractice [Dd]irection|PD ?\d|[A-Z]\w* v\.? [A-Z]|\[(?:19|20)\d\d\])"
)
_NEW_SENTENCE = re2.compile(r"[a-z)\]][.] [A-Z]")
_THIS_REPORT = re2.compile(
    r"(?i)^[\s,)]*(?:\([^)]{0,30}\)\s*)?(?:(?:and|,)\s+\d[\d.]*\s*)?"
    r"(?:above|below|earlier|overleaf|later|hereof|(?:of|in|to)\s+(?:this|my)\s+(?:report|analysis|document|letter"
    r"|addendum)\b|"
    r"I (?:\w+ )?(?:explain|set out|describe|deal|give|come|say|return|consider|list|show)\b)"
)
_SELF_BEFORE = re2.compile(
    r"(?i)(?:\bsee(?: also)?|\bas (?:i |we )?(?:\w+ )?(?:set out|say|said|described?|noted?|recorded|explained|"
    r"discussed|mentioned|outlined|stated|reported)|\b(?:dealt with|addressed|covered|analysed|considered|listed|shown"
    r"|summarised|explained|recorded|found) (?:in|at|under|by)|\bset out|\bdescribed|\bdiscussed|\boutlined"
    r"|\bI (?:\w+ )?(?:refer|return|deal|"
    r"explain|describe|set out|record|gave|give|come)|\bmy (?:\w+ ){0,3}"
    r"|\b(?:is|are|attached|annexed|appended|enclosed) (?:attached )?(?:to (?:this|my) \w+ )?(?:at|as|in)"
    r"|\brefer(?:red)? to"
    r"|\brepeat|\bbelow|\babove)"
    r"[^.;:()]{0,25}$"
)
_ABOVE = re2.compile(r"(?i)^[\s,)]*(?:\([^)]{0,30}\)\s*)?above\b")
_BELOW = re2.compile(r"(?i)^[\s,)]*(?:\([^)]{0,30}\)\s*)?below\b")
# "I explain in section 4": the author's own, though an Act has such a section too.
_I_SAY_IN = re2.compile(
    r"(?i)\bI (?:\w+ ){0,2}(?:set out|deal|dealt|come|came|explain(?:ed)?|described?|return|give|gave|turn"
    r"|refer|say|said)\b"
    r"[^.;:]{0,25}\b(?:in|at|to|under|with in)\s$"
)
_TITLED = re2.compile(
    r"(?:\b(?:[Ss]ection|[Hh]eading|[Pp]art|[Pp]aragraphs?)\s+(?:headed |entitled |called |on |titled )?"
    r"[‘'“\"](?P<a>[^'’”\"]{4,60})[’'”\"]"
    r"|\b(?:[Ss]ection|[Hh]eading) (?:headed|entitled|called|titled) (?P<c>[A-Z][\w’' ]{3,50})(?:[.,;:)]|$)"
    r"|\b(?:(?:is|are) (?:\w+ ){0,3}under|[Ss]ee (?:under )?|with what is under)\s*[‘'“\"]"
    r"(?P<d>[A-Z][^'’”\"]{3,60})[’'”\"](?:[.,;)]|$)"
    r"|\b(?:under|see|in|at)\s+[‘'“\"](?P<b>[A-Z][^'’”\"]{3,60})[’'”\"],?\s+(?:above|below|section\b"
    r"|earlier in this report))"
)
# Sections of the Acts that reports name: a bare "section 8" is the Act's.
_STATUTORY = frozenset(
    "1 3 4 7 8 9 10 11 13 14 15 16 17 20 21 22 23 25 26 31 32 34 35 37 38 39 41 42 43 44 46 47 50 51 52 84 91".split()
)
_FORM = re2.compile(r"(?i)^ (?:report|form|assessment)\b")  # "the Annex B report" is a document of its own
_TABLE_BEFORE = re2.compile(r"(?i)\btables? (?:at|on) $")
FULLEST, EMPTIEST = 800, 170  # words on a page: a file's own count of its pages is often left over from the template
DISTINCTIVE = 4  # a stem in at most so many paragraphs tells one from another
STRONG = 3  # so many distinctive words shared with another paragraph show what was meant


class _Reference(NamedTuple):
    sentence: Sentence
    start: int  # in the sentence's text
    end: int
    kind: str
    labels: tuple[str, ...]
    before: str
    after: str
    sentence_is_note: bool  # in a footnote, where other papers are cited

    @property
    def ours(self) -> bool:
        """Whether words beside it say that it is to this report."""
        return bool(_THIS_REPORT.match(self.after)) or bool(_SELF_BEFORE.search(self.before))

    @property
    def elsewhere(self) -> bool:
        """Whether words beside it say that it is to another document."""
        if _THIS_REPORT.match(self.after):
            return False
        if _I_PUT_IN.search(self.before):
            return False
        if _WHOSE_BEFORE.search(self.before) or (self.sentence_is_note and not self.ours):
            return True
        if _OWNED_AFTER.match(self.after) or _AUTHORITY_AFTER.match(self.after):
            return True
        authority = _AUTHORITY_BEFORE.search(self.before)
        if authority and not _NEW_SENTENCE.search(authority.group()):
            return True
        return bool(_OWNED_BEFORE.search(self.before)) and not _SELF_BEFORE.search(self.before)


def cross_references(case: Case) -> Iterator[Fault]:
    """Yields a `cross-reference` for each reference to a place of this report that is missing or is another."""
    look = _Look(case)
    references = {
        sentence.index: list(_references(sentence, case.paragraph_of(sentence).part in (Part.FOOTNOTE, Part.ENDNOTE)))
        for sentence in case.sentences
        if not sentence.statutory
    }
    # "annex F of the trust's statement", later plain "annex F"
    others = {
        (one.kind, label)
        for found in references.values()
        for one in found
        if one.elsewhere and one.kind in ("appendix", "annex")
        for label in one.labels
    }
    for sentence in case.sentences:
        if sentence.statutory:
            continue
        for reference in references[sentence.index]:
            if (reference.kind, reference.labels[0]) in others:
                continue
            if not reference.elsewhere and (problem := look.problem(reference)):
                yield look.fault(reference, *problem)
        if not sentence.heading:
            yield from look.titles(sentence)


def _references(sentence: Sentence, is_note: bool) -> Iterator[_Reference]:
    text = sentence.text
    for found in _REFERENCE.finditer(text):
        kind = plain_kind(found.group("kind"))
        kind = "paragraph" if kind in ("para", "¶") else kind
        first = found.group("first")
        labels = [NUMBERS.get(first.lower(), first.lower())]
        if last := found.group("last"):
            labels += _through(labels[0], last) if found.group("join") in ("to", "-", "–", "—") else [last]
        start, end = found.span()
        before, after = text[max(0, start - 80) : start], text[end : end + 80]
        yield _Reference(sentence, start, end, kind, tuple(labels), before, after, is_note)


def _through(first: str, last: str) -> list[str]:
    """Both ends of a range, and what lies between where they are whole numbers."""
    if first.isdigit() and last.isdigit() and 0 < int(last) - int(first) < 100:
        return [str(number) for number in range(int(first) + 1, int(last) + 1)]
    return [last]


class _Look:
    """The report's labels and words, gathered when first asked for."""

    def __init__(self, case: Case) -> None:
        self.case = case
        self.labels: Labels = read_labels(case.document)

    def fault(self, reference: _Reference, why: str, meant: int | None = None) -> Fault:
        sentence = reference.sentence
        start, end = sentence.start + reference.start, sentence.start + reference.end
        related = () if meant is None else (Span(meant, 0, len(self.case.document.paragraphs[meant].text)),)
        words_of_it = sentence.text[reference.start : reference.end]
        return Fault("cross-reference", sentence.paragraph, start, end, related, {"reference": words_of_it, "why": why})

    def problem(self, reference: _Reference) -> tuple[str, int | None] | None:
        match reference.kind:
            case "paragraph":
                return self.paragraph(reference)
            case "section":
                return self.section(reference)
            case "part":  # an Act, the Rules and an order have parts too
                own = _THIS_REPORT.match(reference.after) or (
                    _DEALT_WITH.search(reference.before) and not _LAW.search(reference.sentence.text)
                )
                return self.section(reference) if own else None
            case "page":
                return self.page(reference)
            case "note":
                own = self.labels.notes or self.labels.kinds("note")
                told = bool(own and _NOTES_IN.search(reference.before))
                return self.missing(reference, self.labels.notes | self.labels.kinds("note"), told=told)
            case "serial":
                return self.missing(reference, self.serials, told=len(self.serials) >= 3)
            case "footnote":
                return self.missing(reference, self.labels.notes, told=bool(self.labels.notes) or reference.ours)
            case "appendix" | "annex":
                known = self.labels.kinds("appendix") | self.labels.kinds("annex")
                return self.missing(reference, known, told=not _FORM.match(reference.after))
            case _:  # tables, options and the like have to be labelled in the report before a label can be missing
                known = self.labels.kinds(reference.kind)
                own = reference.kind == "table" and self.table_of_ours(reference)
                return self.missing(reference, known, told=len(known) >= 2 or own)

    def missing(self, reference: _Reference, known: set[str], *, told: bool) -> tuple[str, None] | None:
        """`told`: the report's own words or labels show that such things are its own."""
        if reference.sentence.heading or not told:
            return None
        missing = [label for label in reference.labels if label not in known]
        if not missing:
            return None
        if known and any(label[0].isdigit() for label in known) != missing[0][0].isdigit():
            return None  # "option one" of another list than options A and B
        return f"the report has no {reference.kind} {missing[0].upper()}", None

    def table_of_ours(self, reference: _Reference) -> bool:
        """Whether the table is said to be this report's, and the report has not so many tables, titled or not."""
        if _THIS_REPORT.match(reference.after):
            return True
        label = reference.labels[0]
        tables = {paragraph.cell.table for paragraph in self.case.document.paragraphs if paragraph.cell}
        return bool(_TABLE_SHOWN.search(reference.before)) and label.isdigit() and int(label) > len(tables)

    @cached_property
    def serials(self) -> set[str]:
        """The numbers under a column head such as "Serial"."""
        cells = [(paragraph.cell, paragraph.text.strip()) for paragraph in self.case.document.paragraphs]
        heads = {
            (cell.table, cell.column)
            for cell, text in cells
            if cell and cell.row == 0 and text.lower().rstrip(".") in ("serial", "ser", "serial no")
        }
        return {plain_label(text) for cell, text in cells if cell and cell.row and (cell.table, cell.column) in heads}

    def paragraph(self, reference: _Reference) -> tuple[str, int | None] | None:
        known = self.labels.paragraphs
        if not (reference.ours or self.labels.numbered) or not reference.labels[0][0].isdigit():
            return None
        for label in reference.labels:
            if label not in known and not any(other.startswith(f"{label}.") for other in known):
                return f"the report has no paragraph {label}", None
        targets = [place for label in reference.labels for place in known.get(label, ())]
        here = reference.sentence.paragraph
        if targets and _ABOVE.match(reference.after) and min(targets) > here:
            return f"paragraph {reference.labels[0]} comes after this one, not above it", None
        if targets and _BELOW.match(reference.after) and max(targets) < here:
            return f"paragraph {reference.labels[0]} comes before this one, not below it", None
        if targets == [here]:
            return f"paragraph {reference.labels[0]} is this paragraph itself", None
        return self.another(reference, targets)

    def another(self, reference: _Reference, targets: list[int]) -> tuple[str, int] | None:
        """The paragraph shares no word with what is said of it, and another one clearly does."""
        sentence = reference.sentence
        around = sentence.text[: reference.start] + " " + sentence.text[reference.end :]
        topic = {word for word in content(words(around)) if word in self.frequency} - self.names
        if not targets or not topic or any(topic & self.stems(place) for place in targets):
            return None
        telling = {word for word in topic if self.frequency[word] <= DISTINCTIVE}
        labelled = (place for places in self.labels.paragraphs.values() for place in places)
        best = max(
            (place for place in labelled if place != sentence.paragraph),
            key=lambda place: (len(telling & self.stems(place)), -place),
            default=None,
        )
        if best is None or len(telling & self.stems(best)) < STRONG:
            return None
        return f"paragraph {reference.labels[0]} is about something else", best

    def section(self, reference: _Reference) -> tuple[str, int | None] | None:
        if reference.sentence.heading:
            return None
        known = self.labels.sections
        label = reference.labels[0]
        at = _AT.search(reference.before) or (_LISTED_IN.search(reference.before) and label not in _STATUTORY)
        at = at and not _LAW.search(reference.sentence.text)
        told = bool(at or _THIS_REPORT.match(reference.after) or _I_SAY_IN.search(reference.before))
        if label[0].isdigit():
            if not told and (label in _STATUTORY or not known or "(" in reference.after[:1]):
                return None
            if not told and not reference.ours:
                return None
        elif not known and not told:
            return None
        same_sort = {one for one in known if one[0].isdigit() == label[0].isdigit()}
        if label in known or (not same_sort and not told):
            places = known.get(label, [])
            here = reference.sentence.paragraph
            if places and _ABOVE.match(reference.after) and min(places) > here:
                return f"section {label.upper()} comes later, not above", None
            return None
        return f"the report has no section {label.upper()}", None

    def page(self, reference: _Reference) -> tuple[str, None] | None:
        label = reference.labels[0]
        if not label.isdigit() or not reference.ours:
            return None
        document = self.case.document
        if _TABLE_BEFORE.search(reference.before) and not any(paragraph.cell for paragraph in document.paragraphs):
            return "the report has no table", None
        counted = document.pages if document.pages and document.pages * FULLEST >= document.words else None
        if int(label) <= (counted or document.words / EMPTIEST + 2):
            return None
        return f"the report has {counted} pages" if counted else "the report is not so long", None

    def titles(self, sentence: Sentence) -> Iterator[Fault]:
        for found in _TITLED.finditer(sentence.text):
            title = next(name for name in (found.group(one) for one in "abcd") if name)
            if found.group("d") and (_OTHER_PAPER.search(sentence.text) or not self.titled):
                continue
            wanted = {stem(word.text) for word in words(title)}
            if _OWNED_AFTER.match(sentence.text[found.end() :]) or any(
                len(wanted & self.title_stems(section.title)) * 2 >= len(wanted)
                for section in self.case.document.sections
            ):
                continue
            start, end = sentence.start + found.start(), sentence.start + found.end()
            detail = {"reference": found.group(), "why": f"no heading of the report reads {title}"}
            yield Fault("cross-reference", sentence.paragraph, start, end, (), detail)
        found = _TABLE_AT_END.search(sentence.text)
        if found and not _OWNED_AFTER.match(sentence.text[found.end() :]):
            paragraphs = self.case.document.paragraphs
            last = max((paragraph.index for paragraph in paragraphs if paragraph.cell), default=0)
            if last < (1 - _NEAR_END) * len(paragraphs):
                detail = {"reference": found.group("at"), "why": "the report has no table at its end"}
                place = (sentence.start + found.start(), sentence.start + found.end())
                yield Fault("cross-reference", sentence.paragraph, *place, (), detail)

    @cached_property
    def titled(self) -> bool:
        """Whether the report's parts have headings by which one could be found."""
        return sum(1 for section in self.case.document.sections[1:] if not section.from_label_cell) >= 5

    @staticmethod
    def title_stems(title: str) -> set[str]:
        return {stem(word.text) for word in words(title)}

    @cached_property
    def _stems(self) -> dict[int, frozenset[str]]:
        titles = {section.index: content(words(section.title)) for section in self.case.document.sections}
        return {
            paragraph.index: frozenset(content(words(paragraph.text)) + titles.get(paragraph.section, []))
            for paragraph in self.case.document.paragraphs
        }

    def stems(self, paragraph: int) -> frozenset[str]:
        return self._stems[paragraph]

    @cached_property
    def frequency(self) -> Counter[str]:
        return Counter(word for stems in self._stems.values() for word in stems)

    @cached_property
    def names(self) -> frozenset[str]:
        return frozenset(
            stem(word.text)
            for person in self.case.people
            for name in (person.name, *person.aliases)
            for word in words(name)
        )
