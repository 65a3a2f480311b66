"""The spaCy component, and rule packs that other packages bring."""

import tomllib
from importlib import import_module
from pathlib import Path
from types import SimpleNamespace

import pytest
import spacy

import qualitycheck.spacy_plugin as plugin
from qualitycheck.errors import BadSetting
from qualitycheck.result import ReportResult
from qualitycheck.rulebook import packs
from qualitycheck.rulebook.packs import load_rulebook

TEXT = """\
Section 7 report

  Ada Lowe, born 3 May 2018
Wishes and feelings
Ada is too young to express wishes and feelings. The mother have told me that she wants to move.

Recommendation
I recommend that Ada live with her mother."""


@pytest.fixture(scope="module")
def doc() -> spacy.tokens.Doc:
    nlp = spacy.blank("en")
    nlp.add_pipe("qualitycheck")
    return nlp(TEXT)


def test_installation_declares_the_component(root: Path) -> None:
    declared = tomllib.loads((root / "pyproject.toml").read_text("utf-8"))["project"]["entry-points"]["spacy_factories"]
    module, function = declared["qualitycheck"].split(":")
    assert getattr(import_module(module), function) is plugin.make


def test_works_in_a_pipeline_that_has_nothing_else(doc: spacy.tokens.Doc) -> None:
    assert isinstance(doc._.qualitycheck, ReportResult)
    assert doc._.qualitycheck.type == "section7"
    assert {element.id for element in doc._.qualitycheck.elements} >= {"child-seen", "wishes-and-feelings"}


def test_each_finding_is_a_span_with_its_id(doc: spacy.tokens.Doc) -> None:
    spans = doc.spans["qualitycheck"]
    assert [(span.label_, span.id_) for span in spans] == [
        (finding.id, finding.fingerprint) for finding in doc._.qualitycheck.findings
    ]
    assert "The mother have" in [span.text for span in spans if span.label_ == "language-error"]
    assert [span.text for span in spans] == [finding.passage.text for finding in doc._.qualitycheck.findings]


def test_says_what_a_doc_does_not_let_it_judge(doc: spacy.tokens.Doc) -> None:
    unjudged = {gap.rule: gap.reason for gap in doc._.qualitycheck.not_run}
    assert "tables" in unjudged["layout"]
    barred = {rule.id for rule in load_rulebook().rules if rule.criterion in ("cross-reference", "description-only")}
    assert barred <= unjudged.keys()


def test_lines_are_paragraphs_and_announcing_lines_are_headings() -> None:
    lines = plugin.lines_of(TEXT)
    document = plugin.document_of(TEXT, lines)
    assert [line.text for line in lines] == [line.strip() for line in TEXT.splitlines() if line.strip()]
    assert all(TEXT[line.start :].startswith(line.text) for line in lines)
    assert [section.title for section in document.sections] == [
        "",
        "Section 7 report",
        "Wishes and feelings",
        "Recommendation",
    ]
    assert [(section.first, section.last) for section in document.sections] == [(0, 0), (0, 2), (2, 4), (4, 6)]
    assert [paragraph.section for paragraph in document.paragraphs] == [1, 1, 2, 2, 3, 3]


def test_an_empty_doc_and_another_text_are_judged_by_nothing() -> None:
    nlp = spacy.blank("en")
    nlp.add_pipe("qualitycheck")
    for text in ("", "\n \n", "Dear Sir, please send two loaves and a pint of milk."):
        doc = nlp(text)
        assert doc._.qualitycheck.type == "other"
        assert len(doc.spans["qualitycheck"]) == 0


def test_stands_after_a_users_own_components_and_takes_settings() -> None:
    nlp = spacy.blank("en")
    nlp.add_pipe("sentencizer")
    nlp.add_pipe("qualitycheck", config={"type": "section31", "accepted": ["Wellspringg"]})
    doc = nlp("She likes the wellspringg group, and can recieve visits.")
    assert doc._.qualitycheck.type == "section31"
    assert [span.text for span in doc.spans["qualitycheck"] if span.label_ == "language-error"] == ["recieve"]
    with pytest.raises(BadSetting, match="auto, section7 or section31"):
        spacy.blank("en").add_pipe("qualitycheck", config={"type": "section 7"})


PACK = {
    "pack.yaml": "name: ours\nversion: '1'\njurisdiction: England and Wales\nowners: [us]\n",
    "wording/contact-word.yaml": """\
id: ours.custody
criterion: unbalanced-language
kind: wording
title: An order that is no longer made
why: The word left the law in 1991.
authority: [{source: Children Act 1989, at: s8}]
level: consider
message: "“{words}” is no longer an order."
suggestion: Write who the child lives with.
find: [{cues: [custody]}]
passage: cue
examples:
  flag: ["He wants [[custody]] of Mia."]
  pass:
    - {text: He wants Mia to live with him., because: today's words}
    - {text: The police took him to the station., because: another matter}
""",
}


@pytest.mark.parametrize("as_function", [True, False])
def test_finds_the_rule_packs_of_installed_packages(
    as_function: bool, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name, text in PACK.items():
        file = tmp_path / name
        file.parent.mkdir(exist_ok=True)
        file.write_text(text, encoding="utf-8")
    (tmp_path / "wording/contact-word.yaml").rename(tmp_path / "wording/ours.custody.yaml")
    given = (lambda: tmp_path) if as_function else SimpleNamespace(__path__=[str(tmp_path)])
    point = SimpleNamespace(name="ours", load=lambda: given)
    monkeypatch.setattr(packs, "entry_points", lambda group: [point] if group == "qualitycheck.rulepacks" else [])
    load_rulebook.cache_clear()
    try:
        rulebook = load_rulebook()
        assert "ours/1" in rulebook.version
        assert "ours.custody" in {rule.id for rule in rulebook.rules}
    finally:
        load_rulebook.cache_clear()
