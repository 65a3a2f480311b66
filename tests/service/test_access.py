"""Every route with every role and with none: who is let in is written out here, apart from the table it is held to.

Let in means past the gate: a form that is empty, or a thing that is not there, may still be answered with 400 or 404 by
the route itself; which of the two it was shows in the words of the answer.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from concurrent.futures import Future
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime
from typing import Any

import pytest
from fastapi import FastAPI
from fastapi.testclient import TestClient

from qualitycheck.checking import Checker
from qualitycheck.pipeline import Stage, quietly
from qualitycheck.rendering.sheet import lay_out
from qualitycheck.sampling.allotting import KeptApart, allot
from qualitycheck.sampling.drawing import draw
from qualitycheck.sampling.frame import frame_of
from qualitycheck.sampling.manifest import Report
from qualitycheck.sampling.manifest import Settings as SampleSettings
from qualitycheck.service.access.guard import KEY_IS_NOT_FOR_IT, NOT_HERE, refuse_unruled
from qualitycheck.service.access.rules import RULES
from qualitycheck.service.access.who import Role, Scope, Who
from qualitycheck.service.accounts.sessions import COOKIE
from qualitycheck.service.checks.check import Check, State
from qualitycheck.service.checks.finding import gone
from qualitycheck.service.checks.held import HeldChecks
from qualitycheck.service.desk import Desk
from qualitycheck.service.settings import Settings
from qualitycheck.service.work.pool import Pool
from tests.hostile import GOOD
from tests.service.conftest import OFFICE, client_of

P, M, N, A = "practitioner", "manager", "inspector", "administrator"
NOBODY, CHECK_KEY, METRICS_KEY = "nobody", "key to check", "key to figures"
SIGNED_IN = {P, M, N, A}
EVERYBODY = {NOBODY, P, M, N, A, CHECK_KEY, METRICS_KEY}
READS = {P, M, N}

# Who is let in, where the thing is their own. Keys are a practitioner's and an administrator's.
LET_IN = {
    "GET /healthz": EVERYBODY,
    "GET /readyz": EVERYBODY,
    "GET /metrics": {A, METRICS_KEY},
    "GET /openapi.json": EVERYBODY,
    "GET /api": EVERYBODY,
    "POST /api/v1/checks": READS | {CHECK_KEY},
    "POST /api/v1/checks/annotated": READS | {CHECK_KEY},
    "GET /api/v1/criteria": EVERYBODY,
    "GET /": SIGNED_IN,
    "GET /checks": READS,
    "POST /checks": READS,
    "GET /checks/{check}": READS,
    "GET /checks/{check}/progress": READS,
    "GET /checks/{check}/annotated.docx": READS,
    "GET /checks/{check}/summary.docx": READS,
    "GET /checks/{check}/result.html": READS,
    "GET /checks/{check}/result.json": READS,
    "GET /checks/{check}/decisions": READS,
    "POST /checks/{check}/aside": READS,
    "POST /checks/{check}/take-up": READS,
    "GET /checks/{check}/false-alarm/{fingerprint}": READS,
    "POST /checks/{check}/false-alarm/{fingerprint}": READS,
    "POST /checks/{check}/next": READS,
    "POST /checks/{check}/keep": READS,
    "POST /checks/{check}/forget": READS,
    "GET /cases": READS,
    "GET /cases/{case}": READS,
    "GET /cases/{case}/delete": READS,
    "POST /cases/{case}/delete": READS,
    "GET /checks/{check}/send": {P, M},
    "POST /checks/{check}/send": {P, M},
    "GET /readings": {P, M},
    "GET /readings/new": {M},
    "POST /readings/new": {M},
    "GET /readings/{reading}": {P, M},
    "POST /readings/{reading}/answers": {P, M},
    "POST /readings/{reading}/take": {M},
    "POST /readings/{reading}/hand": {P, M},
    "POST /readings/{reading}/filing": {P, M},
    "POST /readings/{reading}/filed": {P, M},
    "GET /readings/{reading}/copy": {P, M},
    "GET /readings/{reading}/filing.docx": {P, M},
    "POST /readings/{reading}/withdraw": {P, M},
    "GET /readings/figures": {M},
    "GET /readings/figures.csv": {M},
    "GET /readings/figures.xlsx": {M},
    "GET /readings/{reading}/form.docx": {P, M},
    "GET /readings/{reading}/form.pdf": {P, M},
    "GET /readings/{reading}/annotated.docx": {P, M},
    "GET /readings/{reading}/read": {P, M},
    "POST /readings/{reading}/read": {P, M},
    "POST /readings/{reading}/seen": {P, M},
    "GET /samples/{sample}/results": {N},
    "POST /samples/{sample}/close": {N},
    "POST /samples/{sample}/checked": {N},
    "GET /samples/{sample}/results.docx": {N},
    "GET /samples/{sample}/results.xlsx": {N},
    "GET /samples/{sample}/results.csv": {N},
    "GET /samples/{sample}/results.json": {N},
    "GET /samples/{sample}/passages": {N},
    "POST /samples/{sample}/passages": {N},
    "GET /samples/{sample}/reports": {N},
    "GET /samples/{sample}/reports/{report}": {N},
    "POST /samples/{sample}/reports/{report}": {N},
    "GET /samples/{sample}/reports/{report}/hand-in": {N},
    "POST /samples/{sample}/reports/{report}/hand-in": {N},
    "GET /samples/{sample}/reports/{report}/checker": {N},
    "GET /samples/{sample}/reports/{report}/concern": {N},
    "POST /samples/{sample}/reports/{report}/concern": {N},
    "GET /samples/{sample}/concerns": {N},
    "GET /samples/{sample}/concerns/{concern}": {N},
    "POST /samples/{sample}/concerns/{concern}": {N},
    "GET /samples/{sample}/apart": {N},
    "GET /samples/{sample}/apart/{report}": {N},
    "POST /samples/{sample}/apart/{report}": {N},
    "GET /samples/{sample}/grades": {N},
    "POST /samples/{sample}/grades": {N},
    "GET /samples": {N},
    "GET /samples/plan": {N},
    "POST /samples/plan": {N},
    "GET /samples/new": {N},
    "POST /samples/new": {N},
    "GET /samples/{sample}": {N},
    "GET /samples/{sample}/frame": {N},
    "POST /samples/{sample}/frame": {N},
    "GET /samples/{sample}/draw": {N},
    "POST /samples/{sample}/draw": {N},
    "GET /samples/{sample}/manifest.json": {N},
    "POST /samples/{sample}/verify": {N},
    "GET /samples/{sample}/allot": {N},
    "POST /samples/{sample}/allot": {N},
    "GET /samples/{sample}/change": {N},
    "POST /samples/{sample}/change": {N},
    "GET /samples/{sample}/files": {N},
    "POST /samples/{sample}/files": {N},
    "GET /samples/{sample}/delete": {N},
    "POST /samples/{sample}/delete": {N},
    "GET /criteria": EVERYBODY,
    "GET /criteria/{criterion}": EVERYBODY,
    "GET /about": EVERYBODY,
    "GET /privacy": EVERYBODY,
    "GET /accessibility": EVERYBODY,
    "GET /open": EVERYBODY,
    "GET /sign-in": EVERYBODY,
    "POST /sign-in": EVERYBODY,
    "GET /sign-in/organisation": EVERYBODY,
    "GET /sign-in/organisation/return": EVERYBODY,
    "GET /invitation/{token}": EVERYBODY,
    "POST /invitation/{token}": EVERYBODY,
    "POST /sign-out": SIGNED_IN,
    "GET /account": SIGNED_IN,
    "POST /account/password": SIGNED_IN,
    "POST /account/sign-out-everywhere": SIGNED_IN,
    "POST /account/keys": SIGNED_IN,
    "POST /account/keys/{key}/revoke": SIGNED_IN,
    "GET /administration": {A},
    "GET /administration/accounts": {A},
    "POST /administration/accounts": {A},
    "GET /administration/accounts/{account}": {A},
    "POST /administration/accounts/{account}": {A},
    "POST /administration/accounts/{account}/invite": {A},
    "GET /administration/teams": {A},
    "POST /administration/teams": {A},
    "GET /administration/settings": {A},
    "GET /administration/false-alarms": {A},
    "GET /administration/false-alarms.csv": {A},
    "GET /administration/audit": {A},
}


@dataclass
class Office:
    """Two teams, somebody in every role, and one kept draft by a practitioner of the first team."""

    app: FastAPI
    desk: Desk
    case: str
    draft: str

    def token(self, account: str) -> str:
        return self.desk.doors.sessions.begin(account, "")

    def browser(self, account: str | None) -> TestClient:
        client = client_of(self.app)
        client.headers.update({"origin": OFFICE, "accept": "application/json"})
        if account:
            client.cookies.set(COOKIE, self.token(account))
        return client

    def person(self, user_name: str) -> str:
        found = self.desk.store.people.by_user_name(user_name)
        assert found
        return found.id

    def asking(self, user_name: str) -> Who:
        person = self.desk.store.people.by_user_name(user_name)
        assert person
        return Who(person.id, person.name, person.roles, person.teams)

    def key_of(self, user_name: str, scope: Scope) -> tuple[str, str]:
        """A new key's id, and the key."""
        made = self.desk.doors.keys.make(self.asking(user_name), "a program", frozenset({scope}))
        assert isinstance(made, tuple)
        return made

    def key(self, user_name: str, scope: Scope) -> TestClient:
        _, shown = self.key_of(user_name, scope)
        client = self.browser(None)
        client.headers["authorization"] = f"Bearer {shown}"
        return client


def checked(owner: str, id: str) -> Check:
    done = Checker().check(GOOD, "draft.docx")
    assert done.document
    sheet = lay_out(done.result, done.document)
    now = datetime.now(UTC)
    return Check(id, owner, None, "draft.docx", GOOD, "auto", now, State.DONE, None, done.result, sheet)


class AtOnce(Pool):
    """Workers that have always done it already: what they do is not what is tested here."""

    def __init__(self, settings: Settings, check: Check) -> None:
        super().__init__(settings)
        self._done: Any = (check.result, check.sheet)

    @property
    def ready(self) -> bool:
        return True

    def submit(self, task: str, *args: Any, tell: Callable[[Stage], None] = quietly) -> Future[Any]:
        done: Future[Any] = Future()
        done.set_result({"check": self._done, "filing": (b"made", [], [], []), "names": ()}.get(task, b"made"))
        return done


@pytest.fixture(scope="module")
def one_check() -> Check:
    return checked("", "")


@pytest.fixture
def office(new_app: Callable[..., FastAPI], one_check: Check) -> Iterator[Office]:
    app = new_app(office=True)
    desk: Desk = app.state.desk
    pool = AtOnce(desk.settings, one_check)
    desk = app.state.desk = replace(desk, pool=pool, held=HeldChecks(desk.settings, pool))
    people = desk.store.people
    north, south = people.add_team("North"), people.add_team("South")
    author = people.add(P, "Author", {Role.PRACTITIONER}, {north})
    people.add("colleague", "Colleague", {Role.PRACTITIONER}, {north})
    people.add(M, "Their manager", {Role.MANAGER}, {north})
    people.add("other manager", "Another manager", {Role.MANAGER}, {south})
    people.add("peer", "Peer", {Role.PRACTITIONER}, {south})
    people.add(N, "Inspector", {Role.INSPECTOR}, set())
    people.add("other inspector", "Another inspector", {Role.INSPECTOR}, set())
    people.add(A, "Administrator", {Role.ADMINISTRATOR}, {north})
    people.add("no role yet", "Newcomer", set(), {north})
    case = desk.store.cases.add(author.id, north, "A family").id
    draft = desk.store.drafts.keep(case, author.id, replace(one_check, id="d" * 22, owner=author.id))
    yield Office(app, desk, case, draft)


def ask(office: Office, client: TestClient, route: str, form_token: str = "", **things: str) -> tuple[int, str]:
    """The status, and what the gate says where it was the gate that answered."""
    method, path = route.split(" ")
    for name in re.findall(r"{(\w+)}", path):
        path = path.replace("{" + name + "}", things.get(name, "unknown"))
    answer = client.request(method, path, data={"form_token": form_token} if method == "POST" else None)
    is_problem = answer.headers.get("content-type", "").startswith("application/problem+json")
    said = answer.json()["detail"] if is_problem else ""
    forgotten = gone(office.desk.settings)
    refusals = (office.desk.doors.how_to_enter, KEY_IS_NOT_FOR_IT, NOT_HERE, forgotten)
    return answer.status_code, "refused" if said in refusals or said.startswith("This is for ") else "let in"


def as_somebody(office: Office, name: str) -> tuple[TestClient, str]:
    """A client of that name, and its form token."""
    if name == CHECK_KEY:
        return office.key(P, Scope.CHECK), ""
    if name == METRICS_KEY:
        return office.key(A, Scope.METRICS), ""
    client = office.browser(None if name == NOBODY else office.person(name))
    who = office.desk.doors.sessions.who(client.cookies.get(COOKIE, ""))
    return client, who.form_token if who else ""


def their_things(office: Office, name: str, one_check: Check, number: int) -> dict[str, str]:
    """A check, a case, a reading, a sample and a key of their own.

    The reading is of somebody without an account, so that one person has all there is to do with it.
    """
    if name not in SIGNED_IN:
        unknown = dict.fromkeys(("key", "reading", "sample", "report", "concern"), "unknown")
        return {"check": office.draft, "case": office.case, **unknown}
    account = office.person(name)
    store = office.desk.store
    case = store.cases.add(account, next(iter(office.asking(name).teams), None), "Theirs").id
    check = store.drafts.keep(case, account, replace(one_check, id=f"{name}-{number:-<22}"[:22], owner=account))
    key, _ = office.key_of(name, Scope.METRICS if name == A else Scope.CHECK)
    reading = store.readings.ask(check, date(2026, 12, 4), "manager", account, account, author_name="Somebody")
    return {"check": check, "case": case, "key": key, "reading": reading, **their_sample(office, account, one_check)}


def their_sample(office: Office, account: str, one_check: Check) -> dict[str, str]:
    """A sample that they lead and read in, its report, and a concern about that."""
    samples = office.desk.store.samples
    frame = frame_of([Report("theirs")])
    drawn = draw(frame, SampleSettings(size=1), "seed", date(2026, 11, 22))
    manifest = allot(drawn, ["Reader"], 0, KeptApart(), date(2026, 11, 22))
    sample = samples.add(account, "Theirs", source="list", frame=frame.reports)
    samples.change(sample, lambda view: replace(view, manifest=manifest, readers={account: "Reader"}))
    report = samples.put_report(sample, "theirs", "draft.docx", GOOD, one_check.result, one_check.sheet)
    concern = samples.raise_concern(report, account, "At once.", "Somebody")
    return {"sample": sample, "report": report, "concern": concern}


def test_this_list_names_every_route() -> None:
    assert set(LET_IN) == {f"{method} {path}" for method, path in RULES}


# After these the session, the check or the case may be gone.
USES_UP = re.compile(r"^POST /(sign-out|account|checks/.*(keep|forget|next)|cases/.*delete)")


@pytest.mark.parametrize("name", sorted(EVERYBODY))
def test_every_route_lets_in_whom_it_should_and_nobody_else(office: Office, one_check: Check, name: str) -> None:
    wrong = []
    things: dict[str, str] = {}
    for number, (route, let_in) in enumerate(LET_IN.items()):
        if not things:
            things = their_things(office, name, one_check, number)
            client, form_token = as_somebody(office, name)
        status, said = ask(office, client, route, form_token, **things)
        if (said == "let in") != (name in let_in) or status >= 500:
            wrong.append((route, name, status, said))
        if USES_UP.match(route):
            things = {}
    assert wrong == []


SEES_DRAFT = {P: 200, M: 200, "colleague": 404, "other manager": 404, "peer": 404, N: 404, A: 403, "no role yet": 403}


@pytest.mark.parametrize("name", SEES_DRAFT)
def test_who_sees_a_kept_draft(office: Office, name: str) -> None:
    client = office.browser(office.person(name))
    for path in ("", "/result.json", "/decisions"):
        assert client.get(f"/checks/{office.draft}{path}").status_code == SEES_DRAFT[name], path


def test_a_peer_sees_what_they_were_given_to_read_and_decides_nothing(office: Office) -> None:
    peer = office.person("peer")
    office.desk.store.readings.ask(office.draft, date(2026, 12, 4), "peer", peer, office.person(P))
    client, form_token = as_somebody(office, "peer")
    assert client.get(f"/checks/{office.draft}").status_code == 200
    assert client.get(f"/cases/{office.case}").status_code == 404
    for action in ("aside", "take-up", "next", "keep", "forget"):
        assert ask(office, client, f"POST /checks/{office.draft}/{action}", form_token) == (404, "refused")


def test_an_inspector_sees_what_is_in_their_samples_there_only(office: Office) -> None:
    office.desk.store.samples.add(office.person(N), "East 2026", frame=(Report(office.draft),))
    assert office.browser(office.person(N)).get(f"/checks/{office.draft}").status_code == 404


def test_a_manager_sees_their_teams_case_and_neither_decides_nor_deletes(office: Office) -> None:
    client, form_token = as_somebody(office, M)
    assert client.get(f"/cases/{office.case}").status_code == 200
    for route in (f"POST /checks/{office.draft}/aside", f"POST /cases/{office.case}/delete"):
        assert ask(office, client, route, form_token) == (404, "refused")
    assert office.desk.store.cases.get(office.case)


def test_a_check_that_is_held_is_its_sessions_alone(office: Office) -> None:
    author = office.person(P)
    first, second = office.browser(author), office.browser(author)
    session = office.desk.doors.sessions.who(first.cookies[COOKIE])
    assert session
    held = office.desk.held.add(author, session.session, "draft.docx", GOOD, "auto")
    assert first.get(f"/checks/{held.id}").status_code == 200
    assert second.get(f"/checks/{held.id}").status_code == 404
    assert office.browser(office.person(M)).get(f"/checks/{held.id}").status_code == 404


def test_another_persons_key_cannot_be_revoked(office: Office) -> None:
    key, _ = office.key_of(P, Scope.CHECK)
    client, form_token = as_somebody(office, A)
    assert ask(office, client, f"POST /account/keys/{key}/revoke", form_token) == (404, "refused")


def test_an_application_with_a_route_without_a_rule_does_not_start(new_app: Callable[..., FastAPI]) -> None:
    app = new_app()
    app.get("/everything")(lambda: "everything")
    with pytest.raises(RuntimeError, match="/everything"):
        refuse_unruled(app)


def test_on_ones_own_machine_the_link_lets_in_and_programs_may_check(new_app: Callable[..., FastAPI]) -> None:
    client = client_of(new_app())
    free = {"GET /metrics", *(route for route, who in LET_IN.items() if who == EVERYBODY)}
    free |= {"POST /api/v1/checks", "POST /api/v1/checks/annotated"}
    for route in LET_IN:
        method, path = route.split(" ")
        status = client.request(method, re.sub(r"{\w+}", "unknown", path)).status_code
        assert (status == 401) == (route not in free or route == "GET /open"), (route, status)
