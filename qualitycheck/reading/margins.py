"""Headers and footers: those that a page shows, each text once however many sections repeat it."""

from __future__ import annotations

from collections.abc import Callable

from lxml import etree

from qualitycheck.document import Part
from qualitycheck.reading.drafts import Draft
from qualitycheck.reading.names import R, W, on
from qualitycheck.reading.package import Package
from qualitycheck.reading.walk import Walk

_KINDS = ((Part.HEADER, "headerReference"), (Part.FOOTER, "footerReference"))


def read_margins(
    package: Package,
    main: etree._Element,
    settings: etree._Element | None,
    walk: Callable[[etree._Element, str], Walk],
) -> list[Draft]:
    """The paragraphs of all headers, then of all footers; those for first or even pages only if switched on."""
    targets = {r.id: r.target for r in package.relationships(package.main) if not r.external}
    evens = settings is not None and bool(on(settings.find(W + "evenAndOddHeaders")))
    found: list[Draft] = []
    for part, tag in _KINDS:
        names = _shown(main, tag, evens, targets)
        seen: set[str] = set()
        for name in names:
            root = package.xml(name)
            for draft in walk(root, name).read(root, part):
                if draft.text.strip() not in seen:
                    seen.add(draft.text.strip())
                    found.append(draft)
    return found


def _shown(main: etree._Element, tag: str, evens: bool, targets: dict[str, str]) -> list[str]:
    names: dict[str, None] = {}
    for section in main.iter(W + "sectPr"):
        firsts = bool(on(section.find(W + "titlePg")))
        for reference in section.iterchildren(W + tag):
            kind = reference.get(W + "type", "default")
            target = targets.get(reference.get(R + "id", ""))
            if target is not None and (kind == "default" or (kind == "first" and firsts) or (kind == "even" and evens)):
                names[target] = None
    return list(names)
