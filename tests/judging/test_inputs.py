"""What the reader is given of a case."""

from qualitycheck.judging.inputs import FEATURES, LONGEST, inputs_of
from qualitycheck.judging.labels import ROLES, VOICES
from qualitycheck.miniature import report
from qualitycheck.understanding import understand
from qualitycheck.understanding.case import ReportType, Role


def case(*lines: str):  # type: ignore[no-untyped-def]
    return understand(report("# Section 7 report", *lines, children=["Ada Lowe"]), type=ReportType.SECTION7)


def test_one_row_a_sentence() -> None:
    one = case("## Wishes", "Ada told me that she likes school. Her mother agreed.")
    given = inputs_of(one)
    assert len(given.pieces) == len(one.sentences) == len(given.features)
    assert given.features.shape[1] == FEATURES


def test_role_and_voice_are_marked_once_each() -> None:
    one = case("## Wishes and feelings", "Ada told me that she likes school.")
    for sentence, row in zip(one.sentences, inputs_of(one).features, strict=True):
        assert row[: len(ROLES)].sum() == 1 and row[ROLES.index(sentence.role)] == 1
        assert row[len(ROLES) : len(ROLES) + len(VOICES)].sum() == 1
    assert Role.WISHES in {sentence.role for sentence in one.sentences}


def test_what_a_sentence_is_about_is_marked() -> None:
    one = case("## Ada", "Ada likes school.", "It rained.")
    about_child = {sentence.text: row[-3] for sentence, row in zip(one.sentences, inputs_of(one).features, strict=True)}
    assert about_child["Ada likes school."] == 1
    assert about_child["It rained."] == 0


def test_a_long_sentence_is_cut_and_closed() -> None:
    pieces = max(inputs_of(case("## A", " ".join(["word"] * 400) + ".")).pieces, key=len)
    assert len(pieces) == LONGEST
    assert pieces[-1] == inputs_of(case("## A", "Short.")).pieces[-1][-1]
