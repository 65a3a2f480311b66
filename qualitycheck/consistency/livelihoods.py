"""What a member of the family does for a living, told in two ways.

Only work that cannot be the same is compared: each word of work belongs to a field ("pharmacy" and "dispenser" to one,
"teaching assistant" and "primary school" to another), and two fields told of one person as present, with no word of a
second job or a change, contradict each other.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from typing import NamedTuple

import re2

from qualitycheck.consistency.accounts import differing_accounts
from qualitycheck.consistency.ages import named_person
from qualitycheck.consistency.fault import Fault, Span
from qualitycheck.consistency.once import quoted
from qualitycheck.understanding.case import Case, Person, Position, Role, Sentence

# Words of work, a field each. A word that fits several fields ("manager", "supervisor", "driver's mate") is in none.
_FIELDS = {
    "teaching": "teaching assistant|teacher|learning support assistant|lecturer|tutor|school secretary|dinner lady"
    "|lunchtime supervisor|midday supervisor|primary school|secondary school|nursery nurse|nursery assistant",
    "pharmacy": "pharmacist|pharmacy assistant|dispenser|pharmacy technician|pharmacy|chemist's",
    "nursing": "nurse|healthcare assistant|health care assistant|midwife|radiographer|ward sister"
    "|ward clerk|hospital porter",
    "care": "care assistant|care worker|home carer|domiciliary carer"
    "|senior carer|support worker|care home|nursing home|care agency",
    "building": "builder|bricklayer|roofer|scaffolder|plasterer|labourer|groundworker|joiner|carpenter|building site"
    "|plumber|electrician|gas fitter|heating engineer|painter and decorator|decorator|tiler|glazier|kitchen fitter",
    "driving": "lorry driver|hgv driver|bus driver|taxi driver|van driver|delivery driver|courier|tanker driver"
    "|train driver|coach driver|haulage firm|taxi firm|bus company",
    "shop": "shop assistant|supermarket|sales assistant|retail assistant|checkout|bakery|butcher|baker|florist"
    "|garden centre|bookshop|newsagent",
    "cooking": "chef|cook|waiter|waitress|barista|cafe|café|restaurant|takeaway|barman|barmaid|bar staff|pub kitchen",
    "hair": "hairdresser|barber|beautician|nail technician|salon|beauty therapist",
    "warehouse": "warehouse|warehouseman|warehouse operative|picker|packer|distribution centre|forklift driver|factory"
    "|machine operator|production line|assembly line",
    "office": "accountant|bookkeeper|receptionist|call centre|solicitor's office|estate agent|bank clerk|payroll clerk"
    "|civil servant|secretary|legal secretary|administrator|insurance office|letting agent",
    "farming": "farmer|farm worker|farmhand|dairyman|shepherd|gamekeeper|herdsman|forester|tree surgeon|gardener"
    "|landscape gardener",
    "sea": "fisherman|trawlerman|offshore|oil rig|rig worker|merchant navy|deckhand|vessel",
    "cleaning": "cleaner|cleaning firm|window cleaner|housekeeper|laundry",
    "motors": "mechanic|garage|mot tester|tyre fitter|car salesman|panel beater|body shop",
    "forces": "soldier|army|royal navy|royal air force|raf|police officer|firefighter|prison officer|paramedic",
    "post": "postman|postwoman|postal worker|sorting office|refuse collector|bin man|street cleaner",
    "metal": "welder|fabricator|steelworker|steelworks|toolmaker|lathe operator|sheet metal worker|shipyard",
    "computing": "software engineer|programmer|web developer|it support|data analyst",
}
_FIELD_OF = {word: field for field, words in _FIELDS.items() for word in words.split("|")}
_WORK = "|".join(sorted((word for words in _FIELDS.values() for word in words.split("|")), key=len, reverse=True))
_NAME = r"(?P<who>(?:(?:Mr|Mrs|Ms|Miss) )?\p{Lu}[\p{L}’'-]*|[Tt]he (?:mother|father))"
_TELLS = re2.compile(
    rf"\b{_NAME}(?: \p{{Lu}}[\p{{L}}’-]+)?,? (?:who )?(?:(?:is|works|worked|still|currently|has worked|has been) )+"
    r"(?:full[- ]time |part[- ]time |nights |days |shifts |mornings |on |self-employed )*"
    rf"(?:as |at |in |for )?(?:an? |the )?(?:[\p{{L}}'’-]+ ){{0,2}}?(?i:(?P<work>{_WORK}))s?\b"
    rf"|\b(?P<whose>(?:(?:Mr|Mrs|Ms|Miss) )?\p{{Lu}}[\p{{L}}-]*|[Tt]he (?:mother|father))['’]s? (?:\w+ )?"
    r"(?:job|work|post|shifts?|hours|employment) (?:is |are )?(?:as |at |in |with )(?:an? |the )?"
    rf"(?:[\p{{L}}'’-]+ ){{0,2}}?(?i:(?P<work2>{_WORK}))s?\b"
)
_OTHERWISE = re2.compile(
    r"(?i)\b(?:also|second|another|both|former(?:ly)?|previous(?:ly)?|used to|was|were|had|until|before|new|now|then"
    r"|left|lost|gave up|trained|training|qualified|hopes?|wants?|would|will|could|from (?:january|february|march"
    r"|april|may|june|july|august|september|october|november|december|next)|apply\w*|applied|offered|weekends?"
    r"|volunt\w+|sometimes|evenings?|studying|student|course|placement|retired|as well|two jobs|visits?|visiting"
    r"|admitted|patient|inpatient|detained|collect\w*|child|children|not)\b"
)
_TO_COMMA = re2.compile(r"[^,;:.]{0,40}")


class _Told(NamedTuple):
    field: str
    sentence: Sentence
    start: int  # in the sentence's text
    end: int


def livelihoods(case: Case) -> Iterator[Fault]:
    """Yields an `inconsistent-fact` where somebody's work is told once as one thing, later as another."""
    told: dict[str, list[_Told]] = defaultdict(list)
    for sentence in case.sentences:
        if sentence.heading or sentence.statutory or sentence.role is Role.STATUTE:
            continue
        for found in _TELLS.finditer(sentence.text):
            person = _person(sentence, case, found.group("who") or found.group("whose"))
            if person is None or person.position in (Position.PROFESSIONAL, Position.AUTHOR, Position.CHILD):
                continue
            rest = _TO_COMMA.match(sentence.text[found.end() :])
            clause = sentence.text[max(0, found.start() - 30) : found.end()] + (rest.group() if rest else "")
            if _OTHERWISE.search(clause) or quoted(case, sentence.paragraph, sentence.start + found.start()):
                continue
            work = found.group("work") or found.group("work2")
            told[person.key].append(_Told(_FIELD_OF[work.lower()], sentence, found.start(), found.end()))
    for accounts in told.values():
        first = accounts[0]
        odd = [
            one
            for one in accounts[1:]
            if one.field != first.field and not differing_accounts(case, first.sentence, one.sentence)
        ]
        if len({one.field for one in accounts}) == 2 and odd and odd[0].sentence.paragraph != first.sentence.paragraph:
            yield _fault(first, odd[0])


def _fault(first: _Told, odd: _Told) -> Fault:
    def span(one: _Told) -> Span:
        return Span(one.sentence.paragraph, one.sentence.start + one.start, one.sentence.start + one.end)

    detail = {"this": odd.sentence.text[odd.start : odd.end], "other": first.sentence.text[first.start : first.end]}
    return Fault("inconsistent-fact", *span(odd), (span(first),), detail)


def _person(sentence: Sentence, case: Case, name: str) -> Person | None:
    low = name.lower()
    if low in ("he", "she"):
        grown = [case.person[key] for key in sentence.about if key in case.person]
        grown = [person for person in grown if person.position not in (Position.CHILD, Position.SIBLING)]
        return grown[0] if len(grown) == 1 and grown[0].pronoun == low else None
    if low in ("the mother", "the father"):
        position = Position.MOTHER if low == "the mother" else Position.FATHER
        known = [person for person in case.people if person.position is position]
        return known[0] if len(known) == 1 else None
    return named_person(case, name) or named_person(case, name.split()[-1])
