"""What in a document speaks for its kind: the two that are judged, and those that people upload by mistake.

Each cue speaks for one kind with a weight. Cues near the top (title and front sheet) and at the end (the signature)
count for more than those in running text, which mentions other documents all the time.
"""

from __future__ import annotations

from dataclasses import dataclass

import re2


@dataclass(frozen=True, slots=True)
class Cue:
    kind: str  # "section7", "section31" or the name of another document
    weight: float
    where: str  # "title", "head", "opening", "tail", "any"
    pattern: re2._Regexp[str]
    says: str


def _cue(kind: str, weight: float, where: str, pattern: str, says: str) -> Cue:
    return Cue(kind, weight, where, re2.compile(f"(?i){pattern}"), says)


STATEMENT = "a social worker's statement"
EXPERT = "an expert's report"
POSITION = "a position statement"
LETTER = "a letter"
PLAN = "a care plan"
CPR = "a child permanence report"
SAFEGUARDING = "a safeguarding letter"
SGO = "a special guardianship or connected person assessment"
S37 = "a section 37 report"
RESPONSE = "a response to a report"
WITNESS = "a witness statement"
ORDER = "a court order or judgment"
PARENTING = "a parenting assessment"
MINUTES = "minutes or a record of a meeting"

CUES = (
    # section 7
    _cue("section7", 6, "head", r"\bsection 7\b|\bs\.? ?7\b(?:\(1\))?|\bs7\b|sec(?:tion|\.) ?7 ", "it says section 7"),
    _cue(
        "section7",
        3,
        "opening",
        r"\b(?:under|pursuant to|within|of|a) (?:section|s\.?) ?7\b|\bsection 7 (?:report|of the children act)",
        "it says section 7",
    ),
    _cue(
        "section7",
        4,
        "title",
        r"child(?:ren)?(?:'s)? impact (?:report|analysis|assessment)|welfare report|wishes and feelings report"
        r"|private law",
        "its title",
    ),
    _cue("section7", 4, "head", r"\brule 16\.4\b|\br\.? ?16\.4\b", "a rule 16.4 guardian writes it"),
    _cue(
        "section7",
        2.5,
        "head",
        r"child arrangements|\bc100\b|prohibited steps|specific issue|section 8\b|\bFHDRA\b|\bDRA\b|time with (?:his"
        r"|her|their)|\b(?:[A-Z]{2}\d\dP\d{4,6})\b",
        "child arrangements are in question",
    ),
    _cue(
        "section7",
        2,
        "opening",
        r"child arrangements|\bc100\b|prohibited steps order|specific issue order|spend time with|lives? with order"
        r"|relocat|private law",
        "child arrangements are in question",
    ),
    _cue(
        "section7",
        2,
        "head",
        r"family court advis[eo]r|\bfca\b|family proceedings officer|cafcass officer",
        "a family court adviser writes it",
    ),
    _cue(
        "section7",
        1,
        "tail",
        r"family court advis[eo]r|\bfca\b|cafcass officer|family proceedings officer",
        "a family court adviser signs it",
    ),
    _cue(
        "section7",
        1.5,
        "any",
        r"(?:directed|ordered|asked for|requested) (?:this report|a (?:section 7|welfare) report|cafcass"
        r"|the local authority to (?:report|file))",
        "the court directed it",
    ),
    _cue(
        "section7", 1, "any", r"the (?:parents|parties) (?:separated|have been separated)", "the parents are separated"
    ),
    _cue("section7", 1, "any", r"child arrangements order", "child arrangements orders are weighed"),
    # section 31 guardian
    _cue(
        "section31",
        6,
        "title",
        r"guardian'?s? (?:\w+ ){0,3}(?:analysis|report|position|recommendation|case analysis)|(?:analysis|report"
        r"|position|recommendations) (?:\w+ ){0,3}(?:of|by|from) the (?:children'?s |child'?s )?guardian",
        "its title names a guardian's analysis",
    ),
    _cue(
        "section31",
        4,
        "head",
        r"(?:children|child)'?s'? guardian\b|\bguardian's (?:final|initial|interim|analysis|report|case)|\bcg\b",
        "a children's guardian writes it",
    ),
    _cue("section31", 2.5, "tail", r"(?:children|child)'?s'? guardian\b|^guardian\b", "a children's guardian signs it"),
    _cue(
        "section31",
        2.5,
        "opening",
        r"\bI (?:(?:am|write as|report as|speak as|was appointed)(?: as)?)(?: the| their| his| her)? "
        r"(?:(?:children|child)'?s'? )?guardian\b|my appointment|i was appointed",
        "the author is the guardian",
    ),
    _cue(
        "section31",
        2,
        "head",
        r"section 31\b|\bs\.? ?31\b|care order|care proceedings|placement order|part (?:4|iv)\b|public law|\bIRH\b"
        r"|\bCMH\b|supervision order|\b(?:[A-Z]{2}\d\dC\d{4,6})\b",
        "care proceedings are in question",
    ),
    _cue(
        "section31",
        1.5,
        "any",
        r"care plan|interim care order|care proceedings|threshold",
        "care proceedings are in question",
    ),
    _cue("section31", 1, "any", r"\b(?:independent reviewing officer|IRO)\b", "the reviewing officer is consulted"),
    # other documents
    _cue(
        RESPONSE,
        20,
        "title",
        r"^\W*(?:\w+(?:'s)? ){0,3}(?:(?:response|reply|objections?|corrections) to"
        r"|(?:comments|critique|questions) (?:on|of|about|for)"
        r"|letter (?:about|enclosing)) (?:the )?(?:\w+(?:'s)? ){0,3}(?:report|analysis|guardian)",
        "its title answers a report",
    ),
    _cue(
        STATEMENT,
        7,
        "title",
        r"^\W*(?:\w+ )?statement\W*$|threshold (?:document|statement|criteria)|schedule of findings",
        "its title is that of a statement",
    ),
    _cue(
        STATEMENT,
        5,
        "opening",
        r"\bI make this (?:\w+ )?statement (?:on behalf|in support of the (?:local|council))",
        "it says that it is a statement",
    ),
    _cue(
        STATEMENT,
        7,
        "title",
        r"social work(?:er)?(?:'s)? (?:\w+ )?(?:evidence )?statement|\bSWET\b|statement (?:of"
        r"|by) (?:the )?(?:allocated )?social worker|(?:initial|final|interim|further|updating|second"
        r"|third) (?:social work )?statement (?:of|by|from)|social work (?:evidence|statement)",
        "its title is that of a social worker's statement",
    ),
    _cue(
        STATEMENT,
        5,
        "head",
        r"social work evidence template|\bSWET\b|statement (?:number|no\b)"
        r"|on behalf of the applicant,? (?:local authority|the council)|(?:name of )?witness\b|this statement is made",
        "it is set out as a statement",
    ),
    _cue(
        WITNESS,
        7,
        "title",
        r"(?:witness statement|statement of (?:mr|mrs|ms|miss|the (?:mother|father|applicant|respondent))|affidavit)",
        "its title is that of a witness statement",
    ),
    _cue(
        WITNESS,
        4,
        "opening",
        r"i make this (?:witness )?statement|will say as follows|i am the (?:mother|father|applicant|respondent"
        r"|grandmother|paternal|maternal)",
        "a party writes it as a statement",
    ),
    _cue(
        STATEMENT,
        4,
        "tail",
        r"(?:i|the witness) believes? that the facts stated|statement of truth|proceedings for contempt",
        "it ends with a statement of truth",
    ),
    _cue(
        STATEMENT,
        2,
        "any",
        r"believe that the facts stated in this (?:witness )?statement are true|procedural fairness",
        "it has a statement of truth",
    ),
    _cue(
        STATEMENT,
        3,
        "opening",
        r"i am (?:the allocated |a |employed as a )?(?:qualified )?social worker (?:employed |with |in |for )"
        r"|on behalf of the (?:applicant )?local authority|the local authority (?:seeks|applies|is seeking"
        r"|is applying)|this statement",
        "a social worker speaks for the local authority's application",
    ),
    _cue(
        EXPERT,
        7,
        "title",
        r"psycholog|psychiatr|paediatric|medical report|expert(?:'s|'s)? report|expert witness|radiolog|hair strand"
        r"|toxicolog|dna\b|cognitive (?:assessment|functioning)|independent social work(?:er)?(?:'s)? (?:report"
        r"|assessment)|(?:report|assessment) (?:by|of) (?:the |an )?independent social worker|\bISW\b",
        "its title is that of an expert's report",
    ),
    _cue(
        EXPERT,
        4,
        "head",
        r"consultant (?:\w+ ){0,2}(?:psycholog|psychiatr|paediatric|radiolog)|chartered psychologist|HCPC"
        r"|GMC (?:number|no)|letter of instruction|instructing solicitors?|\bpart 25\b|independent social worker(?:,"
        r"|$)",
        "an expert writes it on instruction",
    ),
    _cue(
        EXPERT,
        4,
        "any",
        r"i understand that my (?:overriding )?duty (?:is to|to) (?:help |assist )?the court"
        r"|expert(?:'s)? declaration|practice direction 25b|duties? (?:as|of) an expert|my overriding duty"
        r"|psychometric|letter of instruction",
        "it declares an expert's duty or instruction",
    ),
    _cue(
        POSITION,
        7,
        "title",
        r"position statement|skeleton argument|case (?:outline|summary)|opening note|submissions",
        "its title is that of a position statement",
    ),
    _cue(
        POSITION,
        3,
        "opening",
        r"(?:filed|prepared|made) on behalf of (?:the )?(?:mother|father|applicant|respondent|local authority"
        r"|children)|counsel for (?:the )?(?:mother|father|applicant|respondent|local authority)|the (?:mother"
        r"|father)'s position is",
        "it argues a party's case",
    ),
    _cue(
        POSITION,
        2.5,
        "tail",
        r"counsel for|solicitors? for the|\bchambers\b|(?:king|queen)'s counsel|\bbarrister\b",
        "counsel or a solicitor signs it",
    ),
    _cue(
        SAFEGUARDING,
        7,
        "title",
        r"safeguarding (?:letter|information|enquiries)|schedule 2 letter",
        "its title is that of a safeguarding letter",
    ),
    _cue(
        SAFEGUARDING,
        5,
        "opening",
        r"this (?:is a |is the )?(?:safeguarding (?:checks )?|schedule 2 )?letter (?:is|was|has been|sets|gives|to)"
        r"[^.]{0,60}(?:before|prior to|ahead of|in advance of|for) the (?:first hearing|FHDRA)"
        r"|this (?:is a |is the )?(?:safeguarding (?:checks )?|schedule 2 )letter"
        r"|i have not (?:spoken to|met|seen) the child",
        "it is written before the first hearing, without the child",
    ),
    _cue(
        LETTER,
        5,
        "head",
        r"\bdear (?:sir|madam|mr|mrs|ms|miss|dr|all|colleague|judge|[A-Z])",
        "it is addressed as a letter",
    ),
    _cue(LETTER, 5, "title", r"letter to (?:the )?court", "its title is that of a letter"),
    _cue(LETTER, 3, "tail", r"yours (?:sincerely|faithfully|truly)|kind regards|best wishes", "it closes as a letter"),
    _cue(
        PLAN,
        8,
        "title",
        r"^(?:\W*\w+(?:'s)? ){0,4}(?:(?:final |interim |section 31a )?care plan|pathway plan|child protection plan"
        r"|child in need plan|support plan|personal education plan|placement plan)",
        "its title is that of a care plan",
    ),
    _cue(
        PLAN,
        3,
        "opening",
        r"overall aim of the (?:care )?plan|this (?:care )?plan (?:sets out|is)|date of (?:next )?review"
        r"|views about the care plan",
        "it sets out a plan",
    ),
    _cue(
        CPR,
        8,
        "title",
        r"child(?:'s)? permanence report|annex b\b|adoption (?:report|support plan)|prospective adopter"
        r"|adopter report|placement report|section 84",
        "its title is that of a permanence or adoption report",
    ),
    _cue(
        SGO,
        8,
        "title",
        r"assessment of .{0,60}\bas (?:an? )?(?:\w+ )?(?:special guardians?|carers?|kinship|connected|foster|adopters?)"
        r"|special guardianship (?:assessment|report|support)|\bSGO (?:assessment|report)"
        r"|connected persons?(?:'s)? assessment|viability assessment|kinship assessment|form c\b|fostering assessment",
        "its title is that of an assessment of carers",
    ),
    _cue(
        SGO,
        4,
        "opening",
        r"schedule to the special guardianship regulations|special guardianship regulations 2005|assessment of (?:mr"
        r"|mrs|ms|miss)\b.{0,60}as (?:special guardians?|connected|kinship)"
        r"|prospective special guardian.{0,40}assessment",
        "it assesses proposed carers",
    ),
    _cue(S37, 9, "title", r"section 37\b|\bs\.? ?37\b", "its title says section 37"),
    _cue(
        S37,
        5,
        "opening",
        r"(?:this|my|the present) (?:report|investigation)[^.]{0,80}(?:section|s\.?) ?37\b"
        r"|(?:ordered|directed)[^.]{0,60}(?:to (?:undertake|carry out|investigate)"
        r"|an investigation)[^.]{0,40}(?:section|s\.?) ?37\b",
        "it answers a section 37 direction",
    ),
    _cue(
        PARENTING,
        7,
        "title",
        r"parenting assessment|\bPAMS\b|assessment of parenting|child and family assessment|single assessment"
        r"|core assessment|risk assessment|section 16a|section 47|pre-birth assessment|early help assessment",
        "its title is that of an assessment",
    ),
    _cue(
        ORDER,
        7,
        "title",
        r"^\W*(?:in the .{0,80})?(?:order\b|judgment|judgement|approved judgment)|neutral citation|\bEWFC\b|\bEWHC\b"
        r"|\bEWCA\b|it is ordered",
        "it reads as an order or judgment",
    ),
    _cue(
        ORDER,
        4,
        "opening",
        r"it is ordered that|penal notice|upon hearing|and upon|\bewfc\b \d|approved judgment",
        "it reads as an order or judgment",
    ),
    _cue(
        MINUTES,
        7,
        "title",
        r"minutes|mediation|family (?:group )?(?:conference|meeting)|case (?:note|record)|supervision (?:note|record)"
        r"|reviewing officer's? (?:report|record)|mid-?way review|(?:foster carer's|daily|visit) (?:log|diary|notes?)"
        r"|meeting (?:notes|record)|case conference|review meeting|core group|looked after (?:child )?review"
        r"|agenda|chronology$|transcript|contact (?:record|notes|log)|supervised contact",
        "its title is that of a record",
    ),
)
