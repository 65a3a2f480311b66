"""Two checkers of others' making find no fault in our copies that was not in the file before."""

from __future__ import annotations

import re
from collections import Counter
from pathlib import Path

import pytest
from ooxml_integrity import check
from openxml_audit import OpenXmlValidator

from qualitycheck.reading import read_docx
from qualitycheck.writing import annotate, clean, filing_copy
from tests.docx_builder import docx, p
from tests.writing.marks import finding, result
from tests.writing.test_annotating import BLOCKS, with_comments
from tests.writing.test_filing import with_metadata


def faults(data: bytes, path: Path) -> Counter[str]:
    path.write_bytes(data)
    told = [f"{each.part_uri}: {each.description}" for each in OpenXmlValidator().validate(path).errors]
    told += [str(each) for each in check(path) if each.severity.name != "INFO"]
    return Counter(re.sub(r"\d+", "#", each) for each in told)


@pytest.mark.parametrize(
    "data",
    [docx(*BLOCKS, footnotes={"2": p("the note")}), with_comments(), with_metadata()],
    ids=["everything", "comments", "metadata"],
)
def test_no_copy_has_a_fault_that_the_file_had_not(data: bytes, tmp_path: Path) -> None:
    document = read_docx(data)
    found = result(*(finding(document, each.text[-4:]) for each in document.paragraphs))
    before = faults(data, tmp_path / "before.docx")
    copy = annotate(data, document, found)
    for changed in (copy, clean(copy), filing_copy(data), filing_copy(copy)):
        assert faults(changed, tmp_path / "after.docx") - before == Counter()
