"""A browser without scripts, and what it reads."""

from __future__ import annotations

import html
import re

import httpx
from fastapi.testclient import TestClient

from qualitycheck.service.desk import Desk
from tests.cli.drafts import report
from tests.docx_builder import docx, p

HTML = {"accept": "text/html", "sec-fetch-site": "same-origin"}
DRAFT = report(p("1. Ada is well. [Insert the child's views here]"), p("2. The visit was on [date]."))
NEXT = report(p("1. Ada is well. [Insert the child's views here]"), p("2. It was on 4 May. [Insert school]"))
OTHER = docx(p("Minutes of the allotment society"), p("Everybody came. The tomatoes did well."))


class Pages:
    """A browser without scripts: it sends the forms that a page shows."""

    def __init__(self, client: TestClient) -> None:
        self.client = client

    @property
    def desk(self) -> Desk:
        desk: Desk = self.client.app.state.desk  # type: ignore[attr-defined]
        return desk

    def get(self, address: str) -> httpx.Response:
        return self.client.get(address, headers=HTML)

    def post(
        self, address: str, files: list[tuple[str, tuple[str, bytes]]] | None = None, **fields: str
    ) -> httpx.Response:
        token = re.search(r'name="form_token" value="([^"]+)"', self.get("/").text)
        assert token
        return self.client.post(address, data={"form_token": token[1], **fields}, files=files, headers=HTML)

    def upload(self, data: bytes = DRAFT, name: str = "draft.docx", to: str = "/checks", **fields: str) -> str:
        """The address of the check."""
        answer = self.post(to, [("file", (name, data))], **fields)
        assert answer.status_code == 303, answer.text
        return answer.headers["location"]

    def result(self, address: str) -> str:
        """The page, once the check is done."""
        assert "event: done" in self.get(f"{address}/progress").text  # it ends when the check does
        page = self.get(address)
        assert page.status_code == 200, page.text
        assert 'http-equiv="refresh"' not in page.text
        return page.text


def forms(page: str, ending: str) -> list[dict[str, str]]:
    """The hidden fields of every form whose address ends so."""
    found = re.findall(rf'<form action="[^"]*{ending}".*?</form>', page, re.DOTALL)
    return [dict(re.findall(r'type="hidden" name="([^"]+)" value="([^"]*)"', form)) for form in found]


def words(page: str) -> str:
    return " ".join(html.unescape(re.sub(r"<[^>]+>", " ", page)).split())
