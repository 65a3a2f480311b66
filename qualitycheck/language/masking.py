"""The masked view of a paragraph: what rules match against.

People, quotations, dates and the like stand as capital words in otherwise lower-case text, so that a rule reads the
same whatever the names:

    Ada told Mrs Sallis on 3 May 2024 that 'it's OK', the mother said.
    CHILD told PROFESSIONAL on DATE that QUOTE, MOTHER said.

- People: CHILD SIBLING MOTHER FATHER ADULT PROFESSIONAL AUTHOR, by name (all forms that `understanding.people` found,
  with their titles) and by role noun with its article: "the mother", "both boys", "the class teacher", "M", "PGM" ->
  one word. A possessive pronoun stays: "his mother" -> `his MOTHER`; possession stays: "Ada's" -> `CHILD's`, "the
  children's" -> `CHILD's`. "Mr Hume saw his mother" is `FATHER saw his ADULT`. Kin of an adult are ADULT as a whole:
  "the father's mother", "Mr Hume's sister", "F's mother" -> ADULT; "Ada's mother" is MOTHER. Plural role nouns give
  the same word as singular ones. After "a", "any", "every", "no", "most" a noun is nobody in particular and stays: "a
  child", "children need". "The parents", "both parents" stay in words, as do other pronouns, "i" among them.
  "Children's services", "children's home", "child protection", "mother tongue" stay.
- QUOTE: a quotation with its marks; one that runs over two sentences is a QUOTE in both.
- DATE (whole or partial: "3 May", "May 2024", "in 2019"), TIME, AGE ("aged five", "five-year-old", "(8)"), MONEY,
  REF (bundle pages, paragraphs, exhibits, annexes: "C112", "para 12 of the statement" -> `REF of the statement`;
  "section 7" of an Act stays).
- Quotation marks and apostrophes are ' and ", dashes are -, white space is one blank for each character, so that
  outside the capital words every masked character is one character of the text.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import NamedTuple

import re2

from qualitycheck.language.dates import find_ages, find_dates, find_times
from qualitycheck.language.quotes import Quotation, find_quotations
from qualitycheck.language.role_nouns import ABBREVIATIONS, PLACEHOLDER, PLURAL_HEADS


class Mention(NamedTuple):
    """A stretch of the paragraph that the masked view replaces by `placeholder`; `key` is a person's where known."""

    start: int
    end: int
    placeholder: str
    key: str | None = None


_WORD = re.compile(r"\w+")
_PLAIN = str.maketrans(
    {"’": "'", "‘": "'", "“": '"', "”": '"', "–": "-", "—": "-", "‑": "-", "\u00a0": " ", "\t": " ", "\n": " "}
)
_REFERENCE = re2.compile(
    r"(?i:\b(?:paras?|paragraphs?|pages?|pp?|footnotes?|notes?|bundle pages?|annex(?:es)?|appendix|appendices"
    r"|exhibits?|tabs?)"
    r"\.? ?\[?[A-Z]{0,3}[0-9]+(?:\.[0-9]+)*(?:\([a-z0-9]+\))*(?:(?: ?[-–] ?| and |, ?"
    r"| to )[A-Z]{0,3}[0-9]+(?:\.[0-9]+)*)*\]?)"
    r"|(?i:\b(?:annex|appendix|exhibit|tab) (?:[A-Z]{1,3}[0-9]*|[ivx]+)\b)"
    r"|\[[A-Z]{0,2}[0-9]+(?:[-–][A-Z]{0,2}[0-9]+)?\]"
    r"|\b[A-L][0-9]{1,4}(?: ?[-–] ?[A-L]?[0-9]{1,4})?\b"
    r"|\b[A-Z]{2}/?[0-9]{1,2}\b"
)
_FORMS = frozenset("C100 C110A C1A C2 C8 C79 C51 A4 A5 G20 B12 D3 K2 A1 A19 M25 M6".split())
_MONEY = re2.compile(r"£ ?[0-9][0-9,]*(?:\.[0-9]{1,2})?(?:k|m|bn)?\b|\b[0-9]+ ?(?:pence|pounds)\b")

_BEFORE_SOMEBODY = frozenset("the this both these those each neither either all our".split())
_POSSESSIVES = frozenset("his her their my whose its".split())
_BEFORE_ANYBODY = frozenset("a an any every no most many some another other such few several one what".split())
_COUNTS = frozenset("two three four five six".split())
# A noun that is part of another word: "children's services", "child protection", "mother tongue".
_NOT_PEOPLE_AFTER = frozenset(
    "services service home homes social protection arrangements impact permanence maintenance benefit care minding "
    "seat "
    "tongue board act centre center register department practice surgery allowance tax act's minder trust abuse "
    "poverty "
    "development safeguarding in-need looked welfare and's".split()
)
_GENITIVE_ONLY_NOT_PEOPLE = frozenset(
    "services home homes centre act social hospital department panel hearing ward".split()
)
_ALONE = frozenset(
    "mother father mum dad mam mummy daddy nan nana nain taid gran grandma grandad granny tadcu mamgu".split()
)


@dataclass
class Lexicon:
    """Names to mask: name -> (placeholder, key). Built once per report; forms of a name are whole words, as written."""

    names: dict[str, tuple[str, str | None]] = field(default_factory=dict)
    _by_first: dict[str, list[tuple[tuple[str, ...], str, str | None]]] = field(default_factory=dict)

    def add(self, name: str, placeholder: str, key: str | None) -> None:
        words = tuple(_WORD.findall(name))
        if not words or name in self.names:
            return
        self.names[name] = (placeholder, key)
        entries = self._by_first.setdefault(words[0], [])
        entries.append((words, placeholder, key))
        entries.sort(key=lambda entry: -len(entry[0]))

    def at(self, words: list[re.Match[str]], index: int, text: str) -> tuple[int, str, str | None] | None:
        """The longest name that begins with word `index`: words it takes, placeholder, key."""
        for name, placeholder, key in self._by_first.get(words[index].group(), ()):
            if len(name) == 1:
                return 1, placeholder, key
            if index + len(name) <= len(words) and all(
                words[index + n].group() == name[n]
                and text[words[index + n - 1].end() : words[index + n].start()] in _JOINTS
                for n in range(1, len(name))
            ):
                return len(name), placeholder, key
        return None


_JOINTS = frozenset((" ", "-", "'", "’", ". ", ".", "\u00a0", "‑", ".\u00a0"))

_NOUNS: dict[str, list[tuple[tuple[str, ...], str]]] = {}
for _words, _placeholder in PLACEHOLDER.items():
    _NOUNS.setdefault(_words[0], []).append((_words, _placeholder))
for _entries in _NOUNS.values():
    _entries.sort(key=lambda entry: -len(entry[0]))


def find_mentions(text: str, lexicon: Lexicon) -> list[Mention]:
    """Everything the masked view of `text` replaces, in order, without overlaps."""
    quotations = find_quotations(text)
    found = [Mention(q.start, q.end, "QUOTE") for q in quotations]
    if any(character.isdigit() for character in text):
        found += [Mention(m.start, m.end, "TIME") for m in find_times(text)]
        found += [Mention(m.start, m.end, "DATE") for m in find_dates(text)]
        found += [Mention(m.start(), m.end(), "MONEY") for m in _MONEY.finditer(text)]
        found += [Mention(m.start(), m.end(), "REF") for m in _REFERENCE.finditer(text) if m.group() not in _FORMS]
    else:
        found += [Mention(m.start, m.end, "DATE") for m in find_dates(text)]
        found += [Mention(m.start, m.end, "TIME") for m in find_times(text)]
    found += [Mention(m.start, m.end, "AGE") for m in find_ages(text)]
    found += people_in(text, lexicon, quotations)
    return _without_overlaps(found)


_RANK = {"QUOTE": 0, "MONEY": 1, "TIME": 2, "DATE": 3, "AGE": 4, "REF": 6}


def _without_overlaps(mentions: Iterable[Mention]) -> list[Mention]:
    kept: list[Mention] = []
    for mention in sorted(mentions, key=lambda m: (m.start, _RANK.get(m.placeholder, 5), -m.end)):
        if kept and mention.start < kept[-1].end:
            if _RANK.get(mention.placeholder, 5) < _RANK.get(kept[-1].placeholder, 5):
                kept[-1] = mention
            continue
        kept.append(mention)
    return kept


def people_in(text: str, lexicon: Lexicon, quotations: Iterable[Quotation] = ()) -> list[Mention]:
    """People named or meant by a role noun outside quotations, in order."""
    words = list(_WORD.finditer(text))
    lower = [word.group().lower() for word in words]
    found: list[Mention] = []
    at = 0
    while at < len(words):
        mention, taken = _person_at(text, words, lower, at, lexicon)
        if mention is None:
            at += 1
            continue
        mention = _of_an_adult(text, lower, at, mention, found)
        mention, taken = _with_name(text, words, at, taken, mention, lexicon)
        mention, taken = _with_kin(text, words, lower, at, taken, mention)
        found.append(mention)
        at += taken
    return list(_outside(found, quotations))


def _outside(mentions: Iterable[Mention], quotations: Iterable[Quotation]) -> Iterator[Mention]:
    """Mentions that begin in no quotation; both in order, one pass."""
    spans = iter(quotations)
    span = next(spans, None)
    for mention in mentions:
        while span is not None and span.end <= mention.start:
            span = next(spans, None)
        if span is None or mention.start < span.start:
            yield mention


def _person_at(
    text: str, words: list[re.Match[str]], lower: list[str], at: int, lexicon: Lexicon
) -> tuple[Mention | None, int]:
    name = lexicon.at(words, at, text)
    if name is not None:
        taken, placeholder, key = name
        return Mention(words[at].start(), words[at + taken - 1].end(), placeholder, key), taken
    word = words[at].group()
    if word in ABBREVIATIONS:
        return Mention(words[at].start(), words[at].end(), ABBREVIATIONS[word]), 1
    if lower[at] in _BEFORE_SOMEBODY:
        return _role_noun(text, words, lower, at)
    if lower[at] in _NOUNS and (at == 0 or lower[at - 1] not in _BEFORE_ANYBODY):
        return _bare_role_noun(text, words, lower, at)
    return None, 1


def _role_noun(text: str, words: list[re.Match[str]], lower: list[str], at: int) -> tuple[Mention | None, int]:
    """ "the mother", "all three children", "both of the boys": the article with its noun."""
    noun = at + 1
    while noun < len(words) and lower[noun] in {"of", "the", "these", "those", "other"} | _COUNTS and noun < at + 4:
        noun += 1
    if noun >= len(words) or not _joined(text, words, at, noun):
        return None, 1
    phrase = _noun_at(text, words, lower, noun)
    if phrase is None:
        return None, 1
    length, placeholder = phrase
    return Mention(words[at].start(), words[noun + length - 1].end(), placeholder), noun + length - at


def _bare_role_noun(text: str, words: list[re.Match[str]], lower: list[str], at: int) -> tuple[Mention | None, int]:
    """ "his mother", "Mother says", "Mum", "Social worker:": a noun without an article that means somebody here."""
    phrase = _noun_at(text, words, lower, at)
    if phrase is None:
        return None, 1
    length, placeholder = phrase
    before = lower[at - 1] if at else ""
    meant = (
        before in _POSSESSIVES
        or (before == "s" and at and text[words[at - 1].start() - 1 : words[at - 1].start()] in "'’")
        or (words[at].group()[0].isupper() and placeholder not in {"CHILD", "SIBLING"})
        or (lower[at] in _ALONE and length == 1 and before not in {"", "single", "young", "new", "good", "their"})
    )
    if not meant or (lower[at + length - 1] in PLURAL_HEADS and not before):
        return None, 1
    return Mention(words[at].start(), words[at + length - 1].end(), placeholder), length


def _noun_at(text: str, words: list[re.Match[str]], lower: list[str], at: int) -> tuple[int, str] | None:
    for phrase, placeholder in _NOUNS.get(lower[at], ()):
        end = at + len(phrase)
        if end > len(words) or tuple(lower[at:end]) != phrase or not _joined(text, words, at, end - 1):
            continue
        if end < len(words) and text[words[end - 1].end() : words[end].start()] in _JOINTS:
            after = lower[end]
            if after == "s" and end + 1 < len(words) and lower[end + 1] in _GENITIVE_ONLY_NOT_PEOPLE:
                return None
            if after in _NOT_PEOPLE_AFTER or text[words[end - 1].end()] == "-":
                return None
        return len(phrase), placeholder
    return None


def _joined(text: str, words: list[re.Match[str]], first: int, last: int) -> bool:
    return all(text[words[n].end() : words[n + 1].start()] in _JOINTS for n in range(first, last))


_OWNER = {"his": ("FATHER", "ADULT"), "her": ("MOTHER", "ADULT")}


def _of_an_adult(text: str, lower: list[str], at: int, mention: Mention, found: list[Mention]) -> Mention:
    """ "Mr Hume went back to his mother": the mother of the adult just named is an ADULT, and so is a grandmother's
    son."""
    if mention.key is not None or not at or not found or mention.placeholder not in {"MOTHER", "FATHER", "CHILD"}:
        return mention
    last = found[-1]
    owners: tuple[str, ...] = _OWNER.get(lower[at - 1], ())
    if mention.placeholder == "CHILD":
        owners = ("ADULT",) if owners and lower[at] in {"son", "daughter", "sons", "daughters"} else ()
    if last.placeholder not in owners or "." in text[last.end : mention.start]:
        return mention
    return mention._replace(placeholder="ADULT")


def _with_name(
    text: str, words: list[re.Match[str]], at: int, taken: int, mention: Mention, lexicon: Lexicon
) -> tuple[Mention, int]:
    """ "Auntie Ottie", "the health visitor Mrs Sallis": a role noun and the name after it are one person."""
    if mention.key is not None or at + taken >= len(words):
        return mention, taken
    gap = text[mention.end : words[at + taken].start()]
    named = lexicon.at(words, at + taken, text) if gap == " " else None
    if named is None:
        return mention, taken
    more, placeholder, key = named
    return Mention(mention.start, words[at + taken + more - 1].end(), placeholder, key), taken + more


_KIN_HEADS = frozenset(
    "mother father mum dad parents parent son daughter brother sister brothers sisters sons daughters partner wife "
    "husband "
    "girlfriend boyfriend aunt uncle grandmother grandfather cousin niece nephew family friend ex".split()
)


def _with_kin(
    text: str, words: list[re.Match[str]], lower: list[str], at: int, taken: int, mention: Mention
) -> tuple[Mention, int]:
    """ "the father's mother" is one ADULT; "Ada's mother" is the MOTHER."""
    noun = at + taken
    if noun + 1 >= len(words):
        return mention, taken
    joint = text[mention.end : words[noun].start()]
    if lower[noun] == "s" and joint in {"'", "’"}:
        noun += 1
        joint = text[words[noun - 1].end() : words[noun].start()]
        if joint != " ":
            return mention, taken
    elif joint not in {"' ", "’ "}:
        return mention, taken
    while noun < len(words) - 1 and lower[noun] in {
        "own",
        "new",
        "former",
        "late",
        "older",
        "younger",
        "elder",
        "half",
        "step",
    }:
        noun += 1
    if lower[noun] not in _KIN_HEADS or (lower[noun] in {"family", "friend", "parents", "parent"} and noun == at):
        return mention, taken
    if mention.placeholder in {"MOTHER", "FATHER", "ADULT"} and lower[noun] not in {"family", "parents", "parent"}:
        return Mention(mention.start, words[noun].end(), "ADULT"), noun + 1 - at
    if mention.placeholder == "CHILD" and lower[noun] in {"mother", "mum", "father", "dad"}:
        placeholder = "MOTHER" if lower[noun] in {"mother", "mum"} else "FATHER"
        return Mention(mention.start, words[noun].end(), placeholder), noun + 1 - at
    return mention, taken


def mask(text: str, start: int, end: int, mentions: Iterable[Mention]) -> tuple[str, tuple[int, ...]]:
    """The masked view of `text[start:end]` and, for each of its characters, the offset in `text`; then `end`.

    All characters of a placeholder but its last map to where the mention starts, the last to its last character, so
    that `offsets[a]` and `offsets[b - 1] + 1` bound what a match of masked characters a to b stands for.
    """
    pieces: list[str] = []
    offsets: list[int] = []
    at = start
    for mention in mentions:
        if mention.end <= at or mention.start >= end:
            continue
        begin, stop = max(mention.start, at), min(mention.end, end)
        pieces.append(_plain(text[at:begin]))
        offsets.extend(range(at, begin))
        pieces.append(mention.placeholder)
        offsets.extend([begin] * (len(mention.placeholder) - 1))
        offsets.append(stop - 1)
        at = stop
    pieces.append(_plain(text[at:end]))
    offsets.extend(range(at, end))
    offsets.append(end)
    return "".join(pieces), tuple(offsets)


def _plain(text: str) -> str:
    lowered = text.translate(_PLAIN).lower()
    if len(lowered) == len(text):
        return lowered
    return "".join(c.lower() if len(c.lower()) == 1 else c for c in text.translate(_PLAIN))
