"""Running it: alive, ready, counted; every answer carries its number and its headers."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from fastapi import FastAPI
from fastapi.testclient import TestClient

from tests.hostile import GOOD
from tests.service.conftest import client_of


def test_it_says_that_it_is_alive_and_ready(home: TestClient) -> None:
    assert home.get("/healthz").json() == {"status": "alive"}
    while (ready := home.get("/readyz")).status_code == 503:
        assert ready.headers["retry-after"]
        assert ready.json()["detail"]
    assert ready.json() == {"status": "ready"}


def test_it_is_not_ready_before_the_models_are_loaded(new_app: Callable[..., FastAPI]) -> None:
    answer = client_of(new_app()).get("/readyz")
    assert (answer.status_code, answer.headers["content-type"]) == (503, "application/problem+json")


def test_figures_count_requests_by_route_and_never_by_what_was_asked(home: TestClient) -> None:
    home.get("/criteria/Wilhelmina-Quartermaine")
    home.get("/nothing/Wilhelmina-Quartermaine")
    home.post("/api/v1/checks", files={"file": ("Wilhelmina Quartermaine.docx", GOOD)})
    figures = home.get("/metrics").text
    assert 'qualitycheck_requests_total{method="POST",route="/api/v1/checks",status="200"}' in figures
    assert 'qualitycheck_checks_total{outcome="answered"}' in figures
    assert "Quartermaine" not in figures


@pytest.mark.parametrize("path", ["/healthz", "/api/v1/criteria", "/", "/about", "/nothing", "/static/app.css"])
def test_every_answer_has_its_number_and_the_security_headers(home: TestClient, path: str) -> None:
    answer = home.get(path)
    assert len(answer.headers["x-request-id"]) == 16
    policy = answer.headers["content-security-policy"]
    assert "default-src 'none'" in policy
    assert "unsafe" not in policy
    assert "frame-ancestors 'none'" in policy
    assert answer.headers["x-content-type-options"] == "nosniff"
    assert answer.headers["referrer-policy"] == "same-origin"
    stored = answer.headers["cache-control"] != "no-store"
    assert stored == (path == "/static/app.css")
    assert "server" not in answer.headers


def test_an_office_is_reached_by_https_only(new_app: Callable[..., FastAPI]) -> None:
    answer = client_of(new_app(office=True)).get("/healthz")
    assert "max-age=63072000" in answer.headers["strict-transport-security"]
    assert client_of(new_app(office=True)).get("/about", headers={"host": "evil.example"}).status_code == 400


def test_a_fault_of_ours_is_answered_without_its_text(
    new_app: Callable[..., FastAPI], caplog: pytest.LogCaptureFixture, monkeypatch: pytest.MonkeyPatch
) -> None:
    app = new_app()

    def fails() -> bool:
        raise RuntimeError("Wilhelmina Quartermaine")

    monkeypatch.setattr(type(app.state.desk.store), "ready", property(lambda _: fails()))
    with caplog.at_level("DEBUG"):
        answer = client_of(app).get("/readyz")
    assert (answer.status_code, answer.headers["content-type"]) == (500, "application/problem+json")
    assert answer.json()["code"] == "fault"
    assert answer.headers["content-security-policy"]
    told = answer.text + caplog.text + "".join(str(record.__dict__) for record in caplog.records)
    assert "RuntimeError" in told
    assert "Quartermaine" not in told
