"""What the labels of a front sheet announce: a child, a date of birth, a parent, the author."""

from __future__ import annotations

import re2

_LABELS: tuple[tuple[re2._Regexp[str], str], ...] = tuple(
    (re2.compile(rf"(?i)^(?:{pattern})$"), kind)
    for pattern, kind in (
        (
            r"(?:the |name of |names of |subject |full name of )*(?:the )?(?:child|children|subject|young person"
            r"|child\(ren\))"
            r"(?:'s|s')?(?: subject)?(?: names?| full names?| of the (?:report|application|proceedings|case))?(?: \d)?"
            r"(?:,? (?:and|with|/) (?:dates? of birth|dob|d\.o\.b\.?|dates? of birth and ages?))?"
            r"|concerning|concerns|re|in the matter of|regarding|about|subject children|subjects"
            r"|(?:child|plentyn) [1-9a-f]"
            r"|who (?:is|are) (?:this|it|the report|this report) about|(?:first|second|third|fourth"
            r"|fifth|eldest|youngest"
            r"|middle) child|twins?|y plant|y plentyn|plant|plentyn|young people",
            "child",
        ),
        (r"(?:full )?names?", "name"),
        (
            r"(?:date of birth|dob|d\.o\.b\.?|born|dates of birth|birth dates?|dyddiad geni|when born)(?: and age)?",
            "birth",
        ),
        (r"m|mum|(?:the )?(?:birth )?mother(?:'s name)?(?: ?\(m\))?", "mother"),
        (r"f|dad|(?:the )?(?:birth )?father(?:'s name)?(?: ?\(f\))?(?: of .*)?", "father"),
        (
            r"(?:the )?(?:parents|mum and dad|mother and father|parties|applicants?|respondents?|other parties|adults"
            r"|first respondent|second respondent|1st"
            r" respondent|2nd respondent|third respondent|family members|family|interveners?)(?: and .*| \(.*\))?",
            "party",
        ),
        (
            r"(?:half[- ]?|step[- ]?|older |younger |elder )*(?:brothers?|sisters?|siblings?)(?: not .*"
            r"| and .*|, .*| \(.*\))?"
            r"|other children(?: .*)?"
            r"|brothers and sisters",
            "sibling",
        ),
        (
            r"(?:report )?(?:author|by|written by|prepared by|completed by|report by|reporter|report author"
            r"|name of author|signed"
            r"|author and (?:role|office|position)|author of (?:the |this )?report|report prepared by|report written by"
            r"|name and role of author|who (?:wrote|writes|has written|prepared) (?:it|this|this report|the report|me)"
            r"|awdur|compiled by|practitioner|officer|worker|from|allocated worker|author's name(?: and role)?)",
            "author",
        ),
        (
            r"(?:the )?(?:children's |child's )?guardian|family court advis[eo]r|cafcass (?:officer|advis[eo]r)|fca|cg"
            r"|reporting officer|welsh family proceedings officer",
            "author",
        ),
        (
            r"(?:paternal|maternal|great|grand|step|proposed|prospective|special|foster|kinship|connected|current"
            r"|carers?|aunt|uncle|"
            r"partner|relative).*",
            "adult",
        ),
        (
            r"(?:professionals?|social worker|health visitor|school|teacher|class teacher|gp|iro"
            r"|independent reviewing officer|"
            r"solicitor|agencies|allocated social worker|team manager|local authority social worker).*",
            "professional",
        ),
    )
)


def label_kind(label: str) -> str | None:
    """What a front sheet's label announces: child, name, birth, mother, father, party, sibling, author, adult, ..."""
    label = label.strip(" :.*\t?").replace("’", "'").lower()
    if len(label) > 60:
        return None
    parts = (label, *label.split("/")) if "/" in label else (label,)  # "Y plant / Children"
    return next((kind for part in parts for pattern, kind in _LABELS if pattern.match(part.strip())), None)
