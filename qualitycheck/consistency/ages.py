"""Ages against dates of birth: each time an age or a school year is stated, and one person's age told twice."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from datetime import date, timedelta

import re2

from qualitycheck.consistency.accounts import differing_accounts
from qualitycheck.consistency.dating import age_on, dated, months_between, possible_days, written_on
from qualitycheck.consistency.fault import Fault, Span
from qualitycheck.consistency.naming import mentions_in
from qualitycheck.consistency.once import dates_in, once, quoted
from qualitycheck.language.dates import AgeMention, DateMention, find_ages
from qualitycheck.language.numbers import WORDS_PATTERN, number
from qualitycheck.understanding.case import Case, Person, Position, Role, Sentence

# A report is written over some weeks: an age that was right so long before its date is left alone.
OLDEST = 19  # an age beyond it is an adult's
GRACE = timedelta(days=70)
_NEARLY = re2.compile(
    r"(?i)\b(?:nearly|almost|just under|not yet|not quite|approaching|coming up to|rising|about to (?:be|turn)"
    r"|soon to be|under)\s*(?:aged? )?$"
)
_COMING = re2.compile(
    r"(?i)\b(?:will (?:be|have|turn)|turns|would be|is to be|until|when (?:he|she|they)|by the time|once|at"
    r"|reach\w*|before|after|if|over|to|from|was born)\b[^.;]{0,25}$"
)
_NOT_YET = re2.compile(  # "until he is", "when Rory turns", "by the age of"
    r"(?i)\b(?:until|till|before|once|when|after) (?:the )?[\p{L}’'-]+ (?:is|turns|becomes|reaches)(?: the age of)? $"
    r"|\b(?:until|till|to|before|by|at|reach\w*)(?: the)? (?:(?:age of|aged?) )?$"
)
_THEN = re2.compile(r"(?i)\b(?:will|would|can|could|may|might|shall)\b")
GROWING_UP = 16  # an age that orders, schools and wills name: "at eighteen he will choose"
_PRESENT = re2.compile(r"(?i)\b(?:is|are|now|currently|aged|who is|has just)\b|\(")
_PAST = re2.compile(
    r"(?i)\b(?:was|were|had|when|since|until|at the time|then|ago|before|after|lived|left|separated|began|between)\b"
)
_ONCE = re2.compile(
    r"(?i)\b(?:since|from when|from the time|until|till|before|after|ever since)\s"
    r"(?:he|she|they|[\p{L}’'-]+) (?:was|were) "
    r"(?:only |just |about |around )?$"
)
_MEASURED = re2.compile(r"(?i)^(?:\.\d| ?(?:kg|kilo\w*|stone|st|lbs?|pounds|cm|centimet\w+|inches|%|per cent|miles)\b)")
_PAST_AFTER = re2.compile(r"(?i)\b(?:was|were|had|did|went|came|saw|told|said|left|lived|[a-z]+ed)\b")
_BORN = re2.compile(
    r"(?i)^[\s,;:]*(?:\(|and )?\s*(?:now |currently |is |age:? |aged:? )*(?P<years>\d{1,2}|[a-z-]+)(?: ?(?:years?"
    r"|yrs?)(?: old)?(?: and (?P<months>\d{1,2}|[a-z]+) months?)?)?\s*(?:[).,;]|$)"
)
_BORN_BEFORE = re2.compile(r"(?i)\b(?:born|d\.?o\.?b\.?|date of birth)\b[\s:,(]*(?:on )?$")


def ages(case: Case) -> Iterator[Fault]:
    """Yields an `inconsistent-fact` for each stated age that the date of birth contradicts."""
    written = written_on(case)
    if written is None:
        return
    fits: Counter[str] = Counter()
    faults: list[tuple[str, Fault]] = []
    for sentence in case.sentences:
        yield from _beside_birth(sentence, case, written)
        for mention in _ages(case)[sentence.index]:
            person = _owner(sentence, mention, case)
            if (
                person is None
                or person.date_of_birth is None
                or _MEASURED.match(sentence.text[mention.end :])
                or mention.years > OLDEST
                or quoted(case, sentence.paragraph, sentence.start + mention.start)
            ):
                continue
            if _fits(mention, sentence, person.date_of_birth, written, case):
                fits[person.key] += 1
            else:
                start, end = sentence.start + mention.start, sentence.start + mention.end
                detail = {
                    "name": person.name,
                    "age": sentence.text[mention.start : mention.end],
                    "right": str(age_on(written, person.date_of_birth)),
                    "born": f"{person.date_of_birth.day} {person.date_of_birth:%B %Y}",
                }
                fault = Fault("inconsistent-fact", sentence.paragraph, start, end, births_of(case, person), detail)
                faults.append((person.key, fault))
    counts = Counter(key for key, _ in faults)
    # Where most ages of a child are against the date of birth, it is the date that is wrong, or was misread.
    yield from (fault for key, fault in faults if counts[key] == 1 or counts[key] <= fits[key])


def births_of(case: Case, person: Person) -> tuple[Span, ...]:
    """Where the date of birth stands."""
    for sentence in case.sentences:
        for mention in dates_in(sentence, case):
            if mention.date is not None and mention.date == person.date_of_birth:
                return (Span(sentence.paragraph, sentence.start + mention.start, sentence.start + mention.end),)
    return ()


def _beside_birth(sentence: Sentence, case: Case, written: date) -> Iterator[Fault]:
    """ "born 17 August 2019 (5)": the two stand together."""
    for mention in dates_in(sentence, case):
        born = mention.date
        if born is None or not _BORN_BEFORE.search(sentence.text[: mention.start]) or born > written:
            continue
        found = _BORN.match(sentence.text[mention.end :])
        years = number(found.group("years")) if found else None
        if found is None or years is None or years > 25:
            continue
        slack = 1 if case.report_date is None else 0
        if all(abs(years - age_on(day, born)) > slack for day in (written, written - GRACE)):
            start = sentence.start + mention.end + found.start(_BORN.groupindex["years"])
            detail = {
                "name": "the child",
                "age": found.group("years"),
                "right": str(age_on(written, born)),
                "born": f"{born.day} {born:%B %Y}",
            }
            related = Span(sentence.paragraph, sentence.start + mention.start, sentence.start + mention.end)
            yield Fault(
                "inconsistent-fact", sentence.paragraph, start, start + len(found.group("years")), (related,), detail
            )


_WHO_IS = re2.compile(
    rf"\b(\p{{Lu}}[\p{{L}}’'-]+), (?:who is |who's |now |just |only |at |still ){{1,2}}"
    rf"((?:[0-9]{{1,2}}|{WORDS_PATTERN}))(?:[,;.)]|$| and )"
)


@once
def _ages(case: Case) -> tuple[Sequence[AgeMention], ...]:
    return tuple(
        [*find_ages(sentence.text), *_who_is(sentence.text), *_respectively(sentence.text)]
        for sentence in case.sentences
    )


def _who_is(text: str) -> Iterator[AgeMention]:
    """ "Nora, who is five," """
    if ", " not in text:
        return
    for found in _WHO_IS.finditer(text):
        if (years := number(found.group(2))) is not None:
            yield AgeMention(found.start(2), found.end(2), years, owner=found.span(1))


_AGE_NUMBER = rf"(?:[0-9]{{1,2}}|{WORDS_PATTERN})"
_RESPECTIVELY = re2.compile(
    rf"\b(?P<name>\p{{Lu}}[\p{{L}}’'-]+) and (?P<name2>\p{{Lu}}[\p{{L}}’'-]+),? "
    rf"(?:who )?(?:are |is |now |just |aged |only |,)*(?P<age>{_AGE_NUMBER}) and (?P<age2>{_AGE_NUMBER})"
    rf"(?: years old| years of age)?(?P<told>,? respectively)?\b(?: (?P<thing>[a-z]+))?"
)


def _respectively(text: str) -> Iterator[AgeMention]:
    """ "Wilf and Nora, are five and two respectively", "Wilf and Nora are five and two." """
    if text.count(" and ") < 2:
        return
    for found in _RESPECTIVELY.finditer(text):
        if found.group("thing") and not found.group("told"):
            continue  # "Wilf and Nora are two and three miles away"
        for age, name in (("age", "name"), ("age2", "name2")):
            if (years := number(found.group(age))) is not None:
                yield AgeMention(
                    found.start(_RESPECTIVELY.groupindex[age]),
                    found.end(_RESPECTIVELY.groupindex[age]),
                    years,
                    owner=found.span(_RESPECTIVELY.groupindex[name]),
                )


@once
def _by_name(case: Case) -> dict[str, list[Person]]:
    """People by each name used for them, in lower case."""
    found: dict[str, list[Person]] = defaultdict(list)
    for person in case.people:
        forms = {person.name, *person.aliases}
        if person.position in (Position.CHILD, Position.SIBLING) and person.name:
            forms.add(person.name.split()[0])
        for form in forms:
            if person not in found[form.lower()]:
                found[form.lower()].append(person)
    return found


def named_person(case: Case, name: str) -> Person | None:
    """The one person who is called that; None where nobody is, or several are."""
    people = _by_name(case).get(name.removesuffix("'s").removesuffix("’s").lower(), [])
    return people[0] if len(people) == 1 else None


_NAME_BEFORE = re2.compile(
    r"(\p{Lu}[\p{L}’'-]+)(?:,? (?:who )?(?:is |was |has just turned |turned )?(?:now |just |only |nearly |almost "
    r"|about )?| \(|, |: |,? (?:is |was )?an? (?:\w+ ){0,2})$"
)
_NAME_AFTER = re2.compile(r"^(?:-?old)? (?:old )?(\p{Lu}[\p{L}’'-]+)\b")
_NAME_AFTER_COMMA = re2.compile(r"^, (\p{Lu}[\p{L}’'-]+)\b")  # after an age that opens the sentence
_OPENS = re2.compile(r"(?i)^\W*(?:at |at the )?$")
_PRONOUN_BEFORE = re2.compile(r"(?i)\b(he|she) (?:is|was) (?:now |just |only )?an? (?:\w+ ){0,2}$")
_PRONOUN_AFTER = re2.compile(r"^[,;]? (he|she)\b")


def _owner(sentence: Sentence, mention: AgeMention, case: Case) -> Person | None:
    """Whose age it is, where the words beside it show it."""
    text = sentence.text
    only = case.children[0] if len(case.children) == 1 else None
    if mention.owner is not None:
        name = text[slice(*mention.owner)]
        if name.lower() in ("he", "she"):
            return _pronoun(sentence, name.lower(), case, only, mention.start)
        return named_person(case, name)
    before, after = text[: mention.start], text[mention.end :]
    if (found := _NAME_BEFORE.search(before)) and (person := named_person(case, found.group(1))) is not None:
        return person
    if found := _NAME_AFTER.match(after) or (_OPENS.match(before) and _NAME_AFTER_COMMA.match(after)):
        return named_person(case, found.group(1))
    if only is not None and (found := _PRONOUN_AFTER.match(after) or _PRONOUN_BEFORE.search(before)):
        return _pronoun(sentence, found.group(1), case, only, mention.start)
    return only if only is not None and _is_that_child(sentence, mention, only, case) else None


_ARTICLE = re2.compile(r"(?i)(?:^|[^\w])(?:a|an|the|this)(?: little| young| happy| bright)? $")
_SOME_CHILD = re2.compile(r"(?i)^(?:[\w-]+ years? old|[\w]+-year-old|(?:boy|girl) of )")
_GENERAL = re2.compile(r"(?i)\b(?:would|will|should|could|may|might|than|or)\b")


def _is_that_child(sentence: Sentence, mention: AgeMention, only: Person, case: Case) -> bool:
    """ "a five-year-old cannot wait": the only child, a year out, unless another age is meant."""
    text, written = sentence.text, written_on(case)
    if written is None or only.date_of_birth is None or _GENERAL.search(text[mention.end : mention.end + 25]):
        return False
    if not _SOME_CHILD.match(text[mention.start : mention.end]) or not _ARTICLE.search(text[: mention.start]):
        return False
    return abs(mention.years - age_on(written, only.date_of_birth)) == 1


_OF_THE_CHILD = frozenset({Role.CHILD, Role.WISHES, Role.TIMESCALES})


def _pronoun(sentence: Sentence, pronoun: str, case: Case, only: Person | None, at: int) -> Person | None:
    """The only child, where the pronoun fits and nobody else has been named in the sentence before it."""
    if only is None or (only.pronoun is not None and only.pronoun != pronoun):
        return None
    about = [case.person[key] for key in sentence.about if key in case.person]
    opens = bool(_OPENS.match(sentence.text[:at]))  # "At six he can say": no adult's age is told so
    if only not in about and sentence.role not in _OF_THE_CHILD and not opens:
        return None
    if any(person.position is Position.SIBLING and person.pronoun in (None, only.pronoun) for person in about):
        return None
    first = only.name.split()[0]
    named = [one for one in mentions_in(sentence, case) if one.start < sentence.start + at and one.given != first]
    return None if named else only


def _fits(mention: AgeMention, sentence: Sentence, born: date, written: date, case: Case) -> bool:
    """Whether the age is right at the report's date or on a date that the sentence may mean."""
    before = sentence.text[: mention.start]
    if _fits_on(mention, born, written) or _fits_on(mention, born, written - GRACE):
        return True
    if case.report_date is None and abs(mention.years - age_on(written, born)) <= 1:
        return True  # the day of writing is a guess from the report's dates
    if mention.years > age_on(written, born) and _is_to_come(mention, sentence):
        return True
    if _NEARLY.search(before):
        return mention.years - age_on(written, born) in (0, 1) or bool(_COMING.search(_NEARLY.sub("", before)))
    if _ONCE.search(before) and not _right_before(mention, sentence, case):
        return mention.years <= age_on(written, born)  # "since he was two": no date of the sentence's
    days = _days_meant(mention, sentence, case)
    if any(_fits_on(mention, born, day) for day in days):
        return True
    if days and _right_before(mention, sentence, case):
        return False
    if days:  # an age between those of the dates told, or of a day that is only named by its month
        reached = [age_on(day, born) for day in (*days, written)]
        return min(reached) <= mention.years <= max(reached) and not _PRESENT.search(before[-25:])
    months = [one.month for one in dates_in(sentence, case) if one.month is not None and one.day is None]
    if months:  # "was five in August", "will be six in May": the last such month, or the next
        ends = [
            date(year, month, 28) for month in months for year in (written.year - 1, written.year, written.year + 1)
        ]
        around = [day for day in ends if abs((day - written).days) <= 366]
        return any(_fits_on(mention, born, day) for day in around if (day > written) == bool(_COMING.search(before)))
    now = age_on(written, born)
    opens = bool(_OPENS.match(before))
    put_in = before.endswith(", at ")  # "Ned, at nine, has his own people"
    if _COMING.search(before) and not opens and not put_in:
        return True
    present = bool(_PRESENT.search(sentence.text[max(0, mention.start - 25) : mention.end])) and not _PAST.search(
        before
    )
    if put_in or (opens and sentence.text[mention.start : mention.end].lower().startswith(("at ", "age"))):
        present = not _PAST_AFTER.search(sentence.text[mention.end : mention.end + 50])
    elif _SOME_CHILD.match(sentence.text[mention.start : mention.end]):
        present = not _PAST.search(before)
    if mention.years < now:
        return not present and sentence.role is not Role.FRONT_SHEET
    return False  # an age not reached yet


def _is_to_come(mention: AgeMention, sentence: Sentence) -> bool:
    """Whether an age not reached yet is one that a plan or an order speaks of: "until he is eighteen"."""
    if _NOT_YET.search(sentence.text[: mention.start]):
        return True
    grown = mention.years >= GROWING_UP and sentence.text[mention.start : mention.end].lower().startswith("at ")
    return grown and bool(_THEN.search(sentence.text[mention.end : mention.end + 40]))


def _right_before(mention: AgeMention, sentence: Sentence, case: Case) -> list[DateMention]:
    """The date that the age is told with ("in October 2016, when Theo was three")."""
    before = [one for one in dates_in(sentence, case) if one.end <= mention.start]
    return [one for one in before[-1:] if mention.start - one.end <= 30]


def _days_meant(mention: AgeMention, sentence: Sentence, case: Case) -> list[date]:
    """The days of a sentence's dates; of the date right before the age alone, where one stands there."""
    told = _right_before(mention, sentence, case) or list(dates_in(sentence, case))
    days = [day for one in told for day in possible_days(one, sentence, case)]
    return days + [day for one in dated(sentence, case) if one.mention in told for day in (one.first, one.last)]


def _fits_on(mention: AgeMention, born: date, day: date) -> bool:
    if day < born:
        return False
    if mention.weeks is not None:
        return abs((day - born).days / 7 - mention.weeks) <= 1.5
    if mention.months is not None:
        return abs(months_between(born, day) - mention.total_months) <= 1.5
    return mention.years == age_on(day, born)


_YEAR_GROUP = re2.compile(
    r"(?i)\b(?P<cue>(?:is|are|now|currently|pupil|starts?|starting|started|begin|begins|join|joins|enter|enters"
    r"|move|moves|go|goes) "
    r"(?:now |currently |also )?(?:a |in |into |up to |to )?(?:in )?|in |\(|, )(?P<group>Year (?P<year>1[0-3]|[1-9]"
    r"|one|two|three|four|five|six|seven|eight|nine|ten|eleven)|Reception)\b"
)
_FUTURE = re2.compile(
    r"(?i)\b(?:will|starts?|starting|next|begins?|joins?|moves? (?:in|up)|enters?|from September|in September"
    r"|due to|ready)\b"
)
_FORMER = re2.compile(
    r"(?i)\b(?:was|were|had|last year|former|previous|when|then|while|since|until|used to|through|missed|started"
    r"|began|left)\b"
)


def school_years(case: Case) -> Iterator[Fault]:
    """Yields an `inconsistent-fact` where a child's school year does not fit the date of birth (England and Wales).

    A child is in Reception in the school year (1 September to 31 August) in which it turns five, and in Year N when it
    turns N + 5.
    """
    written = written_on(case)
    if written is None or case.report_date is None:
        return
    fits: Counter[str] = Counter()
    faults: list[tuple[str, int, Fault]] = []
    begun = written.year if written.month >= 9 else written.year - 1
    for sentence in case.sentences:
        if "Year" not in sentence.text and "eception" not in sentence.text:
            continue
        for found in _YEAR_GROUP.finditer(sentence.text):
            child = _pupil(sentence, found.start(_YEAR_GROUP.groupindex["group"]), case)
            if (
                child is None
                or child.date_of_birth is None
                or _FORMER.search(sentence.text)
                or quoted(case, sentence.paragraph, sentence.start + found.start())
            ):
                continue
            now = age_on(date(begun, 8, 31), child.date_of_birth) - 4
            told = number(found.group("year")) if found.group("year") else 0
            allowed = {now, now + 1} if _FUTURE.search(sentence.text) or written.month in (7, 8) else {now}
            if told is None or told in allowed:
                fits[child.key] += 1
            else:
                start = sentence.start + found.start(_YEAR_GROUP.groupindex["group"])
                detail = {
                    "name": child.name,
                    "group": found.group("group"),
                    "right": "Reception" if now == 0 else f"Year {now}" if now > 0 else "no school year yet",
                    "born": f"{child.date_of_birth.day} {child.date_of_birth:%B %Y}",
                }
                end = start + len(found.group("group"))
                fault = Fault("inconsistent-fact", sentence.paragraph, start, end, births_of(case, child), detail)
                faults.append((child.key, min(abs(told - year) for year in allowed), fault))
    # A child may be a year ahead or behind: one year out is a slip only where another place has it right.
    yield from (fault for key, years, fault in faults if years > 1 or fits[key])


def _pupil(sentence: Sentence, at: int, case: Case) -> Person | None:
    """The child named last before the school year; the only child where nobody is named."""
    named = [
        person
        for word in re2.finditer(r"\p{Lu}[\p{L}’'-]+", sentence.text[:at])
        if (person := named_person(case, word.group())) is not None
    ]
    young = (Position.CHILD, Position.SIBLING)
    if named:
        return named[-1] if named[-1].position in young else None
    return case.children[0] if len(case.children) == 1 and re2.match(r"(?i)^\W*(?:he|she)\b", sentence.text) else None


def _owner_before(sentence: Sentence, mention: AgeMention) -> tuple[int, int] | None:
    """ "Ruby, aged 10": the name right before an age."""
    found = _NAME_BEFORE.search(sentence.text[: mention.start])
    return found.span(1) if found else None


_AT_EVENT = re2.compile(
    rf"\b(?P<who>\p{{Lu}}[\p{{L}}’'-]+|[Hh]e|[Ss]he) was (?:just |only |about |nearly )?(?P<age>{_AGE_NUMBER})"
    r"(?: (?P<unit>months|weeks|years))?(?: old| of age)? when (?P<when>[^,.;:()]{5,60})"
)
OPENING = 4  # words of a "when" clause: what follows them may differ


def ages_at_events(case: Case) -> Iterator[Fault]:
    """Yields an `inconsistent-fact` where a child's age "when she left home" is told in two ways."""
    told: list[tuple[str, str, int, frozenset[str], Span, str]] = []
    for sentence in case.sentences:
        for found in _AT_EVENT.finditer(sentence.text) if " when " in sentence.text else ():
            start, end = sentence.start + found.start(), sentence.start + found.end(_AT_EVENT.groupindex["when"])
            years = number(found.group("age"))
            if years is None or quoted(case, sentence.paragraph, start):
                continue
            person, unit = found.group("who"), found.group("unit") or "years"
            when = frozenset(found.group("when").lower().split()[:OPENING])
            here = Span(sentence.paragraph, start, end)
            for who, other_unit, other, clause, there, words in told:
                alike = len(when & clause) >= OPENING - 1
                if (who, other_unit) == (person, unit) and other != years and alike:
                    detail = {"name": person, "age": found.group(), "other": words}
                    yield Fault("inconsistent-fact", *here, (there,), detail)
                    break
            told.append((person, unit, years, when, here, found.group()))


def ages_told_twice(case: Case) -> Iterator[Fault]:
    """Yields an `inconsistent-fact` where the age of someone without a date of birth is told in two ways."""
    yield from ages_at_events(case)
    told: dict[tuple[str | None, str | None], tuple[AgeMention, Sentence]] = {}
    for sentence in case.sentences:
        for mention in _ages(case)[sentence.index]:
            owner = mention.owner or _owner_before(sentence, mention)
            if owner is None or mention.months is not None or _PAST.search(sentence.text[: mention.end]):
                continue
            named = [
                one
                for one in mentions_in(sentence, case)
                if one.start - sentence.start <= owner[0] < one.end - sentence.start
            ]
            if (
                not named
                or quoted(case, sentence.paragraph, sentence.start + mention.start)
                or _COMING.search(sentence.text[: mention.start])
            ):
                continue
            key = (named[0].title, named[0].surname) if named[0].surname else (None, named[0].given)
            person = named_person(case, sentence.text[slice(*owner)])
            if person is not None and person.date_of_birth is not None:
                continue
            known = told.setdefault(key, (mention, sentence))
            if known[0].years != mention.years and not differing_accounts(case, known[1], sentence):
                other, place = known
                detail = {
                    "name": sentence.text[named[0].start - sentence.start : named[0].end - sentence.start],
                    "age": sentence.text[mention.start : mention.end],
                    "other": place.text[other.start : other.end],
                }
                against = Span(place.paragraph, place.start + other.start, place.start + other.end)
                start, end = sentence.start + mention.start, sentence.start + mention.end
                yield Fault("inconsistent-fact", sentence.paragraph, start, end, (against,), detail)
