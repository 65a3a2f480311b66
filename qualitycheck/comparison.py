"""Two drafts of one report compared: what is fixed, still there, and new."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from qualitycheck.result import LACKING, Child, Element, Finding, ReportResult, Status


@dataclass(frozen=True)
class ChildChange:
    """What became of an element for one of several children."""

    name: str
    before: Status
    now: Status


@dataclass(frozen=True)
class Comparison:
    """Findings by fingerprint, elements by id; each list in the order of its report."""

    fixed: tuple[Finding, ...]  # in the old draft and not in the new
    still_there: tuple[Finding, ...]  # as the new draft has them
    new: tuple[Finding, ...]
    elements_fixed: tuple[Element, ...]  # as the new draft has them
    elements_still_there: tuple[Element, ...]
    elements_new: tuple[Element, ...]
    # Those that changed, where the checker was not sure of one draft or the other: a person must read them.
    elements_unsure: tuple[Element, ...] = ()
    by_child: Mapping[str, tuple[ChildChange, ...]] = field(default_factory=dict)  # by element: for whom it changed

    def as_dict(self) -> dict[str, Any]:
        """For JSON: ids and fingerprints with their passages."""

        def findings(group: tuple[Finding, ...]) -> list[dict[str, Any]]:
            return [
                {
                    "id": f.id,
                    "fingerprint": f.fingerprint,
                    "level": f.level,
                    "section": f.passage.section,
                    "text": f.passage.text,
                }
                for f in group
            ]

        def elements(group: tuple[Element, ...]) -> list[dict[str, Any]]:
            return [{"id": e.id, "status": e.status, "level": e.level, "by_child": children(e)} for e in group]

        def children(element: Element) -> list[dict[str, Any]]:
            changes = self.by_child.get(element.id, ())
            return [{"name": one.name, "before": one.before, "status": one.now} for one in changes]

        return {
            "fixed": {"findings": findings(self.fixed), "elements": elements(self.elements_fixed)},
            "still_there": {"findings": findings(self.still_there), "elements": elements(self.elements_still_there)},
            "new": {"findings": findings(self.new), "elements": elements(self.elements_new)},
            "unsure": {"findings": [], "elements": elements(self.elements_unsure)},
        }


def compare(old: ReportResult, new: ReportResult) -> Comparison:
    """What was set aside in a draft was in it all the same: it is neither fixed nor new, and not listed."""
    before = {finding.fingerprint for finding in old.findings} | {aside.finding.fingerprint for aside in old.set_aside}
    after = {finding.fingerprint for finding in new.findings} | {aside.finding.fingerprint for aside in new.set_aside}
    was = {element.id: element for element in old.elements}
    by_child = {e.id: changes for e in new.elements if e.id in was and (changes := _by_child(was[e.id], e, new))}
    groups: dict[str, list[Element]] = {"fixed": [], "still": [], "new": [], "unsure": []}
    for element in new.elements:
        earlier = was.get(element.id)
        lacked, lacks = earlier is not None and _lacking(earlier.status), _lacking(element.status)
        changed = lacked != lacks or element.id in by_child
        if changed and (element.needs_reading or (earlier is not None and earlier.needs_reading)):
            groups["unsure"].append(element)
        elif lacked or lacks:
            groups["still" if lacked and lacks else "new" if lacks else "fixed"].append(element)
    return Comparison(
        fixed=tuple(finding for finding in old.findings if finding.fingerprint not in after),
        still_there=tuple(finding for finding in new.findings if finding.fingerprint in before),
        new=tuple(finding for finding in new.findings if finding.fingerprint not in before),
        elements_fixed=tuple(groups["fixed"]),
        elements_still_there=tuple(groups["still"]),
        elements_new=tuple(groups["new"]),
        elements_unsure=tuple(groups["unsure"]),
        by_child=by_child,
    )


def is_another(old: ReportResult, new: ReportResult) -> bool:
    """Whether the two look like reports about different families, or of different kinds.

    They do where the kind differs, or where both name children and no child has the same first name.
    """
    if old.type != new.type:
        return True
    before, now = _first_names(old.children), _first_names(new.children)
    return bool(before and now) and before.isdisjoint(now)


def _first_names(children: Iterable[Child]) -> set[str]:
    """One draft says "Ada" where the next says "Ada Marlowe"."""
    return {words[0] for child in children if (words := child.name.casefold().split())}


def _by_child(old: Element, new: Element, report: ReportResult) -> tuple[ChildChange, ...]:
    """The children for whom it became lacking, or is no longer; nothing where there is one child only."""
    if len(report.children) < 2:
        return ()
    before = {child.name: child.status for child in old.by_child}
    return tuple(
        ChildChange(child.name, before[child.name], child.status)
        for child in new.by_child
        if child.name in before and _lacking(before[child.name]) != _lacking(child.status)
    )


def _lacking(status: Status) -> bool:
    return status in LACKING
