"""Operators on the words themselves: slips of spelling and grammar, references, passages said twice, meaning left out."""

from __future__ import annotations

import random
import re

from qualitycheck.models.corpora.operators.changes import Broken, Edit, Labels, after, cut, edited, instead
from qualitycheck.models.corpora.operators.inserted import places, put_in
from qualitycheck.models.corpora.operators.mutation import Made, Operator
from qualitycheck.models.corpora.operators.scene import Scene, Sentence
from qualitycheck.models.corpora.operators.support import SOURCE
from qualitycheck.models.corpora.operators.wordings import Filler, Unfillable, load

_QUOTATION = re.compile(r"(?:(?<=\s)|^)[‘“'\"][^‘’“”'\"]{12,}[’”'\"](?=[\s.,;:)]|$)")
_JUDGED = re.compile(
    r"\b(?:I (?:think|consider|conclude|judge|find|weigh|take|believe|give|put|would|should|do not|am)|in my|my (?:view|judgement"
    r"|assessment)|because|therefore|so that|which means|shows?|matters?|means?|weigh\w*|outweigh\w*|on balance|risk\w*|able"
    r"|capab\w*|needs?|strengths?|suggests?|follows?|since|better|worse|concern\w*|safe\w*|likely|would|should)\b")
_ANALYSIS = re.compile(r"\b(?:analysis|assessment|evaluation|discussion|capacity|weighing|welfare|balanc\w*|options|mean)\b",
                       re.IGNORECASE)
_NUMBERED = re.compile(r"\b((?:[Pp]aragraphs?|[Ss]ection|[Aa]ppendix|[Pp]age|para\.?|s\.) ?)(\d+)(\.\d+)?\b")
_DEFINED = re.compile(r"(?:, by which I mean|, which is to say|, that is to say|, that is,|: |, in that | \()[^.]*\)?(?=\.$)")


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
            found += [(sentence, m.start(), m.end(), new) for m in re.finditer(r"\b[A-Za-z]+\b", sentence.text)
                      if (new := _as(m[0], load("slips")[table]))]
        if not found:
            return None
        sentence, start, end, new = chance.choice(found)
        quote = sentence.text[:start] + new + sentence.text[end:]
        fault = outcome == "fault"
        labels = Labels(findings=[{"rule": "language-error", "quote": quote}] if fault else [],
                        clean=[] if fault else [{"rule": "language-error", "quote": quote, "why": says}])
        try:
            report, touched = edited(scene, [Edit(sentence.unit, sentence.start + start, sentence.start + end, new)], labels)
        except Broken:
            return None
        return Made(report, "language-error", "clean", outcome, quote, touched)

    return Operator(kind, ("language-error",), change, says, sister={"misspelt": "spelt-otherwise",
                    "spelt-otherwise": "misspelt", "grammar-slip": "slip-in-quotation"}[kind], twin=True)


def _as(word: str, table: dict[str, str]) -> str | None:
    new = table.get(word) or table.get(word[0].lower() + word[1:])
    return new and (new[0].upper() + new[1:] if word[0].isupper() else new)


def _slip_in_quotation(scene: Scene, chance: random.Random) -> Made | None:
    """A slip inside what somebody is quoted as saying or writing."""
    found = []
    for sentence in (s for s in scene.body if s not in scene.faulty):
        for quotation in _QUOTATION.finditer(sentence.text):
            for pattern, new in load("slips")["grammar"]:
                slipped = re.sub(pattern, new, quotation[0], count=1)
                if slipped != quotation[0]:
                    found.append((sentence, quotation.start(), quotation.end(), slipped))
    if not found:
        return None
    sentence, start, end, slipped = chance.choice(found)
    quote = sentence.text[:start] + slipped + sentence.text[end:]
    labels = Labels(clean=[{"rule": "language-error", "quote": quote, "why": "quoted"}])
    try:
        report, touched = edited(scene, [instead(sentence, quote)], labels)
    except Broken:
        return None
    return Made(report, "language-error", "clean", "clean", quote, touched)


def _reference(outcome: str) -> Operator:
    fault = outcome == "fault"
    says = "a reference to what is not there, or is about something else" if fault else "a reference to a heading that is there"

    def change(scene: Scene, chance: random.Random) -> Made | None:
        headings = {u.section: u.text for u in scene.units if u.kind == "heading" and u.section > 1}
        options = [(heading, section, entries) for section, heading in headings.items() if len(heading.split()) < 9
                   for about, entries in load("references").items() if re.search(rf"\b(?:{about})", heading.lower())]
        where = places(scene)
        if not options or scene.to_child:
            return None
        heading, section, entries = chance.choice(options)
        where = [place for place in where if scene.units[place.unit].section != section]
        if not where:
            return None
        entry, place = chance.choice(entries), chance.choice(where)
        stray = _stray(scene, chance)
        try:
            words = Filler(scene, chance).fill(entry["wrong" if fault else "right"], heading=heading.strip(": ."), stray=stray[0],
                                               Stray=stray[1])
            return put_in(scene, place, "cross-reference", (words, ""), outcome, says)
        except (Unfillable, Broken):
            return None

    name = ("reference-astray", "reference-that-holds")
    return Operator(name[not fault], ("cross-reference",), change, says, sister=name[fault], twin=True)


def _stray(scene: Scene, chance: random.Random) -> tuple[str, str]:
    """A place that the report does not have: as 'at paragraph 90' and as 'paragraph 90'."""
    numbers = [int(n) for n in re.findall(r"(?m)^\(?(\d{1,3})[.)]", scene.text)]
    paragraphs = max([len(scene.units), *numbers])
    sections = max([sum(u.kind == "heading" for u in scene.units), *numbers])
    made_up = ("'Other matters arising'", "'Further enquiries'", "'Matters held over'", "'Additional material'")
    letters = [x for x in "CDEFGH" if not re.search(rf"[Aa]ppendix {x}\b", scene.text)]
    preposition, place = chance.choice((
        ("at", f"paragraph {paragraphs + chance.randrange(3, 20)}"), ("in", f"section {sections + chance.randrange(2, 9)}"),
        ("in", f"Appendix {chance.choice(letters)}"), ("under", chance.choice(made_up)),
        ("on", f"page {chance.randrange(31, 60)}"), ("at", f"section {sections + chance.randrange(2, 9)} above")))
    return f"{preposition} {place}", place


def _reference_shifted(scene: Scene, chance: random.Random) -> Made | None:
    """The number of a reference that was right moved beyond the last one."""
    found = []
    for item in scene.report["gold"]["clean"]:
        match = _NUMBERED.search(item["quote"]) if item["rule"] == "cross-reference" else None
        held = scene.holding(item["quote"]) if match else []
        if match and len(held) == 1 and "bundle" not in held[0].text:
            found.append((item["quote"], match, held[0]))
    if not found:
        return None
    old, match, sentence = chance.choice(found)
    last = max(int(n) for n in re.findall(r"\d{1,3}", "0 " + " ".join(re.findall(r"(?m)^\(?\d{1,3}", scene.text))))
    beyond = max(last, int(match[2]), 12) + chance.randrange(2, 20)
    quote = old[:match.start(2)] + str(beyond) + old[match.end():]
    try:
        labels = Labels(findings=[{"rule": "cross-reference", "quote": quote}])
        report, touched = edited(scene, [instead(sentence, sentence.text.replace(old, quote))], labels)
    except Broken:
        return None
    return Made(report, "cross-reference", "clean", "fault", quote, touched)


def _again(outcome: str) -> Operator:
    copy = outcome == "fault"
    says = "a sentence said again in a later section" if copy else "a sentence moved to a later section"

    def change(scene: Scene, chance: random.Random) -> Made | None:
        where = places(scene)
        # What is moved leans on nothing, nothing leans on it, and no label rests on it.
        source = [s for s in where if 13 < len(s.text.split()) < 45 and s not in scene.evidence and s.index
                  and not re.search(r"['‘“\"]\w|\b(?:above|below|that day|that date)\b", s.text)
                  and re.match("|".join([*(c.name for c in scene.children), "The ", "Mr", "Ms", "I ", "On "]), s.text)]
        pairs = [(a, b) for a in source for b in where if scene.units[b.unit].section > scene.units[a.unit].section + 1]
        if not pairs or scene.to_child:
            return None
        sentence, place = chance.choice(pairs)
        words = _nearly(sentence.text, chance)
        labels = (Labels(findings=[{"rule": "repetition", "quote": words, "other": sentence.text}]) if copy else
                  Labels(clean=[{"rule": "repetition", "quote": words, "why": "said once"}]))
        try:
            changes = [after(place, words), *([] if copy else cut(scene, [sentence]))]
            report, touched = edited(scene, changes, labels)
        except Broken:
            return None
        return Made(report, "repetition", "clean", outcome, words, touched)

    name = ("said-twice", "moved")
    return Operator(name[not copy], ("repetition",), change, says, sister=name[copy], twin=True)


_NEARLY = ((" because ", " since "), (" which ", " that "), (" but ", " although "), (" does not ", " doesn't "), (" about ", " around "),
           (" told me ", " said to me "), (" also ", " too "), (", and ", " and "), (" would like ", " wants "))


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
        if len(held) == 1 and held[0].text == item["quote"] and (cut_ := _DEFINED.sub("", held[0].text)) != held[0].text:
            near = scene.beside(held[0], 1)
            if 2 < len(cut_.split()) < 20 and not (near and re.search(r"\d|\b(?:twice|once|week|each|every)\b", near.text)):
                if not re.search(r"\d|\b(?:twice|once|week|each|every)\b", cut_):
                    found.append((held[0], cut_))
    if not found:
        return None
    sentence, quote = chance.choice(found)
    try:
        report, touched = edited(scene, [instead(sentence, quote)], Labels(findings=[{"rule": "vague-term", "quote": quote}]))
    except Broken:
        return None
    return Made(report, "vague-term", "clean", "fault", quote, touched)


def _narrated(outcome: str) -> Operator:
    fault = outcome == "fault"
    says = "the author's judgements taken out of a section that should analyse" if fault else \
        "some of the narrative taken out of a section that analyses"

    def change(scene: Scene, chance: random.Random) -> Made | None:
        options = []
        for section in {u.section for u in scene.units if u.section > 1}:
            heading = scene.heading_of(section)
            there = [s for n, u in enumerate(scene.units) if u.section == section and u.kind != "heading"
                     for s in scene.sentences(n)]
            judged = [s for s in there if _JUDGED.search(s.text)]
            told = [s for s in there if s not in judged]
            if _ANALYSIS.search(heading) and len(judged) > 1 and len(told) > 3 and not set(there) & scene.faulty:
                options.append((heading, judged, told))
        if not options:
            return None
        heading, judged, told = chance.choice(sorted(options))
        if any(item["quote"] == heading for item in scene.report["gold"]["findings"]):
            return None
        gone = judged if fault else chance.sample(told, min(len(judged), len(told) - 2))
        labels = Labels(findings=[{"rule": "description-only", "quote": heading}] if fault else [],
                        clean=[] if fault else [{"rule": "description-only", "quote": heading, "why": says}])
        try:
            report, touched = edited(scene, cut(scene, gone), labels)
        except Broken:
            return None
        return Made(report, "description-only", "clean", outcome, heading, touched)

    name = ("analysis-made-narrative", "narrative-thinned")
    return Operator(name[not fault], ("description-only",), change, says, sister=name[fault])


_UNUSED = SOURCE
OPERATORS = [
    _slip("misspelt", "misspelt", "fault"),
    _slip("spelt-otherwise", "variant", "clean"),
    _slip("grammar-slip", "grammar", "fault"),
    Operator("slip-in-quotation", ("language-error",), _slip_in_quotation, _slip_in_quotation.__doc__ or "",
             sister="grammar-slip"),
    _reference("fault"),
    _reference("clean"),
    Operator("reference-shifted", ("cross-reference",), _reference_shifted, _reference_shifted.__doc__ or ""),
    _again("fault"),
    _again("clean"),
    Operator("definition-dropped", ("vague-term",), _definition_dropped, _definition_dropped.__doc__ or "", held_out=True),
    _narrated("fault"),
    _narrated("clean"),
]
