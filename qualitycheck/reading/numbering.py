"""Automatic numbers as the reader sees them: ECMA-376 part 1, 17.9 (numbering)."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, field

from lxml import etree

from qualitycheck.reading.names import MC, VAL, W, number, on, whole
from qualitycheck.reading.styles import Styles

_LEVELS = 9
_PLACE = re.compile(r"%([1-9])")


@dataclass(frozen=True, slots=True)
class Level:
    """One level of a list, as it is defined."""

    start: int = 1
    format: str = "decimal"
    pattern: str = ""  # "%1.%2."
    restarts_after: int | None = None  # w:lvlRestart: 0 never, n only after level n (counted from 1)
    legal: bool = False  # every number of the label in decimal
    style: str | None = None  # the paragraph style that brings this level with it

    @property
    def is_bullet(self) -> bool:
        return self.format == "bullet"


@dataclass(slots=True)
class _List:
    """A w:num: which definition it uses and what it changes there."""

    definition: int
    starts: dict[int, int] = field(default_factory=dict)
    levels: dict[int, Level] = field(default_factory=dict)
    begun: bool = False


class Numbering:
    """The lists of a document, counting as it is read from top to bottom."""

    def __init__(self, root: etree._Element | None, styles: Styles) -> None:
        self._definitions: dict[int, dict[int, Level]] = {}
        self._lists: dict[int, _List] = {}
        self._counts: dict[int, list[int | None]] = {}
        self._borrowed: dict[int, str] = {}  # definitions that only name a numbering style
        self._styles = styles
        if root is None:
            return
        for element in root.iterchildren(W + "abstractNum"):
            self._read_definition(element)
        for element in root.iterchildren(W + "num"):
            self._read_list(element)

    def level_for_style(self, list_id: int, style_id: str | None) -> int | None:
        """The level that a paragraph style brings with it in a list; None if the list does not name the style."""
        found = self._lists.get(list_id)
        if found is None or style_id is None:
            return None
        levels = {**self._definitions.get(self._definition(list_id), {}), **found.levels}
        return next((at for at, level in levels.items() if level.style == style_id), None)

    def is_list(self, list_id: int) -> bool:
        return list_id in self._lists

    def next_label(self, list_id: int, at: int) -> str | None:
        """Counts one paragraph and gives its label; None for a bullet or a list without visible numbers."""
        counts = self._count(list_id, at)
        level = self._level(list_id, at)
        if level.is_bullet:
            return None

        def shown(place: re.Match[str]) -> str:
            which = int(place.group(1)) - 1
            of = self._level(list_id, which)
            count = counts[which]
            style = "decimal" if level.legal and of.format != "none" else of.format
            return in_format(of.start if count is None else count, style)

        return _PLACE.sub(shown, level.pattern).strip() or None

    def _count(self, list_id: int, at: int) -> list[int | None]:
        found = self._lists[list_id]
        counts = self._counts.setdefault(self._definition(list_id), [None] * _LEVELS)
        if not found.begun:
            found.begun = True
            for which in found.starts:
                counts[which] = None
        count = counts[at]
        counts[at] = found.starts.get(at, self._level(list_id, at).start) if count is None else count + 1
        for higher in range(at):
            if counts[higher] is None:
                counts[higher] = found.starts.get(higher, self._level(list_id, higher).start)
        for lower in range(at + 1, _LEVELS):
            after = self._level(list_id, lower).restarts_after
            if after is None or (after > 0 and at < after):
                counts[lower] = None
        return counts

    def _level(self, list_id: int, at: int) -> Level:
        found = self._lists[list_id]
        return found.levels.get(at) or self._definitions.get(self._definition(list_id), {}).get(at) or Level()

    def _definition(self, list_id: int) -> int:
        """The definition a list uses in the end, through any numbering style."""
        seen: set[int] = set()
        while True:
            found = self._lists.get(list_id)
            if found is None:
                return -1
            style = self._borrowed.get(found.definition)
            if style is None or list_id in seen:
                return found.definition
            seen.add(list_id)
            through = self._styles.list_style(style).list_id
            if through is None:
                return found.definition
            list_id = through

    def _read_definition(self, element: etree._Element) -> None:
        key = whole(element.get(W + "abstractNumId"), 0) or 0
        self._definitions[key] = dict(_levels(element))
        link = element.find(W + "numStyleLink")
        if link is not None:
            self._borrowed[key] = link.get(VAL, "")

    def _read_list(self, element: etree._Element) -> None:
        key = whole(element.get(W + "numId"), 0) or 0
        found = _List(number(element.find(W + "abstractNumId"), -1) or 0)
        for override in element.iterchildren(W + "lvlOverride"):
            at = whole(override.get(W + "ilvl"), 0) or 0
            start = number(override.find(W + "startOverride"))
            if not 0 <= at < _LEVELS:
                continue
            found.levels.update(_levels(override))
            if start is not None:
                found.starts[at] = start
        self._lists[key] = found


def _levels(parent: etree._Element) -> list[tuple[int, Level]]:
    found = []
    for element in parent.iterchildren(W + "lvl"):
        at = whole(element.get(W + "ilvl"), 0) or 0
        if 0 <= at < _LEVELS:
            found.append((at, _level(element)))
    return found


def _level(element: etree._Element) -> Level:
    pattern = element.find(W + "lvlText")
    style = element.find(W + "pStyle")
    start = number(element.find(W + "start"), 0)
    return Level(
        start=start if start is not None else 0,
        format=_format(element),
        pattern=pattern.get(VAL, "") if pattern is not None else "",
        restarts_after=number(element.find(W + "lvlRestart")),
        legal=bool(on(element.find(W + "isLgl"))),
        style=style.get(VAL) if style is not None else None,
    )


def _format(element: etree._Element) -> str:
    """The number format; newer ones stand in a choice with an older one to fall back on."""
    found = element.find(f"{MC}AlternateContent/{MC}Choice/{W}numFmt")
    if found is None:
        found = element.find(W + "numFmt")
    if found is None:
        return "decimal"
    name = found.get(VAL, "decimal")
    return found.get(W + "format", "decimal").partition(",")[0].strip() if name == "custom" else name


def in_format(count: int, style: str) -> str:
    """A count as a number format shows it: (4, "lowerRoman") is "iv". An unknown format is shown in decimal."""
    if style in _FORMATS:
        return _FORMATS[style](count)
    if style.isdigit():  # a custom format gives an example: "001"
        return str(count).zfill(len(style))
    return str(count)


def _letters(count: int) -> str:
    """a to z, then aa, bb, cc, as Word counts."""
    return chr(ord("a") + (count - 1) % 26) * ((count - 1) // 26 + 1) if count > 0 else str(count)


def _roman(count: int) -> str:
    if not 0 < count < 4000:
        return str(count)
    shown = ""
    for value, letters in _ROMAN:
        shown += letters * (count // value)
        count %= value
    return shown


_ROMAN = (
    (1000, "m"), (900, "cm"), (500, "d"), (400, "cd"), (100, "c"), (90, "xc"),
    (50, "l"), (40, "xl"), (10, "x"), (9, "ix"), (5, "v"), (4, "iv"), (1, "i"),
)  # fmt: skip
_ONES = (
    "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen "
    "eighteen nineteen"
).split()
_TENS = "zero ten twenty thirty forty fifty sixty seventy eighty ninety".split()
_LAST_WORD = re.compile(r"(.*[ -]|)(\w+)$")
_IRREGULAR = {
    "one": "first", "two": "second", "three": "third", "five": "fifth", "eight": "eighth", "nine": "ninth",
    "twelve": "twelfth",
}  # fmt: skip


def _ordinal(count: int) -> str:
    ending = "th" if count % 100 in (11, 12, 13) else {1: "st", 2: "nd", 3: "rd"}.get(count % 10, "th")
    return f"{count}{ending}"


def _words(count: int) -> str:
    return _spelt(count).capitalize() if 0 <= count < 1_000_000 else str(count)


def _spelt(count: int) -> str:
    if count < len(_ONES):
        return _ONES[count]
    if count < 100:
        tens, ones = divmod(count, 10)
        return _TENS[tens] + (f"-{_ONES[ones]}" if ones else "")
    size, name = (100, "hundred") if count < 1000 else (1000, "thousand")
    high, low = divmod(count, size)
    link = " and " if size == 1000 and low < 100 else " "
    return f"{_spelt(high)} {name}" + (link + _spelt(low) if low else "")


def _ordinal_words(count: int) -> str:
    words = _words(count).lower()
    if words.isdigit():
        return _ordinal(count)
    head, last = _LAST_WORD.match(words).groups()  # type: ignore[union-attr]  # words is never empty
    last = _IRREGULAR.get(last) or (last[:-1] + "ieth" if last.endswith("y") else last + "th")
    return str(head + last).capitalize()


def _circled(count: int) -> str:
    """Unicode has numbers in circles up to 50, in three places."""
    for first, last, start in ((1, 20, 0x2460), (21, 35, 0x3251), (36, 50, 0x32B1)):
        if first <= count <= last:
            return chr(start + count - first)
    return str(count)


_FORMATS: dict[str, Callable[[int], str]] = {
    "none": lambda count: "",
    "lowerLetter": _letters,
    "upperLetter": lambda count: _letters(count).upper(),
    "lowerRoman": _roman,
    "upperRoman": lambda count: _roman(count).upper(),
    "ordinal": _ordinal,
    "cardinalText": _words,
    "ordinalText": _ordinal_words,
    "decimalZero": lambda count: f"{count:02d}",
    "decimalEnclosedCircle": _circled,
    "numberInDash": lambda count: f"- {count} -",
    "hex": lambda count: f"{count:X}",
    "chicago": lambda count: "*†‡§"[(count - 1) % 4] * ((count - 1) // 4 + 1),
}
