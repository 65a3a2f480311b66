"""A user's own configuration, `qualitycheck.toml`: rules on or off, levels, own packs, accepted words, limits.

    [rules]
    off = ["vague-term"]                 # rule ids or criteria

    [levels]
    relevance-unclear = "consider"       # rule ids or criteria: must-fix, should-fix or consider

    [packs]
    folders = ["our-rules"]              # beside this file, or full paths

    [words]
    accept = ["Llanfair", "Tigerlily"]   # names and terms that are no spelling mistake

    [models]
    use = true                           # false: the rules alone
    boldness = "balanced"                # strict (few flags, mostly right), balanced or thorough
    folder = "qualitycheck-models"       # your own, from `qualitycheck learn`

    [limits]
    file_bytes = 52428800                # any limit of `qualitycheck.limits`

One file holds for a whole run: the one given with --config, or `qualitycheck.toml` in the folder the command is run in.
"""

from __future__ import annotations

import tomllib
from dataclasses import dataclass, field, fields, replace
from pathlib import Path
from typing import Any

from qualitycheck.errors import BadSetting
from qualitycheck.judging.judge import BOLDNESS, Boldness
from qualitycheck.limits import Limits
from qualitycheck.result import Level

FILE_NAME = "qualitycheck.toml"
_KNOWN = {"rules": {"off"}, "packs": {"folders"}, "words": {"accept"}, "models": {"use", "boldness", "folder"}}


@dataclass(frozen=True)
class Models:
    """Whether the trained models are asked, how bold they are, and where an office's own lie."""

    use: bool = True
    boldness: Boldness = "balanced"
    folder: Path | None = None


@dataclass(frozen=True)
class Configuration:
    off: frozenset[str] = frozenset()
    levels: dict[str, Level] = field(default_factory=dict)
    packs: tuple[Path, ...] = ()
    accepted: frozenset[str] = frozenset()
    models: Models = Models()
    limits: Limits = Limits()


def load_configuration(path: Path | None = None) -> Configuration:
    """The configuration in the file, or in the working folder's own, or the defaults; raises BadSetting."""
    if path is None:
        path = Path(FILE_NAME)
        if not path.is_file():
            return Configuration()
    try:
        data = tomllib.loads(path.read_text(encoding="utf-8-sig"))
    except OSError:
        raise BadSetting(f"the configuration {path} cannot be read: see that it is there, and yours to read") from None
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise BadSetting(f"{path.name} is not TOML: {error}") from None
    _refuse_unknown(path, data)
    return Configuration(
        off=frozenset(_strings(path, data, "rules", "off")),
        levels={name: _level(path, name, value) for name, value in data.get("levels", {}).items()},
        packs=tuple(_folder(path, name, "rule pack") for name in _strings(path, data, "packs", "folders")),
        accepted=frozenset(_strings(path, data, "words", "accept")),
        models=_models(path, data.get("models", {})),
        limits=_limits(path, data.get("limits", {})),
    )


def _refuse_unknown(path: Path, data: dict[str, Any]) -> None:
    for section, content in data.items():
        if section not in {*_KNOWN, "levels", "limits"} or not isinstance(content, dict):
            raise BadSetting(f"{path.name}: there is no section [{section}]")
        for key in content:
            if section in _KNOWN and key not in _KNOWN[section]:
                raise BadSetting(f"{path.name}: [{section}] has no setting {key!r}")


def _strings(path: Path, data: dict[str, Any], section: str, key: str) -> list[str]:
    value = data.get(section, {}).get(key, [])
    if not isinstance(value, list) or not all(isinstance(item, str) for item in value):
        raise BadSetting(f"{path.name}: {key} in [{section}] must be a list of words in quotation marks")
    return value


def _level(path: Path, name: str, value: object) -> Level:
    try:
        return Level(str(value))
    except ValueError:
        raise BadSetting(f"{path.name}: the level of {name} must be one of {', '.join(Level)}") from None


def _folder(path: Path, name: str, what: str) -> Path:
    folder = (path.parent / name).resolve()
    if not folder.is_dir():
        raise BadSetting(f"{path.name}: the {what} {name} is not a folder")
    return folder


def _models(path: Path, told: dict[str, Any]) -> Models:
    use, boldness, folder = told.get("use", True), told.get("boldness", "balanced"), told.get("folder")
    if not isinstance(use, bool):
        raise BadSetting(f"{path.name}: use in [models] must be true or false")
    if boldness not in BOLDNESS:
        raise BadSetting(f"{path.name}: boldness in [models] must be one of {', '.join(BOLDNESS)}")
    if folder is not None and not isinstance(folder, str):
        raise BadSetting(f"{path.name}: folder in [models] must be a path in quotation marks")
    return Models(use, boldness, None if folder is None else _folder(path, folder, "folder of your own models"))


def _limits(path: Path, values: dict[str, object]) -> Limits:
    known = {limit.name for limit in fields(Limits)}
    for name, value in values.items():
        if name not in known:
            raise BadSetting(f"{path.name}: [limits] has no limit {name!r}; there are {', '.join(sorted(known))}")
        if not isinstance(value, int) or isinstance(value, bool) or value <= 0:
            raise BadSetting(f"{path.name}: the limit {name} must be a whole number above 0")
    return replace(Limits(), **values)  # type: ignore[arg-type]
