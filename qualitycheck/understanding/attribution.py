"""Who is speaking in each sentence, and about whom.

The earliest cue of a sentence decides: "Mr A denies that he told her" is a denial, "Ms B told me that he denied it"
is what Ms B told. Weak cues (a bundle page at the end, a record named in passing) speak only where nothing stronger
does. A reported account goes on over the sentences that follow it in its paragraph ("She said ... On Mondays he ...")
until the author speaks again; a list under "Mr A says:" is what Mr A says. Quotations are their speaker's, never the
author's.

The cues are in `voice_cues`.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

import re2

from qualitycheck.document import Document, Paragraph
from qualitycheck.language.masking import Mention
from qualitycheck.understanding.case import Person, Position, Role, Sentence, Voice
from qualitycheck.understanding.statute import is_statutory
from qualitycheck.understanding.voice_cues import Cue, cues_in

_ACCOUNTS = frozenset({Role.PARTIES, Role.PROFESSIONALS, Role.WISHES, Role.ISSUES})
_STATUS = frozenset({Voice.ALLEGED, Voice.DENIED, Voice.ADMITTED, Voice.FOUND})
_BASES = frozenset({Voice.DOCUMENT, Voice.TOLD, Voice.OBSERVED, Voice.FOUND})
_CHILDS_VOICE = frozenset({Role.WISHES, Role.CHILD, Role.OBSERVATION})
_CHILD_FEELS = re2.compile(
    r"^(?:CHILD|SIBLING)\b.*\b(?:feels?|felt|believes?|thinks?|wants?|hopes?|fears?|worries|considers?|wishes|likes?"
    r"|expects?|prefers?"
    r"|is (?:worried|clear|adamant|concerned|afraid|frightened|anxious|happy|content|unsure|certain|keen|willing"
    r"|opposed)\b.*)$"
)
_RECORDS = frozenset(Role) - {Role.ANALYSIS, Role.OPTIONS, Role.RECOMMENDATION, Role.FRONT_SHEET}
_SEEN = frozenset({Role.WISHES, Role.CHILD, Role.CONTACT, Role.CAPACITY, Role.PARTIES})
_SPEAKING = frozenset({Position.MOTHER, Position.FATHER, Position.ADULT, Position.PROFESSIONAL})
_ONLY_QUOTED = re2.compile(r"^[^a-zA-Z]*QUOTE[^a-zA-Z]*$")
_SAME_RECORD = re2.compile(
    r"^(?:they|it|on DATE|in DATE|there (?:is|was|are|were) (?:no|nothing|one|two|three|four|also|a)|no |nothing"
    r"|neither|none|the (?:log|entry|entries|letter|same|last|first|second|other)|one |two |both )"
)
_WAS_SEEN = re2.compile(
    r"^(?:then |when |at (?:one|first) |after |as |on DATE |later )?(?:(?:the|a|his|her|both) )?(?:CHILD|he|she|they"
    r"|MOTHER|FATHER|ADULT|SIBLING)\b.{0,40}\b(?:was|were|had|went|came|took|sat|ran|held|put|gave|lay|fell|drew|ate"
    r"|kept|made|let|stood|threw|got|built|found|sang|slept|told|looked|[a-z]{2,}ed)\b"
)
_OWN = frozenset(
    {
        Role.ANALYSIS,
        Role.OPTIONS,
        Role.RECOMMENDATION,
        Role.CAPACITY,
        Role.CARE_PLAN,
        Role.HARM,
        Role.TIMESCALES,
        Role.CONTACT,
        Role.DIVERSITY,
    }
)
_NARRATES = re2.compile(
    r"\b(?:was|were|had|did|went|came|took|began|met|left)\b"
    r"|\b(?:he|she|they|it|you|MOTHER|FATHER|CHILD|ADULT|PROFESSIONAL|and|who) (?:then |also |later )?[a-z]{3,}ed\b"
    r"|^[^a-z]*$|^\S+(?: \S+){0,2}$|^AUTHOR\b"
)
_MODAL = re2.compile(r"^(?:would|could|might|may)\b")
_FIRST_PERSON = re2.compile(r"\b(?:i|my|me|AUTHOR)\b")
_BY_WHOM = re2.compile(r"\b(?:MOTHER|FATHER|ADULT|CHILD|SIBLING|PROFESSIONAL)\b")
_OPENS_A_LIST = re2.compile(r":\s*$")
_PRONOUNS = (("he", re2.compile(r"\b(?:he|him|his)\b")), ("she", re2.compile(r"\b(?:she|her|hers)\b")))
_ORDER = {  # of cues that begin at one place, the first of these decides
    voice: at
    for at, voice in enumerate(
        (
            Voice.DENIED,
            Voice.ADMITTED,
            Voice.ALLEGED,
            Voice.FOUND,
            Voice.JUDGEMENT,
            Voice.OBSERVED,
            Voice.DOCUMENT,
            Voice.TOLD,
            Voice.PLAIN,
        )
    )
}


@dataclass
class _Account:
    """A reported account that may go on: who gives it, and in which voice."""

    voice: Voice
    speaker: str | None
    pronoun: str | None


def attribute(
    document: Document,
    sentences: Sequence[Sentence],
    mentions: dict[int, list[Mention]],
    people: Iterable[Person],
) -> tuple[Sentence, ...]:
    """The sentences with voice, speaker, about and statutory filled in; one pass in reading order."""
    reader = _Reader(document, {person.key: person for person in people}, mentions)
    return tuple(reader.read(sentence) for sentence in sentences)


def _start(mention: Mention) -> int:
    return mention.start


class _Reader:
    """Reads sentences in order and remembers what goes on from one to the next."""

    def __init__(self, document: Document, people: dict[str, Person], mentions: dict[int, list[Mention]]) -> None:
        self.document = document
        self.people = people
        self.mentions = mentions
        self.first_key: dict[Position, str] = {}
        for person in people.values():
            self.first_key.setdefault(person.position, person.key)
        self.paragraph = -1
        self.section = -1
        self.account: _Account | None = None
        self.list_account: _Account | None = None
        self.owner: str | None = None  # whose interview the section is
        self.recent: list[str] = []  # people named lately in the paragraph, the last first

    def read(self, sentence: Sentence) -> Sentence:
        paragraph = self.document.paragraphs[sentence.paragraph]
        self._move(sentence, paragraph)
        here = self._people_in(sentence)
        if is_statutory(sentence.text, names=self._names(sentence)):
            return replace(sentence, statutory=True, about=frozenset(key for _, key in here))
        if sentence.heading:
            return replace(sentence, about=frozenset(key for _, key in here))
        voice, cue = self._voice(sentence)
        speaker = self._speaker(sentence, voice, cue, here)
        about = self._about(sentence, here, speaker)
        self._remember(sentence, voice, speaker, here)
        return replace(sentence, voice=voice, speaker=speaker, about=about)

    # --- moving on ---------------------------------------------------------------------------------------------------

    def _move(self, sentence: Sentence, paragraph: Paragraph) -> None:
        if sentence.section != self.section:
            self.section = sentence.section
            self.account = self.list_account = None
            self.owner = self._section_owner(sentence.section)
            self.recent = [self.owner] if self.owner else []
        if sentence.paragraph != self.paragraph:
            before = self.document.paragraphs[self.paragraph] if self.paragraph >= 0 else None
            self.paragraph = sentence.paragraph
            if paragraph.list_level is None:
                self.list_account = None
            self.account = self.list_account
            if before is None or not self.recent:
                self.recent = [self.owner] if self.owner else []

    def _section_owner(self, index: int) -> str | None:
        """The person a section's heading names and nothing else: "Ms Lowe", "M", "Health visitor: Mrs Sallis"."""
        heading = self.document.sections[index].heading
        if heading is None:
            return None
        named = {mention.key for mention in self.mentions.get(heading, ()) if mention.key}
        if len(named) == 1:
            return named.pop()
        for mention in self.mentions.get(heading, ()):
            if mention.placeholder in {"MOTHER", "FATHER"}:
                return self.first_key.get(Position(mention.placeholder.lower()))
        return None

    def _remember(self, sentence: Sentence, voice: Voice, speaker: str | None, here: list[tuple[int, str]]) -> None:
        for _, key in reversed(here):
            if key in self.recent:
                self.recent.remove(key)
            self.recent.insert(0, key)
        del self.recent[6:]
        if voice in {Voice.TOLD, Voice.ALLEGED, Voice.DENIED, Voice.ADMITTED}:
            pronoun = self.people[speaker].pronoun if speaker in self.people else None
            going_on = Voice.TOLD if voice in {Voice.ADMITTED, Voice.DENIED} else voice
            self.account = _Account(going_on, speaker, pronoun)
        elif voice is Voice.DOCUMENT:
            self.account = _Account(Voice.DOCUMENT, speaker, None)
        elif voice is Voice.OBSERVED:
            self.account = _Account(Voice.OBSERVED, None, None)
        else:
            self.account = None
        if _OPENS_A_LIST.search(sentence.masked):
            self.list_account = self.account

    # --- the voice ---------------------------------------------------------------------------------------------------

    def _voice(self, sentence: Sentence) -> tuple[Voice, Cue | None]:
        cues = cues_in(sentence.masked)
        strong = [cue for cue in cues if cue.strength == 2 and not self._is_guessed(cue, sentence)]
        listed = self.list_account is not None and not _FIRST_PERSON.search(sentence.masked)
        if listed and self.list_account and not any(cue.voice in _STATUS for cue in strong):
            return self.list_account.voice, None
        weak = {cue.voice: cue for cue in cues if cue.strength == 1}
        if strong:
            cue = min(strong, key=lambda cue: (cue.start, _ORDER[cue.voice]))
            weighed = weak.get(Voice.JUDGEMENT)
            if weighed and weighed.start < cue.start and cue.voice in _BASES and sentence.role in _OWN:
                return Voice.JUDGEMENT, weighed  # "should stay, because the log shows ...": a judgement and its basis
            return cue.voice, cue
        if _ONLY_QUOTED.match(sentence.masked):
            return Voice.TOLD, None
        if Voice.DOCUMENT in weak:
            return Voice.DOCUMENT, weak[Voice.DOCUMENT]
        if Voice.TOLD in weak:
            return Voice.TOLD, weak[Voice.TOLD]
        weighed = weak.get(Voice.JUDGEMENT)
        modal = weighed is not None and _MODAL.match(sentence.masked[weighed.start :])
        going_on = self._going_on(sentence, weighs=weighed is not None and not modal)
        if going_on is not None:
            return going_on.voice, None
        own = sentence.role in _OWN and not _NARRATES.search(sentence.masked)
        if Voice.JUDGEMENT in weak or own:
            return Voice.JUDGEMENT, weak.get(Voice.JUDGEMENT)
        if sentence.role is Role.OBSERVATION or (Voice.OBSERVED in weak and sentence.role in _SEEN):
            return Voice.OBSERVED, weak.get(Voice.OBSERVED)
        return Voice.PLAIN, None

    def _is_guessed(self, cue: Cue, sentence: Sentence) -> bool:
        """ "Ada feels safe there": nobody is said to have told it, outside what is given as the child's own voice."""
        said = _CHILD_FEELS.match(sentence.masked[cue.start : cue.end])
        return said is not None and cue.voice is Voice.TOLD and sentence.role not in _CHILDS_VOICE

    def _going_on(self, sentence: Sentence, *, weighs: bool) -> _Account | None:
        """Does the account of the sentence before go on in this one? `weighs`: it has the look of a judgement."""
        account = self.account
        if account is None or _FIRST_PERSON.search(sentence.masked):
            return None
        if account.voice is Voice.OBSERVED:
            return account if not weighs and _WAS_SEEN.search(sentence.masked) else None
        if account.voice is Voice.DOCUMENT:
            return account if sentence.role in _RECORDS and _SAME_RECORD.match(sentence.masked) else None
        interview = sentence.role in _ACCOUNTS or self._owner_speaks()
        same = account.pronoun in {"he", "she"} and sentence.masked.startswith(f"{account.pronoun} ")
        if interview:
            return account if not weighs else None
        return account if same and not weighs and sentence.role not in _OWN else None

    def _owner_speaks(self) -> bool:
        return self.owner is not None and self.people[self.owner].position in _SPEAKING

    # --- who ---------------------------------------------------------------------------------------------------------

    def _mentions_in(self, sentence: Sentence) -> list[Mention]:
        mentions = self.mentions.get(sentence.paragraph, [])
        first = bisect_left(mentions, sentence.start, key=_start)
        return mentions[first : bisect_left(mentions, sentence.end, lo=first, key=_start)]

    def _people_in(self, sentence: Sentence) -> list[tuple[int, str]]:
        """Keys of the people named or meant in a sentence, with their places in the paragraph, in order."""
        return [
            (mention.start, key)
            for mention in self._mentions_in(sentence)
            if (key := mention.key or self._key_of(mention.placeholder)) is not None
        ]

    def _names(self, sentence: Sentence) -> bool:
        return any(mention.key is not None for mention in self._mentions_in(sentence))

    def _key_of(self, placeholder: str) -> str | None:
        if placeholder in {"MOTHER", "FATHER", "AUTHOR"}:
            return self.first_key.get(Position(placeholder.lower()))
        if placeholder == "CHILD":
            children = [key for key, person in self.people.items() if person.position is Position.CHILD]
            return children[0] if len(children) == 1 else None
        return None

    def _speaker(self, sentence: Sentence, voice: Voice, cue: Cue | None, here: list[tuple[int, str]]) -> str | None:
        if voice in {Voice.OBSERVED, Voice.JUDGEMENT}:
            return self.first_key.get(Position.AUTHOR)
        if voice not in {Voice.TOLD, Voice.ALLEGED, Voice.ADMITTED, Voice.DENIED, Voice.DOCUMENT}:
            return None
        if cue is None:
            account = self.list_account or self.account
            return account.speaker if account else None
        words = sentence.masked[cue.start : cue.end]
        if match := _BY_WHOM.search(words):
            start, _ = sentence.span(cue.start + match.start(), cue.start + match.end())
            named = [key for at, key in here if at == start]
            return named[0] if named else None
        if voice is Voice.DOCUMENT:
            return None
        return self._by_pronoun(words, [key for at, key in here if at < sentence.offsets[cue.start]])

    def _by_pronoun(self, words: str, before: list[str]) -> str | None:
        wanted = (
            "he" if re2.search(r"\b(?:he|his)\b", words) else "she" if re2.search(r"\b(?:she|her)\b", words) else None
        )
        account = self.account
        if account is not None and account.speaker and (wanted is None or account.pronoun == wanted):
            return account.speaker
        if wanted is None:
            return before[-1] if before else self.owner
        if self.owner and self.people[self.owner].pronoun == wanted:
            return self.owner
        for key in [*reversed(before), *self.recent]:
            if self.people[key].pronoun == wanted:
                return key
        return None

    def _about(self, sentence: Sentence, here: list[tuple[int, str]], speaker: str | None) -> frozenset[str]:
        keys = {key for _, key in here}
        for pronoun, pattern in _PRONOUNS:
            if pattern.search(sentence.masked) and not any(self.people[key].pronoun == pronoun for key in keys):
                fitting = [key for key in self.recent if self.people[key].pronoun == pronoun]
                if fitting:
                    keys.add(fitting[0])
        if speaker is not None and keys != {speaker}:
            keys.discard(self.first_key.get(Position.AUTHOR) or "")
        return frozenset(keys)
