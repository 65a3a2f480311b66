"""How many children the case has, and whether each is he or she."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from itertools import pairwise

import re2

from qualitycheck.consistency.fault import Fault
from qualitycheck.language.numbers import number
from qualitycheck.understanding.case import Case, Person, Position, Role, Sentence

SURE = 2  # times: the usual pronoun against the other
_COUNTED = re2.compile(
    r"(?i)\b(?:(?P<both>both) (?:of )?(?:the |these |the subject |my )?children"
    r"|(?:all|these|the) (?P<count>two|three|four|five|six|seven|\d) (?:subject )?children(?: (?:concerned|subject"
    r"|in this case|named above))?)\b"
)
_OTHERS = re2.compile(
    r"(?i)\b(?:other|older|younger|eldest|youngest|her own|his own|previous|foster|adult|half|step|neighbour\w*"
    r"|cousins?|class|school|"
    r"families|family of|children of (?:the|another|different)|where|if|which|first|last|for)\b"
)
# Other children than those of the report; of several children the one is the other's brother.
_HALF_OR_STEP = re2.compile(
    r"(?i)\b(?:half|step)[- ]?(?:sisters?|brothers?|siblings?|sons?|daughters?|child(?:ren)?)\b"
)
_ANY_OTHER = re2.compile(
    r"(?i)\b(?:(?:elder|older|other|younger|two|three|four) (?:children|boys|girls)|sisters?|brothers?|siblings?"
    r"|daughters?|twins?|cousins?|(?:new|the) baby|sons)\b"
)
_FEMALE = re2.compile(
    r"(?i)\b(?:mother|mum|mam|mummy|grandmother|nan|nana|nain|aunt\w*|sisters?|girls?|girlfriend|woman|women|lady"
    r"|daughters?|wife|stepmother|"
    r"teacher|worker|nurse|visitor|doctor|gp|carers?|guardian|adviser|advisor|partner|friends?|neighbour|midwife"
    r"|psychologist|judge|parent|"
    r"parents|tutor|assistant|head|headteacher|officer|manager|dog|cat|rabbit|pony|horse|solicitor|staff|supervisor"
    r"|therapist|counsellor|"
    r"cousins?|niece|baby|child|children|sibling|siblings|somebody|someone|anyone|person|paediatrician|consultant"
    r"|dentist|mentor|interpreter|"
    r"m|f|pgm|mgm|hv|sw|iro|ms|mrs|miss|dr|landlady|queen|princess|teddy|doll|character|figure|coach|leader|author"
    r"|aunt|cg)\b"
)
_MALE = re2.compile(
    r"(?i)\b(?:father|dad|daddy|grandfather|grandad|taid|uncle|brothers?|boys?|boyfriend|man|men|gentleman|sons?"
    r"|husband|stepfather|"
    r"teacher|worker|nurse|visitor|doctor|gp|carers?|guardian|adviser|advisor|partner|friends?|neighbour|midwife"
    r"|psychologist|judge|parent|"
    r"parents|tutor|assistant|head|headteacher|officer|manager|dog|cat|rabbit|pony|horse|solicitor|staff|supervisor"
    r"|therapist|counsellor|"
    r"cousins?|nephew|baby|child|children|sibling|siblings|somebody|someone|anyone|person|paediatrician|consultant"
    r"|dentist|mentor|interpreter|"
    r"m|f|pgf|mgf|hv|sw|iro|mr|dr|landlord|king|prince|teddy|character|figure|coach|leader|author|cg)\b"
)
# From the first person named, the child, to a pronoun, with nobody else in between.
_NOBODY_ELSE = r"(?:[^A-Z]|DATE|TIME|AGE|REF|MONEY)*?"
_CHILD_THEN = {
    "she": re2.compile(rf"^({_NOBODY_ELSE})CHILD({_NOBODY_ELSE})\b(she|her|hers|herself)\b"),
    "he": re2.compile(rf"^({_NOBODY_ELSE})CHILD({_NOBODY_ELSE})\b(he|him|his|himself)\b"),
}
_OPENS = re2.compile(r"^(she|he)\b")
_OBJECT = re2.compile(
    r"^(?:him|her(?:[ ,.;:)]+(?:$|to|at|with|every|on|in|and|but|when|for|more|again|alone)\b|[.,;]?$))"
)
_NEW_CLAUSE = re2.compile(r"[,;:(]|\b(?:and|but|that|when|if|because|who|while|as|so|until|before|after)\b")
_PERSON = re2.compile(r"\b(?:CHILD|SIBLING|MOTHER|FATHER|ADULT|PROFESSIONAL|QUOTE)\b")
_PRONOUNS = {"she": re2.compile(r"\b(?:she|her|hers|herself)\b"), "he": re2.compile(r"\b(?:he|him|his|himself)\b")}
_NOUNS = {"she": _FEMALE, "he": _MALE}


def child_count(case: Case) -> Iterator[Fault]:
    """Yields an `inconsistent-fact` where "both children" or "the three children" is not how many there are."""
    faults = list(_counted(case))
    if len(faults) == 1:  # told again and again, it is the children who were misread
        yield from faults


def _counted(case: Case) -> Iterator[Fault]:
    subjects = len(case.children)
    most = subjects + sum(1 for person in case.people if person.position is Position.SIBLING)
    if not subjects:
        return
    for sentence in case.sentences:
        if sentence.statutory or sentence.heading or sentence.role is Role.STATUTE:
            continue
        for found in _COUNTED.finditer(sentence.text):
            told = 2 if found.group("both") else number(found.group("count") or "") or 0
            if subjects <= told <= most or (told < subjects and (subjects > 2 and told == 2)) or told <= 1:
                continue
            if (
                _OTHERS.search(sentence.text[max(0, found.start() - 40) : found.end() + 20])
                or "'" in sentence.text[: found.start()]
            ):
                continue
            if told > subjects and _others_told_of(sentence, subjects, case):
                continue
            if most > subjects and told != most and told < most:
                continue
            if told > subjects and not all(child.date_of_birth for child in case.children):
                continue  # the front sheet was not understood: there may be more
            start, end = sentence.start + found.start(), sentence.start + found.end()
            detail = {"told": found.group(), "children": str(subjects)}
            yield Fault("inconsistent-fact", sentence.paragraph, start, end, detail=detail)


def _others_told_of(sentence: Sentence, subjects: int, case: Case) -> bool:
    """Whether the paragraph, or one beside it, speaks of children who are not the report's."""
    pattern = _HALF_OR_STEP if subjects > 1 else _ANY_OTHER
    near = range(sentence.paragraph - 1, sentence.paragraph + 2)
    told = (
        (one for one in case.sentences if one.index != sentence.index)
        if subjects == 1  # an only subject's brothers and sisters may be named anywhere
        else (one for at in near for one in case.by_paragraph.get(at, ()))
    )
    return any(pattern.search(one.text) or "SIBLING" in one.masked for one in told)


def pronouns(case: Case) -> Iterator[Fault]:
    """Yields an `inconsistent-fact` where a boy is called she, or a girl he.

    Only where the child alone has been spoken of, in the sentence and in the one before it: a pronoun that could be
    anybody else's is left alone.
    """
    faults: list[tuple[str, Fault]] = []
    sure = {child.key for child in case.children if _is_sure(child, case)}
    for sentences in case.by_paragraph.values():
        before: list[Sentence] = []
        for sentence in sentences:
            found = None if sentence.heading or sentence.statutory else _wrong_pronoun(sentence, before, case)
            if found and found[0].key in sure:
                child, start, end = found
                detail = {
                    "name": child.name,
                    "pronoun": case.paragraph_of(sentence).text[start:end],
                    "usual": child.pronoun or "",
                }
                faults.append((child.key, Fault("inconsistent-fact", sentence.paragraph, start, end, detail=detail)))
            before.append(sentence)
    counts = Counter(key for key, _ in faults)
    # A slip stands alone; several are a way of writing that was misread.
    yield from (fault for key, fault in faults if counts[key] == 1)


def _is_sure(child: Person, case: Case) -> bool:
    """Whether the report itself calls the child he, or she, far more often than not."""
    counts = dict.fromkeys(_CHILD_THEN, 0)
    for before, sentence in pairwise(case.sentences):
        if before.masked.startswith("CHILD") and (opened := _OPENS.match(sentence.masked)):
            counts[opened.group(1)] += _children_named(before, len(before.masked), case) == [child]
        for pronoun, pattern in _CHILD_THEN.items():
            found = pattern.match(sentence.masked)
            if found and _children_named(sentence, found.start(2), case) == [child]:
                counts[pronoun] += 1
    usual = counts.pop(child.pronoun, 0) if child.pronoun in counts else 0
    return usual >= SURE * max(1, *counts.values())


def _wrong_pronoun(sentence: Sentence, earlier: list[Sentence], case: Case) -> tuple[Person, int, int] | None:
    """The child, and the place of the pronoun in the paragraph's text; `earlier` are the paragraph's sentences so far.

    "Mrs Rees: Jay is tired. She would prefer Mondays": whoever the paragraph has named may be meant.
    """
    before = earlier[-1] if earlier else None
    if (opened := _OPENS.match(sentence.masked)) and before is not None and before.masked.startswith("CHILD"):
        named = _children_named(before, len(before.masked), case)
        if named and any(_somebody_else(one, opened.group(1), named[0], case) for one in earlier[:-1]):
            return None
        wrong = opened.group(1)
        if len(named) == 1 and named[0].pronoun not in (None, "they", wrong):
            alone = not _PERSON.search(before.masked[len("CHILD") :]) and not _NOUNS[wrong].search(
                before.masked.replace("CHILD", "")
            )
            if alone and not _PRONOUNS[wrong].search(before.masked) and not _somebody_in_heading(sentence, case):
                return named[0], *sentence.span(0, opened.end(1))
    for wrong, pattern in _CHILD_THEN.items():
        found = pattern.match(sentence.masked)
        if not found:
            continue
        named = _children_named(sentence, found.start(2), case)
        if len(named) != 1 or named[0].pronoun in (None, "they", wrong):
            continue
        if _NOUNS[wrong].search(found.group(1)) or _NOUNS[wrong].search(found.group(2)) or "?" in found.group(2):
            continue
        if _OBJECT.match(sentence.masked[found.start(3) :]) and not _NEW_CLAUSE.search(found.group(2)):
            continue  # "Jay wants to see him": never the one who wants it
        if any(_somebody_else(one, wrong, named[0], case) for one in earlier):
            continue
        if _somebody_in_heading(sentence, case):
            continue
        return named[0], *sentence.span(found.start(3), found.end(3))
    return None


def _children_named(sentence: Sentence, until: int, case: Case) -> list[Person]:
    """The children named before a place of the masked sentence."""
    text = case.paragraph_of(sentence).text[sentence.start : sentence.offsets[until - 1] + 1]
    return [child for child in case.children if re2.search(rf"\b{re2.escape(child.name.split()[0])}\b", text)]


def _somebody_else(before: Sentence, wrong: str, child: Person, case: Case) -> bool:
    people = {found.group() for found in _PERSON.finditer(before.masked)}
    return bool(
        people - {"CHILD"}
        or _children_named(before, len(before.masked), case) not in ([], [child])
        or _PRONOUNS[wrong].search(before.masked)
        or _NOUNS[wrong].search(before.masked.replace("CHILD", ""))
    )


def _somebody_in_heading(sentence: Sentence, case: Case) -> bool:
    """A section about an adult: its pronouns are the adult's."""
    heading = case.document.sections[sentence.section].heading
    return heading is not None and any(
        _PERSON.search(one.masked.replace("CHILD", "")) for one in case.by_paragraph.get(heading, ())
    )
