"""Operators that put a sentence in: one that is a fault, and its sister of the same look that is right."""

from __future__ import annotations

import random
import re
from collections.abc import Callable, Iterable
from typing import NamedTuple

from qualitycheck.models.corpora.operators.changes import Labels, after, edited
from qualitycheck.models.corpora.operators.mutation import Made, Operator
from qualitycheck.models.corpora.operators.scene import Adult, Child, Scene, Sentence
from qualitycheck.models.corpora.operators.wordings import Filler, Unfillable, load

_LEANS = re.compile(  # a sentence that leans on the one before it, so that nothing can stand between
    r"^(?:He|She|It|They|His|Her|Their|Its|This|That|These|Those|There|But|And|So|Or|Nor|Then|Both|Neither|Either"
    r"|Each|One|Two|Three|For|Against|Since|Yet|However|Also|Again|Such|Here|Nothing|None|No|Not|Another|Which|Who"
    r"|The (?:first|second|third|last|latter|former|other|same|reason|rest)|When|What|Why|Because|If"
    r"|In (?:that|this|both|each))\b"
)
_OF_SCHOOL_AGE = re.compile(  # what a child who cannot yet talk or walk far does not do
    r"school|class|friend|swim|bakes|football|read|work|drew|chairs|stairs|wave|walk|named|told \{me\} and|asked to"
    r"|'same bed'|points|put the doll|by \{childs\} feet|answered|calls did|Wednesday calls|bedtime|brought|fell|manage"
    r"|choosing|cries for|upset|homes|weekends|dyslexia|autistic|rather lower|reads"
)
_REFERS = re.compile(r"^[^,.;]{0,40}\b(?:it|this|that|them|these|those|he|she|him|her|his|their|so|too|also|same)\b")
Words = tuple[str, str]  # the judged passage, and what stands beside it


class Family(NamedTuple):
    """One kind of sentence. `about` says who must be named near it, `touches` what it may do to elements."""

    wrong: str
    right: str
    fault: str
    clean: str
    touches: tuple[str, ...] = ()
    held_out: bool = False


FAMILIES = {
    "vague-term": Family(
        "vague-word",
        "word-spelt-out",
        "an important term left without how much, how often or what",
        "the same term with how much, how often or what",
        ("harm", "parenting-capacity"),
    ),
    "too-young": Family(
        "dismissed-for-age",
        "age-and-observation",
        "a child's views set aside because of age",
        "the age noted and feelings given from what was seen",
        ("wishes-and-feelings",),
    ),
    "unbalanced-language": Family(
        "loaded-word", "plain-word", "wording that is unfair to a parent", "the same fact stated plainly"
    ),
    "inappropriate-content": Family(
        "private-detail",
        "detail-that-bears",
        "an address, an old conviction, a demeaning word",
        "a detail of the same kind that bears on the child or is withheld",
    ),
    "outside-expertise": Family(
        "diagnosis-by-author",
        "diagnosis-by-clinician",
        "a diagnosis or legal opinion of the author's",
        "the same from a named person qualified to give it",
        ("harm", "professional-views"),
    ),
    "personal-opinion": Family(
        "own-feeling",
        "judgement-with-reason",
        "advice that rests on the author's own feeling",
        "a judgement of the author's with its reason",
        ("recommendation", "parenting-capacity"),
    ),
    "speculative-recommendation": Family(
        "hoped-for-step",
        "arranged-step",
        "a step that rests on hope",
        "a step that is arranged, with what follows if it fails",
        ("recommendation", "options-evaluated"),
    ),
    "observation-criteria": Family(
        "contact-judged",
        "contact-described",
        "a conclusion from contact without what was seen",
        "contact with what was looked for or seen",
        ("wishes-and-feelings", "parenting-capacity", "child-seen", "enquiries"),
    ),
    "relevance-unclear": Family(
        "stray-fact",
        "fact-that-bears",
        "a fact with no bearing on the child",
        "a fact of the same kind tied to the child",
        ("harm", "child-needs"),
    ),
    "template-residue": Family(
        "left-from-template",
        "looks-left-over",
        "a placeholder, or a child of another case",
        "brackets or a strange name with good reason to be there",
    ),
}


def places(scene: Scene, *names: str) -> list[Sentence]:
    """Sentences behind which one can be put without breaking a thread, in paragraphs that name one of `names`."""
    named = re.compile("|".join(rf"\b{re.escape(name)}\b" for name in names) or ".")
    found = []
    for sentence in scene.body:
        following = scene.beside(sentence, 1)
        if scene.units[sentence.unit].text[0] in "'\"‘“" or (
            scene.units[sentence.unit].kind == "cell" and len(scene.sentences(sentence.unit)) < 3
        ):
            continue
        if sentence in scene.faulty or (
            following and (following in scene.faulty or leans(following.text) or following.text.endswith(":"))
        ):
            continue
        if len(scene.sentences(sentence.unit)) > 1 and named.search(scene.units[sentence.unit].text):
            found.append(sentence)
    return found


def leans(text: str) -> bool:
    """The sentence needs the one before it: it opens with a pronoun or a connective, or soon points back."""
    return bool(_LEANS.match(text) or _REFERS.match(text))


def ragged(scene: Scene, gone: Iterable[Sentence]) -> bool:
    """A sentence that is left would lean on one that goes."""
    out = set(gone)
    following = (scene.beside(sentence, 1) for sentence in out)
    return any(after_ and after_ not in out and leans(after_.text) for after_ in following)


def put_in(
    scene: Scene, place: Sentence, id_: str, words: Words, outcome: str, says: str, touches: tuple[str, ...] = ()
) -> Made | None:
    """The judged sentence, and what goes beside it, put behind `place`."""
    quote, beside = words
    if quote in scene.text:
        return None
    item = {"rule": id_, "quote": quote, "why": says}
    fault = outcome == "fault"
    labels = Labels(findings=[{"rule": id_, "quote": quote}] if fault else [], clean=[] if fault else [item])
    report, touched = edited(scene, [after(place, f"{quote} {beside}".strip())], labels)
    return Made(report, id_, "clean" if fault else "fault", outcome, quote, frozenset(touches) | touched)


def _family(id_: str, family: Family, side: str) -> Operator:
    def change(scene: Scene, chance: random.Random) -> Made | None:
        if scene.closed:
            return None
        parent, child = _people(scene, chance)
        young = [each for each in scene.children if 0 < scene.age(each) < 9]
        if id_ == "too-young":
            if not young:
                return None
            child = chance.choice(young)
        entry = chance.choice(_fitting(load("judgement")[id_], scene.age(child)))
        wanted = [
            name
            for slot, name in (("arent", parent and parent.name), ("hild", child.name))
            if name and slot in entry["wrong"]
        ]
        filler = Filler(scene, chance, parent=parent, child=child)
        where = places(scene, *wanted[:1])
        if not where:
            return None
        place = chance.choice(where)
        words = filler.fill(entry[side])
        return put_in(
            scene, place, id_, (words, ""), "fault" if side == "wrong" else "clean", family.clean, family.touches
        )

    wrong = side == "wrong"
    return Operator(
        family.wrong if wrong else family.right,
        (id_,),
        change,
        family.fault if wrong else family.clean,
        sister=family.right if wrong else family.wrong,
        twin=True,
        held_out=family.held_out,
    )


def _fitting(entries: list[dict[str, str]], age: int) -> list[dict[str, str]]:
    """The wordings that can be said with a child of this age in them."""
    grown = [entry for entry in entries if not _OF_SCHOOL_AGE.search(" ".join(entry.values()))]
    return grown if age < 4 else entries


def _people(scene: Scene, chance: random.Random) -> tuple[Adult | None, Child]:
    parents = [adult for adult in (scene.mother, scene.father) if adult]
    return (chance.choice(parents) if parents else None), chance.choice(scene.children)


Beside = Callable[[Filler, dict[str, str], dict[str, str], str], Words]


def _next_to_it(filler: Filler, claim: dict[str, str], source: dict[str, str], side: str) -> Words:
    return filler.fill(claim["claim"]), filler.fill(source[side])


def _two_away(filler: Filler, claim: dict[str, str], source: dict[str, str], side: str) -> Words:
    between = filler.fill(claim["filler"])
    return filler.fill(claim["claim"]), f"{between} {filler.fill(source[side])}"


def _in_it(filler: Filler, claim: dict[str, str], source: dict[str, str], side: str) -> Words:
    return filler.fill(claim["claim"]).removesuffix(".") + filler.fill(claim[f"inside-{side}"]) + ".", ""


def _framed(filler: Filler, claim: dict[str, str], source: dict[str, str], side: str) -> Words:
    said = filler.fill(claim["claim"].replace("{Parent", "{parent", 1))
    said = (
        said
        if not claim["claim"].startswith("{Parent") or filler.slots["parent"][0].isupper()
        else said[0].lower() + said[1:]
    )
    speaker = filler.slots["pro"]
    return filler.fill(claim[f"frame-{side}"], speaker=speaker) + said, ""


def _of_somebody(filler: Filler, claim: dict[str, str], source: dict[str, str], side: str) -> Words:
    whom = filler.slots["parent" if side == "right" else "other"] if "other" in filler.slots else None
    if whom is None:
        raise Unfillable("other")
    return filler.fill(claim["claim"]), filler.fill(claim["support"], whom=whom)


def _claim(name: str, sister: str, side: str, beside: Beside, says: str, held_out: bool = False) -> Operator:
    def change(scene: Scene, chance: random.Random) -> Made | None:
        parent, child = _people(scene, chance)
        if scene.closed or parent is None:
            return None
        sources, filler = load("sources"), Filler(scene, chance, parent=parent, child=child)
        inside, number = chance.choice(sources["inside"]), chance.random()
        frames = {
            side: sources[kind][int(number * len(sources[kind]))]
            for side, kind in (("right", "reframed"), ("decoy", "blurred"))
        }
        claim = chance.choice(_fitting(load("claims"), scene.age(child))) | {
            "filler": chance.choice(sources["filler"]),
            "inside-right": inside["right"],
            "inside-decoy": inside["decoy"],
            "frame-right": frames["right"],
            "frame-decoy": frames["decoy"],
        }
        source = chance.choice(sources["next"])
        where = places(scene, parent.name)
        if not where:
            return None
        place = chance.choice(where)
        return put_in(
            scene,
            place,
            "unsupported-assertion",
            beside(filler, claim, source, side),
            "clean" if side == "right" else "fault",
            says,
            ("parenting-capacity", "harm"),
        )

    return Operator(name, ("unsupported-assertion",), change, says, sister=sister, twin=True, held_out=held_out)


OPERATORS = [
    *(_family(id_, family, side) for id_, family in FAMILIES.items() for side in ("wrong", "right")),
    _claim(
        "claim-beside-other-matter",
        "claim-with-source-next",
        "decoy",
        _next_to_it,
        "a claim about a parent; the sentence beside it is about something else",
    ),
    _claim(
        "claim-with-source-next",
        "claim-beside-other-matter",
        "right",
        _next_to_it,
        "a claim about a parent with its source in the next sentence",
    ),
    _claim(
        "claim-far-from-source",
        "claim-with-source-two-away",
        "decoy",
        _two_away,
        "a claim about a parent; two sentences follow that are about something else",
    ),
    _claim(
        "claim-with-source-two-away",
        "claim-far-from-source",
        "right",
        _two_away,
        "a claim about a parent with its source two sentences away",
    ),
    _claim(
        "claim-on-general-repute",
        "claim-with-source-inside",
        "decoy",
        _in_it,
        "a claim about a parent that is said to be well known",
    ),
    _claim(
        "claim-with-source-inside",
        "claim-on-general-repute",
        "right",
        _in_it,
        "a claim about a parent with its source in the sentence",
    ),
    _claim(
        "claim-by-nobody", "claim-by-somebody", "decoy", _framed, "a claim about a parent in a frame that names nobody"
    ),
    _claim(
        "claim-by-somebody",
        "claim-by-nobody",
        "right",
        _framed,
        "a claim about a parent in a frame that names who made it",
    ),
    _claim(
        "claim-beside-fact-of-other",
        "claim-beside-its-fact",
        "decoy",
        _of_somebody,
        "a claim about one parent; what was seen beside it is of the other parent",
        held_out=True,
    ),
    _claim(
        "claim-beside-its-fact",
        "claim-beside-fact-of-other",
        "right",
        _of_somebody,
        "a claim about a parent with what was seen of that parent",
        held_out=True,
    ),
]
