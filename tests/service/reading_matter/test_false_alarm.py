"""A false alarm is recorded at one click, once, and holds no word of the report but what the user adds."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Callable
from dataclasses import dataclass, replace

import pytest
from fastapi import FastAPI
from fastapi.testclient import TestClient
from httpx import Response

from qualitycheck.result import Element, Level, Status
from qualitycheck.service.access.who import OWNER
from qualitycheck.service.desk import Desk
from tests.service.conftest import HOME, client_of, let_in
from tests.service.reading_matter.words import words
from tests.service.store import kept

FINGERPRINT = "3f2a9c01d4e5"
SECRET = "Marigold says that he was late."
LIST, TABLE = "/administration/false-alarms", "/administration/false-alarms.csv"


@dataclass(frozen=True)
class Flow:
    """Somebody at their own machine with a kept draft that has one finding and one element."""

    client: TestClient
    desk: Desk
    case: str
    draft: str

    @property
    def address(self) -> str:
        return f"/checks/{self.draft}/false-alarm/{FINGERPRINT}"

    def page(self, address: str = "") -> str:
        answer = self.client.get(address or self.address, headers={"accept": "text/html"})
        assert answer.status_code == 200
        return answer.text

    def post(self, address: str = "", **fields: str) -> Response:
        token = re.search(r'name="form_token" value="([^"]+)"', self.page())
        assert token
        return self.client.post(
            address or self.address, data={"form_token": token[1], **fields}, headers={"origin": HOME}
        )


@pytest.fixture
def flow(new_app: Callable[..., FastAPI]) -> Flow:
    app = new_app()
    desk: Desk = app.state.desk
    found = replace(kept.finding(FINGERPRINT, SECRET), id="vague-term", rule="vague-term.left-open")
    element = Element("harm", Status.MISSING, 0.7, False, "rule", Level.MUST_FIX, (), "Nothing was found.", ())
    result = replace(kept.result(SECRET, (found,)), elements=(element,))
    case = desk.store.cases.add(OWNER, None, "A family").id
    draft = desk.store.drafts.keep(case, OWNER, replace(kept.check(SECRET), owner=OWNER, result=result))
    return Flow(let_in(app), desk, case, draft)


def test_one_click_records_it_without_a_word_of_the_report(flow: Flow) -> None:
    assert "Is this a false alarm?" in words(flow.page())
    assert flow.desk.store.false_alarms.all() == []  # looking records nothing
    answer = flow.post()
    assert (answer.status_code, answer.headers["location"]) == (303, flow.address)
    (alarm,) = flow.desk.store.false_alarms.all()
    assert (alarm.criterion, alarm.rule, alarm.confidence) == ("vague-term", "vague-term.left-open", 0.9)
    assert (alarm.reason, alarm.passage, alarm.case) == ("", None, flow.case)
    assert flow.desk.tool["rules"] in alarm.tool
    assert flow.draft not in alarm.id
    assert "Thank you: recorded as a false alarm" in words(flow.page())
    (entry,) = [entry for entry in flow.desk.store.audit.entries() if entry.action == "reported a false alarm"]
    assert entry.thing == f"case {flow.case}, false alarm {alarm.id}"


def test_a_reason_and_the_passage_are_added_where_the_user_wants_and_clicking_again_changes_nothing(flow: Flow) -> None:
    flow.post()
    answer = flow.post(reason="  The court uses the term.  ", passage="yes")
    assert answer.headers["location"] == f"{flow.address}?added=1"
    (alarm,) = flow.desk.store.false_alarms.all()
    assert (alarm.reason, alarm.passage) == ("The court uses the term.", SECRET)
    page = flow.page(answer.headers["location"])
    assert "What you added is recorded." in words(page)
    assert "checked" in page.split('name="passage"')[1].split(">")[0]
    flow.post()  # one click more
    assert [one.reason for one in flow.desk.store.false_alarms.all()] == ["The court uses the term."]
    flow.post(reason="")  # taken back
    (alarm,) = flow.desk.store.false_alarms.all()
    assert (alarm.reason, alarm.passage) == ("", None)


def test_what_is_said_of_an_element_can_be_a_false_alarm_too(flow: Flow) -> None:
    flow.post(f"/checks/{flow.draft}/false-alarm/harm")
    (alarm,) = flow.desk.store.false_alarms.all()
    assert (alarm.criterion, alarm.rule) == ("harm", "missing (rule)")


def test_what_is_not_in_the_check_and_what_is_too_long_are_refused(flow: Flow) -> None:
    answer = flow.client.get(f"/checks/{flow.draft}/false-alarm/0123456789ab")
    assert answer.status_code == 404
    assert "no such finding" in answer.json()["detail"]
    assert flow.post(reason="x" * 1001).status_code == 400


def test_a_check_that_is_only_held_belongs_to_no_case(flow: Flow, monkeypatch: pytest.MonkeyPatch) -> None:
    home = flow.desk.doors.home
    draft = flow.desk.store.drafts.get(flow.draft)
    assert home and draft
    (session,) = home._sessions.values()
    held = replace(draft, id="held", session=session.id, case=None)
    monkeypatch.setattr(flow.desk.held, "get", lambda id: held if id == "held" else None)
    address = f"/checks/held/false-alarm/{FINGERPRINT}"
    assert flow.post(address, reason="Said before.").status_code == 303
    (alarm,) = flow.desk.store.false_alarms.all()
    assert (alarm.case, alarm.reason) == (None, "Said before.")


def test_deleting_the_case_takes_it_along(flow: Flow) -> None:
    flow.post()
    flow.desk.store.cases.delete(flow.case)
    assert flow.desk.store.false_alarms.all() == []


def test_administrators_see_counts_reasons_and_only_the_words_that_were_added(flow: Flow) -> None:
    assert "Nobody has reported one." in words(flow.page(LIST))
    flow.post(reason="The court uses the term.")
    said = words(flow.page(LIST))
    assert "vague-term.left-open 1" in said
    assert "The court uses the term." in said
    assert "Marigold" not in said and flow.draft not in flow.page(LIST) and flow.case not in flow.page(LIST)
    flow.post(reason="", passage="yes")
    assert SECRET in words(flow.page(LIST))


def test_the_table_holds_no_formula_and_is_on_record(flow: Flow) -> None:
    flow.post(reason='=HYPERLINK("http://example.org")', passage="yes")
    answer = flow.client.get(TABLE)
    assert answer.headers["content-disposition"] == 'attachment; filename="false-alarms.csv"'
    rows = list(csv.DictReader(io.StringIO(answer.content.decode("utf-8-sig"))))
    assert [row["reason"] for row in rows] == ['\'=HYPERLINK("http://example.org")']
    assert [(row["criterion"], row["passage"], row["confidence"]) for row in rows] == [("vague-term", SECRET, "0.9")]
    assert "downloaded the false alarms" in [entry.action for entry in flow.desk.store.audit.entries()]


def test_whoever_has_not_opened_the_link_reports_nothing(flow: Flow) -> None:
    stranger = client_of(flow.client.app)  # type: ignore[arg-type]
    assert stranger.post(flow.address, headers={"origin": HOME}).status_code == 401
    assert stranger.get(LIST).status_code == 401
    assert flow.desk.store.false_alarms.all() == []
