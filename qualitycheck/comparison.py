"""Two drafts of one report compared: what is fixed, still there, and new."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from qualitycheck.result import Element, Finding, ReportResult, Status

_DEFICIENT = (Status.PARTIAL, Status.MISSING)


@dataclass(frozen=True)
class Comparison:
    """Findings by fingerprint, elements by id; each list in the order of its report."""

    fixed: tuple[Finding, ...]  # in the old draft and not in the new
    still_there: tuple[Finding, ...]  # as the new draft has them
    new: tuple[Finding, ...]
    elements_fixed: tuple[Element, ...]  # as the new draft has them
    elements_still_there: tuple[Element, ...]
    elements_new: tuple[Element, ...]

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
            return [{"id": e.id, "status": e.status, "level": e.level} for e in group]

        return {
            "fixed": {"findings": findings(self.fixed), "elements": elements(self.elements_fixed)},
            "still_there": {"findings": findings(self.still_there), "elements": elements(self.elements_still_there)},
            "new": {"findings": findings(self.new), "elements": elements(self.elements_new)},
        }


def compare(old: ReportResult, new: ReportResult) -> Comparison:
    """What was set aside in a draft was in it all the same: it is neither fixed nor new, and not listed."""
    before = {finding.fingerprint for finding in old.findings} | {fingerprint for fingerprint, _ in old.set_aside}
    after = {finding.fingerprint for finding in new.findings} | {fingerprint for fingerprint, _ in new.set_aside}
    lacking_before = {element.id for element in old.elements if element.status in _DEFICIENT}
    return Comparison(
        fixed=tuple(finding for finding in old.findings if finding.fingerprint not in after),
        still_there=tuple(finding for finding in new.findings if finding.fingerprint in before),
        new=tuple(finding for finding in new.findings if finding.fingerprint not in before),
        elements_fixed=tuple(e for e in new.elements if e.id in lacking_before and e.status not in _DEFICIENT),
        elements_still_there=tuple(e for e in new.elements if e.id in lacking_before and e.status in _DEFICIENT),
        elements_new=tuple(e for e in new.elements if e.id not in lacking_before and e.status in _DEFICIENT),
    )
