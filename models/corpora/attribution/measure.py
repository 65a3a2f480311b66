"""Measure who-speaks on the 300 labelled sentences: precision, recall, F1 by voice, and how far the readers agree.

python -m models.corpora.attribution.measure            # the table
python -m models.corpora.attribution.measure --errors   # and each sentence got wrong
python -m models.corpora.attribution.measure --write PATH   # what is found, to score it later
"""

from __future__ import annotations

import argparse
import json
from collections import Counter
from itertools import groupby
from pathlib import Path
from typing import NamedTuple

from qualitycheck.document import Document, Paragraph, Section
from qualitycheck.understanding import understand
from qualitycheck.understanding.case import Voice

HERE = Path(__file__).parent
FRONTS = {
    "A": (
        "Report under section 7 of the Children Act 1989",
        "Children: Tilda Corrin, born 2 October 2016; Joss Corrin, born 9 December 2023.",
        "Mother: Ms Una Marrick. Father: Mr Dale Corrin.",
        "Author: Peg Lanyon, family court adviser.",
    ),
    "B": (
        "Final analysis of the children's guardian",
        "Child: Kit Farrow, born 2 June 2024.",
        "Mother: Shona Farrow (M). Father: Lee Binns (F).",
        "Guardian: Peg Lanyon, children's guardian.",
    ),
}


class Labelled(NamedTuple):
    id: int
    case: str
    context: int
    heading: str
    paragraph: int
    text: str
    first: str
    second: str


def read() -> list[Labelled]:
    lines = (HERE / "sentences.jsonl").read_text(encoding="utf-8").splitlines()
    return [Labelled(**json.loads(line)) for line in lines]


def found(sentences: list[Labelled]) -> dict[int, str]:
    """The voice that `understand` gives each sentence, read in its context."""
    voices: dict[int, str] = {}
    for _, group in groupby(sentences, key=lambda sentence: sentence.context):
        voices |= _found_in_context(list(group))
    return voices


def _found_in_context(context: list[Labelled]) -> dict[int, str]:
    texts = list(FRONTS[context[0].case])
    at: dict[tuple[int, int], int] = {}
    heading = len(texts)
    texts.append(context[0].heading)
    for _, group in groupby(context, key=lambda sentence: sentence.paragraph):
        text = ""
        for sentence in group:
            text += " " if text else ""
            at[len(texts), len(text)] = sentence.id
            text += sentence.text
        texts.append(text)
    case = understand(_document(texts, heading))
    starts = {(sentence.paragraph, sentence.start): sentence.voice for sentence in case.sentences}
    return {id_: starts.get(place, Voice.PLAIN).value for place, id_ in at.items()}


def _document(texts: list[str], heading: int) -> Document:
    paragraphs = tuple(
        Paragraph(at, text, 0 if at < heading else 1, heading_level=1 if at in (0, heading) else None)
        for at, text in enumerate(texts)
    )
    sections = (
        Section(0, "", 0, None, None, 0, heading),
        Section(1, texts[heading], 1, None, heading, heading, len(texts)),
    )
    return Document("context.docx", "0" * 64, paragraphs, (), sections)


def table(sentences: list[Labelled], voices: dict[int, str]) -> str:
    rows = ["| voice | sentences | precision | recall | F1 |", "|---|---|---|---|---|"]
    for voice in Voice:
        gold = {sentence.id for sentence in sentences if sentence.first == voice}
        given = {sentence.id for sentence in sentences if voices[sentence.id] == voice}
        right = len(gold & given)
        precision = right / len(given) if given else 0.0
        recall = right / len(gold) if gold else 0.0
        f1 = 2 * precision * recall / (precision + recall) if right else 0.0
        rows.append(
            f"| {voice} | {len(gold)} | {precision:.2f} ({right}/{len(given)}) | {recall:.2f} ({right}/{len(gold)}) "
            f"| {f1:.2f} |"
        )
    right = sum(sentence.first == voices[sentence.id] for sentence in sentences)
    rows.append(f"| all | {len(sentences)} | | {right / len(sentences):.2f} ({right}/{len(sentences)}) | |")
    return "\n".join(rows)


def kappa(first: list[str], second: list[str]) -> tuple[float, float]:
    """Share of agreement, and Cohen's kappa."""
    agreed = sum(a == b for a, b in zip(first, second, strict=True)) / len(first)
    one, other = Counter(first), Counter(second)
    chance = sum(one[label] * other[label] for label in one) / len(first) ** 2
    return agreed, (agreed - chance) / (1 - chance)


def agreement(sentences: list[Labelled]) -> str:
    """How often each reader gave each voice, how often both did, and Cohen's kappa for that voice against the rest."""
    rows = ["| voice | first | second | both | kappa |", "|---|---|---|---|---|"]
    for voice in Voice:
        first = [str(sentence.first == voice) for sentence in sentences]
        second = [str(sentence.second == voice) for sentence in sentences]
        both = sum(sentence.first == sentence.second == voice for sentence in sentences)
        rows.append(
            f"| {voice} | {first.count('True')} | {second.count('True')} | {both} | {kappa(first, second)[1]:.2f} |"
        )
    both = sum(sentence.first == sentence.second for sentence in sentences)
    of_all = kappa([sentence.first for sentence in sentences], [sentence.second for sentence in sentences])[1]
    rows.append(f"| all | {len(sentences)} | {len(sentences)} | {both} | {of_all:.2f} |")
    return "\n".join(rows)


def main() -> None:
    parser = argparse.ArgumentParser(description="Measure who-speaks on the labelled sentences.")
    parser.add_argument("--errors", action="store_true", help="list the sentences got wrong")
    parser.add_argument("--write", type=Path, help="write what is found as JSON")
    options = parser.parse_args()
    sentences = read()
    voices = found(sentences)
    print(table(sentences, voices))
    agreed, chance_corrected = kappa([s.first for s in sentences], [s.second for s in sentences])
    print(f"\nReaders agree on {agreed:.0%} of sentences (kappa {chance_corrected:.2f}).\n")
    print(agreement(sentences))
    with_second = sum(voices[sentence.id] == sentence.second for sentence in sentences)
    print(
        f"\nRight by the second reader's labels: {with_second}/{len(sentences)} ({with_second / len(sentences):.0%})."
    )
    undisputed = [sentence for sentence in sentences if sentence.first == sentence.second]
    right = sum(voices[sentence.id] == sentence.first for sentence in undisputed)
    print(f"Right where both readers agree: {right}/{len(undisputed)} ({right / len(undisputed):.0%}).")
    if options.write:
        options.write.write_text(json.dumps(voices, indent=0) + "\n", encoding="utf-8")
    if options.errors:
        for sentence in sentences:
            if voices[sentence.id] != sentence.first:
                print(
                    f"{sentence.id:3} {sentence.first:9} {voices[sentence.id]:9} [{sentence.heading}] {sentence.text}"
                )


if __name__ == "__main__":
    main()
