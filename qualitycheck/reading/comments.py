"""Comments already in the file: who wrote them, where, and whether they are settled."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from lxml import etree

from qualitycheck.document import Comment, Part
from qualitycheck.reading.drafts import Draft
from qualitycheck.reading.names import W14, W15, W
from qualitycheck.reading.package import Package
from qualitycheck.reading.walk import Walk


def read_comments(
    package: Package,
    commented: Mapping[str, Draft],
    places: Mapping[int, int],
    walk: Callable[[etree._Element, str], Walk],
) -> tuple[Comment, ...]:
    """The comments in the order of the comments part; `places` gives a draft's index by its identity."""
    name = package.related(package.main, "comments")
    if name is None:
        return ()
    root = package.xml(name)
    reading = walk(root, name)
    resolved = _resolved(package)
    found = []
    for element in root.iterchildren(W + "comment"):
        last = next(iter(reversed(element.findall(W + "p"))), None)
        anchor = commented.get(element.get(W + "id", ""))
        found.append(
            Comment(
                author=element.get(W + "author", ""),
                text="\n".join(draft.text for draft in reading.read(element, Part.BODY)),
                paragraph=places.get(id(anchor)) if anchor is not None else None,
                resolved=last is not None and last.get(W14 + "paraId", "") in resolved,
            )
        )
    return tuple(found)


def _resolved(package: Package) -> set[str]:
    name = package.related(package.main, "commentsExtended")
    if name is None:
        return set()
    return {
        element.get(W15 + "paraId", "")
        for element in package.xml(name).iterchildren(W15 + "commentEx")
        if element.get(W15 + "done", "0").lower() in ("1", "true", "on")
    }
