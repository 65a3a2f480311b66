"""What the page of a result shows: filters, what was set aside, and the marks that are left."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime

import pytest

from qualitycheck.checking import Checker
from qualitycheck.rendering.sheet import Group, Piece, Sheet, Table, lay_out
from qualitycheck.result import Level, Status
from qualitycheck.service.checks.check import Check, Previous, State
from qualitycheck.service.pages.showing import Wanted, marked_for, show
from tests.cli.drafts import report
from tests.docx_builder import p, tbl, tc, tr

EVERYTHING = Wanted()


@pytest.fixture(scope="module")
def check() -> Check:
    data = report(
        p("1. Ada is well. [Insert the child's views here]"),
        p("2. The visit was on [date], and Ada was definately there."),
        tbl(tr(tc(p("Visit")), tc(p("[Insert place]")))),
    )
    one = Checker("section7").check(data, "draft.docx")
    assert one.document
    assert len(one.result.findings) >= 3
    sheet = lay_out(one.result, one.document)
    return Check("id", "a", "s", "draft.docx", data, "auto", datetime.now(UTC), State.DONE, None, one.result, sheet)


def pieces(sheet: Sheet) -> Iterator[Piece]:
    for block in sheet.blocks:
        groups = block.rows if isinstance(block, Table) else ((block,),)
        for row in groups:
            for part in row:
                for group in (part,) if isinstance(part, Group) else part.groups:
                    for line in group.lines:
                        yield from line.pieces


def test_must_fix_comes_first_and_within_a_level_the_catalogue(check: Check) -> None:
    assert check.result
    showing = show(check, EVERYTHING)
    lacking = [(element.level, element.id) for element in showing.lacking]
    in_order = [element.id for element in check.result.elements]
    assert lacking == sorted(
        lacking, key=lambda pair: (list(Level).index(pair[0] or Level.CONSIDER), in_order.index(pair[1]))
    )
    assert {element.status for element in showing.settled} <= {Status.MET, Status.NOT_APPLICABLE}
    assert len(showing.lacking) + len(showing.settled) == len(check.result.elements)
    assert 1 <= len(showing.first) <= 5


def test_a_filter_leaves_what_was_asked_for_under_its_own_number(check: Check) -> None:
    everything = show(check, EVERYTHING)
    chosen = everything.findings[-1]
    showing = show(check, Wanted(chosen.finding.level, chosen.finding.id))
    assert chosen in showing.findings
    assert {one.finding.id for one in showing.findings} == {chosen.finding.id}
    assert not showing.settled
    assert showing.total == everything.total == everything.shown
    assert showing.first == everything.first


def test_what_an_address_says_is_checked() -> None:
    assert Wanted.told("must-fix", "rests-on-hope", ["rests-on-hope"]) == Wanted(Level.MUST_FIX, "rests-on-hope")
    assert Wanted.told("worst", "<script>", ["rests-on-hope"]) == EVERYTHING


def test_set_aside_goes_apart_and_keeps_its_number(check: Check) -> None:
    assert check.result
    first = check.result.findings[0]
    showing = show(replace(check, decisions={first.fingerprint: "It is quoted."}), EVERYTHING)
    assert [(one.number, one.reason) for one in showing.aside] == [(1, "It is quoted.")]
    assert [one.number for one in showing.findings] == list(range(2, len(check.result.findings) + 1))
    assert showing.sheet
    assert not any(1 in piece.begin or 1 in piece.end for piece in pieces(showing.sheet))


def test_only_what_is_shown_is_marked_and_no_word_is_lost(check: Check) -> None:
    assert check.result and check.sheet
    words = [piece.text for piece in pieces(check.sheet)]
    for number, finding in enumerate(check.result.findings, start=1):
        sheet = marked_for(check.sheet, {number: finding.level})
        assert [piece.text for piece in pieces(sheet)] == words
        assert "".join(piece.text for piece in pieces(sheet) if piece.level) == finding.passage.text
        assert [n for piece in pieces(sheet) for n in piece.begin] == [number]
    assert not any(piece.level for piece in pieces(marked_for(check.sheet, {})))


def test_all_marks_are_as_the_sheet_had_them(check: Check) -> None:
    assert check.sheet
    assert show(check, EVERYTHING).sheet == check.sheet


def test_the_next_draft_is_compared(check: Check) -> None:
    assert check.result
    gone, *left = check.result.findings
    now = replace(check.result, findings=tuple(left))
    showing = show(replace(check, result=now, previous=Previous("draft.docx", check.result)), EVERYTHING)
    assert showing.compared
    assert showing.compared.fixed == (gone,)
    assert showing.compared.still_there == tuple(left)
    assert not showing.compared.new


def test_nothing_to_fix(check: Check) -> None:
    assert check.result
    clean = replace(check.result, findings=(), elements=tuple(e for e in check.result.elements if e.level is None))
    showing = show(replace(check, result=clean), EVERYTHING)
    assert (showing.total, showing.first, showing.findings, showing.lacking) == (0, (), (), ())
