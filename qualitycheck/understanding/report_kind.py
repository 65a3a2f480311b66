"""What the document is: a section 7 report, a guardian's analysis in care proceedings, or something else.

Nothing here needs a template's headings. Cues (`kind_cues.py`) decide where title, front sheet or signature say what a
document is; where they do not, a long document that tells what a report tells (`body.py`) is judged as one, because to
judge nothing is the worse mistake. It is something else only on positive evidence: title, form, addressee or purpose.
"""

from __future__ import annotations

from dataclasses import dataclass

import re2

from qualitycheck.document import Document, Part
from qualitycheck.understanding.body import LONG, Told, told
from qualitycheck.understanding.case import ReportType, Stage
from qualitycheck.understanding.kind_cues import CUES, LETTER

_NAMES = {"section7": "a section 7 report", "section31": "a children's guardian's analysis"}
_JUDGED = frozenset(_NAMES)
_TITLE_DECIDES = 6.0  # a title that names another document outweighs what its text mentions
_SAYS_SO = 5.0  # a score that only a title, a front sheet or several signs together reach
_BY_BODY = 0.6  # confidence in a kind told by the body alone
_HEAD_WORDS = 160  # of title and front sheet
_OPENING_WORDS = 450
_TAIL_WORDS = 90


@dataclass(frozen=True, slots=True)
class Kind:
    """What a document is taken for; `why` is one plain sentence."""

    type: ReportType
    confidence: float
    why: str
    stage: Stage | None
    wishes_only: bool


_REPORT_TITLE = re2.compile(
    r"(?i)\b(?:section|s\.?) ?7\b|guardian|child(?:ren)?(?:'s)? impact|wishes and feelings|welfare report"
)
_FINAL = re2.compile(
    r"(?i)\bfinal (?:analysis|report|hearing|evidence|recommend|position|case)|(?:analysis"
    r"|report)[^.\n]{0,40}\bfinal\b|\bIRH\b|issues resolution"
)
_INTERIM = re2.compile(
    r"(?i)\binterim (?:analysis|report|hearing|position|case|recommend)|\bfurther case management|interim (?:care"
    r"|supervision) order (?:hearing|application)"
)
_INITIAL = re2.compile(
    r"(?i)\binitial (?:analysis|report|case|position|recommend|views)|\bCMH\b|case management hearing"
    r"|first case management"
)
_ADDENDUM = re2.compile(
    r"(?i)\baddend(?:um|a)\b|supplementary (?:section 7 )?report|updat(?:ing|ed?) (?:section 7 )?report|second report"
    r"|further report|short update"
)
_WISHES_TITLE = re2.compile(
    r"(?i)wishes and feelings (?:report|only)|report on .{0,40}wishes and feelings"
    r"|limited to .{0,60}wishes and feelings"
)
_WISHES_DIRECTION = re2.compile(
    r"(?i)(?:limited|confined|restricted|only|solely|nothing (?:else|more|beyond)|single[- ]issue|no wider"
    r"|and no other)[^.]{0,90}wishes and feelings"
    r"|wishes and feelings[^.]{0,60}(?:\bonly\b|alone|and nothing (?:else|more)|not a full|and no wider|and no other)"
)


def report_kind(document: Document, *, forced: ReportType | None = None) -> Kind:
    """The kind of a document; `forced` is a user's own word for it and wins, with confidence 1.

    Where the document plainly reads like the other kind that is judged, `why` says so all the same.
    """
    parts = _parts(document)
    scores: dict[str, float] = {}
    reasons: dict[str, list[tuple[float, str]]] = {}
    for cue in CUES:
        if cue.pattern.search(parts[cue.where]):
            decides = cue.where == "title" and cue.weight >= 7 and not _REPORT_TITLE.search(parts["title"])
            scores[cue.kind] = scores.get(cue.kind, 0.0) + cue.weight + (_TITLE_DECIDES if decides else 0.0)
            reasons.setdefault(cue.kind, []).append((cue.weight, cue.says))
    body = told(parts["any"], document.words)
    _rule_of_16_4(parts, scores)
    _weigh_letter(parts, scores, body, document.words)
    front = max(scores.get("section7", 0.0), scores.get("section31", 0.0))
    elsewhere = max((score for kind, score in scores.items() if kind not in _JUDGED), default=0.0)
    bare = body.is_report and front < _SAYS_SO and elsewhere < _SAYS_SO
    if bare:
        scores = {body.prevails.value: max(front, _SAYS_SO)}
        reasons[body.prevails.value] = [(0.0, "by what its body tells; its title and front sheet do not say")]
    ranked = sorted(scores.items(), key=lambda item: -item[1])
    best, score = ranked[0] if ranked else ("", 0.0)
    second = next((value for kind, value in ranked[1:] if kind != best), 0.0)
    confidence = round(min(0.99, max(0.5, 0.55 + 0.05 * (score - second) + 0.015 * score)), 2)
    if bare:
        confidence = _BY_BODY
    why = _because(reasons.get(best, []))
    if forced is not None:
        type_, confidence = forced, 1.0
        reads_otherwise = best in _JUDGED and best != forced and score >= _SAYS_SO
        why = f"This reads like {_NAMES[best]} ({why})." if reads_otherwise else "The type was given by the user."
    elif score < 3:
        type_ = ReportType.OTHER
        why = (
            "This does not read like a section 7 report or a guardian's analysis (no court direction, front sheet or "
            "author of that kind was found): nothing is judged."
        )
        confidence = 0.8 if score < 1.5 else 0.6
    elif best in _JUDGED:
        type_ = ReportType(best)
        why = f"This reads like {_NAMES[best]} ({why})."
    else:
        type_ = ReportType.OTHER
        why = f"This reads like {best} ({why}): nothing is judged."
    return Kind(type_, confidence, why, _stage(parts, type_), _wishes_only(parts, type_))


_TITLE_CHARACTERS = 240
_VERB = re2.compile(r"\b(?:I|[Ww]e|have|has|had|were|was|are|is|will|should|said)\b")
_TO_A_FIRM = re2.compile(
    r"(?i)\bdear (?:sirs?\b|madam|colleagues?\b|all\b|mr\b|mrs\b|ms\b|miss\b|dr\b)|\bmessrs\b|\bsolicitors\b|\bour ref"
)


def _weigh_letter(parts: dict[str, str], scores: dict[str, float], body: Told, words: int) -> None:
    """A report may be written as a letter to the child or the judge; a short letter encloses one."""
    if LETTER not in scores:
        return
    front = max(scores.get("section7", 0.0), scores.get("section31", 0.0))
    if body.is_report and (front >= _SAYS_SO or not _TO_A_FIRM.search(_first_words(parts["any"], 60))):
        del scores[LETTER]
    elif words < LONG and "dear" in parts["head"][:200].lower():
        scores[LETTER] += _TITLE_DECIDES


def _rule_of_16_4(parts: dict[str, str], scores: dict[str, float]) -> None:
    """A guardian under rule 16.4 reports in private law: judged as a section 7 report."""
    if re2.search(r"(?i)\br(?:ule)?\.? ?16\.4\b", parts["opening"]) and "section31" in scores:
        scores["section7"] = scores.get("section7", 0.0) + scores.pop("section31")


def _because(reasons: list[tuple[float, str]]) -> str:
    said = dict.fromkeys(says for _, says in sorted(reasons, key=lambda reason: -reason[0]))
    return ", ".join(list(said)[:2])


def _parts(document: Document) -> dict[str, str]:
    body = [paragraph for paragraph in document.paragraphs if paragraph.part in (Part.BODY, Part.TEXTBOX)]
    texts = [paragraph.text.replace("’", "'") for paragraph in body]
    margins = " \n".join(paragraph.text.replace("’", "'") for paragraph in document.margins)
    any_ = "\n".join(texts)
    first = next((at for at, paragraph in enumerate(body) if paragraph.is_heading and paragraph.cell is None), 0)
    top = body[: max(2, min(first + 1, 8))] if first < 8 else body[:3]
    title = "\n".join(texts[at] for at, paragraph in enumerate(top) if paragraph.is_heading or not _is_prose(texts[at]))
    return {
        "title": _first_words(title, 60),
        "head": _first_words(any_, _HEAD_WORDS) + "\n" + margins,
        "opening": _first_words(any_, _OPENING_WORDS),
        "tail": _last_words(any_, _TAIL_WORDS),
        "any": any_,
    }


def _is_prose(text: str) -> bool:
    """A sentence or more; a title has no verb of its own."""
    return len(text) > _TITLE_CHARACTERS or _VERB.search(text) is not None


def _first_words(text: str, count: int) -> str:
    at = 0
    for at, match in enumerate(re2.finditer(r"\S+", text)):
        if at >= count:
            return text[: match.start()]
    return text


def _last_words(text: str, count: int) -> str:
    pieces = text[-count * 12 :].split(" ")
    return " ".join(pieces[-count:])


def _stage(parts: dict[str, str], type_: ReportType) -> Stage | None:
    if type_ is ReportType.OTHER:
        return None
    for where in ("title", "head"):
        if _ADDENDUM.search(parts[where]):
            return Stage.ADDENDUM
    if type_ is ReportType.SECTION7:
        return None if _INTERIM.search(parts["title"]) is None else Stage.INTERIM
    for where in ("title", "head", "opening"):
        for stage, pattern in ((Stage.FINAL, _FINAL), (Stage.INTERIM, _INTERIM), (Stage.INITIAL, _INITIAL)):
            if pattern.search(parts[where]):
                return stage
    return None


def _wishes_only(parts: dict[str, str], type_: ReportType) -> bool:
    if type_ is not ReportType.SECTION7:
        return False
    return bool(_WISHES_TITLE.search(parts["title"]) or _WISHES_DIRECTION.search(parts["opening"]))
