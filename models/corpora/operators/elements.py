"""Operators on the elements of a whole report: done, only named, or gone."""

from __future__ import annotations

import random
import re

from qualitycheck.models.corpora.operators.changes import Broken, Edit, Labels, after, cut, edited
from qualitycheck.models.corpora.operators.inserted import places, ragged
from qualitycheck.models.corpora.operators.mutation import Change, Made, Operator
from qualitycheck.models.corpora.operators.scene import DATE, Scene, Sentence
from qualitycheck.models.corpora.operators.wordings import Filler, Unfillable, load

PER_CHILD = ("child-seen", "wishes-and-feelings", "child-needs", "effect-of-change", "harm")
# Of these the wordings name orders, checks or people as a section 7 report would.
_SUPPLIED_IN_SECTION7 = ("range-of-powers", "safeguarding-checks", "enquiries")
_SUPPLIED_FOR_ONE_CHILD = ("child-seen", "recommendation-shared")
# What stands in the other cells of a table of options would still be of use.
_NOT_FROM_TABLES = (
    "options-evaluated",
    "orders-compared",
    "care-plan-evaluation",
    "enquiries",
    "wishes-and-feelings",
    "harm",
    "parenting-capacity",
    "contact-plan",
    "professional-views",
)
_CON = re.compile(
    r"\b(?:against|but|however|disadvantages?|costs?|although|though|risks?|lacks?|lose|loses|loss|wrong|drawbacks?|price"
    r"|not so good|weak\w*|less|cannot|without|yet|untested|depends|rests on|fails?|worse|cons?|difficult\w*|concern\w*"
    r"|gaps?|silent|no one|nobody|does not|doubt\w*|only)\b",
    re.IGNORECASE,
)
_REASON = re.compile(r",? (?:because|since|so that|given that|for the reason that|in order that) [^;:]+(?=[.;])")
_STILL_REASON = re.compile(
    r"\b(?:because|since|so that|given|therefore|otherwise|without|reason|means?|why|for the|as (?:he|she|they)"
    r"|would not|broke|twice|unless)\b"
)
_SAW = re.compile(
    r"\b(?:I|[Ww]e|author|guardian|officer|adviser|reporter|[Ss]een|[Mm]et|[Vv]isit\w*|[Ss]poke|saw|watched|told me)\b"
)
_ON_DATE = re.compile(
    r",? (?:(?:both |first |last |again )?(?:on|of) )(?:(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day,? )?(?:the )?"
    rf"{DATE.pattern}"
    rf"(?:(?:,| and|, and) (?:(?:again|then) )?(?:on )?{DATE.pattern})*"
)
_SPOILT = re.compile(
    r"[,(] ?[.)]|\bfrom\b|\b(?:and|or|on|of|both|to)[.,;:)]|both of|of the (?:first|second)|\(\)|  |same day"
)
_SEVERAL = re.compile(
    r"\b(?:[Bb]oth|[Tt]hey|[Tt]heir|[Tt]hem|children|boys|girls|all|two|three|each|twins|brothers|sisters)\b"
)
_CASE_NUMBER = re.compile(
    r",? ?(?:\(?(?:[Cc]ase|[Cc]laim) (?:number|no\.?|ref\w*),?:? ?)?\b[A-Z]{2}\d{2}[A-Z]\d{4,6}\b\)?"
)


def _evidence(scene: Scene, id_: str) -> list[Sentence]:
    """The sentences that show an element, with those that stand between two of them in a paragraph, or all of the
    paragraph where it is mostly about the element."""
    quotes = scene.report["gold"]["elements"].get(id_, {}).get("evidence", [])
    held = {s for quote in quotes for s in scene.holding(quote)}
    found: list[Sentence] = []
    for unit in sorted({s.unit for s in held}):
        there, at = scene.sentences(unit), [s.nth for s in held if s.unit == unit]
        found += there if len(at) * 2 >= len(there) else there[min(at) : max(at) + 1]
    return found


def _rest(scene: Scene, gone: list[Sentence]) -> list[Sentence]:
    """What a reader still has when these sentences are out: no headings, which prove nothing."""
    out = set(gone)
    return [
        s
        for number, unit in enumerate(scene.units)
        if unit.kind != "heading"
        for s in scene.sentences(number)
        if s not in out
    ]


def _gone_without(scene: Scene, id_: str, sentences: list[Sentence]) -> bool:
    """No word in the rest of the report, by the element's list, could still do its job."""
    pattern = load("gone").get(id_)
    return bool(pattern) and not any(re.search(pattern, s.text) for s in _rest(scene, sentences))


def _labelled(scene: Scene, *statuses: str) -> list[str]:
    return [id_ for id_, label in scene.report["gold"]["elements"].items() if label["status"] in statuses]


def _made(scene: Scene, id_: str, status: str, evidence: list[str], changes: list[Edit]) -> Made | None:
    was = scene.report["gold"]["elements"][id_]["status"]
    report, touched = edited(scene, changes, Labels(elements=((id_, status, evidence),)), strict=False)
    return Made(report, id_, was, status, "", touched)


def _deleted(scene: Scene, chance: random.Random) -> Made | None:
    """All the evidence of an element taken out, where nothing that is left could do its job."""
    return _deleted_of(scene, chance, _labelled(scene, "met", "partial"))


def _deleted_of(scene: Scene, chance: random.Random, ids: list[str]) -> Made | None:
    options = [id_ for id_ in ids if _removable(scene, id_)]
    if not options:
        return None
    id_ = chance.choice(options)
    return _made(scene, id_, "missing", [], cut(scene, _evidence(scene, id_)))


def _removable(scene: Scene, id_: str) -> bool:
    gone = _evidence(scene, id_)
    if id_ in _NOT_FROM_TABLES and any(scene.units[s.unit].kind == "cell" for s in gone):
        return False
    if not gone or set(gone) & scene.faulty or not _gone_without(scene, id_, gone) or ragged(scene, gone):
        return False
    try:
        cut(scene, gone)
    except Broken:
        return False
    return True


def _heading_alone(scene: Scene, chance: random.Random) -> Made | None:
    """The text under a heading taken out and the heading left: the section's element is gone, not met."""

    def whole_section(id_: str) -> bool:
        gone = _evidence(scene, id_)
        units = {s.unit for s in gone}
        sections = {scene.units[unit].section for unit in units}
        there = [
            s
            for n, unit in enumerate(scene.units)
            if unit.section in sections and unit.kind != "heading"
            for s in scene.sentences(n)
        ]
        return len(sections) == 1 and min(sections) > 1 and set(there) == set(gone)

    return _deleted_of(scene, chance, [id_ for id_ in _labelled(scene, "met", "partial") if whole_section(id_)])


def _named(scene: Scene, chance: random.Random) -> Made | None:
    """The evidence of a met element replaced by a stock form that only names it."""
    ids = [id_ for id_ in _labelled(scene, "met") if id_ in load("named") and _removable(scene, id_)]
    return _reworded(scene, chance, ids, "named", "partial")


def _supplied(scene: Scene, chance: random.Random) -> Made | None:
    """What only names an element replaced by a passage that does it, from the people and dates of the report."""
    ids = [id_ for id_ in _labelled(scene, "partial") if _can_supply(scene, id_) and _removable(scene, id_)]
    return _reworded(scene, chance, ids, "supplied", "met")


def _reworded(scene: Scene, chance: random.Random, ids: list[str], wordings: str, status: str) -> Made | None:
    if not ids or scene.closed:
        return None
    id_ = chance.choice(ids)
    gone = _evidence(scene, id_)
    chair = (
        re.search(
            r"\b(?:(?:Mr|Mrs|Ms|Miss|Dr) )?(?:[A-Z][\w'’]+ )?[A-Z][a-z][\w'’-]+(?=,|\.| is| has| was|$)",
            " ".join(s.text for s in gone),
        )
        if id_ == "iro-liaison"
        else None
    )
    try:
        text = Filler(scene, chance).fill(chance.choice(load(wordings)[id_]), **({"name": chair[0]} if chair else {}))
    except Unfillable:
        return None
    body = [s for s in gone if s in set(scene.body)]
    if not body:
        return None
    place = chance.choice(body)
    removed = [s for s in gone if s != place]
    changes = [Edit(place.unit, place.start, place.end, text), *_around(scene, place, removed)]
    return _made(scene, id_, status, [text], changes)


def _around(scene: Scene, place: Sentence, removed: list[Sentence]) -> list[Edit]:
    return cut(scene, [s for s in removed if s.unit != place.unit]) + [
        Edit(s.unit, s.start, scene.sentences(s.unit)[s.nth + 1].start, "")
        if s.nth < place.nth
        else Edit(s.unit, scene.sentences(s.unit)[s.nth - 1].end, s.end, "")
        for s in removed
        if s.unit == place.unit
    ]


def _can_supply(scene: Scene, id_: str) -> bool:
    return id_ in load("supplied") and not (
        (id_ in _SUPPLIED_IN_SECTION7 and scene.report["type"] != "section7")
        or (id_ in _SUPPLIED_FOR_ONE_CHILD and len(scene.children) > 1)
    )


def _named_where_missing(scene: Scene, chance: random.Random) -> Made | None:
    """A stock form that only names an element put into a report that had nothing of it."""
    ids = [id_ for id_ in _labelled(scene, "missing") if id_ in load("named")]
    return _put_where_missing(scene, chance, ids, "named", "partial")


def _supplied_where_missing(scene: Scene, chance: random.Random) -> Made | None:
    """A passage that does an element put into a report that had nothing of it."""
    ids = [id_ for id_ in _labelled(scene, "missing") if _can_supply(scene, id_)]
    return _put_where_missing(scene, chance, ids, "supplied", "met")


def _put_where_missing(scene: Scene, chance: random.Random, ids: list[str], wordings: str, status: str) -> Made | None:
    where = places(scene, *(child.name for child in scene.children))
    if not ids or not where or scene.closed:
        return None
    id_, place = chance.choice(ids), chance.choice(where)
    try:
        text = Filler(scene, chance).fill(chance.choice(load(wordings)[id_]))
    except Unfillable:
        return None
    return _made(scene, id_, status, [text], [after(place, text)])


def _child_dropped(scene: Scene, chance: random.Random) -> Made | None:
    """What is said of one child of several taken out of an element judged for each child."""
    options = []
    for id_ in set(PER_CHILD) & set(_labelled(scene, "met")) if len(scene.children) > 1 else ():
        whose = _owners(scene, id_)
        for child in scene.children:
            about = [s for s, names in whose.items() if names == {child.name}]
            rest = [s for s, names in whose.items() if names != {child.name}]
            if (
                about
                and rest
                and not any(child.name in whose[s] for s in rest)
                and not set(about) & scene.faulty
                and not ragged(scene, about)
            ):
                options.append((id_, about, rest))
    if not options:
        return None
    id_, about, rest = chance.choice(sorted(options))
    return _made(scene, id_, "partial", [s.text for s in rest], cut(scene, about))


def _owners(scene: Scene, id_: str) -> dict[Sentence, set[str]]:
    """The children each piece of evidence is about: those it names, all where it speaks of several or of nobody, and
    those of the sentence before where it goes on from it."""
    everybody = {child.name for child in scene.children}
    owners: dict[Sentence, set[str]] = {}
    for sentence in _evidence(scene, id_):
        before = owners.get(scene.beside(sentence, -1) or sentence)
        named = {name for name in everybody if re.search(rf"\b{re.escape(name)}\b", sentence.text)}
        owners[sentence] = everybody if _SEVERAL.search(sentence.text) else named or before or everybody
    return owners


def _dates_dropped(scene: Scene, chance: random.Random) -> Made | None:
    """The dates taken out of who was seen, wherever the author says that somebody was."""
    options = [id_ for id_ in ("child-seen", "enquiries") if id_ in _labelled(scene, "met")]
    chance.shuffle(options)
    for id_ in options:
        spoken = [
            s
            for s in dict.fromkeys([*_evidence(scene, id_), *scene.body])
            if DATE.search(s.text) and (_SAW.search(s.text) or s in _evidence(scene, id_))
        ]
        shorter = {s: _ON_DATE.sub("", s.text) for s in spoken}
        whole = _evidence(scene, id_)
        clear = all(
            not DATE.search(text) and re.match(r"[A-Z'\"‘“]", text) and not _SPOILT.search(text)
            for text in shorter.values()
        )
        if (
            spoken
            and clear
            and not any(re.search(r"\d(?:st|nd|rd|th)\b|\d\.\d\d", s.text) for s in whole)
            and not set(spoken) & scene.faulty
        ):
            evidence = [shorter.get(s, s.text) for s in whole]
            other = "enquiries" if id_ == "child-seen" else "child-seen"
            made = _made(scene, id_, "partial", evidence, [Edit(s.unit, s.start, s.end, t) for s, t in shorter.items()])
            return made and made._replace(unsure=made.unsure | {other, "recommendation-shared", "iro-liaison"})
    return None


def _side_dropped(scene: Scene, chance: random.Random) -> Made | None:
    """What is against the local authority's plan taken out, and what is for it left."""
    if "care-plan-evaluation" not in _labelled(scene, "met"):
        return None
    whole = _evidence(scene, "care-plan-evaluation")
    against = [s for s in whole if _CON.search(s.text)]
    left = [s for s in whole if s not in against]
    outside = [s for s in _rest(scene, whole) if re.search(r"\bplan\b", s.text) and _CON.search(s.text)]
    dangling = re.compile(r"\b(?:first|second|former|latter|other|two|both|these|those|set)\b|[✓✗]")
    if not against or not left or outside or ragged(scene, against) or any(dangling.search(s.text) for s in left):
        return None
    return _made(scene, "care-plan-evaluation", "partial", [s.text for s in left], cut(scene, against))


def _reason_dropped(scene: Scene, chance: random.Random) -> Made | None:
    """The clause that gives the reason cut from every sentence on no order, or on contact."""
    options = []
    for id_ in set(_labelled(scene, "met")) & {"no-order-principle", "contact-plan"}:
        whole = _evidence(scene, id_)
        beside = [s for unit in {s.unit for s in whole} for s in scene.sentences(unit) if s not in whole]
        shorter = {s: _REASON.sub("", s.text, count=1) for s in whole}
        cue = r"\border\b" if id_ == "no-order-principle" else r"\b(?:week|month|fortnight|year|Saturday|Sunday|day)\w*"
        kept = {
            s: text
            for s, text in shorter.items()
            if not _STILL_REASON.search(text) and not re.search(r": \w+\.$", text)
        }
        changed = any(text != s.text and re.search(cue, text) for s, text in kept.items())
        if id_ == "no-order-principle":  # short, and nothing said of what an order would do
            changed = changed and not any(re.search(r"\bwould\b", t) or len(t.split()) > 30 for t in kept.values())
        changed = changed and not any(_STILL_REASON.search(s.text) for s in beside)
        if (
            changed
            and (id_ == "contact-plan" or _gone_without(scene, id_, whole))
            and set(kept) == set(whole)
            and not set(whole) & scene.faulty
        ):
            options.append((id_, kept))
    if not options:
        return None
    id_, kept = chance.choice(sorted(options, key=lambda option: option[0]))
    evidence = [kept[s] for s in _evidence(scene, id_)]
    return _made(
        scene, id_, "partial", evidence, [Edit(s.unit, s.start, s.end, t) for s, t in kept.items() if t != s.text]
    )


def _case_number_dropped(scene: Scene, chance: random.Random) -> Made | None:
    """The case number left out of the front of the report."""
    found = [(n, m) for n, unit in enumerate(scene.units) for m in _CASE_NUMBER.finditer(unit.text)]
    if "front-sheet" not in _labelled(scene, "met") or not found:
        return None
    changes = []
    for unit, match in found:
        left = scene.units[unit].text[: match.start()] + scene.units[unit].text[match.end() :]
        lead = bool(re.match(r"[\s,;:.|)-]+\w", left)) and not left.startswith(" ")
        if re.search(r"\b(?:[Cc]ase|number|[Nn]o|ref)\.?:?\s*$|\(\s*\)|^\s*[,;:]|[(,:] ?[.;]|\.\.|\s\.", left) or lead:
            return None
        changes.append(Edit(unit, match.start(), match.end(), ""))
    quotes = scene.report["gold"]["elements"]["front-sheet"]["evidence"]
    evidence = [left for quote in quotes if (left := _CASE_NUMBER.sub("", quote).strip(" ,"))]
    return _made(scene, "front-sheet", "partial", evidence, changes) if evidence else None


def _operator(name: str, ids: tuple[str, ...], change: Change, held_out: bool = False) -> Operator:
    return Operator(name, ids, change, change.__doc__ or "", held_out=held_out)


_ALL = tuple(load("gone"))
OPERATORS = [
    _operator("element-deleted", _ALL, _deleted),
    _operator("heading-alone", _ALL, _heading_alone, held_out=True),
    _operator("element-only-named", tuple(load("named")), _named),
    _operator("element-named-where-missing", tuple(load("named")), _named_where_missing),
    _operator("element-supplied", tuple(load("supplied")), _supplied),
    _operator("element-supplied-where-missing", tuple(load("supplied")), _supplied_where_missing),
    _operator("child-dropped", PER_CHILD, _child_dropped),
    _operator("dates-dropped", ("child-seen", "enquiries"), _dates_dropped),
    _operator("side-dropped", ("care-plan-evaluation",), _side_dropped),
    _operator("reason-dropped", ("no-order-principle", "contact-plan"), _reason_dropped),
    _operator("case-number-dropped", ("front-sheet",), _case_number_dropped),
]
