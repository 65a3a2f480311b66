"""How many reports a wanted interval takes: the form of the planner, and its plan."""

from __future__ import annotations

from dataclasses import dataclass

from qualitycheck.errors import BadSetting
from qualitycheck.sampling.plans import Plan, plan
from qualitycheck.service.samples.filled import Errors, in_words, line, lines, number
from qualitycheck.service.uploads import Form

MOST_STRATA = 40
START = {"width": "15", "share": "", "strata": "section 7 = 120\nsection 31 = 80", "agreement": "", "grades": "4"}


@dataclass(frozen=True, slots=True)
class Planned:
    """What was asked for, what is wrong with it, and the plan where nothing is."""

    filled: dict[str, str]
    errors: Errors
    plan: Plan | None = None

    @property
    def said(self) -> list[str]:
        """The lines of the plan, without those that the table shows."""
        if self.plan is None:
            return []
        in_table = len(self.plan.needed) + (len(self.plan.needed) > 1)
        lines = list(self.plan.told())
        first = next((place for place, told in enumerate(lines) if told.startswith(" ")), len(lines))
        return [told.strip() for told in (*lines[:first], *lines[first + in_table :])]

    @property
    def total(self) -> int:
        return sum(one.reports for one in self.plan.needed) if self.plan else 0


def planned(form: Form) -> Planned:
    """Takes a second or so where agreement is asked for."""
    filled = {name: form.one(name)[:2000] for name in START}
    errors: Errors = {}
    width = number(form, "width", "The half-width", errors)
    share = number(form, "share", "The expected share", errors)
    agreement = line(form, "agreement")
    grades = line(form, "grades")
    strata = _strata(form, errors)
    wanted_agreement = _below_one(agreement, errors)
    if grades not in {str(one) for one in range(2, 8)}:
        errors["grades"] = "A scale has from 2 to 7 grades."
    if not errors and width is None and wanted_agreement is None:
        errors["width"] = "Say how exact a share is to be, or how exact the agreement of two readers."
    if errors:
        return Planned(filled, errors)
    try:
        made = plan(
            width / 100 if width is not None else None,
            wanted_agreement,
            confidence=0.95,
            share=share / 100 if share is not None else None,
            frame=strata or {"": None},
            grades=[1 / int(grades)] * int(grades),
            agreement=None,
            weights="quadratic",
        )
    except BadSetting as wrong:
        return Planned(filled, {"width": in_words(wrong)})
    return Planned(filled, {}, made)


def _strata(form: Form, errors: Errors) -> dict[str, int | None]:
    """Lines such as `section 7 = 120`."""
    found: dict[str, int | None] = {}
    for told in lines(form, "strata"):
        name, _, size = told.rpartition("=")
        digits = size.strip().replace(",", "")
        if not name.strip() or not (digits.isascii() and digits.isdigit() and 0 < int(digits[:9]) <= 1_000_000):
            errors["strata"] = "Write one stratum a line with how many reports it has, such as: section 7 = 120."
        else:
            found[name.strip()] = int(digits)
    if len(found) > MOST_STRATA:
        errors["strata"] = f"A plan has {MOST_STRATA} strata at the most."
    return found


def _below_one(told: str, errors: Errors) -> float | None:
    if not told:
        return None
    try:
        found = float(told)
    except ValueError:
        found = 0.0
    if 0 < found < 1:
        return found
    errors["agreement"] = "How exact the agreement is to be is a number between 0 and 1, such as 0.15."
    return None
