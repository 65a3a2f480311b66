"""Pages from templates: ours, with the components of GOV.UK Frontend.

Whitespace is a page's own; what a template asks for and was not given is a fault, except inside the parameters of a
component, which are optional by their nature.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from contextlib import suppress
from datetime import datetime
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

import jinja2
from fastapi import Request
from fastapi.responses import HTMLResponse

from qualitycheck.rendering.plain import plain
from qualitycheck.rendering.wording import CAVEAT, LEVELS, STATUSES, TYPES, whereabouts
from qualitycheck.service.access.rules import ADMINISTRATOR, BEFORE_COURT, INSPECTORS, READERS
from qualitycheck.service.access.who import Who
from qualitycheck.service.problems import Problem

if TYPE_CHECKING:
    from qualitycheck.service.desk import Desk

STATIC = Path(__file__).parent / "static"


def page(request: Request, name: str, status: int = 200, **context: Any) -> HTMLResponse:
    """The template `name` filled in, with what every page needs: who asks, their form token, the settings, the tool."""
    desk: Desk = request.app.state.desk
    who = _who(request, desk, status)
    text = (
        environment()
        .get_template(name)
        .render(
            who=who,
            form_token=who.form_token if who else "",
            settings=desk.settings,
            tool=desk.tool,
            path=request.url.path,
            is_office=desk.settings.is_office,
            waiting=desk.store.readings.waiting_for(who) if who and who.is_any(BEFORE_COURT) else 0,
            **context,
        )
    )
    return HTMLResponse(plain(text), status, {"Cache-Control": "no-store"})


def _who(request: Request, desk: Desk, status: int) -> Who | None:
    """Who asks, as the guard found them; where there is no route it has not run, and the menu needs them."""
    if status in (404, 405) and not hasattr(request.state, "who"):
        with suppress(Problem):  # what is wrong with how they ask: nothing is here for them either way
            return desk.doors.who(request, may_be_anybody=True)
    return getattr(request.state, "who", None)


@cache
def environment() -> jinja2.Environment:
    made = jinja2.Environment(
        loader=jinja2.ChoiceLoader(
            [
                jinja2.PackageLoader("qualitycheck.service.pages"),
                jinja2.PrefixLoader(
                    {
                        "govuk_frontend_jinja": jinja2.PackageLoader("govuk_frontend_jinja"),
                        "report": jinja2.PackageLoader("qualitycheck.rendering"),
                    }
                ),
            ]
        ),
        autoescape=True,
        undefined=Undefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    made.globals.update(
        static=static,
        caveat=CAVEAT,
        levels=LEVELS,
        statuses=STATUSES,
        types=TYPES,
        readers=READERS,
        before_court=BEFORE_COURT,
        administrators=ADMINISTRATOR,
        inspectors=INSPECTORS,
        whereabouts=whereabouts,
    )
    made.filters.update(day=day, moment=moment, thousands=thousands, counted=counted, first_large=first_large)
    return made


def static(name: str) -> str:
    """The address of a file of ours, which changes when the file does."""
    return f"/static/{name}?v={_version(name)}"


@cache
def _version(name: str) -> str:
    return hashlib.sha256((STATIC / name).read_bytes()).hexdigest()[:12]


def day(when: datetime) -> str:
    """As GOV.UK writes dates: 4 May 2026; in the time of this machine."""
    here = when.astimezone()
    return f"{here.day} {here:%B %Y}"


def moment(when: datetime) -> str:
    """As GOV.UK writes times: 4 May 2026 at 1:36pm."""
    here = when.astimezone()
    return f"{day(when)} at {here.hour % 12 or 12}:{here:%M}{'am' if here.hour < 12 else 'pm'}"


def thousands(number: int) -> str:
    return f"{number:,}"


def first_large(text: str) -> str:
    """As a line begins: the first letter a capital, the others as they are."""
    return text[:1].upper() + text[1:]


def counted(number: int, one: str, many: str | None = None) -> str:
    """1 finding, 2 findings; no findings."""
    return f"{number or 'no'} {one if number == 1 else many or one + 's'}"


class Undefined(jinja2.Undefined):
    """Nothing, where a component's parameter was not given; a fault everywhere else."""

    def _given_or_optional(self) -> None:
        names = ("undefined", "null", "caller")
        name_of_nothing = self._undefined_obj is jinja2.utils.missing and self._undefined_name in names
        if not (isinstance(self._undefined_obj, dict) or name_of_nothing):
            self._fail_with_undefined_error()

    def __str__(self) -> str:
        self._given_or_optional()
        return ""

    def __bool__(self) -> bool:
        self._given_or_optional()
        return False

    def __len__(self) -> int:
        self._given_or_optional()
        return 0

    def __iter__(self) -> Iterator[Any]:
        self._given_or_optional()
        return iter(())
