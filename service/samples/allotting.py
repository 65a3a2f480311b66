"""Who reads what: the form, the inspectors there are, and the allotment that comes of it."""

from __future__ import annotations

import datetime
import math
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, replace

from qualitycheck.sampling.allotting import KeptApart, allot, kept_apart
from qualitycheck.sampling.manifest import Manifest
from qualitycheck.service.access.who import OWNER, Role
from qualitycheck.service.desk import Desk
from qualitycheck.service.problems import Problem
from qualitycheck.service.samples.filled import Errors, line, lines, whole
from qualitycheck.service.store.samples import SampleView
from qualitycheck.service.uploads import Form

LONGEST = 100  # letters of a name
STAYS = "Reports were handed in: who reads what stays as it is, so that no reader can be taken off for their grades."


@dataclass(frozen=True, slots=True)
class Chosen:
    """Readers by account and by the name that the manifest gives them; `others` have no account here."""

    readers: Mapping[str, str]
    others: tuple[str, ...]
    twice: int

    @property
    def names(self) -> list[str]:
        return [*self.readers.values(), *self.others]


def inspectors(at: Desk) -> dict[str, str]:
    """Accounts that may read in a sample, each under a name that no other has; nobody's on one's own machine."""
    people = [one for one in at.store.people.all() if Role.INSPECTOR in one.roles and not one.disabled]
    called = Counter(one.name.casefold() for one in people)
    named = {
        one.id: one.name if called[one.name.casefold()] == 1 else f"{one.name} ({one.user_name})" for one in people
    }
    return dict(sorted(named.items(), key=lambda pair: pair[1].casefold()))


def chosen(form: Form, at: Desk, view: SampleView) -> tuple[Chosen | None, Errors]:
    """Who reads, and how many reports twice; None where something is wrong with it."""
    errors: Errors = {}
    if at.settings.is_office:
        known = inspectors(at)
        readers = {account: known[account] for account in form.fields.get("reader", []) if account in known}
        if not readers:
            errors["reader"] = "Choose who reads: one inspector at least."
    else:
        name = line(form, "own_name", LONGEST)
        readers = {OWNER: name}
        if not name:
            errors["own_name"] = "Give the name that you go by in the sample."
    others = tuple(name[:LONGEST] for name in lines(form, "others"))
    names = [name.casefold() for name in (*readers.values(), *others)]
    if len(set(names)) < len(names):
        errors["others"] = "Two readers have one name: give each another."
    reports = len(view.manifest.sample) if view.manifest else 0
    percent = whole(form, "twice", 0, 100, "The share that is read twice", errors)
    twice = math.ceil(round((percent or 0) / 100 * reports, 9))
    if twice and len(names) < 2 and not errors:
        errors["twice"] = "To read reports twice takes two readers: choose another, or write 0."
    return (None, errors) if errors else (Chosen(readers, others, twice), {})


def allot_to(at: Desk, sample: str, what: Chosen, account: str, request_id: str) -> None:
    """Allot everything in the sample anew, and tell the audit log.

    Raises:
        CannotAllot: if too few of the readers may read a report.
        Problem: 409 if nothing was drawn yet, or something was handed in: nobody is to be taken off because of the
            grades that they gave.
    """

    def allotted(view: SampleView) -> SampleView:
        if view.manifest is None:
            raise Problem(409, "Draw the sample first.")
        manifest = allot(view.manifest, what.names, what.twice, apart(view), datetime.date.today())
        names = {account: " ".join(name.split()) for account, name in what.readers.items()}
        return replace(view, manifest=manifest, readers=names)

    with at.store.together():
        if at.store.samples.handed_in(sample):
            raise Problem(409, STAYS)
        at.store.samples.change(sample, allotted)
        at.store.audit.write(account, "allotted the reports", f"sample {sample}", request_id)


def apart(view: SampleView) -> KeptApart:
    """Who wrote or managed which report, by the frame as it is kept here."""
    return kept_apart(view.manifest, view.frame) if view.manifest else KeptApart.of(view.frame)


def doubtful(view: SampleView, manifest: Manifest) -> list[str]:
    """What may mean that somebody reads a report of their own after all; names no author."""
    people = apart(view).people
    if not people:
        return ["Nobody is kept from any report: the frame does not say who wrote or managed them."]
    unknown = sum(report.id not in people for report in manifest.sample)
    said = []
    if unknown:
        said.append(f"Of {unknown} of the reports it is not known who wrote or managed them.")
    nowhere = apart(view).named_nowhere(manifest.allotment.readers) if manifest.allotment else []
    if nowhere:
        said.append(f"Kept from no report, as the frame names them nowhere: {', '.join(nowhere)}.")
    return said
