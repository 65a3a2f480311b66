"""Small words for tests of the store: somebody who asks, and a check that may be kept."""

from __future__ import annotations

import io
import secrets
from collections.abc import Mapping
from datetime import UTC, date, datetime
from zipfile import ZIP_STORED, ZipFile

from qualitycheck.precourt.reading import Comment, Said
from qualitycheck.rendering.sheet import Group, Line, Note, Piece, Sheet, Table, TableCell
from qualitycheck.result import Child, ChildStatus, Element, Finding, Level, Passage, ReportResult, Status
from qualitycheck.sampling.manifest import Report
from qualitycheck.service.access.who import Role, Who
from qualitycheck.service.checks.check import Check, State
from qualitycheck.service.store.samples import FaultSeen, Given, Graded
from qualitycheck.service.store.store import Store

FILING = date(2026, 12, 4)


def who(account: str, *roles: Role, teams: frozenset[str] = frozenset()) -> Who:
    return Who(account, "somebody", frozenset(roles), teams)


def finding(fingerprint: str, words: str = "He was late.", level: Level = Level.MUST_FIX) -> Finding:
    passage = Passage(3, "4.", "Assessment", 0, len(words), words)
    return Finding("unsupported", "rule", level, 0.9, fingerprint, passage, "why", "do this", "source", (passage,))


def result(words: str, findings: tuple[Finding, ...] = (), name: str = "report.docx") -> ReportResult:
    passage = Passage(1, None, "Analysis", 0, len(words), words)
    by_child = (ChildStatus("Ada", Status.MISSING),)
    element = Element(
        "wishes", Status.PARTIAL, 0.5, True, "rule+model", Level.SHOULD_FIX, by_child, f"because {words}", (passage,)
    )
    return ReportResult(
        name, "ab" * 32, "section7", 0.9, "", "final", (Child("Ada", "2015-01-02"),), 3000, 120, (element,), findings
    )


def sheet(words: str) -> Sheet:
    piece = Piece(words, (1,), (1,), Level.MUST_FIX, True, (Note("1", 7),))
    group = Group("plain", (Line(1, "4.", None, 0, (piece,), None),))
    return Sheet((group, Table(((TableCell((group,), 2, True),),))), (f"header {words}",))


def docx(words: str) -> bytes:
    """Not compressed, so that whoever looks for the words in it finds them."""
    file = io.BytesIO()
    with ZipFile(file, "w", ZIP_STORED) as archive:
        archive.writestr("word/document.xml", f"<w:t>{words}</w:t>")
    return file.getvalue()


def sampled(store: Store, words: str = "He was late.") -> str:
    """A sample with one report, graded, and one concern."""
    sample = store.samples.add("ian", words, frame=(Report(words),), readers={"ian": words})
    report = store.samples.put_report(sample, words, words, docx(words), result(words), sheet(words))
    fault = FaultSeen("f", "harm", None, words)
    grades = {"harm": Given("partial", words, datetime.now(UTC))}
    store.samples.grade(report, "ian", lambda _: Graded(grades=grades, faults=(fault,)))
    store.samples.raise_concern(report, "ian", words, words)
    store.samples.keep_seen(sample, [{"file": words}])
    return sample


def check(
    words: str = "He was late.",
    findings: tuple[Finding, ...] = (),
    decisions: Mapping[str, str] | None = None,
    name: str = "report.docx",
) -> Check:
    return Check(
        id=secrets.token_urlsafe(16),
        owner="ann",
        session="session",
        name=name,
        data=docx(words),
        wanted="section7",
        created=datetime.now(UTC),
        state=State.DONE,
        result=result(words, findings, name),
        sheet=sheet(words),
        decisions=decisions or {},
    )


def said(words: str = "Say who told you.", id: str = "c1") -> Said:
    """One comment, which asks for something."""
    passage = Passage(3, "4.", "Assessment", 0, len(words), words)
    return Said(comments=(Comment(id, "harm", passage, words, words),))


def sent(store: Store, draft: str, reader: str | None = "mia") -> str:
    """A reading of a draft by a manager, which its author asked for."""
    return store.readings.ask(draft, FILING, "manager", reader, "ann")


def read(store: Store, draft: str, words: str = "Say who told you.") -> str:
    """The same, given back with a comment."""
    reading = sent(store, draft)
    store.readings.change(reading, lambda _: said(words))
    store.readings.give_back(reading)
    return reading
