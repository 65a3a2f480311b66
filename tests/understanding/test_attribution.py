"""Who speaks in a sentence: each voice, in the sections where it is met, and what goes on from one sentence to the "
"next."""

from __future__ import annotations

import pytest

from qualitycheck.understanding import understand
from qualitycheck.understanding.case import Sentence, Voice
from tests.builders import report

FRONT = (
    "# Section 7 report",
    "| Court | Family Court at Derby |",
    "| Child | Ada Lowe, born 3 May 2018 |",
    "| Mother | Ms Rhian Lowe |",
    "| Father | Mr Carl Hume |",
    "| Author | Jean Marsh, family court adviser |",
)


def sentences(heading: str, *lines: str) -> list[Sentence]:
    case = understand(report(*FRONT, f"## {heading}", *lines))
    last = case.document.sections[-1].index
    return [sentence for sentence in case.sentences if sentence.section == last and not sentence.heading]


def voices(heading: str, *lines: str) -> list[str]:
    return [sentence.voice.value for sentence in sentences(heading, *lines)]


@pytest.mark.parametrize(
    ("heading", "text", "voice"),
    [
        ("Visits", "I saw Ada alone at school on 3 June 2024.", "observed"),
        ("Visits", "On my visit she was asleep for the first half hour.", "observed"),
        ("Visits", "When I arrived, Mr Hume was sitting on the step.", "observed"),
        ("Ada", "She showed me the shelf where her shells are kept.", "observed"),
        ("Ms Lowe", "Ms Lowe told me that Ada sleeps badly.", "told"),
        ("Ms Lowe", "According to her mother, Ada sleeps badly.", "told"),
        ("Ms Lowe", "Ms Lowe wants the weekends to end.", "told"),
        ("Ms Lowe", "Her main worry is the drive home.", "told"),
        ("School", "Mrs Bright, the class teacher, said that Ada reads well.", "told"),
        ("School", "The health visitor, Mrs Sallis, has no concern and told me so.", "told"),
        ("Checks", "Police records show two call-outs in 2021.", "document"),
        ("Checks", "South Yorkshire Police hold nothing on either parent.", "document"),
        ("Checks", "The school's attendance printout gives 96 per cent.", "document"),
        ("Checks", "Mr Hume's statement says that he moved in May (C12).", "document"),
        ("Background", "Ada missed nine days of school (attendance log).", "document"),
        ("Issues", "Ms Lowe alleges that Mr Hume pushed her.", "alleged"),
        ("Issues", "It is alleged that he followed her home.", "alleged"),
        ("Issues", "Ms Lowe claims that he reads her messages.", "alleged"),
        ("Issues", "Mr Hume denies this.", "denied"),
        ("Issues", "Mr Hume does not accept that he raised his voice.", "denied"),
        ("Issues", "The allegation is disputed.", "denied"),
        ("Issues", "Mr Hume accepts that he threw the cup.", "admitted"),
        ("Issues", "By his own account he left the oven on.", "admitted"),
        ("Issues", "He pleaded guilty to common assault.", "admitted"),
        ("Background", "District Judge Farr found that he had pushed her.", "found"),
        ("Background", "A non-molestation order was made on 3 May 2023.", "found"),
        ("Background", "Mr Hume was convicted of assault in 2020.", "found"),
        ("Analysis", "In my view Ada needs a settled week.", "judgement"),
        ("Analysis", "Weekends would give her time with her cousins.", "judgement"),
        ("Analysis", "The risk is low while Mrs Hume is in the house.", "judgement"),
        ("Recommendation", "I recommend that Ada lives with her mother.", "judgement"),
        ("Analysis", "It is the view of the council that the tenancy is safe.", "judgement"),
        ("Background", "The parents met in 2014 and married the next year.", "plain"),
        ("Background", "They live in a flat above a shop.", "plain"),
        ("Sharing this report", "I telephoned Mr Hume on 5 June.", "plain"),
        ("Analysis", "He did it when she asked, and the police log records it.", "document"),
    ],
)
def test_the_voice_of_a_sentence(heading: str, text: str, voice: str) -> None:
    assert voices(heading, text) == [voice]


def test_the_first_cue_decides() -> None:
    assert voices("Ms Lowe", "Ms Lowe told me that Mr Hume denies it.") == ["told"]
    assert voices("Mr Hume", "Mr Hume denies that he told her so.") == ["denied"]
    assert voices("Analysis", "I accept what Ms Lowe told me.") == ["judgement"]


def test_a_reported_account_goes_on_until_the_author_speaks() -> None:
    assert voices(
        "Ms Lowe",
        "Ms Lowe told me that mornings are hard. On Mondays he is late. She does the school run alone. "
        "I consider that she manages well.",
    ) == ["told", "told", "told", "judgement"]


def test_an_account_ends_with_its_paragraph() -> None:
    assert voices("Ms Lowe", "Ms Lowe told me that mornings are hard.", "She is 31.") == ["told", "plain"]


def test_a_list_under_a_speaker_is_the_speakers() -> None:
    found = sentences("Positions", "Mr Hume says:", "- Ada likes the farm", "- the drive is short")
    assert [(s.voice, s.speaker) for s in found] == [(Voice.TOLD, "father")] * 3


def test_quoted_sentences_are_their_speakers() -> None:
    found = sentences("Wishes and feelings", "Ada said, 'I like the farm. I want to stay longer.' She drew a cow.")
    assert [s.voice for s in found][:2] == [Voice.TOLD, Voice.TOLD]
    assert {s.speaker for s in found[:2]} == {"child-1"}


def test_speakers_are_known_by_name_role_and_pronoun() -> None:
    found = sentences(
        "Family",
        "Ms Lowe told me that Ada sleeps badly. She said that the room is cold. The father denies it. He says it is "
        "warm.",
    )
    assert [s.speaker for s in found] == ["mother", "mother", "father", "father"]


def test_about_resolves_a_safe_pronoun() -> None:
    found = sentences("Mr Hume", "Mr Hume works nights. He has moved twice.")
    assert [s.about for s in found] == [frozenset({"father"}), frozenset({"father"})]


@pytest.mark.parametrize(
    "text",
    [
        "The ascertainable wishes and feelings of the child concerned (considered in the light of his age and "
        "understanding).",
        "Section 1(5) provides that the court shall not make the order or any of the orders unless it considers that "
        "doing so "
        "would be better for the child than making no order at all.",
        "A court may only make a care order if it is satisfied that the child concerned is suffering, or is likely "
        "to suffer, "
        "significant harm.",
        "Any harm which he has suffered or is at risk of suffering.",
    ],
)
def test_statutory_wording_is_nobodys_own(text: str) -> None:
    assert [s.statutory for s in sentences("Welfare checklist", text)] == [True]


@pytest.mark.parametrize(
    "text",
    [
        "Ada's physical needs are met by both parents.",
        "Ada is likely to suffer significant harm if the weekends go on, because nobody wakes when she coughs.",
        "An order would be better for Ada than none, since the last agreement lasted a week.",
    ],
)
def test_the_authors_own_words_are_not_statutory(text: str) -> None:
    assert not any(s.statutory for s in sentences("Analysis", text))
