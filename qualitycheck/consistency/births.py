"""A child's date of birth told in two ways: beside the name in the text, and on the front sheet."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

import re2

from qualitycheck.consistency.ages import births_of, named_person
from qualitycheck.consistency.fault import Fault
from qualitycheck.consistency.once import dates_in, quoted
from qualitycheck.language.dates import DateMention
from qualitycheck.understanding.case import Case, Person, Position, Sentence

# "Ned (born 3 May 2018", "Ned Hale, who was born on 3 May", "Ned's date of birth is 3 May 2018"
_NAMED_AS_BORN = re2.compile(
    r"(?P<names>\p{Lu}[\p{L}’'-]+(?: \p{Lu}[\p{L}’'-]+){0,3}),? ?\(?(?:(?:who )?(?:was|is) )?"
    r"(?:born|[Dd]\.?[Oo]\.?[Bb]\.?|[Dd]ate of birth)(?: is| was)?(?: on)?:? (?:the )?$"
)
_NEVER_A_CHILD = frozenset({Position.MOTHER, Position.FATHER, Position.PROFESSIONAL, Position.AUTHOR})
LONGEST = 90  # characters that say whose birth it is


def births(case: Case) -> Iterator[Fault]:
    """Yields an `inconsistent-fact` for a date of birth told beside a name that is not the person's other one."""
    told = [one for sentence in case.sentences for one in _told(sentence, case)]
    counts = Counter(person.key for person, _, _ in told)
    for person, sentence, mention in told:
        places = births_of(case, person)
        if counts[person.key] > 1 or not places or person.date_of_birth is None:
            continue  # told so again and again, it is the front sheet that was misread
        born = person.date_of_birth
        detail = {
            "name": person.name,
            "date": sentence.text[mention.start : mention.end],
            "born": f"{born.day} {born:%B %Y}",
        }
        place = (sentence.paragraph, sentence.start + mention.start, sentence.start + mention.end)
        yield Fault("inconsistent-fact", *place, places, detail)


def _told(sentence: Sentence, case: Case) -> Iterator[tuple[Person, Sentence, DateMention]]:
    """Births of the sentence that are not on the day that the case knows."""
    if "orn" not in sentence.text and "irth" not in sentence.text and "ob" not in sentence.text.lower():
        return
    for mention in dates_in(sentence, case):
        found = _NAMED_AS_BORN.search(sentence.text[max(0, mention.start - LONGEST) : mention.start])
        if found is None or mention.day is None or mention.month is None:
            continue
        if quoted(case, sentence.paragraph, sentence.start + mention.start):
            continue
        people = (named_person(case, name) for name in (found.group("names"), *found.group("names").split()))
        person = next((one for one in people if one is not None and one.position not in _NEVER_A_CHILD), None)
        if person is None or person.date_of_birth is None:
            continue
        born = person.date_of_birth
        if (mention.day, mention.month) != (born.day, born.month) or mention.year not in (None, born.year):
            yield person, sentence, mention
