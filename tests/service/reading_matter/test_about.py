"""What the notices promise is what the service does, with its settings as they are."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from fastapi import FastAPI

from qualitycheck.measuring.shipped import shipped
from qualitycheck.service.accounts.sessions import COOKIE
from qualitycheck.service.desk import Desk
from tests.service.conftest import client_of, let_in
from tests.service.reading_matter.words import words


def test_it_says_plainly_what_it_cannot_do_with_its_figures(new_app: Callable[..., FastAPI]) -> None:
    said = words(client_of(new_app()).get("/about").text)
    told = shipped().summary
    assert told.faults
    wanted = ["It misses faults", "It raises false alarms", "not legal advice", "never judges a person", "fictional"]
    wanted += ["Contradictions told in other words are not found", "A person must read", "Confidence"]
    for plainly in wanted:
        assert plainly in said, plainly
    assert f"{told.statuses.count} of {told.statuses.of}" in said
    assert f"{told.faults.found}, and {told.faults.missed} were missed" in said
    assert f"{told.faults.false} were false alarms" in said


def test_the_privacy_notice_tells_the_settings(new_app: Callable[..., FastAPI]) -> None:
    app = new_app(
        office=True, hold_minutes=7, draft_days=33, reading_days=44, sample_days=55, false_alarm_days=66, audit_days=77
    )
    said = words(client_of(app).get("/privacy").text)
    wanted = ["7 minutes after you last looked", "33 days after its newest draft, decision or reading"]
    wanted += ["44 days after its last change"]
    wanted += ["55 days after its last change, or until", "66 days, or until", "77 days", COOKIE]
    wanted += ["The organisation that runs this"]
    for promised in wanted:
        assert promised in said, promised


def test_on_ones_own_machine_the_notice_is_about_ones_own_machine(new_app: Callable[..., FastAPI]) -> None:
    app = new_app()
    client = let_in(app)
    answer = client.get("/privacy")
    said = words(answer.text)
    desk: Desk = app.state.desk
    assert desk.doors.home
    assert f"One, called {desk.doors.home.cookie} ." in said
    assert set(client.cookies) == {desk.doors.home.cookie}  # and there is one indeed
    assert "your own computer" in said
    assert "administrator" not in said.lower()


@pytest.mark.parametrize("office", [False, True])
@pytest.mark.parametrize("path", ["/about", "/privacy", "/accessibility", "/api", "/criteria"])
def test_nothing_is_asked_from_anywhere_else(new_app: Callable[..., FastAPI], path: str, office: bool) -> None:
    page = client_of(new_app(office=office)).get(path).text
    for attribute in ("src=", "href=", "action="):
        for part in page.split(f'{attribute}"')[1:]:
            assert part.startswith(("/", "#")), part[:40]
    assert "style=" not in page


def test_the_statement_claims_no_test_that_was_not_made(new_app: Callable[..., FastAPI]) -> None:
    said = words(client_of(new_app()).get("/accessibility").text)
    assert "version 2.2, level AA" in said
    assert "have not been tested with the screen readers" in said
    assert "22 November 2026" in said
