"""Measure the checker on labelled reports, with counts: `make evaluate`, or `python models/evaluate.py FOLDER`.

A folder holds labelled reports as .json (the format is described in `models/corpora/README.md`), each with a .docx of
the same name beside it; without one the report is written as a .docx in its own layout first. How flags are judged is
the contract's: a flag finds a fault when it has its id, overlaps its quotation, and is one sentence or at most three
times its words; a flag that meets a quotation marked clean counts against the checker, as does one that meets nothing.
"""

from __future__ import annotations

import argparse
import json
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, NamedTuple

import yaml

from qualitycheck.document import Document
from qualitycheck.language.sentences import split
from qualitycheck.pipeline import check_document
from qualitycheck.reading import read_docx
from qualitycheck.result import Finding, ReportResult

LACKING = ("partial", "missing")
POOLED = ("inconsistent-fact", "cross-reference", "template-residue", "too-young", "repetition")
BEGIN, END = "<!-- written by make evaluate -->", "<!-- to here -->"
PRIOR = 4.0  # answers as good as the average, added to those seen of each rule


class Labelled(NamedTuple):
    id: str
    label: dict[str, Any]
    document: Document
    result: ReportResult


class Spot(NamedTuple):
    paragraph: int
    start: int
    end: int
    words: int


@dataclass
class Counts:
    """True and false flags and missed faults of one id."""

    found: int = 0
    missed: int = 0
    false: int = 0

    def add(self, other: Counts) -> None:
        self.found += other.found
        self.missed += other.missed
        self.false += other.false

    def line(self) -> str:
        precision = self.found / max(self.found + self.false, 1)
        recall = self.found / max(self.found + self.missed, 1)
        f1 = 2 * precision * recall / max(precision + recall, 1e-9)
        counted = f"{self.found:4d} found {self.missed:4d} missed {self.false:4d} false"
        return f"{counted}   P {precision:.2f} R {recall:.2f} F1 {f1:.2f}"


@dataclass
class Measures:
    statuses: Counter[tuple[str, str, str]] = field(default_factory=Counter)  # id, labelled, judged
    findings: dict[str, Counts] = field(default_factory=lambda: defaultdict(Counts))
    clean: int = 0
    clean_flagged: int = 0
    flags_by_quality: dict[str, list[int]] = field(default_factory=lambda: defaultdict(list))
    errors: list[str] = field(default_factory=list)  # one line each, for reading
    by_rule: dict[str, Counts] = field(default_factory=lambda: defaultdict(Counts))


def labelled_reports(folder: Path) -> Iterator[Labelled]:
    for path in sorted(folder.glob("*.json")):
        label = json.loads(path.read_text(encoding="utf-8"))
        docx = path.with_suffix(".docx")
        if docx.is_file():
            data = docx.read_bytes()
        else:
            from qualitycheck.models.corpora.layouts import write_docx

            data = write_docx(label, label["layout"])
        document = read_docx(data, name=path.stem + ".docx")
        yield Labelled(path.stem, label, document, check_document(document))


def locate(document: Document, quote: str, occurrence: int = 1) -> Spot | None:
    """Where the quotation stands; None when the document has it in no single paragraph."""
    seen = 0
    for paragraph in document.paragraphs:
        at = paragraph.text.find(quote)
        while at >= 0:
            seen += 1
            if seen == occurrence:
                return Spot(paragraph.index, at, at + len(quote), len(quote.split()))
            at = paragraph.text.find(quote, at + 1)
    return None


def measure(reports: Iterable[Labelled]) -> Measures:
    measures = Measures()
    for report in reports:
        _measure_elements(report, measures)
        _measure_findings(report, measures)
    return measures


def _measure_elements(report: Labelled, measures: Measures) -> None:
    judged = {element.id: element for element in report.result.elements}
    for id_, gold in report.label["gold"]["elements"].items():
        element = judged.get(id_)
        status = element.status.value if element else "not judged"
        measures.statuses[id_, gold["status"], status] += 1
        if status != gold["status"]:
            shown = " | ".join(passage.text for passage in element.passages) if element else ""
            evidence = " | ".join(gold.get("evidence", []))
            measures.errors.append(
                f"{report.id} {id_}: labelled {gold['status']}, judged {status}"
                f"\n      gold: {evidence}\n      ours: {shown}"
            )


def _measure_findings(report: Labelled, measures: Measures) -> None:
    gold = [(fault, _spots(report.document, fault)) for fault in report.label["gold"]["findings"]]
    clean = [(item, locate(report.document, item["quote"])) for item in report.label["gold"]["clean"]]
    flags = list(report.result.findings)
    measures.flags_by_quality[report.label["quality"]].append(len(flags))
    unmatched = dict(enumerate(flags))
    for fault, spots in gold:
        hits = [i for i, flag in unmatched.items() if flag.id == fault["rule"] and _finds(flag, spots)]
        if hits:
            measures.findings[fault["rule"]].found += 1
            measures.by_rule[flags[hits[0]].rule].found += 1
            for i in hits:
                del unmatched[i]
        else:
            measures.findings[fault["rule"]].missed += 1
            measures.errors.append(f"{report.id} MISSED {fault['rule']}: {fault['quote']} || {fault.get('other', '')}")
    for flag in unmatched.values():
        measures.findings[flag.id].false += 1
        measures.by_rule[flag.rule].false += 1
        others = [fault["rule"] for fault, spots in gold if any(_overlaps(flag, spot) for spot in spots)]
        note = f" (labelled {', '.join(others)})" if others else ""
        related = " <> ".join(passage.text for passage in flag.related)
        measures.errors.append(f"{report.id} FALSE {flag.id} [{flag.rule}]{note}: {flag.passage.text} || {related}")
    for item, spot in clean:
        measures.clean += 1
        hit = [flag for flag in flags if spot and _overlaps(flag, spot)]
        measures.clean_flagged += bool(hit)
        if hit:
            measures.errors.append(f"{report.id} CLEAN FLAGGED as {hit[0].id} [{hit[0].rule}]: {item['quote']}")


def _spots(document: Document, fault: dict[str, Any]) -> list[Spot]:
    """The fault's place, and for a contradiction the other one too: either may be flagged."""
    quotes = [(fault["quote"], fault.get("occurrence", 1))]
    if fault["rule"] == "inconsistent-fact" and fault.get("other"):
        quotes.append((fault["other"], 1))
    return [spot for quote, occurrence in quotes if (spot := locate(document, quote, occurrence))]


def _overlaps(flag: Finding, spot: Spot) -> bool:
    passage = flag.passage
    return passage.paragraph == spot.paragraph and passage.start < spot.end and spot.start < passage.end


def _finds(flag: Finding, spots: list[Spot]) -> bool:
    text = flag.passage.text
    words = len(text.split())
    one_sentence = len(split(text)) <= 1
    return any(_overlaps(flag, spot) and (one_sentence or words <= 3 * spot.words) for spot in spots)


def table(measures: Measures) -> Iterator[str]:
    """The figures, a line each: elements by criterion with what was taken for what, then findings by id."""
    yield from _elements_table(measures)
    yield from _findings_table(measures)
    yield f"hard negatives flagged: {measures.clean_flagged}/{measures.clean}"
    for quality, counts in sorted(measures.flags_by_quality.items()):
        yield f"flags per {quality} report: {sum(counts) / len(counts):.1f} {counts}"


def _elements_table(measures: Measures) -> Iterator[str]:
    total, right, labelled = Counter[str](), Counter[str](), Counter[str]()
    deficient = Counts()
    for (id_, gold, judged), count in measures.statuses.items():
        total[id_] += count
        right[id_] += count * (gold == judged)
        labelled[gold] += count
        lacking, said = gold in LACKING, judged in LACKING
        deficient.found += count * (lacking and said)
        deficient.missed += count * (lacking and not said)
        deficient.false += count * (said and not lacking)
    yield "element                    right of all   labelled>judged"
    for id_ in total:
        confusion = ", ".join(
            f"{gold}>{judged} {count}"
            for (other, gold, judged), count in sorted(measures.statuses.items())
            if other == id_ and gold != judged
        )
        yield f"  {id_:24s} {right[id_]:3d}/{total[id_]:3d}   {confusion}".rstrip()
    everything = max(sum(total.values()), 1)
    yield f"element statuses right: {sum(right.values())}/{everything} = {sum(right.values()) / everything:.3f}"
    yield f"  always the commonest: {max(labelled.values(), default=0) / everything:.3f}"
    yield f"  deficient (partial or missing): {deficient.line()}"


def _findings_table(measures: Measures) -> Iterator[str]:
    whole, pooled = Counts(), Counts()
    for id_, counts in sorted(measures.findings.items()):
        yield f"  {id_:26s} {counts.line()}"
        whole.add(counts)
        if id_ in POOLED:
            pooled.add(counts)
    yield f"  {'all findings':26s} {whole.line()}"
    yield f"  {'the five exact ones pooled':26s} {pooled.line()}"


def write_between_marks(document: Path, figures: str) -> None:
    text = document.read_text(encoding="utf-8")
    before, rest = text.split(BEGIN)
    after = rest.split(END)[1]
    document.write_text(f"{before}{BEGIN}\n```\n{figures}\n```\n{END}{after}", encoding="utf-8", newline="\n")


def confidences(measures: Measures) -> dict[str, dict[str, float]]:
    """How often each answer of each rule is right, by rule id: an element's statuses, or "flag".

    Few reports say little of one rule, so each share is drawn towards that of all rules together as if PRIOR more
    answers had been seen (the mean of a beta distribution).
    """
    given, right = Counter[tuple[str, str]](), Counter[tuple[str, str]]()
    for (id_, gold, judged), count in measures.statuses.items():
        given[id_, judged] += count
        right[id_, judged] += count * (gold == judged)
    for rule, counts in measures.by_rule.items():
        given[rule, "flag"] = counts.found + counts.false
        right[rule, "flag"] = counts.found
    overall = {
        answer: sum(right[key] for key in given if key[1] == answer)
        / max(sum(given[key] for key in given if key[1] == answer), 1)
        for answer in {answer for _, answer in given}
    }
    shares: dict[str, dict[str, float]] = defaultdict(dict)
    for rule, answer in sorted(given):
        share = (right[rule, answer] + PRIOR * overall[answer]) / (given[rule, answer] + PRIOR)
        shares[rule][answer] = round(share, 2)
    return dict(shares)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path, nargs="+")
    parser.add_argument("--errors", metavar="TEXT", help="print the errors whose line holds TEXT ('' for all)")
    parser.add_argument(
        "--write", type=Path, metavar="FILE", help="write the figures between the marks in this document"
    )
    parser.add_argument("--write-confidence", type=Path, metavar="FILE", help="write how often each answer is right")
    options = parser.parse_args()
    measures = measure(report for folder in options.folder for report in labelled_reports(folder))
    if options.errors is not None:
        print("\n".join(error for error in measures.errors if options.errors in error))
    figures = "\n".join(table(measures))
    print(figures)
    if options.write:
        write_between_marks(options.write, figures)
    if options.write_confidence:
        text = "# How often each answer of each rule is right, by models/evaluate.py on the development reports.\n"
        text += yaml.safe_dump(confidences(measures), sort_keys=True)
        options.write_confidence.write_text(text, encoding="utf-8", newline="\n")


if __name__ == "__main__":
    main()
