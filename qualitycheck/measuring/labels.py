"""What a reader said of a report: the `gold` of a labelled report's JSON (docs/own-reports.md)."""

from __future__ import annotations

import json
from collections.abc import Collection, Iterable
from pathlib import Path
from typing import Annotated, Any

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from qualitycheck.errors import UserError
from qualitycheck.judging.labels import MAY_NOT_APPLY
from qualitycheck.result import Status

Words = Annotated[str, Field(min_length=1)]


class BadLabels(UserError):
    """A file of labels is wrong; the message names the file and the place in it, never the words of a report."""


class _Part(BaseModel):
    model_config = ConfigDict(frozen=True, extra="ignore")


class LabelledElement(_Part):
    status: Status


class Fault(_Part):
    """A fault: its criterion and its words; `occurrence` counts from 1 where the words stand more than once."""

    rule: Words
    quote: Words
    other: str | None = None  # what an inconsistent fact contradicts
    occurrence: Annotated[int, Field(ge=1)] = 1


class Sound(_Part):
    """Words that look like a fault and are right as they are."""

    quote: Words


class Labels(_Part):
    """All that was said of one report; `findings` is None where nobody looked for faults."""

    elements: dict[str, LabelledElement] = {}
    findings: tuple[Fault, ...] | None = None
    clean: tuple[Sound, ...] = ()


class _File(_Part):
    gold: Labels


def labels_of(label: dict[str, Any]) -> Labels:
    """The labels in a labelled report of our own corpus."""
    return _File.model_validate(label).gold


def read_labels(path: Path, elements: Collection[str], findings: Collection[str]) -> Labels:
    """The labels in the file.

    Raises:
        BadLabels: if it is not as described, names none of these criteria, or a status that the element cannot have.
    """
    try:
        labels = _File.model_validate(json.loads(path.read_text(encoding="utf-8-sig"))).gold
    except OSError as error:
        raise BadLabels(f"{path.name} cannot be read: {error.strerror}") from None
    except UnicodeDecodeError:
        raise BadLabels(f"{path.name} is not UTF-8 text: save it as UTF-8") from None
    except (json.JSONDecodeError, RecursionError) as error:
        where = f": line {error.lineno} is wrong" if isinstance(error, json.JSONDecodeError) else ""
        raise BadLabels(f"{path.name} is not JSON{where}") from None
    except ValidationError as error:
        first = error.errors(include_input=False, include_url=False, include_context=False)[0]
        where = ".".join(str(part) for part in first["loc"]) or "the whole"
        raise BadLabels(f"{path.name}: {where}: {first['msg'][0].lower()}{first['msg'][1:]}") from None
    _refuse_unknown(path, "element", labels.elements, elements)
    for id_, label in labels.elements.items():
        if label.status is Status.NOT_APPLICABLE and id_ not in MAY_NOT_APPLY:
            raise BadLabels(
                f"{path.name}: {id_} cannot be not-applicable, only {' and '.join(MAY_NOT_APPLY)} can:"
                " label it met, partial or missing, or leave it out"
            )
    _refuse_unknown(path, "finding", (fault.rule for fault in labels.findings or ()), findings)
    if not labels.elements and labels.findings is None:
        raise BadLabels(f"{path.name}: gold has neither elements nor findings, so there is nothing to compare")
    return labels


def _refuse_unknown(path: Path, kind: str, named: Iterable[str], known: Collection[str]) -> None:
    for id_ in named:
        if id_ not in known:
            raise BadLabels(f"{path.name}: there is no {kind} called {id_[:40]!r}: `qualitycheck criteria` lists them")
