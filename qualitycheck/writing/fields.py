"""Fields that show what the file says of itself, made plain text before that is taken away.

Word and LibreOffice work such fields out anew, in headers as soon as a file is opened: without its
properties the author's name, the title or a case number kept as a property would vanish from the page.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from lxml import etree

from qualitycheck.writing.trees import attribute, drop_from_run, local, unwrap, words_of

# ECMA-376, part 1, 17.16.5: fields of document information and of the user's own.
_OF_PROPERTIES = frozenset(
    "AUTHOR COMMENTS CREATEDATE DOCPROPERTY DOCVARIABLE EDITTIME INFO KEYWORDS LASTSAVEDBY PRINTDATE REVNUM "
    "SAVEDATE SUBJECT TEMPLATE TITLE USERADDRESS USERINITIALS USERNAME".split()
)


@dataclass(slots=True)
class _Field:
    """A field that has begun: its marks and instructions, and whether its result has begun too."""

    marks: list[etree._Element] = field(default_factory=list)
    code: str = ""
    told: bool = False


def freeze_fields(root: etree._Element) -> None:
    """Puts the shown text of a property's field in the place of the field."""
    begun: list[_Field] = []
    for element in list(words_of(root)):
        name = local(element)
        if name == "fldSimple" and _is_of_properties(attribute(element, "instr")):
            unwrap(element)
        elif name == "instrText" and begun and not begun[-1].told:
            begun[-1].marks.append(element)
            begun[-1].code += element.text or ""
        elif name == "fldChar":
            _mark(begun, element)


def _mark(begun: list[_Field], element: etree._Element) -> None:
    kind = attribute(element, "fldCharType")
    if kind == "begin":
        begun.append(_Field())
    if not begun:
        return  # an end or a separator without a beginning
    begun[-1].marks.append(element)
    if kind == "separate":
        begun[-1].told = True
    elif kind == "end":
        ended = begun.pop()
        if ended.told and _is_of_properties(ended.code):
            for mark in ended.marks:
                drop_from_run(mark)


def _is_of_properties(code: str) -> bool:
    return next(iter(code.upper().split()), "") in _OF_PROPERTIES
