"""The page on which a report is read before court: what it shows, what it takes, and what it refuses to be."""

from __future__ import annotations

import html
import re
from collections.abc import Callable
from dataclasses import replace
from time import perf_counter

import pytest
from fastapi import FastAPI

from qualitycheck.precourt.following import carried_over
from qualitycheck.precourt.reading import Answer, Judgement, Said, Stance, State
from qualitycheck.result import Finding, Level, Status
from qualitycheck.rulebook.packs import load_rulebook
from qualitycheck.service.checks.check import Check
from tests.service.readings.seeded import (
    AUTHOR,
    MANAGER,
    OTHER_MANAGER,
    PEER,
    SENTENCES,
    STRANGER,
    Browser,
    Seeded,
    draft,
)

MISSING = {"harm": Status.MISSING, "diversity": Status.PARTIAL}


@pytest.fixture
def check() -> Check:
    return draft(statuses=MISSING)


@pytest.fixture
def office(new_app: Callable[..., FastAPI], check: Check) -> Seeded:
    return Seeded.of(new_app(office=True), check)


class Reader:
    """Somebody with the page of a reading in front of them."""

    def __init__(self, office: Seeded, reading: str, name: str = MANAGER) -> None:
        self.office = office
        self.reading = reading
        self.browser: Browser = office.browser(name)

    @property
    def address(self) -> str:
        return f"/readings/{self.reading}/read"

    @property
    def said(self) -> Said:
        found = self.office.desk.store.readings.get(self.reading)
        assert found
        return found.last.said

    def page(self, query: str = "") -> str:
        return self.browser.get(self.address + query)

    def send(self, do: str, part: str = "", expect: int = 303, **fields: str) -> str:
        return self.browser.post(self.address, expect, do=do, part=part, **fields)

    def judge(self, criterion: str, status: str, reason: str = "", expect: int = 303) -> str:
        part = f"criterion-{criterion}"
        return self.send("judge", part, expect, criterion=criterion, status=status, reason=reason)

    def judge_elements(self, status: str = "met", reason: str = "I read it so myself.") -> None:
        for criterion in re.findall(r'id="criterion-([a-z-]+)"', self.page().partition('id="kinds"')[0]):
            self.judge(criterion, status, reason)

    def reply(self, number: int, stance: str, expect: int = 303, **fields: str) -> str:
        mark = self.findings[number - 1].fingerprint
        return self.send("reply", f"finding-{number}", expect, fingerprint=mark, stance=stance, **fields)

    @property
    def findings(self) -> tuple[Finding, ...]:
        check = self.office.desk.store.drafts.get(self.office.draft)
        assert check and check.result
        return check.result.findings


@pytest.fixture
def reader(office: Seeded) -> Reader:
    return Reader(office, office.send())


def words(page: str) -> str:
    return " ".join(html.unescape(re.sub(r"<[^>]+>", " ", page)).split())


def part(page: str, id: str) -> str:
    """What stands in one item of the page."""
    found = re.search(
        rf'<(li|section|form)[^>]* id="{id}".*?</\1>(?=\s*(?:<li|</ul>|<section|<p|</section>))', page, re.S
    )
    assert found, id
    return found[0]


# Who


def test_only_its_reader_has_the_page(office: Seeded, reader: Reader) -> None:
    assert "What is still to do" in reader.page()
    for name in (AUTHOR, OTHER_MANAGER, PEER, STRANGER):
        browser = office.browser(name)
        assert browser.client.get(reader.address).status_code == 404, name
        browser.post(reader.address, 404, do="overall", overall="mine")
        browser.post(f"/readings/{reader.reading}/seen", 404, seconds="5")


def test_what_was_given_back_is_on_the_thread_and_cannot_be_changed(office: Seeded, reader: Reader) -> None:
    office.desk.store.readings.give_back(reader.reading)
    answer = reader.browser.client.get(reader.address)
    assert (answer.status_code, answer.headers["location"]) == (303, f"/readings/{reader.reading}")
    reader.judge("harm", "met", expect=409)


# What it shows


def test_report_and_criteria_stand_side_by_side(reader: Reader) -> None:
    page = reader.page()
    assert 'id="work"' in page and 'id="report"' in page
    assert all(sentence in html.unescape(page) for sentence in SENTENCES)
    assert (
        page.index('id="elements"')
        < page.index('id="findings"')
        < page.index('id="kinds"')
        < page.index('id="comments"')
    )
    assert "The checker's reason for harm." in words(part(page, "criterion-harm"))
    assert "Needs your reading" in part(page, "criterion-harm")
    assert "Needs your reading" not in part(page, "criterion-diversity")


def test_nothing_is_chosen_before_the_reader_chooses_and_nothing_is_done_in_bulk(reader: Reader) -> None:
    page = reader.page()
    assert not re.search(r'type="radio"[^>]*checked', page)
    assert page.count('name="status" type="radio"') == 4 * len(re.findall(r'name="do" value="judge"', page))
    assert not re.search(r"all (criteria|elements|findings)? ?(as )?met|agree with all|mark all", words(page), re.I)
    reader.send("judge", expect=404, criterion="all", status="met")


def test_findings_come_must_fix_first_and_those_set_aside_last_with_the_reason(office: Seeded) -> None:
    check = draft(levels=(Level.CONSIDER, Level.MUST_FIX, Level.SHOULD_FIX))
    assert check.result
    aside = check.result.findings[0].fingerprint
    office.keep(replace(check, decisions={aside: "The school told me."}))
    reader = Reader(office, office.send())
    page = reader.page()
    numbers = re.findall(r'<li class="app-item app-part[^>]*id="finding-(\d+)"', page)
    levels = [check.result.findings[int(number) - 1].level for number in numbers[:-1]]
    assert levels == sorted(levels, key=lambda level: level.rank)
    assert numbers[-1] == "1"
    assert "Ann Author set it aside: The school told me." in words(part(page, "finding-1"))


# Judging


def test_a_judgement_is_kept_and_its_stance_is_shown(reader: Reader) -> None:
    assert reader.judge("child-seen", "met") == f"{reader.address}#criterion-child-seen"
    assert reader.said.judgements["child-seen"] == Judgement(Status.MET)
    page = reader.page()
    assert 'id="status-child-seen" name="status" type="radio" value="met" required checked' in page
    assert "You agree with the checker." in part(page, "criterion-child-seen")
    reader.judge("harm", "partial", "Some of it is said in two.")
    assert "You amend what the checker says." in part(reader.page(), "criterion-harm")


def test_who_disagrees_is_asked_why_and_what_was_chosen_is_kept(reader: Reader) -> None:
    reader.judge("harm", "met")
    assert reader.said.judgements["harm"].status is Status.MET
    assert "say why you judge it so" in part(reader.page(), "criterion-harm")
    reader.judge("harm", "met", "It is said in paragraph two.")
    assert "say why you judge it so" not in part(reader.page(), "criterion-harm")


def test_a_judgement_without_a_choice_is_refused_with_what_was_typed(reader: Reader) -> None:
    page = reader.send("judge", "criterion-harm", 400, criterion="harm", reason="I am <not> sure.")
    assert "Choose what you judge" in page and 'href="#status-harm"' in page
    assert "I am &lt;not&gt; sure.</textarea>" in page
    assert reader.said == Said()


# Answering


def test_agreeing_makes_a_comment_in_the_checkers_words(reader: Reader) -> None:
    reader.reply(1, "agree")
    finding = reader.findings[0]
    [comment] = reader.said.comments
    assert (comment.said, comment.action, comment.passage) == (finding.message, finding.suggestion, finding.passage)
    assert comment.fingerprint == finding.fingerprint
    assert reader.said.replies[finding.fingerprint].stance is Stance.AGREE


def test_amending_makes_it_in_the_readers_own(reader: Reader) -> None:
    reader.reply(1, "amend", said="Say what you saw.", action="Give a date.")
    id = reader.said.comments[0].id
    reader.reply(1, "amend", said="Say what you heard.", action="")
    [comment] = reader.said.comments
    assert (comment.id, comment.said, comment.asks) == (id, "Say what you heard.", False)
    assert "Asks for nothing" in reader.page()
    assert "Write what you say" in reader.reply(1, "amend", 400, said=" ")


def test_disagreeing_needs_a_reason_and_makes_no_comment(reader: Reader) -> None:
    reader.reply(1, "agree")
    page = reader.reply(1, "disagree", 400, reason="no")
    assert "Say why you disagree." in page and ">no</textarea>" in page
    assert reader.said.replies[reader.findings[0].fingerprint].stance is Stance.AGREE
    reader.reply(1, "disagree", reason="The school says so in two.")
    assert reader.said.comments == ()
    assert "The school says so in two." in reader.page()


def test_a_finding_that_is_not_there_cannot_be_answered(reader: Reader) -> None:
    reader.send("reply", "finding-1", 404, fingerprint="0" * 12, stance="agree")


# Commenting


def test_a_comment_is_held_to_the_text(reader: Reader) -> None:
    fields = {"criterion": "harm", "said": "What was seen?", "action": "Say what you saw."}
    reader.send("comment", "comment-new", **fields, paragraph="1", words="clearly\r\n suffered")
    [comment] = reader.said.comments
    assert comment.passage
    assert comment.passage.text == "clearly suffered"
    assert "1. Ada has clearly suffered."[comment.passage.start : comment.passage.end] == "clearly suffered"
    page = reader.send("comment", "comment-new", 400, **fields, paragraph="1", words="never said")
    assert "not in that paragraph" in page and "never said</textarea>" in page and "What was seen?" in page
    reader.send("comment", "comment-new", 400, **fields, paragraph="999")
    reader.send("comment", "comment-new", 400, **fields, words="clearly suffered")
    reader.send("comment", "comment-new", 400, **{**fields, "criterion": "nothing"})
    reader.send("comment", "comment-new", 400, criterion="harm", paragraph="1")
    assert len(reader.said.comments) == 1
    reader.send("comment", "comment-new", **fields, paragraph="1", words="clearly suffered")  # pressed twice
    assert len(reader.said.comments) == 1


def test_the_same_words_are_told_apart_by_where_they_begin(office: Seeded) -> None:
    text = "He was late, and she was late, and late."
    office.keep(draft([text]))
    reader = Reader(office, office.send())
    reader.send("comment", "comment-new", criterion="harm", said="How late?", paragraph="1", words="late", start="31")
    [comment] = reader.said.comments
    assert comment.passage and comment.passage.start == f"1. {text}".index("late", 11)


def test_praise_is_shown_as_asking_for_nothing_and_can_be_changed_and_removed(reader: Reader) -> None:
    reader.send("comment", "comment-new", criterion="harm", said="Well put.")
    [comment] = reader.said.comments
    assert comment.passage is None and not comment.asks
    assert "Asks for nothing" in part(reader.page(), f"comment-{comment.id}")
    changed = {"comment": comment.id, "criterion": "diversity", "said": "Well put.", "action": "Say it earlier."}
    reader.send("comment", f"comment-{comment.id}", **changed)
    assert [(one.id, one.criterion, one.asks) for one in reader.said.comments] == [(comment.id, "diversity", True)]
    reader.send("remove", f"comment-{comment.id}", comment=comment.id)
    assert reader.said.comments == ()
    reader.send("remove", f"comment-{comment.id}", 404, comment=comment.id)


def test_what_is_lacking_can_be_asked_for(reader: Reader) -> None:
    assert "?ask=harm#comment-new" in reader.page()
    criterion = reader.office.desk.rulebook.criteria["harm"]
    form = part(reader.page("?ask=harm"), "comment-new")
    assert html.escape(criterion.what_to_do) in form or criterion.what_to_do in html.unescape(form)
    assert '<option value="harm" selected>' in form
    assert reader.said == Said()


# Ending


def test_it_cannot_go_back_before_the_must_fix_findings_are_answered(reader: Reader) -> None:
    page = reader.send("give-back", expect=400, closing="I have read it all and it will do.")
    assert "Answer this finding, which must be fixed" in page and 'href="#finding-1"' in page


def finish(reader: Reader) -> None:
    reader.judge_elements()
    for number, finding in enumerate(reader.findings, start=1):
        if finding.level is Level.MUST_FIX:
            reader.reply(number, "agree")


def test_an_unfinished_reading_needs_words_to_close(reader: Reader) -> None:
    finish(reader)
    assert "Unfinished" in words(reader.page())  # how it is written was not judged
    reader.send("overall", "overall", overall="Thank you for this, Ann.")
    assert "Unfinished" in words(reader.page()), "what was written before excuses nothing"
    assert reader.send("give-back") == f"/readings/{reader.reading}/read?close=give-back"
    page = words(reader.page("?close=give-back"))
    assert "You have not judged this. A claim with nothing under it" in page and "Thank you for this, Ann." in page
    assert 'id="closing-error"' in reader.send("give-back", expect=400, closing="ok")
    assert reader.send("give-back", closing="The rest was read by Max.") == f"/readings/{reader.reading}"
    found = reader.office.desk.store.readings.get(reader.reading)
    assert found and found.state is State.WITH_AUTHOR
    assert found.last.said.overall == "Thank you for this, Ann.\n\nThe rest was read by Max."


def test_signing_off_asks_once_more_with_what_is_open(reader: Reader) -> None:
    finish(reader)
    page = words(reader.page("?close=sign-off"))
    assert "Due at court 4 December 2026" in page and "What is open" in page
    page = reader.send("sign-off", expect=400)
    assert "It cannot be signed off yet" in page and 'href="#closing"' in page and 'id="closing-error"' in page
    reader.send("sign-off", closing="The court wants it today as it is.")
    found = reader.office.desk.store.readings.get(reader.reading)
    assert found and found.state is State.SIGNED_OFF and found.last.said.overall.startswith("The court")
    team = found.team or ""
    assert [one.id for one in reader.office.desk.store.readings.tallies([team])] == [reader.reading]


def test_what_is_judged_lacking_and_not_asked_for_is_named(reader: Reader) -> None:
    told = "You judged this partly met or missing, and ask for nothing."
    title = load_rulebook().criteria["wishes-and-feelings"].title
    reader.send("judge", criterion="wishes-and-feelings", status="missing", reason="Nothing of what she says.")
    assert f"{told} {title}" in words(reader.page())
    reader.send("comment", "comment-new", criterion="wishes-and-feelings", said="", action="Say what she says.")
    assert told not in reader.page()


def test_who_reads_what_was_withdrawn_meanwhile_is_told_so(reader: Reader) -> None:
    reader.office.desk.store.readings.withdraw(reader.reading, "")
    page = reader.judge("harm", "met", expect=409)
    assert "This reading was withdrawn on" in page and f'href="/readings/{reader.reading}"' in page


def test_the_log_tells_what_was_done_and_not_how_long_it_took(reader: Reader) -> None:
    log = reader.office.desk.store.audit
    finish(reader)
    reader.browser.post(f"/readings/{reader.reading}/seen", 200, seconds="20", passage="1")
    reader.send("sign-off", closing="The court wants it today as it is.")
    written = [entry.action for entry in reversed(log.entries()) if entry.action != "opened to read"]
    assert written == ["began to write", "signed off"]
    assert all("court wants" not in entry.thing + entry.action for entry in log.entries())


# The reader's own


def test_time_and_passages_are_told_to_the_reader(reader: Reader) -> None:
    assert "for less than a minute ; you have opened 0 of 4 marked passages" in words(reader.page())
    told = reader.browser.client.post(
        f"/readings/{reader.reading}/seen",
        data={"form_token": reader.browser.form_token, "seconds": "3000", "passage": ["1", "2", "77", "x"]},
    )
    assert told.json() == {"spent": "less than a minute", "opened": 2}
    own = reader.office.desk.store.readings.own(reader.reading)
    assert own.seconds < 30  # no more than has gone by
    reader.reply(3, "agree")
    assert "you have opened 3 of 4 marked passages" in words(reader.page())
    reader.browser.post(f"/readings/{reader.reading}/seen", 200, seconds="-5")
    reader.browser.post(f"/readings/{reader.reading}/seen", 200, seconds="much")


# Saved without loading the page again


def test_the_script_gets_what_changed_and_nothing_else(reader: Reader) -> None:
    answer = reader.send("judge", "criterion-harm", 200, criterion="harm", status="missing", alone="yes")
    assert 'id="todo"' in answer and 'id="criterion-harm"' in answer
    assert "<html" not in answer and 'id="paragraphs"' not in answer
    wrong = reader.send("judge", "criterion-harm", 400, criterion="harm", status="", alone="yes")
    assert "Choose what you judge" in wrong and "<html" not in wrong


def test_the_last_who_writes_wins_in_one_part_only(reader: Reader) -> None:
    other = Reader(reader.office, reader.reading)
    assert reader.page() and other.page()
    reader.judge("harm", "missing", "I saw none of it.")
    other.judge("diversity", "partial")
    other.judge("harm", "partial")
    assert {id: one.status for id, one in reader.said.judgements.items()} == {
        "harm": Status.PARTIAL,
        "diversity": Status.PARTIAL,
    }


def test_sixty_findings_are_shown_quickly(office: Seeded) -> None:
    office.keep(draft([f"Sentence {number} says that she never copes." for number in range(60)]))
    reader = Reader(office, office.send())
    reader.page()
    began = perf_counter()
    page = reader.page()
    assert perf_counter() - began < 3  # seconds; a fifth of one on a machine with nothing else to do
    assert page.count('name="do" value="reply"') == 60


# The next round


def next_round(office: Seeded, reader: Reader, check: Check, answers: dict[str, Answer]) -> str:
    """The draft goes back, is answered, and the next one comes; its page."""
    readings = office.desk.store.readings
    before, said = office.desk.store.drafts.get(office.draft), reader.said
    readings.give_back(reader.reading)
    readings.answer(reader.reading, answers)
    office.keep(check)
    assert before and before.result and check.result
    readings.send(reader.reading, office.draft, said=carried_over(said, before.result, check.result))
    return reader.page()


def test_earlier_comments_come_with_what_became_of_them(office: Seeded, reader: Reader) -> None:
    reader.reply(1, "agree")
    reader.judge("child-seen", "met")
    reader.judge("diversity", "partial")
    reader.send("comment", "comment-new", criterion="diversity", said="", action="Say more.", paragraph="4")
    changed = [SENTENCES[0], SENTENCES[1], SENTENCES[2], "Contact went well on 4 May, for two hours."]
    page = next_round(office, reader, draft(changed, statuses=MISSING), {})
    own = next(one for one in office.desk.store.readings.get(reader.reading).earlier if not one.fingerprint)  # type: ignore[union-attr]
    told = words(part(page, f"earlier-{own.id}"))
    assert "The author has not answered." in told and "on draft 1" in told and "You asked: Say more." in told
    assert "checked" not in part(page, f"earlier-{own.id}")
    assert "As you judged draft 1." in part(page, "criterion-child-seen")
    again = part(page, "criterion-diversity")
    assert "Judge it again." in again and "You judged draft 1: partly met." in words(again) and "checked" not in again
    reader.send("settle", f"earlier-{own.id}", comment=own.id, settled="no")
    assert reader.said.settled == {own.id: False}
    reader.send("settle", f"earlier-{own.id}", 400, comment=own.id)
    reader.send("settle", "earlier-x", 404, comment="x", settled="yes")


# Judging first


@pytest.fixture
def blind(office: Seeded) -> Reader:
    return Reader(office, office.send(revealed=False))


def test_who_judges_first_is_shown_nothing_of_the_checkers(blind: Reader, check: Check) -> None:
    assert check.result
    for page in (blind.page(), blind.send("judge", "criterion-harm", 200, criterion="harm", status="met", alone="yes")):
        told = html.unescape(page)
        for finding in check.result.findings:
            assert finding.message not in told and finding.suggestion not in told and finding.fingerprint not in told
        for element in check.result.elements:
            assert element.reason not in told
        for name in ("must-fix", "should-fix", "app-status", "app-level--", "<mark", "mark-", "shows", "app-told"):
            assert name not in told, name
        assert "eeds your reading" not in told and "finding-" not in told
        assert not re.search(r"\d+ of \d+ marked", words(page))
    blind.send("reply", "finding-1", 404, fingerprint=check.result.findings[0].fingerprint, stance="agree")
    blind.send("give-back", expect=409)
    blind.send("sign-off", expect=409)
    assert "What is still to do" in blind.page("?close=sign-off")


def test_the_checker_is_shown_once_every_element_is_judged(blind: Reader) -> None:
    assert "Judge every element first" in blind.send("reveal", "reveal", 400)
    blind.judge_elements("partial", "")
    assert all(one.independent for one in blind.said.judgements.values())
    assert blind.send("reveal", "reveal").endswith("/read#findings")
    assert blind.said.first["harm"] is Status.PARTIAL
    assert "The checker's reason for harm." in words(blind.page())
    assert "judged, and saw what the checker says" in [e.action for e in blind.office.desk.store.audit.entries()]


def test_what_was_judged_first_stays_on_record_when_it_is_changed_later(blind: Reader) -> None:
    blind.judge_elements("partial", "")
    blind.send("reveal", "reveal")
    blind.judge("harm", "missing")
    blind.judge("diversity", "partial", "The same, with a reason.")
    said = blind.said
    assert (said.judgements["harm"].independent, said.first["harm"]) == (False, Status.PARTIAL)
    assert said.judgements["diversity"].independent
