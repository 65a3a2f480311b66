"""Fields: what a reader sees of them is their result, not their instruction (ECMA-376 part 1, 17.16)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import NamedTuple

from lxml import etree

from qualitycheck.reading.names import VAL, W, number, on

# These fields have no result: they show the end of their own instruction, after the name of what a click would do.
_BUTTON = re.compile(r"\s*(?:MACROBUTTON|GOTOBUTTON)\s+\S+\s*", re.IGNORECASE)
_CONTENTS = re.compile(r"\s*TOC\b", re.IGNORECASE)


class Shown(NamedTuple):
    """Text that a field shows without a result, and where in the file it stands."""

    text: str
    element: etree._Element
    offset: int = 0


@dataclass(slots=True)
class _Field:
    """A field that has begun and not ended."""

    instruction: list[tuple[str, etree._Element]] = field(default_factory=list)
    has_result: bool = False
    is_contents: bool = False


class Fields:
    """The fields that are open at a place in the text; they may lie in one another and span paragraphs."""

    def __init__(self) -> None:
        self._open: list[_Field] = []
        self._instructions = 0

    @property
    def in_instruction(self) -> bool:
        """Whether what stands here belongs to the instruction of some field, and is seen by nobody."""
        return self._instructions > 0

    @property
    def in_contents(self) -> bool:
        """Whether this is the table of contents."""
        return any(each.is_contents for each in self._open)

    def begin(self) -> None:
        self._open.append(_Field())
        self._instructions += 1

    def instruct(self, element: etree._Element) -> None:
        if self._open and not self._open[-1].has_result:
            self._open[-1].instruction.append((element.text or "", element))

    def separate(self) -> None:
        """The result of the innermost field begins."""
        if not self._open or self._open[-1].has_result:
            return
        current = self._open[-1]
        current.has_result = True
        current.is_contents = _CONTENTS.match("".join(text for text, _ in current.instruction)) is not None
        self._instructions -= 1

    def end(self) -> list[Shown]:
        """Closes the innermost field; what it shows if it is a button, which prompts to fill something in."""
        if not self._open:
            return []
        ended = self._open.pop()
        if ended.has_result:
            return []
        self._instructions -= 1
        return list(_button(ended))


def form_value(element: etree._Element) -> Shown | None:
    """The choice of an old drop-down or the state of an old tick box, which stand in no run of their own."""
    choices = element.findall(f"{W}ffData/{W}ddList/{W}listEntry")
    if choices:
        at = number(element.find(f"{W}ffData/{W}ddList/{W}result"), 0) or 0
        chosen = choices[at if 0 <= at < len(choices) else 0]
        return Shown(chosen.get(VAL, ""), chosen)
    tick = element.find(f"{W}ffData/{W}checkBox")
    if tick is None:
        return None
    ticked = on(tick.find(W + "checked"))
    return Shown("☒" if (ticked if ticked is not None else on(tick.find(W + "default"))) else "☐", tick)


def _button(ended: _Field) -> Iterator[Shown]:
    name = _BUTTON.match("".join(text for text, _ in ended.instruction))
    if name is None:
        return
    before = name.end()
    for text, element in ended.instruction:
        if before < len(text):
            yield Shown(text[before:], element, before)
        before = max(before - len(text), 0)
