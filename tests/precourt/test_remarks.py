"""The reader's comments in the report: on their very words, in the reader's name, and out again without a trace."""

from __future__ import annotations

import zipfile
from io import BytesIO

from qualitycheck.precourt.reading import Comment
from qualitycheck.precourt.remarks import annotated, in_name_of
from qualitycheck.reading import read_docx
from qualitycheck.result import ReportResult, Status
from qualitycheck.rulebook.packs import load_rulebook
from qualitycheck.writing import clean, filing_copy, leftovers
from tests.docx_builder import docx, p, parts_of, r
from tests.precourt.said import comment, element, finding, passage, result
from tests.writing.marks import anchored, comments_of

CRITERIA = load_rulebook().criteria
BY = in_name_of("S. Okafor", "manager")
DATA = docx(
    p("Report under section 7", style="Heading1"),
    p("1. She is often late."),
    p("2. The police came.", r('<w:footnoteReference w:id="2"/>')),
    footnotes={"2": p(r("<w:footnoteRef/>"), " So the father says.")},
)
DOCUMENT = read_docx(DATA)
ON_WORDS = comment("c1", passage=passage(DOCUMENT, "often late"), said="Zwetschge: how often?")
ON_WHOLE = comment("c2", "Weigh the other orders too.", criterion="options-evaluated", said="One option only.")
PRAISE = comment("c3", "", criterion="vague-term", passage=passage(DOCUMENT, "So the father says"), said="Well put.")


def made(*comments: Comment, report: ReportResult | None = None, data: bytes = DATA) -> bytes:
    return annotated(data, read_docx(data), [(2, each) for each in comments], BY, CRITERIA, report)


def test_a_comment_stands_on_its_words_in_the_readers_name() -> None:
    copy = made(ON_WORDS, ON_WHOLE)
    assert comments_of(copy) == {
        "0": (
            "S. Okafor (manager)",
            "Options weighed. Reading before court, round 2.\nOne option only.\nRequested: Weigh the other orders too.",
        ),
        "1": (
            "S. Okafor (manager)",
            "A term left without meaning. Reading before court, round 2.\n"
            "Zwetschge: how often?\nRequested: Say since when.",
        ),
    }
    assert anchored(copy) == {
        "One option only.": "Report under section 7",
        "Zwetschge: how often?": "often late",
    }


def test_beside_the_checkers_own() -> None:
    found = result(finding(DOCUMENT, "The police came"), elements=(element("harm", Status.PARTIAL, passages=()),))
    copy = made(ON_WORDS, report=found)
    authors = [author for author, _ in comments_of(copy).values()]
    assert authors == ["qualitycheck", "S. Okafor (manager)", "qualitycheck"]
    assert clean(copy) == clean(DATA)


def test_a_remark_on_a_footnote_quotes_it_and_asks_for_nothing() -> None:
    ((_, told),) = comments_of(made(PRAISE)).values()
    assert told.split("\n")[1:] == ["In this footnote: “So the father says”", "Well put."]


def test_words_that_are_not_there_are_quoted_at_the_title() -> None:
    elsewhere = comment(passage=passage(read_docx(docx(p("It was never warm."))), "never warm"))
    copy = made(elsewhere)
    assert anchored(copy) == {"On these words: “never warm”": "Report under section 7"}


def test_what_is_still_open_stands_where_its_words_are_now() -> None:
    before = read_docx(docx(p("Title"), p("Put in above."), p("And here."), p("Or here."), p("She is often late.")))
    earlier = comment("c0", passage=passage(before, "often late"), said="Since when?")
    copy = annotated(DATA, DOCUMENT, [], BY, CRITERIA, still_open=[(1, earlier)])
    ((_, told),) = comments_of(copy).values()
    assert told.startswith("A term left without meaning. Reading before court, round 1, still open.\n")
    assert anchored(copy) == {"Since when?": "often late"}


def test_nothing_said_changes_nothing() -> None:
    assert made() == DATA


def test_a_second_copy_takes_the_place_of_the_first_and_clean_takes_all_out() -> None:
    copy = made(ON_WORDS, ON_WHOLE)
    assert len(comments_of(made(ON_WORDS, data=copy))) == 1
    assert parts_of(clean(copy)) == parts_of(DATA)


def test_other_peoples_comments_stay_even_the_readers_own_made_in_word() -> None:
    theirs = (
        '<w:comment w:id="0" w:author="S. Okafor" w:initials="SO"><w:p><w:r><w:t>Mine</w:t></w:r></w:p></w:comment>'
    )
    mark = '<w:commentRangeStart w:id="0"/>', "late", '<w:commentRangeEnd w:id="0"/>'
    data = docx(
        p("Title", style="Heading1"), p("She is often ", *mark, r('<w:commentReference w:id="0"/>')), comments=theirs
    )
    copy = made(ON_WHOLE, data=data)
    assert sorted(author for author, _ in comments_of(copy).values()) == ["S. Okafor", "S. Okafor (manager)"]
    assert [author for author, _ in comments_of(clean(copy)).values()] == ["S. Okafor"]


def test_nothing_of_them_is_left_in_the_copy_for_filing() -> None:
    """A draft with a manager's margin notes once reached the parties."""
    found = result(finding(DOCUMENT, "The police came"))
    filed = filing_copy(made(ON_WORDS, ON_WHOLE, PRAISE, report=found))
    assert leftovers(filed) == []
    with zipfile.ZipFile(BytesIO(filed)) as archive:
        everything = b"\n".join(archive.read(name) for name in archive.namelist())
        everything += "\n".join(archive.namelist()).encode()
    for words in ("Zwetschge", "Okafor", "One option only", "Weigh the other", "Well put", "Requested", "qc-reader"):
        assert words.encode() not in everything
        assert words.encode("utf-16-le") not in everything
    assert b"comments" not in everything
    assert [each.text for each in read_docx(filed).paragraphs] == [each.text for each in DOCUMENT.paragraphs]


def test_a_name_that_no_xml_can_hold_is_written_without_what_it_cannot_hold() -> None:
    copy = annotated(DATA, DOCUMENT, [(1, ON_WORDS)], in_name_of('S. "\x07" <Okafor>', "peer"), CRITERIA)
    assert [author for author, _ in comments_of(copy).values()] == ['S. "" <Okafor> (peer)']
