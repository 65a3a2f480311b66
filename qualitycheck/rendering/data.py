"""Anything as JSON."""

from __future__ import annotations

import json


def as_json(data: object) -> bytes:
    """UTF-8 JSON, the same bytes for the same data."""
    return (json.dumps(data, ensure_ascii=False, indent=2) + "\n").encode()
