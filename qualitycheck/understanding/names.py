"""Runs of capitalised words that may name a person, with the words around them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from qualitycheck.language.given_names import GIVEN

TITLES = {
    "Mr": "he", "Mrs": "she", "Ms": "she", "Miss": "she", "Mx": None, "Dr": None, "Prof": None, "Professor": None,
    "Rev": None, "Fr": None, "Sir": "he", "Lady": "she", "DC": None, "PC": None, "DS": None, "WPC": "she", "Sgt": None,
    "PS": None, "Nurse": None, "Cllr": None, "Senhora": "she", "Senhor": "he", "Señora": "she", "Señor": "he",
    "Madame": "she", "Mme": "she", "Pani": "she", "Pan": "he", "Herr": "he", "Frau": "she",
}  # fmt: skip
JUDGES = frozenset("HHJ DJ DDJ Recorder Judge Justice Magistrate MAGS Lord".split())
PLAIN_WORD = re.compile(r"\w+")  # without what an apostrophe or a hyphen joins to it
_WORD = re.compile(r"\w+(?:['’‑-]\w+)*")
_PARTICLES = frozenset("de da dos van von der la le el al bin ibn ap ab ferch st".split())
# Capitalised words that name no person: places' and bodies' second words, forms, months, headings.
NOT_NAMES = frozenset(
    """
    January February March April May June July August September October November December Monday Tuesday Wednesday
    Thursday Friday Saturday Sunday The This That These Those There Then They Their Them It Its He She His Her Him
    We Us Our You Your I A An And Or But If As At By For From In Of On To With After Before Since Until While When
    Where What Who Whom Which Why How All Any Both Each Every No Not None Neither Either One Two Three Four Five Six
    Seven Eight Nine Ten Some Such Same Section Sections Act Part Rule Practice Direction Court Courts Family County
    Crown High Magistrates Council Borough City District Local Authority Children Child Young Person People Police
    Social Services Service Care Plan Order Orders Report Reports Case Number Date Birth Name Names Role Position
    Author Applicant Respondent First Second Third Mother Father Mum Dad Mam Mummy Daddy Nan Nana Parents Parent
    Brother Sister Siblings Sibling Grandmother Grandfather Guardian Solicitor Counsel Judge Cafcass Cymru NYAS
    School Primary Secondary Junior Infant Infants Academy College Nursery Playgroup Reception Year Years Hospital
    Surgery Centre Center House Street Road Avenue Lane Close Drive Way Court's Park Hall Church Green Hill Farm
    Estate Flat Level Key Stage English Welsh British Irish Scottish Polish White Black Asian Muslim Christian
    Catholic Hindu Sikh Jewish England Wales Scotland Britain Ireland London Education Health Visitor Worker Teacher
    Head Doctor Nurse Manager Team Officer Adviser Advisor Class Probation Housing Women's Aid Contact Time Home
    Hearing Final Interim Initial Statement Letter Email Parental Responsibility Special Guardianship Supervision
    Placement Adoption Non Molestation Prohibited Steps Specific Issue Arrangements Assessment Analysis
    Recommendation Recommendations Background Introduction Conclusion Wishes Feelings Welfare Checklist Options
    Option Enquiries Checks Threshold Harm Risk Risks Needs Views Voice Summary Chronology Appendix Annex Schedule
    Page Paragraph Table Signed Dated Confidential Re Between Concerning Issues Address Telephone Office Independent
    Reviewing IRO CAMHS MARAC DASH IDVA SENCO GP HV SW LA CG FCA PGM MGM PGF MGF ICO SGO CAO EHCP PR DNA NHS HMP
    GCSE ABE PLO CMH IRH FHDRA DRA Houses Freedom Programme Pathway Pathways Star Hope Early Help Adult Adults
    Relatives Paternal Maternal Great Half Full God Christmas Easter Eid Ramadan Lego Minecraft Facebook WhatsApp
    Snapchat TikTok YouTube Friends Group Trust Foundation Against Advantages Disadvantages Status Gender Male
    Female Ethnicity Religion Language Relationship Currently Today However Also Although Because During Following
    Having Being Given Despite Overall Other Others My Me Do Did Does Is Was Are Were Has Had Have Will Would Should
    Could Can Might Must Yes Documents Papers Seen Read Spoken Persons Professionals Agencies Agency Application
    Applications Proceedings Privacy Current Previous Legal Type Purpose Sharing Signature So Now Here Just Once
    Only Never Always Nothing Nobody Everyone Everything Someone Something Anyone Another Own Still Even Yet Perhaps
    Like Likes More Most Much Many Few Less Little Acorns Town Village Unit Ward North South East West Central Upper
    Lower New Old Royal Saint St Junction Auntie Aunty Aunt Uncle Nain Taid Grandma Grandad Nanny Senhora Senhor
    Madame Madam Sir Dear About Regarding Writing Weight Domestic Alternate Alternatives Record
    """.split()
)

# Words above that are surnames too, after a title or a given name: "Mrs Hill", "Ellen Ward" ...
_PLAIN_SURNAMES = frozenset(
    "Green Hall Hill White Black Young Little Ward Hope English Church Day Good Best Power".split()
)
# ... and those that after a given name alone are a place or a month: "Mrs Ellen Court", but "Daisy Court".
SURNAMES = _PLAIN_SURNAMES | frozenset(
    "Court House Park Farm Lane Close Street Head March May North South East West Case Child New Old Star Royal".split()
)
_PLACE_BEFORE = frozenset("at in on the near".split())


class Named:
    """Somebody's name in two parts: the title (or "") and the words without it."""

    __slots__ = ()
    title: str
    words: tuple[str, ...]

    @property
    def surname(self) -> str:
        return self.words[-1] if len(self.words) > 1 or self.title else ""

    @property
    def first(self) -> str:
        return self.words[0] if len(self.words) > 1 or not self.title else ""


@dataclass(frozen=True, slots=True)
class NameMention(Named):
    """A possible person's name: `text[start:end]`, its title (or "") and its words without the title."""

    start: int
    end: int
    title: str
    words: tuple[str, ...]

    @property
    def full(self) -> str:
        return " ".join(self.words)


def find_names(text: str) -> Iterator[NameMention]:
    """Names with a title ("Mrs Joan Sallis"), or of two words and more that begin with a known given name."""
    words = list(_WORD.finditer(text))
    at = 0
    while at < len(words):
        word = words[at].group()
        title = word if word in TITLES else ""
        begin = at + 1 if title else at
        end = _run_end(text, words, begin, after_title=bool(title))
        if end == begin + 1 and (couple := _couple(text, words, at, begin)) is not None:
            yield couple
            at = end
            continue
        if end > begin and _is_person(text, words, begin, end, title):
            yield NameMention(
                words[at].start(), words[end - 1].end(), title, tuple(_bare(w.group()) for w in words[begin:end])
            )
            at = end
        else:
            at += 1


def _couple(text: str, words: list[re.Match[str]], at: int, begin: int) -> NameMention | None:
    """The first of "Joan and Peter Sallis", who has the second's surname."""
    first = words[begin].group()
    if first.lower() not in GIVEN or begin + 3 >= len(words) or words[begin + 1].group() not in {"and", "&"}:
        return None
    second = begin + 2 + (words[begin + 2].group() in TITLES)
    end = _run_end(text, words, second, after_title=False)
    if end - second < 2 or words[second].group().lower() not in GIVEN:
        return None
    return NameMention(words[at].start(), words[begin].end(), "", (first, _bare(words[end - 1].group())))


def _run_end(text: str, words: list[re.Match[str]], begin: int, *, after_title: bool) -> int:
    end = begin
    while end < len(words) and end - begin < 5:
        word = words[end].group()
        gap = text[words[end - 1].end() : words[end].start()] if end else " "
        if end == begin:
            joined = not after_title or gap in {" ", ". ", ".", "\u00a0"}
        else:
            joined = gap in {" ", "\u00a0"} or (gap in {". ", "."} and len(words[end - 1].group()) == 1)
        if not joined:
            break
        bare = _bare(word)
        if _is_surname(words, begin, end, bare, after_title=after_title) or (
            bare[:1].isupper() and bare not in NOT_NAMES and bare not in TITLES
        ):
            end += 1
            if bare != word:
                break  # a genitive ends a name
            continue
        if word in _PARTICLES and end > begin and end + 1 < len(words) and words[end + 1].group()[:1].isupper():
            end += 1
            continue
        break
    while end > begin and words[end - 1].group() in _PARTICLES:
        end -= 1
    return end


def _is_surname(words: list[re.Match[str]], begin: int, end: int, word: str, *, after_title: bool) -> bool:
    """A word that mostly names no person, where one can only be a surname."""
    if after_title:
        return word in SURNAMES and end <= begin + 1
    if word not in _PLAIN_SURNAMES or end != begin + 1 or words[begin].group().lower() not in GIVEN:
        return False
    return begin == 0 or words[begin - 1].group() not in _PLACE_BEFORE


def _bare(word: str) -> str:
    return word[:-2] if word.endswith(("'s", "’s")) else word


def _is_person(text: str, words: list[re.Match[str]], begin: int, end: int, title: str) -> bool:
    if title:
        return True
    if end - begin < 2:
        return False
    first = words[begin].group()
    if first.lower() in GIVEN:
        return True
    initial = len(first) == 1 and words[begin + 1].start() - words[begin].end() == 2  # "D. Marsh, Social Worker"
    after = text[words[end - 1].end() : words[end - 1].end() + 3].lstrip(" ")[:1]
    return initial and end - begin == 2 and len(words[begin + 1].group()) > 2 and after in {"", ",", "(", "\n"}
