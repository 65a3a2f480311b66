"""Words for proportions, "most" or "few", by a scale that every table names.

The same share has other words on other scales (70% is "most" in 2008 and "large majority" later), and a word alone
hides how many were counted, so it never stands without its fraction.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

EXACT = 12  # decimals: a weighted share that should be 0.8 may come out a hair above it


@dataclass(frozen=True)
class Words:
    """`over` are words with the share that must be exceeded, highest first; `under` the one for less than its share."""

    name: str
    title: str
    over: tuple[tuple[str, float], ...]
    under: tuple[str, float] | None = None

    def word(self, share: float) -> str | None:
        """The word for a share of 0 to 1: that of the highest threshold exceeded; None where the scale has none.

        Thresholds are strict: exactly 65% is not yet "over 65%". Nothing and everything are "none" and "all" on every
        scale, as "few" would say that there are some.
        """
        share = round(share, EXACT)
        if share in (0, 1):
            return "all" if share else "none"
        for word, threshold in self.over:
            if share > threshold:
                return word
        return self.under[0] if self.under and share < self.under[1] else None


# 2008: Ofsted, Inspection of Cafcass East Midlands (January 2008), its key to proportions.  later: as used in later
# frameworks, where a band begins at its figure; to be checked against the handbook in force.
WORDS: Mapping[str, Words] = MappingProxyType(
    {
        "2008": Words(
            "2008",
            "almost all over 80%, most over 65%, majority over 51%, few under 20%; no word between (Ofsted, 2008)",
            (("almost all", 0.80), ("most", 0.65), ("majority", 0.51)),
            ("few", 0.20),
        ),
        "later": Words(
            "later",
            "almost all over 96%, most over 79%, large majority over 64%, majority over 50%, minority over 34%, small "
            "minority over 19%, few to 19% (later usage: check the handbook in force)",
            (
                ("almost all", 0.96),
                ("most", 0.79),
                ("large majority", 0.64),
                ("majority", 0.50),
                ("minority", 0.34),
                ("small minority", 0.19),
                ("few", 0.0),
            ),
        ),
    }
)
