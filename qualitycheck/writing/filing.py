"""The copy to be filed: changes accepted, comments and hidden text gone, nothing said of its authors."""

from __future__ import annotations

import io
from typing import Any

from lxml import etree

from qualitycheck.reading.names import transitional
from qualitycheck.reading.package import parse_xml
from qualitycheck.reading.styles import Styles
from qualitycheck.writing.accepting import accept_changes, tracked_changes
from qualitycheck.writing.fields import freeze_fields
from qualitycheck.writing.hiding import hidden_rows, hidden_runs, remove_hidden
from qualitycheck.writing.metadata import forget_people, metadata_present, remove_metadata, word_parts
from qualitycheck.writing.package import Package
from qualitycheck.writing.trees import drop, drop_from_run, has_words, local, words_of

_COMMENT_MARKS = ("commentRangeStart", "commentRangeEnd", "commentReference")
_TEXTS = ("document", "glossaryDocument", "hdr", "ftr", "footnotes", "endnotes")
_NOTES = {"footnotes": "footnote", "endnotes": "endnote"}
_REFERENCES = ("footnoteReference", "endnoteReference")


def filing_copy(data: bytes) -> bytes:
    """A copy of a file that is ready to be filed; `data` itself is left as it is.

    Tracked changes are accepted, comments, hidden text and what tells of the authors are taken out, and so
    is every part and every note that nothing refers to any more. Text, formatting and pictures stay.

    Raises:
        UnreadableReport: if the file is not a report or a part is damaged.
    """
    package = Package(data)
    styles = _styles(package)
    remove_metadata(package)
    referred: set[tuple[str, str]] = set()
    for name in word_parts(package):
        root = parse_xml(package.read(name))
        used = _relationship_ids(root)
        if local(root) in _TEXTS:
            remove_hidden(root, parse_xml(transitional(package.read(name))), styles)
            freeze_fields(root)
            _remove_comments(root)
        accept_changes(root)
        forget_people(root)
        _remove_lost_notes(root, referred)
        referred |= {(local(each), _id(each)) for each in words_of(root) if local(each) in _REFERENCES}
        package.write(name, _written(root))
        lost = used - _relationship_ids(root)
        for relation in package.relations(name) if lost else ():
            if relation.id in lost:
                package.unrelate(relation)
    package.prune()
    return package.saved()


def leftovers(data: bytes) -> list[str]:
    """What a copy still holds that should not be filed, in plain words; empty for every `filing_copy`."""
    package = Package(data)
    styles = _styles(package)
    comments = hidden = 0
    for name in word_parts(package):
        root = parse_xml(package.read(name))
        twin = parse_xml(transitional(package.read(name))) if local(root) in _TEXTS else etree.Element("none")
        comments += sum(1 for element in words_of(root) if local(element) == "commentReference")
        hidden += sum(has_words(run) for run in hidden_runs(twin, styles)) + sum(1 for _ in hidden_rows(twin))
    part = package.related(package.main, "comments")
    if part is not None:
        comments = max(comments, len(package.markup(part).named("comment")))
    counted = (
        (comments, "comment", "comments"),
        (open_changes(package), "tracked change", "tracked changes"),
        (hidden, "stretch of hidden text", "stretches of hidden text"),
    )
    found = [f"{count} {one if count == 1 else many}" for count, one, many in counted if count]
    return found + metadata_present(package)


def open_changes(package: Package) -> int:
    """How many tracked changes a file still holds, in its headers, footers and notes too."""
    return sum(tracked_changes(parse_xml(package.read(name))) for name in word_parts(package))


def _styles(package: Package) -> Styles:
    part = package.related(package.main, "styles")
    return Styles.of(parse_xml(transitional(package.read(part))) if part is not None else None)


def _remove_comments(root: etree._Element) -> None:
    for element in [each for each in words_of(root) if local(each) in _COMMENT_MARKS]:
        drop_from_run(element)


def _remove_lost_notes(root: etree._Element, referred: set[tuple[str, str]]) -> None:
    """Takes out the notes whose mark is gone from the text; separators have a type and stay."""
    name = _NOTES.get(local(root), "")
    for note in list(words_of(root, name)) if name else ():
        own = note.get(_key(note, "type")) in (None, "normal")
        if own and (f"{name}Reference", _id(note)) not in referred:
            drop(note)


def _id(element: etree._Element) -> str:
    return element.get(_key(element, "id"), "")


def _key(element: etree._Element, name: str) -> str:
    return f"{{{etree.QName(element).namespace}}}{name}"


def _relationship_ids(root: etree._Element) -> set[str]:
    """The relationships a part uses: every attribute in the namespace that they are written in."""
    return {
        str(value) for element in root.iter() for key, value in element.attrib.items() if "/relationships}" in str(key)
    }


def _written(root: etree._Element) -> bytes:
    """The part in the encoding, and with the declaration, that it had."""
    tree = root.getroottree()
    said: dict[str, Any] = {"encoding": tree.docinfo.encoding or "UTF-8", "standalone": tree.docinfo.standalone}
    written = io.BytesIO()
    tree.write(written, xml_declaration=True, **said)
    return written.getvalue()
