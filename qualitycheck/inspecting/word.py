"""The tables and charts as a Word document: headings, tables with their own headings, and the scales on every page."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from html import escape

from docx import Document as new_document
from docx.document import Document as WordFile
from docx.enum.section import WD_ORIENT
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.opc.packuri import PackURI
from docx.opc.part import Part
from docx.oxml.ns import qn
from docx.oxml.parser import OxmlElement, parse_xml
from docx.shared import Mm, Pt, RGBColor
from docx.text.paragraph import Paragraph

from qualitycheck.inspecting.charts import UNWEIGHTED, description, drawn, shades
from qualitycheck.inspecting.results import Criterion, Results
from qualitycheck.inspecting.tables import Titles, about, provisional, tables
from qualitycheck.rendering.tables import Table
from qualitycheck.rendering.wordfile import EARLIEST, clean, packed

FONT, LANGUAGE = "Arial", "en-GB"
SIZE = 9  # points, of tables and what stands above them
EMU = 36000  # in a millimetre
WIDE = 261  # of the page between its margins, in millimetres
_CHART = "application/vnd.openxmlformats-officedocument.drawingml.chart+xml"
_DRAWING = "http://schemas.openxmlformats.org/drawingml/2006"


def render(results: Results, titles: Titles) -> bytes:
    """The .docx, the same bytes for the same results."""
    page = _blank(results)
    page.add_heading("Inspection: tables and charts", 1)
    for line in about(results, titles):
        page.add_paragraph(clean(line))
    by_title = {titles.of(criterion.id): criterion for criterion in results.criteria}
    for number, table in enumerate(tables(results, titles), start=1):
        heading = page.add_heading(clean(table.title), 2)
        criterion = by_title.get(table.title)
        if criterion and drawn(criterion):
            heading.paragraph_format.page_break_before = True  # a chart stands above its own table
            _chart(page, criterion, f"{table.title} ({UNWEIGHTED})", number)
        notes = page.add_paragraph()
        notes.paragraph_format.keep_with_next = True
        _fill(notes, " ".join(table.notes), bold=False)
        _table(page, table)
    return packed(page)


def _blank(results: Results) -> WordFile:
    page = new_document()
    section = page.sections[0]
    section.orientation = WD_ORIENT.LANDSCAPE
    section.page_width, section.page_height = Mm(297), Mm(210)
    section.left_margin = section.right_margin = section.top_margin = section.bottom_margin = Mm(18)
    told = page.core_properties
    told.title, told.language = "Inspection: tables and charts", LANGUAGE
    told.author = told.last_modified_by = told.comments = ""
    told.created = told.modified = datetime(*EARLIEST)
    for language in page.styles.element.iter(qn("w:lang")):
        language.set(qn("w:val"), LANGUAGE)
    for name, size in (("Normal", 10), ("Heading 1", 17), ("Heading 2", 13)):
        style = page.styles[name]
        style.font.name, style.font.size, style.font.color.rgb = FONT, Pt(size), RGBColor(0, 0, 0)
        for kind in ("asciiTheme", "hAnsiTheme", "eastAsiaTheme", "cstheme"):  # they would go before the font named
            style.element.rPr.rFonts.attrib.pop(qn(f"w:{kind}"), None)
    settings = results.settings
    scales = dict.fromkeys((settings.overall.title, settings.criteria.title))
    told = [provisional(results), f"Grades: {'; '.join(scales)}. Words: {settings.words.title}."]
    foot = section.footer.paragraphs[0]
    _fill(foot, " ".join(filter(None, told)), bold=False)
    for words, code in ((" Page ", "PAGE"), (" of ", "NUMPAGES")):
        foot.add_run(words).font.size = Pt(SIZE)
        _field(foot, code)
    return page


def _field(paragraph: Paragraph, code: str) -> None:
    """A number that Word fills in itself."""
    field = OxmlElement("w:fldSimple")
    field.set(qn("w:instr"), code)
    run = paragraph.add_run("1")
    run.font.size = Pt(SIZE)
    field.append(run._r)
    paragraph._p.append(field)


def _large(text: str) -> str:
    return text[:1].upper() + text[1:]


def _table(page: WordFile, table: Table) -> None:
    """A table whose first row is its headings, on every page that it runs over."""
    made = page.add_table(rows=1, cols=len(table.heads))
    made.style = page.styles["Table Grid"]
    for cell, head in zip(made.rows[0].cells, table.heads, strict=True):
        _fill(cell.paragraphs[0], _large(head), bold=True)
    made.rows[0]._tr.get_or_add_trPr().append(OxmlElement("w:tblHeader"))
    for row in table.rows:
        line = made.add_row()
        line._tr.get_or_add_trPr().append(OxmlElement("w:cantSplit"))
        first, *others = ("" if value is None else str(value) for value in row)
        for cell, told in zip(line.cells, (_large(first), *others), strict=True):
            _fill(cell.paragraphs[0], told, bold=False)
    made.autofit = False
    for column, wide in zip(made.columns, _widths(table), strict=True):
        column.width = wide
        for cell in column.cells:
            cell.width = wide


def _widths(table: Table) -> list[int]:
    """As wide as what stands in each column asks for, and the whole as wide as the page."""
    longest = []
    for head, *column in zip(table.heads, *table.rows, strict=True):
        word = max(map(len, head.split())) + 3  # a heading is bold, and none of its words is broken
        longest.append(max([8, word, *(min(len(str(cell)), 45) for cell in column if cell is not None)]))
    return [Mm(WIDE * long / sum(longest)) for long in longest]


def _fill(paragraph: Paragraph, text: str, *, bold: bool) -> None:
    run = paragraph.add_run(clean(text))
    run.bold, run.font.size = bold, Pt(SIZE)


def _chart(page: WordFile, criterion: Criterion, title: str, number: int) -> None:
    """A chart that Word draws itself; its description is there for those who hear it."""
    rows = drawn(criterion)
    part = Part(PackURI(f"/word/charts/chart{number}.xml"), _CHART, _bars(criterion, title).encode(), page.part.package)
    link = page.part.relate_to(part, RELATIONSHIP_TYPE.CHART)
    wide, high = 180 * EMU, (35 + 11 * len(rows)) * EMU
    told = escape(clean(description(criterion)), quote=True)
    page.add_paragraph().add_run()._r.append(
        parse_xml(
            f'<w:drawing xmlns:w="{qn("w:p")[1:-2]}" xmlns:a="{_DRAWING}/main" '
            f'xmlns:wp="{_DRAWING}/wordprocessingDrawing"><wp:inline distT="0" distB="0" distL="0" distR="0">'
            f'<wp:extent cx="{wide}" cy="{high}"/>'
            f'<wp:docPr id="{number}" name="Chart {number}" descr="{told}"/><wp:cNvGraphicFramePr/>'
            f'<a:graphic><a:graphicData uri="{_DRAWING}/chart"><c:chart xmlns:c="{_DRAWING}/chart" '
            'xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships" '
            f'r:id="{link}"/></a:graphicData></a:graphic></wp:inline></w:drawing>'
        )
    )


def _bars(criterion: Criterion, title: str) -> str:
    """Bars of counts, one a stratum, stacked by grade and each as long as the others (ECMA-376 part 1, 21.2)."""
    rows = drawn(criterion)
    names = _points([row.stratum for row in rows], "str")
    series = []
    for at, (grade, (fill, ink)) in enumerate(
        zip(criterion.scale.grades, shades(len(criterion.scale.grades)), strict=True)
    ):
        counts = _points([str(row.cells[at].proportion.count) for row in rows if row.cells], "num")
        series.append(
            f'<c:ser><c:idx val="{at}"/><c:order val="{at}"/><c:tx><c:v>{_xml(grade)}</c:v></c:tx>'
            f'<c:spPr><a:solidFill><a:srgbClr val="{fill[1:]}"/></a:solidFill></c:spPr><c:invertIfNegative val="0"/>'
            '<c:dLbls><c:numFmt formatCode="0;;" sourceLinked="0"/><c:txPr><a:bodyPr/><a:p><a:pPr><a:defRPr sz="900">'
            f'<a:solidFill><a:srgbClr val="{ink[1:]}"/></a:solidFill></a:defRPr></a:pPr>'
            f'<a:endParaRPr lang="{LANGUAGE}"/>'
            '</a:p></c:txPr><c:showLegendKey val="0"/><c:showVal val="1"/><c:showCatName val="0"/>'
            '<c:showSerName val="0"/><c:showPercent val="0"/><c:showBubbleSize val="0"/></c:dLbls>'
            f"<c:cat>{names}</c:cat><c:val>{counts}</c:val></c:ser>"
        )
    return (
        '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>'
        f'<c:chartSpace xmlns:c="{_DRAWING}/chart" xmlns:a="{_DRAWING}/main"><c:chart>'
        f'<c:title><c:tx><c:rich><a:bodyPr/><a:p><a:r><a:rPr lang="{LANGUAGE}" sz="1100" b="1"/>'
        f'<a:t>{_xml(title)}</a:t></a:r></a:p></c:rich></c:tx><c:overlay val="0"/></c:title>'
        '<c:autoTitleDeleted val="0"/><c:plotArea><c:layout/><c:barChart><c:barDir val="bar"/>'
        '<c:grouping val="percentStacked"/><c:varyColors val="0"/>'
        + "".join(series)
        + '<c:gapWidth val="60"/><c:overlap val="100"/><c:axId val="1"/><c:axId val="2"/></c:barChart>'
        '<c:catAx><c:axId val="1"/><c:scaling><c:orientation val="maxMin"/></c:scaling><c:delete val="0"/>'
        '<c:axPos val="l"/><c:crossAx val="2"/></c:catAx>'
        '<c:valAx><c:axId val="2"/><c:scaling/><c:delete val="0"/><c:axPos val="b"/>'
        '<c:numFmt formatCode="0%" sourceLinked="0"/><c:crossAx val="1"/></c:valAx></c:plotArea>'
        '<c:legend><c:legendPos val="b"/><c:overlay val="0"/></c:legend><c:plotVisOnly val="1"/></c:chart>'
        "</c:chartSpace>"
    )


def _points(values: Sequence[str], kind: str) -> str:
    points = "".join(f'<c:pt idx="{at}"><c:v>{_xml(value)}</c:v></c:pt>' for at, value in enumerate(values))
    return f'<c:{kind}Lit><c:ptCount val="{len(values)}"/>{points}</c:{kind}Lit>'


def _xml(text: str) -> str:
    return escape(clean(text), quote=False)
