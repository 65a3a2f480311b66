"""How often what is shipped is right: the figures of docs/evaluation.md as data, which the installed program has too.

`models/figures.json`, written by `make evaluate` with that page: both rules and models together, at the usual setting.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

from pydantic import TypeAdapter, ValidationError

from qualitycheck.errors import DamagedModel
from qualitycheck.measuring.summary import Summary
from qualitycheck.resources import folder

FILE_NAME = "figures.json"


@dataclass(frozen=True)
class Shipped:
    """The figures, what they hold for, and what they were measured on."""

    rules: str  # versions
    models: str
    date: str  # of the models, ISO
    voices: int  # authors, none of whom anything was learnt from
    words: int
    summary: Summary


_SHIPPED: TypeAdapter[Shipped] = TypeAdapter(Shipped)


def as_json(shipped: Shipped) -> str:
    return _SHIPPED.dump_json(shipped, indent=1).decode() + "\n"


@cache
def shipped() -> Shipped:
    """The figures as they were installed; raises DamagedModel where they cannot be read."""
    try:
        return _SHIPPED.validate_json((folder("models") / FILE_NAME).read_bytes())
    except (OSError, ValidationError):
        remedy = "is not there or is damaged: install qualitycheck again"
        raise DamagedModel(f"{FILE_NAME} of the models {remedy}") from None
