"""The pieces of WordprocessingML that python-docx does not write: controls, text boxes, notes, revisions, numbering.

Every function returns elements (or a finished part) and knows nothing of reports. Element and attribute names are those
of ECMA-376 part 1, section 17; the text box follows the DrawingML shape with a VML fallback that Word itself writes.
"""

from __future__ import annotations

import copy
import io
import zipfile
from collections.abc import Iterable, Sequence
from typing import TypeAlias

from docx.opc.constants import CONTENT_TYPE, RELATIONSHIP_TYPE
from docx.opc.packuri import PackURI
from docx.opc.part import Part
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls, qn
from lxml import etree

Element: TypeAlias = etree._Element

_W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_XML_SPACE = "{http://www.w3.org/XML/1998/namespace}space"
# The oldest date a zip archive can carry: the same bytes come out on every day and machine.
_ZIP_EPOCH = (1980, 1, 1, 0, 0, 0)

_TEXT_BOX = """
<w:r xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"
     xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006"
     xmlns:wp="http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing"
     xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main"
     xmlns:wps="http://schemas.microsoft.com/office/word/2010/wordprocessingShape"
     xmlns:v="urn:schemas-microsoft-com:vml">
  <mc:AlternateContent>
    <mc:Choice Requires="wps">
      <w:drawing>
        <wp:inline distT="0" distB="0" distL="0" distR="0">
          <wp:extent cx="5486400" cy="{height}"/>
          <wp:docPr id="{number}" name="Text Box {number}"/>
          <a:graphic>
            <a:graphicData uri="http://schemas.microsoft.com/office/word/2010/wordprocessingShape">
              <wps:wsp>
                <wps:cNvSpPr txBox="1"/>
                <wps:spPr>
                  <a:xfrm><a:off x="0" y="0"/><a:ext cx="5486400" cy="{height}"/></a:xfrm>
                  <a:prstGeom prst="rect"><a:avLst/></a:prstGeom>
                  <a:ln w="9525"><a:solidFill><a:srgbClr val="404040"/></a:solidFill></a:ln>
                </wps:spPr>
                <wps:txbx><w:txbxContent/></wps:txbx>
                <wps:bodyPr wrap="square"><a:spAutoFit/></wps:bodyPr>
              </wps:wsp>
            </a:graphicData>
          </a:graphic>
        </wp:inline>
      </w:drawing>
    </mc:Choice>
    <mc:Fallback>
      <w:pict>
        <v:shape id="TextBox{number}" type="#_x0000_t202" style="width:432pt;height:{points}pt">
          <v:textbox><w:txbxContent/></v:textbox>
        </v:shape>
      </w:pict>
    </mc:Fallback>
  </mc:AlternateContent>
</w:r>
"""


def w(tag: str, *children: Element, text: str | None = None, **attributes: str | int) -> Element:
    """A `w:` element; attributes are in the same namespace, `text` keeps its spaces."""
    element = parse_xml(f"<w:{tag} {nsdecls('w')}/>")
    for name, value in attributes.items():
        element.set(f"{{{_W}}}{name}", str(value))
    if text is not None:
        element.text = text
        if text != text.strip():
            element.set(_XML_SPACE, "preserve")
    element.extend(children)
    return element


def run(text: str, *properties: Element, deleted: bool = False) -> Element:
    """A run of text; line feeds become line breaks and tabs tab stops."""
    element = w("r", w("rPr", *properties)) if properties else w("r")
    for line_number, line in enumerate(text.split("\n")):
        if line_number:
            element.append(w("br"))
        for piece_number, piece in enumerate(line.split("\t")):
            if piece_number:
                element.append(w("tab"))
            if piece:
                element.append(w("delText" if deleted else "t", text=piece))
    return element


def field(instruction: str, result: str) -> list[Element]:
    """The runs of a complex field, showing `result` until Word works it out again."""
    return [
        w("r", w("fldChar", fldCharType="begin")),
        w("r", w("instrText", text=f" {instruction} ")),
        w("r", w("fldChar", fldCharType="separate")),
        run(result),
        w("r", w("fldChar", fldCharType="end")),
    ]


def revision(kind: str, number: int, author: str, date: str, *children: Element) -> Element:
    """A tracked change; `kind` is ins, del, moveFrom or moveTo, `date` ISO 8601."""
    return w(kind, *children, id=number, author=author, date=date)


def control(number: int, title: str, kind: Element | None, *content: Element, placeholder: bool = False) -> Element:
    """A content control around `content` (runs, paragraphs, a cell or a row, by where it is put)."""
    properties = w("sdtPr", w("alias", val=title), w("id", val=number))
    if placeholder:
        properties.append(w("showingPlcHdr"))
    if kind is not None:
        properties.append(kind)
    return w("sdt", properties, w("sdtContent", *content))


def date_kind(iso_date: str | None) -> Element:
    """The kind of a date control, holding `iso_date` when it is filled."""
    kind = w("date", w("dateFormat", val="d MMMM yyyy"), w("lid", val="en-GB"), w("storeMappedDataAs", val="dateTime"))
    if iso_date:
        kind.set(qn("w:fullDate"), f"{iso_date}T00:00:00Z")
    return kind


def dropdown_kind(choices: Sequence[str]) -> Element:
    """The kind of a drop-down control."""
    return w("dropDownList", *(w("listItem", displayText=choice, value=choice) for choice in choices))


def text_box(number: int, paragraphs: Sequence[Element]) -> Element:
    """A run holding a text box: a DrawingML shape, and the same text again in VML for old readers."""
    lines = sum(1 + len(str(paragraph.xpath("string()"))) // 80 for paragraph in paragraphs)
    points = 20 + 16 * lines
    xml = "".join(line.strip() + " " for line in _TEXT_BOX.format(number=number, height=points * 12700, points=points)
                  .strip().splitlines()).replace("> <", "><")
    element = parse_xml(xml)
    first, second = element.iter(qn("w:txbxContent"))
    first.extend(paragraphs)
    second.extend(copy.deepcopy(paragraph) for paragraph in paragraphs)
    return element


def footnotes_part(notes: Iterable[tuple[int, Sequence[Element]]], package: object) -> Part:
    """The footnotes part: the two separators Word wants, then each note's number and runs."""
    root = w(
        "footnotes",
        w("footnote", w("p", w("r", w("separator"))), type="separator", id=-1),
        w("footnote", w("p", w("r", w("continuationSeparator"))), type="continuationSeparator", id=0),
    )
    for number, runs in notes:
        mark = w("r", w("rPr", w("vertAlign", val="superscript")), w("footnoteRef"))
        paragraph = w("p", w("pPr", w("pStyle", val="FootnoteText")), mark, run(" "), *runs)
        root.append(w("footnote", paragraph, id=number))
    blob = etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True)
    return Part(PackURI("/word/footnotes.xml"), CONTENT_TYPE.WML_FOOTNOTES, blob, package)  # type: ignore[arg-type]


FOOTNOTES_RELATIONSHIP = RELATIONSHIP_TYPE.FOOTNOTES


def footnote_reference(number: int) -> Element:
    """The run that stands for a footnote in the text."""
    return w("r", w("rPr", w("vertAlign", val="superscript")), w("footnoteReference", id=number))


def numbering(numbering_root: Element, levels: Sequence[tuple[str, str, str | None]]) -> int:
    """Add a multi-level list to a numbering part and return its number.

    Each level is its format (`decimal`, `lowerLetter`, `lowerRoman`, `bullet`), its text (`%1.`, `%1.%2`, `(%3)`) and
    the id of the paragraph style that carries it, if one does.
    """
    abstract_id = 900 + len(numbering_root)
    abstract = w("abstractNum", w("multiLevelType", val="multilevel"), abstractNumId=abstract_id)
    for depth, (number_format, text, style) in enumerate(levels):
        level = w("lvl", w("start", val=1), w("numFmt", val=number_format), ilvl=depth)
        if style:
            level.append(w("pStyle", val=style))
        left = 567 * (depth + 1)
        level.extend([w("lvlText", val=text), w("lvlJc", val="left"),
                      w("pPr", w("ind", left=left, hanging=567))])
        abstract.append(level)
    first_num = numbering_root.find(qn("w:num"))
    if first_num is None:
        numbering_root.append(abstract)
    else:
        first_num.addprevious(abstract)
    number = 1 + max((int(num.get(qn("w:numId"), "0")) for num in numbering_root.iter(qn("w:num"))), default=0)
    numbering_root.append(w("num", w("abstractNumId", val=abstract_id), numId=number))
    return number


def same_bytes_every_time(package: bytes) -> bytes:
    """The package with its files in their order, undated and uncompressed.

    Uncompressed, because two builds of zlib may press the same bytes differently.
    """
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(package)) as old, zipfile.ZipFile(out, "w", zipfile.ZIP_STORED) as new:
        for name in old.namelist():
            new.writestr(zipfile.ZipInfo(name, _ZIP_EPOCH), old.read(name))
    return out.getvalue()
