"""Rule files to rules. Safe YAML only; an error names file, line and key."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import yaml
from pydantic import ValidationError

from qualitycheck.errors import BadRulePack
from qualitycheck.rulebook.facts import FACTS
from qualitycheck.rulebook.patterns import Lexicons, balanced, compile_cues
from qualitycheck.rulebook.schema import RULE, AnyRule, Criterion, ElementRule, Near, Pack, Signal


def read_yaml(path: Path) -> Any:
    """The file's data; raises BadRulePack with file and line when it is not YAML."""
    try:
        return yaml.load(path.read_text(encoding="utf-8"), Loader=_Loader)  # noqa: S506  (a safe loader, stricter still)
    except yaml.MarkedYAMLError as error:
        line = error.problem_mark.line + 1 if error.problem_mark else 1
        raise BadRulePack(f"{path.name}, line {line}: {error.problem}") from None
    except (yaml.YAMLError, UnicodeDecodeError):
        raise BadRulePack(f"{path.name} is not YAML in UTF-8") from None


class _Loader(yaml.CSafeLoader if hasattr(yaml, "CSafeLoader") else yaml.SafeLoader):  # type: ignore[misc]
    """Safe loading in which a key that stands twice is an error, not a silent loss."""

    def construct_mapping(self, node: yaml.MappingNode, deep: bool = False) -> dict[Any, Any]:
        seen = set()
        for key_node, _ in node.value:
            if key_node.value in seen:
                raise yaml.constructor.ConstructorError(
                    None, None, f"the key {key_node.value!r} stands twice", key_node.start_mark
                )
            seen.add(key_node.value)
        return super().construct_mapping(node, deep)  # type: ignore[no-any-return]


def read_rule(path: Path, lexicons: Lexicons) -> AnyRule:
    """The rule in the file, all its patterns proved safe; raises BadRulePack."""
    data = read_yaml(path)
    try:
        rule = RULE.validate_python(data)
    except ValidationError as error:
        raise BadRulePack(explain(path, error)) from None
    if path.stem != rule.id:
        raise BadRulePack(f"{path.name}: the file must be called after its rule, {rule.id}.yaml")
    _prove(path, rule, lexicons)
    return rule


def read_criterion(path: Path) -> Criterion:
    try:
        return Criterion.model_validate(read_yaml(path))
    except ValidationError as error:
        raise BadRulePack(explain(path, error)) from None


def read_pack(folder: Path) -> Pack:
    """What `pack.yaml` says, with the lexicons beside it."""
    path = folder / "pack.yaml"
    if not path.is_file():
        raise BadRulePack(f"{folder.name} is not a rule pack: it has no pack.yaml")
    lexicons: dict[str, list[str]] = {}
    for file in sorted((folder / "lexicons").glob("*.yaml")):
        for name, entries in read_yaml(file).items():
            if name in lexicons:
                raise BadRulePack(f"{file.name}: the lexicon {name} stands twice")
            lexicons[name] = entries
    try:
        pack = Pack.model_validate({**read_yaml(path), "lexicons": lexicons})
    except ValidationError as error:
        raise BadRulePack(explain(path, error)) from None
    _prove_lexicons(folder, pack)
    return pack


def _prove_lexicons(folder: Path, pack: Pack) -> None:
    """Every entry stands on its own: half a bracket in one and half in the next would change what both mean."""
    for name, entries in pack.lexicons.items():
        for entry in entries:
            if not balanced(entry):
                raise BadRulePack(f"{folder.name}/lexicons, {name}: the brackets of the entry {entry!r} do not pair")


def explain(path: Path, error: ValidationError) -> str:
    """File, line and key of the first thing wrong, in a sentence."""
    first = error.errors(include_url=False)[0]
    keys = [part for part in first["loc"] if part not in ("element", "wording", "unsupported", "section", "check")]
    line = _line_of(path, keys)
    key = ".".join(str(part) for part in keys) or "the file"
    return f"{path.name}, line {line}, {key}: {first['msg'].removeprefix('Value error, ')}"


def _line_of(path: Path, keys: list[int | str]) -> int:
    node: yaml.Node | None = yaml.compose(path.read_text(encoding="utf-8"), Loader=yaml.SafeLoader)
    line = 1
    for key in keys:
        if isinstance(node, yaml.MappingNode):
            found = [(k, v) for k, v in node.value if k.value == key]
            if not found:
                break
            line, node = found[0][0].start_mark.line + 1, found[0][1]
        elif isinstance(node, yaml.SequenceNode) and isinstance(key, int) and key < len(node.value):
            node = node.value[key]
            line = node.start_mark.line + 1
    return line


def _prove(path: Path, rule: AnyRule, lexicons: Lexicons) -> None:
    """Every cue compiles and every fact exists."""
    signals = _signals(rule)
    for where, signal in signals.items():
        if signal.fact is not None and signal.fact not in FACTS:
            raise BadRulePack(f"{path.name}, {where}: no fact is called {signal.fact!r}")
        nears = [*signal.near, *signal.not_near]
        for cues in (signal.cues, signal.unless, *(near.cues for near in nears)):
            _prove_cues(path, where, cues, lexicons)
    for near in getattr(rule, "support", []):
        _prove_cues(path, "support", near.cues, lexicons)
    for name in ("heading", "not_heading"):
        _prove_cues(path, name, getattr(rule, name, []), lexicons)


def _signals(rule: AnyRule) -> Mapping[str, Signal]:
    if isinstance(rule, ElementRule):
        return {f"signals.{name}": signal for name, signal in rule.signals.items()}
    return {
        f"{name}.{index}": signal
        for name in ("find", "claim", "does")
        for index, signal in enumerate(getattr(rule, name, []))
    }


def _prove_cues(path: Path, where: str, cues: list[str], lexicons: Lexicons) -> None:
    if cues:
        try:
            compile_cues(cues, lexicons)
        except BadRulePack as refusal:
            raise BadRulePack(f"{path.name}, {where}: {refusal}") from None


__all__ = ["Near", "explain", "read_criterion", "read_pack", "read_rule", "read_yaml"]
