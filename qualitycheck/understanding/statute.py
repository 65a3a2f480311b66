"""Statutory and standard wording in a report, which is never its author's own."""

from __future__ import annotations

import re2

_STATUTE = re2.compile(
    r"(?i)ascertainable wishes and feelings of the child|physical,? emotional and educational needs"
    r"|likely effect on (?:him|her|the child)(?: of any change| in (?:his|her) circumstances| \(throughout)"
    r"|(?:his|her|their|the child's) age,? sex,? background and any (?:of his )?characteristics"
    r"|any harm (?:which )?(?:he|she|they|the child) (?:has|have) suffered or (?:is|are) at risk"
    r"|how capable each of (?:his|the|their) parents|range of powers available to the court under"
    r"|the child's welfare shall be the court's paramount|shall be the court's paramount consideration"
    r"|shall not make the order or any of the orders unless|any delay in determining the question"
    r"|likely to prejudice the welfare"
    r"|unless it considers that doing so would be better for the child than|(?:is|are) suffering,? or (?:is"
    r"|are) likely to suffer,? significant harm|attributable to (?:the care given|\(i\)|a lack of)"
    r"|not being what it would be reasonable to expect a parent|beyond parental control"
    r"|domestic abuse (?:includes|means) |any incident or pattern of incidents of controlling"
    r"|controlling behaviour(?:\"|”)? means|coercive behaviour(?:\"|”)? means|paramount consideration of (?:a court"
    r"|the court) .{0,40}throughout"
    r"|shall \(?in particular\)? (?:have regard|consider)"
    r"|impairment suffered from seeing or hearing the ill-treatment|must have regard to the following matters"
    r"|throughout his life of having ceased to be a member"
)
_RECITES = re2.compile(
    r"(?i)\bs(?:ection|\.)? ?(?:1\(\d|31\(|7\(|8\b|34|14)|\bact (?:1989|2002|2021)\b|\bprovides that"
    r"|\bthe court (?:must|shall|may only)|\bwelfare checklist|\(a\)|\bpractice direction|\bpd ?12j"
)
# The welfare checklist told over in a sentence: "regard has been had to the welfare checklist, namely the wishes and
# feelings of the child, his needs, the effect of change ..."
_RECITED = re2.compile(
    r"(?i)(?:regard (?:has been had |was had )?to|mindful of|considered|consider|applied|taken into account|following"
    r"|set out in|under) "
    r"(?:\w+ ){0,6}(?:welfare checklist|checklist|section 1\(3\)|s\.? ?1\(3\)|section 1\(4\)|s\.? ?1\(4\))"
)
_HEADS = re2.compile(
    r"(?i)\bwishes and feelings|\bneeds\b"
    r"|(?:likely )?effects? (?:on \w+ )?of (?:any )?change|change (?:in|of) (?:his|her"
    r"|their|the child's )?circumstances"
    r"|\bage,? sex|\bbackground and\b|\bharm\b|\bcapab(?:le|ility|ilities)\b|\bcapacity\b|range of powers"
    r"|powers (?:available|of the court)"
)


def is_statutory(text: str, *, names: bool) -> bool:
    """Statutory or standard wording set out for reference: the welfare checklist, s1(5), s31(2), PD12J's definitions.

    A sentence that names somebody in the case (`names`) applies the words, unless it is nearly all statute.
    """
    if _RECITED.search(text) and sum(1 for _ in _HEADS.finditer(text)) >= 3:
        return True
    match = _STATUTE.search(text)
    if match is None:
        return False
    share = (match.end() - match.start()) / len(text)
    return share >= 0.6 or (not names and (share >= 0.2 or bool(_RECITES.search(text))))
