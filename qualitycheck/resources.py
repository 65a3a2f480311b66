"""Where the rules and the trained models lie: the one place that knows how we are installed."""

from __future__ import annotations

from pathlib import Path
from typing import Literal

_PACKAGE = Path(__file__).resolve().parent


def folder(name: Literal["rules", "models"]) -> Path:
    """The folder of that name: inside the installed package, or beside it in a checkout.

    Raises FileNotFoundError if neither is there, which only a broken installation can cause.
    """
    for place in (_PACKAGE / name, _PACKAGE.parent / name):
        if place.is_dir():
            return place
    raise FileNotFoundError(f"qualitycheck is not completely installed: its folder of {name} is not there")
