"""An office in which reports are read: a team, its people, and a draft that somebody kept and may send for reading."""

from __future__ import annotations

import hashlib
import secrets
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime

from fastapi import FastAPI
from fastapi.testclient import TestClient

from qualitycheck.document import Document
from qualitycheck.precourt.reading import Kind
from qualitycheck.reading import read_docx
from qualitycheck.rendering.sheet import lay_out
from qualitycheck.result import LACKING, Child, Element, Finding, Level, Passage, ReportResult, Status
from qualitycheck.rulebook.packs import load_rulebook
from qualitycheck.service.access.who import Role, Who
from qualitycheck.service.accounts.sessions import COOKIE
from qualitycheck.service.checks.check import Check, State
from qualitycheck.service.desk import Desk
from tests.docx_builder import docx, p
from tests.service.conftest import OFFICE, client_of

AUTHOR, MANAGER, OTHER_MANAGER, PEER, STRANGER = "author", "manager", "other manager", "peer", "stranger"
FILING = date(2026, 12, 4)
SENTENCES = (
    "Ada has clearly suffered.",
    "Her father misuses drugs.",
    "She is too young to say.",
    "Contact went well.",
)


@dataclass
class Seeded:
    """The office, and the newest draft of the case in it."""

    app: FastAPI
    case: str
    draft: str

    @classmethod
    def of(cls, app: FastAPI, check: Check) -> Seeded:
        """A team of an author, a peer and two managers, a stranger in another team, and `check` kept by the author."""
        desk: Desk = app.state.desk
        people = desk.store.people
        north, south = people.add_team("North"), people.add_team("South")
        author = people.add(AUTHOR, "Ann Author", {Role.PRACTITIONER}, {north})
        people.add(PEER, "Pat Peer", {Role.PRACTITIONER}, {north})
        people.add(MANAGER, "Mo Manager", {Role.MANAGER}, {north})
        people.add(OTHER_MANAGER, "Max Manager", {Role.MANAGER}, {north})
        people.add(STRANGER, "Sam Stranger", {Role.MANAGER, Role.PRACTITIONER}, {south})
        case = desk.store.cases.add(author.id, north, "A family").id
        draft = desk.store.drafts.keep(case, author.id, replace(check, owner=author.id))
        return cls(app, case, draft)

    @property
    def desk(self) -> Desk:
        desk: Desk = self.app.state.desk
        return desk

    def account(self, user_name: str) -> str:
        found = self.desk.store.people.by_user_name(user_name)
        assert found
        return found.id

    def who(self, user_name: str) -> Who:
        found = self.desk.store.people.by_user_name(user_name)
        assert found
        return Who(found.id, found.name, found.roles, found.teams)

    def keep(self, check: Check) -> str:
        """The next draft of the case, kept by its author."""
        self.draft = self.desk.store.drafts.keep(self.case, self.account(AUTHOR), replace(check, session=None))
        return self.draft

    def send(self, reader: str | None = MANAGER, kind: Kind = "manager", *, revealed: bool = True) -> str:
        """The newest draft goes to a reader; the reading's id."""
        account = self.account(reader) if reader else None
        return self.desk.store.readings.ask(self.draft, FILING, kind, account, self.account(AUTHOR), revealed=revealed)

    def browser(self, user_name: str) -> Browser:
        client = client_of(self.app)
        client.headers.update({"origin": OFFICE, "accept": "text/html"})
        client.cookies.set(COOKIE, self.desk.doors.sessions.begin(self.account(user_name), ""))
        return Browser(client, self.desk)


@dataclass
class Browser:
    """Somebody signed in, without scripts."""

    client: TestClient
    desk: Desk

    @property
    def form_token(self) -> str:
        who = self.desk.doors.sessions.who(self.client.cookies.get(COOKIE, ""))
        assert who
        return who.form_token

    def get(self, address: str) -> str:
        answer = self.client.get(address)
        assert answer.status_code == 200, (answer.status_code, answer.text)
        return answer.text

    def post(self, address: str, expect: int = 303, **fields: str) -> str:
        """The page that came, or the address it leads on to."""
        answer = self.client.post(address, data={"form_token": self.form_token, **fields})
        assert answer.status_code == expect, (answer.status_code, answer.text)
        return answer.headers.get("location", answer.text)


def draft(
    sentences: Iterable[str] = SENTENCES,
    *,
    statuses: Mapping[str, Status] | None = None,
    levels: Iterable[Level] = (Level.MUST_FIX, Level.SHOULD_FIX),
    flagged: Iterable[str] | None = None,
    report_type: str = "section7",
    unsure: Iterable[str] = ("harm",),
) -> Check:
    """A check that is done, of a report of these sentences, one a paragraph; no worker ran for it.

    Args:
        sentences: the report's.
        statuses: of elements, by id; the others are met.
        levels: of the findings, in turn.
        flagged: the sentences with a finding; all of them unless told.
        report_type: decides which elements there are.
        unsure: the elements that a person must read.
    """
    texts = tuple(sentences)
    data = docx(p("Report on Ada"), *(p(f"{number}. {text}") for number, text in enumerate(texts, start=1)))
    document = read_docx(data, name="draft.docx")
    marked = set(texts if flagged is None else flagged)
    turns = tuple(levels)
    found = [
        _finding(document, text, turns[number % len(turns)])
        for number, text in enumerate(text for text in texts if text in marked)
    ]
    told = statuses or {}
    elements = tuple(
        _element(criterion.id, told.get(criterion.id, Status.MET), criterion.id in set(unsure), document)
        for criterion in load_rulebook().criteria.values()
        if criterion.kind == "element" and report_type in criterion.report_types
    )
    result = ReportResult(
        "draft.docx",
        document.sha256,
        report_type,
        0.9,
        "",
        "final",
        (Child("Ada", "2021-01-02"),),
        document.words,
        len(document.paragraphs),
        elements,
        tuple(sorted(found, key=lambda finding: finding.level.rank)),
    )
    sheet = lay_out(result, document)
    now = datetime.now(UTC)
    return Check(secrets.token_urlsafe(16), "", None, "draft.docx", data, "auto", now, State.DONE, None, result, sheet)


def _finding(document: Document, words: str, level: Level) -> Finding:
    paragraph = next(each for each in document.paragraphs if words in each.text)
    start = paragraph.text.index(words)
    passage = Passage(paragraph.index, paragraph.label, "Report on Ada", start, start + len(words), words)
    return Finding(
        "vague-term",
        "vague-term.left-open",
        level,
        0.8,
        hashlib.sha256(words.encode()).hexdigest()[:12],
        passage,
        f"The checker doubts this: {words.casefold()}",
        f"The checker suggests of this: {words.casefold()}",
        "The checker's source",
    )


def _element(id: str, status: Status, unsure: bool, document: Document) -> Element:
    text = document.paragraphs[1].text
    shown = (Passage(1, None, "Report on Ada", 0, len(text), text),) if status is not Status.MISSING else ()
    level = Level.MUST_FIX if status in LACKING else None
    return Element(id, status, 0.7, unsure, "rule", level, (), f"The checker's reason for {id}.", shown)
