"""The criteria: every one has its page, the search finds what pages say, and the figures are the measured ones."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from fastapi import FastAPI
from fastapi.testclient import TestClient

from qualitycheck.measuring.shipped import shipped
from qualitycheck.rulebook.packs import load_rulebook
from tests.service.conftest import client_of
from tests.service.reading_matter.words import words

PAGE = {"accept": "text/html"}


@pytest.fixture
def office(new_app: Callable[..., FastAPI]) -> TestClient:
    """Somebody who is not signed in."""
    return client_of(new_app(office=True))


def test_everybody_may_read_every_criterion(office: TestClient) -> None:
    listed = words(office.get("/criteria").text)
    for criterion in load_rulebook().criteria.values():
        assert criterion.title in listed
        page = office.get(f"/criteria/{criterion.id}")
        assert page.status_code == 200
        said = words(page.text)
        for text in (criterion.purpose, criterion.does_not_mean, criterion.what_to_do, *criterion.examples):
            assert " ".join(text.split()).rstrip(".") in said, criterion.id
        for law in criterion.law:
            assert f"{law.source}, {law.at}" in said
        assert "fictional and machine-written" in said


def test_a_criterion_that_is_not_there_says_what_to_do(office: TestClient) -> None:
    answer = office.get("/criteria/no-such-thing", headers=PAGE)
    assert answer.status_code == 404
    assert "choose one from the list of criteria" in words(answer.text)
    assert office.get("/criteria/no-such-thing").headers["content-type"] == "application/problem+json"


def test_the_search_finds_every_word_that_was_asked_for_and_says_how_many(office: TestClient) -> None:
    found = words(office.get("/criteria", params={"q": "  WISHES  s1(3)(a) "}).text)
    assert "1 criterion with “WISHES s1(3)(a)”" in found
    assert "Wishes and feelings" in found
    assert "Threshold" not in found
    nothing = words(office.get("/criteria", params={"q": "zebra"}).text)
    assert "No criteria with “zebra”" in nothing
    assert "What a report must contain" not in nothing
    hostile = office.get("/criteria", params={"q": "<script>" + "x" * 5000}).text
    assert "<script>x" not in hostile
    assert len(hostile) < 20_000


def test_the_page_says_how_often_it_is_right_and_whether_that_holds_here(
    new_app: Callable[..., FastAPI], monkeypatch: pytest.MonkeyPatch
) -> None:
    app = new_app(office=True)
    client = client_of(app)
    seen = shipped().summary.by_element["child-seen"].right
    said = words(client.get("/criteria/child-seen").text)
    assert f"It judged this element {seen.of} times and was right {seen.count} times" in said
    assert "other rules or models" not in said
    monkeypatch.setitem(app.state.desk.tool, "models", "of our own")
    assert "other rules or models than those in use here" in words(client.get("/criteria/child-seen").text)
