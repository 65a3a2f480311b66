"""The API's page says all that OpenAPI says, and what it says of keys is what the gate does."""

from __future__ import annotations

import json
from collections.abc import Callable

import pytest
from fastapi import FastAPI

from qualitycheck.service.problems import STATUS_OF
from qualitycheck.service.routes.api_page import CODES
from tests.service.conftest import OFFICE, client_of
from tests.service.reading_matter.words import words


@pytest.mark.parametrize("office", [False, True])
def test_every_operation_part_answer_and_field_is_on_it(new_app: Callable[..., FastAPI], office: bool) -> None:
    client = client_of(new_app(office=office))
    openapi = json.loads(client.get("/openapi.json").text)
    html = client.get("/api").text
    said = words(html)
    for path, methods in openapi["paths"].items():
        for method, told in methods.items():
            assert f"{method.upper()} {path}" in said
            assert told["summary"] in said
            for answer in told["responses"].values():
                assert set(answer.get("content", {})) <= set(said.replace(":", " ").split())
    for name, schema in openapi["components"]["schemas"].items():
        assert f'id="schema-{name}"' in html
        for field in schema.get("properties", {}):
            assert f"<code>{field}</code>" in html
    for link in html.split('href="#')[1:]:
        assert f'id="{link.split(chr(34))[0]}"' in html  # no link into the page leads nowhere


def test_every_code_has_its_meaning(new_app: Callable[..., FastAPI]) -> None:
    assert set(CODES) == set(STATUS_OF)
    said = words(client_of(new_app()).get("/api").text)
    assert all(f"{code} {status} {CODES[code]}" in said for code, status in STATUS_OF.items())


def test_keys_are_asked_for_where_the_gate_asks(new_app: Callable[..., FastAPI]) -> None:
    home, office = (words(client_of(new_app(office=there)).get("/api").text) for there in (False, True))
    assert "Authorization" not in home
    assert home.count("Any program on this computer; no key is needed.") == 3
    assert "A key of a practitioner, manager or inspector with the scope “check”." in office
    assert "A key of an administrator with the scope “metrics”." in office
    assert office.count("$QUALITYCHECK_KEY") == 3
    assert f"--form file=@draft.docx \\ {OFFICE}/api/v1/checks" in office
    assert "--output draft-checked.docx" in office
