"""The draw: what a lead asks for on the page, and the sample that comes of it, once."""

from __future__ import annotations

import datetime
import secrets
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from typing import Any, cast

from qualitycheck.errors import UserError
from qualitycheck.inspecting.scales import SCALES, scale_of
from qualitycheck.inspecting.words import WORDS
from qualitycheck.rendering.wording import TYPES
from qualitycheck.sampling.drawing import draw, strata_of
from qualitycheck.sampling.frame import Frame
from qualitycheck.sampling.manifest import STRATIFIERS, Manifest, Settings, Stratifier
from qualitycheck.service.desk import Desk
from qualitycheck.service.problems import Problem
from qualitycheck.service.samples.filled import Errors, line, whole
from qualitycheck.service.store.samples import SampleView
from qualitycheck.service.uploads import Form

MOST_FIXED = 30  # strata whose sizes are asked for one by one: a form has a hundred fields at most
DRAWN_ONCE = "This sample was drawn: it cannot be drawn again with another seed. Make a new sample if it has to be."
# Charted for section 7 reports in the inspection of 2008, in the words of the catalogue.
USUAL = (
    "options-evaluated",
    "no-order-principle",
    "wishes-and-feelings",
    "harm",
    "relevance-unclear",
    "description-only",
    "inappropriate-content",
)


@dataclass(frozen=True, slots=True)
class Asked:
    """Everything a draw is made with."""

    settings: Settings
    seed: str
    about: Mapping[str, Any]  # what else of `About` is chosen with it


def frame_in(view: SampleView) -> Frame:
    return Frame(tuple(view.frame), tuple(view.left_out))


def stratifiers(chosen: Iterable[str]) -> tuple[Stratifier, ...]:
    """Those that are known, in the order in which they name a stratum."""
    wanted = set(chosen)
    return tuple(cast(Stratifier, name) for name in STRATIFIERS if name in wanted)


def usual_strata(view: SampleView) -> tuple[Stratifier, ...]:
    """By type, where the frame has reports of more than one."""
    return ("type",) if len({report.type for report in view.frame}) > 1 else ()


def counts(view: SampleView, by: tuple[Stratifier, ...]) -> dict[str, int]:
    """How many reports the frame has in each stratum; raises CannotDraw."""
    return {name: len(reports) for name, reports in strata_of(frame_in(view), by).items()}


def fresh_seed() -> str:
    return secrets.token_hex(8)


def asked(form: Form, at: Desk, view: SampleView) -> tuple[Asked | None, Errors]:
    """What the form asks for; None where something is wrong with it."""
    errors: Errors = {}
    by = stratifiers(form.fields.get("by", []))
    size, sizes = _sizes(form, counts(view, by), errors)
    reserves = whole(form, "reserves", 0, 1000, "How many substitutes are kept in waiting", errors)
    smallest = whole(form, "smallest", 1, 50, "The smallest count that is shown", errors)
    seed = line(form, "seed", 100)
    if not seed:
        errors["seed"] = "Give a seed: one line of letters or figures."
    scale, criteria_scale = _scale(form, "scale", errors), _scale(form, "criteria_scale", errors)
    words = form.one("words")
    if words not in WORDS:
        errors["words"] = "Choose a scale of words."
    known = at.rulebook.criteria
    criteria = tuple(name for name in known if name in set(form.fields.get("criteria", [])))
    if errors:
        return None, errors
    assert reserves is not None and smallest is not None
    shown = at.settings.inspectors_see_authors and bool(form.one("authors"))
    settings = Settings(by, size, sizes, bool(form.one("at_least_one")), reserves, shown)
    about = {
        "scale": scale,
        "criteria_scale": criteria_scale,
        "words": words,
        "criteria": criteria,
        "smallest": smallest,
        "authors_shown": shown,
        "finite": bool(form.one("finite")),
    }
    return Asked(settings, seed, about), {}


def draw_once(at: Desk, sample: str, what: Asked, account: str, request_id: str) -> None:
    """Draw, and tell the audit log.

    Raises:
        Problem: 409 if it was drawn before, or its frame is not complete.
        CannotDraw: if the frame does not hold what is asked for.
    """

    def drawn(view: SampleView) -> SampleView:
        if view.manifest is not None:
            raise Problem(409, DRAWN_ONCE)
        if not view.ready:
            raise Problem(409, "The frame of this sample is not complete: say first what it is drawn from.")
        return replace(view, manifest=_draw(view, what), **what.about)

    with at.store.together():
        at.store.samples.change(sample, drawn)
        _drop_the_others(at, sample)
        at.store.audit.write(account, "drew the sample", f"sample {sample}", request_id)


def _draw(view: SampleView, what: Asked) -> Manifest:
    return draw(frame_in(view), what.settings, what.seed, datetime.date.today())


def _drop_the_others(at: Desk, sample: str) -> None:
    """Of what was uploaded, only what was drawn stays, and what may stand in for it."""
    view = at.store.samples.get(sample)
    assert view and view.manifest
    kept = set(at.store.samples.ids_of(sample, view.manifest.by_id).values())
    others = [id for id in at.store.samples.brought(sample) if id not in kept]
    if others:
        at.store.samples.drop_reports(sample, others)


def _sizes(form: Form, strata: Mapping[str, int], errors: Errors) -> tuple[int | None, dict[str, int] | None]:
    """A size of the whole, or one of each stratum, in the order of their names."""
    if form.one("sizes") != "fixed":
        total = sum(strata.values())
        if not line(form, "size") and any(line(form, f"size-{place}") for place in range(len(strata))):
            errors["sizes"] = "You gave a number for a kind: choose “As many as I say below”, or give one for all."
            return None, None
        return whole(form, "size", 1, total, "The size of the sample", errors), None
    if len(strata) > MOST_FIXED:
        errors["sizes"] = f"There are {len(strata)} strata: choose fewer, or sizes in proportion."
        return None, None
    found = {}
    for place, (name, there) in enumerate(strata.items()):
        found[name] = whole(form, f"size-{place}", 0, there, f"The number drawn from {_called(name)}", errors) or 0
    if not errors and not any(found.values()):
        errors["size-0"] = "Every size is 0: ask for at least one report."
    return None, found


def _called(stratum: str) -> str:
    """As the page has it."""
    return TYPES.get(stratum, stratum)


def _scale(form: Form, name: str, errors: Errors) -> str:
    """Its name, or the grades of one's own, best first."""
    chosen = form.one(name)
    if chosen in SCALES:
        return chosen
    told = line(form, f"own_{name}")
    try:
        scale_of(told)
    except UserError:
        errors[f"own_{name}"] = "Write the grades of your own scale, best first, with commas between: full, part, none."
    return told
