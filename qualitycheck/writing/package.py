"""A Word file as a package of parts that can be changed one by one.

Parts nobody touches keep their bytes, their order and their dates; the rules for relationships and
content types are those of ECMA-376, part 2 (Open Packaging Conventions).
"""

from __future__ import annotations

import io
import posixpath
import zipfile
from collections.abc import Callable
from typing import NamedTuple
from urllib.parse import unquote
from xml.sax.saxutils import quoteattr

from qualitycheck.reading.package import Package as Opened
from qualitycheck.reading.package import damaged
from qualitycheck.writing.markup import Markup, Node, Splice, inside_end

CONTENT_TYPES = "[Content_Types].xml"
ROOT = ""  # the package itself, as the source of relationships
_RELATIONSHIPS = "http://schemas.openxmlformats.org/package/2006/relationships"
_DECLARATION = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
_EPOCH = (1980, 1, 1, 0, 0, 0)  # the earliest date a zip can hold: new parts look the same on every day


class Relation(NamedTuple):
    """A relationship from one part to another; `target` is a part's name, "" where it points outside the file."""

    id: str
    type: str
    target: str
    source: str

    @property
    def kind(self) -> str:
        """The last word of the type: "comments", "styles"; the same in strict and transitional files."""
        return self.type.rpartition("/")[2]


class Package:
    """The parts of a .docx, .docm or .dotx; `saved()` gives the changed file, `data` is never altered."""

    def __init__(self, data: bytes) -> None:
        self._data = data
        self._opened = Opened.open(data)
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            self._infos = {info.filename: info for info in archive.infolist()}
        self._read: dict[str, bytes] = {}
        self._parsed: dict[str, Markup] = {}
        self._changed: dict[str, bytes | None] = {}
        self.main = self._opened.main

    @property
    def names(self) -> list[str]:
        """The parts there are now, new ones last."""
        kept = [name for name in self._infos if self._changed.get(name, b"") is not None]
        return kept + [name for name, data in self._changed.items() if name not in self._infos and data is not None]

    def __contains__(self, name: str) -> bool:
        return self._changed[name] is not None if name in self._changed else name in self._infos

    def read(self, name: str) -> bytes:
        """The bytes of a part as it is now."""
        changed = self._changed.get(name)
        if changed is not None:
            return changed
        if name not in self._read:
            self._read[name] = b"" if self._infos[name].is_dir() else self._opened.part(name)
        return self._read[name]

    def markup(self, name: str) -> Markup:
        """A part as it is now, parsed."""
        if name not in self._parsed:
            self._parsed[name] = Markup(self.read(name))
        return self._parsed[name]

    def write(self, name: str, data: bytes) -> None:
        self._parsed.pop(name, None)
        if name in self._infos and self._read.get(name) == data:
            self._changed.pop(name, None)
        else:
            self._changed[name] = data

    def remove(self, name: str) -> None:
        """Takes a part out, with its relationships and its content type."""
        for gone in (name, self._spelled(relationships_of(name))):
            if gone in self._infos:
                self._changed[gone] = None
            else:
                self._changed.pop(gone, None)
        self._cut(self._spelled(CONTENT_TYPES), lambda node: (node.get("PartName") or "").lower() == f"/{name}".lower())

    def saved(self) -> bytes:
        """The file with its changes; the very bytes it was opened from where there are none."""
        if not self._changed:
            return self._data
        target = io.BytesIO()
        with zipfile.ZipFile(target, "w") as archive:
            for name in self.names:
                archive.writestr(_entry(name, self._infos.get(name)), self.read(name))
        return target.getvalue()

    def relations(self, source: str) -> list[Relation]:
        """The relationships of a part, or of the package (`ROOT`)."""
        name = self._spelled(relationships_of(source))
        if name not in self:
            return []
        return [
            Relation(node.get("Id") or "", node.get("Type") or "", self._target(source, node), source)
            for node in self.markup(name).named("Relationship")
        ]

    def related(self, source: str, kind: str) -> str | None:
        """The part that a part's relationship of this kind points to, or None."""
        targets = (relation.target for relation in self.relations(source) if relation.kind == kind)
        return next((target for target in targets if target in self), None)

    def relate(self, source: str, id_: str, type_: str, target: str) -> None:
        name = self._spelled(relationships_of(source))
        if name not in self:
            self.write(name, f'{_DECLARATION}<Relationships xmlns="{_RELATIONSHIPS}"></Relationships>'.encode())
        path = posixpath.relpath(target, posixpath.dirname(source) or ".")
        self._append(name, "Relationship", Id=id_, Type=type_, Target=path)

    def unrelate(self, relation: Relation) -> None:
        self._cut(self._spelled(relationships_of(relation.source)), lambda node: node.get("Id") == relation.id)

    def prune(self) -> None:
        """Takes out every part that nothing leads to any more."""
        reached = [ROOT]
        for source in reached:
            targets = (relation.target for relation in self.relations(source))
            reached += dict.fromkeys(target for target in targets if target in self and target not in reached)
        kept = {self._spelled(CONTENT_TYPES), *reached, *(self._spelled(relationships_of(part)) for part in reached)}
        for name in self.names:
            if name not in kept and name in self:
                self.remove(name)

    def declare(self, name: str, content_type: str) -> None:
        self._append(self._spelled(CONTENT_TYPES), "Override", PartName=f"/{name}", ContentType=content_type)

    def _target(self, source: str, node: Node) -> str:
        if node.get("TargetMode") == "External":
            return ""
        path = unquote((node.get("Target") or "").partition("#")[0].replace("\\", "/"))
        inside = posixpath.normpath(posixpath.join("/", posixpath.dirname(source), path)).lstrip("/")
        return self._spelled(inside)

    def _spelled(self, name: str) -> str:
        """A part's name as the zip file spells it."""
        return self._opened.resolve(name) or name

    def _append(self, part: str, element: str, **attributes: str) -> None:
        if part not in self:
            raise damaged()  # only a package without content types comes here
        markup = self.markup(part)
        root = markup.root
        prefix = markup.tag(root)[1:].split()[0].rstrip("/>").rpartition(":")[0]
        name = f"{prefix}:{element}" if prefix else element
        text = f"<{name}{''.join(f' {key}={quoteattr(value)}' for key, value in attributes.items())}/>"
        self.write(part, markup.spliced(inside_end(markup, root, text)))

    def _cut(self, part: str, doomed: Callable[[Node], bool]) -> None:
        if part in self:
            markup = self.markup(part)
            cuts = [Splice(node.start, node.end, "") for node in markup.root.children if doomed(node)]
            if cuts:
                self.write(part, markup.spliced(cuts))


def relationships_of(part: str) -> str:
    """The name of the part that holds another part's relationships."""
    folder, _, name = part.rpartition("/")
    return posixpath.join(folder, "_rels", f"{name}.rels")


def _entry(name: str, like: zipfile.ZipInfo | None = None) -> zipfile.ZipInfo:
    """A zip entry that says nothing of the machine or the day it was written on."""
    entry = zipfile.ZipInfo(name, like.date_time if like else _EPOCH)
    entry.compress_type = like.compress_type if like else zipfile.ZIP_DEFLATED
    entry.create_system = like.create_system if like else 0
    entry.external_attr = like.external_attr if like else 0
    return entry
