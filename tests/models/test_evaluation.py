"""What docs/evaluation.md is made of, on reports made up for it, and that page, cards and models are of one version."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from sklearn.metrics import cohen_kappa_score

from qualitycheck.judging.claims import WORTH_ASKING, Asked
from qualitycheck.judging.weighing import SaidOfElement, SaidOfSentence
from qualitycheck.measuring import figures
from qualitycheck.measuring.bootstrap import Draws, Estimate
from qualitycheck.measuring.figures import Bin, Calibration
from qualitycheck.measuring.labels import labels_of
from qualitycheck.measuring.outcome import Answer, Flagged, Outcome, outcome_of
from qualitycheck.models import evaluate
from qualitycheck.models.evaluation import page, plots, tables
from qualitycheck.models.evaluation.agreement import of_element, of_fault, read_twice
from qualitycheck.models.evaluation.configurations import (
    BOTH,
    MAJORITY,
    MODEL,
    RULES,
    commonest,
    guessed,
    only_elements,
    without_rules,
)
from qualitycheck.models.evaluation.listing import Judged, confidences, errors
from qualitycheck.models.evaluation.reports import Report, report_of
from qualitycheck.models.training.combine import Heard
from qualitycheck.pipeline import check_document
from qualitycheck.rulebook.packs import load_rulebook
from qualitycheck.rulebook.schema import ElementRule

WRITTEN: dict[str, Any] = {
    "id": "s7-z01",
    "type": "section7",
    "voice": "nobody's",
    "layout": "capitals",
    "quality": "poor",
    "children": [{"name": "Ines Farrow", "dob": "2018-02-01"}],
    "report_date": "2026-03-02",
    "blocks": [
        {"kind": "heading", "level": 1, "text": "Report under section 7 of the Children Act 1989"},
        {"kind": "para", "text": "Child: Ines Farrow, born 1 February 2018. The mother and the father are separated."},
        {"kind": "heading", "level": 2, "text": "Analysis"},
        {"kind": "para", "text": "I saw Ines alone at school on 5 January 2026. He plainly has no insight into this."},
        {"kind": "para", "text": "Her mother said that he is lazy. The father is a nasty piece of work."},
    ],
    "gold": {
        "elements": {
            "child-seen": {"status": "met", "evidence": ["I saw Ines alone at school on 5 January 2026."]},
            "harm": {"status": "missing", "evidence": []},
            "diversity": {"status": "missing", "evidence": []},
        },
        "findings": [
            {"rule": "unsupported-assertion", "quote": "He plainly has no insight into this."},
            {"rule": "inappropriate-content", "quote": "a nasty piece of work"},
            {"rule": "description-only", "quote": "Analysis"},
        ],
        "clean": [{"rule": "unbalanced-language", "quote": "Her mother said that he is lazy."}],
    },
}


@pytest.fixture(scope="module")
def report() -> Report:
    return report_of(WRITTEN)


def outcome(name: str, judged: str, *flags: Flagged, missed: tuple[str, ...] = ()) -> Outcome:
    found = tuple(flag.id for flag in flags if flag.right)
    answers = (Answer("child-seen", "met", judged, 0.8, False), Answer("harm", "missing", "missing", 0.6, True))
    return Outcome(name, answers, True, flags, found, missed, clean=2, clean_flagged=1)


RIGHT = Flagged("vague-term", "a-rule", 0.9, True)
FALSE = Flagged("vague-term", "a-rule", 0.6, False)


def test_quotations_are_found_as_the_layout_writes_them(report: Report) -> None:
    """Headings in capitals, and the quotation of one with them."""
    assert [fault.quote for fault in report.labels.findings or ()][-1] == "ANALYSIS"
    assert len(outcome_of(report.document, check_document(report.document), report.labels).missed) <= 3


def test_majority_says_what_is_commonest_and_flags_nothing(report: Report) -> None:
    train = [labels_of({"gold": {"elements": {"harm": {"status": status}, "child-seen": {"status": "partial"}}}})
             for status in ("missing", "met", "missing")]  # fmt: skip
    guess = commonest(train) | {"diversity": "met"}
    assert guess["harm"] == "missing"
    (guessed_,) = guessed([report], guess)
    assert [answer.right for answer in guessed_.answers] == [False, True, False]
    assert (guessed_.flags, len(guessed_.missed), guessed_.clean) == ((), 3, 1)


def test_the_model_alone_hears_nothing_of_the_rules() -> None:
    odds = np.zeros(4, np.float32)
    said = [SaidOfSentence("vague-term", share, confidence, 0.0, 0.0)
            for share, confidence in ((2.0, 0.9), (WORTH_ASKING - 1, 0.9), (-1.0, 0.0))]  # fmt: skip
    heard = Heard(
        "s7-z01", "nobody's", [SaidOfElement("harm", "met", 0.9, odds)], ["met"],
        [Asked(n, "vague-term") for n in range(3)], said,
        np.array([True, True, False]), [(0,), (1,), ()], {"vague-term": 2},
    )  # fmt: skip
    alone = without_rules(heard)
    assert [one.sentence for one in alone.asked] == [0, 2]  # the second was asked about only because a rule flagged it
    assert {one.confidence for one in alone.sentences} == {0.0}
    assert list(alone.faulty) == [True, False]
    assert alone.fault_keys == [(0,), ()]
    assert [one.rule for one in alone.elements] == [""]
    assert alone.faults == {"vague-term": 2}  # what is there to be found stays
    rules = only_elements(load_rulebook()).rules
    assert {type(rule) for rule in rules} == {ElementRule}


def test_second_reading_is_judged_as_a_checker_and_agreement_is_that_of_scikit_learn() -> None:
    elements = {"child-seen": {"status": "partial"}, "harm": {"status": "missing"}, "diversity": {"status": "missing"}}
    findings = [
        {"rule": "unsupported-assertion", "quote": "plainly has no insight"},
        {"rule": "description-only", "quote": "Analysis"},
        {"rule": "unbalanced-language", "quote": "lazy"},
    ]
    read = read_twice(WRITTEN, {"id": "s7-z01", "elements": elements, "findings": findings})
    assert sorted(read.outcome.found) == ["description-only", "unsupported-assertion"]
    assert read.outcome.missed == ("inappropriate-content",)
    statuses = of_element([read], None)
    assert (statuses.agreed.count, statuses.agreed.of) == (2, 3)
    assert statuses.kappa.value == pytest.approx(
        cohen_kappa_score(["met", "missing", "missing"], ["partial", "missing", "missing"])
    )
    faults = of_fault([read], None)
    assert (faults.scores.found, faults.scores.missed, faults.scores.false) == (2, 1, 1)
    marked = [1] * 3 + [0] * (read.sentences - 3)
    again = [1] * 2 + [0] + [1] + [0] * (read.sentences - 4)
    assert faults.kappa.value == pytest.approx(cohen_kappa_score(marked, again))
    assert faults.agreed.of == read.sentences
    assert of_fault([read], "too-young").scores.f1.value is None


def test_errors_are_listed_with_the_words_they_are_about(report: Report) -> None:
    result = check_document(report.document)
    judged = Judged(report, result, outcome_of(report.document, result, report.labels))
    listed = "\n".join(errors(judged))
    wrong = [answer for answer in judged.outcome.answers if not answer.right]
    assert listed.count("labelled") >= len(wrong)
    assert listed.count(" MISSED ") == len(judged.outcome.missed)
    assert listed.count(" FALSE ") == sum(not flag.right for flag in judged.outcome.flags)


def test_confidence_of_a_rule_is_drawn_towards_that_of_all() -> None:
    other = Flagged("too-young", "b-rule", 0.9, True)
    shares = confidences([outcome("one", "met", RIGHT, FALSE, FALSE, FALSE, other)])
    assert shares["a-rule"]["flag"] == pytest.approx((1 + 4 * 2 / 5) / (4 + 4), abs=0.01)
    assert shares["b-rule"]["flag"] == pytest.approx((1 + 4 * 2 / 5) / (1 + 4), abs=0.01)
    assert shares["child-seen"] == {"met": 1.0}


def test_names_that_training_asks_for_are_there() -> None:
    assert {"locate", "labelled_reports", "measure", "confidences"} <= set(dir(evaluate))


def measured(report: Report) -> page.Measured:
    ways = {way: [outcome("one", "partial", RIGHT, FALSE, missed=("too-young",))] for way in (MAJORITY, RULES, MODEL)}
    ways |= {way: [outcome("one", "met", RIGHT)] for way in (BOTH, "strict", "thorough")}
    read = read_twice(WRITTEN, {"elements": WRITTEN["gold"]["elements"], "findings": WRITTEN["gold"]["findings"]})
    return page.Measured({"version": "3"}, ["child-seen", "harm"], ["vague-term", "too-young"], [report], ways, [read])


def test_the_page_keeps_what_was_written_by_hand(report: Report, tmp_path: Path) -> None:
    written = tmp_path / "evaluation.md"
    written.write_text(f"# By hand\n\n{page.BEGIN}\nold\n{page.END}\n\n## Still wrong\n", "utf-8")
    page.write(measured(report), written)
    text = written.read_text("utf-8")
    assert text.startswith("# By hand\n") and text.endswith("## Still wrong\n") and "old" not in text
    assert "Models version 3." in text
    assert "| both | 1.00 | 1 of 1 | – | – | – | 0 | 0 | 0 |" in text  # child-seen: met, and said to be
    assert "| rules only | 0.00 | 0 of 1 | 0.00 | – | 0.00 | 0 | 0 | 1 |" in text
    assert "| both | 1.00 | 1.00 | 1.00 | 1 | 0 | 0 |" in text  # vague-term
    assert "second reader" in text
    images = re.findall(r"!\[[^]]+\]\(([^)]+)\)", text)
    assert len(images) == 3
    assert all((tmp_path / image).read_text("utf-8").lstrip().startswith("<?xml") for image in images)
    page.write(measured(report), written)
    assert written.read_text("utf-8") == text


def test_what_training_measured_is_shown_where_it_left_it(report: Report, tmp_path: Path) -> None:
    written = tmp_path / "evaluation.md"
    written.write_text(f"{page.BEGIN}\n{page.END}\n", "utf-8")
    point = {"statuses": 0.8, "deficient_f1": 0.84, "unsupported_f1": None, "findings_f1": 0.62}
    curve = [{"reports": 20, "voices": 10, **point}, {"reports": 80, "voices": 40, **point}]
    (tmp_path / "evaluation").mkdir()
    (tmp_path / "evaluation" / page.LEARNING_CURVE).write_text(json.dumps(curve), "utf-8")
    (tmp_path / "evaluation" / page.ABLATIONS).write_text(json.dumps([{"name": "no neighbours", **point}]), "utf-8")
    page.write(measured(report), written)
    text = written.read_text("utf-8")
    assert "| no neighbours | 0.80 | 0.84 | – | 0.62 |" in text
    assert "| 80 | 40 | 0.80 | 0.84 | – | 0.62 |" in text
    assert (tmp_path / "evaluation" / "learning-curve.svg").is_file()


def test_plots_are_the_same_bytes_each_time_and_carry_no_date(tmp_path: Path) -> None:
    measured_ = Calibration(Estimate(0.1), (Bin(5, 0.4, 0.6), Bin(5, 0.8, 0.8)))
    rows = {
        "harm": {"both": Estimate(0.8, 0.7, 0.9), "rules only": Estimate(0.6)},
        "diversity": {"both": Estimate(None)},
    }
    files = []
    for turn in ("one", "two"):
        plots.reliability(measured_, measured_, tmp_path / turn / "a.svg")
        plots.by_criterion(rows, tmp_path / turn / "b.svg", "F1")
        files.append([(tmp_path / turn / name).read_bytes() for name in ("a.svg", "b.svg")])
    assert files[0] == files[1]
    assert b"date" not in files[0][0]
    assert b"harm" in files[0][1]  # letters are letters, so that they can be read out


def test_reports_are_grouped_by_what_they_have_in_common(report: Report) -> None:
    other = report._replace(label={**report.label, "quality": "good"})
    text = tables.groups([report, other, report], [outcome(str(n), "met", FALSE) for n in range(3)], "quality")
    assert [line.split(" | ")[:2] for line in text.splitlines()[2:]] == [["| good", "1"], ["| poor", "2"]]
    assert figures.mean_of([1, 1, 1], Draws(3)).value == 1


def test_page_cards_and_models_are_of_one_version(root: Path) -> None:
    version = json.loads((root / "models" / "artefacts" / "manifest.json").read_text("utf-8"))["version"]
    shown = re.search(r"^Models version ([^\s,]+?)[.,]? ", (root / "docs" / "evaluation.md").read_text("utf-8"), re.M)
    assert shown and shown[1] == version
    cards = sorted((root / "models" / "cards").glob("*.md"))
    assert cards
    for card in cards:
        told = re.search(r"\*\*Version\*\*: (\S+)", card.read_text("utf-8"))
        assert told and told[1] == version, card.name
