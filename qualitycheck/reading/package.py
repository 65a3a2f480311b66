"""The .docx as a package: a zip file of named parts, related to one another (ECMA-376 part 2, OPC).

Everything that is hostile or broken about a file is met here, and refused with one plain sentence. A message begins
with its verb ("is encrypted: …"), so that whoever prints it can put the file's name before it.
"""

from __future__ import annotations

import io
import posixpath
import struct
import zipfile
import zlib
from typing import NamedTuple
from urllib.parse import unquote, urlsplit

from lxml import etree

from qualitycheck.errors import UnreadableReport
from qualitycheck.limits import MEBIBYTE, Limits
from qualitycheck.reading.foreign import refuse_other_package, refuse_unless_zip
from qualitycheck.reading.names import transitional

_MAIN_TYPES = (
    "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml",
    "application/vnd.openxmlformats-officedocument.wordprocessingml.template.main+xml",
    "application/vnd.ms-word.document.macroenabled.main+xml",
    "application/vnd.ms-word.template.macroenabledtemplate.main+xml",
)
_ZIP_FAULTS = (zipfile.BadZipFile, zlib.error, EOFError, OSError, NotImplementedError, ValueError, struct.error)


class Relationship(NamedTuple):
    """One line of a .rels part; `kind` is the last word of its type, the same in strict and transitional files."""

    id: str
    kind: str
    target: str  # the name of a part as `Package.names` spells it, or an address if `external`
    external: bool


def parse_xml(data: bytes, limits: Limits = Limits()) -> etree._Element:
    """The root of a part. Entities and document type declarations are refused, nothing is fetched.

    Positions of elements count in `root.iter()` of this very tree, comments and processing instructions included.

    Raises:
        UnreadableReport: `damaged` if it is not well-formed, `too-complex` if it passes `limits`.
    """
    if data.count(b"<") + data.count(b"=") > limits.markup:
        raise too_complex()
    if any(mark in data for mark in (b"<!DOCTYPE", "<!DOCTYPE".encode("utf-16-le"), "<!DOCTYPE".encode("utf-16-be"))):
        raise _forbidden_declaration()
    parser = etree.XMLParser(resolve_entities=False, load_dtd=False, no_network=True, huge_tree=False)
    try:
        root = etree.fromstring(data, parser)
    except etree.XMLSyntaxError as fault:
        if "depth" in str(fault).lower() or "huge" in str(fault).lower():
            raise too_complex() from None
        raise damaged() from None
    except ValueError:
        raise damaged() from None
    if root.getroottree().docinfo.internalDTD is not None:
        raise _forbidden_declaration()
    return root


class Package:
    """A .docx, .docm or .dotx file, opened and found to be one."""

    def __init__(self, archive: zipfile.ZipFile, limits: Limits) -> None:
        self._archive = archive
        self._limits = limits
        self._unpacked = 0
        self._relationships: dict[str, tuple[Relationship, ...]] = {}
        self._infos = {_plain(info.filename): info for info in archive.infolist() if not info.is_dir()}
        self.names: tuple[str, ...] = tuple(info.filename for info in self._infos.values())
        self._types_by_name, self._types_by_ending = self._content_types()
        self.main: str = self._find_main()

    @classmethod
    def open(cls, data: bytes, limits: Limits = Limits()) -> Package:
        """The package in `data`.

        Raises:
            UnreadableReport: with every code but `no-text` and `timed-out`.
        """
        refuse_unless_zip(data)
        if len(data) > limits.file_bytes:
            raise too_big(limits)
        try:
            archive = zipfile.ZipFile(io.BytesIO(data))
        except _ZIP_FAULTS:
            raise damaged() from None
        infos = archive.infolist()
        if any(info.flag_bits & 1 for info in infos):
            raise encrypted()
        if (
            len(infos) > limits.parts
            or sum(info.file_size for info in infos) > limits.unpacked_bytes
            or any(_is_bomb(info, limits) for info in infos)
        ):
            raise too_large()
        return cls(archive, limits)

    def resolve(self, name: str) -> str | None:
        """The name of a part as the zip file spells it: case, leading slash, backslashes and %-codes do not matter."""
        info = self._infos.get(_plain(name))
        return info.filename if info else None

    def part(self, name: str) -> bytes:
        """The bytes of a part.

        Raises:
            KeyError: if there is no such part.
            UnreadableReport: if it is damaged or unpacks to more than the limits allow.
        """
        info = self._infos[_plain(name)]
        if info.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED):
            raise damaged()
        most = min(self._limits.part_bytes, self._limits.unpacked_bytes - self._unpacked)
        try:
            with self._archive.open(info) as stream:
                data = stream.read(most + 1)
        except _ZIP_FAULTS:
            raise damaged() from None
        except RuntimeError:  # what zipfile says of a part that wants a password
            raise encrypted() from None
        if len(data) > most:
            raise too_large()
        self._unpacked += len(data)
        return data

    def xml(self, name: str) -> etree._Element:
        """The tree of a part, with strict names turned into transitional ones; positions are those of `parse_xml`."""
        data = self.part(name)
        return parse_xml(transitional(data), self._limits)

    def content_type(self, name: str) -> str:
        """The media type of a part, in lower case; "" if the package does not say."""
        plain = _plain(name)
        return self._types_by_name.get(plain) or self._types_by_ending.get(plain.rpartition(".")[2], "")

    def relationships(self, name: str = "") -> tuple[Relationship, ...]:
        """What a part refers to; of the package itself if no name is given. Targets that are not there are left out."""
        if name not in self._relationships:
            self._relationships[name] = self._read_relationships(name)
        return self._relationships[name]

    def _read_relationships(self, name: str) -> tuple[Relationship, ...]:
        folder, base = posixpath.split(_plain(name))
        rels = posixpath.join(folder, "_rels", base + ".rels")
        if rels not in self._infos:
            return ()
        found = []
        for element in self.xml(rels):
            kind = element.get("Type", "").rpartition("/")[2]
            target = element.get("Target", "").replace("\\", "/")
            if element.get("TargetMode", "").lower() == "external":
                found.append(Relationship(element.get("Id", ""), kind, target, True))
                continue
            path = _path(target)
            inside = self.resolve(path if path.startswith("/") else posixpath.join(folder, path))
            if inside is not None:
                found.append(Relationship(element.get("Id", ""), kind, inside, False))
        return tuple(found)

    def related(self, name: str, kind: str) -> str | None:
        """The first part of a kind ("styles", "footnotes") that a part refers to."""
        return next((r.target for r in self.relationships(name) if r.kind == kind and not r.external), None)

    def _content_types(self) -> tuple[dict[str, str], dict[str, str]]:
        by_name: dict[str, str] = {}
        by_ending: dict[str, str] = {}
        if "[content_types].xml" not in self._infos:
            return by_name, by_ending
        for element in self.xml("[content_types].xml").iterchildren("{*}Override", "{*}Default"):
            kind = element.get("ContentType", "").lower()
            if element.get("PartName") is not None:
                by_name[_plain(element.get("PartName", ""))] = kind
            else:
                by_ending[element.get("Extension", "").lower()] = kind
        return by_name, by_ending

    def _find_main(self) -> str:
        named = self.related("", "officeDocument") or self.resolve("word/document.xml")
        if named is not None and self.content_type(named) in _MAIN_TYPES:
            return named
        typed = next((name for name in self.names if self.content_type(name) in _MAIN_TYPES), None)
        if typed is not None:
            return typed
        refuse_other_package(self.names, self.content_type(named) if named else "")
        if named is None:
            raise damaged()
        return named


def damaged() -> UnreadableReport:
    return UnreadableReport("damaged", "is damaged: open it in Word, let Word repair it, save it and try again")


def encrypted() -> UnreadableReport:
    return UnreadableReport("encrypted", "is encrypted: remove the password and try again")


def too_big(limits: Limits) -> UnreadableReport:
    most = limits.file_bytes // MEBIBYTE
    return UnreadableReport(
        "too-large-inside", f"is larger than {most} MB: make its pictures smaller, or take them out, and try again"
    )


def too_large() -> UnreadableReport:
    return UnreadableReport(
        "too-large-inside",
        "unpacks to far more than a report holds: save a copy with only the report in it and try again",
    )


def too_complex() -> UnreadableReport:
    return UnreadableReport(
        "too-complex",
        "is longer or more deeply nested than a report can be: save only the report's text as a new document",
    )


def _forbidden_declaration() -> UnreadableReport:
    return UnreadableReport(
        "damaged", "declares entities of its own, which Word never does, so it was not read: save it again in Word"
    )


def _is_bomb(info: zipfile.ZipInfo, limits: Limits) -> bool:
    return info.file_size > limits.ratio_from_bytes and info.file_size > limits.ratio * max(info.compress_size, 1)


def _path(target: str) -> str:
    return urlsplit(target).path if "://" in target else target.partition("#")[0].partition("?")[0]


def _plain(name: str) -> str:
    """One spelling for all the ways to write a part's name (OPC: names are equal without regard to case)."""
    return posixpath.normpath("/" + unquote(name.replace("\\", "/"))).lstrip("/").lower()
