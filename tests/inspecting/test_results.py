"""What is shown and what is not: small strata, differences that wait, concerns, passages, the checker's help."""

from __future__ import annotations

import datetime
import json
import zipfile
from collections.abc import Sequence
from dataclasses import replace
from io import BytesIO

import numpy as np
import pytest
from docx import Document

from qualitycheck.inspecting import checked, exporting, faults
from qualitycheck.inspecting.charts import chart, description
from qualitycheck.inspecting.grades import Concern, Fault, Grade, Grades
from qualitycheck.inspecting.results import Results, Settings, results_of
from qualitycheck.inspecting.scales import SCALES
from qualitycheck.inspecting.tables import Titles, about, said, tables
from qualitycheck.reading import read_docx
from qualitycheck.result import SCHEMA
from qualitycheck.sampling.manifest import Change, FrameRecord, LeftOut, Manifest, Report, Stratum
from qualitycheck.sampling.manifest import Settings as Drawn
from qualitycheck.understanding import understand
from tests.docx_builder import docx, p

ON = datetime.date(2026, 11, 2)
TITLES = Titles({"child-seen": "Child seen, and alone"})
MET = Settings(overall=SCALES["met"], criteria=SCALES["met"])


def sample(frame: int = 100, **strata: int) -> Manifest:
    reports = tuple(Report(id=f"{name}-{n}", stratum=name) for name, count in strata.items() for n in range(count))
    record = FrameRecord(
        "0" * 64,
        frame * len(strata),
        frame * len(strata),
        tuple(Stratum(name, frame, count) for name, count in strata.items()),
    )
    return Manifest("1", ON, "seed", Drawn(by=("area",), size=len(reports)), record, reports, ())


def given(manifest: Manifest, criterion: str = "child-seen", every: int = 3) -> Grades:
    return Grades(
        tuple(
            Grade(report=r.id, reader="Ada", date=ON, criterion=criterion, grade="met" if n % every else "missing")
            for n, r in enumerate(manifest.sample)
        )
    )


def test_small_strata_are_not_shown_nor_to_be_worked_out() -> None:
    manifest = sample(north=20, east=4, south=9)
    [criterion] = results_of(manifest, given(manifest), MET).criteria
    assert {row.stratum: row.graded for row in criterion.rows} == {
        "north": 20,
        "east": None,
        "south": None,
        "all reports": 33,
    }
    assert not criterion.comparisons
    assert all(row.cells is None and row.short is None for row in criterion.rows if row.graded is None)


def test_two_small_strata_that_are_few_together_take_another_with_them() -> None:
    manifest = sample(north=20, east=1, west=2, south=9)
    [criterion] = results_of(manifest, given(manifest), MET).criteria
    assert {row.stratum for row in criterion.rows if row.graded is None} == {"east", "west", "south"}
    enough = sample(north=20, east=3, west=3, south=9)
    [criterion] = results_of(enough, given(enough), MET).criteria
    assert {row.stratum for row in criterion.rows if row.graded is None} == {"east", "west"}


def test_a_word_whose_share_is_not_that_of_the_fraction_has_it_printed() -> None:
    """All of the stratum that is nine tenths of the frame, and none of the other: most of the sample it is not."""
    manifest = sample(north=20, south=20)
    heavy = replace(manifest.frame, strata=(Stratum("north", 900, 20), Stratum("south", 100, 20)))
    grades = Grades(
        tuple(
            Grade(report=r.id, reader="Ada", date=ON, grade="met" if r.stratum == "north" else "missing")
            for r in manifest.sample
        )
    )
    [criterion] = results_of(replace(manifest, frame=heavy), grades, MET).criteria
    assert next(said(cell) for cell in criterion.whole.cells or ()) == "almost all (20 of 40; 90% of the frame)"


def test_what_left_the_sample_and_what_must_be_known_of_it_is_told() -> None:
    manifest = sample(north=20)
    spare = (Report(id="north-90", stratum="north"),)
    manifest = replace(
        manifest,
        reserves=spare,
        changes=(
            Change(ON, "north-0", "refused", "The court asked for it back.", "north-90"),
            Change(ON, "north-1", "missing", "Not on the server.", None),
        ),
        frame=replace(manifest.frame, listed=103, left_out=(LeftOut("north-99", "same-bytes", of="north-3"),)),
    )
    grades = given(manifest)
    results = results_of(manifest, grades, MET, remarks=["Closed early."])
    told = about(results, TITLES)
    assert told[0] == "Closed early."
    assert "Left out of the frame: 1 of 103 listed." in told
    assert "Left the sample after the draw: 2, 1 of them refused; 1 replaced by the next substitute." in told
    table = next(table for table in tables(results, TITLES) if table.title == "Changes since the draw")
    assert table.rows[0][1:] == ("north-0", "refused", "The court asked for it back.", "north-90")
    assert table.rows[1][-1] == "nothing"


def test_faults_alone_make_no_results_and_no_fault() -> None:
    manifest = sample(north=20)
    seen = tuple(
        Fault(kind="fault", report=f"north-{n}", reader="Ada", date=ON, criterion="vague-term") for n in range(3)
    )
    results = results_of(manifest, Grades((), seen), MET)
    assert (results.criteria, results.recurring, len(results.missing)) == ((), (), 20)


def test_the_trail_has_no_words_of_a_report() -> None:
    manifest = sample(north=20)
    seen = Fault(kind="fault", report="north-1", reader="Ada", date=ON, criterion="vague-term", passage="Ned is sad.")
    grades = Grades(given(manifest).grades, (seen,))
    data = exporting.as_data(results_of(manifest, grades, MET), manifest, grades, "1", TITLES)
    assert len(data["trail"]["grades"]) == 21
    assert "Ned" not in str(data)


def test_charts_of_one_page_share_no_ids() -> None:
    manifest = sample(north=20)
    [criterion] = results_of(manifest, given(manifest), MET).criteria
    assert b'aria-labelledby="c1-title c1-description"' in chart(criterion, TITLES, "c1-")


def test_what_is_hidden_is_in_no_table_and_no_chart() -> None:
    manifest = sample(north=4)
    results = results_of(manifest, given(manifest), MET)
    assert results.criteria[0].whole.graded is None
    assert [row[3] for row in tables(results, TITLES)[0].rows] == ["too few to show"]
    assert description(results.criteria[0]) == "Too few reports to show."


def test_strata_whose_intervals_overlap_are_not_ranked() -> None:
    manifest = sample(north=20, south=20)
    results = results_of(manifest, given(manifest), MET)
    [row] = next(table for table in tables(results, TITLES) if table.title == "Strata compared").rows
    assert row[-1] == "cannot be told apart"


def test_not_applicable_is_counted_apart() -> None:
    manifest = sample(north=20)
    grades = given(manifest)
    off = tuple(one.model_copy(update={"grade": "not applicable"}) for one in grades.grades[:8])
    [criterion] = results_of(manifest, Grades((*off, *grades.grades[8:])), MET).criteria
    assert (criterion.whole.graded, criterion.whole.not_applicable) == (12, 8)


def test_what_is_open_is_said_first() -> None:
    manifest = sample(north=20)
    grades = given(manifest)
    other = grades.grades[0].model_copy(update={"reader": "Ben", "grade": "partial"})
    told = " ".join(about(results_of(manifest, Grades((*grades.grades[:-1], other)), MET), TITLES))
    assert "19 of 20 reports of the sample graded" in told
    assert "Not graded: north-19." in told
    assert "not settled, and in no figure: Child seen, and alone (1 report)." in told
    assert "north-0" not in told
    assert "without a written reason: 20" in told


def test_every_table_names_both_its_scales() -> None:
    manifest = sample(north=20, south=20)
    for table in tables(results_of(manifest, given(manifest), MET), TITLES):
        told = " ".join(table.notes)
        assert "met, partial or missing" in told
        assert "(Ofsted, 2008)" in told


def test_a_passage_that_two_readers_give_is_one() -> None:
    manifest = sample(north=20)
    seen = tuple(
        Fault(kind="fault", report=f"north-{n}", reader=reader, date=ON, criterion="vague-term", passage="Words.")
        for n in range(3)
        for reader in ("Ada", "Ben")
    )
    grades = Grades(given(manifest).grades, seen)
    assert results_of(manifest, grades, MET).passages_waiting == 3
    assert results_of(manifest, grades, MET, confirmed={"vague-term": ["A."]}, left_out=1).passages_waiting == 1
    twice = [passage("He is sad."), passage("He is sad.")]
    confirmed = {twice[0].key: faults.Confirmed("He is sad.", "Dee", ON)}
    assert faults.printable(twice, confirmed) == {"vague-term": ("He is sad.",)}


def test_results_of_a_check_are_cut_to_what_estimates_need() -> None:
    found = {"file": "a.docx", "sha256": None, "type": "section7", "children": [{"name": "Ned"}]}
    found |= {
        "elements": [{"id": "harm", "status": "met", "reason": "Ned"}],
        "findings": [{"id": "vague", "text": "Ned"}],
    }
    data = json.dumps({"schema": SCHEMA, "reports": [found]}).encode()
    [cut] = checked.parse_results(data, "results.json")
    assert "Ned" not in str(cut)
    assert checked.seen(cut, "vague") == 1
    for wrong in (b"{", b"[]", data.replace(b'"file"', b'"name"')):
        with pytest.raises(checked.BadResults, match=r"results\.json"):
            checked.parse_results(wrong, "results.json")


def test_a_chart_has_a_title_a_description_and_its_counts() -> None:
    from lxml import etree

    manifest = sample(north=20, south=20)
    [criterion] = results_of(manifest, given(manifest), MET).criteria
    svg = etree.fromstring(chart(criterion, TITLES))
    names = {"s": "http://www.w3.org/2000/svg"}
    assert svg.findtext("s:title", namespaces=names) == "Child seen, and alone: reports by grade"
    assert svg.findtext("s:desc", namespaces=names) == (
        "north: 13 met, 0 partial, 7 missing of 20. south: 13 met, 0 partial, 7 missing of 20."
        " all reports: 26 met, 0 partial, 14 missing of 40."
    )
    assert [text.text for text in svg.findall("s:text[@text-anchor]", names)] == ["13", "7", "13", "7", "26", "14"]


def test_recurring_faults_print_confirmed_passages_alone() -> None:
    manifest = sample(north=20)
    seen = tuple(
        Fault(kind="fault", report=f"north-{n}", reader="Ada", date=ON, criterion="vague-term", passage="Words.")
        for n in range(3)
    )
    once = Fault(kind="fault", report="north-9", reader="Ada", date=ON, criterion="too-young")
    grades = Grades(given(manifest).grades, (*seen, once))
    results = results_of(manifest, grades, MET)
    assert [(one.criterion, one.proportion.count, one.passages) for one in results.recurring] == [("vague-term", 3, ())]
    assert results.passages_waiting == 3
    assert "Words." not in exporting.as_text(results, TITLES)
    confirmed = results_of(manifest, grades, MET, confirmed={"vague-term": ("The mother was erratic.",)})
    assert "The mother was erratic." in exporting.as_text(confirmed, TITLES)


CASE = understand(
    read_docx(
        docx(
            p("Section 7 report"),
            p("Child: Ned Sallow, born 3 May 2017"),
            p("Mother: Tess Sallow"),
            p("Father: Mr Owen Hume"),
            p("I saw Ned at Brackenhill School. His class teacher, Mrs Oduya, said that Ned is settled."),
            p("Mr Hume said that Tess Sallow had shouted at Ned on 4 June 2024."),
        )
    )
)


def passage(text: str) -> faults.Passage:
    seen = Fault(kind="fault", report="r", reader="Ada", date=ON, criterion="vague-term", passage=text)
    return faults.passage_of(seen, CASE)


def test_names_become_roles_in_quotations_and_possessives_too() -> None:
    found = passage("Mr Hume said on 4 June 2024 that “Ned's mother hates Ned”, of 12 Mill Lane, AB1 2CD.")
    assert not {"Hume", "Ned", "June", "Mill", "AB1"} & set(found.text.replace("'", " ").split())
    assert found.text.startswith("The father said on (date) that “Child 1's mother hates child 1”, of (address)")


def test_what_may_still_name_somebody_is_pointed_out() -> None:
    assert "Brackenhill" in passage("He goes to Brackenhill School.").look_at


def test_a_name_that_begins_a_sentence_is_pointed_out_where_another_capital_follows() -> None:
    assert passage("Brackenhill School is far. He likes it.").look_at == ("Brackenhill", "School")


def test_judges_and_whoever_worked_on_the_report_are_taken_out() -> None:
    case = understand(read_docx(docx(p("Section 7 report"), p("Judge: District Judge Hale"), p("Child: Ned Sallow"))))
    seen = Fault(
        kind="fault",
        report="r",
        reader="Ada",
        date=ON,
        criterion="vague-term",
        passage="District Judge Hale asked Ms Nair, and Priya Nair asked Tom Beck.",
    )
    found = faults.passage_of(seen, case, ["Priya Nair"], ["Tom Beck"])
    assert not {"Hale", "Nair", "Priya", "Beck"} & set(found.text.replace(",", "").replace(".", "").split())
    assert found.text.endswith("and the author asked the manager.")


def test_a_passage_is_printed_once_a_person_has_confirmed_it(tmp_path) -> None:  # type: ignore[no-untyped-def]
    found = passage("Ned is happy at Brackenhill School.")
    place = tmp_path / "passages.csv"
    place.write_bytes(faults.as_csv([found], {}))
    assert faults.printable([found], faults.read_confirmed(place)) == {}
    filled = faults.Confirmed("child 1 is happy at school.", "Dee", ON)
    place.write_bytes(faults.as_csv([found], {found.key: filled}))
    assert faults.printable([found], faults.read_confirmed(place)) == {"vague-term": ("child 1 is happy at school.",)}
    assert faults.printable([passage("Ned is sad.")], faults.read_confirmed(place)) == {}
    place.write_bytes(place.read_bytes().replace(b"2026-11-02", b"today"))
    with pytest.raises(faults.BadConfirmations, match="line 2"):
        faults.read_confirmed(place)


def checked_frame(manifest: Manifest) -> tuple[list[dict[str, object]], dict[str, list[Report]]]:
    """Results in which the checker sees what the grades say of the sample, and three in ten of the rest."""
    chance = np.random.default_rng(8)
    sampled = {report.id: n for n, report in enumerate(manifest.sample)}
    frame = {s.name: [Report(id=f"{s.name}-{n}") for n in range(s.reports)] for s in manifest.frame.strata}
    return [
        {
            "file": report.id,
            "sha256": "",
            "type": "section7",
            "elements": [{"id": "child-seen", "status": "missing" if lacking else "met"}],
            "findings": [],
        }
        for reports in frame.values()
        for report in reports
        for lacking in [sampled[report.id] % 3 == 0 if report.id in sampled else chance.random() < 0.3]
    ], frame


def assisted_results(settings: Settings) -> Results:
    manifest = sample(frame=500, north=80, south=80)
    found, frame = checked_frame(manifest)
    views = checked.views_of(manifest, found, ["child-seen", "of our own"], frame)
    return results_of(manifest, given(manifest), settings, views)


def test_the_checkers_help_stands_beside_the_plain_figures() -> None:
    [criterion] = assisted_results(MET).criteria
    assert criterion.assisted and criterion.whole.short
    plain = criterion.whole.short.proportion
    assert plain.count == 54
    assert criterion.assisted.high - criterion.assisted.low < 0.5 * (plain.high - plain.low)
    table = tables(assisted_results(MET), TITLES)[-1]
    assert table.title == "Beside them: estimates with the checker's help"
    assert table.rows[0][2] == "54 of 160, 34% (28 to 41)"


def test_it_is_refused_where_the_results_are_not_of_the_frame() -> None:
    manifest = sample(frame=50, north=20)
    found, frame = checked_frame(manifest)
    with pytest.raises(checked.BadResults, match="was not checked"):
        checked.views_of(manifest, found[1:], ["child-seen"], frame)
    with pytest.raises(checked.BadResults, match="not the frame of this sample"):
        checked.views_of(manifest, found, ["child-seen"], {"north": frame["north"][:-1]})


def test_without_enough_graded_it_says_why_there_is_none() -> None:
    manifest = sample(frame=50, north=20)
    found, frame = checked_frame(manifest)
    views = checked.views_of(manifest, found, ["child-seen"], frame)
    [criterion] = results_of(manifest, given(manifest), MET, views).criteria
    assert criterion.assisted is None
    assert "too few" in (criterion.why_not_assisted or "")


def test_kinds_of_which_nothing_was_drawn_are_named() -> None:
    manifest = sample(north=20, east=0, south=9)
    said = " ".join(about(results_of(manifest, given(manifest), MET), TITLES))
    assert "No report was drawn of east (100): all shares are of the other 200 reports of the frame." in said


def test_what_a_concern_is_about_is_not_in_print() -> None:
    manifest = sample(north=20)
    raised = Concern(
        kind="concern", report="north-1", reader="Ada", date=ON, reason="A bruise.", owner="Duty manager",
        outcome="Referred.", closed=ON,
    )  # fmt: skip
    made = results_of(manifest, Grades(given(manifest).grades, (), (raised,)), MET)
    [table] = [table for table in tables(made, TITLES) if table.title.startswith("Serious concerns")]
    assert table.rows == (("2026-11-02", "closed 2026-11-02"),)
    printed = str(tables(made, TITLES)) + str(about(made, TITLES))
    assert not any(words in printed for words in ("bruise", "Duty manager", "Referred"))


def test_a_name_that_two_results_share_tells_neither() -> None:
    found = checked._Results([{"file": f"{place}/1.docx", "elements": [], "findings": []} for place in ("a", "b")])
    assert found.of(Report("b/1.docx"))["file"] == "b/1.docx"
    with pytest.raises(checked.BadResults, match="was not checked"):
        found.of(Report("1.docx"))


def twice_read(manifest: Manifest, apart: int, settled: Sequence[str] = (), common: str = "met") -> Grades:
    """By Ada and by Ben, who gives another grade to the first so many; some are settled, each by who is named."""
    ada = tuple(
        Grade(report=r.id, reader="Ada", date=ON, criterion="child-seen", grade=common if n % 3 else "missing")
        for n, r in enumerate(manifest.sample)
    )
    ben = tuple(
        one.model_copy(update={"reader": "Ben", "grade": "partial" if n < apart else one.grade})
        for n, one in enumerate(ada)
    )
    by = tuple(
        one.model_copy(update={"kind": "adjudicated", "reader": who, "reason": "As it says."})
        for one, who in zip(ada, settled, strict=False)
    )
    return Grades((*ada, *ben, *by))


def test_readers_go_by_letters_in_what_is_printed() -> None:
    manifest = sample(north=20, south=20)
    grades = twice_read(manifest, 4, ["Dee", "Ada", "Ben"])
    results = results_of(manifest, grades, MET)
    [table] = [table for table in tables(results, TITLES) if table.title == "Agreement of readers"]
    assert table.rows[0][1:3] == ("all pairs", 40)
    assert table.rows[0][-3:] == (4, 3, 2)  # graded apart, settled, by one of the two
    assert table.rows[1][1] == "reader A and reader B"
    for format in ("csv", "text"):
        printed = exporting.rendered(results, TITLES, format).decode()
        assert not any(name in printed for name in ("Ada", "Ben", "Dee"))
    assert results.criteria[0].agreement.pairs[0].readers == ("Ada", "Ben")
    assert "Ben" in str(exporting.as_data(results, manifest, grades, "1", TITLES)["criteria"])


def test_agreement_says_little_where_nearly_all_have_one_grade() -> None:
    manifest = sample(north=20)
    varied = results_of(manifest, twice_read(manifest, 2), MET)
    alike = results_of(manifest, twice_read(manifest, 1, common="missing"), MET)
    told = [
        str(table.notes) for made in (varied, alike) for table in tables(made, TITLES) if table.heads[1] == "readers"
    ]
    assert "gave one grade on" not in told[0]
    assert "gave one grade on: Child seen, and alone; there kappa and alpha say little" in told[1]


def test_none_and_all_are_of_those_read_unless_all_were() -> None:
    for frame, words in ((100, ["all of those read (20 of 20)", "none of those read (0 of 20)"]), (20, None)):
        manifest = sample(frame=frame, north=20)
        grades = Grades(tuple(Grade(report=r.id, reader="Ada", date=ON, grade="met") for r in manifest.sample))
        cells = results_of(manifest, grades, MET).criteria[0].whole.cells or ()
        assert [said(cell) for cell in cells[:2]] == (words or ["all (20 of 20)", "none (0 of 20)"])


def test_what_waits_is_said_at_each_figure_and_on_each_page() -> None:
    manifest = sample(north=20, south=20)
    results = results_of(manifest, twice_read(manifest, 4, ["Dee"]), MET)
    missing = "Not in this table: 3 reports graded apart by two readers"
    found = tables(results, TITLES)
    assert any(note.startswith(missing) for note in found[0].notes)
    compared = next(table for table in found if table.title == "Strata compared")
    assert "in no figure: Child seen, and alone (3 reports)." in compared.notes[-1]
    page = Document(BytesIO(exporting.rendered(results, TITLES, "docx")))
    assert any(missing in paragraph.text for paragraph in page.paragraphs)
    assert page.sections[0].footer.paragraphs[0].text.startswith("Provisional: 3 differences of readers not settled.")
    assert " Page " in page.sections[0].footer.paragraphs[0].text


def test_word_numbers_its_pages_and_begins_headings_with_a_capital() -> None:
    manifest = sample(north=20, south=20)
    page = Document(BytesIO(exporting.rendered(results_of(manifest, given(manifest), MET), TITLES, "docx")))
    foot = page.sections[0].footer.paragraphs[0]
    assert foot._p.xpath(".//w:fldSimple/@w:instr") == ["PAGE", "NUMPAGES"]
    heads = [cell.text for table in page.tables for cell in table.rows[0].cells]
    assert heads == [head[0].upper() + head[1:] for head in heads]
    assert all(run.font.size.pt >= 9 for table in page.tables for run in table.rows[1].cells[0].paragraphs[0].runs)


def test_charts_say_that_they_are_not_weighted() -> None:
    manifest = sample(north=20, south=20)
    results = results_of(manifest, given(manifest), MET)
    assert b"Counts in the sample; not weighted." in chart(results.criteria[0], TITLES)
    with zipfile.ZipFile(BytesIO(exporting.rendered(results, TITLES, "docx"))) as page:
        assert b"Child seen, and alone (counts in the sample; not weighted)" in page.read("word/charts/chart1.xml")
    with zipfile.ZipFile(BytesIO(exporting.rendered(results, TITLES, "xlsx"))) as book:
        assert b"(counts in the sample; not weighted)" in book.read("xl/charts/chart1.xml")


def test_a_long_reason_is_whole_in_text() -> None:
    manifest = sample(frame=50, north=20)
    found, frame = checked_frame(manifest)
    views = checked.views_of(manifest, found, ["child-seen"], frame)
    text = exporting.as_text(results_of(manifest, given(manifest), MET, views), TITLES)
    assert "…" not in text
    assert "for such an interval" in text
    assert max(map(len, text.splitlines())) < 200


def test_of_several_strata_together_the_interval_is_combined() -> None:
    manifest = sample(north=20, south=20)
    grades = Grades(tuple(Grade(report=r.id, reader="Ada", date=ON, grade="met") for r in manifest.sample))
    rows = tables(results_of(manifest, grades, MET), TITLES)[0].rows
    assert {(row[0], row[8]) for row in rows} == {
        ("north", "Clopper-Pearson"),
        ("south", "Clopper-Pearson"),
        ("all reports", "combined"),
    }
