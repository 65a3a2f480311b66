"""A serious concern is raised at any time, seen by who must see it, followed, and closed with an outcome."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from fastapi import FastAPI

from .grading_office import NAMES, TWICE, Inspection, inspection

REASON = "She slept in a car with the man the order keeps away."


@pytest.fixture
def office(new_app: Callable[..., FastAPI]) -> Inspection:
    return inspection(new_app(office=True))


def raised(office: Inspection, user_name: str = "ina", **form: str) -> str:
    """The path of a concern, within the sample's."""
    told = {"reason": REASON, "owner": "Lea", **form}
    answer = office.browser(user_name).post(f"{office.at(TWICE)}/concern", **told)
    assert answer.status_code == 303
    path: str = answer.headers["location"]
    return path.removeprefix(f"/samples/{office.sample}").partition("?")[0]


def test_it_needs_words_and_an_owner_and_keeps_what_was_typed(office: Inspection) -> None:
    ina = office.browser("ina")
    assert 'value="Lea"' in ina.get(f"{office.at(TWICE)}/concern").text  # the lead, unless another is named
    refused = ina.post(f"{office.at(TWICE)}/concern", reason=REASON, owner=" ")
    assert refused.status_code == 400
    assert "Say who looks into it." in refused.text
    assert REASON in refused.text
    assert "Say what it is" in ina.post(f"{office.at(TWICE)}/concern", owner="Lea").text
    assert office.desk.store.samples.concerns(office.sample) == []


def test_it_is_raised_from_the_grading_page_with_nothing_lost_and_after_handing_in_too(office: Inspection) -> None:
    ina = office.browser("ina")
    to = ina.post(office.at(TWICE), do="concern", **{"reason:harm": "Half a thought"}).headers["location"]
    assert to.endswith("/concern")
    assert office.grading(TWICE, "ina").grades["harm"].reason == "Half a thought"
    office.grade("ina", TWICE)
    assert "/concern" in ina.get(office.at(TWICE)).text
    raised(office)


def test_who_sees_it(office: Inspection) -> None:
    path = raised(office)
    for user_name, status in (("ina", 200), ("lea", 200), ("ian", 404), ("iris", 404), ("pat", 403), ("max", 403)):
        assert office.browser(user_name).get(path).status_code == status
        assert office.browser(user_name).post(path, do="step", done="Looked.").status_code == (
            303 if status == 200 else status
        )
    listed = {name: office.browser(name).get("/concerns").text for name in ("ina", "lea", "ian")}
    assert REASON in listed["ina"]
    assert REASON in listed["lea"]
    assert REASON not in listed["ian"]  # who reads the same report
    assert TWICE in listed["lea"]
    assert not any(name.lower() in listed["ina"].lower() for name in NAMES)


def test_it_is_followed_until_it_is_closed_with_an_outcome(office: Inspection) -> None:
    path = raised(office)
    lea, ina = office.browser("lea"), office.browser("ina")
    assert "Open since today" in lea.get("/concerns").text
    assert "1 concern of yours still open" in ina.get("/reports").text
    for user_name, told in (("lea", True), ("ina", True), ("ian", False)):
        browser = office.browser(user_name)
        assert ("1 serious concern open" in browser.client.get("/samples").text) is told
        assert ("1 open" in browser.get("").text) is told
    assert "Say what was done." in lea.post(path, do="step", owner="Lea").text
    assert lea.post(path, do="step", done="Rang the social worker.", owner="Lea").status_code == 303
    assert lea.post(path, do="step", done="", owner="Head of the area").status_code == 303
    page = ina.get(path).text
    assert "Rang the social worker." in page
    assert "From then on looked into by Head of the area." in page
    refused = ina.post(path, do="close", outcome="  ")
    assert refused.status_code == 400
    assert "Say what came of it." in refused.text
    assert ina.post(path, do="close", outcome="She is with her aunt.").status_code == 303
    (kept,) = office.desk.store.samples.concerns(office.sample)
    assert kept.closed
    assert (kept.outcome, kept.owner, len(kept.steps)) == ("She is with her aunt.", "Head of the area", 4)
    for form in ({"do": "step", "done": "More."}, {"do": "close", "outcome": "Again."}):
        assert lea.post(path, **form).status_code == 409
    assert "Closed on" in lea.get(path).text
    assert "<textarea" not in lea.get(path).text
    assert "still open" not in ina.get("/reports").text
    actions = [action for action, _ in office.entries()]
    assert [actions.count(each) for each in ("raised a concern", "followed a concern", "closed a concern")] == [1, 2, 1]
    assert REASON not in str(office.entries())


def test_a_concern_is_not_found_in_another_sample(office: Inspection) -> None:
    path = raised(office)
    other = office.desk.store.samples.add(office.person("lea"), "West")
    assert office.browser("lea").client.get(f"/samples/{other}{path}").status_code == 404


def test_a_sample_with_an_open_concern_is_not_deleted(office: Inspection) -> None:
    path = raised(office)
    lea = office.browser("lea")
    assert "1 serious concern is still open" in lea.get("/delete").text
    assert lea.post("/delete").status_code == 409
    assert lea.post(path, do="close", outcome="The office was told.").status_code == 303
    assert lea.post("/delete").status_code == 303
