"""Samples that people have graded, as the store keeps them: the published one of 2007, and larger ones."""

from __future__ import annotations

import datetime
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from datetime import UTC

from qualitycheck.rendering.sheet import Sheet
from qualitycheck.result import Passage, ReportResult
from qualitycheck.sampling.allotting import KeptApart, allot
from qualitycheck.sampling.manifest import FrameRecord, Manifest, Report, Settings, Stratum
from qualitycheck.service.samples.graded import reader_key, readers_of
from qualitycheck.service.store.samples import FaultSeen, Given, Graded, SampleView
from qualitycheck.service.store.store import Store
from tests.docx_builder import docx, p
from tests.inspecting import east_midlands

TODAY = datetime.date(2026, 11, 22)
NOW = datetime.datetime(2026, 11, 22, 9, tzinfo=UTC)
CRITERION = "options-weighed"
FAULT = "vague-term"
WORDS = "Mrs Tess Sallow told Priya Nair that Ned was often late at Brackenhill School."
# Enough for the tool to find out who is who.
REPORT = docx(
    p("Section 7 report"),
    p("Children's guardian: Priya Nair"),
    p("Child: Ned Sallow, born 3 May 2017"),
    p("Mother: Mrs Tess Sallow"),
    p(WORDS),
)

Grade = Callable[[str, str, str], str]  # of a report, by a reader, on a criterion


def published(report: str, reader: str, criterion: str) -> str:
    """As in 2007; every other report falls short on the criterion beside it."""
    if criterion == "overall":
        return dict(east_midlands.rows())[report]
    return "partial" if int(report[-2:]) % 2 else "met"


def frame_of(manifest: Manifest) -> tuple[Report, ...]:
    return tuple(
        Report(id=f"{stratum.name}-{number:02}", type=stratum.name, author="Priya Nair", path=f"{number:02}.docx")
        for stratum in manifest.frame.strata
        for number in range(1, stratum.reports + 1)
    )


def manifest_of(strata: Mapping[str, tuple[int, int]]) -> Manifest:
    """So many of a frame of so many, by stratum."""
    drawn = tuple(
        Report(id=f"{name}-{number:02}", type=name, stratum=name, path=f"{number:02}.docx")
        for name, (size, _) in strata.items()
        for number in range(1, size + 1)
    )
    frame = sum(of for _, of in strata.values())
    record = FrameRecord("0" * 64, frame, frame, tuple(Stratum(name, of, n) for name, (n, of) in strata.items()))
    sizes = {name: n for name, (n, _) in strata.items()}
    return Manifest("1", TODAY, "seed", Settings(by=("type",), sizes=sizes), record, drawn, ())


def sample(
    store: Store,
    lead: str,
    readers: Mapping[str, str],
    *,
    manifest: Manifest | None = None,
    twice: int = 12,
    grade: Grade = published,
    handed_in: int | None = None,
    faults: Sequence[str] = (),
    **about: object,
) -> str:
    """A sample, allotted and graded; its id.

    Args:
        store: where it is kept.
        lead: an account.
        readers: accounts, and their names in the manifest.
        manifest: what was drawn; the sample of 2007 unless told.
        twice: how many reports have two readers.
        grade: what each reader gives.
        handed_in: how many gradings were handed in; all unless told.
        faults: reports in which their readers saw a vague term.
        about: what else `About` holds.
    """
    made = allot(manifest or east_midlands.manifest(), list(readers.values()), twice, KeptApart(), TODAY)
    title = about.pop("title", "East Midlands")
    assert isinstance(title, str)
    id = store.samples.add(lead, title, criteria=(CRITERION,), source="list", **about)
    store.samples.change(
        id, lambda view: replace(view, manifest=made, frame=frame_of(made), readers=dict(readers), ready=True)
    )
    with store.together():
        _bring(store, id, made)
    with store.together():
        _grade(store, id, made, grade, handed_in, frozenset(faults))
    return id


def view(store: Store, sample: str) -> SampleView:
    found = store.samples.get(sample)
    assert found
    return found


def _bring(store: Store, sample: str, manifest: Manifest) -> None:
    for report in manifest.sample:
        name = f"{report.id}.docx"
        result = ReportResult(name, "", "section7", 0.9, "", None, (), 40, 5)
        store.samples.put_report(sample, report.id, name, REPORT, result, Sheet((), ()))


def _grade(
    store: Store, sample: str, manifest: Manifest, grade: Grade, handed_in: int | None, faults: frozenset[str]
) -> None:
    kept = view(store, sample)
    asked = [(report, name) for report, names in readers_of(manifest).items() for name in names]
    for report, name in asked[:handed_in]:
        given = Graded(
            grades={
                criterion: Given(grade(report, name, criterion), "As the checklist shows.", NOW)
                for criterion in (CRITERION, "overall")
            },
            faults=(_fault(),) if report in faults else (),
        )
        reader = reader_key(kept, name)
        store.samples.grade(kept.reports[report], reader, lambda _, given=given: given)  # type: ignore[misc]
        store.samples.hand_in(kept.reports[report], reader)


def _fault() -> FaultSeen:
    return FaultSeen("f1", FAULT, Passage(4, "", "Enquiries", 0, len(WORDS), WORDS), "Often, says who?")
