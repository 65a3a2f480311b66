"""The outside check on a small made-up corpus in the same format; the real one is not ours to keep."""

from __future__ import annotations

import csv
from collections.abc import Sequence
from pathlib import Path

import numpy as np
import pytest
from sklearn.metrics import f1_score

from qualitycheck.models.outside import consort_tm
from qualitycheck.models.outside.articles import ITEMS, Article, NotTheCorpus, read_articles
from qualitycheck.models.outside.heads import Evidence, features, fit_heads, micro_f1

pytestmark = pytest.mark.filterwarnings("ignore:Label not")  # items that the made-up articles do not have

# (section, sentence, items): what an article may say.
SAID = [
    ("Design", "this was a parallel trial with equal allocation.", ["3a"]),
    ("Design", "the ethics committee approved it.", ["0"]),
    ("Participants", "adults with a sprained ankle were eligible.", ["4a"]),
    ("Participants", "they came from two clinics by the sea.", ["4b"]),
    ("Randomisation", "a computer drew the sequence in blocks of four.", ["8a", "8b"]),
    ("Randomisation", "envelopes were sealed and opaque.", ["9"]),
]


def write(path: Path, articles: Sequence[Sequence[int]]) -> Path:
    """A file as CONSORT-TM has it; each article says the sentences of those numbers."""
    with path.open("w", encoding="utf-8", newline="") as opened:
        writer = csv.writer(opened)
        writer.writerow(["", "PMCID", "sentence_id", "CONSORT_Item", "labels", "section", "text"])
        for number, said in enumerate(articles):
            for line, which in enumerate(said):
                section, text, items = SAID[which]
                writer.writerow([line, f"PMC{number}", f"S{line}", items, "[]", section, text])
    return path


@pytest.fixture
def train(tmp_path: Path) -> list[Article]:
    return read_articles(write(tmp_path / "Methods_train.csv", [range(6), [0, 1, 2], [1, 3, 4], [5, 1], [2, 3]] * 2))


@pytest.fixture
def test(tmp_path: Path) -> list[Article]:
    return read_articles(write(tmp_path / "Methods_test.csv", [[0, 1, 2, 3], [1, 4, 5], [1]]))


def test_articles_as_they_are_published(test: list[Article]) -> None:
    first, second, third = test
    assert (first.id, first.headings) == ("PMC0", ("Design", "Design", "Participants", "Participants"))
    assert [[ITEMS[n] for n in row.nonzero()[0]] for row in second.items] == [[], ["8a", "8b"], ["9"]]
    assert first.reported.sum() == 3
    assert not third.reported.any()


def test_another_file_is_refused_by_its_line(tmp_path: Path) -> None:
    path = tmp_path / "Methods_test.csv"
    path.write_text("PMCID,text\nPMC1,a trial.\n", "utf-8")
    with pytest.raises(NotTheCorpus, match=r"Methods_test\.csv, line 2"):
        read_articles(path)
    path.write_text("PMCID,CONSORT_Item\n", "utf-8")
    with pytest.raises(NotTheCorpus, match="holds no sentences"):
        read_articles(path)


def evident(articles: Sequence[Article], noise: float = 0.0) -> list[Evidence]:
    """Evidence as a network that has learnt would give it: 2 where it is, -4 where it is not, give or take."""
    chance = np.random.default_rng(7)
    return [np.where(one.items, 2.0, -4.0) + noise * chance.normal(size=one.items.shape) for one in articles]


def test_heads_answer_what_the_evidence_says(train: list[Article], test: list[Article]) -> None:
    heads = fit_heads(train, evident(train))
    for article, evidence in zip(test, evident(test), strict=True):
        assert (heads.sentences(evidence) == article.items).all()
        said = [n for n, item in enumerate(ITEMS) if item in ("3a", "4a", "4b", "8a", "8b", "9")]
        assert (heads.missing_items(evidence)[said] == ~article.reported[said]).all()


def test_features_of_an_article_of_one_sentence() -> None:
    rows = features(np.full((1, len(ITEMS)), 1.5))
    assert rows.shape == (len(ITEMS), 3 + len(ITEMS))
    assert rows[0, :3].tolist() == [1.5, -6.0, 1.5]


def test_scores_are_those_of_scikit_learn(train: list[Article]) -> None:
    chance = np.random.default_rng(3)
    labelled = [one.items for one in train]
    answered = [chance.uniform(size=one.shape) < 0.3 for one in labelled]
    ours = consort_tm.scores(labelled, answered).f1
    theirs = f1_score(np.concatenate(labelled), np.concatenate(answered), average="micro")
    assert ours.value == pytest.approx(theirs)
    assert micro_f1(np.concatenate(labelled), np.concatenate(answered)) == pytest.approx(theirs)
    assert ours.low is not None
    assert ours.high is not None
    assert ours.low < theirs < ours.high


def test_the_baseline_learns_what_is_plain(train: list[Article]) -> None:
    answers = consort_tm.by_svm(train, train)
    assert all((said == one.items).all() for said, one in zip(answers, train, strict=True))


def test_both_methods_stand_beside_each_other(train: list[Article], test: list[Article]) -> None:
    def learn(seen: Sequence[Article], unseen: Sequence[Article]) -> tuple[list[Evidence], list[Evidence]]:
        return evident(seen, 0.5), evident(unseen, 0.5)

    lines = list(consort_tm.report(train, test, learn))
    assert lines[0] == "10 articles to learn from, 3 to test on, 17 items"
    missing = sum((~one.reported).sum() for one in test)
    always = next(line for line in lines if "always" in line)
    assert f"{missing} found, 0 missed, {17 * 3 - missing} false" in always
    assert sum(line.lstrip().startswith("linear SVM") for line in lines) == 2
    assert [line.split()[0] for line in lines[-17:]] == ITEMS
    assert lines == list(consort_tm.report(train, test, learn))
