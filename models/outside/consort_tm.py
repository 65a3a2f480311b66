"""The machinery on CONSORT-TM: which items of a checklist does an article on a trial report nowhere, and which where.

    python -m qualitycheck.models.outside.consort_tm FOLDER

FOLDER is `data` of your own copy of CONSORT-TM (README.md beside this file). Prints figures on the published split with
counts and intervals over articles, a linear SVM's of the same run beside them. Needs what `make train` needs.
"""

from __future__ import annotations

import argparse
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from sklearn.feature_extraction.text import TfidfVectorizer
from sklearn.multiclass import OneVsRestClassifier
from sklearn.svm import LinearSVC

from qualitycheck.measuring.bootstrap import Draws
from qualitycheck.measuring.figures import Scores, scores_of
from qualitycheck.measuring.summary import shown
from qualitycheck.models.outside.articles import ITEMS, Article, NotTheCorpus, read_articles
from qualitycheck.models.outside.heads import Evidence, fit_heads

SVM_C = 10.0  # that of the corpus's authors
Answers = NDArray[np.bool_]
# Evidence for the training articles, by networks that had not seen them, and for the test articles.
Learn = Callable[[Sequence[Article], Sequence[Article]], tuple[list[Evidence], list[Evidence]]]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=Path)
    folder: Path = parser.parse_args().folder
    try:
        train, test = read_articles(folder / "Methods_train.csv"), read_articles(folder / "Methods_test.csv")
    except (OSError, NotTheCorpus) as error:
        parser.error(f"{error}: give the folder `data` of CONSORT-TM (models/outside/README.md)")
    from qualitycheck.models.outside.network import evidence_of

    print("\n".join(report(train, test, evidence_of)))


def report(train: Sequence[Article], test: Sequence[Article], learn: Learn) -> Iterator[str]:
    """Lines of text: both methods' figures on the test articles, then each item's."""
    seen, unseen = learn(train, test)
    heads = fit_heads(train, seen)
    ours = [heads.sentences(evidence) for evidence in unseen]
    missing = [heads.missing_items(evidence) for evidence in unseen]
    svm = by_svm(train, test)
    svm_missing = [~answers.any(axis=0) for answers in svm]
    yield f"{len(train)} articles to learn from, {len(test)} to test on, {len(ITEMS)} items"
    yield ""
    yield "An item reported nowhere in the article"
    yield _line("reported nowhere, always", scores(_missing(test), [np.ones(len(ITEMS), bool)] * len(test)))
    yield _line("linear SVM", scores(_missing(test), svm_missing))
    yield _line("this machinery", scores(_missing(test), missing))
    yield ""
    yield "Items of a sentence (BioBERT, as published: 0.71)"
    yield _line("linear SVM", scores(_sentences(test), svm))
    yield _line("this machinery", scores(_sentences(test), ours))
    yield ""
    yield "Reported nowhere, by item"
    for number, item in enumerate(ITEMS):
        yield _line(item, scores([one[[number]] for one in _missing(test)], [one[[number]] for one in missing]))


def by_svm(train: Sequence[Article], test: Sequence[Article]) -> list[Answers]:
    """One linear SVM an item over words weighted by rarity, the heading before the sentence (the authors' baseline)."""
    words = TfidfVectorizer(stop_words="english")
    machine = OneVsRestClassifier(LinearSVC(C=SVM_C, random_state=0))
    labelled = np.concatenate([article.items for article in train]).astype(int)
    machine.fit(words.fit_transform([text for article in train for text in _texts(article)]), labelled)
    return [machine.predict(words.transform(_texts(article))).astype(bool) for article in test]


def _texts(article: Article) -> list[str]:
    return [f"{heading} {text}" for heading, text in zip(article.headings, article.texts, strict=True)]


def _missing(articles: Sequence[Article]) -> list[Answers]:
    return [~article.reported for article in articles]


def _sentences(articles: Sequence[Article]) -> list[Answers]:
    return [article.items for article in articles]


def scores(labelled: Sequence[Answers], answered: Sequence[Answers]) -> Scores:
    """Over all answers together, with intervals over articles."""
    counts = [
        (int((gold & said).sum()), int((gold & ~said).sum()), int((~gold & said).sum()))
        for gold, said in zip(labelled, answered, strict=True)
    ]
    return scores_of(counts, Draws(len(counts)))


def _line(what: str, of: Scores) -> str:
    counted = f"{of.found} found, {of.missed} missed, {of.false} false"
    return f"  {what:26} {counted:34} P {shown(of.precision):17} R {shown(of.recall):17} F1 {shown(of.f1)}".rstrip()


if __name__ == "__main__":
    main()
