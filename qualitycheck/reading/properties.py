"""What the file says about itself: author, title, company, pages (ECMA-376 part 1, 22.2, and part 2, 11)."""

from __future__ import annotations

from qualitycheck.reading.names import whole
from qualitycheck.reading.package import Package

_CORE = {
    "creator": "author",
    "lastModifiedBy": "last modified by",
    "title": "title",
    "subject": "subject",
    "keywords": "keywords",
    "description": "description",
    "category": "category",
    "created": "created",
    "modified": "modified",
}
_APPLICATION = {"Company": "company", "Manager": "manager", "Template": "template", "Application": "application"}


def read_properties(package: Package) -> dict[str, str]:
    """The properties that are set, by plain names ("author", "last modified by")."""
    return _named(package, "core-properties", _CORE) | _named(package, "extended-properties", _APPLICATION)


def read_pages(package: Package) -> int | None:
    """The number of pages when it was last saved, as the program that saved it counted."""
    return whole(_named(package, "extended-properties", {"Pages": "pages"}).get("pages"))


def _named(package: Package, kind: str, names: dict[str, str]) -> dict[str, str]:
    part = next((r.target for r in package.relationships() if _is(r.kind, kind) and not r.external), None)
    if part is None:
        return {}
    found: dict[str, str] = {}
    for element in package.xml(part):
        if not isinstance(element.tag, str) or not element.text or not element.text.strip():
            continue
        name = names.get(element.tag.rpartition("}")[2])
        if name is not None:
            found[name] = element.text.strip()
    return found


def _is(found: str, kind: str) -> bool:
    """Strict files say extendedProperties for extended-properties."""
    return found.replace("-", "").lower() == kind.replace("-", "").lower()
