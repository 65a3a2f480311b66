"""The role that stands beside a name: "Mrs Sallis, the health visitor", "class teacher Mrs Hale"."""

from __future__ import annotations

import re

import re2

from qualitycheck.language.role_nouns import ABBREVIATIONS, FATHER, MOTHER, PLACEHOLDER
from qualitycheck.understanding.case import Position
from qualitycheck.understanding.names import PLAIN_WORD, NameMention

_PARENTHESIS = re.compile(r"\s*\(([^()]{1,60})\)")
_POSITION = {
    "MOTHER": Position.MOTHER,
    "FATHER": Position.FATHER,
    "SIBLING": Position.SIBLING,
    "ADULT": Position.ADULT,
    "PROFESSIONAL": Position.PROFESSIONAL,
    "AUTHOR": Position.AUTHOR,
}
_SKIPPED = frozenset(
    "the a an his her their my our current previous former allocated named new who is was now own older younger elder "
    "eldest proposed nursery school local reception year applicant respondent and first second then at time children's "
    "retired acting birth legal".split()
)
_VERBS = frozenset(
    "said says told has had would reported described explained wrote confirmed does did and but with".split()
)
_COUPLE_BEFORE = re2.compile(r"(?i)(?: (?:Mr|Mrs) (?:and|&)| (?:and|/) (?:first |second )?(?:applicant|respondent))$")
_ADULT_NAMED = re2.compile(r"\b(?:(?:Mr|Mrs|Ms|Miss) \p{Lu}|the (?:mother|father)\b|M and|F and)")


def role_beside(text: str, mention: NameMention) -> tuple[Position | None, str | None]:
    """Who a name belongs to by the words beside it, and the role in those words: after the name, else before it.

    `Mrs Sallis, the health visitor`, `class teacher Mrs Hale`, `Carl Hume (F)`; None and None where nothing says.
    """
    after = text[mention.end : mention.end + 90]
    if bracket := _PARENTHESIS.match(after):
        inside = bracket.group(1).strip()
        if inside in {"M", "F"}:
            return (Position.MOTHER if inside == "M" else Position.FATHER), None
        if inside in ABBREVIATIONS:
            return _POSITION[ABBREVIATIONS[inside]], inside
        position, role = _role_phrase(inside)
        if position is not None:
            return position, role
        after = after[bracket.end() :]
    if after[:1] in {",", ":", "–", "-"} or after[:2] in {" -", " –"} or after.startswith((" is ", " was ")):
        clause = re.split(r"[.;()]", after.lstrip(",:–- "), maxsplit=1)[0]
        if after.startswith((" is ", " was ")):
            clause = clause.split(",")[0]
        position, role = _role_phrase(clause)
        if position is not None:
            return position, role
    return _role_before(text[max(0, mention.start - 90) : mention.start])


def _role_phrase(clause: str) -> tuple[Position | None, str | None]:
    """The role noun at the beginning of a clause, past articles and a few describing words."""
    words = [word.group() for word in PLAIN_WORD.finditer(clause[:80])]
    lowered = [word.lower() for word in words]
    for at in range(min(len(words), 6)):
        for length in (4, 3, 2, 1):
            phrase = tuple(lowered[at : at + length])
            if len(phrase) < length or phrase not in PLACEHOLDER:
                continue
            kind = PLACEHOLDER[phrase]
            role = " ".join(phrase)
            if kind == "CHILD":
                return None, None
            if kind in {"MOTHER", "FATHER"} and words[at + length : at + length + 1] == ["s"]:
                break  # "mum's psychiatrist": somebody of hers
            if at and words[at - 1] == "s" and kind in {"MOTHER", "FATHER", "SIBLING"}:
                owner = words[at - 2] if at > 1 else ""
                if owner in {"M", "F"} or owner.lower() in {*MOTHER, *FATHER} or kind == "SIBLING":
                    return Position.ADULT, f"{owner}'s {role}"
            if kind in {"MOTHER", "FATHER"} and _of_another(
                lowered[at + length : at + length + 3], words[at + length : at + length + 4]
            ):
                return Position.ADULT, role
            return _POSITION[kind], role
        if lowered[at] in ABBREVIATIONS or words[at] in ABBREVIATIONS:
            return _POSITION[ABBREVIATIONS[words[at]]], words[at] if words[at] in ABBREVIATIONS else None
        if at >= 3 and lowered[at] not in _SKIPPED:
            break
        if lowered[at] in _VERBS:
            break
    return None, None


def _of_another(lowered: list[str], words: list[str]) -> bool:
    """ "mother of Owen's stepson", "father of Seren": a parent, but not of a subject child by these words alone."""
    return bool(lowered[:1] == ["of"] and "s" in words)


def _role_before(text: str) -> tuple[Position | None, str | None]:
    """The role noun at the end of what stands before a name: `spoke to the class teacher, `."""
    tail = _COUPLE_BEFORE.sub("", text.rstrip(" ,:(-–\u00a0")).rstrip(" ,:(-–\u00a0")
    if re.search(r"[.;\n]", text[len(tail) :]):
        return None, None
    words = [word.group() for word in PLAIN_WORD.finditer(tail)][-5:]
    if not words or not tail.endswith(words[-1]):
        return None, None
    lowered = [word.lower() for word in words]
    for length in (4, 3, 2, 1):
        phrase = tuple(lowered[-length:])
        if len(lowered) < length or phrase not in PLACEHOLDER:
            continue
        kind = PLACEHOLDER[phrase]
        if kind == "CHILD":
            return None, None
        before = lowered[-length - 1] if len(lowered) > length else ""
        owner = lowered[-length - 2] if len(lowered) > length + 1 and before == "s" else ""
        if before in {"her", "his"} and kind in {"MOTHER", "FATHER"} and _ADULT_NAMED.search(tail):
            return Position.ADULT, f"{before} {' '.join(phrase)}"  # "Mrs Hume was in, with her mother, Mrs Dale"
        if before in {"her", "his"} and kind in {"MOTHER", "FATHER"}:
            return _POSITION[kind], f"{before} {' '.join(phrase)}"  # whose is settled when the parents are known
        if owner in {"m", "f", "mother", "father"} or (owner and kind in {"SIBLING", "MOTHER", "FATHER"}):
            return Position.ADULT, f"{owner}'s {' '.join(phrase)}"
        return _POSITION[kind], " ".join(phrase)
    return None, None
