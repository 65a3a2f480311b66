"""What each section is for, whatever its heading says.

A heading is read first; where it says nothing known ("Ways this could go"), the section's sentences decide by their
cues; a section that still says nothing has the role of the section it stands in.
"""

from __future__ import annotations

from collections import Counter

import re2

from qualitycheck.document import Document, Section
from qualitycheck.language.masking import Lexicon, people_in
from qualitycheck.understanding.case import Person, Position, Role
from qualitycheck.understanding.labels import label_kind

_HEADINGS: tuple[tuple[Role, str], ...] = (
    (
        Role.STATUTE,
        r"welfare checklist in full|(?:statutory|legal) (?:wording|framework|provisions)|extracts? from|relevant law",
    ),
    (Role.SIGNATURE, r"^signed|^signature|^declaration|statement of truth|^sign-?off"),
    (
        Role.SHARING,
        r"shar(?:ed|ing)|who (?:knows|has been told|was told|has seen)|\btelling\b|^told\b|been told|service (?:of"
        r"|up ?on)|explain(?:ed|ing) (?:it |this )?to"
        r"|feedback to|discuss(?:ed|ion) (?:of|with) .*(?:part|famil)|views of the parties on|ending with"
        r"|saying goodbye"
        r"|communicat\w+ (?:the|this|my) (?:report|recommend)|disclosure of (?:this|the|these|my) (?:report|recommend"
        r"|conclusion|analysis)|talking (?:it|this) (?:over|through)",
    ),
    (Role.IRO, r"\biro\b|independent reviewing officer|reviewing officer"),
    (Role.TIMESCALES, r"time-?scales?|timetable|26 weeks|twenty-six weeks|\bdelay\b|\bclock\b|^time$|how long|^timing"),
    (Role.THRESHOLD, r"threshold|section 31\(2\)"),
    (
        Role.CARE_PLAN,
        r"care plan|(?:local authority|la|council|department)['’]?s? (?:final )?plan|permanence plan|^the plan\b"
        r"|plan (?:weighed|evaluated|examined|considered)|support plan|what my (?:input|challenge)"
        r"|guardian['’]s influence"
        r"|influence|for it$|against it$",
    ),
    (
        Role.OPTIONS,
        r"options?\b|ways (?:this|it) (?:could|might)|what could (?:be done|happen)|alternatives|ways forward"
        r"|possible (?:outcomes|arrangements|futures)|where could|side by side|compared\b|courses\b|choices"
        r"|what the court (?:can|could|might) (?:do|order)"
        r"|(?:arrangements|supervision|guardianship|care|placement|adoption|assistance) orders?\b|powers"
        r"|orders? (?:available|open|compared|considered|that)|^orders?$|available orders|range of|no[- ]order"
        r"|is an order|need for an order|whether .* order|with or without|orders? and|order or no",
    ),
    (
        Role.RECOMMENDATION,
        r"recommend|conclusions?\b|what i (?:ask|am asking|advise|suggest|propose|want the court)|where i (?:have got"
        r"|come down|stand|end up|land|have come)|proposals?\b|in short|position at a glance"
        r"|advice to the court|outcome sought|orders sought|what should happen|next steps|my advice"
        r"|what i think the court",
    ),
    (
        Role.DIVERSITY,
        r"diversity|identity|culture|cultural|ethnic|religio|heritage|equality|language|background, identity|faith"
        r"|who .* is and where|care, class",
    ),
    (
        Role.ISSUES,
        r"\bissues?\b|what (?:the|this) court (?:wants|asked|has asked|needs)|application\b|the question|dispute"
        r"|purpose of"
        r"|reasons? for (?:the |this )?report|nature of (?:the )?(?:proceedings|application|case)|why (?:this"
        r"|the) report|introduction|court['’]s (?:questions|directions?)|instruct|scope"
        r"|agreed and not agreed|what is in dispute|directions?\b|why (?:we|i|there)\b|brief|introductory|preliminar"
        r"|asked by|to be decided",
    ),
    (
        Role.CHECKS,
        r"\bchecks?\b|safeguarding|police|agency (?:records|information)|local authority records|council records"
        r"|records|screening|what the agencies|previous involvement|information from (?:the )?(?:police|agenc)"
        r"|allegations?\b"
        r"|findings of fact",
    ),
    (
        Role.ENQUIRIES,
        r"enquir|inquir|what (?:i|we) (?:did|have done|read)|who (?:i|we) (?:saw|met|spoke|have)|how i worked"
        r"|work (?:done|undertaken"
        r"|carried out|completed)|sources|documents|papers|who and what|people (?:seen|spoken)|interviews (?:held"
        r"|undertaken)|persons seen"
        r"|done since|method|consulted|spoken to|people i|basis of|materials?\b|^others$|^read$|^seen\b|\bmethod\b"
        r"|visits",
    ),
    (
        Role.CHILD,
        r"what (?:his|her|their|the) (?:body|learning|feelings|health|heart|mind) needs?|emotional(?:ly)? (?:and"
        r"|needs)",
    ),
    (
        Role.WISHES,
        r"wishes|feelings|\bvoice\b|what (?:CHILD|(?:the )?(?:child|children|boys?|girls?|twins)|you|he|she"
        r"|they)(?: and CHILD)? (?:says?|told|has told|have told|wants?|said|shows?|has said|have said|thinks?|feels?"
        r"|would like|think|wants?)"
        r"|in (?:his|her|their) own words|own words|views? of (?:the )?child|child(?:ren)?['’]s? views?"
        r"|listening to"
        r"|hearing from|^in words|^in play|his own view|her own view|talking to|how .* sees it",
    ),
    (
        Role.OBSERVATION,
        r"observ|contact (?:session|seen)|seeing .* together|time seen|(?:visit|session) (?:to|on|of|with)"
        r"|family time (?:seen|observed)"
        r"|what i saw",
    ),
    (
        Role.HARM,
        r"\bharm\b|\brisks?\b|worried about|danger|concerns?\b|domestic abuse|\babuse\b|neglect|safety|recurrence"
        r"|complicating factors|what lies behind",
    ),
    (
        Role.CAPACITY,
        r"(?:people|adults|those|relatives) who (?:might|could|may|can|would) (?:care|look after|have|raise)|capab"
        r"|capacity|parenting|meet(?:ing)? .* needs|ability to|each parent|the two parents|care-?giv|how able"
        r"|what the adults can|strengths|working well",
    ),
    (
        Role.CONTACT,
        r"\bcontact\b|family time|time (?:with|for)|seeing (?:mum|dad|his|her|their)|arrangements for|spending time"
        r"|everybody else['’]s|brothers and sisters|siblings? (?:time|contact)",
    ),
    (
        Role.ANALYSIS,
        r"analysis|assessment|checklist|evaluation|professional (?:judg|view|opinion)|discussion|opinion"
        r"|what this means|weighing|making sense|impact|effect|what (?:would|might|difference|it would)|likely effect"
        r"|change"
        r"|section 1\(3\)|^scaling|in my (?:view|opinion)|drawing .* together|my view|putting it together"
        r"|considerations"
        r"|^advantages|^disadvantages|the balance|what i (?:think|conclude|make)",
    ),
    (
        Role.PROFESSIONALS,
        r"professional|school|nursery|health|gp\b|agenc(?:y|ies)|social worker|teacher|probation|playgroup"
        r"|those who know|people who (?:know|work)|other (?:views|people)|third part|education$|camhs"
        r"|\b(?:what )?(?:other(?:s)?|people|everyone else|anyone else) (?:see|says?|said|thinks?|know|have noticed)"
        r"|(?:other )?voices|services",
    ),
    (
        Role.PARTIES,
        r"parents?['’]? (?:accounts?|positions?|views?)|what (?:MOTHER|FATHER|ADULT)|parties|part(?:y"
        r"|ies)['’]s? (?:accounts?|positions?|views?)|interviews?"
        r"|the (?:adults|parents)|position of|accounts?\b|what (?:the )?(?:adults|parents|they|each) (?:say|want"
        r"|told)|views of the"
        r"|mother\b|father\b|his parents|her parents|their parents|\bmum\b|\bdad\b|grandparents?|applicant|respondent"
        r"|wider family"
        r"|relatives|kin\b|carers?|the family|who['’]s who",
    ),
    (
        Role.BACKGROUND,
        r"background|family composition|household|family network|genogram|history|chronolog|how (?:things|it|this|we"
        r"|they) (?:came|got|began)|story|proceedings"
        r"|relationship|circumstances|timeline|what (?:has )?happened|events|since\b|before\b|previous",
    ),
    (
        Role.CHILD,
        r"\bchild|\bchildren|about (?:him|her|them)|\bneeds?\b|daily life|lived experience|profile|who (?:he|she"
        r"|they) (?:is|are)"
        r"|what (?:his|her|their) (?:body|learning|feelings)|development|characteristics|physical|emotional"
        r"|educational",
    ),
    (
        Role.FRONT_SHEET,
        r"^report\b|front sheet|case details|section 7 report|report (?:to|for|under|by|of)|^court$|case (?:no|number)"
        r"|details\b|guardian['’]s (?:final|initial|interim|analysis|report|position)|final (?:report|analysis)"
        r"|initial analysis",
    ),
)
_PATTERNS = tuple((role, re2.compile(f"(?i){pattern}")) for role, pattern in _HEADINGS)

_CUES: tuple[tuple[Role, str], ...] = (
    (
        Role.OPTIONS,
        r"\boption (?:one|two|three|1|2|3|a|b)\b|\b(?:for|against|advantages?|disadvantages?|in (?:its |his "
        r"|her )?favour|against it)\s*:|against that,"
        r"|\bon the other hand\b|the (?:first|second|third) (?:option|possibility|way) |the court (?:has power|can"
        r"|could|may) make"
        r"|\bunder section 8\b|no order",
    ),
    (
        Role.WISHES,
        r"CHILD(?: (?:told|said to|showed) (?:me|AUTHOR)| said,? QUOTE| says | wants | would like | drew | chose )"
        r"|wishes and feelings"
        r"|i asked CHILD|(?:he|she) (?:told|showed) me|QUOTE,? (?:he|she) said",
    ),
    (
        Role.PARTIES,
        r"(?:MOTHER|FATHER|ADULT) (?:\w+ )?(?:told me|says|said|describes|described|wants|denies|accepts|hopes|feels"
        r"|asks)",
    ),
    (
        Role.PROFESSIONALS,
        r"PROFESSIONAL(?:, [^,]{2,40},)? (?:\w+ )?(?:told me|said|says|reports?|reported|wrote|writes|described"
        r"|confirmed)",
    ),
    (
        Role.RECOMMENDATION,
        r"i (?:\w+ )?recommend|it is recommended|my recommendation|i (?:ask|invite) the court|recommends? that"
        r"|there should be an? "
        r"|the court (?:should|is (?:invited|asked) to) make",
    ),
    (
        Role.CHECKS,
        r"\bpolice\b.{0,40}\b(?:hold|record|disclos|repl|check|report)|\bno (?:trace|convictions|cautions)"
        r"|known to children's"
        r"|\bchecks?\b.{0,30}\b(?:made|complet|return|receiv|show)|\bconvict(?:ed|ion)\b",
    ),
    (
        Role.SHARING,
        r"(?:went|gone|go|talked|took) (?:\w+ ){1,4}through (?:this|the|my)|(?:shared|discussed) (?:this|the"
        r"|my) (?:report|recommend|analysis)"
        r"|i (?:have )?(?:told|read|explained) .{0,60}\b(?:recommend|this report|my conclusions)|will be told"
        r"|will tell CHILD",
    ),
    (Role.THRESHOLD, r"\bthreshold\b|\bs(?:ection)? ?\.?31\(2\)"),
    (Role.TIMESCALES, r"\b26 weeks|twenty-six weeks|timescale"),
    (Role.IRO, r"\biro\b|independent reviewing officer|reviewing officer"),
    (Role.HARM, r"\b(?:harm|risk|unsafe|injur|abuse|neglect)"),
    (
        Role.ENQUIRIES,
        r"\bi (?:saw|met|visited|spoke|interviewed|read) .{0,60}DATE|by telephone|\bby phone\b|i have read",
    ),
    (
        Role.BACKGROUND,
        r"\b(?:met|separated|married|moved|was born|began|started|broke up|left) .{0,30}(?:in|on) DATE"
        r"|the relationship|previous proceedings",
    ),
    (
        Role.CONTACT,
        r"(?:once|twice|every|each|alternate) (?:a |other )?(?:week|fortnight|month|saturday|sunday|weekend)"
        r"|supervised (?:contact|time)|family time",
    ),
    (Role.OBSERVATION, r"\bi (?:observed|watched|saw CHILD|sat in)|during the (?:session|visit|contact)"),
    (
        Role.CAPACITY,
        r"(?:able|unable|capable|capacity|ability) (?:to|of) (?:\w+ )?(?:meet|provid|care|protect|manag|parent)"
        r"|meets? CHILD's needs",
    ),
    (
        Role.ANALYSIS,
        r"\bin my (?:view|judgement|judgment|opinion|assessment)|i (?:consider|conclude|am satisfied|think that)"
        r"|on balance|\bi (?:give|attach) .{0,20}weight",
    ),
    (
        Role.CHILD,
        r"CHILD (?:is|has|needs|attends|likes|goes|lives|enjoys|was born)|(?:he|she) (?:needs|attends|enjoys|likes)",
    ),
)
_CUE_PATTERNS = tuple((role, re2.compile(pattern)) for role, pattern in _CUES)
_NAMED = {
    Position.MOTHER: Role.PARTIES,
    Position.FATHER: Role.PARTIES,
    Position.ADULT: Role.PARTIES,
    Position.CHILD: Role.CHILD,
    Position.SIBLING: Role.CHILD,
    Position.PROFESSIONAL: Role.PROFESSIONALS,
}
_FRONT_LABELS = re2.compile(
    r"(?i)^(?:completed by|prepared by|filed.*|court|case\b.*|court case.*|number|date.*|hearing.*|next hearing"
    r"|author.*|report(?: by| date| author|er|ed)?.*|applicants?|respondents?"
    r"|local authority|la|solicitors?.*|judge|order.*dated|parties|parents|mother|father|guardian|type of .*"
    r"|application.*|ecms.*|office|team"
    r"|child(?:ren)?|name.*|d\.?o\.?b\.?|gender|ethnicity|religion|legal status|filing date|date of birth|concerning"
    r"|re|half-?(?:brother|sister))$"
)


_PREFIX = re2.compile(
    r"(?i)^\s*(?:(?:section|part|appendix|chapter|box|row) [a-z0-9]{1,3}\s*[:.–-]|\(?(?:[0-9]{1,2}(?:\.[0-9]{1,2})*"
    r"|[a-z]|[ivx]{1,4})[.)]|[0-9]{1,2}(?:\.[0-9]{1,2})*\s)\s*"
)


def heading_role(title: str) -> Role | None:
    """What a heading's words announce; the first pattern that fits, the most particular first."""
    title = _PREFIX.sub("", title.replace("’", "'")).strip()
    return next((role for role, pattern in _PATTERNS if pattern.search(title)), None) if title else None


def section_roles(
    document: Document, masked: dict[int, list[str]], people: tuple[Person, ...], lexicon: Lexicon
) -> tuple[Role, ...]:
    """The role of every section, by its index; `masked` holds the sentences' masked views by section."""
    position = {person.key: person.position for person in people}
    front_ends = _front_end(document)
    roles: list[Role] = []
    over: Role | None = None  # of the title row under which label cells stand
    for section in document.sections:
        parent = roles[section.parent] if section.parent is not None else None
        if _LETTERED.match(section.title):
            over = None
        if over is not None and section.from_label_cell and parent in (None, Role.FRONT_SHEET, Role.OTHER):
            parent = over if masked.get(section.index) else parent
        roles.append(_role(document, section, parent, masked, position, lexicon, front_ends))
        if not section.from_label_cell or not masked.get(section.index):
            over = roles[-1] if section.from_label_cell and roles[-1] in _OVER_ROWS else None
    return tuple(roles)


def _role(
    document: Document,
    section: Section,
    parent: Role | None,
    masked: dict[int, list[str]],
    position: dict[str, Position],
    lexicon: Lexicon,
    front_ends: int,
) -> Role:
    if section.index == 0:
        return Role.FRONT_SHEET
    sentences = masked.get(section.index, [])
    if section.first < front_ends and (parent in (Role.FRONT_SHEET, None)) and _is_front_label(section, sentences):
        return Role.FRONT_SHEET
    by_words = heading_role(section.title)
    if by_words in {None, Role.CHILD, Role.PARTIES, Role.PROFESSIONALS}:
        by_words = heading_role(_masked_title(section.title, lexicon))
    if by_words in _GENERAL and parent in _PARTICULAR:
        return parent
    if section.from_label_cell and section.first >= front_ends and _RECORDS.match(section.title.strip(" :")):
        return Role.CHECKS
    title_of_report = section.level <= 1 and section.first <= 2 and section.parent is None
    if title_of_report and _has_sections(document, section):
        return Role.FRONT_SHEET
    if by_words is None or by_words in {Role.CHILD, Role.PARTIES}:
        by_person = _person_role(section.title, position, lexicon)
        if by_person is not None and by_words is None:
            cues = _by_cues(sentences, least=2)
            if section.from_label_cell and parent not in (None, Role.FRONT_SHEET, Role.OTHER):
                return parent
            if by_person is Role.CHILD and cues is not None:
                return cues
            return by_person
    if title_of_report and by_words not in {Role.ISSUES, Role.RECOMMENDATION}:
        return Role.FRONT_SHEET
    if by_words is not None:
        return by_words
    cues = _by_cues(sentences, least=2)
    if section.from_label_cell and parent not in (None, Role.FRONT_SHEET, Role.OTHER):
        return parent
    if cues is not None:
        return cues
    if parent not in (None, Role.FRONT_SHEET):
        return parent
    return _by_cues(sentences, least=1) or Role.OTHER


_RECORDS = re2.compile(
    r"(?i)^(?:.* )?(?:LA|local authority|constabulary|police|social (?:care|services)|council)"
    r"(?: (?:records?|files?|checks?|holds?))?$"
)


def _has_sections(document: Document, section: Section) -> bool:
    return any(
        other.parent == section.index and not other.from_label_cell for other in document.sections[section.index + 1 :]
    )


# Headings that say little beside their parent's: "Impact", "Advantages", "Contact with Ada" under her wishes.
_GENERAL = frozenset({Role.ANALYSIS, Role.CHILD, Role.CONTACT, Role.PARTIES, Role.PROFESSIONALS})
_PARTICULAR = frozenset(
    {
        Role.OPTIONS,
        Role.CARE_PLAN,
        Role.WISHES,
        Role.SHARING,
        Role.ENQUIRIES,
        Role.THRESHOLD,
        Role.IRO,
        Role.RECOMMENDATION,
    }
)


_LETTERED = re2.compile(r"^(?:[A-Z]|[0-9]{1,2})\. ")  # a row of its own: "H. Which order"
_OVER_ROWS = _PARTICULAR | {Role.CHECKS}


def _is_front_label(section: Section, sentences: list[str]) -> bool:
    if _FRONT_LABELS.match(section.title.strip(" :*")):
        return True
    short = sum(len(sentence) for sentence in sentences) < 260
    return (
        short
        and (section.from_label_cell or label_kind(section.title) is not None)
        and heading_role(section.title) not in _WORK
    )


_WORK = frozenset(
    {Role.ENQUIRIES, Role.CHECKS, Role.RECOMMENDATION, Role.OPTIONS, Role.WISHES, Role.ISSUES, Role.ANALYSIS}
)


def _masked_title(title: str, lexicon: Lexicon) -> str:
    """The heading with people as placeholders: "About Ada" -> "About CHILD"."""
    pieces = []
    at = 0
    for mention in people_in(title, lexicon):
        pieces += [title[at : mention.start], mention.placeholder]
        at = mention.end
    return "".join((*pieces, title[at:]))


def _person_role(title: str, position: dict[str, Position], lexicon: Lexicon) -> Role | None:
    """A heading that is only somebody's name or role: "Ms Lowe", "M", "Health visitor and school"."""
    mentions = people_in(title, lexicon)
    if not mentions:
        return None
    covered = sum(mention.end - mention.start for mention in mentions)
    if covered < 0.5 * len(title.strip()):
        return None
    first = mentions[0]
    held = position.get(first.key) if first.key else None
    return _NAMED.get(held or Position(first.placeholder.lower()))


def _by_cues(sentences: list[str], *, least: int) -> Role | None:
    """The role that most of a section's sentences speak for; the particular wins over the general."""
    votes: Counter[Role] = Counter()
    for sentence in sentences[:40]:
        for role, pattern in _CUE_PATTERNS:
            if pattern.search(sentence):
                votes[role] += 1
    if not votes:
        return None
    order = [role for role, _ in _CUE_PATTERNS]
    best = max(votes, key=lambda role: (votes[role], -order.index(role)))
    return best if votes[best] >= min(least, max(1, len(sentences) // 3)) else None


# What a label cell announces once the front sheet is over, in reports that are tables throughout.
_BODY = _WORK | {
    Role.HARM,
    Role.CAPACITY,
    Role.THRESHOLD,
    Role.DIVERSITY,
    Role.TIMESCALES,
    Role.CONTACT,
    Role.CARE_PLAN,
    Role.SHARING,
    Role.BACKGROUND,
    Role.OBSERVATION,
}


def _front_end(document: Document) -> int:
    """Index after the last paragraph of the front sheet: where running text, the second real heading, a label of the
    report's body or a second table begins."""
    headings = 0
    first_table: int | None = None
    for paragraph in document.paragraphs:
        section = document.sections[paragraph.section]
        if paragraph.cell is not None and first_table is None:
            first_table = paragraph.cell.table
        if paragraph.is_heading:
            headings += not section.from_label_cell
            on_front = _FRONT_LABELS.match(section.title.strip(" :*")) or label_kind(section.title) is not None
            role = heading_role(section.title)
            later_table = paragraph.cell is not None and paragraph.cell.table != first_table
            ends = role in _BODY or later_table if section.from_label_cell else headings > 1
            if ends and not on_front and role is not Role.FRONT_SHEET:
                return paragraph.index
        elif len(paragraph.text) > 400:
            return paragraph.index
    return len(document.paragraphs)
