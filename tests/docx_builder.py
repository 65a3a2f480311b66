"""Small words for building a .docx in a test, part by part, from its XML.

    docx(p("Background", style="Heading1"), p("Seen on ", ins("3 May"), "."), footnotes={"2": p("A note.")})

Strings are text; everything that begins with "<" is XML already.
"""

from __future__ import annotations

import io
import zipfile
from collections.abc import Mapping
from xml.sax.saxutils import escape

TRANSITIONAL = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
STRICT = "http://purl.oclc.org/ooxml/wordprocessingml/main"
_RELATIONSHIPS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
_NAMES = {
    "w": TRANSITIONAL,
    "r": _RELATIONSHIPS,
    "m": "http://schemas.openxmlformats.org/officeDocument/2006/math",
    "mc": "http://schemas.openxmlformats.org/markup-compatibility/2006",
    "wps": "http://schemas.microsoft.com/office/word/2010/wordprocessingShape",
    "v": "urn:schemas-microsoft-com:vml",
    "w14": "http://schemas.microsoft.com/office/word/2010/wordml",
    "w15": "http://schemas.microsoft.com/office/word/2012/wordml",
    "a": "http://schemas.openxmlformats.org/drawingml/2006/main",
    "pic": "http://schemas.openxmlformats.org/drawingml/2006/picture",
    "c": "http://schemas.openxmlformats.org/drawingml/2006/chart",
    "o": "urn:schemas-microsoft-com:office:office",
}
MAIN_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"
_HEADING = (
    '<w:style w:type="paragraph" w:styleId="Heading{0}"><w:name w:val="heading {0}"/>'
    '<w:pPr><w:outlineLvl w:val="{1}"/></w:pPr></w:style>'
)
STYLES = (
    '<w:style w:type="paragraph" w:default="1" w:styleId="Normal"><w:name w:val="Normal"/></w:style>'
    + _HEADING.format(1, 0)
    + _HEADING.format(2, 1)
)


def root(tag: str, *content: str) -> str:
    names = " ".join(f'xmlns:{prefix}="{uri}"' for prefix, uri in _NAMES.items())
    return f'<?xml version="1.0" encoding="UTF-8"?><{tag} {names}>{"".join(content)}</{tag}>'


def xml(*content: str) -> str:
    """Strings as runs, XML as it is."""
    return "".join(each if each.startswith("<") else r(each) for each in content if each)


def t(text: str) -> str:
    return f'<w:t xml:space="preserve">{escape(text)}</w:t>'


def r(*content: str, look: str = "") -> str:
    """A run; `look` is what goes into its w:rPr: "<w:b/>"."""
    properties = f"<w:rPr>{look}</w:rPr>" if look else ""
    return f"<w:r>{properties}{''.join(c if c.startswith('<') else t(c) for c in content)}</w:r>"


def p(*content: str, style: str = "", properties: str = "") -> str:
    """A paragraph; `properties` is more of its w:pPr."""
    named = f'<w:pStyle w:val="{style}"/>' if style else ""
    return f"<w:p><w:pPr>{named}{properties}</w:pPr>{xml(*content)}</w:p>"


def bold(text: str) -> str:
    return p(r(text, look="<w:b/>"))


def ins(*content: str) -> str:
    return f'<w:ins w:id="1" w:author="A">{xml(*content)}</w:ins>'


def deleted(text: str) -> str:
    return f'<w:del w:id="2" w:author="A"><w:r><w:delText>{escape(text)}</w:delText></w:r></w:del>'


def control(*content: str, properties: str = "") -> str:
    """A content control around anything."""
    return f"<w:sdt><w:sdtPr>{properties}</w:sdtPr><w:sdtContent>{xml(*content)}</w:sdtContent></w:sdt>"


def field(instruction: str, *result: str) -> str:
    """A complex field, in runs."""
    mark = '<w:r><w:fldChar w:fldCharType="{}"/></w:r>'.format
    told = f"<w:r><w:instrText>{escape(instruction)}</w:instrText></w:r>"
    return mark("begin") + told + mark("separate") + xml(*result) + mark("end")


def tc(*paragraphs: str, properties: str = "") -> str:
    return f"<w:tc><w:tcPr>{properties}</w:tcPr>{''.join(paragraphs) or '<w:p/>'}</w:tc>"


def tr(*cells: str, properties: str = "") -> str:
    return f"<w:tr><w:trPr>{properties}</w:trPr>{''.join(c if c.startswith('<w:') else tc(p(c)) for c in cells)}</w:tr>"


def tbl(*rows: str) -> str:
    return f"<w:tbl><w:tblPr/><w:tblGrid/>{''.join(rows)}</w:tbl>"


def numbered(text: str, level: int = 0, list_id: int = 1, style: str = "") -> str:
    list_ = f'<w:numPr><w:ilvl w:val="{level}"/><w:numId w:val="{list_id}"/></w:numPr>'
    return p(text, style=style, properties=list_)


def level(at: int, pattern: str, form: str = "decimal", start: int = 1, more: str = "") -> str:
    shown = f'<w:numFmt w:val="{form}"/>{more}<w:lvlText w:val="{pattern}"/>'
    return f'<w:lvl w:ilvl="{at}"><w:start w:val="{start}"/>{shown}</w:lvl>'


def numbering(*levels: str, more: str = "") -> str:
    """One list, number 1, of these levels; `more` is further XML."""
    return (
        f'<w:abstractNum w:abstractNumId="0">{"".join(levels)}</w:abstractNum>'
        f'<w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num>{more}'
    )


def text_box(*paragraphs: str) -> str:
    """A text box as Word writes it: the box, and the same once more for older programs."""
    inside = f"<w:txbxContent>{''.join(paragraphs)}</w:txbxContent>"
    return (
        '<w:r><mc:AlternateContent><mc:Choice Requires="wps"><w:drawing><wps:txbx>'
        f"{inside}</wps:txbx></w:drawing></mc:Choice><mc:Fallback><w:pict><v:textbox>{inside}</v:textbox></w:pict>"
        "</mc:Fallback></mc:AlternateContent></w:r>"
    )


def docx(
    *body: str,
    styles: str = STYLES,
    numbering: str = "",
    footnotes: Mapping[str, str] | None = None,
    endnotes: Mapping[str, str] | None = None,
    comments: str = "",
    settings: str = "",
    margins: Mapping[str, str] | None = None,
    section: str = "",
    main_type: str = MAIN_TYPE,
    more: Mapping[str, str | bytes] | None = None,
    relationships: str = "",
) -> bytes:
    """The bytes of a .docx. `margins` are headers and footers by part name ("header1"), their ids the same."""
    parts: dict[str, str | bytes] = {"styles": root("w:styles", styles)}
    for name, content in (("numbering", numbering), ("comments", comments), ("settings", settings)):
        if content:
            parts[name] = root(f"w:{name}", content)
    for kind, notes in (("footnote", footnotes), ("endnote", endnotes)):
        if notes:
            told = (f'<w:{kind} w:id="{key}">{content}</w:{kind}>' for key, content in notes.items())
            parts[f"{kind}s"] = root(f"w:{kind}s", *told)
    for name, content in (margins or {}).items():
        parts[name] = root("w:hdr" if name.startswith("header") else "w:ftr", content)
    related = "".join(
        f'<Relationship Id="{name}" Type="{_RELATIONSHIPS}/{name.rstrip("0123456789")}" Target="{name}.xml"/>'
        for name in parts
    )
    document = root("w:document", f"<w:body>{''.join(body)}<w:sectPr>{section}</w:sectPr></w:body>")
    return package(
        {
            "[Content_Types].xml": content_types(main_type),
            "_rels/.rels": relations(
                f'<Relationship Id="r1" Type="{_RELATIONSHIPS}/officeDocument" Target="word/document.xml"/>'
            ),
            "word/document.xml": document,
            "word/_rels/document.xml.rels": relations(related + relationships),
            **{f"word/{name}.xml": content for name, content in parts.items()},
            **(more or {}),
        }
    )


def content_types(main_type: str = MAIN_TYPE, main: str = "/word/document.xml") -> str:
    return (
        f'<Types xmlns="{_PACKAGE}/content-types"><Default Extension="xml" ContentType="application/xml"/>'
        f'<Override PartName="{main}" ContentType="{main_type}"/></Types>'
    )


def relations(content: str) -> str:
    return f'<Relationships xmlns="{_PACKAGE}/relationships">{content}</Relationships>'


def package(parts: Mapping[str, str | bytes], compression: int = zipfile.ZIP_DEFLATED) -> bytes:
    """A zip file of these parts."""
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w", compression) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return held.getvalue()


def parts_of(data: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}
