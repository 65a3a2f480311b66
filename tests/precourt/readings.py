"""A reading of two rounds, made up: a comment answered and followed, praise, a finding replied to, a sign-off."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime

from qualitycheck.document import Document
from qualitycheck.precourt.following import Draft
from qualitycheck.precourt.form import Form
from qualitycheck.precourt.reading import (
    Answer,
    Handing,
    Judgement,
    Reading,
    Reply,
    Round,
    Said,
    Stance,
)
from qualitycheck.result import Aside, Level, ReportResult, Status, UnreadPart
from qualitycheck.rulebook.packs import load_rulebook
from tests.precourt.said import comment, document, draft, element, finding, passage, result

NAMES = {"auth": "Jo Lindqvist", "read": "S. Okafor", "boss": "T. Brandt", "left": "A. Peel"}
FIRST = document("## Background", "1.\tShe is often late.", "2.\tHe has taken drugs.", "3.\tFlat 2, Elm Road.")
SECOND = document(
    "## Background", "1.\tShe was late on 4 and 6 May.", "2.\tHe has taken drugs.", "3.\tFlat 2, Elm Road."
)


def day(number: int) -> datetime:
    return datetime(2026, 11, number, 9, tzinfo=UTC)


def found(text: Document, **elements: Status) -> ReportResult:
    must = finding(text, "taken drugs", id="unsupported-assertion", level=Level.MUST_FIX, fingerprint="aaaaaaaaaaaa")
    withheld = finding(text, "Elm Road", id="inappropriate-content", fingerprint="bbbbbbbbbbbb")
    given = {"harm": Status.MISSING, "child-seen": Status.MET} | elements
    told = tuple(element(id_, status, Level.MUST_FIX) for id_, status in given.items())
    aside = (Aside(withheld, "The address is known to both."),)
    return result(must, set_aside=aside, elements=told, unread=(UnreadPart("image", 2),), case_number="NE26P00417")


DRAFTS = {
    1: draft(1, FIRST, found(FIRST)),
    2: draft(3, SECOND, found(SECOND, harm=Status.PARTIAL)),
}
SAID = Said(
    judgements={
        "harm": Judgement(Status.MISSING, "Nothing of it.", independent=True),
        "child-seen": Judgement(Status.MISSING, "Only the brother."),
    },
    replies={"aaaaaaaaaaaa": Reply("unsupported-assertion", Stance.DISAGREE, "His own words to me.")},
    comments=(
        comment("a", passage=passage(FIRST, "often"), said="How often?"),
        comment("b", "", criterion="harm", said="Well put."),
        comment("c", "Take it out.", criterion="inappropriate-content", passage=passage(FIRST, "Flat 2, Elm Road")),
    ),
)
LATER = Said(
    judgements={"harm": Judgement(Status.PARTIAL, draft=3)},
    replies=SAID.replies,
    settled={"a": True},
    overall="Argued at the hearing, as the court asked.",
)
READING = Reading(
    id="r",
    case="case",
    title="Marlowe",
    author="auth",
    reader="read",
    kind="manager",
    team="north",
    asked_by="auth",
    asked=day(10),
    filing=date(2026, 11, 20),
    signed_off=day(18),
    filed=date(2026, 11, 19),
    handed=(Handing("left", "read", "boss", day(11), "On leave."),),
    rounds=(
        Round(1, "d1", 1, day(10), day(12), True, SAID, {"a": Answer("changed", "With dates now.", day(13))}),
        Round(2, "d2", 3, day(16), day(18), True, LATER),
    ),
)


def form(reading: Reading = READING, drafts: dict[int, Draft] = DRAFTS) -> Form:
    return Form(reading, drafts, NAMES, load_rulebook(), UTC)


def of_one_round(said: Said, *, returned: bool = True, revealed: bool = True) -> Reading:
    round_ = Round(1, "d1", 1, day(10), day(12) if returned else None, revealed, said)
    return replace(READING, signed_off=None, filed=None, handed=(), rounds=(round_,))
