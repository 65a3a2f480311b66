"""A comment followed from draft to draft: what changed, what is gone, what was answered, and nothing from silence."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime

import pytest

from qualitycheck.precourt.following import NO_ANSWER, Fate, Followed, Text, carried_over, follow
from qualitycheck.precourt.reading import Answer, Comment, Judgement, Reply, Said, Stance
from qualitycheck.result import Aside, NotRun, Status
from tests.precourt.said import comment, document, draft, element, finding, passage, result

AT = datetime(2026, 11, 20, 9, tzinfo=UTC)
CHANGED = Answer("changed", "Dates are in now.", AT)
NOT_CHANGED = Answer("not-changed", "The school did not reply.", AT)
LATE = "She is often late when she fetches Ada from school."
FIRST = document("## Background", f"1.\t{LATE}", "2.\tMr Lowe works at night.", "3.\tThe house is warm.")
ON_LATE = comment(passage=passage(FIRST, "often late"))


def followed(*lines: str, on: Comment = ON_LATE, answer: Answer | None = None) -> Followed:
    return follow(on, answer, draft(1, FIRST), draft(2, document("## Background", *lines)))


def test_a_paragraph_that_moved_reads_as_before() -> None:
    told = followed("1.\tNew words here.", "2.\tMr Lowe works at night.", f"3.\t{LATE}")
    assert (told.text, told.now, told.paragraph) == (Text.UNCHANGED, LATE, 4)
    assert told.told == ("The passage reads as before.",)


def test_a_number_that_was_typed_does_not_count() -> None:
    first = document(f"3.1 {LATE}", "3.2 Mr Lowe works at night.")
    now = draft(2, document("3.1 He is 12 years old.", f"3.2 {LATE}"))
    assert follow(comment(passage=passage(first, "often")), None, draft(1, first), now).text is Text.UNCHANGED
    twelve, thirteen = document("12 children live there."), document("13 children live there.")
    moved = follow(comment(passage=passage(twelve, "children")), None, draft(1, twelve), draft(2, thirteen))
    assert moved.text is Text.CHANGED


def test_a_paragraph_in_other_words_has_changed() -> None:
    told = followed(
        "1.\tShe was late on 4, 6 and 12 May when she fetched Ada from school.", "2.\tMr Lowe works at night."
    )
    assert told.text is Text.CHANGED
    assert not told.words_stay
    assert "12 May" in told.now
    assert told.was == LATE


def test_that_the_very_words_still_stand_is_told() -> None:
    told = followed(f"1.\t{LATE} The school's book has five dates in May.", "2.\tMr Lowe works at night.")
    assert told.told == ("The passage has changed. The words commented on still stand in it.",)


def test_a_paragraph_cut_in_two_is_found_by_the_words() -> None:
    long = "The mother said that she drinks at weekends only and never when Ada is with her"
    first = document(f"1.\t{long}. {'She goes to the group on Mondays. ' * 6}")
    now = document(f"1.\t{long}.", "2.\tNothing of it.")
    told = follow(comment(passage=passage(first, long)), None, draft(1, first), draft(2, now))
    assert (told.text, told.paragraph, told.words_stay) == (Text.CHANGED, 1, True)


def test_what_was_taken_out_is_not_found_and_no_other_takes_its_place() -> None:
    told = followed("1.\tMr Lowe works at night.", "2.\tThe house is warm.")
    assert (told.text, told.now, told.paragraph) == (Text.NOT_FOUND, "", None)
    near = document(f"1.\t{LATE}", "2.\tShe is often late when she fetches Ben from school.")
    left = draft(2, document("1.\tShe is often late when she fetches Ben from school."))
    on_ada = comment(passage=passage(near, "Ada"))
    assert follow(on_ada, None, draft(1, near), left).text is Text.NOT_FOUND, "Ben's was there before"


def test_of_two_copies_the_one_that_went_is_gone() -> None:
    twice = document("1.\tAbove.", f"2.\t{LATE}", "3.\tBetween.", f"4.\t{LATE}", "5.\tBelow.")
    first = comment(criterion="repetition", passage=finding(twice, LATE).passage)
    second = comment(criterion="repetition", passage=replace(finding(twice, LATE).passage, paragraph=4))
    now = draft(2, document("1.\tAbove.", f"2.\t{LATE}", "3.\tBetween.", "4.\tBelow."))
    assert follow(first, None, draft(1, twice), now).text is Text.UNCHANGED
    assert follow(second, None, draft(1, twice), now).text is Text.NOT_FOUND


def test_words_in_a_table_and_in_the_margin_are_followed() -> None:
    first = document("| Child | Ada Lowe, born 3 May 2018 |", "1.\tText.")
    now = draft(2, document("| Child | Ada Lowe, born 3 June 2018 |", "1.\tText."))
    assert follow(comment(passage=passage(first, "3 May")), None, draft(1, first), now).text is Text.CHANGED


def test_the_whole_report_has_no_passage() -> None:
    told = followed(f"1.\t{LATE}", on=comment())
    assert (told.text, told.was, told.now) == (Text.WHOLE, "", "")
    assert "whole report" in told.told[0]


@pytest.mark.parametrize("lines", [(f"1.\t{LATE}",), ("1.\tShe was late on 4 May when she fetched Ada from school.",)])
def test_silence_is_no_answer_whatever_the_passage_says(lines: tuple[str, ...]) -> None:
    told = followed(*lines)
    assert told.answered == NO_ANSWER
    assert told.contradictions == ()


def test_answer_and_text_may_contradict_each_other() -> None:
    assert followed(f"1.\t{LATE}", answer=CHANGED).contradictions == (
        "The author says that it was changed; the passage reads as before.",
    )
    other = followed("1.\tShe was late on 4 May when she fetched Ada from school.", answer=NOT_CHANGED)
    assert other.contradictions == ("The author says that nothing was changed; the passage has changed.",)
    gone = followed("1.\tThe house is warm.", answer=NOT_CHANGED)
    assert gone.contradictions == ("The author says that nothing was changed; the passage was not found again.",)
    assert followed(f"1.\t{LATE}", answer=NOT_CHANGED).contradictions == ()
    assert other.answered == "The author says: not changed, because: The school did not reply."


FINDING = finding(FIRST, "often late", id="vague-term", fingerprint="aaaaaaaaaaaa")
FROM_IT = comment(passage=FINDING.passage, fingerprint=FINDING.fingerprint)
REWRITTEN = document("## Background", "1.\tShe is regularly late when she fetches Ada from school.")


def fate(now: object, text: object = REWRITTEN, **options: bool) -> Followed:
    before = draft(1, FIRST, result(FINDING))
    return follow(FROM_IT, CHANGED, before, draft(2, text, now), **options)  # type: ignore[arg-type]


def test_what_became_of_the_finding() -> None:
    assert fate(result()).finding is Fate.GONE
    still = fate(result(FINDING), FIRST)
    assert still.finding is Fate.STILL_THERE
    assert still.contradictions[-1] == "The author says that it was changed; the checker's finding is still there."
    aside = fate(result(set_aside=(Aside(FINDING, "I know what I mean."),)))
    assert aside.finding is Fate.SET_ASIDE
    assert "“I know what I mean.”" in aside.told[1]
    again = finding(REWRITTEN, "regularly late", id="vague-term", fingerprint="cccccccccccc")
    assert fate(result(again)).finding is Fate.IN_OTHER_WORDS
    assert fate(result(not_run=(NotRun(FINDING.rule, "it failed"),))).finding is Fate.NOT_LOOKED_FOR
    assert fate(result(type="other")).finding is Fate.NOT_LOOKED_FOR


@pytest.mark.parametrize(
    ("was", "now"),
    [
        (("| Date of report | Click or tap to enter a date. |",), ("| Date of report | [date to be added] |",)),
        (("1.\tAbove.", "Insert name here", "3.\tBelow."), ("1.\tAbove.", "[to be completed]", "3.\tBelow.")),
        (("## Advice", "Insert name here"), ("## Advice", "[to be completed]", "2.\tMore of it.")),
    ],
)
def test_a_finding_of_the_same_kind_at_the_same_place_is_not_gone(was: tuple[str, ...], now: tuple[str, ...]) -> None:
    words = {"Click or tap to enter a date.": "[date to be added]", "Insert name here": "[to be completed]"}
    old = next(one for one in words if any(one in line for line in was))
    first, second = document(*was), document(*now)
    then = finding(first, old, id="template-residue", fingerprint="aaaaaaaaaaaa")
    again = finding(second, words[old], id="template-residue", fingerprint="bbbbbbbbbbbb")
    on = comment(criterion="template-residue", passage=then.passage, fingerprint=then.fingerprint)
    told = follow(on, CHANGED, draft(1, first, result(then)), draft(2, second, result(again)))
    assert told.finding is Fate.IN_OTHER_WORDS
    assert told.contradictions == (
        "The author says that it was changed; the checker finds the same kind of thing there, in other words.",
    )
    mended = follow(on, CHANGED, draft(1, first, result(then)), draft(2, second, result()))
    assert mended.finding is Fate.GONE and mended.contradictions == ()


def test_another_paragraph_that_was_there_before_does_not_take_the_place() -> None:
    first = document("## Advice", "Insert name here", "2.\t[to be completed]")
    second = document("## Advice", "2.\t[to be completed]")
    then = finding(first, "Insert name here", id="template-residue", fingerprint="aaaaaaaaaaaa")
    other = finding(second, "[to be completed]", id="template-residue", fingerprint="bbbbbbbbbbbb")
    on = comment(criterion="template-residue", passage=then.passage, fingerprint=then.fingerprint)
    told = follow(on, None, draft(1, first, result(then)), draft(2, second, result(other)))
    assert told.finding is Fate.GONE


def test_a_cell_that_was_filled_in_has_changed() -> None:
    first, second = document("| Date | Click or tap to enter |"), document("| Date | 3 May 2026 |")
    told = follow(comment(passage=passage(first, "Click or tap")), None, draft(1, first), draft(2, second))
    assert (told.text, told.now) == (Text.CHANGED, "3 May 2026")


def test_praise_is_not_unanswered() -> None:
    told = followed(f"1.\t{LATE}", on=comment(action="", passage=passage(FIRST, "often late")))
    assert told.answered == ""


def test_nothing_of_the_checker_for_who_judges_first() -> None:
    told = fate(result(FINDING), FIRST, checker=False)
    assert (told.finding, told.status) == (Fate.NONE, None)
    assert not any("checker" in sentence for sentence in (*told.told, *told.contradictions))


def test_what_became_of_an_element() -> None:
    on = comment(criterion="harm")

    def told(then: Status, now: Status, **changed: bool) -> Followed:
        before = draft(1, FIRST, result(elements=(element("harm", then),)))
        return follow(on, CHANGED, before, draft(2, FIRST, result(elements=(element("harm", now, **changed),))))

    better = told(Status.MISSING, Status.MET, needs_reading=True)
    assert better.status == (Status.MISSING, Status.MET)
    assert better.told[-1] == (
        "The checker judged this element not found, and now met. The checker is not sure: read it."
    )
    assert better.contradictions == ()
    assert told(Status.MISSING, Status.MISSING).contradictions == (
        "The author says that it was changed; the checker judges this element as before: not found.",
    )


SAID = Said(
    judgements={
        "harm": Judgement(Status.MISSING, "Nothing on it."),
        "diversity": Judgement(Status.PARTIAL, draft=2),
        "child-seen": Judgement(Status.MET, independent=True),
        "vague-term": Judgement(Status.PARTIAL),
        "timescales": Judgement(Status.MET),
    },
    replies={
        "aaaaaaaaaaaa": Reply("vague-term", Stance.AGREE),
        "cccccccccccc": Reply("vague-term", Stance.AGREE),
    },
    comments=(comment("c1", criterion="harm"), comment("c2", action="", criterion="diversity")),
    settled={"a": True, "b": False},
    overall="Read with the author beside me.",
)
BEFORE = result(FINDING, elements=(element("harm", Status.MISSING), element("child-seen", Status.PARTIAL)))


def test_what_nobody_touched_is_carried_over_and_the_rest_judged_again() -> None:
    now = result(FINDING, elements=(element("harm", Status.MISSING), element("child-seen", Status.MET)))
    again = carried_over(
        SAID, BEFORE, now, earlier=(comment("a", criterion="diversity"), comment("b", criterion="timescales"))
    )
    assert again.judgements == {
        "diversity": Judgement(Status.PARTIAL, draft=2),
        "vague-term": Judgement(Status.PARTIAL),
    }
    assert again.replies == {"aaaaaaaaaaaa": Reply("vague-term", Stance.AGREE)}
    assert (again.comments, again.overall, again.settled) == ((), "", {"a": True})


def test_another_finding_of_a_kind_has_it_judged_again() -> None:
    another = finding(FIRST, "warm", id="vague-term", fingerprint="dddddddddddd")
    assert "vague-term" not in carried_over(SAID, BEFORE, result(FINDING, another)).judgements


def test_nothing_hangs_on_the_checker_for_who_judges_first() -> None:
    assert set(carried_over(SAID, BEFORE, result(), checker=False).judgements) == {
        "diversity", "child-seen", "vague-term", "timescales",
    }  # fmt: skip
