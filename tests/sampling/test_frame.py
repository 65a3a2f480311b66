"""A frame holds every report once, and says what it left out."""

from __future__ import annotations

import random
import shutil
import unicodedata
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qualitycheck.limits import Limits
from qualitycheck.sampling.files import frame_of_files
from qualitycheck.sampling.frame import BadFrame, frame_of, people
from qualitycheck.sampling.listed import read_list
from qualitycheck.sampling.manifest import LeftOut, Report
from tests.docx_builder import docx, p
from tests.sampling.frames import frames


@given(frames, st.randoms())
def test_a_frame_is_the_same_in_any_order_and_names_nobody_twice(reports: list[Report], chance: random.Random) -> None:
    frame = frame_of(reports)
    chance.shuffle(reports)
    assert frame_of(reports) == frame
    assert frame.listed == len(reports)
    assert len({one.id for one in frame.reports}) == len(frame.reports)


def test_duplicates_are_left_out_and_both_writers_stay_known() -> None:
    frame = frame_of(
        [
            Report("b", sha256="1", author="Ann Lee"),
            Report("a", sha256="1", author="Cy Dod", manager="Eve Fox"),
            Report("a", sha256="2", author="cy  dod; Gus Hay"),
            Report("c"),
            Report("d"),
        ]
    )
    assert [one.id for one in frame.reports] == ["a", "c", "d"]  # no bytes are not the same bytes
    assert frame.left_out == (LeftOut("a", "same-id", "a"), LeftOut("b", "same-bytes", "a"))
    assert people(frame.reports[0].author) == ["cy dod", "gus hay", "ann lee"]
    assert frame.reports[0].manager == "Eve Fox"


def test_an_accent_or_a_space_makes_no_other_report() -> None:
    spellings = [unicodedata.normalize(form, " Siân  1") for form in ("NFC", "NFD")]
    assert [one.id for one in frame_of(map(Report, spellings)).reports] == ["Siân 1"]


def test_the_checksum_knows_what_decides_a_draw_and_not_who_wrote() -> None:
    plain = frame_of([Report("a", type="section7")])
    assert frame_of([Report("a", type="section7", author="Ann Lee", path="x.docx")]).sha256 == plain.sha256
    for other in (Report("a", type="section31"), Report("a", type="section7", month="2026-11"), Report("b")):
        assert frame_of([other]).sha256 != plain.sha256


def test_files_have_their_checksum_and_the_type_that_the_checker_sees(examples: list[Path], tmp_path: Path) -> None:
    for name in ("fca-section7", "guardian-final-analysis"):
        shutil.copy(next(one for one in examples if one.stem == name), tmp_path)
    (tmp_path / "bad.docx").write_text("no report")
    (tmp_path / "letter.docx").write_bytes(
        docx(p("Dear Ms Lee,"), p("Thank you for your letter of 3 May."), p("Yours sincerely,"))
    )
    names = ["fca-section7.docx", "guardian-final-analysis.docx", "bad.docx", "letter.docx", "gone.docx", "a\0b"]
    heard: list[str] = []
    frame = frame_of_files([Report(name, path=name) for name in names], tmp_path, tell=heard.append)
    assert [(one.id, one.type) for one in frame.reports] == [
        ("fca-section7.docx", "section7"),
        ("guardian-final-analysis.docx", "section31"),
    ]
    assert all(one.sha256 and len(one.sha256) == 64 for one in frame.reports)
    assert {one.id: one.why for one in frame.left_out} == {
        "bad.docx": "unreadable",
        "letter.docx": "not-a-report",
        "gone.docx": "missing",
        "a\0b": "unreadable",
    }
    assert heard == names


def test_a_file_over_the_limit_is_not_read(tmp_path: Path) -> None:
    (tmp_path / "large.docx").write_bytes(b"x" * 11)
    frame = frame_of_files(
        [Report("large", path="large.docx", type="section7")], tmp_path, limits=Limits(file_bytes=10)
    )
    assert frame.left_out == (LeftOut("large", "unreadable"),)


def written(folder: Path, text: str) -> Path:
    path = folder / "list.csv"
    path.write_text(text, encoding="utf-8")
    return path


def test_a_list_is_read_in_the_columns_that_an_office_has(tmp_path: Path) -> None:
    path = written(
        tmp_path,
        "\ufeffRef;File;Kind;Team;Filed;Writer\n"
        'R1;a\\b.docx;s.7;"North;\n inner\u2028 ring";03/11/2026;Ann Lee\n'
        "\n;;;;;\n"
        "R2;;Section 31 analysis;;2026-10;\n",
    )
    columns = {"id": "ref", "path": "File", "type": "Kind", "month": "Filed", "author": "Writer"}
    assert read_list(path, columns) == [
        Report(
            "R1", path="a/b.docx", type="section7", team="North;\n inner\u2028 ring", month="2026-11", author="Ann Lee"
        ),
        Report("R2", type="section31", month="2026-10"),
    ]


@pytest.mark.parametrize(
    "told", ["Feb 2026", "feb-26", "9 Feb 2026", "2026/02/09", "09.02.2026", "9 February, 2026", "2026-02-09 00:00:00"]
)
def test_a_month_is_read_as_an_office_writes_it(tmp_path: Path, told: str) -> None:
    assert [one.month for one in read_list(written(tmp_path, f'id,month\n1,"{told}"\n'))] == ["2026-02"]


def test_a_path_is_an_id_where_there_is_no_other(tmp_path: Path) -> None:
    assert read_list(written(tmp_path, "path\tarea\na.docx\tSouth\n")) == [
        Report("a.docx", path="a.docx", area="South")
    ]


@pytest.mark.parametrize(
    ("text", "columns", "said"),
    [
        ("", {}, "list.csv is empty"),
        ("Ref,Kind\n1,2\n", {}, "no column called id or path: say which it is"),
        ("Ref,Kind\n1,2\n", {"id": "Reference"}, "no column 'Reference': its first line has Ref, Kind"),
        ("id\n1\n", {"court": "id"}, "not to 'court'"),
        ("id,type\n1,a\n,b\n", {}, "row 3 has no id"),
        ("id,path\n1,a.docx\n,b.docx\n2,c.docx\n,d.docx\n", {}, "row 3 has no id; row 5 has no id"),
        ("id\n1\n" + ",x\n" * 12, {}, "row 12 has no id; and 2 more"),
        ("id,month\nSecret,spring\n", {}, "row 2 has no month that can be read"),
        ('id,type\n1,"a\n', {}, "a quotation mark in it is not closed"),
    ],
)
def test_a_list_that_cannot_be_read_is_named_and_not_quoted(
    tmp_path: Path, text: str, columns: dict[str, str], said: str
) -> None:
    with pytest.raises(BadFrame, match=said) as raised:
        read_list(written(tmp_path, text), columns)
    assert "Secret" not in str(raised.value)


def test_a_list_in_another_encoding_or_place_is_a_sentence(tmp_path: Path) -> None:
    (tmp_path / "list.csv").write_bytes("id\nSiân\n".encode("cp1252"))
    with pytest.raises(BadFrame, match="save it as CSV UTF-8"):
        read_list(tmp_path / "list.csv")
    with pytest.raises(BadFrame, match=r"none\.csv cannot be read"):
        read_list(tmp_path / "none.csv")
