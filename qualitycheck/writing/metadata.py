"""What a Word file tells about the people who wrote it, beside its text; named, and taken out."""

from __future__ import annotations

from collections.abc import Iterator

from lxml import etree

from qualitycheck.reading.package import parse_xml
from qualitycheck.writing.package import ROOT, Package, Relation
from qualitycheck.writing.trees import attribute, drop, local, words_of

# Relationships of the package and of its parts that lead to nothing but metadata, by the last word of their type.
_PROPERTIES = {
    "core-properties": "document properties",
    "extended-properties": "document properties",
    "extendedProperties": "document properties",
    "custom-properties": "custom properties",
    "customProperties": "custom properties",
    "thumbnail": "a picture of the first page",
    "origin": "a digital signature",
}
_COMMENTS = frozenset({"comments", "commentsExtended", "commentsIds", "commentsExtensible", "people", "documenttasks"})
_TEXTS = frozenset(
    "header footer footnotes endnotes styles stylesWithEffects numbering settings glossaryDocument".split()
)
_SETTINGS_TARGETS = frozenset(
    {"attachedTemplate", "mailMergeSource", "mailMergeHeaderSource", "recipientData", "mailMergeRecipientData"}
)
# Elements of the settings part (ECMA-376, part 1, 17.15.1) that name people, places on their machines, or other data.
_SETTINGS = {
    "attachedTemplate": "the template's place",
    "mailMerge": "a mail merge's source",
    "docVars": "document variables",
    "rsids": "editing sessions",
    "trackRevisions": "",
}
# Properties that Word can bind a control to ([MS-OE376], 2.1.28): such a control keeps its text and loses the bond.
_BUILT_IN = frozenset(
    {
        "{6C3C8BC8-F283-45AE-878A-BAB7291924A1}",
        "{6668398D-A668-4E3E-A5EB-62B293D839F1}",
    }
)


def metadata_present(package: Package) -> list[str]:
    """What metadata a file holds, in plain words, each once."""
    found = []
    for relation in package.relations(ROOT):
        if relation.kind in _PROPERTIES and _says_something(package, relation):
            found.append(_PROPERTIES[relation.kind])
    settings = package.related(package.main, "settings")
    if settings is not None:
        names = {node.name for node in package.markup(settings).root.children}
        found += [words for name, words in _SETTINGS.items() if words and name in names]
    if any(not bound for _, bound in custom_data(package)):
        found.append("custom XML data")
    return list(dict.fromkeys(found))


def custom_data(package: Package) -> Iterator[tuple[Relation, bool]]:
    """The custom XML items, and whether a control of the report shows what is in them."""
    items = [relation for relation in package.relations(package.main) if relation.kind == "customXml"]
    bound = {
        attribute(element, "storeItemID").upper()
        for name in (word_parts(package) if items else ())
        for element in words_of(parse_xml(package.read(name)), "dataBinding")
    }
    for relation in items:
        if relation.target in package:
            properties = package.related(relation.target, "customXmlProps")
            item = package.markup(properties).root.get("itemID") if properties is not None else None
            yield relation, (item or "").upper() in bound


def word_parts(package: Package) -> list[str]:
    """The parts that hold WordprocessingML and can be reached from the main part."""
    found = [package.main]
    for name in found:
        for relation in package.relations(name):
            if relation.kind in _TEXTS and relation.target in package and relation.target not in found:
                found.append(relation.target)
    return found


def remove_metadata(package: Package) -> None:
    """Takes out all that `metadata_present` names, and the comment parts; `Package.prune` then drops the parts."""
    for relation in package.relations(ROOT):
        if relation.kind in _PROPERTIES:
            package.unrelate(relation)
    for relation, bound in list(custom_data(package)):
        if not bound:
            package.unrelate(relation)
    for name in word_parts(package):
        for relation in package.relations(name):
            if relation.kind in _COMMENTS | _SETTINGS_TARGETS:
                package.unrelate(relation)


def forget_people(root: etree._Element) -> None:
    """Takes out of a part's tree the editing sessions, the people allowed to edit, and bonds to removed properties."""
    for element in list(words_of(root)):
        name = local(element)
        unbound = name == "dataBinding" and attribute(element, "storeItemID").upper() in _BUILT_IN
        setting = name in _SETTINGS and element.getparent() is root
        if unbound or setting or name in ("permStart", "permEnd"):
            drop(element)
        for key in [key for key in element.attrib if str(key).rpartition("}")[2].startswith("rsid")]:
            del element.attrib[key]


def _says_something(package: Package, relation: Relation) -> bool:
    if relation.target not in package:
        return False
    if relation.kind in ("thumbnail", "origin"):
        return True
    return any((element.text or "").strip() for element in parse_xml(package.read(relation.target)).iter())
