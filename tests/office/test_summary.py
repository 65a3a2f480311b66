"""The summary for the file is one A4 page whatever the report."""

import re
import subprocess
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from qualitycheck.checking import Checked, Checker
from qualitycheck.rendering import summary
from qualitycheck.result import Aside, Level, NotRun, ReportResult, Status, UnreadPart

WIDE = "W" * 250
KINDS = ("observation-criteria", "relevance-unclear", "outside-expertise", "inconsistent-fact", "description-only")


@pytest.fixture(scope="module")
def checker() -> Checker:
    return Checker()


@pytest.fixture(scope="module")
def checked(checker: Checker, examples: list[Path]) -> list[Checked]:
    return [checker.check(path.read_bytes(), path.name) for path in examples]


def worst(result: ReportResult) -> ReportResult:
    """Everything at its longest: 200 findings in one section, no element met, every list beyond its cap."""
    one = replace(result.findings[0], level=Level.MUST_FIX)
    passage = replace(one.passage, label=None, section=WIDE, text=WIDE)
    lacking = {"status": Status.MISSING, "level": Level.MUST_FIX, "needs_reading": True, "reason": "Not found. " * 40}
    return replace(
        result,
        file=f"{WIDE}.docx",
        elements=tuple(replace(element, **lacking) for element in result.elements),  # type: ignore[arg-type]
        findings=tuple(replace(one, id=KINDS[number % 5], passage=passage) for number in range(200)),
        set_aside=tuple(Aside(replace(one, passage=passage), f"{number} {WIDE}") for number in range(60)),
        unread=tuple(UnreadPart("embedded file", 3) for _ in range(20)),
        not_run=tuple(NotRun("a-rule-with-a-long-name-that-failed", "") for _ in range(20)),
    )


def test_it_is_one_page_for_any_report(checker: Checker, checked: list[Checked], tmp_path: Path) -> None:
    longest = max(checked, key=lambda one: len(one.result.elements) * bool(one.result.findings))
    assert longest.document
    cases = [(one.result, one.document) for one in checked]
    cases.append((worst(longest.result), replace(longest.document, tracked_changes=1234)))
    files = []
    for number, (result, document) in enumerate(cases):
        assert document
        files.append(tmp_path / f"{number}.docx")
        files[-1].write_bytes(
            summary.render(result, document, checker.rulebook.criteria, checker.tool, date(2026, 9, 30))
        )
    profile = (tmp_path / "profile").as_uri()
    convert = ["soffice", f"-env:UserInstallation={profile}", "--headless", "--convert-to", "pdf", "--outdir", tmp_path]
    subprocess.run([*convert, *files], check=True, capture_output=True, timeout=300)
    for file in files:
        pages = re.findall(rb"/Type\s*/Page\b", file.with_suffix(".pdf").read_bytes())
        assert len(pages) == 1, file.name
