"""Who did what to which case when: whatever touches what is kept is in the audit log, by reading it as well."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from dataclasses import replace
from datetime import date

import pytest
from fastapi import FastAPI

from qualitycheck.result import Element, Level, Status
from qualitycheck.service.access.rules import RULES
from qualitycheck.service.checks.check import Check
from qualitycheck.service.observing import Lines
from qualitycheck.service.store.audit import AuditLog
from tests.hostile import GOOD
from tests.service.conftest import client_of
from tests.service.store import kept
from tests.service.test_access import A, M, Office, P, as_somebody, office

__all__ = ["office"]  # a fixture
FINGERPRINT = "a1b2c3d4e5f6"

TOUCH = sorted(f"{method} {path}" for (method, path), rule in RULES.items() if rule.thing in ("check", "case"))
# What does nothing to a draft that is kept: it has no progress, cannot be forgotten, and is not kept twice.
NOTHING = {"GET /checks/{check}/progress", "POST /checks/{check}/forget", "POST /checks/{check}/keep"}


@pytest.fixture(scope="module")
def one_check() -> Check:
    """What the practitioner of the office has kept: a draft with one finding."""
    found = replace(kept.finding(FINGERPRINT), id="vague-term", rule="vague-term.left-open")
    element = Element("harm", Status.MISSING, 0.7, False, "rule", Level.MUST_FIX, (), "Nothing was found.", ())
    check = kept.check(findings=(found,))
    assert check.result
    return replace(check, session=None, result=replace(check.result, elements=(element,)))


@pytest.mark.parametrize("route", [route for route in TOUCH if route not in NOTHING])
def test_every_route_that_touches_what_is_kept_is_on_record(office: Office, route: str) -> None:
    client, form_token = as_somebody(office, P)
    method, path = route.split(" ")
    path = path.format(check=office.draft, case=office.case, fingerprint=FINGERPRINT)
    form = {"form_token": form_token, "fingerprint": FINGERPRINT, "reason": "It is so.", "to": "any"}
    form |= {"filing-day": "4", "filing-month": "12", "filing-year": str(date.today().year + 1)}
    files = {"file": ("next.docx", GOOD)} if path.endswith("/next") else None
    log = office.desk.store.audit
    before = len(log.entries())
    answer = client.request(method, path, data=form if method == "POST" else None, files=files)
    assert answer.status_code in (200, 303), answer.text
    made = log.entries()[: len(log.entries()) - before]
    assert made, "nothing is on record"
    for entry in made:
        assert entry.who == office.person(P)
        assert re.match(rf"(reading \w+ of )?case {office.case}\b", entry.thing), entry
        assert entry.request == answer.headers["x-request-id"]
        assert "A family" not in entry.thing + entry.action and "draft.docx" not in entry.thing + entry.action


def test_who_reads_anothers_report_is_on_record_by_name_of_the_draft(office: Office) -> None:
    store = office.desk.store
    peer = office.person("peer")
    store.readings.ask(office.draft, date(2026, 12, 4), "peer", peer, office.person(P))
    for name in (M, "peer"):
        client, _ = as_somebody(office, name)
        assert client.get(f"/checks/{office.draft}").status_code == 200
        assert client.get(f"/checks/{office.draft}/result.json").status_code == 200
        said = [(entry.who, entry.action, entry.thing) for entry in reversed(store.audit.entries(2))]
        of = f"case {office.case}, draft 1"
        assert said == [(office.person(name), "opened", of), (office.person(name), "downloaded the data", of)]
    assert store.audit.verify() == []


def test_who_is_refused_is_not_on_record_as_having_read(office: Office) -> None:
    client, _ = as_somebody(office, "other manager")
    assert client.get(f"/checks/{office.draft}").status_code == 404
    assert "opened" not in [entry.action for entry in office.desk.store.audit.entries()]


def test_nothing_is_read_that_cannot_be_put_on_record(office: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    client, _ = as_somebody(office, P)

    def fails(*_: object) -> None:
        raise OSError("the disk is full")

    monkeypatch.setattr(AuditLog, "write", fails)
    assert client.get(f"/checks/{office.draft}/result.json").status_code == 500


def test_a_check_that_is_only_held_leaves_nothing_on_record(office: Office) -> None:
    client, form_token = as_somebody(office, P)
    before = office.desk.store.audit.entries()
    answer = client.post("/checks", data={"form_token": form_token}, files={"file": ("draft.docx", GOOD)})
    assert client.get(answer.headers["location"]).status_code == 200
    assert office.desk.store.audit.entries() == before


def test_the_log_of_requests_says_whose_they_were_though_they_were_refused(
    office: Office, caplog: pytest.LogCaptureFixture
) -> None:
    client, _ = as_somebody(office, M)
    with caplog.at_level("INFO", "qualitycheck.service"):
        client.get("/administration")
        office.browser(None).get("/cases")
    known, unknown = (json.loads(Lines().format(one)) for one in caplog.records if one.getMessage() == "request")
    assert (known["status"], known["who"]) == (403, office.person(M))
    assert unknown["status"] == 401 and "who" not in unknown


def test_wrong_ways_in_are_on_record(new_app: Callable[..., FastAPI]) -> None:
    app = new_app()
    assert client_of(app).get("/open?key=guessed").status_code == 401
    (entry,) = app.state.desk.store.audit.entries()
    assert (entry.who, entry.action) == ("nobody", "was refused opening the link")


@pytest.mark.parametrize("before", ["0", "-1", str(2**63), "9" * 5000, "x"])
def test_a_place_in_the_log_that_no_log_has_is_malformed(office: Office, before: str) -> None:
    client, _ = as_somebody(office, A)
    assert client.get("/administration/audit", params={"before": before}).status_code == 400
