"""Documents that people upload: reports with bare or odd fronts, and much else that is no such report.

The long ones share their bodies on purpose. A statement, an assessment and a report tell of the same visits and the
same wishes; only title, form, addressee and declared purpose tell them apart.
"""

from __future__ import annotations

from qualitycheck.document import Document
from tests.builders import report

PRIVATE = (
    "Mr Ivor Sandle and Ms Petra Quill lived together for nine years and parted in the spring of last year. Their "
    "daughter, Tilda, is seven. She lives with Ms Quill in the house by the canal, and until October she stayed with "
    "Mr Sandle on alternate weekends and every Wednesday. The weekends stopped after a row on the doorstep which each "
    "of them tells differently, and she has seen him four times since, in a soft play centre, with an aunt there.",
    "I saw Ms Quill at home on 4 February and 11 March and Mr Sandle at his flat on 6 February. I spoke "
    "to Tilda's class "
    "teacher, Mrs Oduya, to the school nurse and to the aunt. I read the application, both statements and the school's "
    "attendance record. The police hold one log of the row, with no further action, and nothing on anybody else in "
    "either home. The local authority has had no contact with the family.",
    "I saw Tilda twice by herself, at school. She drew a house with two front doors and told me that one of them has a "
    "bell that does not work. She said that she wants to sleep at Daddy's again and that she does not want to pack a "
    "bag in front of Mummy, because Mummy goes quiet. She asked me to tell the judge that the aunt talks all the time. "
    "I think these are her own feelings: she held to them on both days and put them in the same order.",
    "Ms Quill is a patient mother who has kept to bedtimes, reading and the orthodontist through a hard year. She told "
    "me that Mr Sandle shouted and kicked the gate, and that she was frightened. He accepts the gate and says that he "
    "was ashamed of it by the evening. Neither alleges anything else, and I asked each of them apart from the other. "
    "He has since done a short course, which he found for himself, and he could tell me what it had changed.",
    "What matters most for Tilda is that she should not have to manage her parents' faces. She is well, she is on "
    "target in everything but spelling, and she has two friends of whom she speaks constantly. She lost eleven days of "
    "school in the autumn, all of them Wednesdays or Mondays, and the teacher noticed that she had begun to carry her "
    "own clean clothes in the bottom of her reading bag. If the quarrel goes on she will be harmed by it slowly.",
    "There are three ways forward. She could go on as now, with the aunt; that keeps the peace and leaves her with two "
    "hours in a noisy room and no breakfast with her father. She could go back to the old weekends at once, which is "
    "what Mr Sandle asks; that gives her most and risks another scene at the door. Or the weekends could come back in "
    "steps, with school as the place where she is handed over, so that nobody stands on anybody's step.",
    "I recommend the third. She should live with her mother and spend every other weekend with her father from Friday "
    "at school until Monday at school, beginning with two Saturdays, and every Wednesday for tea. I have told both "
    "parents. Ms Quill is uneasy and will try it; Mr Sandle had hoped for more and will take it. I shall see Tilda at "
    "school in the week after the hearing and tell her what the court has decided and why.",
)
PUBLIC = (
    "Corin is two and his sister Ottoline is five. They were taken into police protection on a Sunday in November when "
    "a neighbour found Ottoline in the stairwell in a vest. They have lived with foster carers since, under interim "
    "care orders, and the local authority now asks the court to make care orders on a plan of long-term foster care "
    "for Ottoline, and a placement order so that Corin may be adopted. The mother asks for both of them back.",
    "I have met the mother, Ms Jodie Farrant, three times, and the father, Mr Lee Haddow, once, in prison. I have met "
    "the maternal grandmother, the foster carers, the health visitor and the reception teacher. I saw Ottoline by "
    "herself at school on two days and in the foster home on another, and Corin in the foster home. I have spoken to "
    "the independent reviewing officer, who shares the social worker's view of the plan for Ottoline.",
    "The threshold is agreed. The mother accepts that from June until November she drank every day, that the children "
    "went without meals, and that Ottoline was left in charge of Corin at night. The police records bear her out and "
    "add two occasions on which Mr Haddow was arrested at the flat for assaulting her. Both children have been caught "
    "up in this, and Ottoline still hides bread. The local authority's records go back to before she was born.",
    "Ottoline told me that she would like to live with Nana and visit Mum when Mum has had her "
    "breakfast. She asked who "
    "was making Corin's bottle. She wants somebody to know that he will not sleep without the light. She is wary of "
    "promises and asked me twice whether the judge writes things down. Corin cannot say what he wants; he goes to his "
    "foster carer when he is tired and looks for his sister when she leaves the room.",
    "The mother has been sober for eleven weeks and is proud of it, as she should be. The alcohol service's worker "
    "thinks that a year is the first point at which anybody could be confident. She did not come to nine of the "
    "thirty sessions of family time, and when she does come she is warm and quick. The grandmother is sixty-eight and "
    "can offer Ottoline a home; she does not think that she could manage Corin as well, and says so with sorrow.",
    "I have looked at each of the realistic options for each child. Home with the mother would keep the children "
    "together and risk another November. The grandmother would give Ottoline her family, her school and her own bed; "
    "she would need an allowance and somebody to telephone. Long-term foster care would keep the children within a "
    "bus ride of each other. Adoption would give Corin parents for life and would take him from his sister.",
    "I recommend that Ottoline live with her grandmother under a supervision order for a year, and that a care order "
    "and a placement order be made for Corin. The care plan should say how often the children will meet, and it does "
    "not. I have told the mother, the grandmother and the social worker what I shall say. I shall explain the decision "
    "to Ottoline at school, with her teacher there, and leave her a card with my number on it.",
)
_WIDER = (
    "Daily life is ordinary in the best sense. There is a hook for every coat, a rota on the fridge that nobody keeps, "
    "and a cat who is blamed for things. On the afternoon of my visit there was a dispute about a felt-tip pen, which "
    "was settled without anybody raising a voice, and after it there was toast. I saw affection that was easy and "
    "correction that was mild. Where I thought that an adult had missed something I have said so in its place.",
    "Health has been followed closely. Immunisations are up to date, the dentist has been seen, and the optician's "
    "letter is on the file. There is a mild eczema which flares in winter and for which there is a cream. The school "
    "nurse has no concerns about weight or height. Sleep was poor in the autumn and is better now. "
    "Nobody has asked for "
    "help from the child and adolescent mental health service and I do not think that it is needed at present.",
    "The wider family is large on one side and scattered on the other. There are cousins of the same age who come on "
    "Sundays, and a great-uncle who mends bicycles and is much quoted. The other side sends parcels at birthdays and "
    "speaks by video on the first of the month. Both matter, and neither has been encouraged as much as it could have "
    "been. The adults told me that they would do better at this, and I believe that they mean it.",
)


def _private(*front: str, end: tuple[str, ...] = ()) -> Document:
    return report(*front, *PRIVATE, *_WIDER, *end)


def _public(*front: str, end: tuple[str, ...] = ()) -> Document:
    return report(*front, *PUBLIC, *_WIDER, *end)


def _headed(paragraphs: tuple[str, ...], *headings: str) -> tuple[str, ...]:
    """The paragraphs, each under one of the headings as far as those go."""
    pairs = zip(paragraphs, (*headings, *[""] * len(paragraphs)), strict=False)
    return tuple(line for text, heading in pairs for line in ((f"## {heading}", text) if heading else (text,)))


ODD_REPORTS: dict[str, tuple[str, Document]] = {
    "a name for a title": ("section7", _private("# Tilda")),
    "no title at all": ("section7", _private(end=("B. Marrack", "14 March 2026"))),
    "a council's own template": (
        "section7",
        _private("# Children's Services: Court Work Team", "| Worker | Bryn Marrack |", "| Date | 14 March 2026 |"),
    ),
    "headings as questions": (
        "section7",
        report(
            "# What should happen for Tilda?",
            *_headed(PRIVATE, "Who are we?", "Who did I see?", "What does she say?", "Are they safe?", "So what?"),
            *_WIDER,
        ),
    ),
    "Welsh headings": (
        "section7",
        report(
            "# Adroddiad i'r llys",
            "| Plentyn | Tilda Sandle-Quill, 3 June 2018 |",
            *_headed(PRIVATE, "Cefndir", "Ymholiadau", "Dymuniadau", "Y rhieni", "Anghenion", "Dewisiadau"),
            *_WIDER,
        ),
    ),
    "a letter to the child": (
        "section7",
        _private("Dear Tilda,", "The judge asked me to find out what would be best for you, and this is what I found."),
    ),
    "a letter to the court": (
        "section7",
        _private("Sir,", "I report as I was asked to.", end=("Yours faithfully,", "Bryn Marrack")),
    ),
    "an essay": ("section7", _private("# Two front doors", "*By the adviser to whom the court gave this case.*")),
    "a guardian's letter to the judge": (
        "section31",
        _public(
            "Dear Judge,",
            "I write as guardian for Corin and Ottoline and ask you to take this letter as my analysis.",
            end=("Yours faithfully,", "Mena Trask"),
        ),
    ),
    "names for a title, public law": ("section31", _public("# Corin and Ottoline")),
    "no title, public law": ("section31", _public(end=("Mena Trask",))),
    "questions, public law": (
        "section31",
        report(
            "# Where should Corin and Ottoline grow up?",
            *_headed(PUBLIC, "What is asked?", "Whom did I meet?", "What happened?", "What does she say?"),
            *_WIDER,
        ),
    ),
}

LONG_OTHERS: dict[str, Document] = {
    "social work statement": _public(
        "# Social Work Evidence Template: final statement",
        "| Statement number | 3 |",
        end=("I believe that the facts stated in this statement are true.",),
    ),
    "social work statement without a title": _public(
        "| Name of witness | Aled Corrigan |",
        "| Position | Allocated social worker, Fenmouth Council |",
        "I make this statement on behalf of the applicant local authority in support of its application.",
        end=("This statement is true to the best of my knowledge and belief.", "A. Corrigan"),
    ),
    "psychologist": _public(
        "# Psychological report on Ms Jodie Farrant and her children",
        "Dr Hester Voss, consultant clinical psychologist, HCPC registered",
        "I am instructed jointly by the solicitors for the parties, whose letter of instruction is annexed.",
        end=(
            "I understand that my duty is to help the court and that it overrides any obligation to those who pay me.",
        ),
    ),
    "independent social worker's parenting assessment": _public(
        "# Parenting assessment of Ms Jodie Farrant", "Completed by Oona Birch, independent social worker."
    ),
    "special guardianship assessment": _public(
        "# Special guardianship report: Mrs Patricia Farrant",
        "This report follows the Schedule to the Special Guardianship Regulations 2005.",
    ),
    "connected person": _public("# Connected Person Assessment (Form C)", "| Applicant | Patricia Farrant |"),
    "child permanence report": _public(
        "# Child Permanence Report", "| Child | Corin Farrant |", "| Agency | Fenmouth |"
    ),
    "care plan": _public(
        "# Section 31A care plan", "The overall aim of this plan is long-term foster care for Ottoline."
    ),
    "section 37": _private("# Report under section 37 of the Children Act 1989", "| Local authority | Fenmouth |"),
    "position statement": _private(
        "# Position statement on behalf of the father", end=("Rafe Linden, counsel for the father, Quay Chambers",)
    ),
    "judgment": _public(
        "# IN THE FAMILY COURT AT FENMOUTH: JUDGMENT", "[2026] EWFC 911 (B)", "Her Honour Judge Pellew:"
    ),
    "father's witness statement": _private(
        "# Statement of Ivor Sandle",
        "I am the father of Tilda and make this statement in support of my application.",
        end=("I believe that the facts stated in this witness statement are true.",),
    ),
    "child protection conference": _public(
        "# Minutes of the initial child protection conference", "Present: chair, social worker, health visitor, police."
    ),
    "child and family assessment": _private("# Child and Family Assessment", "| Reason for assessment | Referral |"),
    "letter to a solicitor": _private(
        "Messrs Hallow & Pine, Solicitors, 4 Corn Street",
        "Our ref: BM/88",
        "Dear Sirs,",
        "Re: Tilda. We refer to your letter of 3 March and set out our client's case.",
        end=("Yours faithfully,", "Denby Cross LLP"),
    ),
}

_TALE = (
    "The tide had gone out further than Wenna had ever seen it, and the wreck stood up black out of the mud with all "
    "its ribs showing. Her brother would not come down the ladder. He sat on the top rung with his boots in his hand "
    "and said that their mother had told them both, and that she would know. She always knew. Wenna went on without "
    "him, sinking to the shin at every step, and did not look back until she could smell the tar."
)
LONG_OTHERS["a chapter of a novel"] = report("# Chapter Eleven", *[_TALE for _ in range(14)])
LONG_OTHERS["a tenancy agreement"] = report(
    "# Assured shorthold tenancy agreement",
    *[
        f"{number}. The tenant shall keep the premises in good repair, shall not keep any animal without the "
        f"landlord's "
        "consent in writing, shall permit the landlord's agent to enter on twenty-four hours' notice, and "
        "shall pay the "
        "rent on the first day of each month by standing order to the account that the landlord names."
        for number in range(1, 26)
    ],
)

SHORT_OTHERS: dict[str, Document] = {
    "invoice": report("# Invoice 2207", "| Two hours' interpreting, Polish | £90.00 |", "Payable within thirty days."),
    "covering letter": report(
        "Dear Ms Crane,", "Please find enclosed the section 7 report in this matter.", "Yours sincerely,", "Jo Pell"
    ),
    "letter to solicitors": report(
        "Dear Sirs,", "We act for the mother and write about handovers at half term.", "Yours faithfully,", "Orme & Co"
    ),
    "safeguarding letter": report(
        "# Safeguarding letter to the court",
        "This letter is prepared before the first hearing. I have not spoken to the child.",
    ),
    "schedule 2 letter": report(
        "# Schedule 2 letter", "Police checks show nothing. I spoke to each parent by telephone."
    ),
    "care plan": report("# Care plan for Corin", "The overall aim of the plan is a return home."),
    "pathway plan": report("# Pathway plan", "Kit is seventeen and would like to live in a flat near college."),
    "child in need plan": report("# Child in need plan", "| What needs to happen | By whom |", "| Beds | Housing |"),
    "personal education plan": report("# Personal Education Plan", "Ottoline is in reception and enjoys numbers."),
    "order": report(
        "# ORDER",
        "Upon hearing counsel for the mother and the father",
        "It is ordered that the child lives with her mother.",
    ),
    "judgment": report(
        "# Approved judgment", "Neutral citation: [2025] EWFC 77 (B)", "This is an application by the father."
    ),
    "minutes": report("# Minutes of the core group", "Present: social worker, school, mother.", "Next meeting in May."),
    "review": report(
        "# Looked after child review", "Chaired by the independent reviewing officer.", "The care plan was agreed."
    ),
    "contact notes": report("# Contact record", "Mother arrived at ten. Corin ran to her. They played with bricks."),
    "chronology": report("# Chronology", "| 3 May 2024 | Referral by school |", "| 9 May 2024 | Home visit |"),
    "medical report": report("# Paediatric medical report", "On examination there were two bruises, each of 2 cm."),
    "hair strand": report("# Hair strand test results", "Cocaine was detected in each of three sections."),
    "psychiatric report": report("# Psychiatric report", "Dr Lyle, consultant psychiatrist, GMC number 0000000."),
    "DNA": report("# DNA parentage report", "The probability of paternity is greater than 99.99 per cent."),
    "skeleton": report("# Skeleton argument for the mother", "The mother opposes the application for three reasons."),
    "case summary": report("# Case summary prepared by the local authority", "The issues for this hearing are below."),
    "mother's statement": report("# Statement of Ms Petra Quill", "I am the mother and will say as follows."),
    "affidavit": report("# Affidavit", "I, Ivor Sandle, make oath and say as follows."),
    "viability": report("# Viability assessment", "Mrs Farrant is sixty-eight and owns her home."),
    "foster carer's log": report("Tuesday. Corin ate everything and slept from seven until five. No phone call."),
    "school newsletter": report("# Newsletter", "The harvest assembly is on Friday. Please send tins."),
    "recipe": report("# Leek and potato soup", "Sweat the leeks in butter until they are soft."),
    "essay on law": report(
        "# The welfare checklist: an essay", "Section 1(3) lists seven matters. Courts have said much about each."
    ),
    "email": report(
        "From: Jo Pell", "To: duty team", "Subject: visit tomorrow", "Can somebody cover my visit at four?"
    ),
    "empty": report("Draft"),
    "complaint": report("# Complaint", "I am writing to complain about the way in which my family was treated."),
    "instruction": report(
        "# Letter of instruction to an expert", "Dear Dr Voss,", "You are asked to assess the mother."
    ),
}

ODD_REPORTS |= {
    "papers named in the first paragraph": (
        "section7",
        _private(
            "# Court report", "I have read the safeguarding letter, the statements and the section 37 report of 2023."
        ),
    ),
    "an assessment for the court": (
        "section7",
        _private("# Assessment for the Family Court: Tilda", "| Completed by | Jo Pell, social worker |"),
    ),
    "a letter that is the report": (
        "section7",
        _private("# Letter to Tilda and report to the court", "Dear Tilda,", end=("With best wishes,", "Jo")),
    ),
    "experts named in the first paragraph": (
        "section7",
        _private(
            "# A report for District Judge Lamb",
            "Before the first hearing the parents agreed on Wednesdays. Dr Voss, consultant psychologist, has "
            "reported. "
            "There is a position statement by counsel for the father.",
        ),
    ),
    "a council social worker": (
        "section7",
        _private(
            "# In the Family Court at Fenmouth",
            "REPORT",
            "I am a social worker employed by Fenmouth Council, which was asked for this report.",
        ),
    ),
    "her views and mine": (
        "section7",
        _private("# Tilda's views, and mine", "Minutes of the review meeting of 3 January have been sent to me."),
    ),
    "a bare analysis": ("section31", _public("# Analysis", "M. Trask, for the children")),
    "for the final hearing": (
        "section31",
        _public(
            "# Report on Corin and Ottoline for the final hearing",
            "The psychologist's report, the parenting assessment and the special guardianship assessment have "
            "been read.",
        ),
    ),
    "a letter to the children": (
        "section31",
        _public(
            "Dear Corin and Ottoline,", "I am your guardian. The judge will read this too.", end=("Love from Mena",)
        ),
    ),
}
LONG_OTHERS |= {
    "statement": _public("# Statement", "1. I am a social worker employed by Fenmouth Council."),
    "final evidence": _public(
        "# Final evidence of the local authority", "Filed on behalf of the applicant local authority"
    ),
    "assessment of a grandmother": _public("# Assessment of Patricia Farrant as special guardian"),
    "reviewing officer": _public("# Independent Reviewing Officer's report to the review"),
    "case note": _public("# Case note", "Case discussed with the team manager."),
    "threshold": _public("# Threshold document", "The local authority relies on the following."),
    "response": _private("# Response to the section 7 report", "1. The father does not accept the recommendation."),
    "critique": _private("# Critique of the section 7 report by an independent expert"),
    "mediation": _private("# Mediation summary", "This is confidential and without prejudice."),
    "family group conference": _public("# Family group conference: record and plan"),
    "letter to the mother": _private(
        "Dear Ms Quill,", "Thank you for meeting me.", end=("Yours sincerely,", "Jo Pell")
    ),
    "letter before action": _public("# Pre-proceedings letter before action", "Dear Ms Farrant,"),
}
