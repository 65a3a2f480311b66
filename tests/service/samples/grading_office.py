"""An office with a sample of three reports: two inspectors who read, their lead who reads too, and somebody else."""

from __future__ import annotations

import datetime
import re
from collections.abc import Callable
from concurrent.futures import Future
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path
from typing import Any

from fastapi import FastAPI
from fastapi.testclient import TestClient

from qualitycheck.checking import Checker
from qualitycheck.pipeline import Stage, quietly
from qualitycheck.rendering.sheet import Sheet, lay_out
from qualitycheck.result import ReportResult
from qualitycheck.sampling.drawing import draw
from qualitycheck.sampling.frame import frame_of
from qualitycheck.sampling.manifest import Allotment, Manifest, Reading, Report, Settings
from qualitycheck.service.access.who import Role
from qualitycheck.service.accounts.sessions import COOKIE
from qualitycheck.service.desk import Desk
from qualitycheck.service.store.samples import GradingView, SampleView
from qualitycheck.service.work import tasks
from qualitycheck.service.work.pool import Pool
from tests.service.conftest import OFFICE, client_of

TODAY = datetime.date(2026, 11, 22)
FILES = {
    "miriam-castell-orla.docx": "fca-section7.docx",
    "dinesh-warrier-tobias.docx": "child-impact-report.docx",
    "leanne-mostyn-kai.docx": "local-authority-section7.docx",
}
NAMES = ("Castell", "Miriam", "Warrier", "Dinesh", "Mostyn", "Leanne", "Ainscough")
TWICE = "miriam-castell-orla.docx"  # read by Ina and Ian; the others by one of them, or by nobody who signs in
CRITERIA = ("wishes-and-feelings", "harm")
PEOPLE = {"ina": "Ina Reader", "ian": "Ian Reader"}
ELSEWHERE = "Edna Elsewhere"  # reads the last report, and has no account


@cache
def checker() -> Checker:
    return Checker()


@cache
def checked(file: str) -> tuple[bytes, ReportResult, Sheet]:
    data = (Path("examples") / file).read_bytes()
    done = checker().check(data, file)
    assert done.document
    return data, done.result, lay_out(done.result, done.document)


class Reads(Pool):
    """One worker that is asked at once: it looks whose names are hidden."""

    def submit(self, task: str, *args: Any, tell: Callable[[Stage], None] = quietly) -> Future[Any]:
        done: Future[Any] = Future()
        done.set_result(tasks.TASKS[task]({"auto": checker()}, tell, *args))
        return done


@dataclass
class Inspection:
    app: FastAPI
    desk: Desk
    sample: str
    reports: dict[str, str]  # ids of SampleReports by id in the manifest

    def person(self, user_name: str) -> str:
        found = self.desk.store.people.by_user_name(user_name)
        assert found
        return found.id

    def browser(self, user_name: str) -> Browser:
        client = client_of(self.app)
        client.headers.update({"origin": OFFICE, "accept": "text/html"})
        client.cookies.set(COOKIE, self.desk.doors.sessions.begin(self.person(user_name), ""))
        return Browser(client, f"/samples/{self.sample}")

    def at(self, report: str) -> str:
        """The path of a report to grade, within the sample's."""
        return f"/reports/{self.reports[report]}"

    @property
    def view(self) -> SampleView:
        found = self.desk.store.samples.get(self.sample)
        assert found
        return found

    def grading(self, report: str, user_name: str) -> GradingView:
        found = self.desk.store.samples.grading(self.reports[report], self.person(user_name))
        assert found
        return found

    def entries(self) -> list[tuple[str, str]]:
        """What the audit log has, oldest first: the action and the thing."""
        return [(entry.action, entry.thing) for entry in reversed(self.desk.store.audit.entries())]

    def grade(self, user_name: str, report: str, overall: str = "good", **grades: str) -> Browser:
        """A whole checklist, handed in."""
        browser = self.browser(user_name)
        form = {"grade:overall": overall, "reason:overall": f"{user_name} thought so."}
        for criterion in CRITERIA:
            form |= {f"grade:{criterion}": grades.get(criterion, "met"), f"reason:{criterion}": f"By {user_name}."}
        assert browser.post(self.at(report), **form).status_code == 303
        assert browser.post(f"{self.at(report)}/hand-in").status_code == 303
        return browser


@dataclass
class Browser:
    client: TestClient
    root: str

    def get(self, path: str) -> Any:
        return self.client.get(self.root + path)

    def post(self, path: str, files: Any = None, headers: Any = None, **form: str) -> Any:
        token = re.search(r'name="form_token" value="([^"]+)"', self.client.get("/account").text)
        assert token
        data = {"form_token": token.group(1), **form}
        return self.client.post(self.root + path, data=data, files=files, headers=headers)


def inspection(app: FastAPI, **about: Any) -> Inspection:
    desk: Desk = app.state.desk
    desk = app.state.desk = replace(desk, pool=Reads(desk.settings))
    people = desk.store.people
    for user_name, role in (
        ("lea", Role.INSPECTOR), ("ina", Role.INSPECTOR), ("ian", Role.INSPECTOR), ("iris", Role.INSPECTOR),
        ("pat", Role.PRACTITIONER), ("max", Role.MANAGER), ("ada", Role.ADMINISTRATOR),
    ):  # fmt: skip
        people.add(user_name, PEOPLE.get(user_name, user_name.title()), {role}, set())
    ids = {name: found.id for name in ("lea", *PEOPLE) if (found := people.by_user_name(name))}
    sample = desk.store.samples.add(ids["lea"], "East 2026", criteria=CRITERIA, source="list", **about)
    frame = frame_of(Report(id=file, type="section7", path=file) for file in FILES)
    manifest = _allotted(draw(frame, Settings(size=3), "seed", TODAY))
    readers = {ids[user_name]: name for user_name, name in PEOPLE.items()}
    desk.store.samples.change(
        sample, lambda view: replace(view, frame=frame.reports, manifest=manifest, readers=readers)
    )
    reports = {
        file: desk.store.samples.put_report(sample, file, file, *checked(example)) for file, example in FILES.items()
    }
    return Inspection(app, desk, sample, reports)


def _allotted(manifest: Manifest) -> Manifest:
    who = dict(zip(FILES, (("Ina Reader", "Ian Reader"), ("Ina Reader",), (ELSEWHERE,)), strict=True))
    readings = tuple(Reading(one.id, who[one.id]) for one in manifest.sample)
    return replace(manifest, allotment=Allotment(TODAY, (ELSEWHERE, "Ian Reader", "Ina Reader"), 1, 0, readings))
