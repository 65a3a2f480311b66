"""Templates: what was not given is a fault, but for what a component's parameters may leave out."""

from __future__ import annotations

import re
from datetime import UTC, datetime
from types import SimpleNamespace

import jinja2
import pytest

from qualitycheck.service.pages.rendering import counted, environment, moment
from qualitycheck.service.settings import Settings


def rendered(template: str, **given: object) -> str:
    return environment().from_string(template).render(**given)


@pytest.mark.parametrize("template", ["{{ nothing }}", "{% if nothing %}{% endif %}", "{{ one.nothing }}"])
def test_what_was_not_given_is_a_fault(template: str) -> None:
    with pytest.raises(jinja2.UndefinedError):
        rendered(template, one=datetime(2026, 5, 4, tzinfo=UTC))


def test_parameters_of_components_are_optional() -> None:
    assert rendered("{{ given.text }}{% if given.html %}x{% endif %}", given={}) == ""


def test_text_is_text() -> None:
    assert rendered("{{ name }}", name="<b>") == "&lt;b&gt;"


def test_numbers_and_times_in_words() -> None:
    assert [counted(n, "draft") for n in (0, 1, 2)] == ["no drafts", "1 draft", "2 drafts"]
    at = datetime(2026, 5, 4, 13, 5).astimezone()
    assert moment(at) == "4 May 2026 at 1:05pm"
    assert moment(at.replace(hour=0)) == "4 May 2026 at 12:05am"


@pytest.mark.parametrize(
    ("teams", "chosen"), [({"n": "North"}, ["North"]), ({"n": "North", "s": "South"}, []), ({}, [])]
)
def test_whoever_is_in_one_team_keeps_for_that_team_unless_they_choose_otherwise(
    teams: dict[str, str], chosen: list[str]
) -> None:
    check = SimpleNamespace(id="c", session="s", decisions={})
    given = {"own_teams": teams, "own_cases": [], "errors": {}, "unlike": None, "form_token": "t", "here": "/checks/c"}
    told = environment().get_template("parts/keep.html").render(check=check, settings=Settings(), **given)
    assert re.findall(r"<option [^>]*selected[^>]*>([^<]+)", told) == chosen
    assert ("None</option>" in told) == bool(teams)
