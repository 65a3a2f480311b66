"""Operators on claims that stand in the report: support taken from them, or given to them."""

from __future__ import annotations

import random
import re
from typing import Any

from qualitycheck.models.corpora.operators.changes import Edit, Labels, after, cut, edited, instead
from qualitycheck.models.corpora.operators.inserted import places, ragged
from qualitycheck.models.corpora.operators.mutation import Made, Operator
from qualitycheck.models.corpora.operators.scene import Scene, Sentence
from qualitycheck.models.corpora.operators.wordings import Filler, Unfillable, load

ID = "unsupported-assertion"
SOURCE = re.compile(
    r"\b(?:told|tells|said|says|saying|reports?|reported|records?|recorded|notes?|noted|letters?|logs?|logged|diary|saw"
    r"|seen|see|watched|observed?|heard|read|wrote|writes|written|account|according|because|since|visit\w*|email|text"
    r"|statement|found|finding|asked|showed|shown|accepts?|admits?|agrees?|Dr|\d+)\b|['‘“\"]\w"
)
_CLINICAL = re.compile(  # what a psychiatrist or psychologist may say, and not a lawyer
    r"^(?!.*\b(?:law|legal|clinic|doctor|whatever)\b).*\b(?:disorder|PTSD|ADHD|depress\w*|trauma\w*|autis\w*|personality|anxi\w*"
    r"|attachment|bipolar|illness|syndrome|narciss\w*|psycho\w*|stress|addict\w*|stabiliser)\b"
)
_PROMISE = re.compile(r"\bsay why\b|\bfollow(?:s|ing)\b|\bthese\b|\bas I\b|:$")
_BEFORE = re.compile(r"\b(?:before|preced\w+|above|earlier)\b")
_BEHIND = re.compile(r"\b(?:follow\w*|after|next|straight away|below)\b")
_INSIDE = re.compile(r"\b(?:in the (?:same )?sentence|itself|same sentence|in the same)\b")


def _clean(scene: Scene) -> list[tuple[dict[str, Any], Sentence]]:
    """The clean claims that are whole sentences with nothing of a source in their own words."""
    found = []
    for item in scene.report["gold"]["clean"]:
        held = scene.holding(item["quote"]) if item["rule"] == ID else []
        if len(held) == 1 and held[0].text == item["quote"] and not SOURCE.search(held[0].text):
            found.append((item, held[0]))
    return found


def _supporting(scene: Scene, why: str, claim: Sentence) -> list[Sentence]:
    """All the sentences of the claim's paragraph on the side where its reason says that support stands."""
    before, behind = bool(_BEFORE.search(why)), bool(_BEHIND.search(why))
    if before == behind or _INSIDE.search(why):
        return []
    there = scene.sentences(claim.unit)
    return there[: claim.nth] if before else there[claim.nth + 1 :]


def _support_deleted(scene: Scene, chance: random.Random) -> Made | None:
    """The sentences that support a claim, in its paragraph, taken out."""
    options = []
    for item, claim in _clean(scene):
        support = _supporting(scene, item["why"], claim)
        rest = [s for s in scene.sentences(claim.unit) if s not in support and s != claim]
        near = [s for s in rest if abs(s.nth - claim.nth) <= 2]
        if (
            support
            and not ragged(scene, support)
            and not _PROMISE.search(claim.text)
            and not any(SOURCE.search(s.text) for s in near)
            and not set(support) & scene.faulty
        ):
            options.append((claim, support))
    return _without(scene, chance, options)


def _without(scene: Scene, chance: random.Random, options: list[tuple[Sentence, list[Sentence]]]) -> Made | None:
    if not options:
        return None
    claim, support = chance.choice(options)
    return _fault(scene, claim.text, cut(scene, support))


def _fault(scene: Scene, quote: str, changes: list[Edit]) -> Made | None:
    report, touched = edited(scene, changes, Labels(findings=[{"rule": ID, "quote": quote}], without=[quote]))
    return Made(report, ID, "clean", "fault", quote, touched)


def _standing_faults(scene: Scene, id_: str) -> list[Sentence]:
    held = [scene.holding(item["quote"]) for item in scene.report["gold"]["findings"] if item["rule"] == id_]
    body = set(scene.body)
    return [
        sentences[0]
        for sentences in held
        if len(sentences) == 1
        and sentences[0] in body
        and any(f["quote"] == sentences[0].text for f in scene.report["gold"]["findings"])
    ]


def _given(name: str, sister: str, side: str, where: str, says: str, id_: str = ID, held_out: bool = False) -> Operator:
    """An operator that puts a source, or what looks like one, beside a fault that stands in the report."""

    def change(scene: Scene, chance: random.Random) -> Made | None:
        faults = [f for f in _standing_faults(scene, id_) if where != "expert" or _CLINICAL.search(f.text)]
        if not faults or scene.closed:
            return None
        fault, filler, sources = chance.choice(faults), Filler(scene, chance), load("sources")
        behind, inside, expert = (chance.choice(sources[key]) for key in ("next", "inside", "expert"))
        between, further = chance.choice(sources["filler"]), places(scene)
        quote, changes = fault.text, []
        if where == "next":
            changes = [after(fault, filler.fill(behind[side]))]
        elif where == "two-away":
            changes = [after(fault, f"{filler.fill(between)} {filler.fill(behind[side])}")]
        elif where == "section-before":
            changes = [_section_before(scene, chance, filler, fault, further, side)]
        else:
            quote = fault.text[:-1] + filler.fill((expert if where == "expert" else inside)[side]) + "."
            changes = [instead(fault, quote)]
        right = side == "right"
        item = {"rule": id_, "quote": quote, "why": says}
        labels = Labels(
            findings=[] if right else [{"rule": id_, "quote": quote}],
            clean=[item] if right else [],
            without=[fault.text],
        )
        report, touched = edited(scene, changes, labels)
        return Made(report, id_, "fault", "clean" if right else "fault", quote, touched)

    return Operator(name, (id_,), change, says, sister=sister, held_out=held_out)


def _section_before(
    scene: Scene, chance: random.Random, filler: Filler, fault: Sentence, further: list[Sentence], side: str
) -> Edit:
    """The claim told by somebody in the section before the fault's; or, as a decoy, told of nobody in this case."""
    here = scene.units[fault.unit].section
    rooms = [s for s in further if scene.units[s.unit].section == here - 1]
    people = [adult.name for adult in (scene.mother, scene.father) if adult] + [child.name for child in scene.children]
    if not rooms or not any(fault.text.lower().startswith(name.lower() + " ") for name in people):
        raise Unfillable("section before")
    claim = fault.text[:-1]
    claim = claim[0].lower() + claim[1:] if claim.startswith("The ") else claim
    told = f"{{Pro}} told {{me}} on {{date}} that {claim}, and gave two instances of it."
    decoy = "{Pro} told {me} on {date} that the rooms there are being painted, and gave two dates for it."
    return after(chance.choice(rooms), filler.fill(told if side == "right" else decoy))


OPERATORS = [
    Operator("support-deleted", (ID,), _support_deleted, _support_deleted.__doc__ or ""),
    _given(
        "source-given-next", "other-matter-next", "right", "next", "a bare claim given its source in the next sentence"
    ),
    _given("other-matter-next", "source-given-next", "decoy", "next", "a bare claim followed by something else"),
    _given(
        "source-given-two-away",
        "other-matter-two-away",
        "right",
        "two-away",
        "a bare claim given its source two sentences away",
    ),
    _given(
        "other-matter-two-away",
        "source-given-two-away",
        "decoy",
        "two-away",
        "a bare claim followed by two sentences about something else",
    ),
    _given(
        "source-given-inside", "repute-given-inside", "right", "inside", "a bare claim given its source in the sentence"
    ),
    _given("repute-given-inside", "source-given-inside", "decoy", "inside", "a bare claim said to be well known"),
    _given(
        "source-given-section-before",
        "other-matter-section-before",
        "right",
        "section-before",
        "a bare claim of which the section before says who told it",
        held_out=True,
    ),
    _given(
        "other-matter-section-before",
        "source-given-section-before",
        "decoy",
        "section-before",
        "a bare claim; somebody tells of something else in the section before",
        held_out=True,
    ),
    _given(
        "diagnosis-attributed",
        "diagnosis-asserted",
        "right",
        "expert",
        "a diagnosis by the author given to a named clinician",
        "outside-expertise",
    ),
    _given(
        "diagnosis-asserted",
        "diagnosis-attributed",
        "decoy",
        "expert",
        "a diagnosis by the author said to be plain",
        "outside-expertise",
    ),
]
