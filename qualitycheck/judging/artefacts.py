"""The trained files: where they lie, and that they are the ones that were measured.

They are read as data (ONNX graphs, JSON); loading them runs no code of theirs. `manifest.json` holds the checksum of
each, the version, and how they were trained.
"""

from __future__ import annotations

import hashlib
import json
import os
from functools import cache
from pathlib import Path
from typing import Any

from qualitycheck.errors import DamagedModel
from qualitycheck.resources import folder

MANIFEST = "manifest.json"


def path_of(name: str) -> Path:
    return folder("models") / "artefacts" / name


@cache
def manifest() -> dict[str, Any]:
    """Version, seed, figures and checksums of the trained files; raises DamagedModel where it cannot be read."""
    try:
        data: dict[str, Any] = json.loads(path_of(MANIFEST).read_text(encoding="utf-8"))
    except (OSError, ValueError):
        raise DamagedModel(f"{MANIFEST} of the models is not there or is damaged: install qualitycheck again") from None
    return data


def verified(name: str) -> bytes:
    """The bytes of a trained file; raises DamagedModel where they are not those that the manifest names."""
    return checked(path_of(name), manifest()["files"][name], "install qualitycheck again")


def checked(path: Path, sha256: str, remedy: str) -> bytes:
    """The bytes of the file with this checksum; raises DamagedModel, which says what to do."""
    try:
        data = path.read_bytes()
    except OSError:
        raise DamagedModel(f"the model file {path.name} is not there: {remedy}") from None
    if hashlib.sha256(data).hexdigest() != sha256:
        raise DamagedModel(f"the model file {path.name} is not the one that was measured: {remedy}")
    return data


def session(graph: bytes, threads: int) -> Any:
    """The graph, ready to run on so many threads."""
    # Since 1.29 the runtime reports to its maker what it runs, from the moment it is loaded, unless this says not to;
    # where it was loaded before, the call below stops what would follow.
    os.environ["ORT_DISABLE_TELEMETRY"] = "1"
    import onnxruntime

    onnxruntime.disable_telemetry_events()
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = threads
    # Threads that wait for work by spinning take the processor from whoever else checks a report at that moment:
    # two checks at once on two cores took four times as long.
    options.add_session_config_entry("session.intra_op.allow_spinning", "0")
    options.log_severity_level = 3
    return onnxruntime.InferenceSession(graph, options, providers=["CPUExecutionProvider"])
