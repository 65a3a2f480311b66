"""A reading that lacks something: no blank is taken for a judgement, an answer or a reason."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime

import pytest

from qualitycheck.precourt.examining import Why, applying, needs_reading
from qualitycheck.precourt.following import Fate, Followed, Text
from qualitycheck.precourt.reading import Answer, Judgement, Reply, Said, Stance
from qualitycheck.precourt.unfinished import (
    OVERALL_WORDS,
    Lack,
    Unfinished,
    What,
    is_reason,
    not_judged,
    unfinished,
)
from qualitycheck.result import Aside, Failure, Level, NotRun, Status, UnreadPart
from qualitycheck.rulebook.packs import load_rulebook
from tests.precourt.said import comment, document, element, finding, result

TEXT = document("1.\tShe is often late.", "2.\tHe has taken drugs.")
MUST = finding(TEXT, "taken drugs", id="unsupported-assertion", level=Level.MUST_FIX, fingerprint="aaaaaaaaaaaa")
SHOULD = finding(TEXT, "often", id="vague-term", level=Level.SHOULD_FIX, fingerprint="bbbbbbbbbbbb")
HARM = element("harm", Status.MISSING, Level.MUST_FIX)
DIVERSITY = element("diversity", Status.PARTIAL, Level.SHOULD_FIX)
SEEN = element("child-seen", Status.MET)
FOUND = result(MUST, SHOULD, elements=(SEEN, HARM, DIVERSITY))
CRITERIA = ("child-seen", "harm", "diversity", "vague-term")
WHY = "Read with the author beside me."
WHOLE = Said(
    judgements={
        "child-seen": Judgement(Status.MET),
        "harm": Judgement(Status.MISSING),
        "diversity": Judgement(Status.PARTIAL),
        "vague-term": Judgement(Status.PARTIAL),
    },
    replies={MUST.fingerprint: Reply("unsupported-assertion", Stance.DISAGREE, "It is in paragraph 12.")},
    comments=(comment("c0", criterion="harm"), comment("c9", criterion="diversity"), comment()),
)
DONE = replace(WHOLE, judgements={**WHOLE.judgements, "harm": Judgement(Status.MET, "It is under Risks.")})
MET = replace(DONE, judgements={id: Judgement(Status.MET, "It is all there.") for id in CRITERIA})


def lacks(
    said: Said, earlier: tuple[object, ...] = (), found: object = FOUND, followed: tuple[Followed, ...] = ()
) -> Unfinished:
    return unfinished(said, found, earlier, criteria=CRITERIA, followed=followed)  # type: ignore[arg-type]


def whats(found: tuple[Lack, ...]) -> list[tuple[str, str | None]]:
    return [(lack.what.value, lack.fingerprint or lack.comment or lack.criterion) for lack in found]


def test_a_blank_reading_lacks_everything() -> None:
    left = lacks(Said())
    assert whats(left.before_giving_back) == [("reply", "aaaaaaaaaaaa"), ("judge", "harm")]
    assert whats(left.needs_reason) == [
        ("judge", "child-seen"), ("judge", "diversity"), ("judge", "vague-term"), ("comment", None),
    ]  # fmt: skip
    assert not left.may_give_back(WHY)
    assert not left.may_sign_off(WHY)


def test_a_whole_reading_can_be_given_back() -> None:
    left = lacks(WHOLE)
    assert left.may_give_back()
    assert left.needs_reason == ()


def test_words_close_what_looks_unfinished_but_not_what_must_be_there() -> None:
    left = lacks(Said(overall="Thank you for this, Sam."))
    assert whats(left.before_giving_back) == [("reply", "aaaaaaaaaaaa"), ("judge", "harm")]
    assert len(left.needs_reason) == 4, "it looks as unfinished as before"
    assert not left.may_give_back(WHY)


def test_what_was_written_before_excuses_nothing() -> None:
    """A friendly summary is no reason for what it does not speak of: that is asked for where it is closed."""
    left = lacks(replace(WHOLE, judgements={"harm": Judgement(Status.MISSING)}, overall="Thank you for this, Sam."))
    assert whats(left.needs_reason) == [("judge", "child-seen"), ("judge", "diversity"), ("judge", "vague-term")]
    assert not left.may_give_back()
    assert left.may_give_back(WHY)
    assert left.needs_reason, "what the reason excuses stays listed"


@pytest.mark.parametrize("overall", ["", "   ", "ok", "Fine.", "n/a", "ok ok ok ok", "- - - -", "OK ok, Ok. ok!"])
def test_no_reason_is_no_reason(overall: str) -> None:
    assert not is_reason(overall, OVERALL_WORDS)
    assert not lacks(replace(DONE, comments=())).may_sign_off(overall)


def test_praise_alone_needs_words() -> None:
    praise = replace(MET, comments=(comment(action=" ", said="Well put."),))
    left = lacks(praise)
    assert [lack.sentence for lack in left.needs_reason] == [
        "No comment asks for anything: praise and remarks alone are no reading."
    ]
    assert not left.may_give_back()
    assert left.may_give_back(WHY)


def test_to_disagree_needs_a_reason() -> None:
    no_reason = {MUST.fingerprint: Reply("unsupported-assertion", Stance.DISAGREE, "no")}
    assert whats(lacks(replace(WHOLE, replies=no_reason)).before_giving_back) == [("reply-reason", "aaaaaaaaaaaa")]
    judged = {**WHOLE.judgements, "child-seen": Judgement(Status.MISSING)}
    assert whats(lacks(replace(WHOLE, judgements=judged)).before_giving_back) == [("judge-reason", "child-seen")]
    judged["child-seen"] = Judgement(Status.MISSING, "Only the brother was seen.")
    assert lacks(replace(WHOLE, judgements=judged)).may_give_back(WHY)


def test_another_degree_is_no_disagreement() -> None:
    judged = {**WHOLE.judgements, "harm": Judgement(Status.PARTIAL)}
    assert lacks(replace(WHOLE, judgements=judged)).may_give_back()


def test_to_amend_says_how_there_or_in_a_comment() -> None:
    amended = replace(WHOLE, replies={MUST.fingerprint: Reply("unsupported-assertion", Stance.AMEND)})
    assert whats(lacks(amended).before_giving_back) == [("reply-reason", "aaaaaaaaaaaa")]
    from_it = comment(fingerprint=MUST.fingerprint)
    assert not lacks(replace(amended, comments=(from_it,))).before_giving_back


def test_what_the_author_set_aside_is_answered_too() -> None:
    found = result(SHOULD, elements=(SEEN, HARM, DIVERSITY), set_aside=(Aside(MUST, "The police told me."),))
    (lack,) = lacks(replace(WHOLE, replies={}), found=found).before_giving_back
    assert lack.fingerprint == MUST.fingerprint
    assert "The police told me." in lack.sentence


def test_earlier_comments_are_marked_before_signing_off() -> None:
    earlier = (comment("a"), comment("b"), comment("praise", action=""))
    done = replace(MET, comments=(), settled={"a": True})
    left = lacks(done, earlier)
    assert left.may_give_back()
    assert whats(left.before_signing_off) == [("settle", "b")]
    still_open = lacks(replace(done, settled={"a": True, "b": False}), earlier)
    assert still_open.before_signing_off == ()
    assert whats(still_open.open_at_sign_off) == [("open", "b")]
    assert not still_open.may_sign_off()
    assert still_open.may_sign_off(WHY)
    assert lacks(replace(done, settled={"a": True, "b": True}), earlier).may_sign_off()


def test_what_is_asked_for_or_agreed_to_in_the_last_round_is_not_signed_off_in_silence() -> None:
    agreed = replace(WHOLE, replies={MUST.fingerprint: Reply("unsupported-assertion", Stance.AGREE)})
    assert whats(lacks(replace(agreed, comments=(comment(),))).open_at_sign_off) == [
        ("open", "c1"), ("open", "aaaaaaaaaaaa"), ("open", "harm"), ("open", "diversity"), ("open", "vague-term"),
    ]  # fmt: skip
    assert lacks(agreed).may_sign_off(WHY)


def followed(
    text: Text = Text.CHANGED, fate: Fate = Fate.NONE, answer: Answer | None = None, id: str = "a"
) -> Followed:
    return Followed(comment(id), answer, text, "", "", None, False, fate, None, (), "", ())


def test_what_is_settled_without_an_answer_or_against_the_draft_is_named_before_signing_off() -> None:
    at = datetime(2026, 11, 20, tzinfo=UTC)
    changed, declined = Answer("changed", "", at), Answer("not-changed", "It is in the annex.", at)
    same, still = Text.UNCHANGED, Fate.STILL_THERE
    done = replace(MET, comments=(), settled=dict.fromkeys("abcd", True))
    ones = (
        followed(id="a"),
        followed(same, still, changed, id="b"),
        followed(same, still, declined, id="c"),
        followed(Text.CHANGED, still, changed, id="d"),
    )
    left = lacks(done, tuple(one.comment for one in ones), followed=ones)
    assert [(lack.comment, lack.sentence) for lack in left.open_at_sign_off] == [
        ("a", "You marked this as settled, and the author has not answered."),
        ("b", "You marked this as settled; the passage reads as before, and the checker's finding is still there."),
    ]


def test_what_is_judged_lacking_and_not_asked_for_looks_unfinished() -> None:
    left = lacks(replace(WHOLE, comments=(comment(criterion="harm"), comment("p", "", criterion="diversity"))))
    assert whats(left.needs_reason) == [("ask", "diversity"), ("ask", "vague-term")]
    earlier = (comment("a", criterion="diversity"), comment("b", criterion="vague-term"))
    left = lacks(replace(WHOLE, comments=(comment(criterion="harm"),), settled={"b": True}), earlier)
    assert whats(left.needs_reason) == [("ask", "vague-term")]


def test_free_of_it_and_a_finding_of_it_is_answered_or_explained() -> None:
    free = {**WHOLE.judgements, "vague-term": Judgement(Status.MET)}
    assert whats(lacks(replace(WHOLE, judgements=free)).before_giving_back) == [("reply", "bbbbbbbbbbbb")]
    for stance in (Stance.AGREE, Stance.AMEND):
        replies = {**WHOLE.replies, SHOULD.fingerprint: Reply("vague-term", stance, "In other words.")}
        both = replace(WHOLE, judgements=free, replies=replies)
        assert whats(lacks(both).before_giving_back) == [("judge-reason", "vague-term")]
        explained = {**free, "vague-term": Judgement(Status.MET, "One word in forty pages.")}
        assert lacks(replace(both, judgements=explained)).before_giving_back == ()
    against = {**WHOLE.replies, SHOULD.fingerprint: Reply("vague-term", Stance.DISAGREE, "It says when.")}
    assert lacks(replace(WHOLE, judgements=free, replies=against)).before_giving_back == ()


def test_a_draft_with_nothing_left_to_do_is_not_given_back_in_silence() -> None:
    earlier = (comment("a"),)
    left = lacks(replace(MET, comments=(), settled={"a": True}), earlier)
    assert whats(left.needs_reason) == [("send-on", None)]
    assert not left.may_give_back()
    assert left.may_sign_off()


def test_who_judges_first_learns_nothing_of_the_checker() -> None:
    (lack,) = not_judged(Said(judgements={"harm": Judgement(Status.MET)}), ("harm", "diversity"))
    assert (lack.what, lack.criterion) == (What.JUDGE, "diversity")
    assert "checker" not in lack.sentence


def test_a_section_7_report_is_not_judged_by_what_is_for_care_proceedings() -> None:
    criteria = load_rulebook().criteria
    ids = applying(criteria, "section7")
    assert len(ids) == 35
    assert (ids[0], ids[18], ids[19]) == ("child-seen", "domestic-abuse", "unsupported-assertion")
    assert len(applying(criteria, "section31")) == 42
    assert applying(criteria, "other") == ()


def test_what_the_checker_leaves_to_the_reader() -> None:
    rulebook = load_rulebook().without({"language-error"})
    ids = applying(rulebook.criteria, "section7")
    elements = [
        element(id_, Status.MET, needs_reading=id_ == "diversity")
        for id_ in ids
        if rulebook.criteria[id_].kind == "element" and id_ != "harm"
    ]
    failed = next(rule.id for rule in rulebook.rules if rule.criterion == "vague-term")
    found = result(
        elements=tuple(elements),
        unread=(UnreadPart("image", 2),),
        not_run=(NotRun("harm", "it failed"), NotRun(failed, "it failed")),
    )
    told = needs_reading(found, rulebook)
    assert [(each.criterion, each.why) for each in told] == [
        (None, Why.NOT_EXAMINED),
        ("harm", Why.NOT_EXAMINED),
        ("diversity", Why.UNSURE),
        ("vague-term", Why.NOT_EXAMINED),
        ("language-error", Why.NOT_EXAMINED),
    ]
    assert told[0].sentence == "Seen in the file and not read: image, 2."


def test_of_a_report_that_was_not_judged_nothing_was_examined() -> None:
    rulebook = load_rulebook()
    (told,) = needs_reading(result(type="other"), rulebook)
    assert told.criterion is None
    (told,) = needs_reading(result(type="other", error=Failure("damaged", "")), rulebook)
    assert "could not read" in told.sentence
