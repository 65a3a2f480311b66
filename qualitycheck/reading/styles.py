"""How text looks once its styles are worked out: ECMA-376 part 1, 17.7 (styles) and 17.7.3 (toggle properties)."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from functools import lru_cache
from typing import NamedTuple

from lxml import etree

from qualitycheck.reading.names import VAL, W, number, on, whole


class Look(NamedTuple):
    """How characters look; None where nothing is said and the next style down decides."""

    bold: bool | None = None
    italic: bool | None = None
    capitals: bool | None = None
    hidden: bool | None = None
    underlined: bool | None = None
    colour: str | None = None  # as written: "FF0000", "auto", or "theme:accent1"
    size: int | None = None  # half-points

    def over(self, lower: Look) -> Look:
        """These properties, and the lower ones where these say nothing."""
        if self == PLAIN:
            return lower
        return Look._make(mine if mine is not None else other for mine, other in zip(self, lower, strict=True))

    @property
    def coloured(self) -> bool:
        return self.colour is not None and not _is_black(self.colour)


PLAIN = Look()
_TOGGLES = ("bold", "italic", "capitals", "hidden")


@dataclass(frozen=True, slots=True)
class Style:
    """A style with all that it inherits."""

    name: str = ""
    look: Look = PLAIN
    outline: int | None = None  # 0 is the highest
    list_id: int | None = None  # w:numId
    list_level: int | None = None
    names: tuple[str, ...] = ()  # its own name and those it is based on, in lower case, nearest first


_NO_STYLE = Style()


class Emphasis(NamedTuple):
    """How a table's style sets its first row or first column apart."""

    bold: bool = False
    shaded: bool = False


@dataclass(slots=True)
class _Definition:
    name: str
    parent: str | None
    look: Look
    outline: int | None
    list_id: int | None
    list_level: int | None
    regions: dict[str, Emphasis]  # of a table style: "firstRow", "firstCol"


@dataclass(slots=True)
class Styles:
    """The styles of a document. A style that is not defined is the default one of its kind, as in Word."""

    _elements: dict[str, etree._Element] = field(default_factory=dict)
    _definitions: dict[str, _Definition] = field(default_factory=dict)  # of those asked for: most are never used
    _defaults: dict[str, str] = field(default_factory=dict)
    _document: Look = PLAIN
    _resolved: dict[str, Style] = field(default_factory=dict)
    _looks: dict[tuple[str | None, str | None, Look], Look] = field(default_factory=dict)

    @classmethod
    def of(cls, root: etree._Element | None) -> Styles:
        """The styles in a styles part; none if there is no such part."""
        styles = cls()
        if root is None:
            return styles
        styles._document = look_of(root.find(f"{W}docDefaults/{W}rPrDefault/{W}rPr"))
        for element in root.iterchildren(W + "style"):
            style_id = element.get(W + "styleId", "")
            kind = element.get(W + "type", "paragraph")
            styles._elements[style_id] = element
            if element.get(W + "default", "0").lower() in ("1", "true", "on"):
                styles._defaults[kind] = style_id
        return styles

    def paragraph(self, style_id: str | None) -> Style:
        """The paragraph style with this id, or the default paragraph style."""
        return self._style(style_id, "paragraph")

    def list_style(self, style_id: str) -> Style:
        """The numbering style with this id."""
        return self._style(style_id, "numbering")

    def table_region(self, style_id: str | None, region: str) -> Emphasis:
        """How a table style sets a region ("firstRow", "firstCol") apart, its own word before that of its base."""
        found = (self._definition(each).regions.get(region) for each in self._chain(style_id))
        return next((emphasis for emphasis in found if emphasis is not None), Emphasis())

    def look(self, paragraph_style: str | None, run_style: str | None, own: Look) -> Look:
        """How a run looks in the end; every property is said."""
        key = (paragraph_style, run_style, own)
        found = self._looks.get(key)
        if found is None:
            found = self._looks[key] = self._work_out(paragraph_style, run_style, own)
        return found

    def lineage(self, style_id: str | None) -> tuple[str, ...]:
        """The ids of a paragraph style and those it is based on, nearest first."""
        if style_id is None or style_id not in self._elements:
            style_id = self._defaults.get("paragraph")
        return tuple(self._chain(style_id))

    def run_style_names(self, style_id: str | None) -> tuple[str, ...]:
        return self._style(style_id, "character").names if style_id else ()

    def _work_out(self, paragraph_style: str | None, run_style: str | None, own: Look) -> Look:
        of_paragraph = self.paragraph(paragraph_style).look
        of_run = self._style(run_style, "character").look if run_style else PLAIN
        look = own.over(of_run.over(of_paragraph.over(self._document)))
        toggled = {
            name: bool(
                getattr(self._document, name) or bool(getattr(of_paragraph, name)) != bool(getattr(of_run, name))
            )
            for name in _TOGGLES
            if getattr(own, name) is None
        }
        return look._replace(**toggled)  # type: ignore[arg-type]  # all four are switches

    def _style(self, style_id: str | None, kind: str) -> Style:
        if style_id is None or style_id not in self._elements:
            style_id = self._defaults.get(kind)
        if style_id is None:
            return _NO_STYLE
        if style_id not in self._resolved:
            self._resolved[style_id] = self._resolve(style_id)
        return self._resolved[style_id]

    def _resolve(self, style_id: str) -> Style:
        chain = [self._definition(each) for each in self._chain(style_id)]
        look = PLAIN
        for definition in reversed(chain):
            look = definition.look.over(look)
        return Style(
            name=chain[0].name,
            look=look,
            outline=_first(chain, lambda d: d.outline),
            list_id=_first(chain, lambda d: d.list_id),
            list_level=_first(chain, lambda d: d.list_level),
            names=tuple(d.name.lower() for d in chain),
        )

    def _definition(self, style_id: str) -> _Definition:
        if style_id not in self._definitions:
            self._definitions[style_id] = _definition(self._elements[style_id])
        return self._definitions[style_id]

    def _chain(self, style_id: str | None) -> list[str]:
        """A style and those it is based on; a circle of styles is cut where it closes."""
        chain: list[str] = []
        while style_id is not None and style_id in self._elements and style_id not in chain:
            chain.append(style_id)
            style_id = self._definition(style_id).parent
        return chain


def look_of(properties: etree._Element | None) -> Look:
    """What a w:rPr says of itself."""
    if properties is None or not len(properties):
        return PLAIN
    said: dict[str, bool | str | int | None] = {}
    for child in properties:
        read = _PROPERTIES.get(child.tag)
        if read is not None:
            name, value = read(child)
            said[name] = value
    return Look(**said) if said else PLAIN  # type: ignore[arg-type]


def outline_of(properties: etree._Element | None) -> int | None:
    """The outline level that a w:pPr gives, 0 the highest; 9 (body text) is kept, for it overrides a style's."""
    return number(properties.find(W + "outlineLvl")) if properties is not None else None


def numbering_of(properties: etree._Element | None) -> tuple[int | None, int | None]:
    """The list and the level that a w:pPr gives: (w:numId, w:ilvl), each None if not said."""
    found = properties.find(W + "numPr") if properties is not None else None
    if found is None:
        return None, None
    return number(found.find(W + "numId")), number(found.find(W + "ilvl"))


def _definition(element: etree._Element) -> _Definition:
    properties = element.find(W + "pPr")
    list_id, list_level = numbering_of(properties)
    name = element.find(W + "name")
    parent = element.find(W + "basedOn")
    return _Definition(
        name=(name.get(VAL, "") if name is not None else "") or element.get(W + "styleId", ""),
        parent=parent.get(VAL) if parent is not None else None,
        look=look_of(element.find(W + "rPr")),
        outline=outline_of(properties),
        list_id=list_id,
        list_level=list_level,
        regions={
            region.get(W + "type", ""): Emphasis(
                bool(look_of(region.find(W + "rPr")).bold), is_shaded(region.find(W + "tcPr"))
            )
            for region in element.iterchildren(W + "tblStylePr")
        },
    )


def is_shaded(properties: etree._Element | None) -> bool:
    """Whether the w:tcPr of a cell gives it another background than white."""
    shading = properties.find(W + "shd") if properties is not None else None
    if shading is None:
        return False
    fill = shading.get(W + "fill", "auto").lower()
    pattern = shading.get(VAL, "clear")
    return (
        fill not in ("auto", "ffffff")
        or shading.get(W + "themeFill") is not None
        or pattern == "solid"
        or (pattern.startswith("pct") and (whole(pattern[3:]) or 0) > 0)
    )


def _first(chain: list[_Definition], value: Callable[[_Definition], int | None]) -> int | None:
    return next((found for found in map(value, chain) if found is not None), None)


def _switch(name: str) -> Callable[[etree._Element], tuple[str, bool | None]]:
    return lambda element: (name, on(element))


def _colour(element: etree._Element) -> tuple[str, str | None]:
    written = element.get(VAL, "auto")
    theme = element.get(W + "themeColor")
    if theme in ("text1", "dark1", "tx1", "dk1") and element.get(W + "themeTint") is None:
        return "colour", "auto"
    return "colour", written if written.lower() != "auto" or theme is None else f"theme:{theme}"


_PROPERTIES: dict[str, Callable[[etree._Element], tuple[str, bool | str | int | None]]] = {
    W + "b": _switch("bold"),
    W + "i": _switch("italic"),
    W + "caps": _switch("capitals"),
    W + "vanish": _switch("hidden"),
    W + "u": lambda element: ("underlined", element.get(VAL, "single") != "none"),
    W + "color": _colour,
    W + "sz": lambda element: ("size", whole(element.get(VAL))),
}


@lru_cache(maxsize=512)
def _is_black(colour: str) -> bool:
    """Black, or so dark a grey that a reader takes it for black."""
    if colour.lower() == "auto":
        return True
    try:
        channels = [int(colour[at : at + 2], 16) for at in (0, 2, 4)]
    except ValueError:
        return False
    return max(channels) < 0x50 and max(channels) - min(channels) < 0x18
