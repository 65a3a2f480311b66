"""Numbers told of things: "nine admissions", "six weeks' imprisonment", "nine of 46 sessions", "£40 a week"."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from qualitycheck.consistency.words import STOPWORDS, Word, stem
from qualitycheck.language.numbers import number
from qualitycheck.understanding.case import Sentence

_MONTHS = frozenset(
    """
    january february march april may june july august september october november december jan feb mar apr jun
    jul aug sep sept oct nov dec
    """.split()
)
UNITS = frozenset(
    stem(unit)
    for unit in """
    second minutes hours days nights weeks weekends months years fortnights times occasions miles kilometres
    metres feet inches pounds pence stone kilograms grams litres pints units points percent mornings afternoons
    evenings terms generations degrees
    """.split()
)
CUSTODY = "custody"
_PROGRAMMES = frozenset(stem(word) for word in ("course", "programme", "order", "tenancy", "probation", "ban"))
PER_CENT = "per cent"
_SENTENCE = ("imprison", "custod", "sentenc", "prison", "jail", "detention")
# Words that end the name of what is counted.
_ENDS = STOPWORDS | frozenset(
    """
    since without within including across per than like made took went came said says told saw seen used held
    gave given kept missed attended recorded followed showed shows show lasted last ago old later earlier away
    apart alone together today was were has have had is are will would may might must should could did does been
    being that which who whose whom because although though however whether yet still also even only just almost
    nearly about around along among behind beside beyond despite towards upon via until till unless whereas
    while once every each any much many few several another or nor took left
    """.split()
)
_RESTRICTS = frozenset(
    """
    another further other more additional extra remaining last next first least most every each per
    nearly almost over under around about than up earlier later previous new separate different maximum minimum
    """.split()
)


@dataclass(frozen=True, slots=True)
class Amount:
    """A number and what it counts; offsets are in the paragraph's text."""

    sentence: Sentence
    start: int
    end: int
    value: int
    head: str  # stem of the thing counted, or a unit, or CUSTODY
    phrase: str  # as written, number included
    modifiers: frozenset[str]  # stems of the words between number and thing
    rate: str | None  # "week" in "a week", "each week"
    whole: int | None  # 46 in "nine of 46"
    definite: bool  # "the eleven calls": told of before
    restricted: bool  # "another three", "the last eight": part of a whole or another one


def amounts(sentence: Sentence, cut: Sequence[Word]) -> Iterator[Amount]:
    """The amounts told in a sentence, whose words are given, in order; dates, times of day and ages are none."""
    taken = 0
    for at, word in enumerate(cut):
        if word.start < taken or not (word.text[0].isdigit() or number(word.text.partition("-")[0]) is not None):
            continue
        if found := _compound(sentence, cut, at) or _counted(sentence, cut, at):
            taken = found.end - sentence.start
            yield found


def _gap(sentence: Sentence, one: Word, other: Word) -> str:
    return sentence.text[one.end : other.start]


def _compound(sentence: Sentence, cut: Sequence[Word], at: int) -> Amount | None:
    """ "18-month sentence", "two-bedroomed house": number and thing in one word."""
    word = cut[at]
    first, hyphen, rest = word.text.partition("-")
    if not hyphen or not rest or number(word.text) is not None or rest.startswith("year-old"):
        return None
    value = number(first)
    if value is None or not rest[0].isalpha():
        return None
    after = cut[at + 1] if at + 1 < len(cut) and _gap(sentence, word, cut[at + 1]).isspace() else None
    head = stem(rest.replace("bedroomed", "bedrooms").replace("-", " ").split()[0] + "s")
    end = word.end
    if after is not None and head in UNITS:
        end = after.end
        if stem(after.text).startswith(_SENTENCE):
            head = CUSTODY
        elif stem(after.text) in _PROGRAMMES:
            head = f"{head} {stem(after.text)}"
        else:
            return None  # a "three-hour visit" is told of the visit, not counted
    return _amount(sentence, cut, at, at, value, head, frozenset(), end)


def _counted(sentence: Sentence, cut: Sequence[Word], at: int) -> Amount | None:
    word = cut[at]
    value = number(word.text)
    if value is None or not _is_count(sentence, cut, at):
        return None
    whole: int | None = None
    here = at
    if at + 2 < len(cut) and cut[at + 1].text.lower() in ("of", "out"):
        step = 2 if cut[at + 1].text.lower() == "of" else 3
        if at + step < len(cut) and cut[at + step].text.lower() in ("the", "his", "her", "their", "of"):
            step += 1
        if at + step < len(cut) and (total := number(cut[at + step].text)) is not None and total >= value:
            whole, here = total, at + step
    phrase: list[Word] = []
    for before, following in zip(cut[here:], cut[here + 1 : here + 6], strict=False):
        gap = _gap(sentence, before, following)
        if not gap.isspace() or following.text.lower() in _ENDS or number(following.text) is not None:
            break
        phrase.append(following)
    gap_after = sentence.text[word.end : word.end + 10].lower()
    if gap_after.lstrip().startswith(("%", "per cent", "percent")):
        return _amount(sentence, cut, at, here, value, PER_CENT, frozenset(), word.end, whole)
    plural = next((i for i, one in enumerate(phrase) if _is_plural(one.text)), None)
    if plural is None:
        if whole is None:
            return None
        return _amount(sentence, cut, at, here, value, "", frozenset(), cut[here].end, whole)
    head = stem(phrase[plural].text)
    end = phrase[plural].end
    tail = phrase[plural + 1] if plural + 1 < len(phrase) else None
    if head in UNITS and tail is not None and stem(tail.text).startswith(_SENTENCE):
        head, end = CUSTODY, tail.end
    elif head in UNITS and _sentenced(cut, at):
        head = CUSTODY
    modifiers = frozenset(stem(one.text) for one in phrase[:plural])
    return _amount(sentence, cut, at, here, value, head, modifiers, end, whole)


def _sentenced(cut: Sequence[Word], at: int) -> bool:
    """ "sentenced to 28 months", "serving thirty months" """
    return any(one.text.lower() in ("sentenced", "serving", "jailed", "imprisoned") for one in cut[max(0, at - 3) : at])


def _is_count(sentence: Sentence, cut: Sequence[Word], at: int) -> bool:
    word = cut[at]
    before = sentence.text[: word.start]
    after = cut[at + 1].text.lower() if at + 1 < len(cut) else ""
    previous = cut[at - 1].text.lower() if at else ""
    if before.endswith(("£", "$", "(", "/", ".", ":", "#")) or sentence.text[word.end : word.end + 1] in (
        "/",
        ":",
        ")",
    ):
        return False
    if after in _MONTHS or previous in _MONTHS or after in ("am", "pm", "a.m", "p.m", "o'clock", "o’clock"):
        return False
    if previous in (
        "year",
        "years",
        "paragraph",
        "section",
        "page",
        "number",
        "no",
        "part",
        "option",
        "level",
        "band",
        "stage",
        "key",
        "aged",
        "at",
    ):
        return False
    return not (word.text.isdigit() and len(word.text) == 4 and word.text[:2] in ("19", "20"))


def _is_plural(word: str) -> bool:
    low = word.lower().rstrip("'’")
    return low in ("children", "people", "men", "women") or (
        len(low) > 3 and low.endswith("s") and not low.endswith(("ss", "us", "is", "'s", "’s"))
    )


def _amount(
    sentence: Sentence,
    cut: Sequence[Word],
    at: int,
    last: int,
    value: int,
    head: str,
    modifiers: frozenset[str],
    end: int,
    whole: int | None = None,
) -> Amount:
    near = cut[max(0, at - 2) : at]
    if near and any(mark in sentence.text[near[0].end : cut[at].start] for mark in ":;("):
        near = near[1:] if not any(mark in sentence.text[near[-1].end : cut[at].start] for mark in ":;(") else []
    before = [one.text.lower() for one in near]
    restricted = bool(_RESTRICTS & {*before, *(word.text.lower() for word in cut[last + 1 : last + 2])})
    following = [one.text.lower() for one in cut if one.start >= end][:2]
    rate = following[1] if len(following) == 2 and following[0] in ("a", "an", "per", "each", "every") else None
    return Amount(
        sentence,
        sentence.start + cut[at].start,
        sentence.start + end,
        value,
        head,
        sentence.text[cut[at].start : end],
        modifiers,
        rate,
        whole,
        bool(before) and before[-1] in ("the", "those", "these", "his", "their"),
        restricted,
    )
