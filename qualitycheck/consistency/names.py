"""Names of the people of a case: one person spelt in two ways, a kin term that changes sides, a name from another case."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator

import re2

from qualitycheck.consistency.fault import Fault, Span
from qualitycheck.consistency.naming import AMBIGUOUS, FAMILIAR, Mention, distance, known_tokens, mentions
from qualitycheck.understanding.case import Case, Position

RARE = 2  # a slip or a stranger is named no more often than this
_WOMEN = frozenset({"mrs", "ms", "miss"})


def names(case: Case) -> Iterator[Fault]:
    """Yields an `inconsistent-fact` where a name is spelt otherwise than before, by a letter or two."""
    named = [mention for mention in mentions(case) if not mention.quoted]
    yield from _variants(named, "surname")
    yield from _variants(named, "given")


def _variants(named: list[Mention], part: str) -> Iterator[Fault]:
    uses: dict[str, list[Mention]] = defaultdict(list)
    for mention in named:
        if name := getattr(mention, part):
            uses[name].append(mention)
    usual = [name for name in uses if len(uses[name]) >= 2]
    for name, slips in uses.items():
        if len(slips) > RARE or len(name) < 3:
            continue
        for known in usual:
            if len(uses[known]) > len(slips) and _near(name, known) and _same_person(slips, uses[known], part):
                against = uses[known][0]
                for slip in slips:
                    yield Fault(
                        "inconsistent-fact",
                        slip.sentence.paragraph,
                        slip.start,
                        slip.end,
                        (Span(against.sentence.paragraph, against.start, against.end),),
                        {"name": name, "other": known},
                    )
                break


def _near(one: str, other: str) -> bool:
    if one == other or one.lower() == other.lower() or f"{one}s" == other or f"{other}s" == one or f"{other}es" == one:
        return False
    reach = 2 if min(len(one), len(other)) >= 5 and one[0] == other[0] else 1
    return abs(len(one) - len(other)) <= reach and distance(one.lower(), other.lower()) <= reach


def _same_person(slips: list[Mention], usual: list[Mention], part: str) -> bool:
    """Nothing in the mentions tells the two apart: no other given name or surname, no other title, no introduction."""
    other = "given" if part == "surname" else "surname"
    theirs = {name for mention in usual if (name := getattr(mention, other))}
    mine = {name for mention in slips if (name := getattr(mention, other))}
    if mine:
        return bool(mine & theirs)
    if part == "surname":
        titles = {_sort(mention.title) for mention in usual} - {None}
        return {_sort(mention.title) for mention in slips} <= titles
    return not any(mention.introduced or mention.title for mention in slips)


def _sort(title: str | None) -> str | None:
    return "woman" if title in _WOMEN else title


# A name used as the report uses the child's: somebody's welfare, or what is to be done with them.
_LIKE_THE_CHILD = re2.compile(
    r"(?i)NAME['’]s? (?:best |own |day-to-day |emotional |physical |educational |long-term )?(?:interests?|needs?|welfare|wishes|views?|feelings|safety|"
    r"behalf|future|voice|school|schools|life|care|carers?|placement|development|health|circumstances|case|relationship|parents?|mother|father|"
    r"contact|time with|wellbeing|education|identity|siblings?|guardian|bedroom|attendance|teacher)\b"
    r"|\bNAME (?:is|was|has|had|will|would|should|could|can|must|may|needs?|wants?|says?|said|told|feels?|lives?|loves?|remains?|continues?|"
    r"does|did|attends?|spends?|presents?|appeared|appears|enjoys?|and (?:his|her|their))\b"
    r"|\b(?:put|place|placing|move|moving|keep|keeping|allow|allowing|help|helping|support|supporting|protect|protecting|expose|exposing|return|"
    r"returning|remove|removing|for|that|if|when|whether|of|about|to|upon|on|meet|meeting|give|giving|let|ask|asking|harm|harming|affect|"
    r"affecting|benefit|benefits|see|seeing|saw|recommend|between|than|leave|leaving|tell|telling) NAME\b"
)


def _around(mention: Mention) -> str:
    """The sentence near the mention, with the name as NAME."""
    text = mention.sentence.text
    start, end = mention.start - mention.sentence.start, mention.end - mention.sentence.start
    return text[max(0, start - 40) : start] + "NAME" + text[end : end + 40]


def strangers(case: Case) -> Iterator[Fault]:
    """Yields a `template-residue` for a first name that is introduced nowhere and that nobody in the case bears."""
    named = mentions(case)
    ours = {word.lower() for word in known_tokens(case)}
    introduced = {mention.given for mention in named if mention.given and mention.introduced}
    introduced |= {mention.given for mention in named if mention.given and mention.sentence.heading}
    counts = Counter(mention.given for mention in named if mention.given)
    for mention in named:
        name = mention.given
        if name is None or mention.surname or mention.quoted or mention.title in FAMILIAR or name in introduced:
            continue
        if counts[name] > RARE or name.lower() in ours or name.lower() in AMBIGUOUS:
            continue
        if any(_near(name, other) for other in (*counts, *known_tokens(case)) if other and counts.get(other, 2) > counts[name]):
            continue  # a slip in a known name, which `names` speaks of
        sentence = mention.sentence
        if not _LIKE_THE_CHILD.search(_around(mention)):
            continue
        yield Fault("template-residue", sentence.paragraph, mention.start, mention.end, detail={"name": name})


_KINSHIP = re2.compile(
    r"(?i)\b(?P<side>maternal|paternal)\s+(?:great-)?(?P<kin>grandmother|grandfather|grandparents|aunt|uncle)"
    r"(?:,| is|:)?\s+\(?(?P<name>(?-i:(?:Mrs|Ms|Miss|Mr|Dr)\.?\s)?(?-i:[A-Z][\w'’-]+(?:\s+[A-Z][\w'’-]+)?))"
    r"|(?P<name2>(?-i:(?:Mrs|Ms|Miss|Mr|Dr)\.?\s)?(?-i:[A-Z][\w'’-]+(?:\s+[A-Z][\w'’-]+)?))\s?[,(]\s?(?:the |his |her |their |[A-Z]\w+['’]s )?"
    r"(?P<side2>maternal|paternal)\s+(?:great-)?(?P<kin2>grandmother|grandfather|grandparents|aunt|uncle)"
)


def kinship(case: Case) -> Iterator[Fault]:
    """Yields an `inconsistent-fact` where the same relative is on the mother's side once and on the father's later."""
    first: dict[str, tuple[str, Span, frozenset[str]]] = {}
    for sentence in case.sentences:
        for found in _KINSHIP.finditer(sentence.text):
            side = (found.group("side") or found.group("side2")).lower()
            name = (found.group("name") or found.group("name2")).split()
            key, rest = name[-1].removesuffix("'s").removesuffix("’s"), frozenset(name[:-1])
            span = Span(sentence.paragraph, sentence.start + found.start(), sentence.start + found.end())
            known = first.setdefault(key, (side, span, rest))
            if known[0] != side and (known[2] == rest or not known[2] or not rest):
                detail = {"name": " ".join(name), "side": side, "other": known[0]}
                yield Fault("inconsistent-fact", *span, (known[1],), detail)


def child_surnames(case: Case) -> Iterator[Fault]:
    """Yields an `inconsistent-fact` where a child is given a surname that is not one of the child's, once or twice."""
    named = mentions(case)
    for child in case.people:
        if child.position is not Position.CHILD or " " not in child.name:
            continue
        given = child.name.split()[0]
        full = [mention for mention in named if mention.given == given and mention.surname and not mention.title]
        own = [mention for mention in full if mention.surname in child.name.split()]
        odd = [mention for mention in full if mention.surname not in child.name.split()]
        if not own or len(odd) > min(RARE, len(own)):
            continue
        for mention in odd:
            if own and not any(_near(mention.surname or "", word) for word in child.name.split()):
                yield Fault(
                    "inconsistent-fact",
                    mention.sentence.paragraph,
                    mention.start,
                    mention.end,
                    (Span(own[0].sentence.paragraph, own[0].start, own[0].end),),
                    {"name": f"{given} {mention.surname}", "other": child.name},
                )
