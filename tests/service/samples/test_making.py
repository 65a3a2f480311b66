"""A sample is made on the pages: from a list, a folder, uploads or kept drafts; drawn once; allotted; changed."""

from __future__ import annotations

import io
import json
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from zipfile import ZipFile

import httpx
import pytest
from fastapi import FastAPI
from fastapi.testclient import TestClient

from qualitycheck.sampling.manifest import parse
from qualitycheck.service.access.who import OWNER, Role
from qualitycheck.service.accounts.sessions import COOKIE
from qualitycheck.service.checks.check import Check
from qualitycheck.service.checks.held import HeldChecks
from qualitycheck.service.desk import Desk
from qualitycheck.service.routes import sample_new
from qualitycheck.service.store.samples import SampleView
from tests.hostile import GOOD
from tests.service.conftest import OFFICE, client_of, let_in
from tests.service.test_access import AtOnce, checked

ROWS = [
    f"NB26-{n:03};{'s7' if n % 5 < 3 else 'section 31'};Team {n % 3};0{1 + n % 9}/2026;Author {n % 4}"
    for n in range(40)
]
LIST = "\n".join(["Case ref;Kind;Office;Filed;Practitioner", *ROWS]).encode()
COLUMNS = {"id": "Case ref", "type": "Kind", "team": "Office", "month": "Filed", "author": "Practitioner"}
DRAW = {"by": "type", "size": "10", "sizes": "proportion", "reserves": "3", "seed": "East 2026", "scale": "2008",
        "criteria_scale": "met", "criteria": ["harm", "no-order-principle"], "words": "2008", "smallest": "5",
        "finite": "yes"}  # fmt: skip


def report(number: int) -> bytes:
    """The same report under other bytes: another file."""
    data = io.BytesIO(GOOD)
    with ZipFile(data, "a") as file:
        file.comment = str(number).encode()
    return data.getvalue()


@dataclass
class Inspector:
    """Somebody at a browser, and what the service has of theirs."""

    client: TestClient
    desk: Desk
    account: str
    form_token: str

    def get(self, path: str, status: int = 200) -> str:
        answer = self.client.get(path)
        assert answer.status_code == status, (path, answer.status_code, answer.text[:2000])
        return answer.text

    def post(self, path: str, status: int = 303, files: object = None, **fields: object) -> httpx.Response:
        data = {"form_token": self.form_token, **fields}
        answer = self.client.post(path, data=data, files=files)  # type: ignore[arg-type]
        assert answer.status_code == status, (path, answer.status_code, re.sub(r"\s+", " ", answer.text)[:3000])
        return answer

    def new(self, source: str) -> str:
        """Its address."""
        answer = self.post("/samples/new", title="East Midlands", source=source)
        return answer.headers["location"].removesuffix("/frame")

    def of(self, here: str) -> SampleView:
        found = self.desk.store.samples.get(here.rpartition("/")[2])
        assert found
        return found

    def waited(self, here: str) -> SampleView:
        """Once what goes on in the background is over."""
        self.desk.jobs.wait(here.rpartition("/")[2], 30)
        return self.of(here)

    def told(self) -> list[str]:
        return [entry.action for entry in self.desk.store.audit.entries()]


def at_work(app: FastAPI, one_check: Check) -> Desk:
    desk: Desk = app.state.desk
    pool = AtOnce(desk.settings, one_check)
    desk = app.state.desk = replace(desk, pool=pool, held=HeldChecks(desk.settings, pool))
    return desk


@pytest.fixture(scope="module")
def one_check() -> Check:
    done = checked("", "")
    assert done.result
    return replace(done, result=replace(done.result, type="section7"))


@pytest.fixture
def home(new_app: Callable[..., FastAPI], one_check: Check) -> Iterator[Inspector]:
    app = new_app()
    client = let_in(app)
    desk = at_work(app, one_check)
    token = re.search(r'name="form_token" value="([^"]+)"', client.get("/samples/plan").text)
    assert token
    yield Inspector(client, desk, OWNER, token[1])
    desk.jobs.stop()
    desk.jobs.join()


def in_office(app: FastAPI, desk: Desk, name: str, *roles: Role) -> Inspector:
    person = desk.store.people.add(name, name.title(), roles, [])
    client = client_of(app)
    client.headers.update({"origin": OFFICE})
    client.cookies.set(COOKIE, desk.doors.sessions.begin(person.id, ""))
    who = desk.doors.sessions.who(client.cookies[COOKIE])
    assert who
    return Inspector(client, desk, person.id, who.form_token)


@pytest.fixture
def office(new_app: Callable[..., FastAPI], one_check: Check, tmp_path: Path) -> Iterator[tuple[Inspector, Inspector]]:
    """Two inspectors."""
    (tmp_path / "frames" / "autumn").mkdir(parents=True)
    app = new_app(office=True, frames_folder=tmp_path / "frames")
    desk = at_work(app, one_check)
    yield in_office(app, desk, "ian", Role.INSPECTOR), in_office(app, desk, "ina", Role.INSPECTOR)
    desk.jobs.stop()
    desk.jobs.join()


def listed(inspector: Inspector) -> str:
    """A sample whose frame is a list."""
    here = inspector.new("list")
    inspector.post(f"{here}/frame", files={"list": ("list.csv", LIST)})
    page = inspector.get(f"{here}/frame")
    assert "NB26-000" in page and "40 reports" in page
    assert re.search(r'<option value="Case ref" selected>', page)  # guessed
    fields = {f"column-{field}": column for field, column in COLUMNS.items()}
    inspector.post(f"{here}/frame", step="columns", **fields)
    return here


def button(page: str) -> tuple[str, str]:
    """Where the next step leads, and what it is called."""
    found = re.search(r'<a href="([^"]+)" role="button"[^>]*class="govuk-button"[^>]*>\s*([^<]+?)\s*</a>', page)
    assert found
    return found[1], found[2]


def drawn(inspector: Inspector, **other: object) -> str:
    here = listed(inspector)
    inspector.post(f"{here}/draw", **{**DRAW, **other})
    return here


def test_a_list_is_mapped_drawn_and_can_be_drawn_again(home: Inspector) -> None:
    assert "There are none yet" in home.get("/samples")
    here = listed(home)
    view = home.of(here)
    assert (len(view.frame), view.frame[0].type, view.frame[0].month) == (40, "section7", "2026-01")
    assert "80 in the frame" not in home.get(f"{here}/draw")
    assert "24 in the frame" in home.get(f"{here}/draw")
    assert "Team 0/2026-01" in home.get(f"{here}/draw?strata=1&by=team&by=month")
    home.post(f"{here}/draw", **DRAW)
    view = home.of(here)
    assert view.manifest
    assert [(one.name, one.drawn) for one in view.manifest.frame.strata] == [("section7", 6), ("section31", 4)]
    assert (view.scale, view.criteria, view.finite) == ("2008", ("harm", "no-order-principle"), True)
    page = home.get(here)
    assert button(page) == (f"{here}/files", "Bring the files")
    assert "10 reports of 40" in page and "East 2026" in page and view.manifest.frame.sha256 in page
    assert "--column &#39;id=Case ref&#39;" in page
    made = parse(home.client.get(f"{here}/manifest.json").content)
    assert made == view.manifest
    assert not any(one.author for one in made.drawn)
    assert "The same sample" in home.post(f"{here}/verify", 200, files={"list": ("l.csv", LIST)}).text
    other = LIST.replace(b"NB26-001", b"NB26-999")
    assert "Not the same sample" in home.post(f"{here}/verify", 200, files={"list": ("l.csv", other)}).text
    assert home.told()[:5] == ["downloaded the manifest", "opened", "drew the sample", "opened", "opened"]


def test_a_sample_is_drawn_once(home: Inspector) -> None:
    here = drawn(home)
    before = home.of(here).manifest
    assert "cannot be drawn again" in home.post(f"{here}/draw", 409, **{**DRAW, "seed": "another"}).text
    home.post(f"{here}/frame", 409, files={"list": ("list.csv", LIST)})
    assert home.of(here).manifest == before
    assert home.client.get(f"{here}/draw").status_code == home.client.get(f"{here}/frame").status_code == 303


def test_sizes_may_be_fixed_for_each_kind(home: Inspector) -> None:
    here = drawn(home, sizes="fixed", **{"size-0": "7", "size-1": "5", "size": ""})
    manifest = home.of(here).manifest
    assert manifest and manifest.settings.sizes == {"section31": 5, "section7": 7}


def test_what_is_wrong_with_a_draw_is_said_by_its_field_and_what_was_typed_is_kept(home: Inspector) -> None:
    here = listed(home)
    page = home.post(
        f"{here}/draw",
        400,
        **{**DRAW, "size": "41", "seed": " ", "reserves": "many", "scale": "own", "own_scale": "one"},
    ).text
    for field in ("size", "seed", "reserves", "own_scale"):
        assert f'href="#{field}"' in page and f'id="{field}-error"' in page, field
    assert 'value="many"' in page
    too_many = home.post(f"{here}/draw", 400, **{**DRAW, "sizes": "fixed", "size-0": "0", "size-1": "17"}).text
    assert "drawn from guardian&#39;s analysis in section 31 proceedings is a whole number from 0 to 16" in too_many
    unsaid = home.post(f"{here}/draw", 400, **{**DRAW, "size": "", "size-0": "3", "size-1": "2"}).text
    assert 'href="#sizes"' in unsaid and "As many as I say below" in unsaid


def test_rows_that_cannot_be_used_are_named_by_number(home: Inspector) -> None:
    here = home.new("list")
    assert "CSV" in home.post(f"{here}/frame", 400, files={"list": ("list.csv", b"\xff\xfe\x00")}).text
    wrong = LIST.replace(b"01/2026", b"one day", 2)
    home.post(f"{here}/frame", files={"list": ("list.csv", wrong)})
    fields = {f"column-{field}": column for field, column in COLUMNS.items()}
    page = home.post(f"{here}/frame", 400, step="columns", **fields).text
    assert "Row 2 has no month" in page and "Row 11 has no month" in page
    page = home.post(f"{here}/frame", 400, step="columns", **{"column-type": "Kind"}).text
    assert "Choose the column that holds the reference" in page
    assert not home.of(here).ready


def test_a_folder_is_read_by_the_checker_and_its_drawn_reports_are_brought(home: Inspector, tmp_path: Path) -> None:
    folder = tmp_path / "reports"
    (folder / "more").mkdir(parents=True)
    for number in range(5):
        (folder / ("more" if number % 2 else "") / f"r{number}.docx").write_bytes(report(number))
    (folder / "same.docx").write_bytes(report(0))
    here = home.new("folder")
    assert "no such folder" in home.post(f"{here}/frame", 400, folder="nowhere").text
    home.post(f"{here}/frame", folder=str(folder))
    view = home.waited(here)
    assert view.ready
    assert [one.id for one in view.frame] == ["more/r1.docx", "more/r3.docx", "r0.docx", "r2.docx", "r4.docx"]
    assert [(one.id, one.why, one.of) for one in view.left_out] == [("same.docx", "same-bytes", "r0.docx")]
    seen = home.desk.store.samples.seen(view.id)
    assert {one["file"] for one in seen} >= {one.id for one in view.frame}
    assert set(seen[0]) == {"file", "sha256", "type", "error", "elements", "findings"}
    assert "1 the same file as another" in home.get(here + "/draw")
    home.post(f"{here}/draw", **{**DRAW, "by": [], "size": "2"})
    view = home.waited(here)
    assert len(view.reports) == 2
    assert "The same sample" in home.post(f"{here}/verify", 200).text
    assert "qualitycheck sample verify sample.json reports/" in home.get(here)
    (folder / view.frame[0].id).write_bytes(report(99))
    assert "Not the same sample" in home.post(f"{here}/verify", 200).text


def test_a_path_that_is_no_folder_of_reports_is_said_to_be_none(
    home: Inspector, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    here = home.new("folder")
    (tmp_path / "a.docx").write_bytes(GOOD)
    (tmp_path / "empty").mkdir()

    def said(told: str) -> str:
        page = home.post(f"{here}/frame", 400, folder=told).text
        found = re.search(r'id="folder-error"[^>]*>(.*?)</p>', page, re.DOTALL)
        assert found
        return found[1]

    assert "This is a file: give the folder that it is in." in said(f"{tmp_path}/a.docx")
    assert "holds no Word files" in said(f"{tmp_path}/empty")
    for told in ("", "reports", "~nobody-here/reports", f"{tmp_path}/none", "/" + "x" * 400):
        assert "There is no such folder" in said(told) or "cannot be read" in said(told), told
    monkeypatch.setattr(sample_new, "MOST_REPORTS", 0)
    assert "holds 1 reports, and 0 are the most" in said(str(tmp_path))

    def forbidden(_: Path) -> None:
        raise PermissionError

    monkeypatch.setattr(Path, "iterdir", forbidden)
    assert "may not look into it" in said(str(tmp_path))
    assert not home.of(here).frame


def test_uploaded_files_add_up_and_only_what_is_drawn_is_kept(home: Inspector) -> None:
    here = home.new("files")
    assert "Choose the reports first" in home.post(f"{here}/frame", 400, step="read").text
    home.post(f"{here}/frame", files=[("file", ("a.docx", report(1))), ("file", ("b.docx", report(2)))])
    again = home.post(f"{here}/frame", 200, files=[("file", ("c.docx", report(1))), ("file", ("b.docx", report(3)))])
    assert "c.docx is here already" in again.text and "3 reports here so far" in again.text
    assert [one.id for one in home.of(here).frame] == ["a.docx", "b.docx", "b.docx (2)"]
    assert (
        "notes.txt is not a Word file"
        in home.post(f"{here}/frame", 200, files=[("file", ("notes.txt", b"notes"))]).text
    )
    assert len(home.desk.store.samples.brought(home.of(here).id)) == 3


def test_more_files_at_once_than_elsewhere(home: Inspector) -> None:
    here = home.new("files")
    home.post(f"{here}/frame", files=[("file", (f"{n}.docx", report(n))) for n in range(60)])
    assert len(home.of(here).frame) == 60


def test_files_of_a_list_are_matched_by_name_and_what_does_not_match_is_said(home: Inspector) -> None:
    here = drawn(home)
    view = home.of(here)
    assert view.manifest
    first = view.manifest.sample[0].id
    page = home.post(f"{here}/files", 200, files=[
        ("file", (f"{first}.docx", report(1))), ("file", ("another.docx", report(2))),
    ]).text  # fmt: skip
    assert "another.docx" in page and "1 file of no report of this sample" in page and "1 file taken" in page
    assert list(home.waited(here).reports) == [first]
    page = home.get(f"{here}/files")
    assert "1 of 10 reports is here" in page
    other = view.manifest.sample[1].id
    page = home.post(f"{here}/files", 400, files=[("file", (f"{other}.docx", report(1)))]).text
    assert f"{other}.docx is the same file as that of {first}" in page
    kept = home.desk.store.samples.report(home.of(here).reports[first])
    assert kept and kept.sheet and kept.result and kept.data == report(1)


def test_on_ones_own_machine_there_is_one_reader_and_others_grade_elsewhere(home: Inspector) -> None:
    here = drawn(home)
    assert "Give the name" in home.post(f"{here}/allot", 400, own_name="", others="", twice="0").text
    assert "takes two readers" in home.post(f"{here}/allot", 400, own_name="Ian", others="", twice="20").text
    home.post(f"{here}/allot", own_name="Ian", others="", twice="0")
    assert home.of(here).readers == {OWNER: "Ian"}
    home.post(f"{here}/allot", own_name="Ian", others="Author 1\nBen", twice="20")
    manifest = home.of(here).manifest
    assert manifest and manifest.allotment
    assert manifest.allotment.readers == ("Author 1", "Ben", "Ian")
    wrote = {one.id for one in home.of(here).frame if one.author == "Author 1"}
    assert not any("Author 1" in one.readers for one in manifest.allotment.readings if one.id in wrote)
    page = home.get(here)
    assert "2 read twice" in page and "by file" in page


def test_a_report_is_taken_out_and_the_next_of_its_kind_stands_in(home: Inspector) -> None:
    here = drawn(home, reserves="1")
    home.post(f"{here}/allot", own_name="Ian", others="", twice="0")
    made = home.of(here).manifest
    assert made
    first, second, *_ = (one for one in made.sample if one.type == "section7")
    page = home.post(f"{here}/change", 400, report=first.id, why="", reason="").text
    assert 'href="#why"' in page and 'href="#reason"' in page
    home.post(f"{here}/change", report=first.id, why="missing", reason="The office cannot find it.", substitute="yes")
    manifest = home.of(here).manifest
    assert manifest
    assert manifest.changes[0].into in {one.id for one in manifest.reserves if one.type == "section7"}
    assert first.id not in {one.id for one in manifest.sample}
    assert "The office cannot find it." in home.get(here)
    page = home.post(f"{here}/change", 400, report=second.id, why="refused", reason="No.", substitute="yes").text
    assert "No substitute is left in section7" in page
    home.post(f"{here}/change", report=second.id, why="refused", reason="No.", substitute="no")
    assert len(home.of(here).manifest.sample) == 9  # type: ignore[union-attr]
    assert "Drawn again just now" in home.get(here) and "The same" in home.get(here)


def test_kept_drafts_are_drawn_under_ids_that_say_nothing(
    office: tuple[Inspector, Inspector], one_check: Check
) -> None:
    ian, _ = office
    store = ian.desk.store
    author = store.people.add("ann", "Ann Author", {Role.PRACTITIONER}, [])
    team = store.people.add_team("North")
    drafts = []
    for number in range(3):
        case = store.cases.add(author.id, team, f"Family {number}").id
        result = replace(one_check.result, sha256=f"{number:064}")  # type: ignore[type-var]
        for draft in range(2):
            check = replace(one_check, id=f"draft-{number}-{draft}-{'x' * 12}", owner=author.id, result=result)
            drafts.append(store.drafts.keep(case, author.id, check))
    here = ian.new("store")
    ian.post(f"{here}/frame", which="kept")
    view = ian.waited(here)
    assert view.ready and len(view.frame) == 3
    assert {(one.team, one.author, one.type) for one in view.frame} == {("North", "Ann Author", "section7")}
    assert not {one.id for one in view.frame} & set(drafts)
    ian.post(f"{here}/draw", **{**DRAW, "by": [], "size": "2"})
    view = ian.waited(here)
    assert len(view.reports) == 2
    page = ian.get(here)
    assert "Ann Author" not in page and "Family" not in page
    assert "Ann" not in json.dumps(ian.client.get(f"{here}/manifest.json").json())
    assert "There are none of those" in ian.post(f"{ian.new('store')}/frame", 400, which="filed").text


def test_readers_see_their_part_and_not_who_reads_what(office: tuple[Inspector, Inspector]) -> None:
    ian, ina = office
    here = drawn(ian)
    assert ina.client.get(here).status_code == 404
    ian.post(f"{here}/allot", reader=[ian.account, ina.account], twice="20")
    view = ian.of(here)
    assert view.readers == {ian.account: "Ian", ina.account: "Ina"}
    page = ina.get(here)
    assert "Ian leads the sample" in page and "You have handed in 0 of 6" in page
    assert "Ian" in ian.get(here) and "Ian and Ina, 2" in ian.get(here)
    for path in ("draw", "frame", "allot", "change", "files", "delete", "manifest.json"):
        assert ina.client.get(f"{here}/{path}").status_code == 404, path
    assert "East Midlands" in ina.get("/samples")
    assert "Choose who reads" in ian.post(f"{here}/allot", 400, twice="0").text


def test_in_an_office_a_folder_is_one_of_those_below_the_one_that_is_set(
    office: tuple[Inspector, Inspector], tmp_path: Path
) -> None:
    ian, _ = office
    here = ian.new("folder")
    assert "autumn" in ian.get(f"{here}/frame")
    for told in ("..", "/etc", "autumn/..", ""):
        assert "Choose one of the folders" in ian.post(f"{here}/frame", 400, folder=told).text
    assert "holds no Word files" in ian.post(f"{here}/frame", 400, folder="autumn").text
    (tmp_path / "frames" / "autumn" / "a.docx").write_bytes(report(1))
    ian.post(f"{here}/frame", folder="autumn")
    assert ian.waited(here).ready


def test_a_sample_is_deleted_after_it_was_asked_for(home: Inspector) -> None:
    here = drawn(home)
    assert "It cannot be undone" in home.get(f"{here}/delete")
    assert home.post(f"{here}/delete").headers["location"] == "/samples?notice=deleted"
    assert home.client.get(here).status_code == 404
    assert "The sample is deleted" in home.get("/samples?notice=deleted")
    assert home.told()[0] == "deleted the sample"
    assert home.desk.store.keyring.ids() == []


def test_the_planner_says_what_an_interval_takes(home: Inspector) -> None:
    assert "How many reports does it take?" in home.get("/samples/plan")
    asked = {"width": "15", "share": "", "strata": "section 7 = 120\nsection 31 = 80", "agreement": "", "grades": "4"}
    page = home.post("/samples/plan", 200, **asked).text
    assert "<strong>57</strong>" in page
    page = home.post("/samples/plan", 400, **{**asked, "strata": "section 7", "width": "wide"}).text
    assert 'href="#width"' in page and 'href="#strata"' in page
    assert "Say how exact" in home.post("/samples/plan", 400, **{**asked, "width": ""}).text


def test_what_a_form_asks_for_is_needed(home: Inspector) -> None:
    page = home.post("/samples/new", 400, title=" ", source="elsewhere").text
    assert 'href="#title"' in page and 'href="#source"' in page


def test_nothing_of_a_frame_is_in_the_log(home: Inspector, caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level("DEBUG"):
        here = drawn(home)
        home.get(here)
    assert not any("NB26" in record.getMessage() or "Author" in record.getMessage() for record in caplog.records)
    assert not any("NB26" in entry.thing + entry.action for entry in home.desk.store.audit.entries())
