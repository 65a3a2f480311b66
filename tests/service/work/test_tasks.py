"""The real tasks in a real worker: what they answer is what the library says."""

from __future__ import annotations

import io
import sys
import zipfile
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from qualitycheck import writing
from qualitycheck.aside import SetAside
from qualitycheck.checking import Checked, Checker
from qualitycheck.errors import BadSetting, UnreadableReport
from qualitycheck.limits import Limits
from qualitycheck.pipeline import Stage, quietly
from qualitycheck.rendering import html
from qualitycheck.rendering.sheet import lay_out
from qualitycheck.rulebook.packs import load_rulebook
from qualitycheck.service.settings import Settings
from qualitycheck.service.work import tasks
from qualitycheck.service.work.pool import Pool
from tests.hostile import REFUSED, largest

SECONDS = 120

CRITERIA = load_rulebook().criteria


@pytest.fixture(scope="module")
def pool() -> Iterator[Pool]:
    made = Pool(Settings(workers=1))
    made.start()
    assert made.wait(SECONDS)
    yield made
    made.close()


@pytest.fixture(scope="module")
def checked(examples: list[Path]) -> tuple[Checker, Checked]:
    checker = Checker()
    path = examples[0]
    return checker, checker.check(path.read_bytes(), path.name)


def test_a_check_is_the_librarys(pool: Pool, checked: tuple[Checker, Checked]) -> None:
    _, one = checked
    assert one.document
    told: list[Stage] = []
    result, sheet = pool.submit("check", one.data, one.result.file, "auto", tell=told.append).result(SECONDS)
    assert result == one.result
    assert sheet == lay_out(one.result, one.document)
    assert told == list(Stage)


def test_what_is_downloaded_is_what_was_shown(pool: Pool, checked: tuple[Checker, Checked]) -> None:
    """With a known result nothing is checked again: even where the library would say something else."""
    checker, one = checked
    assert one.document
    fewer = replace(one.result, findings=one.result.findings[:4])
    reasons = {fewer.findings[0].fingerprint: "it is in the annex"}
    shown = SetAside(reasons).applied_to(fewer)
    given = (one.data, one.result.file, "auto", reasons, fewer)
    told: list[Stage] = []
    annotated = pool.submit("annotated", *given, tell=told.append).result(SECONDS)
    assert annotated == writing.annotate(one.data, one.document, shown, CRITERIA)
    assert told == [Stage.READING]
    page = html.render(shown, one.document, checker.rulebook.criteria, checker.tool)
    assert pool.submit("html", *given).result(SECONDS) == page.encode()
    summary = pool.submit("summary", *given, date(2026, 3, 4)).result(SECONDS)
    with zipfile.ZipFile(io.BytesIO(summary)) as archive:
        assert "4 March 2026" in archive.read("word/document.xml").decode()


def test_what_is_not_known_is_checked(pool: Pool, checked: tuple[Checker, Checked]) -> None:
    _, one = checked
    assert one.document
    annotated = pool.submit("annotated", one.data, one.result.file, "auto").result(SECONDS)
    assert annotated == writing.annotate(one.data, one.document, one.result, CRITERIA)


def test_the_wanted_type_is_heeded(pool: Pool, checked: tuple[Checker, Checked]) -> None:
    _, one = checked
    for wanted in ("section7", "section31"):
        result, _ = pool.submit("check", one.data, one.result.file, wanted).result(SECONDS)
        assert result.type == wanted
    with pytest.raises(BadSetting):
        pool.submit("check", one.data, one.result.file, "section8").result(SECONDS)


@pytest.mark.parametrize(
    "what", ["not a .docx (PDF)", "encrypted", "truncated", "5,000 tables inside one another", "no text"]
)
def test_hostile_files_are_refused_by_their_code(pool: Pool, what: str) -> None:
    code, made = REFUSED[what]
    with pytest.raises(UnreadableReport) as refused:
        pool.submit("check", made(), "draft.docx", "auto").result(SECONDS)
    assert refused.value.code == code
    assert "draft.docx" not in refused.value.message


@pytest.mark.parametrize("said", ["Failed to allocate memory for requested buffer", "std::bad_alloc"])
def test_models_that_get_no_memory_are_no_fault_of_ours(
    checked: tuple[Checker, Checked], monkeypatch: pytest.MonkeyPatch, said: str
) -> None:
    class Fail(Exception):
        __module__ = "onnxruntime.capi.onnxruntime_pybind11_state"

    def fail(*_: object) -> None:
        raise Fail(said)

    checker, one = checked
    monkeypatch.setattr(tasks, "check_document", fail)
    with pytest.raises(MemoryError):
        tasks.check({"auto": checker}, quietly, one.data, "draft.docx", "auto")


@pytest.mark.skipif(sys.platform != "linux", reason="the limit of memory is for Linux")
def test_a_report_for_which_there_is_no_memory_is_refused_and_its_worker_replaced() -> None:
    """Wherever in reading, rules or models it runs out."""
    data = largest(Limits(checked_characters=60_000))["reports one after another"]()
    pool = Pool(Settings(workers=1, check_mib=64))
    pool.start()
    try:
        assert pool.wait(SECONDS)
        with pytest.raises(UnreadableReport) as refused:
            pool.submit("check", data, "draft.docx", "auto").result(SECONDS)
        assert refused.value.code == "too-complex"
        assert "memory" in refused.value.message
        assert pool.wait(SECONDS)
    finally:
        pool.close()
