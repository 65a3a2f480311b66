"""What a document is: the two kinds that are judged, and everything else that people upload by mistake."""

from __future__ import annotations

import pytest

from qualitycheck.document import Document
from qualitycheck.understanding.case import ReportType, Stage
from qualitycheck.understanding.report_kind import report_kind
from tests.builders import report
from tests.understanding.documents import LONG_OTHERS, ODD_REPORTS, SHORT_OTHERS

FRONT = ("| Court | Family Court at Derby |", "| Child | Ada Lowe, born 3 May 2018 |")

SECTION7 = {
    "front sheet": report(
        "# Section 7 report",
        *FRONT,
        "| Author | Jean Marsh, family court adviser, Cafcass |",
        "## Wishes and feelings",
        "Ada told me that she likes both houses.",
    ),
    "child impact report": report(
        "# Child impact report",
        "| Case number | DE24P00123 |",
        "| Applicant | Mr Carl Lowe |",
        "Mr Lowe has applied for a child arrangements order.",
    ),
    "local authority": report(
        "# Eastmoor Council: Court report under s7 Children Act 1989",
        "Prepared by Ann Frith, social worker.",
        "The court directed this report on 3 May 2024.",
    ),
    "Cafcass Cymru": report(
        "# Adroddiad i'r Llys Teulu / Report to the Family Court",
        "Case: CF24P00211",
        "Welsh family proceedings officer: Mair Puw, Cafcass Cymru",
        "The father applies to spend time with his son.",
    ),
    "no front sheet": report(
        "# Ada",
        "The parents separated in 2021. Mr Lowe made a C100 application and the court directed this report. I am a "
        "family court adviser.",
        "The question is whether Ada should spend time with her father, and whether a child arrangements order is "
        "needed.",
    ),
    "rule 16.4": report(
        "# Report of the children's guardian under rule 16.4",
        *FRONT,
        "The father's application for a child arrangements order has been before the court for two years.",
    ),
    "wishes only": report(
        "# Wishes and feelings report",
        *FRONT,
        "The court directed a section 7 report limited to Ada's wishes and feelings.",
    ),
    "addendum": report(
        "# Addendum section 7 report",
        *FRONT,
        "This addendum updates the report of 3 May 2024 and deals with handovers.",
    ),
    "letter to a child": report(
        "# Dear Ada",
        "This is a section 7 report, written for you. The judge asked whether you should stay with Dad at weekends.",
        *(
            ["Your mum told me about school, and about the child arrangements order that she wants the judge to make."]
            * 60
        ),
        "Yours sincerely",
        "Jean Marsh, family court adviser",
    ),
}
SECTION31 = {
    "final": (
        Stage.FINAL,
        report(
            "# Children's guardian: final analysis and recommendations",
            *FRONT,
            "The care plan is for long-term foster care.",
        ),
    ),
    "initial": (
        Stage.INITIAL,
        report("# Initial analysis of the children's guardian for the CMH", *FRONT, "An interim care order is sought."),
    ),
    "interim": (
        Stage.INTERIM,
        report("# Guardian's interim analysis", *FRONT, "The threshold criteria are in dispute."),
    ),
    "position": (
        Stage.FINAL,
        report("# Position of the guardian before the IRH", *FRONT, "Supervision orders are proposed."),
    ),
    "bare front": (
        None,
        report(
            "# Malik",
            "I was appointed children's guardian for Malik on 4 March. The local authority applied for a care order.",
            "The care plan is adoption, and the IRO supports it. The threshold is conceded.",
            "Joan Peel, children's guardian",
        ),
    ),
    "table": (
        Stage.FINAL,
        report(
            "# NYAS: report for the final hearing",
            "| Case number | DE24C50123 |",
            "| Guardian | Joan Peel, children's guardian |",
            "| Applications | Care order and placement order |",
        ),
    ),
}
OTHER = {
    "a social worker's statement": [
        report(
            "# Final statement of the allocated social worker",
            "| Statement number | 3 |",
            "| Witness | Ann Frith |",
            "I am employed as a social worker by Eastmoor Council. The local authority applies for a care order.",
            "I believe that the facts stated in this witness statement are true.",
        ),
        report(
            "# Social Work Evidence Template (SWET)",
            *FRONT,
            "Care plan: long-term fostering. The threshold is met. The children's guardian agrees.",
            "Signed: Ann Frith, social worker. Statement of truth.",
        ),
    ],
    "an expert's report": [
        report(
            "# Psychological assessment of Ms Lowe",
            "Dr Peter Hay, consultant clinical psychologist, HCPC registered. Letter of instruction dated 3 May 2024.",
            "I understand that my overriding duty is to the court.",
        ),
        report(
            "# Report by the independent social worker",
            "I was instructed under Part 25 to assess Mr Lowe. I have set out my instructions from the instructing "
            "solicitor.",
            "The children's guardian and the local authority have seen a draft. A care order is sought.",
        ),
    ],
    "a position statement": [
        report(
            "# Position statement on behalf of the mother",
            "In the Family Court at Derby. The mother opposes the child arrangements order that the father seeks.",
            "The section 7 report recommends weekends.",
            "Rose Hart, counsel for the mother, Wharf Chambers",
        ),
    ],
    "a letter": [
        report(
            "Dear Mr Lowe",
            "Thank you for coming to see me. I am sorry that the report was late.",
            "Yours sincerely",
            "A. Frith",
        ),
        report("Dear Sir", "I enclose the section 7 report for filing.", "Yours faithfully", "Jean Marsh"),
    ],
    "a care plan": [
        report(
            "# Care plan (section 31A)", *FRONT, "The overall aim of the plan is adoption.", "Social worker: Ann Frith"
        ),
    ],
    "a child permanence report": [
        report(
            "# Child permanence report",
            *FRONT,
            "This report is for the agency decision maker. A placement order is sought.",
        ),
    ],
    "a safeguarding letter": [
        report(
            "# Safeguarding letter to the court",
            "| Case number | DE24P00123 |",
            "Jean Marsh, family court adviser. I have spoken to both parties by telephone before the first hearing. "
            "I have not met the child.",
        ),
    ],
    "a special guardianship": [
        report(
            "# Special guardianship assessment of Mrs Hale",
            *FRONT,
            "Made under the Special Guardianship Regulations 2005.",
        ),
        report("# Viability assessment", "Mr and Mrs Hale were seen at home. The care plan is for a family placement."),
    ],
    "a section 37 report": [
        report(
            "# Section 37 report",
            *FRONT,
            "The court directed the local authority to investigate. The parents separated in 2021.",
        ),
    ],
    "a witness statement": [
        report(
            "# Witness statement of Carl Lowe",
            "I am the father of Ada. I make this statement in support of my C100 application.",
            "I believe that the facts stated in this witness statement are true.",
        ),
    ],
    "a parenting assessment": [
        report(
            "# Parenting assessment of Ms Lowe",
            *FRONT,
            "The assessment was made over eight sessions for the care proceedings.",
        ),
    ],
    "a court order": [
        report(
            "# Order",
            "In the Family Court at Derby",
            "It is ordered that the father shall spend time with the child.",
            "Cafcass shall file a section 7 report by 3 May 2024.",
        ),
    ],
    "minutes": [
        report(
            "# Minutes of the child protection conference",
            "Present: Ann Frith (social worker), Mrs Bright (class teacher).",
        ),
    ],
    "": [
        report("# How to grow tomatoes", "Sow the seed in March. Water well."),
        report("Minuted sums for the boiler: nine hundred pounds, and a new valve."),
        report("# Annual report of the bowls club", "The club met on forty Saturdays. Fees are due in May."),
    ],
}


@pytest.mark.parametrize("document", SECTION7.values(), ids=SECTION7)
def test_a_section_7_report_is_one_whatever_its_template(document: Document) -> None:
    kind = report_kind(document)
    assert kind.type is ReportType.SECTION7, kind
    assert "section 7 report" in kind.why


@pytest.mark.parametrize(("stage", "document"), SECTION31.values(), ids=SECTION31)
def test_a_guardians_analysis_is_one_and_has_its_stage(stage: Stage | None, document: Document) -> None:
    kind = report_kind(document)
    assert kind.type is ReportType.SECTION31, kind
    assert kind.stage is stage


@pytest.mark.parametrize(
    ("what", "document"), [(what, document) for what, documents in OTHER.items() for document in documents]
)
def test_anything_else_is_other_and_says_what_it_reads_like(what: str, document: Document) -> None:
    kind = report_kind(document)
    assert kind.type is ReportType.OTHER, kind
    assert what in kind.why
    assert kind.why.endswith("nothing is judged.")
    assert kind.stage is None


def test_a_direction_for_wishes_and_feelings_alone_is_known() -> None:
    assert report_kind(SECTION7["wishes only"]).wishes_only
    assert not report_kind(SECTION7["front sheet"]).wishes_only


def test_an_addendum_says_so() -> None:
    assert report_kind(SECTION7["addendum"]).stage is Stage.ADDENDUM


def test_the_users_word_wins() -> None:
    kind = report_kind(OTHER["a care plan"][0], forced=ReportType.SECTION31)
    assert (kind.type, kind.confidence) == (ReportType.SECTION31, 1.0)


@pytest.mark.parametrize("name", ODD_REPORTS)
def test_a_report_with_a_bare_or_odd_front_is_judged(name: str) -> None:
    type_, document = ODD_REPORTS[name]
    kind = report_kind(document)
    assert kind.type is ReportType(type_), kind.why


@pytest.mark.parametrize("name", [*LONG_OTHERS, *SHORT_OTHERS])
def test_what_is_another_document_is_not_judged(name: str) -> None:
    kind = report_kind((LONG_OTHERS | SHORT_OTHERS)[name])
    assert kind.type is ReportType.OTHER, kind.why


def test_a_kind_told_by_the_body_alone_is_less_certain() -> None:
    kind = report_kind(ODD_REPORTS["no title at all"][1])
    assert kind.confidence <= 0.6 and "body" in kind.why
