"""Names of people: one spelt in two ways, a relative who changes sides, a name from another case."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterator

import re2

from qualitycheck.consistency.fault import Fault, Span
from qualitycheck.consistency.naming import AMBIGUOUS, FAMILIAR, Mention, distance, known_tokens, mentions
from qualitycheck.consistency.once import quoted, words_in
from qualitycheck.language.given_names import ALL_GIVEN
from qualitycheck.understanding.case import Case, Person, Position

RARE = 2  # a slip or a stranger is named no more often than this
MOST_NAMES = 60  # no report has so many; each is compared with each
_WOMEN = frozenset({"mrs", "ms", "miss"})


def names(case: Case) -> Iterator[Fault]:
    """Yields an `inconsistent-fact` where a name is spelt otherwise than before, by a letter or two."""
    named = [mention for mention in mentions(case) if not mention.quoted]
    yield from _variants(named, "surname")
    yield from _variants(named, "given")
    yield from _unknown_words(case, named)


_WORD = re.compile(r"[A-Z]\w+(?:-\w+)*")


_CALENDAR = frozenset(
    "January February March April May June July August September October November December Monday Tuesday Wednesday "
    "Thursday Friday Saturday Sunday Mondays Tuesdays Wednesdays Thursdays Fridays Saturdays Sundays Easter Christmas "
    "Advent Lent Eid Diwali".split()
)
_PLACE_BEFORE = re2.compile(r"(?i)\b(?:in|at|from|to|near|via|through|around|outside|towards|into|of)\s$")
_OF_A_PERSON = re2.compile(
    r"^(?:['’]s?\b|,? (?:is|was|has|had|said|says|told|tells|wants|would|will|likes|and (?:his|her)|who|whose)\b)"
)


def _is_place(text: str, start: int, end: int) -> bool:
    """ "to Bude for ten days": where somebody went, unless what follows is what a person does or has."""
    return bool(_PLACE_BEFORE.search(text[max(0, start - 10) : start])) and not _OF_A_PERSON.match(text[end:])


def _unknown_words(case: Case, named: list[Mention]) -> Iterator[Fault]:
    """A word with a capital inside a sentence that is no name, but for one letter is a name used often."""
    uses = Counter(name for mention in named for name in (mention.given, mention.surname) if name)
    usual = [name for name, count in uses.most_common(MOST_NAMES) if count >= 3 and len(name) >= 4]
    lower = {word.text for sentence in case.sentences for word in words_in(sentence, case) if word.text.islower()}
    words = [
        (sentence, found.group(), found.start(), found.end())
        for sentence in case.sentences
        if not sentence.heading
        for found in _WORD.finditer(sentence.text)
        if found.group() not in uses
        and found.group() not in _CALENDAR
        and found.group().lower() not in lower
        and len(found.group()) >= 4
    ]
    counts = Counter(word for _, word, _, _ in words)
    near = {word: known for word in counts if counts[word] <= RARE and (known := _one_letter_off(word, usual))}
    for sentence, word, start, end in words:
        known = near.get(word)
        if (
            known is None
            or (start == 0 and len(word) < 5 and not _before_surname(sentence.text, end, known, case))
            or (_in_a_longer_name(sentence.text, start, end) and not _before_surname(sentence.text, end, known, case))
            or _is_place(sentence.text, start, end)
            or quoted(case, sentence.paragraph, sentence.start + start)
        ):
            continue
        against = next(one for one in named if known in (one.given, one.surname))
        related = (Span(against.sentence.paragraph, against.start, against.end),)
        place = Span(sentence.paragraph, sentence.start + start, sentence.start + end)
        yield Fault("inconsistent-fact", *place, related, {"name": word, "other": known})


def _one_letter_off(word: str, usual: list[str]) -> str | None:
    return next(
        (known for known in usual if distance(word.lower(), known.lower()) == 1 and not _near_plural(word, known)), None
    )


def _in_a_longer_name(text: str, start: int, end: int) -> bool:
    """Whether another capitalised word stands beside it ("Osian Road")."""
    before = text[:start].split()[-1:]
    return text[end : end + 2].strip()[:1].isupper() or (
        bool(before) and before[0][:1].isupper() and len(before[0]) > 1 and start > len(before[0]) + 1
    )


def _before_surname(text: str, end: int, known: str, case: Case) -> bool:
    """Whether the next word is the surname of somebody of that first name, and no first name stands before it."""
    found = re.match(r" ([A-Z][\w’'-]+)", text[end:])
    surname = found.group(1).removesuffix("'s").removesuffix("’s") if found else None
    return any(person.name.startswith(f"{known} ") and surname in person.name.split() for person in case.people)


def _near_plural(one: str, other: str) -> bool:
    return f"{one}s" == other or f"{other}s" == one


def _variants(named: list[Mention], part: str) -> Iterator[Fault]:
    uses: dict[str, list[Mention]] = defaultdict(list)
    for mention in named:
        if name := getattr(mention, part):
            uses[name].append(mention)
    often = Counter({name: len(mentions) for name, mentions in uses.items() if len(mentions) >= 2})
    usual = [name for name, _ in often.most_common(MOST_NAMES)]
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


def _short_for(one: str, other: str) -> bool:
    """Whether one may be the short form of the other: Reggie, Reginald."""
    return len(one) != len(other) and one[:3].lower() == other[:3].lower()


def _same_person(slips: list[Mention], usual: list[Mention], part: str) -> bool:
    """Nothing in the mentions tells the two apart: no other given name or surname, no other title, no introduction."""
    other = "given" if part == "surname" else "surname"
    theirs = {name for mention in usual if (name := getattr(mention, other))}
    mine = {name for mention in slips if (name := getattr(mention, other))}
    if mine:
        if part == "given" and slips[0].given and usual[0].given and slips[0].given[0] != usual[0].given[0]:
            return slips[0].given.lower() not in ALL_GIVEN  # Tomas Hale, the father of Domas Hale
        return bool(mine & theirs)
    if part == "surname":
        titles = {_sort(mention.title) for mention in usual} - {None}
        return {_sort(mention.title) for mention in slips} <= titles
    return not any(mention.introduced or mention.title for mention in slips)


def _sort(title: str | None) -> str | None:
    return "woman" if title in _WOMEN else title


# Somebody whom the child or a party knows may be named in passing; the name of the wrong child is not used like that.
_IN_PASSING_BEFORE = re2.compile(
    r"(?i)\b(?:with|or|near|like|at|not|as|called|named|uncle|auntie?|nan|nana)\s$|[/&(]\s?$"
)
_LISTED_BEFORE = re2.compile(r"(?i)(?:\band|,|;)\s$")
_DOES = re2.compile(r"^ (?:is|was|has|had|will|would|should|could|can|must|may|needs|[a-z]{2,}(?:ed|s))\b")
_IN_PASSING_AFTER = re2.compile(
    r"^(?:['’]s? (?:two|three|four|house|home|flat|place|garden|car|party|birthday|boys?|girls?|children|son"
    r"|daughter|kids|shop|pony|dog)\b"
    r"| and (?:[A-HJ-Z]|the |his |her |their |a )|/|,? (?:Road|Street|Lane|House|Court|Avenue|Park|Centre|School"
    r"|Unit|Ward)\b)"
)


# What a report settles is settled for its own children: the name after it is never named in passing.
_SETTLED_BEFORE = re2.compile(
    r"(?i)\b(?:plan|plans|orders?|welfare|interests?|needs|placement|recommend\w*|safety|wishes|feelings|care of"
    r"|outcome|future|arrangements?|contact|views)\b(?: (?:for|of|that|to|with|is|about)){1,2}\s$"
)


def _in_passing(mention: Mention) -> bool:
    text = mention.sentence.text
    start, end = mention.start - mention.sentence.start, mention.end - mention.sentence.start
    if _SETTLED_BEFORE.search(text[max(0, start - 40) : start]):
        return False
    before, after = text[max(0, start - 12) : start], text[end:]
    if _LISTED_BEFORE.search(before) and not _DOES.match(after):
        return True
    return bool(_IN_PASSING_BEFORE.search(before) or _IN_PASSING_AFTER.match(after))


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
        if any(
            _near(name, other) or _short_for(name, other)
            for other in (*counts, *known_tokens(case))
            if other and counts.get(other, 2) > counts[name]
        ):
            continue  # a slip in a known name, which `names` speaks of
        sentence = mention.sentence
        if _in_passing(mention):
            continue
        yield Fault("template-residue", sentence.paragraph, mention.start, mention.end, detail={"name": name})


_KINSHIP = re2.compile(
    r"(?i)\b(?P<side>maternal|paternal)\s+(?:great-)?(?P<kin>grandmother|grandfather|grandparents|aunt|uncle)"
    r"(?:,| is|:)?\s+\(?(?P<name>(?-i:(?:Mrs|Ms|Miss|Mr|Dr)\.?\s)?(?-i:[A-Z][\w'’-]+(?:\s+[A-Z][\w'’-]+)?))"
    r"|(?P<name2>(?-i:(?:Mrs|Ms|Miss|Mr|Dr)\.?\s)?(?-i:[A-Z][\w'’-]+(?:\s+[A-Z][\w'’-]+)?))\s?[,(]\s?(?:the |his "
    r"|her |their |[A-Z]\w+['’]s )?"
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


# Who holds one of these is one person in a report about one child, unless it speaks of a change.
_ONE_HOLDER = frozenset(
    {
        "health visitor",
        "independent reviewing officer",
        "iro",
        "headteacher",
        "head teacher",
        "class teacher",
        "midwife",
    }
)
_CHANGE = re2.compile(
    r"(?i)\b(?:former|previous|new|then|until|since|took over|replaced|succeeded|left|now|first|second|"
    r"also|another|deputy|last year|"
    r"nursery|handed|predecessor|successor|covering|both)\b"
)


def holders(case: Case) -> Iterator[Fault]:
    """Yields an `inconsistent-fact` where a post that one person holds is given to another, once."""
    if len(case.children) != 1:
        return
    uses: dict[str, list[Mention]] = defaultdict(list)
    for mention in mentions(case):
        if mention.surname:
            uses[mention.surname].append(mention)
    posts: dict[str, list[str]] = defaultdict(list)
    for person in case.people:
        if person.role and person.role.lower() in _ONE_HOLDER:
            posts[person.role.lower()].append(person.name.split()[-1])
    for post, surnames in posts.items():
        if len(surnames) != 2:
            continue
        odd, usual = sorted(surnames, key=lambda surname: len(uses[surname]))
        if len(uses[odd]) != 1 or len(uses[usual]) < 2 or _CHANGE.search(uses[odd][0].sentence.text):
            continue
        slip, known = uses[odd][0], uses[usual][0]
        related = (Span(known.sentence.paragraph, known.start, known.end),)
        detail = {"name": odd, "other": usual, "post": post}
        yield Fault("inconsistent-fact", slip.sentence.paragraph, slip.start, slip.end, related, detail)


_KIN_BEFORE = re2.compile(
    r"(?i)\b(?:sister|brother|cousin|friend|partner|husband|wife|aunt|uncle|mother|father|nephew|niece|son|daughter"
    r"|grandmother|grandfather|neighbour|boyfriend|girlfriend|teacher|worker|named|called),? $"
)
_GROWN_AFTER = re2.compile(
    r"^,? (?:who )?(?:is |was )?(?:aged )?\(?(?:[2-9]\d|twenty|thirty|forty|fifty|sixty|seventy|eighty)\b"
    r"|^,? (?:a|an|the|his|her) [a-z]"
)


def _of_another(case: Case, mention: Mention, child: Person) -> bool:
    """Whether the name is somebody else's: a person with a role, or somebody too old to be the child."""
    text = mention.sentence.text
    start, end = mention.start - mention.sentence.start, mention.end - mention.sentence.start
    if _KIN_BEFORE.search(text[:start]) or _GROWN_AFTER.match(text[end:]):
        return True
    name = f"{mention.given} {mention.surname}"
    return any(
        person.key != child.key and person.role and name in {person.name, *person.aliases} for person in case.people
    )


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
            if _of_another(case, mention, child):
                continue  # another of that name: "Ms Hart's sister, Mia Price, is 34"
            if own and not any(_near(mention.surname or "", word) for word in child.name.split()):
                yield Fault(
                    "inconsistent-fact",
                    mention.sentence.paragraph,
                    mention.start,
                    mention.end,
                    (Span(own[0].sentence.paragraph, own[0].start, own[0].end),),
                    {"name": f"{given} {mention.surname}", "other": child.name},
                )
