"""Hidden text found and taken out: runs, paragraph marks and table rows that Word does not show."""

from __future__ import annotations

from collections.abc import Iterator

from lxml import etree

from qualitycheck.reading.names import VAL, W, on
from qualitycheck.reading.styles import Styles, look_of
from qualitycheck.writing.accepting import join_next
from qualitycheck.writing.trees import drop, has_words, local

_FIELD_MARKS = ("fldChar", "instrText")


def hidden_runs(root: etree._Element, styles: Styles) -> Iterator[etree._Element]:
    """The runs of a part that are hidden by themselves or by a style; `root` is in transitional names."""
    return (run for run in root.iter(W + "r") if _is_hidden(run, run.find(W + "rPr"), styles))


def hidden_rows(root: etree._Element) -> Iterator[etree._Element]:
    return (row for row in root.iter(W + "tr") if on(row.find(f"{W}trPr/{W}hidden")))


def hidden_marks(root: etree._Element, styles: Styles) -> Iterator[etree._Element]:
    """The paragraphs whose mark is hidden; one that only joins a heading to its text (w:specVanish) is not."""
    for paragraph in root.iter(W + "p"):
        look = paragraph.find(f"{W}pPr/{W}rPr")
        run_in = look is not None and on(look.find(W + "specVanish"))
        if not run_in and _is_hidden(paragraph, look, styles):
            yield paragraph


def remove_hidden(root: etree._Element, twin: etree._Element, styles: Styles) -> None:
    """Takes hidden text out of a part; `twin` is the same part in transitional names."""
    same = dict(zip(twin.iter(), root.iter(), strict=True))
    runs = [same[run] for run in hidden_runs(twin, styles)]
    marks = [same[paragraph] for paragraph in hidden_marks(twin, styles)]
    for row in [same[row] for row in hidden_rows(twin)]:
        drop(row)
    begun = sum(_field_depth(run) for run in runs)
    for run in runs:
        _empty(run, keep_fields=begun != 0)
    for paragraph in marks:
        if not has_words(paragraph):
            join_next(paragraph)


def _is_hidden(element: etree._Element, properties: etree._Element | None, styles: Styles) -> bool:
    paragraph = element if element.tag == W + "p" else next(element.iterancestors(W + "p"), None)
    of_paragraph = paragraph.find(f"{W}pPr/{W}pStyle") if paragraph is not None else None
    of_run = properties.find(W + "rStyle") if properties is not None else None
    look = styles.look(_value(of_paragraph), _value(of_run), look_of(properties))
    return bool(look.hidden)


def _value(element: etree._Element | None) -> str | None:
    return element.get(VAL) if element is not None else None


def _field_depth(run: etree._Element) -> int:
    """Fields that a run begins, less those it ends."""
    kinds = [next(iter(each.attrib.values()), "") for each in run if local(each) == "fldChar"]
    return kinds.count("begin") - kinds.count("end")


def _empty(run: etree._Element, *, keep_fields: bool) -> None:
    """Takes a run out; where fields begin in hidden text and end in plain, their marks stay."""
    if keep_fields and any(local(child) in _FIELD_MARKS for child in run):
        for child in list(run):
            if local(child) not in (*_FIELD_MARKS, "rPr"):
                drop(child)
    else:
        drop(run)
