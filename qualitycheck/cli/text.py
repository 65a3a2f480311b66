"""`qualitycheck text`: what was read, one line a paragraph."""

from __future__ import annotations

from argparse import Namespace

from qualitycheck.cli.files import one_input, put
from qualitycheck.configuration import load_configuration
from qualitycheck.document import Document, Paragraph
from qualitycheck.errors import UnreadableReport, UserError
from qualitycheck.reading import read_docx
from qualitycheck.rendering.data import as_json
from qualitycheck.rendering.plain import plain


def run(options: Namespace) -> int:
    source = one_input(options.path)
    limits = load_configuration(options.config).limits
    try:
        document = read_docx(source.read(limits.file_bytes), name=source.name, limits=limits)
    except UnreadableReport as refusal:
        raise UserError(f"{source.name} {refusal.message}") from None
    paragraphs = (*document.paragraphs, *document.margins)
    if options.format == "json":
        put(as_json([_as_dict(document, paragraph) for paragraph in paragraphs]))
    else:
        put("".join(f"{_line(document, paragraph)}\n" for paragraph in paragraphs).encode())
    return 0


def _as_dict(document: Document, paragraph: Paragraph) -> dict[str, object]:
    return {
        "paragraph": paragraph.index,
        "label": paragraph.label,
        "section": document.section_of(paragraph).title,
        "part": paragraph.part,
        "text": paragraph.text,
    }


def _line(document: Document, paragraph: Paragraph) -> str:
    """Number, label, section and text, apart by tabs; a line break within the paragraph is shown as a slash."""
    fields = (str(paragraph.index), paragraph.label or "", document.section_of(paragraph).title, paragraph.text)
    return "\t".join(" / ".join(plain(field).replace("\t", " ").splitlines()) for field in fields)
