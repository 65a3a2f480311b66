"""Small words for frames, and what hypothesis makes of them."""

from __future__ import annotations

import datetime
from collections.abc import Mapping

from hypothesis import strategies as st

from qualitycheck.sampling.drawing import draw
from qualitycheck.sampling.frame import Frame, frame_of
from qualitycheck.sampling.manifest import Manifest, Report, Settings

DATE = datetime.date(2026, 11, 21)


def reports_of(**strata: int) -> list[Report]:
    """So many reports of each type."""
    return [Report(f"{name}-{number}", type=name) for name, count in strata.items() for number in range(count)]


def frame(**strata: int) -> Frame:
    return frame_of(reports_of(**strata))


def by_type(**sizes: int) -> Settings:
    return Settings(by=("type",), sizes=sizes)


def drawn(seed: str = "7", size: int = 12, **strata: int) -> Manifest:
    """A sample in proportion."""
    return draw(frame(**strata), Settings(by=("type",), size=size), seed, DATE)


def ids(reports: tuple[Report, ...]) -> list[str]:
    return [report.id for report in reports]


words = st.text(st.characters(categories=("L", "N", "P")), min_size=1, max_size=8)
seeds = words
counts: st.SearchStrategy[Mapping[str, int]] = st.dictionaries(words, st.integers(1, 60), min_size=1, max_size=8)
frames = st.lists(
    st.builds(
        Report,
        id=words,
        type=st.sampled_from(["section7", "section31"]),
        area=st.sampled_from([None, "North", "South"]),
        sha256=st.none(),
    ),
    min_size=1,
    max_size=40,
)
