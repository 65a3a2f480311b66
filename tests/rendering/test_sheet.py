"""A report laid out: it survives the way to another process and into the store."""

from __future__ import annotations

import pickle

import pytest
from pydantic import TypeAdapter

from qualitycheck.checking import Checker
from qualitycheck.rendering.sheet import Group, Sheet, Table, lay_out
from tests.cli.drafts import report
from tests.docx_builder import p, tbl, tc, tr


@pytest.fixture(scope="module")
def sheet() -> Sheet:
    data = report(p("Ada [Insert name] spoke."), tbl(tr(tc(p("Visit")), tc(p("School")))))
    one = Checker("section7").check(data, "draft.docx")
    assert one.document and one.result.findings
    return lay_out(one.result, one.document)


def test_it_goes_to_another_process_and_back(sheet: Sheet) -> None:
    assert pickle.loads(pickle.dumps(sheet)) == sheet  # noqa: S301 - our own bytes


def test_it_goes_to_json_and_back(sheet: Sheet) -> None:
    adapter = TypeAdapter(Sheet)
    back = adapter.validate_json(adapter.dump_json(sheet))
    assert back == sheet
    assert {type(block) for block in back.blocks} == {Group, Table}


def test_every_finding_begins_and_ends_once(sheet: Sheet) -> None:
    lines = [line for block in sheet.blocks if isinstance(block, Group) for line in block.lines]
    pieces = [piece for line in lines for piece in line.pieces]
    began = [number for piece in pieces for number in piece.begin]
    assert began
    assert sorted(began) == sorted(number for piece in pieces for number in piece.end)
