"""What the document is: a section 7 report, a guardian's analysis in care proceedings, or something else.

Each cue speaks for one kind with a weight; cues near the top of the document (its title and front sheet) and at its
end (the signature) count for more than those in running text, which mentions other documents all the time. Nothing
here needs a template's headings: a bare front is decided by who writes and about what.
"""

from __future__ import annotations

from dataclasses import dataclass

import re2

from qualitycheck.document import Document, Part
from qualitycheck.understanding.case import ReportType, Stage

_TITLE_DECIDES = 6.0  # a title that names another document outweighs what its text mentions
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


@dataclass(frozen=True, slots=True)
class _Cue:
    kind: str  # "section7", "section31" or the name of another document
    weight: float
    where: str  # "title", "head", "opening", "tail", "any"
    pattern: re2._Regexp[str]
    says: str


def _cue(kind: str, weight: float, where: str, pattern: str, says: str) -> _Cue:
    return _Cue(kind, weight, where, re2.compile(f"(?i){pattern}"), says)


_STATEMENT = "a social worker's statement"
_EXPERT = "an expert's report"
_POSITION = "a position statement"
_LETTER = "a letter"
_PLAN = "a care plan"
_CPR = "a child permanence report"
_SAFEGUARDING = "a safeguarding letter"
_SGO = "a special guardianship or connected person assessment"
_S37 = "a section 37 report"
_WITNESS = "a witness statement"
_ORDER = "a court order or judgment"
_PARENTING = "a parenting assessment"
_MINUTES = "minutes or a record of a meeting"

_CUES = (
    # section 7
    _cue("section7", 6, "head", r"\bsection 7\b|\bs\.? ?7\b(?:\(1\))?|\bs7\b|sec(?:tion|\.) ?7 ", "it says section 7"),
    _cue(
        "section7",
        3,
        "opening",
        r"\b(?:under|pursuant to|within|of|a) (?:section|s\.?) ?7\b|\bsection 7 (?:report|of the children act)",
        "it says section 7",
    ),
    _cue(
        "section7",
        4,
        "title",
        r"child(?:ren)?(?:'s)? impact (?:report|analysis|assessment)|welfare report|wishes and feelings report"
        r"|private law",
        "its title",
    ),
    _cue("section7", 4, "head", r"\brule 16\.4\b|\br\.? ?16\.4\b", "a rule 16.4 guardian writes it"),
    _cue(
        "section7",
        2.5,
        "head",
        r"child arrangements|\bc100\b|prohibited steps|specific issue|section 8\b|\bFHDRA\b|\bDRA\b|time with (?:his"
        r"|her|their)|\b(?:[A-Z]{2}\d\dP\d{4,6})\b",
        "child arrangements are in question",
    ),
    _cue(
        "section7",
        2,
        "opening",
        r"child arrangements|\bc100\b|prohibited steps order|specific issue order|spend time with|lives? with order"
        r"|relocat|private law",
        "child arrangements are in question",
    ),
    _cue(
        "section7",
        2,
        "head",
        r"family court advis[eo]r|\bfca\b|family proceedings officer|cafcass officer",
        "a family court adviser writes it",
    ),
    _cue(
        "section7",
        1,
        "tail",
        r"family court advis[eo]r|\bfca\b|cafcass officer|family proceedings officer",
        "a family court adviser signs it",
    ),
    _cue(
        "section7",
        1.5,
        "any",
        r"(?:directed|ordered|asked for|requested) (?:this report|a (?:section 7|welfare) report|cafcass"
        r"|the local authority to (?:report|file))",
        "the court directed it",
    ),
    _cue(
        "section7", 1, "any", r"the (?:parents|parties) (?:separated|have been separated)", "the parents are separated"
    ),
    _cue("section7", 1, "any", r"child arrangements order", "child arrangements orders are weighed"),
    # section 31 guardian
    _cue(
        "section31",
        6,
        "title",
        r"guardian'?s? (?:\w+ ){0,3}(?:analysis|report|position|recommendation|case analysis)|(?:analysis|report"
        r"|position|recommendations) (?:\w+ ){0,3}(?:of|by|from) the (?:children'?s |child'?s )?guardian",
        "its title names a guardian's analysis",
    ),
    _cue(
        "section31",
        4,
        "head",
        r"(?:children|child)'?s'? guardian\b|\bguardian's (?:final|initial|interim|analysis|report|case)|\bcg\b",
        "a children's guardian writes it",
    ),
    _cue("section31", 2.5, "tail", r"(?:children|child)'?s'? guardian\b|^guardian\b", "a children's guardian signs it"),
    _cue(
        "section31",
        2.5,
        "opening",
        r"\bI (?:am|was appointed (?:as )?)(?: the)? (?:children|child)'?s'? guardian|my appointment|i was appointed",
        "the author is the guardian",
    ),
    _cue(
        "section31",
        2,
        "head",
        r"section 31\b|\bs\.? ?31\b|care order|care proceedings|placement order|part (?:4|iv)\b|public law|\bIRH\b"
        r"|\bCMH\b|supervision order|\b(?:[A-Z]{2}\d\dC\d{4,6})\b",
        "care proceedings are in question",
    ),
    _cue(
        "section31",
        1.5,
        "any",
        r"care plan|interim care order|care proceedings|threshold",
        "care proceedings are in question",
    ),
    _cue("section31", 1, "any", r"\b(?:independent reviewing officer|IRO)\b", "the reviewing officer is consulted"),
    # other documents
    _cue(
        _STATEMENT,
        7,
        "title",
        r"social work(?:er)?(?:'s)? (?:\w+ )?(?:evidence )?statement|\bSWET\b|statement (?:of"
        r"|by) (?:the )?(?:allocated )?social worker|(?:initial|final|interim|further|updating|second"
        r"|third) (?:social work )?statement (?:of|by|from)|social work (?:evidence|statement)",
        "its title is that of a social worker's statement",
    ),
    _cue(
        _STATEMENT,
        5,
        "head",
        r"social work evidence template|\bSWET\b|statement (?:number|no\b)"
        r"|on behalf of the applicant,? (?:local authority|the council)|(?:name of )?witness\b|this statement is made",
        "it is set out as a statement",
    ),
    _cue(
        _WITNESS,
        7,
        "title",
        r"(?:witness statement|statement of (?:mr|mrs|ms|miss|the (?:mother|father|applicant|respondent))|affidavit)",
        "its title is that of a witness statement",
    ),
    _cue(
        _WITNESS,
        4,
        "opening",
        r"i make this (?:witness )?statement|will say as follows|i am the (?:mother|father|applicant|respondent"
        r"|grandmother|paternal|maternal)",
        "a party writes it as a statement",
    ),
    _cue(
        _STATEMENT,
        4,
        "tail",
        r"(?:i|the witness) believes? that the facts stated|statement of truth|proceedings for contempt",
        "it ends with a statement of truth",
    ),
    _cue(
        _STATEMENT,
        2,
        "any",
        r"believe that the facts stated in this (?:witness )?statement are true|procedural fairness",
        "it has a statement of truth",
    ),
    _cue(
        _STATEMENT,
        3,
        "opening",
        r"i am (?:the allocated |a |employed as a )?(?:qualified )?social worker (?:employed |with |in |for )"
        r"|on behalf of the (?:applicant )?local authority|the local authority (?:seeks|applies|is seeking"
        r"|is applying)|this statement",
        "a social worker speaks for the local authority's application",
    ),
    _cue(
        _EXPERT,
        7,
        "title",
        r"psycholog|psychiatr|paediatric|medical report|expert(?:'s|'s)? report|expert witness|radiolog|hair strand"
        r"|toxicolog|dna\b|cognitive (?:assessment|functioning)|independent social work(?:er)?(?:'s)? (?:report"
        r"|assessment)|(?:report|assessment) (?:by|of) (?:the |an )?independent social worker|\bISW\b",
        "its title is that of an expert's report",
    ),
    _cue(
        _EXPERT,
        4,
        "head",
        r"consultant (?:\w+ ){0,2}(?:psycholog|psychiatr|paediatric|radiolog)|chartered psychologist|HCPC"
        r"|GMC (?:number|no)|letter of instruction|instructing solicitors?|\bpart 25\b|independent social worker(?:,"
        r"|$)",
        "an expert writes it on instruction",
    ),
    _cue(
        _EXPERT,
        4,
        "any",
        r"i understand that my (?:overriding )?duty (?:is to|to) (?:help |assist )?the court"
        r"|expert(?:'s)? declaration|practice direction 25b|duties? (?:as|of) an expert|my overriding duty"
        r"|psychometric|letter of instruction",
        "it declares an expert's duty or instruction",
    ),
    _cue(
        _POSITION,
        7,
        "title",
        r"position statement|skeleton argument|case (?:outline|summary)|opening note|submissions",
        "its title is that of a position statement",
    ),
    _cue(
        _POSITION,
        3,
        "opening",
        r"(?:filed|prepared|made) on behalf of (?:the )?(?:mother|father|applicant|respondent|local authority"
        r"|children)|counsel for (?:the )?(?:mother|father|applicant|respondent|local authority)|the (?:mother"
        r"|father)'s position is",
        "it argues a party's case",
    ),
    _cue(
        _POSITION,
        2.5,
        "tail",
        r"counsel for|solicitors? for the|\bchambers\b|(?:king|queen)'s counsel|\bbarrister\b",
        "counsel or a solicitor signs it",
    ),
    _cue(
        _SAFEGUARDING,
        7,
        "title",
        r"safeguarding (?:letter|information|enquiries)|schedule 2 letter|letter to (?:the )?court",
        "its title is that of a safeguarding letter",
    ),
    _cue(
        _SAFEGUARDING,
        5,
        "opening",
        r"safeguarding (?:checks )?letter|schedule 2 letter|(?:before|prior to|ahead of"
        r"|in advance of) the (?:first hearing|FHDRA)|i have not (?:spoken to|met|seen) the child",
        "it is written before the first hearing, without the child",
    ),
    _cue(
        _LETTER,
        5,
        "head",
        r"\bdear (?:sir|madam|mr|mrs|ms|miss|dr|all|colleague|judge|[A-Z])",
        "it is addressed as a letter",
    ),
    _cue(_LETTER, 3, "tail", r"yours (?:sincerely|faithfully|truly)|kind regards|best wishes", "it closes as a letter"),
    _cue(
        _PLAN,
        8,
        "title",
        r"^(?:\W*\w+(?:'s)? ){0,4}(?:(?:final |interim |section 31a )?care plan|pathway plan|child protection plan"
        r"|child in need plan|support plan|personal education plan|placement plan)",
        "its title is that of a care plan",
    ),
    _cue(
        _PLAN,
        3,
        "opening",
        r"overall aim of the (?:care )?plan|this (?:care )?plan (?:sets out|is)|date of (?:next )?review"
        r"|views about the care plan",
        "it sets out a plan",
    ),
    _cue(
        _CPR,
        8,
        "title",
        r"child(?:'s)? permanence report|annex b\b|adoption (?:report|support plan)|prospective adopter"
        r"|adopter report|placement report|section 84",
        "its title is that of a permanence or adoption report",
    ),
    _cue(
        _SGO,
        8,
        "title",
        r"special guardianship (?:assessment|report|support)|\bSGO (?:assessment|report)"
        r"|connected persons?(?:'s)? assessment|viability assessment|kinship assessment|form c\b|fostering assessment",
        "its title is that of an assessment of carers",
    ),
    _cue(
        _SGO,
        4,
        "opening",
        r"schedule to the special guardianship regulations|special guardianship regulations 2005|assessment of (?:mr"
        r"|mrs|ms|miss)\b.{0,60}as (?:special guardians?|connected|kinship)"
        r"|prospective special guardian.{0,40}assessment",
        "it assesses proposed carers",
    ),
    _cue(_S37, 9, "title", r"section 37\b|\bs\.? ?37\b", "its title says section 37"),
    _cue(
        _S37,
        5,
        "opening",
        r"\b(?:under|pursuant to) (?:section|s\.?) ?37\b|section 37 (?:report|investigation|direction)",
        "it answers a section 37 direction",
    ),
    _cue(
        _PARENTING,
        7,
        "title",
        r"parenting assessment|\bPAMS\b|assessment of parenting|child and family assessment|single assessment"
        r"|core assessment|risk assessment|section 16a|section 47|pre-birth assessment|early help assessment",
        "its title is that of an assessment",
    ),
    _cue(
        _ORDER,
        7,
        "title",
        r"^\W*(?:in the .{0,80})?(?:order\b|judgment|judgement|approved judgment)|neutral citation|\bEWFC\b|\bEWHC\b"
        r"|\bEWCA\b|it is ordered",
        "it reads as an order or judgment",
    ),
    _cue(
        _ORDER,
        4,
        "opening",
        r"it is ordered that|penal notice|upon hearing|and upon|\bewfc\b \d|approved judgment",
        "it reads as an order or judgment",
    ),
    _cue(
        _MINUTES,
        7,
        "title",
        r"minutes|meeting (?:notes|record)|case conference|review meeting|core group|looked after (?:child )?review"
        r"|agenda|chronology$|transcript|contact (?:record|notes|log)|supervised contact",
        "its title is that of a record",
    ),
)

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
    """The kind of a document; `forced` is a user's own word for it and wins, with confidence 1."""
    parts = _parts(document)
    scores: dict[str, float] = {}
    reasons: dict[str, list[tuple[float, str]]] = {}
    for cue in _CUES:
        if cue.pattern.search(parts[cue.where]):
            decides = cue.where == "title" and cue.weight >= 7 and not _REPORT_TITLE.search(parts["title"])
            scores[cue.kind] = scores.get(cue.kind, 0.0) + cue.weight + (_TITLE_DECIDES if decides else 0.0)
            reasons.setdefault(cue.kind, []).append((cue.weight, cue.says))
    _rule_of_16_4(parts, scores)
    if document.words < 900 and _LETTER in scores and "dear" in parts["head"][:200].lower():
        scores[_LETTER] += _TITLE_DECIDES  # short and addressed: a covering letter, whatever it encloses
    if document.words > 900 and max(scores.get("section7", 0.0), scores.get("section31", 0.0)) >= 5:
        scores.pop(_LETTER, None)  # a report may be written as a letter to the child
    ranked = sorted(scores.items(), key=lambda item: -item[1])
    best, score = ranked[0] if ranked else ("", 0.0)
    second = next((value for kind, value in ranked[1:] if kind != best), 0.0)
    confidence = round(min(0.99, max(0.5, 0.55 + 0.05 * (score - second) + 0.015 * score)), 2)
    why = _because(reasons.get(best, []))
    if forced is not None:
        type_, why, confidence = forced, "The type was given by the user.", 1.0
    elif score < 3:
        type_ = ReportType.OTHER
        why = (
            "This does not read like a section 7 report or a guardian's analysis (no court direction, front sheet or "
            "author "
            "of that kind was found): nothing is judged."
        )
        confidence = 0.8 if score < 1.5 else 0.6
    elif best in {"section7", "section31"}:
        type_ = ReportType(best)
        name = "a section 7 report" if best == "section7" else "a children's guardian's analysis"
        why = f"This reads like {name} ({why})."
    else:
        type_ = ReportType.OTHER
        why = f"This reads like {best} ({why}): nothing is judged."
    return Kind(type_, confidence, why, _stage(parts, type_), _wishes_only(parts, type_))


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
    title = "\n".join(texts[: max(2, min(first + 1, 8))] if first < 8 else texts[:3])
    return {
        "title": _first_words(title, 60),
        "head": _first_words(any_, _HEAD_WORDS) + "\n" + margins,
        "opening": _first_words(any_, _OPENING_WORDS),
        "tail": _last_words(any_, _TAIL_WORDS),
        "any": any_,
    }


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
