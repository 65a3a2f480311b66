"""Whose account a sentence is: two people's differing accounts, each attributed, are no contradiction of the report."""

from __future__ import annotations

import re2

from qualitycheck.understanding.case import Case, Position, Sentence, Voice

_ACCOUNTS = frozenset({Voice.TOLD, Voice.ALLEGED, Voice.DENIED, Voice.ADMITTED})
_OF_AN_ACCOUNT = re2.compile(
    r"(?i)\b(?:accounts?|allegations?|alleg(?:es|ed)|version|claims?|claimed|denie[sd]|denial|dispute[sd]?|says|said)\b"
)


def speaker(case: Case, sentence: Sentence) -> str | None:
    """Key of the person whose account it is; None for the author's own words and for somebody not known."""
    if sentence.voice not in _ACCOUNTS or sentence.speaker is None:
        return None
    person = case.person.get(sentence.speaker)
    return None if person is None or person.position is Position.AUTHOR else sentence.speaker


def differing_accounts(case: Case, one: Sentence, other: Sentence) -> bool:
    """Whether two people's accounts are told, or one person's and what the author says of it."""
    mine, theirs = speaker(case, one), speaker(case, other)
    if one.voice in _ACCOUNTS and other.voice in _ACCOUNTS:
        return mine != theirs
    for told, beside in ((mine, other), (theirs, one)):
        if told is not None and beside.voice is Voice.JUDGEMENT and _OF_AN_ACCOUNT.search(beside.text):
            return True
    return False
