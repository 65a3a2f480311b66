"""All that the routes work with, put together once by `app.create_app`."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Annotated

from fastapi import Depends, Request

from qualitycheck.rulebook.packs import Rulebook
from qualitycheck.service.access.who import Who
from qualitycheck.service.accounts.doors import Doors
from qualitycheck.service.checks.held import HeldChecks
from qualitycheck.service.observing import Figures
from qualitycheck.service.samples.jobs import Jobs
from qualitycheck.service.settings import Settings
from qualitycheck.service.store.store import Store
from qualitycheck.service.work.pool import Pool


@dataclass(frozen=True)
class Desk:
    settings: Settings
    rulebook: Rulebook
    tool: dict[str, str]  # versions of program, rules and models
    pool: Pool
    held: HeldChecks
    store: Store
    doors: Doors
    figures: Figures
    jobs: Jobs = field(default_factory=Jobs)


def desk(request: Request) -> Desk:
    found: Desk = request.app.state.desk
    return found


def who(request: Request) -> Who:
    """Who asks; only on routes whose rule lets in nobody unknown (the guard has put it there)."""
    found: Who = request.state.who
    return found


AtDesk = Annotated[Desk, Depends(desk)]
Asking = Annotated[Who, Depends(who)]
