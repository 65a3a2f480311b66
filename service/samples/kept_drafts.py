"""A frame of drafts that are kept here, under ids that say nothing: neither whose draft it is nor of which case."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from qualitycheck.sampling.manifest import LeftOut, Report
from qualitycheck.service.desk import Desk
from qualitycheck.service.samples.frame import JUDGED, put_frame, seen_of
from qualitycheck.service.samples.jobs import Job, Stopped
from qualitycheck.service.store.drafts import Framed, Which
from qualitycheck.service.store.samples import SampleView

LETTERS = 10  # of an id in the frame: two of a thousand drafts share one in a million frames


def frame_ids(at: Desk, sample: str, drafts: Iterable[str]) -> dict[str, str]:
    """By draft: the same for the same draft of one sample, and nothing that could be guessed from it."""
    marks = at.store.samples.ids_of(sample, (f"draft {draft}" for draft in drafts))
    return {told.removeprefix("draft "): mark[:LETTERS] for told, mark in marks.items()}


def drafts_by_id(at: Desk, view: SampleView) -> dict[str, str]:
    """The draft that each report of the frame stands for, of those that were not deleted."""
    return {id: draft for draft, id in frame_ids(at, view.id, at.store.drafts.ids()).items()}


def read_drafts(at: Desk, sample: str, which: Which, job: Job) -> None:
    """One draft of each case, with who wrote it and read it, its team, and the month."""
    people = {person.id: person.name for person in at.store.people.all()}
    teams = at.store.people.teams()
    found: list[Report] = []
    left_out: list[LeftOut] = []
    seen: list[dict[str, Any]] = []
    drafts = at.store.drafts.for_frame(which)
    ids = frame_ids(at, sample, (draft.id for draft in drafts))
    for draft in drafts:
        if job.stopping.is_set():
            raise Stopped
        id = ids[draft.id]
        kept = at.store.drafts.result_of(draft.id)
        job.done += 1
        if kept is None:
            left_out.append(LeftOut(id, "missing"))
        elif draft.type not in JUDGED:
            left_out.append(LeftOut(id, "not-a-report"))
        else:
            report = _report(id, draft, kept[1].sha256, people, teams)
            found.append(report)
            seen.append(seen_of(report, kept[1]))
    put_frame(at, sample, found, left_out, seen)


def _report(id: str, draft: Framed, sha256: str, people: dict[str, str], teams: dict[str, str]) -> Report:
    readers = "; ".join(people[reader] for reader in draft.readers if reader in people)
    return Report(
        id=id,
        sha256=sha256 or None,
        type=draft.type,
        team=teams.get(draft.team or ""),
        month=draft.month,
        author=people.get(draft.author),
        manager=readers or None,
    )
