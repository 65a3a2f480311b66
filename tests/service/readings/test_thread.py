"""The page of one reading: who sees what of it, answers, handing over, filing; and two people at once."""

from __future__ import annotations

import re
import threading
from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta

import pytest

from qualitycheck.precourt.reading import Answer, Comment, Judgement, Reply, Said, Stance, State
from qualitycheck.result import Passage, Status
from qualitycheck.service.access.who import Role
from tests.service.readings.seeded import (
    AUTHOR,
    FILING,
    MANAGER,
    OTHER_MANAGER,
    PEER,
    SENTENCES,
    STRANGER,
    Browser,
    Seeded,
    draft,
)

PASSAGE = Passage(1, None, "Report on Ada", 3, 28, SENTENCES[0])
ASKED = Comment("c1", "harm", PASSAGE, "Clearly to whom?", "Say who saw it.")
OF_ALL = Comment("c2", "basis", None, "Nothing says how you know.", "List whom you spoke to.")
PRAISE = Comment("c3", "wishes", None, "Well put.", "")
UNFINISHED = "Only half written so far"


def given_back(office: Seeded, *comments: Comment) -> str:
    readings = office.desk.store.readings
    reading = office.send()
    said = Said(
        judgements={"harm": Judgement(Status.PARTIAL, "The source is not named.")},
        replies={_fingerprint(office): Reply("vague-term", Stance.DISAGREE, "It is said further down.")},
        comments=comments or (ASKED, OF_ALL, PRAISE),
        overall="It needs its sources.",
    )
    readings.change(reading, lambda _: said)
    readings.give_back(reading)
    return reading


def _fingerprint(office: Seeded) -> str:
    kept = office.desk.store.drafts.get(office.draft)
    assert kept and kept.result
    return kept.result.findings[0].fingerprint


def get(browser: Browser, reading: str) -> int:
    return browser.client.get(f"/readings/{reading}").status_code


def test_who_sees_a_reading(office: Seeded) -> None:
    people = office.desk.store.people
    people.add("inspector", "Inspector", {Role.INSPECTOR}, office.who(AUTHOR).teams)
    people.add("administrator", "Administrator", {Role.ADMINISTRATOR}, office.who(AUTHOR).teams)
    people.add("colleague", "Colleague", {Role.PRACTITIONER}, office.who(AUTHOR).teams)
    reading = office.send(PEER, "peer")
    sees = {AUTHOR: 200, PEER: 200, MANAGER: 200, OTHER_MANAGER: 200, STRANGER: 404, "colleague": 404}
    sees |= {"inspector": 403, "administrator": 403}
    assert {name: get(office.browser(name), reading) for name in sees} == sees
    readings = office.desk.store.readings
    readings.hand(reading, office.account(MANAGER), "manager", office.account(PEER), "on leave")
    assert get(office.browser(PEER), reading) == 404


def test_what_is_not_given_back_is_seen_by_nobody_on_this_page(office: Seeded) -> None:
    reading = office.send()
    comment = Comment("half-written", "harm", PASSAGE, UNFINISHED, UNFINISHED)
    said = Said({"harm": Judgement(Status.MISSING, UNFINISHED)}, {}, (comment,), {}, UNFINISHED)
    office.desk.store.readings.change(reading, lambda _: said)
    for name in (AUTHOR, MANAGER, OTHER_MANAGER):
        page = office.browser(name).get(f"/readings/{reading}")
        assert UNFINISHED not in page and "half-written" not in page
        assert "Not given back yet" in page
    page = office.browser(AUTHOR).post(f"/readings/{reading}/answers", 400, **{"answer-half-written": "changed"})
    assert UNFINISHED not in page


def test_nobody_but_the_reader_sees_time_and_passages_opened(office: Seeded) -> None:
    reading = office.send()
    office.desk.store.readings.spend(reading, 60 * 4711, ["1"])
    office.desk.store.readings.give_back(reading)
    for name in (AUTHOR, OTHER_MANAGER, MANAGER):
        assert "4711" not in office.browser(name).get(f"/readings/{reading}")


def test_both_are_told_who_waits_for_whom(office: Seeded) -> None:
    reading = office.send()
    assert "Mo Manager has your draft 1 to read, since" in office.browser(AUTHOR).get(f"/readings/{reading}")
    page = office.browser(MANAGER).get(f"/readings/{reading}")
    assert "You have Ann Author’s draft 1 to read, since" in page and f"/readings/{reading}/read" in page
    given = Said(comments=(ASKED, OF_ALL, PRAISE))
    office.desk.store.readings.change(reading, lambda _: given)
    office.desk.store.readings.give_back(reading)
    assert "You have draft 1 back since" in (page := office.browser(AUTHOR).get(f"/readings/{reading}"))
    assert "with 2 comments to answer" in page  # praise asks for nothing
    assert "Ann Author has draft 1 back since" in office.browser(MANAGER).get(f"/readings/{reading}")


def test_a_round_shows_what_was_said(office: Seeded) -> None:
    page = office.browser(AUTHOR).get(f"/readings/{given_back(office)}")
    for words in (SENTENCES[0], ASKED.said, ASKED.action, OF_ALL.said, "Of the whole report", "It asks for nothing"):
        assert words in page
    assert "It needs its sources." in page and "The source is not named." in page
    assert "The reader disagrees" in page and "It is said further down." in page
    assert 'href="/criteria/harm"' in page
    assert "Mo Manager gave draft 1 back with 3 comments." in page.replace("\n", " ")


def test_answers_are_saved_one_by_one_or_together(office: Seeded) -> None:
    reading, browser = given_back(office), office.browser(AUTHOR)
    address = f"/readings/{reading}/answers"
    assert browser.post(address, **{"answer-c1": "changed", "reason-c1": "", "reason-c2": ""}) == (
        f"/readings/{reading}?done=answered"
    )
    page = browser.get(f"/readings/{reading}")
    assert "changed." in page and "No answer yet." not in page and "Change the answer" in page
    assert "No answer yet." in office.browser(MANAGER).get(f"/readings/{reading}")
    before = office.desk.store.readings.get(reading)
    assert before
    # What stands in the form already is sent along, and is no new answer.
    browser.post(address, **{"answer-c1": "changed", "answer-c2": "not-changed", "reason-c2": "It is in the note."})
    after = office.desk.store.readings.get(reading)
    assert after and set(after.answers) == {"c1", "c2"}
    assert after.answers["c1"] == before.answers["c1"]
    page = office.browser(MANAGER).get(f"/readings/{reading}")
    assert "not changed, because: It is in the note." in page
    assert 'name="answer-c1"' not in page  # the author answers, and nobody else
    office.browser(MANAGER).post(address, 404, **{"answer-c1": "changed"})


def test_what_was_typed_stays_where_an_answer_is_wrong(office: Seeded) -> None:
    reading, browser = given_back(office), office.browser(AUTHOR)
    typed = {"answer-c1": "not-changed", "reason-c1": " ", "reason-c2": "My colleague told me."}
    page = browser.post(f"/readings/{reading}/answers", 400, **typed)
    assert 'href="#reason-c1"' in page and "Say why nothing was changed." in page
    assert 'href="#answer-c2"' in page and "My colleague told me." in page
    assert re.search(r'id="answer-c1-not"[^>]* checked', page)
    found = office.desk.store.readings.get(reading)
    assert found and found.answers == {}
    assert "Answer at least one comment" in browser.post(f"/readings/{reading}/answers", 400)


def test_on_the_next_draft_each_comment_shows_what_became_of_it(office: Seeded) -> None:
    reading, readings = given_back(office), office.desk.store.readings
    browser = office.browser(AUTHOR)
    browser.post(f"/readings/{reading}/answers", **{"answer-c1": "changed"})
    office.keep(draft((SENTENCES[0], "Her teacher saw bruises."), flagged=()))
    before = browser.get(f"/checks/{office.draft}/send").partition("<details")[0]  # in sight, before it is sent
    assert "1 answer does not fit this draft." in before
    assert "You say that it was changed; the passage reads as before." in before
    browser.post(f"/checks/{office.draft}/send")
    for name in (AUTHOR, MANAGER):
        page = office.browser(name).get(f"/readings/{reading}")
        assert "In draft 2:" in page and "The passage reads as before." in page
        assert "The author says that it was changed; the passage reads as before." in page
        assert ("No answer yet." in page) is (name == MANAGER)  # to the other: what changed says nothing of it
    readings.change(reading, lambda said: Said(settled={"c1": False, "c2": True}))
    assert "The reader, on draft 2" not in browser.get(f"/readings/{reading}")
    readings.give_back(reading)
    page = browser.get(f"/readings/{reading}")
    assert page.count("The reader, on draft 2: settled.") == page.count("The reader, on draft 2: still open.") == 1
    assert "with 1 comment to answer" in page  # the open one: what was answered before it was looked at is old
    browser.post(f"/readings/{reading}/answers", **{"answer-c1": "changed"})  # said again, it is an answer again
    assert "with the next draft to send" in browser.get(f"/readings/{reading}")


def test_a_manager_takes_what_waits(office: Seeded) -> None:
    reading = office.send(None)
    author, peer, manager = (office.browser(name) for name in (AUTHOR, PEER, MANAGER))
    assert "Waits for any manager of North to take it, since" in author.get(f"/readings/{reading}")
    author.post(f"/readings/{reading}/take", 403)
    peer.post(f"/readings/{reading}/take", 403)
    office.browser(STRANGER).post(f"/readings/{reading}/take", 404)
    assert "Take it to read" in manager.get(f"/readings/{reading}")
    manager.post(f"/readings/{reading}/take")
    said = office.browser(OTHER_MANAGER).post(f"/readings/{reading}/take", 409)
    assert "Somebody else was quicker" in said
    found = office.desk.store.readings.get(reading)
    assert found and (found.reader, found.kind) == (office.account(MANAGER), "manager")
    assert "Mo Manager took it." in author.get(f"/readings/{reading}")


def test_a_manager_does_not_take_their_own_report(office: Seeded) -> None:
    people = office.desk.store.people
    people.change(office.account(AUTHOR), roles={Role.PRACTITIONER, Role.MANAGER})
    reading = office.send(None)
    author = office.browser(AUTHOR)
    assert "Take it to read" not in author.get(f"/readings/{reading}")
    author.post(f"/readings/{reading}/take", 404)
    found = office.desk.store.readings.get(reading)
    assert found and found.state is State.UNTAKEN


def hand(office: Seeded, browser: Browser, reading: str, to: str | None, expect: int = 303, **more: str) -> str:
    given = {"to": office.account(to) if to else "any", "why": "on leave", "has": office.account(MANAGER), **more}
    return browser.post(f"/readings/{reading}/hand", expect, **given)


def test_a_reading_is_handed_on_with_a_reason_that_all_see(office: Seeded) -> None:
    reading = office.send()
    office.desk.store.readings.change(reading, lambda _: Said(overall="begun"))
    reader = office.browser(MANAGER)
    assert "Say in a few words why" in hand(office, reader, reading, PEER, 400, why=" ")
    assert "Choose who is to read it" in hand(office, reader, reading, AUTHOR, 400)
    assert "Choose who is to read it" in hand(office, reader, reading, STRANGER, 400)
    assert "Choose who is to read it" in hand(office, reader, reading, MANAGER, 400)
    hand(office, office.browser(AUTHOR), reading, PEER, 404)
    hand(office, reader, reading, PEER)
    found = office.desk.store.readings.get(reading)
    assert found and (found.reader, found.kind) == (office.account(PEER), "peer")
    assert found.last.said.overall == "begun"
    assert "Mo Manager handed it to Pat Peer: “on leave”" in office.browser(AUTHOR).get(f"/readings/{reading}")
    # A manager of the team hands on what another has; a peer who hands it on sees no more of it.
    said = hand(office, office.browser(OTHER_MANAGER), reading, MANAGER, 409)
    assert "Somebody else was quicker" in said  # the page was of before
    led = hand(office, office.browser(PEER), reading, None, has=office.account(PEER))
    assert led == "/readings"
    assert get(office.browser(PEER), reading) == 404


def test_somebody_who_left_stands_out_for_managers(office: Seeded) -> None:
    reading = office.send()
    office.desk.store.people.change(office.account(MANAGER), disabled=True)
    page = office.browser(OTHER_MANAGER).get(f"/readings/{reading}")
    assert "Mo Manager no longer works here." in page
    assert "no longer works here" in office.browser(OTHER_MANAGER).get("/readings")
    page = office.browser(AUTHOR).get(f"/readings/{reading}")
    assert "Mo Manager no longer works here." in page and "Ask a manager of the team to hand it" in page
    assert "no longer works here" in office.browser(AUTHOR).get("/readings")
    hand(office, office.browser(OTHER_MANAGER), reading, OTHER_MANAGER)
    assert "no longer works here" not in office.browser(OTHER_MANAGER).get(f"/readings/{reading}")


def test_it_is_withdrawn_by_its_author_or_a_manager_and_not_by_a_peer(office: Seeded) -> None:
    reading = office.send(PEER, "peer")
    office.browser(PEER).post(f"/readings/{reading}/withdraw", 404)
    office.browser(AUTHOR).post(f"/readings/{reading}/withdraw")
    page = office.browser(AUTHOR).get(f"/readings/{reading}")
    assert "You withdrew it on" in page and "You withdrew it." in page and "Withdraw it" not in page
    assert "Ann Author withdrew it on" in office.browser(PEER).get(f"/readings/{reading}")
    assert "Record that it was filed" not in page
    assert "is over" in office.browser(MANAGER).post(f"/readings/{reading}/withdraw", 409)


def test_answers_to_what_was_withdrawn_meanwhile_are_not_lost(office: Seeded) -> None:
    reading = given_back(office)
    office.browser(MANAGER).post(f"/readings/{reading}/withdraw")
    page = office.browser(AUTHOR).post(
        f"/readings/{reading}/answers", 409, **{"answer-c1": "changed", "reason-c1": "Her teacher saw it."}
    )
    assert "This reading was withdrawn: its comments need no answer." in page
    assert "Her teacher saw it." in page


def test_once_it_is_signed_off_answers_stay_as_they_are(office: Seeded) -> None:
    reading = given_back(office, ASKED)
    browser, readings = office.browser(AUTHOR), office.desk.store.readings
    browser.post(f"/readings/{reading}/answers", **{f"answer-{ASKED.id}": "changed"})
    readings.send(reading, office.keep(draft()))
    readings.sign_off(reading)
    page = browser.get(f"/readings/{reading}")
    assert "changed." in page and "Save answers" not in page and f'name="answer-{ASKED.id}"' not in page
    fields = {f"answer-{ASKED.id}": "not-changed", f"reason-{ASKED.id}": "It is in the annex."}
    page = browser.post(f"/readings/{reading}/answers", 409, **fields)
    assert "This reading was signed off: what was answered until then stays as it is." in page
    found = readings.get(reading)
    assert found and found.answers[ASKED.id].kind == "changed"


def test_it_was_not_filed_before_it_was_sent(office: Seeded) -> None:
    reading = office.send()
    before = date.today() - timedelta(days=1)
    page = office.browser(AUTHOR).post(f"/readings/{reading}/filed", 400, **day_fields("filed", before))
    assert "It was sent for reading on" in page
    office.browser(AUTHOR).post(f"/readings/{reading}/filing", **day_fields("filing", before))  # it is read late
    office.browser(AUTHOR).post(f"/readings/{reading}/filed", **day_fields("filed", before))


def day_fields(name: str, on: date) -> dict[str, str]:
    return {f"{name}-day": str(on.day), f"{name}-month": str(on.month), f"{name}-year": str(on.year)}


def test_the_filing_date_moves_and_the_filing_is_recorded(office: Seeded) -> None:
    reading, today = office.send(), date.today()
    author, reader = office.browser(AUTHOR), office.browser(MANAGER)
    assert "must be a real date" in author.post(
        f"/readings/{reading}/filing", 400, **day_fields("filing", today) | {"filing-month": "13"}
    )
    author.post(f"/readings/{reading}/filing", **day_fields("filing", today + timedelta(1)))
    assert "Due tomorrow" in author.get(f"/readings/{reading}")
    author.post(f"/readings/{reading}/filing", **day_fields("filing", today - timedelta(2)))
    page = reader.get(f"/readings/{reading}")
    assert "Filing date passed" in page and "2 days ago" in page
    said = reader.post(f"/readings/{reading}/filed", 400, **day_fields("filed", today + timedelta(1)))
    assert "is in the future" in said
    reader.post(f"/readings/{reading}/filed", **day_fields("filed", today - timedelta(1)))
    page = author.get(f"/readings/{reading}")
    assert "Filed without sign-off" in page and "Filing date passed" not in page
    author.post(f"/readings/{reading}/filed", do="take-back")
    assert "Filed without sign-off" not in author.get(f"/readings/{reading}")


@pytest.mark.parametrize(
    ("filed", "said"),
    [
        (2, "2 days before filing"),
        (0, "on the day of filing"),
        (-1, "1 day after filing"),
        (None, "the filing date; no"),
    ],
)
def test_sign_off_is_told_relative_to_filing(office: Seeded, filed: int | None, said: str) -> None:
    reading, readings = office.send(), office.desk.store.readings
    readings.sign_off(reading)
    readings.filed(reading, date.today() + timedelta(filed) if filed is not None else None)
    page = office.browser(AUTHOR).get(f"/readings/{reading}")
    assert said in page and "Mo Manager signed off draft 1 on" in page
    assert f"/readings/{reading}/copy" in page


def test_all_that_is_done_is_on_record_without_a_word_of_it(office: Seeded) -> None:
    reading, today = office.send(None), date.today()
    log, case, author, manager = office.desk.store.audit, office.case, office.browser(AUTHOR), office.browser(MANAGER)
    author.get(f"/readings/{reading}")
    manager.post(f"/readings/{reading}/take")
    office.desk.store.readings.change(reading, lambda _: Said(comments=(ASKED,)))
    office.desk.store.readings.give_back(reading)
    author.post(f"/readings/{reading}/answers", **{"answer-c1": "changed", "reason-c1": "Her teacher."})
    hand(office, manager, reading, OTHER_MANAGER)
    author.post(f"/readings/{reading}/filing", **day_fields("filing", today))
    author.post(f"/readings/{reading}/filed", **day_fields("filed", today))
    author.post(f"/readings/{reading}/withdraw")
    made = list(reversed(log.entries()))
    a, m = office.account(AUTHOR), office.account(MANAGER)
    assert [(entry.who, entry.action) for entry in made] == [
        (a, "opened"),
        (m, "took a reading"),
        (a, "answered comments"),
        (m, "handed a reading on"),
        (a, "changed the filing date"),
        (a, "recorded that it was filed"),
        (a, "withdrew a reading"),
    ]
    assert {entry.thing for entry in made} == {f"reading {reading} of case {case}"}
    assert all(entry.request for entry in made)


def at_once(*dos: Callable[[], object]) -> None:
    start = threading.Barrier(len(dos))

    def run(do: Callable[[], object]) -> None:
        start.wait()
        do()

    threads = [threading.Thread(target=run, args=(do,)) for do in dos]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()


def test_two_managers_who_take_at_once(office: Seeded) -> None:
    reading, answers = office.send(None), {}

    def take(name: str) -> Callable[[], None]:
        browser = office.browser(name)
        token = browser.form_token

        def do() -> None:
            answers[name] = browser.client.post(f"/readings/{reading}/take", data={"form_token": token}).status_code

        return do

    at_once(take(MANAGER), take(OTHER_MANAGER))
    assert sorted(answers.values()) == [303, 409]
    found = office.desk.store.readings.get(reading)
    assert found and len(found.handed) == 1
    assert answers[MANAGER if found.reader == office.account(MANAGER) else OTHER_MANAGER] == 303


def test_an_answer_while_the_next_draft_is_sent(office: Seeded) -> None:
    reading, readings = given_back(office), office.desk.store.readings
    second = office.keep(draft())
    answer = Answer("changed", "", datetime.now(UTC))
    at_once(lambda: readings.answer(reading, {"c1": answer}), lambda: readings.send(reading, second))
    found = readings.get(reading)
    assert found and len(found.rounds) == 2 and found.answers == {"c1": answer}


def test_handing_on_while_it_is_given_back(office: Seeded) -> None:
    reading, readings = office.send(), office.desk.store.readings
    readings.change(reading, lambda _: Said(comments=(ASKED,)))
    manager, peer = office.account(MANAGER), office.account(PEER)
    at_once(
        lambda: readings.give_back(reading),
        lambda: readings.hand(reading, peer, "peer", manager, "on leave", instead_of=manager),
    )
    found = readings.get(reading)
    assert found and found.state is State.WITH_AUTHOR and found.reader == peer
    assert [comment.id for comment in found.last.said.comments] == ["c1"]


def test_of_somebody_without_an_account_the_reader_records_the_answers(office: Seeded) -> None:
    store, manager = office.desk.store, office.account(MANAGER)
    case = store.cases.add(manager, next(iter(office.who(MANAGER).teams)), "Told").id
    check = draft()
    kept = store.drafts.keep(case, manager, check)
    reading = store.readings.ask(kept, FILING, "manager", manager, manager, author_name="Olu Adeyemi")
    store.readings.change(reading, lambda _: Said(comments=(ASKED,)))
    store.readings.give_back(reading)
    browser = office.browser(MANAGER)
    page = browser.get(f"/readings/{reading}")
    assert "Olu Adeyemi has draft 1 back since" in page and "Their answer, as told to you" in page
    browser.post(f"/readings/{reading}/answers", **{"answer-c1": "not-changed", "reason-c1": "She says it is known."})
    assert "She says it is known." in office.browser(OTHER_MANAGER).get(f"/readings/{reading}")
    office.browser(OTHER_MANAGER).post(f"/readings/{reading}/answers", 404, **{"answer-c1": "changed"})
    second = store.drafts.keep(case, manager, draft())
    browser.post(f"/checks/{second}/send")
    found = store.readings.get(reading)
    assert found and len(found.rounds) == 2


def test_a_stamp_is_shown_as_unfinished_for_good(office: Seeded) -> None:
    stamped, whole = office.send(), Said(comments=(ASKED,))
    office.desk.store.readings.change(stamped, lambda _: Said({"harm": Judgement(Status.MET)}, overall="Seems fine."))
    assert "Unfinished" not in office.browser(AUTHOR).get(f"/readings/{stamped}")  # nothing was given back yet
    office.desk.store.readings.sign_off(stamped)
    for name in (AUTHOR, MANAGER, OTHER_MANAGER):
        for address in ("/readings", f"/readings/{stamped}"):
            page = office.browser(name).get(address)
            assert "Unfinished" in page and "An empty reading: no comment was written." in page
            assert "criteria for this report were not judged." in page
    assert "1 of 35 criteria" in page
    asked = office.send()
    office.desk.store.readings.change(asked, lambda _: whole)
    office.desk.store.readings.give_back(asked)
    assert "An empty reading" not in office.browser(AUTHOR).get(f"/readings/{asked}")


def test_what_is_still_open_comes_first_and_what_is_settled_is_folded(office: Seeded) -> None:
    reading, readings = given_back(office, PRAISE, OF_ALL, ASKED), office.desk.store.readings
    page = office.browser(AUTHOR).get(f"/readings/{reading}")
    places = [page.index(f'id="comment-{each.id}"') for each in (ASKED, OF_ALL, PRAISE)]
    assert places == sorted(places)  # as the report goes, then the whole of it, then what asks for nothing
    assert f'href="/checks/{office.draft}#p{PASSAGE.paragraph}"' in page
    office.keep(draft((SENTENCES[0], "Her teacher saw bruises."), flagged=()))
    office.browser(AUTHOR).post(f"/checks/{office.draft}/send")
    readings.change(reading, lambda said: Said(settled={"c1": True, "c2": False}))
    readings.give_back(reading)
    page = office.browser(AUTHOR).get(f"/readings/{reading}")
    places = [page.index(mark) for mark in ("Still open from earlier", 'id="comment-c2"', "Round 2", "Settled: 1")]
    assert places == sorted(places) and page.index('id="comment-c1"') > places[-1]
    assert page.count('id="comment-c2"') == 1
