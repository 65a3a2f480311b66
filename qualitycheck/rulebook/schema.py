"""What may stand in a rule file: one pydantic model a kind, strict, with nothing unknown allowed.

The same models give validation, the published JSON schema (`rules/schema.json`) and the option table of
`rules/README.md`. Cues are written against the masked view of a sentence (see `language.masking`): lower case,
with CHILD, MOTHER, FATHER, ADULT, PROFESSIONAL, QUOTE, DATE, AGE, REF ... standing for what they name.
"""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field, TypeAdapter, model_validator

from qualitycheck.result import Level, Status
from qualitycheck.understanding.case import Position, ReportType, Role, Stage, Voice

Id = Annotated[str, Field(pattern=r"^[a-z0-9]+(?:[.-][a-z0-9]+)*$")]
# A combination holds when all its signals are there; "not x" holds when x is not.
Combination = list[str]


class Model(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class Authority(Model):
    """Whom the rule rests on, and where: {source: Children Act 1989, at: s1(5)}."""

    source: str
    at: str


class FlagExample(Model):
    """A short report that the rule must flag; [[ ]] marks the exact words, in element rules `status` is expected."""

    text: str
    status: Status | None = None
    type: ReportType | None = None
    children: list[str] | None = None  # "Mia Hart, 2017-03-02"; default: one child


class PassExample(Model):
    """A short report that the rule must leave alone, and why; in element rules it must come out as `status` (met)."""

    text: str
    because: str
    status: Status | None = None
    type: ReportType | None = None
    children: list[str] | None = None


class Examples(Model):
    flag: list[FlagExample | str] = Field(min_length=1)
    pass_: list[PassExample] = Field(alias="pass", min_length=1)

    @model_validator(mode="after")
    def more_that_pass(self) -> Examples:
        if len(self.pass_) <= len(self.flag):
            raise ValueError("there must be more examples that pass than examples that flag")
        return self


class Near(Model):
    """Cues or voices looked for around a sentence: in it, and so many sentences before and after in its section."""

    cues: list[str] = []
    voices: list[Voice] = []
    before: int = Field(default=0, ge=0, le=40)
    after: int = Field(default=0, ge=0, le=40)
    paragraph: bool = False  # the whole paragraph as well
    section: bool = False  # the whole section as well, its heading too
    itself: bool = True  # the sentence itself counts
    same_paragraph: bool = False  # only sentences of its own paragraph


class Signal(Model):
    """Something to find in the report: sentences that match a cue where it counts, or a fact worked out in code."""

    says: str = ""  # in plain words what it shows, for explanations
    cues: list[str] = []
    fact: str | None = None  # a name in `rulebook.facts.FACTS`
    words: Literal["masked", "text"] = "masked"  # "text": as written, in lower case, quotations included
    in_roles: list[Role] = []  # only in sections with these roles
    not_in_roles: list[Role] = []
    voices: list[Voice] = []
    not_voices: list[Voice] = []
    not_speakers: list[Position] = []  # not where one of these is reported: "the mother says that ..."
    unless: list[str] = []  # cues in the same sentence that cancel the match
    near: list[Near] = []  # every one must be found
    not_near: list[Near] = []  # none may be found
    ended: bool = False  # only sentences that end with a full stop: no notes, rows of a table or list items
    headings: bool = False  # headings and label cells count too
    most_words: int | None = Field(default=None, ge=1)  # only in sentences of at most so many words
    last_in_paragraph: bool = False  # only where nothing follows in the paragraph
    per: Literal["child", "parent"] | None = None  # must hold for each; "some NAME" in a combination asks for one
    at_least: int = Field(default=1, ge=1)  # sentences

    @model_validator(mode="after")
    def something_to_find(self) -> Signal:
        if bool(self.cues) == bool(self.fact):
            raise ValueError("a signal has either cues or a fact")
        return self


class Rule(Model):
    """What every rule says of itself, whatever its kind."""

    id: Id
    criterion: Id
    title: str  # the thing found, not the cure
    why: str
    authority: list[Authority] = Field(min_length=1)
    report_types: list[ReportType] = [ReportType.SECTION7, ReportType.SECTION31]
    stages: list[Stage] = []  # empty: all
    known_wrong_when: list[str] = []
    status: Literal["trial", "stable"] = "trial"
    examples: Examples


class FindingRule(Rule):
    level: Level
    message: str  # what is wrong, in a sentence; {words} are filled from the passage or the check
    suggestion: str


class Levels(Model):
    """How much it matters that an element is partial, or missing."""

    partial: Level
    missing: Level


class ElementRule(Rule):
    """An element the report must hold: its signals, and which combinations make it met or partial."""

    kind: Literal["element"]
    signals: dict[str, Signal]
    applies_when: list[Combination] = []  # otherwise not applicable; empty: always applies
    met: list[Combination] = Field(min_length=1)
    partial: list[Combination] = Field(min_length=1)
    unsure: list[Combination] = []  # a person must read
    per_child: bool = False
    levels: Levels
    reasons: dict[Literal["met", "partial", "missing", "not-applicable"], str]
    evidence: list[str]  # whose sentences are shown, in this order

    @model_validator(mode="after")
    def known_signals(self) -> ElementRule:
        for combination in [*self.applies_when, *self.met, *self.partial, *self.unsure, self.evidence]:
            for term in combination:
                name = term.removeprefix("not ").removeprefix("some ")
                if name not in self.signals:
                    raise ValueError(f"no signal is called {name!r}")
        return self


class WordingRule(FindingRule):
    """Words that are the fault by themselves, unless something cancels them."""

    kind: Literal["wording"]
    find: list[Signal] = Field(min_length=1)
    passage: Literal["sentence", "cue"] = "sentence"
    once_per: Literal["sentence", "paragraph", "report"] = "sentence"
    most: int | None = None  # at most so many in a report, the first ones


class UnsupportedRule(FindingRule):
    """A claim with nothing under it within reach."""

    kind: Literal["unsupported"]
    claim: list[Signal] = Field(min_length=1)
    support: list[Near] = Field(min_length=1)  # any one found nearby supports the claim
    passage: Literal["sentence", "cue"] = "sentence"
    most: int | None = None


class SectionRule(FindingRule):
    """A section whose heading promises something that its sentences do not do."""

    kind: Literal["section"]
    heading: list[str] = []  # cues in the heading; with `roles`, either is enough
    roles: list[Role] = []
    not_heading: list[str] = []
    does: list[Signal] = Field(min_length=1)  # what sentences that keep the promise look like
    at_least_sentences: int = 3  # shorter sections are left alone
    most_share: float = Field(default=0.0, ge=0, le=1)  # flagged when at most this share of sentences does it


class CheckRule(FindingRule):
    """An exact check written in code; the rule says what it means to people."""

    kind: Literal["check"]
    check: str  # a name in `consistency.CHECKS` or `proofing`


AnyRule = Annotated[ElementRule | WordingRule | UnsupportedRule | SectionRule | CheckRule, Field(discriminator="kind")]
RULE: TypeAdapter[AnyRule] = TypeAdapter(AnyRule)


class Pack(Model):
    """A folder of rules: `pack.yaml`."""

    name: str
    version: str
    jurisdiction: str
    owners: list[str]
    lexicons: dict[str, list[str]] = {}  # filled from lexicons/*.yaml


class Read(Model):
    """How a fault is told that the trained reader sees and no rule does."""

    level: Level
    message: str
    suggestion: str


class Criterion(Model):
    """One row of the catalogue, with what a page about it says: `rules/criteria/<id>.yaml`."""

    id: Id
    kind: Literal["element", "finding"]
    order: int  # in the catalogue, from 1
    title: str
    report_types: list[ReportType]
    per_child: bool = False
    purpose: str
    law: list[Authority] = Field(min_length=1)
    source: str  # the catalogue's own words for where it comes from
    met_when: str = ""
    partial_when: str = ""
    missing_when: str = ""
    wrong_when: str = ""  # of findings: what is wrong
    not_a_fault: str = ""
    read: Read | None = None  # of findings that are judged by meaning
    examples: list[str] = Field(min_length=1)  # in words a practitioner would meet
    does_not_mean: str
    what_to_do: str
