"""CONSORT-TM as its authors publish it: the sentences of the Methods of 50 articles, with the checklist items of each.

`Methods_train.csv` and `Methods_test.csv`: PMCID, sentence_id, CONSORT_Item (a list, ['0'] for none), section, text;
in reading order. Kilicoglu et al., Toward assessing clinical trial publications for reporting transparency, Journal
of Biomedical Informatics 116 (2021) 103717, section 3.
"""

from __future__ import annotations

import ast
import csv
from collections import defaultdict
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

# The 17 items of the CONSORT 2010 checklist that the Methods answer.
ITEMS = "3a 3b 4a 4b 5 6a 6b 7a 7b 8a 8b 9 10 11a 11b 12a 12b".split()
Items = NDArray[np.bool_]  # (sentences, ITEMS)


@dataclass(frozen=True)
class Article:
    """Sentences in order, each under the heading of its section, and the items that each reports."""

    id: str
    headings: tuple[str, ...]
    texts: tuple[str, ...]
    items: Items

    @property
    def reported(self) -> NDArray[np.bool_]:
        """(ITEMS,): whether any sentence reports the item."""
        found: NDArray[np.bool_] = self.items.any(axis=0)
        return found


class NotTheCorpus(ValueError):
    """A file is not as described above; names the file and the line."""


def read_articles(file: Path) -> list[Article]:
    """The articles of one of the two files, in its order; raises NotTheCorpus, and OSError where it cannot be read."""
    rows: dict[str, list[tuple[str, str, list[bool]]]] = defaultdict(list)
    with file.open(encoding="utf-8", newline="") as opened:
        reader = csv.DictReader(opened)
        for row in reader:
            try:
                named = set(ast.literal_eval(row["CONSORT_Item"]))
                rows[row["PMCID"]].append((row["section"], row["text"], [item in named for item in ITEMS]))
            except (KeyError, ValueError, SyntaxError, TypeError):
                raise NotTheCorpus(f"{file.name}, line {reader.line_num}: not as in CONSORT-TM") from None
    if not rows:
        raise NotTheCorpus(f"{file.name} holds no sentences")
    return [
        Article(id_, tuple(r[0] for r in of), tuple(r[1] for r in of), np.array([r[2] for r in of], bool))
        for id_, of in rows.items()
    ]
