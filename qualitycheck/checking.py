"""Check files: the public Python API, and the one place that joins reading, configuration and the pipeline."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from qualitycheck import __version__
from qualitycheck.aside import SetAside
from qualitycheck.configuration import Configuration, Models
from qualitycheck.consistency.words import stem
from qualitycheck.document import Document
from qualitycheck.errors import BadSetting, UnreadableReport
from qualitycheck.judging import judge as models
from qualitycheck.limits import Limits
from qualitycheck.pipeline import Settings, Stage, check_document, quietly
from qualitycheck.proofing import grammar, words
from qualitycheck.reading import read_docx
from qualitycheck.result import Failure, ReportResult, Result
from qualitycheck.rulebook.packs import Rulebook, load_rulebook
from qualitycheck.understanding.case import ReportType

Source = bytes | str | os.PathLike[str]
TypeWanted = Literal["auto", "section7", "section31"]
NO_MODELS = "none"


@dataclass(frozen=True)
class Checked:
    """One report checked, with what renderers need beside the result; `document` is None when it could not be read."""

    result: ReportResult
    document: Document | None
    data: bytes


class Checker:
    """The rulebook and settings of one run, applied to any number of reports."""

    def __init__(self, type: TypeWanted = "auto", configuration: Configuration | None = None) -> None:
        """Raises BadSetting for an unknown type, rule or criterion, BadRulePack and DamagedModel."""
        configuration = configuration or Configuration()
        if type not in ("auto", "section7", "section31"):
            raise BadSetting(f"the type of report is auto, section7 or section31, not {type!r}")
        if "language-error" not in configuration.off:  # the one rule, and the criterion, that needs the grammar library
            grammar.prepare()
        rulebook = load_rulebook(configuration.packs)
        known = {rule.id for rule in rulebook.rules} | set(rulebook.criteria)
        for name in [*sorted(configuration.off), *configuration.levels]:
            if name not in known:
                raise BadSetting(f"there is no rule or criterion called {name!r}: `qualitycheck criteria` lists them")
        self.rulebook: Rulebook = rulebook.without(configuration.off) if configuration.off else rulebook
        self._limits = configuration.limits
        wanted = configuration.models
        self.settings = Settings(
            None if type == "auto" else ReportType(type),
            configuration.levels,
            configuration.accepted,
            configuration.off,
            models.load_judge(wanted.boldness, wanted.folder) if wanted.use else None,
        )

    @property
    def limits(self) -> Limits:
        return self._limits

    @property
    def tool(self) -> dict[str, str]:
        return tool(self.rulebook, self.settings.judge.version if self.settings.judge else NO_MODELS)

    def read(self, data: bytes, name: str) -> Document:
        """The report as it is checked; raises UnreadableReport, also for what is longer than any report."""
        document = read_docx(data, name=name, limits=self._limits)
        _refuse_too_long(document, self._limits)
        return document

    def check(
        self, data: bytes, name: str, aside: SetAside | None = None, tell: Callable[[Stage], None] = quietly
    ) -> Checked:
        """One report; a file that cannot be read has its reason in its result. `tell` hears how far the check is."""
        tell(Stage.READING)
        try:
            document = self.read(data, name)
        except UnreadableReport as refusal:
            return Checked(unreadable(name, data, refusal), None, data)
        result = check_document(document, self.settings, self.rulebook, tell)
        return Checked(aside.applied_to(result) if aside else result, document, data)

    def result(self, checked: Iterable[Checked]) -> Result:
        return Result(self.tool, tuple(one.result for one in checked))


def tool(rulebook: Rulebook, models: str) -> dict[str, str]:
    """The versions of the program, its rules and its models, as every result has them."""
    return {"version": __version__, "rules": rulebook.version, "models": models}


def models_wanted(wanted: Models) -> str:
    """The version of the models that a check would ask, without loading them; raises DamagedModel."""
    return models.version(wanted.folder) if wanted.use else NO_MODELS


def forget() -> None:
    """Let go of what is kept in memory, to be quicker, of the reports checked so far: sentences and words."""
    grammar.forget()
    words.is_word.cache_clear()
    words.nearest.cache_clear()
    stem.cache_clear()


def _refuse_too_long(document: Document, limits: Limits) -> None:
    """Raises UnreadableReport for what can be read, but not checked in a time that anybody waits."""
    lengths = [len(paragraph.text) for paragraph in document.paragraphs]
    if (
        len(lengths) > limits.checked_paragraphs
        or sum(lengths) > limits.checked_characters
        or max(lengths, default=0) > limits.checked_paragraph_characters
    ):
        raise UnreadableReport(
            "too-complex", "is longer than any report: check that it is one report, and not a whole bundle"
        )


def unreadable(name: str, data: bytes | None, refusal: UnreadableReport) -> ReportResult:
    """The result for a file that could not be read, or could not be opened at all (`data` None)."""
    return ReportResult(
        file=name,
        sha256=hashlib.sha256(data).hexdigest() if data is not None else "",
        type="other",
        type_confidence=0.0,
        type_reason="the file could not be read",
        stage=None,
        children=(),
        words=0,
        paragraphs=0,
        error=Failure(refusal.code, f"{name} {refusal.message}"),
    )


def check(source: Source, *, type: TypeWanted = "auto", configuration: Configuration | None = None) -> Result:
    """Check one report, given as a path or as the bytes of a .docx.

    Findings are results; a file that cannot be read has an `error` in its result. Raises OSError when the path cannot
    be opened, BadSetting and BadRulePack when the configuration is wrong.
    """
    if isinstance(source, bytes):
        name, data = "report.docx", source
    else:
        path = Path(source)
        name, data = path.name, path.read_bytes()
    checker = Checker(type, configuration)
    return checker.result([checker.check(data, name)])
