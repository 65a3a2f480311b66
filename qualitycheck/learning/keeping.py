"""Keep what was learnt in a folder of the office's own: numbers and counts, never a text or a name."""

from __future__ import annotations

import hashlib
import json
from dataclasses import asdict
from datetime import date
from pathlib import Path
from typing import Any

from qualitycheck.errors import BadSetting
from qualitycheck.judging.artefacts import MANIFEST, manifest
from qualitycheck.judging.own import ADJUSTMENT, SCHEMA
from qualitycheck.learning.trial import Trial
from qualitycheck.measuring.summary import Summary
from qualitycheck.whole_file import write_whole


def refuse_to_replace(into: Path, reports: int) -> None:
    """Raises BadSetting where the folder holds something else, or what was learnt from more reports than these."""
    if not into.exists():
        return
    if not into.is_dir():
        raise BadSetting(f"{into} is a file: give --into a folder")
    if not any(into.iterdir()):
        return
    try:
        told = json.loads((into / MANIFEST).read_text(encoding="utf-8"))
        ours, before = told["schema"] == SCHEMA, int(told["learnt_from"]["reports"])
    except (OSError, ValueError, KeyError, TypeError):
        ours, before = False, 0
    if not ours:
        raise BadSetting(f"{into} holds something else: give --into a folder of its own")
    if before > reports:
        raise BadSetting(
            f"the models in {into} were learnt from {before} reports and these are {reports}: "
            "add those reports, or give --into another folder"
        )


def keep(trial: Trial, into: Path, today: date) -> None:
    """Write what was learnt; the manifest last, so that half of it is never taken for the whole."""
    adjustment = trial.adjustment.as_json()
    told = {
        "schema": SCHEMA,
        "learnt_on": today.isoformat(),
        "learnt_from": {
            "reports": trial.before.reports,
            "authors": trial.authors,
            "statuses": trial.elements,
            "reports_with_faults": trial.before.reports_with_faults,
            "faults": trial.faults,
        },
        "held_out": {"before": _figures(trial.before), "after": _figures(trial.after), "better_in": trial.better_in},
        "shipped": manifest()["files"],
        "files": {ADJUSTMENT: hashlib.sha256(adjustment).hexdigest()},
    }
    (into / MANIFEST).unlink(missing_ok=True)
    write_whole(adjustment, into / ADJUSTMENT)
    write_whole((json.dumps(told, indent=1) + "\n").encode(), into / MANIFEST)


def _figures(summary: Summary) -> dict[str, Any]:
    return {
        "statuses_right": asdict(summary.statuses),
        "deficient": asdict(summary.deficient),
        "findings": asdict(summary.faults) if summary.faults else None,
    }
