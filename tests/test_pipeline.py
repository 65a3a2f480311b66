"""A rule that fails is named; one that has no memory is not at fault."""

from __future__ import annotations

from dataclasses import replace

import pytest

from qualitycheck.pipeline import check_document
from qualitycheck.reading import read_docx
from qualitycheck.rulebook.kinds import Bench
from tests.cli.drafts import report


def failing(monkeypatch: pytest.MonkeyPatch, fault: Exception) -> None:
    def fail(*_: object) -> None:
        raise fault

    monkeypatch.setattr(Bench, "judge", fail)


def test_a_rule_that_fails_is_named_and_the_others_speak(monkeypatch: pytest.MonkeyPatch) -> None:
    failing(monkeypatch, ValueError("words of the report"))
    result = check_document(read_docx(report()))
    assert "harm" in [rule.rule for rule in result.not_run]
    assert {rule.reason for rule in result.not_run} == {"it failed with ValueError"}
    assert result == replace(result, elements=())


def test_a_rule_without_memory_ends_the_check(monkeypatch: pytest.MonkeyPatch) -> None:
    failing(monkeypatch, MemoryError())
    with pytest.raises(MemoryError):
        check_document(read_docx(report()))
