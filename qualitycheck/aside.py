"""Findings that the author has looked at and set aside, with a reason: a file beside the report.

    # qualitycheck-aside.toml
    [[aside]]
    fingerprint = "3f2a9c01d4e5"
    reason = "The school confirmed the date by email on 4 May."

The file holds no words of the report. It counts for every report in its folder, so that what was set aside in one draft
stays set aside in the next; a fingerprint knows the children too, so that another family's report is not touched.
"""

from __future__ import annotations

import json
import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path

from qualitycheck.errors import BadSetting
from qualitycheck.result import Aside, ReportResult
from qualitycheck.whole_file import write_whole

FILE_NAME = "qualitycheck-aside.toml"
_FINGERPRINT = re.compile(r"[0-9a-f]{12}(?:-[0-9]+)?")
_UNREADABLE = f"{FILE_NAME} cannot be read: every [[aside]] in it needs a fingerprint and a reason in quotation marks"
_HEAD = "# Findings set aside, with the reason. Take an entry out to see its finding again.\n"


@dataclass(frozen=True)
class SetAside:
    """Reasons by fingerprint."""

    reasons: Mapping[str, str]

    @classmethod
    def beside(cls, folder: Path) -> SetAside:
        """What was set aside in the folder; raises BadSetting when its file is wrong."""
        path = folder / FILE_NAME
        if not path.is_file():
            return cls({})
        try:
            data = path.read_bytes()
        except OSError:
            raise BadSetting(_UNREADABLE) from None
        return cls.parse(data)

    @classmethod
    def parse(cls, data: bytes) -> SetAside:
        """What the file's bytes say; raises BadSetting when they are wrong."""
        try:
            entries = tomllib.loads(data.decode("utf-8-sig")).get("aside", [])
            return cls({str(entry["fingerprint"]): str(entry["reason"]) for entry in entries})
        except (tomllib.TOMLDecodeError, UnicodeDecodeError, KeyError, TypeError, AttributeError, RecursionError):
            raise BadSetting(_UNREADABLE) from None

    def with_one(self, fingerprint: str, reason: str) -> SetAside:
        """The same and one more; raises BadSetting for what is no fingerprint, or no reason."""
        if not _FINGERPRINT.fullmatch(fingerprint):
            raise BadSetting(
                f"{fingerprint!r} is not a fingerprint: `qualitycheck check` prints one with every finding"
            )
        if not reason.strip():
            raise BadSetting("say in a few words why the finding is set aside")
        told = "".join(c if c.isprintable() else " " for c in reason)
        return SetAside({**self.reasons, fingerprint: " ".join(told.split())})

    def without(self, fingerprint: str) -> SetAside:
        """The same without one; raises BadSetting when it was not set aside."""
        if fingerprint not in self.reasons:
            raise BadSetting(f"{fingerprint} is not set aside here")
        return SetAside({key: reason for key, reason in self.reasons.items() if key != fingerprint})

    def text(self) -> str:
        """The file; `parse` reads it again."""
        lines = [_HEAD]
        for fingerprint, reason in sorted(self.reasons.items()):
            # A JSON string of printable characters is a TOML string too.
            told = json.dumps(reason, ensure_ascii=False)
            lines.append(f'\n[[aside]]\nfingerprint = "{fingerprint}"\nreason = {told}\n')
        return "".join(lines)

    def write(self, folder: Path) -> None:
        """Write the file in one step, so that it is never half there."""
        write_whole(self.text().encode(), folder / FILE_NAME)

    def applied_to(self, result: ReportResult) -> ReportResult:
        """The result with what was set aside taken out of its findings, and listed apart."""
        kept = tuple(finding for finding in result.findings if finding.fingerprint not in self.reasons)
        aside = tuple(
            Aside(finding, self.reasons[finding.fingerprint])
            for finding in result.findings
            if finding.fingerprint in self.reasons
        )
        return replace(result, findings=kept, set_aside=aside)
