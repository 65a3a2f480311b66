"""Operators on the words: spelling and grammar, references, passages said twice, headings, meaning left out."""

from __future__ import annotations

import random
import re

from qualitycheck.models.corpora.operators.changes import Edit, Labels, after, cut, edited, instead
from qualitycheck.models.corpora.operators.inserted import places, put_in
from qualitycheck.models.corpora.operators.mutation import Made, Operator
from qualitycheck.models.corpora.operators.scene import Scene, Sentence
from qualitycheck.models.corpora.operators.wordings import Filler, load

_QUOTATION = re.compile(r"(?:(?<=\s)|^)[‘“'\"][^‘’“”'\"]{12,}[’”'\"](?=[\s.,;:)]|$)")
_JUDGED = re.compile(
    r"\b(?:I (?:think|consider|conclude|judge|find|weigh|take|believe|give|put|would)|in my|my (?:view|judgement)"
    r"|my assessment|therefore|which means|matters?|means?|weigh\w*|outweigh\w*|on balance|risk\w*|strengths?"
    r"|suggests?|likely|should|that is harm)\b"
)
_HOW_MUCH = re.compile(r"\d|\b(?:twice|once|week|days?|each|every|two|three|four|five)\b")
_HISTORY = re.compile(
    r"\b(?:background|history|chronology|happened|story|family|events|come to|came to|so far|lives|up to)\b",
    re.IGNORECASE,
)
_TOLD = re.compile(r"\b(?:was|were|had|went|came|said|told|saw|lived|moved|began|left|asked|took|gave|made|sat|rang)\b")
_NUMBERED = re.compile(r"\b((?:[Pp]aragraphs?|[Ss]ection|[Aa]ppendix|[Pp]age|para\.?|s\.) ?)(\d+)(\.\d+)?\b")
_ELSEWHERE = re.compile(r"\b(?:bundle|report|judgment|order|letter|statement|plan|Act|form|assessment|its|tab)\b")
_DEFINED = re.compile(
    r"(?:, by which (?:I|\w+ \w+) means?|, which is to say|, that is to say|, that is,|:|, in that| \() "
    r"(?=[^.]*(?:\d|\b(?:one|two|three|four|five|six|seven|eight|nine|ten|twice|once|each|every)\b))[^.]*\)?(?=\.$)"
)


def _slip(kind: str, table: str, outcome: str) -> Operator:
    says = {"fault": "a slip of spelling or grammar", "clean": "another right way to spell or say a word"}[outcome]

    def change(scene: Scene, chance: random.Random) -> Made | None:
        found: list[tuple[Sentence, int, int, str]] = []
        for sentence in (s for s in scene.body if s not in scene.faulty and not re.search(r"['‘“\"]\w", s.text)):
            if table == "grammar":
                rules = load("slips")["grammar"]
                pattern, new = rules[chance.randrange(len(rules))]
                match = re.search(pattern, sentence.text)
                if match:
                    found.append((sentence, match.start(), match.end(), match.expand(new)))
                continue
            found += [
                (sentence, m.start(), m.end(), new)
                for m in re.finditer(r"\b[A-Za-z]+\b", sentence.text)
                if (new := _as(m[0], load("slips")[table]))
            ]
        if not found:
            return None
        sentence, start, end, new = chance.choice(found)
        quote = sentence.text[:start] + new + sentence.text[end:]
        fault = outcome == "fault"
        labels = Labels(
            findings=[{"rule": "language-error", "quote": quote}] if fault else [],
            clean=[] if fault else [{"rule": "language-error", "quote": quote, "why": says}],
        )
        report, touched = edited(
            scene, [Edit(sentence.unit, sentence.start + start, sentence.start + end, new)], labels
        )
        return Made(report, "language-error", "clean", outcome, quote, touched)

    return Operator(
        kind,
        ("language-error",),
        change,
        says,
        sister={"misspelt": "spelt-otherwise", "spelt-otherwise": "misspelt", "grammar-slip": "spelt-otherwise"}[kind],
    )


def _as(word: str, table: dict[str, str]) -> str | None:
    new = table.get(word) or table.get(word[0].lower() + word[1:])
    return new and (new[0].upper() + new[1:] if word[0].isupper() else new)


def _slip_in_quotation(scene: Scene, chance: random.Random) -> Made | None:
    """A slip inside what somebody is quoted as saying or writing."""
    found = []
    for sentence in (s for s in scene.body if s not in scene.faulty):
        for quotation in _QUOTATION.finditer(sentence.text):
            for pattern, new in load("slips")["quoted"]:
                slipped = re.sub(pattern, new, quotation[0], count=1)
                if slipped != quotation[0]:
                    found.append((sentence, quotation.start(), quotation.end(), slipped))
    if not found:
        return None
    sentence, start, end, slipped = chance.choice(found)
    quote = sentence.text[:start] + slipped + sentence.text[end:]
    labels = Labels(clean=[{"rule": "language-error", "quote": quote, "why": "quoted"}])
    report, touched = edited(scene, [instead(sentence, quote)], labels)
    return Made(report, "language-error", "clean", "clean", quote, touched)


def _reference(outcome: str) -> Operator:
    fault = outcome == "fault"
    says = (
        "a reference to what is not there, or is about something else"
        if fault
        else "a reference to a heading that is there"
    )

    def change(scene: Scene, chance: random.Random) -> Made | None:
        headings = {u.section: u.text for u in scene.units if u.kind == "heading" and u.section > 1}
        options = [
            (heading, section, entries)
            for section, heading in headings.items()
            if len(heading.split()) < 9
            for about, entries in load("references").items()
            if re.search(rf"\b(?:{about})", heading.lower())
        ]
        where = places(scene)
        if not options or scene.closed:
            return None
        heading, section, entries = chance.choice(options)
        where = [place for place in where if scene.units[place.unit].section != section]
        if not where:
            return None
        entry, place = chance.choice(entries), chance.choice(where)
        stray = _stray(scene, chance)
        words = Filler(scene, chance).fill(
            entry["wrong" if fault else "right"], heading=heading.strip(": ."), stray=stray[0], place=stray[1]
        )
        return put_in(scene, place, "cross-reference", (words, ""), outcome, says)

    name = ("reference-astray", "reference-that-holds")
    return Operator(name[not fault], ("cross-reference",), change, says, sister=name[fault], twin=True)


_MADE_UP = (
    "Other matters arising",
    "Further enquiries",
    "Matters held over",
    "Additional material",
    "Education and leisure",
    "Schedule of visits",
    "The wider network",
    "Finance and housing",
    "Earlier proceedings in full",
    "Health summary",
    "Addendum",
    "Transport",
    "What the neighbours told me",
    "Notes of telephone calls",
    "The timeline",
)


def _stray(scene: Scene, chance: random.Random) -> tuple[str, str]:
    """A place that the report does not have: as 'at paragraph 90' and as 'paragraph 90'."""
    numbers = [int(n) for n in re.findall(r"(?m)^\(?(\d{1,3})[.)]", scene.text)]
    paragraphs = max([len(scene.units), *numbers])
    sections = max([sum(u.kind == "heading" for u in scene.units), *numbers])
    made_up = [f"'{title}'" for title in _MADE_UP if title not in scene.text]
    letters = [x for x in "CDEFGH" if not re.search(rf"[Aa]ppendix {x}\b", scene.text)]
    if chance.random() < 0.7:
        title = chance.choice(made_up)
        return f"under {title}", title
    preposition, place = chance.choice(
        (
            ("at", f"paragraph {paragraphs + chance.randrange(3, 20)}"),
            ("in", f"section {sections + chance.randrange(2, 9)}"),
            ("in", f"Appendix {chance.choice(letters)}"),
            ("on", f"page {chance.randrange(31, 60)}"),
            ("at", f"section {sections + chance.randrange(2, 9)} above"),
        )
    )
    return f"{preposition} {place}", place


def _reference_shifted(scene: Scene, chance: random.Random) -> Made | None:
    """The number of a reference that was right moved beyond the last one."""
    found = []
    for item in scene.report["gold"]["clean"]:
        match = _NUMBERED.search(item["quote"]) if item["rule"] == "cross-reference" else None
        held = scene.holding(item["quote"]) if match else []
        if match and len(held) == 1 and not _ELSEWHERE.search(held[0].text):
            found.append((item["quote"], match, held[0]))
    if not found:
        return None
    old, match, sentence = chance.choice(found)
    typed = [int(number) for number in re.findall(r"(?m)^\(?(\d{1,2})[.) ]", scene.text)]
    beyond = max(*typed, int(match[2]), 12, len(scene.units) if match[1].startswith("p") else 0) + chance.randrange(
        2, 20
    )
    quote = old[: match.start(2)] + str(beyond) + old[match.end() :]
    labels = Labels(findings=[{"rule": "cross-reference", "quote": quote}])
    report, touched = edited(scene, [instead(sentence, sentence.text.replace(old, quote))], labels)
    return Made(report, "cross-reference", "clean", "fault", quote, touched)


def _again(outcome: str) -> Operator:
    copy = outcome == "fault"
    says = "a sentence said again in a later section" if copy else "a sentence moved to a later section"

    def change(scene: Scene, chance: random.Random) -> Made | None:
        where = places(scene)
        # What is moved leans on nothing, nothing leans on it, and no label rests on it.
        source = [
            s
            for s in where
            if 13 < len(s.text.split()) < 45
            and s not in scene.evidence
            and s.nth
            and not re.search(r"['‘“\"]\w|\b(?:above|below|that (?:day|date)|same|also|again|then|too)\b", s.text)
            and re.match("|".join([*(c.name for c in scene.children), "The ", "Mr", "Ms", "I ", "On "]), s.text)
        ]
        pairs = [(a, b) for a in source for b in where if scene.units[b.unit].section > scene.units[a.unit].section + 1]
        if not pairs or scene.closed:
            return None
        sentence, place = chance.choice(pairs)
        words = _nearly(sentence.text, chance)
        labels = (
            Labels(findings=[{"rule": "repetition", "quote": words, "other": sentence.text}])
            if copy
            else Labels(clean=[{"rule": "repetition", "quote": words, "why": "said once"}])
        )
        changes = [after(place, words), *([] if copy else cut(scene, [sentence]))]
        report, touched = edited(scene, changes, labels)
        return Made(report, "repetition", "clean", outcome, words, touched)

    name = ("said-twice", "moved")
    return Operator(name[not copy], ("repetition",), change, says, sister=name[copy], twin=True)


_NEARLY = (
    (" because ", " since "),
    (" which ", " that "),
    (" but ", " although "),
    (" does not ", " doesn't "),
    (" about ", " around "),
    (" told me ", " said to me "),
    (" also ", " too "),
    (", and ", " and "),
    (" would like ", " wants "),
)


def _nearly(text: str, chance: random.Random) -> str:
    """The sentence with one small word changed, when one can be."""
    options = [text.replace(a, b, 1) for a, b in _NEARLY[:2] + _NEARLY[4:6] + _NEARLY[7:8] if a in text]
    new = chance.choice([*options, f"{text[:-1]}."])
    return new if new != text else re.sub(r" that (?=(?:he|she|it|they|the)\b)", " ", text, count=1)


def _definition_dropped(scene: Scene, chance: random.Random) -> Made | None:
    """What an important term means taken away after it."""
    found = []
    for item in scene.report["gold"]["clean"]:
        held = scene.holding(item["quote"]) if item["rule"] == "vague-term" else []
        if (
            len(held) == 1
            and held[0].text == item["quote"]
            and (cut_ := _DEFINED.sub("", held[0].text)) != held[0].text
        ):
            near = scene.beside(held[0], 1)
            said = f"{cut_} {near.text if near else ''}"
            if 2 < len(cut_.split()) < 9 and not _HOW_MUCH.search(said):
                found.append((held[0], cut_))
    if not found:
        return None
    sentence, quote = chance.choice(found)
    report, touched = edited(
        scene, [instead(sentence, quote)], Labels(findings=[{"rule": "vague-term", "quote": quote}])
    )
    return Made(report, "vague-term", "clean", "fault", quote, touched)


def _recalled(outcome: str) -> Operator:
    fault = outcome == "fault"
    says = (
        "a narrative section headed as an analysis"
        if fault
        else "a narrative section under another heading of narrative"
    )

    def change(scene: Scene, chance: random.Random) -> Made | None:
        options = [
            (number, unit)
            for number, unit in enumerate(scene.units)
            if unit.kind == "heading"
            and unit.section > 1
            and _HISTORY.search(unit.text)
            and _narrates(scene, unit.section)
            and scene.text.lower().count(unit.text[unit.number :].lower()) == 1
        ]
        if not options or scene.closed:
            return None
        number, unit = chance.choice(options)
        title = chance.choice(list(zip(*load("headings").values(), strict=True)))[not fault]
        title = title.upper() if unit.text.isupper() else title
        quote = unit.text[: unit.number] + title
        if quote in scene.text or (not re.search(r"\bI\b", scene.text) and re.search(r"\b(?:I|My)\b", title)):
            return None
        item = {"rule": "description-only", "quote": quote, "why": "meant to narrate, and headed so"}
        labels = Labels(findings=[item] if fault else [], clean=[] if fault else [item])
        report, touched = edited(scene, [Edit(number, 0, len(unit.text), quote)], labels)
        return Made(report, "description-only", "clean", outcome, quote, touched)

    name = ("narrative-called-analysis", "narrative-called-history")
    return Operator(name[not fault], ("description-only",), change, says, sister=name[fault])


def _narrates(scene: Scene, section: int) -> bool:
    """Most sentences tell what happened and next to none judges it."""
    there = [
        s
        for n, unit in enumerate(scene.units)
        if unit.section == section and unit.kind != "heading"
        for s in scene.sentences(n)
    ]
    judged, told = (sum(bool(pattern.search(s.text)) for s in there) for pattern in (_JUDGED, _TOLD))
    return len(there) > 3 and judged * 8 <= len(there) and told * 2 > len(there)


OPERATORS = [
    _slip("misspelt", "misspelt", "fault"),
    _slip("spelt-otherwise", "variant", "clean"),
    _slip("grammar-slip", "grammar", "fault"),
    Operator("slip-in-quotation", ("language-error",), _slip_in_quotation, _slip_in_quotation.__doc__ or ""),
    _reference("fault"),
    _reference("clean"),
    Operator("reference-shifted", ("cross-reference",), _reference_shifted, _reference_shifted.__doc__ or ""),
    _again("fault"),
    _again("clean"),
    Operator(
        "definition-dropped", ("vague-term",), _definition_dropped, _definition_dropped.__doc__ or "", held_out=True
    ),
    _recalled("fault"),
    _recalled("clean"),
]
