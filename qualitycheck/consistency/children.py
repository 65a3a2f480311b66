"""How many children the case has, and whether each is he or she."""

from __future__ import annotations

from collections.abc import Iterator

import re2

from qualitycheck.consistency.fault import Fault
from qualitycheck.language.numbers import number
from qualitycheck.understanding.case import Case, Person, Position, Role, Sentence

_COUNTED = re2.compile(
    r"(?i)\b(?:(?P<both>both) (?:of )?(?:the |these |the subject |my )?children"
    r"|(?:all|these|the) (?P<count>two|three|four|five|six|seven|\d) (?:subject )?children(?: (?:concerned|subject|in this case|named above))?)\b"
)
_OTHERS = re2.compile(
    r"(?i)\b(?:other|older|younger|eldest|youngest|her own|his own|previous|foster|adult|half|step|neighbour\w*|cousins?|class|school|"
    r"families|family of|children of (?:the|another|different)|where|if|which|first|last|for)\b"
)
_FEMALE = re2.compile(
    r"(?i)\b(?:mother|mum|mam|mummy|grandmother|nan|nana|nain|aunt\w*|sisters?|girls?|girlfriend|woman|women|lady|daughters?|wife|stepmother|"
    r"teacher|worker|nurse|visitor|doctor|gp|carers?|guardian|adviser|advisor|partner|friends?|neighbour|midwife|psychologist|judge|parent|"
    r"parents|tutor|assistant|head|headteacher|officer|manager|dog|cat|rabbit|pony|horse|solicitor|staff|supervisor|therapist|counsellor|"
    r"cousins?|niece|baby|child|children|sibling|siblings|somebody|someone|anyone|person|paediatrician|consultant|dentist|mentor|interpreter|"
    r"m|f|pgm|mgm|hv|sw|iro|ms|mrs|miss|dr|landlady|queen|princess|teddy|doll|character|figure|coach|leader|author|aunt|cg)\b"
)
_MALE = re2.compile(
    r"(?i)\b(?:father|dad|daddy|grandfather|grandad|taid|uncle|brothers?|boys?|boyfriend|man|men|gentleman|sons?|husband|stepfather|"
    r"teacher|worker|nurse|visitor|doctor|gp|carers?|guardian|adviser|advisor|partner|friends?|neighbour|midwife|psychologist|judge|parent|"
    r"parents|tutor|assistant|head|headteacher|officer|manager|dog|cat|rabbit|pony|horse|solicitor|staff|supervisor|therapist|counsellor|"
    r"cousins?|nephew|baby|child|children|sibling|siblings|somebody|someone|anyone|person|paediatrician|consultant|dentist|mentor|interpreter|"
    r"m|f|pgf|mgf|hv|sw|iro|mr|dr|landlord|king|prince|teddy|character|figure|coach|leader|author|cg)\b"
)
_SHE = re2.compile(r"(?i)\b(?:she|her|hers|herself)\b")
_HE = re2.compile(r"(?i)\b(?:he|him|his|himself)\b")


def child_count(case: Case) -> Iterator[Fault]:
    """Yields an `inconsistent-fact` where "both children" or "the three children" is not how many there are."""
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
            if _OTHERS.search(sentence.text[max(0, found.start() - 40) : found.end() + 20]) or "'" in sentence.text[: found.start()]:
                continue
            if most > subjects and told != most and told < most:
                continue
            start, end = sentence.start + found.start(), sentence.start + found.end()
            detail = {"told": found.group(), "children": str(subjects)}
            yield Fault("inconsistent-fact", sentence.paragraph, start, end, detail=detail)


def pronouns(case: Case) -> Iterator[Fault]:
    """Yields an `inconsistent-fact` where a boy is called she, or a girl he.

    Only where nobody else is spoken of since the paragraph began: a pronoun that could be anybody else's is left alone.
    """
    children = case.children
    for sentences in case.by_paragraph.values():
        child: Person | None = None
        for sentence in sentences:
            if sentence.heading or sentence.statutory or _other_people(sentence, case):
                break
            named = [case.person[key] for key in sorted(sentence.about) if case.person[key] in children]
            here = [one for one in named if _first_name(one) in sentence.text]
            if len(here) > 1 or (here and child is not None and here[0] is not child):
                break
            child = here[0] if here else child
            if child is None or child.pronoun not in ("he", "she"):
                break
            wrong, others = (_SHE, _FEMALE) if child.pronoun == "he" else (_HE, _MALE)
            begins = sentence.text.find(_first_name(child)) if here else 0
            if others.search(sentence.text) or ("QUOTE" in sentence.masked):
                break
            if found := wrong.search(sentence.text, max(begins, 0)):
                start = sentence.start + found.start()
                detail = {"name": child.name, "pronoun": found.group(), "usual": child.pronoun}
                yield Fault("inconsistent-fact", sentence.paragraph, start, start + len(found.group()), detail=detail)
                break


def _first_name(person: Person) -> str:
    return person.name.split()[0]


_OTHERS_NAMED = re2.compile(r"\b(?:SIBLING|MOTHER|FATHER|ADULT|PROFESSIONAL)\b")


def _other_people(sentence: Sentence, case: Case) -> bool:
    return bool(_OTHERS_NAMED.search(sentence.masked)) or any(
        case.person[key].position is not Position.CHILD for key in sentence.about if key in case.person
    )
