"""A rule file that is wrong is refused with its file, line and key."""

from pathlib import Path

import pytest

from qualitycheck.errors import BadRulePack
from qualitycheck.rulebook.loader import read_pack, read_rule, read_yaml

GOOD = """\
id: lazy
criterion: vague-term
kind: wording
title: A lazy word
why: It says nothing.
authority:
  - {source: House style, at: p. 1}
level: consider
message: "{words} says nothing."
suggestion: Say what you mean.
find:
  - cues: [stuff]
examples:
  flag: ["She has [[stuff]]."]
  pass:
    - {text: She has work., because: it is said what}
    - {text: "She said 'stuff'.", because: it is quoted}
"""


def written(folder: Path, text: str, name: str = "lazy.yaml") -> Path:
    path = folder / name
    path.write_text(text, encoding="utf-8")
    return path


def test_a_good_rule_is_read(tmp_path: Path) -> None:
    assert read_rule(written(tmp_path, GOOD), {}).id == "lazy"


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("kind: wording", "kind: guess", "lazy.yaml, line 1"),
        ("level: consider", "level: grave", "lazy.yaml, line 8, level"),
        ("level: consider", "level: consider\nlevel: must-fix", "line 9: the key 'level' stands twice"),
        ("level: consider", "level: consider\ncolour: red", "line 9, colour"),
        ("cues: [stuff]", "cues: ['(?=x)']", "lazy.yaml, find.0: the cue"),
        ("cues: [stuff]", "cues: ['{nowhere}']", "lazy.yaml, find.0: no lexicon"),
        ("cues: [stuff]", "fact: moon-is-full", "no fact is called 'moon-is-full'"),
        ("cues: [stuff]", "voices: [told]", "either cues or a fact"),
        ("    - {text: \"She said 'stuff'.\", because: it is quoted}\n", "", "more examples that pass"),
        ("id: lazy", "id: other", "must be called after its rule, other.yaml"),
        ("why: It", "why: [It", "lazy.yaml, line"),
    ],
)
def test_a_bad_rule_is_refused_with_its_place(tmp_path: Path, old: str, new: str, said: str) -> None:
    assert old in GOOD
    with pytest.raises(BadRulePack) as refusal:
        read_rule(written(tmp_path, GOOD.replace(old, new)), {})
    assert said in str(refusal.value)


def test_yaml_cannot_make_objects(tmp_path: Path) -> None:
    with pytest.raises(BadRulePack):
        read_yaml(written(tmp_path, "!!python/object/apply:os.getcwd []"))


def test_a_folder_without_pack_yaml_is_no_pack(tmp_path: Path) -> None:
    with pytest.raises(BadRulePack, match="not a rule pack"):
        read_pack(tmp_path)
