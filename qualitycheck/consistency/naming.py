"""Every mention of a person by name, taken apart: title, given name, surname, and how they are introduced."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass

from qualitycheck.consistency.once import once, quoted
from qualitycheck.language.given_names import ALL_GIVEN
from qualitycheck.understanding.case import Case, Position, Sentence

TITLES = frozenset(
    {"mr", "mrs", "ms", "miss", "mx", "dr", "nurse", "sister", "professor", "prof", "judge", "dj", "hhj"}
)
FAMILIAR = frozenset(
    {
        "nana",
        "nan",
        "nain",
        "nanny",
        "granny",
        "gran",
        "grandma",
        "grandad",
        "grandpa",
        "taid",
        "auntie",
        "aunty",
        "aunt",
        "uncle",
        "pop",
        "bampi",
        "mamgu",
        "tadcu",
        "big",
        "little",
        "baby",
    }
)
# Given names that are as often an English word, a month or a place: never taken for a name on their own.
AMBIGUOUS = frozenset(
    """
    april may june august summer autumn dawn eve hope faith grace charity patience precious joy will mark bill
    grant frank rob art red reed river ocean storm sky rocky hunter mason cooper harper carter carol dean rose
    daisy ivy lily heather hazel holly olive pearl ruby amber jade crystal roman christian paris london india
    chester lincoln preston florence victoria devon kent sydney austin chelsea lancaster tudor jordan israel
    georgia virginia carolina charlotte kit may nan nana don van penny robin drew chase miles page reef rio ash
    sage sunny basil clay cliff dale forest gene glen lance mercy rich stone ward wade dora bay rowan jay major
    duke earl king prince noble mercedes porsche kia mini alan houston dallas brook brooke gray grey percy rusty
    angel angus bonnie star buddy dusty rex max teddy billy clement constance verity honey blue sonny harris
    scott lewis nelson bruce leigh lee ray guy pat sue rosemary ginger clementine marina regina portia troy ada
    elder skye iona isla lorna clare kerry derry tyrone dundee tiffany melody harmony octavia primrose blossom
    fern saffron willow ramadan phoenix autumn marley hudson jackson morgan kennedy wilson blake craig ross
    finlay elgar macy ripley mae non dan mam tad roma danish roman dutch finn norse jan feb mar apr jun jul aug
    sept oct nov dec rom sol neo ally pip
    """.split()
)
_WORD = re.compile(r"[A-Z][\w]*(?:['’-]\w+)*\.?")
_I = re.compile(r"I(?:['’]|$)")
_PLACES = frozenset(
    """
    School Primary Academy College Nursery Hospital Road Street Lane Avenue House Centre Close Drive Court Park
    Infants Juniors Surgery Church Chapel Library Hub Unit Ward Council Team Service Services Prison University
    Hotel Way Rise Terrace
    """.split()
)
_NOT_NAMES = frozenset(
    """
    The This That These Those He She They We It I His Her Their My Our Its A An In On At By For From With To Of
    And But Or If As Since When While After Before Under During There Here What Who Which How Why Where No Not
    Yes Neither Both Each All Some January February March April May June July August September October November
    December Monday Tuesday Wednesday Thursday Friday Saturday Sunday Christmas Easter Court Family Council City
    County Act Children Child Local Authority Section Report Order School Primary Academy Nursery College
    Hospital Road Street Lane Avenue House Centre Police Cafcass Cymru Year Part Appendix Annex Reception Key
    Stage British White Welsh English Irish Asian Black Muslim Christian Catholic Polish
    """.split()
)


@dataclass(frozen=True, slots=True)
class Mention:
    """One naming of a person; `start` and `end` are offsets in the paragraph's text."""

    sentence: Sentence
    start: int
    end: int
    title: str | None
    given: str | None
    surname: str | None
    introduced: bool  # said here who it is
    quoted: bool


def known_tokens(case: Case) -> frozenset[str]:
    """The words of the names of those who have a place in the case: a full name, a role, a date of birth."""
    placed = (
        person
        for person in case.people
        if person.role
        or person.date_of_birth
        or " " in person.name
        or person.position not in (Position.ADULT, Position.SIBLING)
    )
    return frozenset(word for person in placed for word in person.name.split() if word[:1].isupper())


@once
def mentions(case: Case) -> tuple[Mention, ...]:
    """All mentions of people by name, in reading order; headings too."""
    surnames = _surnames(case)
    givens = ALL_GIVEN | {person.name.split()[0].lower() for person in case.people if " " in person.name}
    return tuple(mention for sentence in case.sentences for mention in _in_sentence(sentence, case, givens, surnames))


@once
def _by_sentence(case: Case) -> dict[int, list[Mention]]:
    found: dict[int, list[Mention]] = defaultdict(list)
    for mention in mentions(case):
        found[mention.sentence.index].append(mention)
    return found


def mentions_in(sentence: Sentence, case: Case) -> list[Mention]:
    """The people a sentence names, in order."""
    return _by_sentence(case).get(sentence.index, [])


def _surnames(case: Case) -> frozenset[str]:
    return frozenset(person.name.split()[-1] for person in case.people if " " in person.name)


def _in_sentence(
    sentence: Sentence, case: Case, givens: frozenset[str] | set[str], surnames: frozenset[str]
) -> Iterator[Mention]:
    text = sentence.text
    run: list[tuple[str, int, int]] = []
    for found in (*_WORD.finditer(text), None):
        if found is not None:
            word = found.group()
            start, end = found.span()
            if word.endswith(".") and word[:-1].lower() not in TITLES and len(word) > 2:
                word, end = word[:-1], end - 1
            if _I.match(word):
                found = None
            elif run and text[run[-1][2] : start] == " " and not run[-1][0].endswith(("'s", "’s")):
                run.append((word, start, end))
                continue
        if run and (mention := _mention(sentence, case, run, givens, surnames)):
            yield mention
        run = [(word, start, end)] if found is not None else []


def _mention(
    sentence: Sentence,
    case: Case,
    run: list[tuple[str, int, int]],
    givens: frozenset[str] | set[str],
    surnames: frozenset[str],
) -> Mention | None:
    title: str | None = None
    while run and (run[0][0].rstrip(".").lower() in TITLES | FAMILIAR or (run[0][0] in _NOT_NAMES and len(run) > 1)):
        word = run[0][0].rstrip(".").lower()
        title = word if word in TITLES | FAMILIAR else title
        first_at = run[0][1]
        run = run[1:]
    if not run or (title is None and any(_bare(word) in _PLACES for word, _, _ in run)):
        return None
    names = [_bare(word) for word, _, _ in run]
    end_at = run[-1][2] - (len(run[-1][0]) - len(names[-1]))
    start_at = run[0][1] if title is None else first_at
    names = [name for name in names if name not in _NOT_NAMES] or names[:1]
    if names[0] in _NOT_NAMES:
        return None
    if len(run) > 1 and names[0].lower() in AMBIGUOUS and _bare(run[1][0]) in _NOT_NAMES:
        return None  # "a Roman Catholic"
    lower = names[0].lower()
    first_part, _, rest = lower.partition("-")
    if lower not in givens and len(first_part) > 2 and (rest in givens or "-" + rest.capitalize() in names[0]):
        lower = first_part  # "Anna-Maria", never "Non-molestation"
    given: str | None = None
    surname: str | None = None
    if title and title not in FAMILIAR:
        given, surname = (names[0], names[-1]) if len(names) > 1 else (None, names[0])
    elif lower in givens:
        given = names[0]
        surname = names[-1] if len(names) > 1 else None
        alone = surname is None and title is None
        if alone and lower in AMBIGUOUS and names[0] not in surnames and run[0][1] == 0:
            return None
    elif len(names) == 1 and names[0] in surnames:
        surname = names[0]
    else:
        return None
    text = sentence.text
    introduced = bool(
        (surname and given)
        or title in FAMILIAR
        or _INTRODUCES_BEFORE.search(text[max(0, start_at - 50) : start_at])
        or _INTRODUCES_AFTER.match(text[end_at : end_at + 40])
    )
    return Mention(
        sentence,
        sentence.start + start_at,
        sentence.start + end_at,
        title,
        given,
        surname,
        introduced,
        quoted(case, sentence.paragraph, sentence.start + start_at),
    )


_RELATION = (
    r"(?:sisters?|brothers?|sons?|daughters?|cousins?|friends?|partners?|husband|wife|aunts?|uncles?|dogs?|cats?"
    r"|pony|horse|rabbit|hamster|"
    r"guinea pigs?|teddy|bear|doll|toy|mother|father|mum|mam|dad|baby|child|children|boys?|girls?|nephews?|nieces?"
    r"|grandmother|grandfather|"
    r"grandson|granddaughter|twins?|siblings?|stepson|stepdaughter|stepfather|stepmother|stepsister|stepbrother"
    r"|half-sisters?|half-brothers?|"
    r"teacher|assistant|worker|midwife|nurse|doctor|visitor|keyworker|key worker|advis[eo]r|mentor|carers?|neighbours?|"
    r"boyfriend|girlfriend|fianc[eé]e?|colleague|landlord|interpreter|called|named|nicknamed|and|Alias|as)"
)
_INTRODUCES_BEFORE = re.compile(_RELATION + r"[,:(]?\s+[(‘'“\"]?$")
_INTRODUCES_AFTER = re.compile(
    r"(?:['’]s)?\s*(?:\(|,\s+(?:(?:who|aged?|whose|now|then|a|an|the|his|her|their|its|my|our|\d+)\b|[A-Z]))"
    r"|^\s+the\s|^\s*[-–—:|]"
    r"|^ (?:is|was) (?:a|an|the|one of|his|her|their|my|[A-Z]\w+['’]s) (?:\w+ ){0,2}(?:friends?|cousin|aunt|uncle"
    r"|neighbour|teacher|dog|cat|pony|horse|rabbit|hamster|teddy|sister|brother|partner|colleague)\b"
)


def _bare(word: str) -> str:
    for ending in ("'s", "’s", "'", "’"):
        word = word.removesuffix(ending)
    return word


def distance(one: str, other: str) -> int:
    """Damerau-Levenshtein distance (adjacent swaps count one) of two short words."""
    previous: list[int] = []
    row = list(range(len(other) + 1))
    for i, a in enumerate(one, start=1):
        before, previous, row = previous, row, [i] + [0] * len(other)
        for j, b in enumerate(other, start=1):
            row[j] = min(previous[j] + 1, row[j - 1] + 1, previous[j - 1] + (a != b))
            if i > 1 and j > 1 and a == other[j - 2] and one[i - 2] == b:
                row[j] = min(row[j], before[j - 2] + 1)
    return row[-1]
