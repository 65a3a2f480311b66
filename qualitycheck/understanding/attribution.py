"""Who is speaking in each sentence, and about whom.

The earliest cue of a sentence decides: "Mr A denies that he told her" is a denial, "Ms B told me that he denied it"
is what Ms B told. Weak cues (a bundle page at the end, a record named in passing) speak only where nothing stronger
does. A reported account goes on over the sentences that follow it in its paragraph ("She said ... On Mondays he ...")
until the author speaks again; a list under "Mr A says:" is what Mr A says. Quotations are their speaker's, never the
author's.

Cues are matched against the masked view (see `qualitycheck.language.masking`).
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import NamedTuple

import re2

from qualitycheck.document import Document, Paragraph
from qualitycheck.language.masking import Mention
from qualitycheck.understanding.case import Person, Position, Role, Sentence, Voice

_WHO = (
    r"(?:MOTHER|FATHER|ADULT|CHILD|SIBLING|PROFESSIONAL|he|she|they|you|parents|(?:the|both|each"
    r"|neither) (?:of the )?parents?|neither|each|both)"
)
_NAMED = r"(?:MOTHER|FATHER|ADULT|CHILD|SIBLING|PROFESSIONAL)"
_ADVERB = (
    r"(?:(?:also|then|later|now|again|further|simply|freely|openly|readily|clearly|quietly|first|initially"
    r"|separately|independently|still|only|has|have|had|did|does|do|not|never|always|both|each|again|honestly|fully"
    r"|flatly|categorically|strongly|consistently|previously|subsequently|once|twice|repeatedly|since|too|all"
    r"|that she|that he|(?:wept|cried|smiled|shrugged|laughed|nodded|paused|stopped|thought|hesitated|sighed"
    r"|became (?:upset|tearful|angry)|was (?:upset|tearful|angry)) and) ){0,3}"
)
_BETWEEN = r"(?:,? [^,.;:]{1,60},)?(?: \([^)]{1,60}\))? "

_SAY = (
    r"(?:tells?|told|says?|said|stat(?:es|ed)|reports?|reported|explain(?:s|ed)|describ(?:es|ed)|mention(?:s|ed)"
    r"|add(?:s|ed)|confirm(?:s|ed)"
    r"|recall(?:s|ed)|remember(?:s|ed)|feels?|felt|believ(?:es|ed)|thinks?|thought|wants?|wanted|wish(?:es|ed)"
    r"|hop(?:es|ed)|fears?|feared|worr(?:ies|ied)"
    r"|considers?|considered|express(?:es|ed)|repl(?:ies|ied)|answer(?:s|ed)|ask(?:s|ed)|propos(?:es|ed)|suggest(?:s"
    r"|ed)|agre(?:es|ed)|maintain(?:s|ed)"
    r"|insist(?:s|ed)|report(?:s|ed)|complain(?:s|ed)|volunteer(?:s|ed)|shar(?:es|ed) (?:that|with me)|advis(?:es|ed)"
    r"|put(?:s)? it|gave (?:me |an |a |his |her |the )"
    r"|gives? (?:me |an |a |his |her |the )?(?:account|example|history|reason|version)|spoke|speaks|talk(?:s|ed)"
    r"|would (?:like|prefer|agree|rather|accept|want)|prefers?|seeks?|supports?|opposes?|"
    r"objects?|indicated|indicates|outlin(?:es|ed)|relay(?:s|ed)|informed|call(?:s|ed) (?:it|him|her|MOTHER|FATHER)"
    r"|understood|understands|raised|"
    r"assert(?:s|ed)|commented|observed that|noted that|notes that|speaks of|spoke of|could not (?:say|remember"
    r"|recall)|did not (?:say|know|remember|want)|doesn't|does not (?:want|know|say|remember|blame|think|feel"
    r"|believe)"
    r"|takes? the view|took the view|makes? the (?:same )?point|made the (?:same )?point|has no (?:concerns?|worr(?:y"
    r"|ies)|objection|complaint|doubt)|have no (?:concerns?|worr(?:y|ies)|objection)|put (?:himself|herself"
    r"|themselves) forward|rang me|remains? (?:of the view|unsure|worried|opposed)|expects?|expected|regrets?"
    r"|regretted|learned|learnt|is (?:worried|clear|adamant|concerned|afraid|frightened|anxious|happy|content|unsure"
    r"|certain|keen|willing|opposed) (?:that|about|to|for|of|it|with))"
)
# class, strength (2 decides by its place in the sentence, 1 only where nothing stronger does), pattern
_CUES: tuple[tuple[Voice, int, str], ...] = (
    (
        Voice.DENIED,
        2,
        rf"\b{_NAMED}{_BETWEEN}{_ADVERB}(?:den(?:y|ies|ied)|disput(?:es|ed?)|reject(?:s|ed)?|refut(?:es|ed?)"
        rf"|contest(?:s|ed)?)\b"
        rf"|\b(?:he|she|they|who|both|neither parent|each parent|parents) {_ADVERB}(?:den(?:y|ies|ied)|disput(?:es"
        rf"|ed?)|refut(?:es|ed?)|contest(?:s|ed)?|reject(?:s|ed)|repudiat(?:es|ed)|dismiss(?:es|ed)|protests?"
        rf"|protested)\b"
        rf"|\b(?:he|she|they|{_NAMED}) (?:is|was|remains?) (?:adamant|firm|clear|insistent"
        rf"|certain) that .{{0,60}}\b(?:not|never|no|nothing|untrue|invented|false)\b|\b{_WHO} {_ADVERB}(?:says?|said"
        rf"|insists?|insisted|maintains?|maintained|repl(?:y|ies|ied)|told me)(?: only)?,? (?:not\b|that (?:nothing"
        rf"|no such|there (?:was|were|had been|is) (?:no|none|nothing)|none of|neither|it (?:never|did not|was not"
        rf"|is not|didn't)|(?:he|she|they) (?:never|did not|had not|has not|didn't|was not|had never|has never"
        rf"|had done nothing))|(?:he|she|it) (?:never|did not|didn't)|nothing of the)"
        rf"|\b(?:his|her|their|{_NAMED}'s) (?:answer|case|account|reply|response|position) (?:is"
        rf"|was) that .{{0,40}}\b(?:never|not|nothing|elsewhere|none|invented|untrue)\b|\bhas never (?:accepted"
        rf"|admitted)\b|\bneither (?:\w+ ){{0,3}}accepts?\b|\b(?:made|making) (?:it|that|this) up\b|\bhas invented\b"
        rf"|\b{_WHO} (?:do|does|did|has) not (?:accept|admit)(?:ed)?\b|\b(?:he|she) says (?:not"
        rf"|that it did not happen|that (?:he|she) did not|(?:this|that|it) (?:is|was) (?:untrue|not true|a lie|false"
        rf"|made up|invented))"
        r"|: denied\b|\bdenied (?:altogether|in full)|\bnot admitted\b|\bwhich (?:he|she|MOTHER|FATHER"
        r"|ADULT) (?:denies|denied|disputes|disputed)"
        rf"|\b(?:this|that|it|the allegations?|all of (?:this|it)|the account) (?:is|are|was|were|has been"
        rf"|have been) (?:all )?(?:denied|disputed|not accepted|contested)|\b{_NAMED}'s (?:denial|denials)\b",
    ),
    (
        Voice.ADMITTED,
        2,
        rf"\b{_WHO}{_BETWEEN}{_ADVERB}(?:admit(?:s|ted)?|accept(?:s|ed)?|conced(?:es|ed?)|acknowledg(?:es|ed?)"
        rf"|own(?:s|ed) (?:up|that|to)|will own|allow(?:s|ed) that|confess(?:es|ed)?|agree(?:s|d) that (?:he|she"
        rf"|they) (?:has|had|did|was|were|have|frightened|lost|should)|makes? no (?:bones|secret)"
        rf"|takes? responsibility|took responsibility|pleaded guilty|pled guilty)\b"
        rf"|\b{_WHO} (?:do|does|did) not (?:dispute|deny|contest)\b|\bby (?:his|her|their) own (?:account"
        rf"|admission)\b|\bon (?:his|her|their) own (?:account|admission)\b"
        r"|\b(?:is|are|was|were|has been) (?:conceded|admitted|accepted|agreed) by (?:MOTHER|FATHER|ADULT|the parents"
        r"|both)|\bnot (?:in dispute|disputed)\b|: (?:admits|accepts|admitted|accepted)\b|, (?:he|she|MOTHER"
        r"|FATHER) (?:now )?(?:admits|accepts|acknowledges|concedes|admitted|accepted|acknowledged|conceded)\.?$"
        r"|^what (?:he|she|MOTHER|FATHER) (?:will|does|did) (?:own|admit|accept)"
        rf"|\b{_NAMED}'s (?:admission|admissions|concession)\b|\bwhich (?:he|she|MOTHER|FATHER|ADULT) (?:admits"
        rf"|accepts|does not (?:dispute|deny))",
    ),
    (
        Voice.ALLEGED,
        2,
        rf"\b{_WHO}{_BETWEEN}{_ADVERB}(?:alleg(?:es|ed?)|claim(?:s|ed)?|accus(?:es|ed?)|makes? (?:an? )?(?:serious "
        rf"|further )?allegations?|made (?:an? )?(?:serious |further )?allegations?|contend(?:s|ed)?|complain(?:s"
        rf"|ed) that|purports?)\b"
        r"|\b(?:it|there) (?:is|was|are|were) (?:also |further )?(?:alleged|claimed|said that|suggested that"
        r"|an? allegations?|allegations)\b|\b(?:is|are|was|were|has been|have been) (?:alleged|accused|said|supposed"
        r"|rumoured) (?:to have|of|by|to be)"
        rf"|\bthe (?:\w+ ){{0,2}}allegations? (?:is|are|was|were|that|against|of|made|concern)"
        rf"|\b{_NAMED}'s (?:\w+ )?(?:allegations?|complaint|claims?)\b|^allegations?\b|\ballegedly\b|\bthe (?:first"
        rf"|second|third|fourth|fifth|last|other) (?:allegation |item |one )?is (?:that|an allegation)|\baccus(?:es"
        rf"|ed|ing) (?:him|her|them|MOTHER|FATHER|ADULT|PROFESSIONAL)\b|\ballegations? (?:that|of|against)"
        r"|\bthe local authority (?:alleges|alleged|says|said|pleads|contends)\b",
    ),
    (
        Voice.FOUND,
        2,
        r"^(?:also )?found\b|\bby consent order\b|\b(?:court|judge|bench|magistrates|recorder|tribunal|hhj|dj|ddj"
        r"|justices)(?: [a-z'-]+){0,3}? (?:found|ordered|directed|held|determined|made|decided|granted|"
        r"concluded|refused|approved|extended|accepted|rejected|ruled|convicted|sentenced|imposed|left|dismissed"
        r"|adjourned|preferred|gave judgment|listed|asked|said|described|spoke|wanted|observed)\b"
        r"|\b(?:was|were|is|been) (?:\w+ )?(?:convicted|sentenced|found guilty|acquitted|cautioned|imprisoned"
        r"|bound over|found by|ordered by|ordered to|given a (?:suspended|community|custodial))\b"
        r"|\bFATHER convicted\b|\bfindings? (?:of fact )?(?:was|were|made|that|of|against)\b"
        r"|\bfact-finding (?:hearing|judgment) .{0,40}\b(?:found|concluded|made)|\bby (?:the |an )?order (?:of|dated"
        r"|made)\b|\b(?:an?|the) (?:\w+[ -]){0,5}order (?:was|were) (?:made|granted|discharged|extended)"
        r"|\b(?:interim care|non-molestation|child arrangements|prohibited steps|care|supervision|occupation"
        r"|protection) orders? (?:was|were|has been|have been|made)\b"
        r"|\bfound as (?:a )?facts?\b|^found\b|\bthe (?:order|judgment) (?:of DATE )?(?:provides|provided|records"
        r"|says|requires|found|finds|sets|set)|\bin (?:the |his |her )?judgment\b|\bhas been found\b|\b(?:was|were"
        r"|been) found (?:not )?(?:proved|proven|to|by|that|on)|\bfound (?:not )?(?:proved|proven)\b|\bit was held\b"
        r"|\bjury\b|\breceived (?:a |an )?(?:\w+ ){0,2}(?:months|years|sentence|caution)\b|\b(?:hearing|application"
        r"|request) was (?:refused|adjourned|dismissed|granted)|\b(?:was|were) (?:tried|ordered|refused by|forbidden"
        r"|prohibited|disqualified|acquitted|fined)\b|^by (?:the|an|that) order\b|\bthe (?:order"
        r"|orders) (?:also )?(?:gave|gives|forbids|forbade|allowed|allows|permits|ran|lapsed|runs|expired|stands"
        r"|provided|required|prevents|limits|limited|sets)\b|\border\b.{0,60}\b(?:ran|lapsed|expired) (?:from|in|on"
        r"|until|a)\b|\b(?:conceded|found) in full\b|\bconvicted (?:him|her|FATHER|MOTHER)\b",
    ),
    (
        Voice.JUDGEMENT,
        2,
        r"\bin my (?:view|opinion|judgement|judgment|assessment|professional)|\bi (?:(?:also|therefore|still|now|do"
        r"|did|would|have|had|then|really|fully|firmly|strongly|can|must|should|shall|will|respectfully|further"
        r"|nonetheless|nevertheless|only|not|however|too|myself|simply|always|never|just|accordingly|in turn|readily"
        r"|entirely) ){0,3}(?:recommend|consider|conclude|assess|believe|think|feel|judge|advise|propose|support"
        r"|agree|disagree|endorse|suggest|invite|doubt|would (?:expect|not|want|add|put|place|urge|suggest|prefer|ask"
        r"|describe|have)"
        r"|am (?:satisfied|of the view|not satisfied|persuaded|not persuaded|concerned|worried|confident|clear|sure"
        r"|not sure|unable to|left|struck|convinced|cautious|mindful|troubled|in no doubt|not confident)"
        r"|have (?:always|never|long|no|little|some|considered|weighed|concluded|come to|reached|thought|taken"
        r"|balanced|given|placed|regard|had regard|concerns)"
        r"|give (?:\w+ )?(?:weight|those|that|this|CHILD|it|his|her|their)|attach|place (?:\w+ )?weight|take (?:it"
        r"|the view|that|this|from|into)|put the|prefer|regard|count|accept|can see|cannot|can't|could not|do not"
        r"|don't|find|found (?:it|him|her|MOTHER|FATHER|nothing to)|remain|infer|suspect|hold the view|draw|hold|held"
        r"|approach(?:ed)?|share|attach|give|prefer|see (?:no|it|this|that)|ask (?:the court|that|for)|set|rate|fear"
        r"|hope|read (?:it|this|that|them) as|understand|expect)\b"
        r"|\bmy (?:view|opinion|judgement|judgment|assessment|recommendation|conclusion|analysis|impression|advice"
        r"|concern|worry|professional|own view)s?\b|\bit is (?:my|the (?:view|opinion|assessment|recommendation) of"
        r"|recommended|AUTHOR's)|\b(?:AUTHOR|the local authority|this author|cafcass)(?:'s)? (?:\w+ )?(?:recommends?"
        r"|considers?|assess(?:es|ment)|view|believes?|concludes?|is of the view|opinion|is satisfied|advises?"
        r"|supports?|proposes|places|recommendation)"
        r"|\bon balance\b|\bto my mind\b|\bseems? to me\b|\b(?:plain|clear|evident|obvious|apparent) to me\b"
        r"|\bstrikes? me\b|\bworr(?:y|ies) me\b|\bas i see it\b|\bi (?:am|was) (?:careful|wary|slow|impressed"
        r"|reassured|pleased|sorry|encouraged)\b|^(?:its|the) (?:main |chief |great )?(?:strength|weakness|merit"
        r"|drawback|advantage|disadvantage|cost|difficulty|trouble|danger|benefit|price)s? (?:of .{1,40} )?(?:is"
        r"|are)\b|^so do i\b|^nor (?:do|would) i\b|^that (?:is|was|may be|seems|would be) (?:a |an |the |not |too "
        r"|only |no )|\bi would\b|\bprofessional (?:view|judgement|judgment|opinion)\b|\bon the evidence\b"
        r"|\bwhat (?:that|this|it) means for\b",
    ),
    (
        Voice.OBSERVED,
        2,
        r"\bi (?:\w+ ){0,2}(?:saw|observed|watched|noticed|noted|visited|heard|met|sat|listened|looked|attended"
        r"|joined|counted|scrolled|tried|stayed|had to|walked|was shown|could see|could hear|arrived|played"
        r"|found CHILD|found the|counted|checked)\b|\bi have (?:seen|observed|watched|visited|met)\b|\bseen by (?:me"
        r"|AUTHOR)\b|\b(?:CHILD|he|she|they|MOTHER|FATHER) (?:was|were) (?:seen|observed)\b"
        r"|\b(?:during|on|at) my (?:\w+ )?(?:visits?|observation|meeting|time)|\bin my presence\b|\bin front of me\b"
        r"|\bwhile i (?:was|watched|sat)|\bwhen i (?:visited|arrived|saw|met|left|called|asked|came|said|showed|went)"
        r"|\b(?:showed|led|took|brought|fetched|handed|offered|smiled at|looked at|ran to|remembered|asked|waved at"
        r"|greeted|shook|pulled|read|pushed) (?:me|my|it to me)\b|\bto me while\b|\b(?:during|in|at) the (?:session"
        r"|observation|observed contact|contact session|visit)\b|\bi was (?:present|there|shown|in the room)\b"
        r"|\bwhen i (?:was|went|raised|put|looked|got|rang the bell|held|told|reached)\b|\b(?:day|time"
        r"|occasion)s? (?:that|when|on which) i (?:went|saw|called|visited|was)\b|\bwhile we\b|\bas i (?:watched|left"
        r"|arrived|came)\b|\bwith me (?:in|on|at|for|there|beside)\b|\b(?:when|as|until) (?:he|she|they) saw me\b"
        r"|\bin (?:her|his) (?:arms|lap) (?:for|during|throughout) (?:most of )?my\b|\bAUTHOR (?:saw|observed|visited"
        r"|watched|noted|met)\b",
    ),
    (
        Voice.DOCUMENT,
        2,
        r"\b(?:records?|log|logs|notes?|file|files|letter|statement|report|assessment|disclosure|minutes|chronology"
        r"|diary|chart|printout|email|emails|text messages?|messages|summary|referral|plan|bundle|certificate"
        r"|register|registers|papers|documents?|paperwork|application|chart|red book|judgment|results?|tests?"
        r"|hair strand test|test results?|threshold document|response|schedule|police national computer|oasys|pnc"
        r"|letters) (?:\w+ |of DATE |dated DATE |\(.{1,30}\) |from .{1,40} ){0,3}(?:shows?|showed|records?|recorded"
        r"|says?|said|states?|stated|notes?|noted|describes?|described|confirms?|confirmed|sets? out|refers?|referred"
        r"|reveals?|revealed|indicates?|indicated|contains?|lists?|listed|reports?|reported|mentions?|gives?|gave"
        r"|puts?|has|have|hold|holds|tells?|details?|suggests?|concludes?|concluded|was negative|were negative|reads?"
        r"|raises?|make|makes)\b"
        r"|\baccording to (?:the |his |her |their )?(?:\w+ ){0,3}(?:records?|log|notes?|file|letter|statement|report"
        r"|disclosure|minutes|diary|police|school|chronology|order|bundle)|\b(?:is|are|was|were|as) (?:recorded|noted"
        r"|documented|set out|described|reported|stated|logged) (?:in|by|on|as|that|at)\b"
        r"|\b(?:police|probation|local authority|children's services|social services|the council|cafcass|school"
        r"|surgery|hospital|health|constabulary|council|authority|department"
        r"|children's social care)(?: \w+)?(?: \([^)]{1,50}\))? (?:hold|holds|held|replied|confirm(?:s|ed)?"
        r"|disclos(?:es?|ed)|report(?:s|ed)?|record(?:s|ed)?|have|has|had|advise(?:s|d)?|respond(?:s|ed)?|provided"
        r"|state[sd]?|inform(?:s|ed)?|show(?:s|ed)?) "
        rf"|\b{_NAMED}(?:,? [^,.;:]{{1,50}},)? (?:\w+ )?(?:(?:wrote|writes|has written)(?: to \w+(?: \w+)?| in \w+"
        rf"| on DATE| by email)?,? (?:that|of|about|to|on|in|QUOTE|DATE)|put in writing|emailed|texted)\b|\bin (?:his"
        rf"|her|their|the|MOTHER's|FATHER's|ADULT's|PROFESSIONAL's) (?:\w+ ){{0,3}}(?:statement|letter|email|report"
        rf"|application|position statement|text|assessment|c100|c1a)\b|\b(?:MOTHER|FATHER|ADULT"
        rf"|PROFESSIONAL)'s (?:\w+ ){{0,2}}(?:statement|letter|email|report|note|notes|assessment|diary"
        rf"|log)(?: of DATE)? \w+s\b|\b(?:supervisor|centre|school|unit|hospital|ward|surgery|police|midwife|officer"
        rf"|worker|PROFESSIONAL) (?:\w+ )?(?:recorded|noted|logged|documented|entered|wrote)\b|\b(?:is"
        rf"|are) (?:exhibited|reproduced|appended|annexed|filed|set out) (?:as|at|in|to)\b|\b(?:book|register"
        rf"|calendar|transcript|website|time sheet|timesheet|receipt|statement|letter|report|plan|notes|chart"
        rf"|print-?out|minutes|summary|card|photograph|screening|rota) (?:that .{1, 30}|which .{1, 30}|sent .{1, 20}"
        rf"|for .{1, 20})?,? ?(?:has|have|is at|are at|lists?|mentions?|describes?|scores?|proposes?|provides?"
        rf"|recommends?|bears?|is dated|gives?|shows?|puts?|runs?|now runs)\b|\b(?:attendance|weight"
        rf"|height) (?:stands|stood|is|was) (?:at|on)\b|^in the (?:\w+ ){0, 2}(?:book|log|diary|records?|file"
        rf"|notes)\b|\bscrolled\b|\bno (?:offence|entry|conviction|record) (?:was|is|has been)\b"
        rf"|\bhas (?:since )?sent me the\b|\bmade a statement\b|\b(?:assessment|report|plan|letter|test"
        rf"|certificate)(?: of DATE|, .{1, 40},)? (?:is|was) (?:negative|positive|dated|inconclusive|clear)\b"
        rf"|\bno trace\b|\bnothing (?:held|known|recorded)\b|\b(?:police|constabulary|council"
        rf"|authority)(?: \([^)]{1, 60}\))?:|\bconstabulary (?:\([^)]{1, 40}\) )?(?:holds?|wrote|replied|have|has"
        rf"|hold|records?|confirmed)\b|\b(?:texts?|messages?|emails?|letters?|e-mails?) (?:to|of|from) (?:me|MOTHER"
        rf"|FATHER|PROFESSIONAL|DATE)\b|\bby (?:e-?mail|letter|text) of DATE\b|\bi (?:have )?read\b"
        rf"|\bPROFESSIONAL records\b|\bas recorded\b",
    ),
    (
        Voice.TOLD,
        2,
        rf"\b{_WHO}{_BETWEEN}{_ADVERB}{_SAY}\b|\bQUOTE,? {_WHO} (?:\w+ )?(?:said|told|says|asked|replied|explained"
        rf"|added)|\baccording to {_WHO}|\bin (?:his|her|their) (?:words|view|opinion|account|own words)|\bi (?:was"
        rf"|am|have been) (?:also )?told\b"
        rf"|\b{_NAMED}'s (?:\w+ ){{0,2}}(?:account|view|position|complaint|explanation|answer|concern|worry|wish|case"
        rf"|evidence|advice|version|proposal|main (?:worry|concern)|perspective|opinion|response|hope|fear)\b"
        rf"|\b(?:his|her|their) (?:(?:main|own|only|chief|biggest|other|first|stated|clear) )?(?:account|view"
        rf"|position|explanation|answer|complaint|worry|concern|advice|proposal|wish|case|version|hope|fear"
        rf"|response)s? (?:is|was|are|were|on|of|that)\b|\bwhat (?:he|she|they|MOTHER|FATHER|CHILD) (?:says|wants"
        rf"|asks|objects|told|said|described|calls|thinks)|\b(?:told|said to|informed|explained to|confirmed to"
        rf"|repeated to|described to) (?:me|AUTHOR|PROFESSIONAL|MOTHER|FATHER|CHILD|ADULT)\b"
        rf"|^(?:MOTHER|FATHER|ADULT|PROFESSIONAL|CHILD|SIBLING)(?: \([^)]{{1,40}}\)|, [^:.]{{1,60}})?: [^DT]"
        rf"|\basked (?:about|whether|what|how|why|for|if)\b.{{0,80}}\b{_WHO} (?:said|replied|told|answered|shrugged"
        rf"|drew|pointed|thought)|\b{_NAMED} (?:puts|remembers|recalls|dates) |^QUOTE\b|^asked (?:about|whether|what"
        rf"|how|why|if|for)\b|\bwas (?:more |less |very )?(?:cautious|positive|critical|clear|complimentary|frank"
        rf"|open|guarded|firm|definite|vague) (?:when|about|that|with|on)\b|\bso far as (?:he|she|they) (?:saw|knows?"
        rf"|knew|recalls?|was aware)\b|\bon (?:his|her|their) account\b|\bby (?:his|her|their) telling\b|\b(?:he"
        rf"|she) has (?:told|said)|\b(?:is|was) (?:described|reported) by {_NAMED}|\bas {_WHO} (?:put|puts|described"
        rf"|calls|called) it",
    ),
    (
        Voice.DOCUMENT,
        1,
        r"\((?:[^()]{0,60})?(?:REF|records?|log|logs|notes?|diary|chart|statement|letter|report|disclosure|file"
        r"|minutes|email|printout|register|bundle)(?:[^()]{0,50})?\)|\bREF\b|\bper the\b|\bby (?:the |his |her "
        r"|its )?(?:\w+ ){0,2}(?:note|notes|log|diary|records|chart|register)\b|\bseen\)",
    ),
    (
        Voice.TOLD,
        1,
        rf"\b(?:said|says|asked|asks|told|explained|added|adds|replied|repeated) (?:that|whether|if|me|how|why"
        rf"|QUOTE)\b|\b(?:on|by) (?:both |each )?(?:MOTHER's|FATHER's|ADULT's|CHILD's|parents'"
        rf"|parent's) (?:own )?account|\({_NAMED}(?:[,;] [^)]{{1,40}}|,? DATE)?\)|, {_WHO} {_ADVERB}(?:says?|said"
        rf"|told me|tells me|thinks?|thought|believes?|explained),|, {_WHO} (?:says|said|told me)\.?$|^QUOTE,|\b(?:he"
        rf"|she|CHILD|MOTHER|FATHER|ADULT) (?:\w+ ){{0,4}}QUOTE",
    ),
    (
        Voice.JUDGEMENT,
        1,
        r"\bshould\b|\bought to\b|\bwould (?:be|mean|have|need|lose|leave|benefit|give|allow|make|not|also|cause|help"
        r"|provide|suffer|keep|miss|gain|put|bring|offer|require|still|risk|disrupt|undermine|only|likely|probably"
        r"|almost|never|become|see|go|live|spend)\b|\b(?:is|are|was|were) (?:un)?likely\b|\blikely to\b|\b(?:needs?"
        r"|requires?) (?:to|a|an|the|stability|consistent|someone|help|his|her|their)\b|\bin (?:CHILD's|his|her"
        r"|their) (?:best )?interests?\b|\bneeds? (?:is|are)\b|^he needs\b|^she needs\b|^CHILD needs\b"
        r"|\bcosts? (?:more|less|him|her)\b|\bi should\b"
        r"|\b(?:risk|risks) (?:is|are|of|to|remains?|that)\b|\b(?:clearly|undoubtedly|obviously|evidently|plainly"
        r"|no doubt|certainly)\b|\b(?:poses|presents|represents|outweighs?|suggests?|demonstrates?|indicates?|shows?"
        r"|means?) (?:that|a|an|to me|how|him|her|CHILD|the|no|little|some|good)\b|\b(?:strength|weakness|protective"
        r"|harmful|significant harm|emotional harm|welfare|good enough|proportionate|necessary|beneficial|detrimental"
        r"|realistic|preferable|better for|worse for|advantages?|disadvantages?|against (?:it|that|this))\b"
        r"|\bcan(?:not)? (?:meet|be|provide|manage|keep|offer|protect)\b|\b(?:may|might|could) (?:be|well|have|also"
        r"|not|become|lead|help|cause|mean)\b|\b(?:has|have|is|are) (?:a )?(?:warm|loving|secure|close|strong|poor"
        r"|limited|good|positive|negative|insight|committed|capable|able|unable)\b|\blacks?\b|\bfails? to\b"
        r"|\bprioritis|\binsight\b|\bthe (?:best|only|better|right|safest|least) ",
    ),
    (
        Voice.OBSERVED,
        1,
        r"\b(?:seemed|appeared|presented|looked|smiled|giggled|laughed|cried|reached|cuddled|snuggled|clung|babbled"
        r"|crawled|settled|relaxed)\b",
    ),
)
_PATTERNS = tuple((voice, strength, re2.compile(pattern)) for voice, strength, pattern in _CUES)

_ACCOUNTS = frozenset({Role.PARTIES, Role.PROFESSIONALS, Role.WISHES, Role.ISSUES})
_STATUS = frozenset({Voice.ALLEGED, Voice.DENIED, Voice.ADMITTED, Voice.FOUND})
_BASES = frozenset({Voice.DOCUMENT, Voice.TOLD, Voice.OBSERVED, Voice.FOUND})
_CHILDS_VOICE = frozenset({Role.WISHES, Role.CHILD, Role.OBSERVATION})
_CHILD_FEELS = re2.compile(
    r"^(?:CHILD|SIBLING)\b.*\b(?:feels?|felt|believes?|thinks?|wants?|hopes?|fears?|worries|considers?|wishes|likes?"
    r"|expects?|prefers?"
    r"|is (?:worried|clear|adamant|concerned|afraid|frightened|anxious|happy|content|unsure|certain|keen|willing"
    r"|opposed)\b.*)$"
)
_RECORDS = frozenset(Role) - {Role.ANALYSIS, Role.OPTIONS, Role.RECOMMENDATION, Role.FRONT_SHEET}
_SEEN = frozenset({Role.WISHES, Role.CHILD, Role.CONTACT, Role.CAPACITY, Role.PARTIES})
_SPEAKING = frozenset({Position.MOTHER, Position.FATHER, Position.ADULT, Position.PROFESSIONAL})
_ONLY_QUOTED = re2.compile(r"^[^a-zA-Z]*QUOTE[^a-zA-Z]*$")
_SAME_RECORD = re2.compile(
    r"^(?:they|it|on DATE|in DATE|there (?:is|was|are|were) (?:no|nothing|one|two|three|four|also|a)|no |nothing"
    r"|neither|none|the (?:log|entry|entries|letter|same|last|first|second|other)|one |two |both )"
)
_WAS_SEEN = re2.compile(
    r"^(?:then |when |at (?:one|first) |after |as |on DATE |later )?(?:(?:the|a|his|her|both) )?(?:CHILD|he|she|they"
    r"|MOTHER|FATHER|ADULT|SIBLING)\b.{0,40}\b(?:was|were|had|went|came|took|sat|ran|held|put|gave|lay|fell|drew|ate"
    r"|kept|made|let|stood|threw|got|built|found|sang|slept|told|looked|[a-z]{2,}ed)\b"
)
_OWN = frozenset(
    {
        Role.ANALYSIS,
        Role.OPTIONS,
        Role.RECOMMENDATION,
        Role.CAPACITY,
        Role.CARE_PLAN,
        Role.HARM,
        Role.TIMESCALES,
        Role.CONTACT,
        Role.DIVERSITY,
    }
)
_NARRATES = re2.compile(
    r"\b(?:was|were|had|did|went|came|took|began|met|left)\b"
    r"|\b(?:he|she|they|it|you|MOTHER|FATHER|CHILD|ADULT|PROFESSIONAL|and|who) (?:then |also |later )?[a-z]{3,}ed\b"
    r"|^[^a-z]*$|^\S+(?: \S+){0,2}$|^AUTHOR\b"
)
_MODAL = re2.compile(r"^(?:would|could|might|may)\b")
_FIRST_PERSON = re2.compile(r"\b(?:i|my|me|AUTHOR)\b")
_BY_WHOM = re2.compile(r"\b(?:MOTHER|FATHER|ADULT|CHILD|SIBLING|PROFESSIONAL)\b")
_OPENS_A_LIST = re2.compile(r":\s*$")
_STATUTE = re2.compile(
    r"(?i)ascertainable wishes and feelings of the child|physical,? emotional and educational needs"
    r"|likely effect on (?:him|her|the child)(?: of any change| in (?:his|her) circumstances| \(throughout)"
    r"|(?:his|her|their|the child's) age,? sex,? background and any (?:of his )?characteristics"
    r"|any harm (?:which )?(?:he|she|they|the child) (?:has|have) suffered or (?:is|are) at risk"
    r"|how capable each of (?:his|the|their) parents|range of powers available to the court under"
    r"|the child's welfare shall be the court's paramount|shall be the court's paramount consideration"
    r"|shall not make the order or any of the orders unless|any delay in determining the question"
    r"|likely to prejudice the welfare"
    r"|unless it considers that doing so would be better for the child than|(?:is|are) suffering,? or (?:is"
    r"|are) likely to suffer,? significant harm|attributable to (?:the care given|\(i\)|a lack of)"
    r"|not being what it would be reasonable to expect a parent|beyond parental control"
    r"|domestic abuse (?:includes|means) |any incident or pattern of incidents of controlling"
    r"|controlling behaviour(?:\"|”)? means|coercive behaviour(?:\"|”)? means|paramount consideration of (?:a court"
    r"|the court) .{0,40}throughout"
    r"|shall \(?in particular\)? (?:have regard|consider)"
    r"|impairment suffered from seeing or hearing the ill-treatment|must have regard to the following matters"
    r"|throughout his life of having ceased to be a member"
)
_RECITES = re2.compile(
    r"(?i)\bs(?:ection|\.)? ?(?:1\(\d|31\(|7\(|8\b|34|14)|\bact (?:1989|2002|2021)\b|\bprovides that"
    r"|\bthe court (?:must|shall|may only)|\bwelfare checklist|\(a\)|\bpractice direction|\bpd ?12j"
)


# The welfare checklist told over in a sentence: "regard has been had to the welfare checklist, namely the wishes and
# feelings of the child, his needs, the effect of change ..."
_RECITED = re2.compile(
    r"(?i)(?:regard (?:has been had |was had )?to|mindful of|considered|consider|applied|taken into account|following"
    r"|set out in|under) "
    r"(?:\w+ ){0,6}(?:welfare checklist|checklist|section 1\(3\)|s\.? ?1\(3\)|section 1\(4\)|s\.? ?1\(4\))"
)
_HEADS = re2.compile(
    r"(?i)\bwishes and feelings|\bneeds\b"
    r"|(?:likely )?effects? (?:on \w+ )?of (?:any )?change|change (?:in|of) (?:his|her"
    r"|their|the child's )?circumstances"
    r"|\bage,? sex|\bbackground and\b|\bharm\b|\bcapab(?:le|ility|ilities)\b|\bcapacity\b|range of powers"
    r"|powers (?:available|of the court)"
)


class _Cue(NamedTuple):
    voice: Voice
    strength: int
    start: int
    end: int


@dataclass
class _Account:
    """A reported account that may go on: who gives it, and in which voice."""

    voice: Voice
    speaker: str | None
    pronoun: str | None


def is_statutory(text: str, *, names: bool) -> bool:
    """Statutory or standard wording set out for reference: the welfare checklist, s1(5), s31(2), PD12J's definitions.

    A sentence that names somebody in the case (`names`) applies the words, unless it is nearly all statute.
    """
    if _RECITED.search(text) and sum(1 for _ in _HEADS.finditer(text)) >= 3:
        return True
    match = _STATUTE.search(text)
    if match is None:
        return False
    share = (match.end() - match.start()) / len(text)
    return share >= 0.6 or (not names and (share >= 0.2 or bool(_RECITES.search(text))))


def attribute(
    document: Document,
    sentences: Sequence[Sentence],
    mentions: dict[int, list[Mention]],
    people: Iterable[Person],
) -> tuple[Sentence, ...]:
    """The sentences with voice, speaker, about and statutory filled in; one pass in reading order."""
    reader = _Reader(document, {person.key: person for person in people}, mentions)
    return tuple(reader.read(sentence) for sentence in sentences)


def _start(mention: Mention) -> int:
    return mention.start


class _Reader:
    """Reads sentences in order and remembers what goes on from one to the next."""

    def __init__(self, document: Document, people: dict[str, Person], mentions: dict[int, list[Mention]]) -> None:
        self.document = document
        self.people = people
        self.mentions = mentions
        self.first_key: dict[Position, str] = {}
        for person in people.values():
            self.first_key.setdefault(person.position, person.key)
        self.paragraph = -1
        self.section = -1
        self.account: _Account | None = None
        self.list_account: _Account | None = None
        self.owner: str | None = None  # whose interview the section is
        self.recent: list[str] = []  # people named lately in the paragraph, the last first

    def read(self, sentence: Sentence) -> Sentence:
        paragraph = self.document.paragraphs[sentence.paragraph]
        self._move(sentence, paragraph)
        here = self._people_in(sentence)
        if is_statutory(sentence.text, names=self._names(sentence)):
            return replace(sentence, statutory=True, about=frozenset(key for _, key in here))
        if sentence.heading:
            return replace(sentence, about=frozenset(key for _, key in here))
        voice, cue = self._voice(sentence)
        speaker = self._speaker(sentence, voice, cue, here)
        about = self._about(sentence, here, speaker)
        self._remember(sentence, voice, speaker, here)
        return replace(sentence, voice=voice, speaker=speaker, about=about)

    # --- moving on ---------------------------------------------------------------------------------------------------

    def _move(self, sentence: Sentence, paragraph: Paragraph) -> None:
        if sentence.section != self.section:
            self.section = sentence.section
            self.account = self.list_account = None
            self.owner = self._section_owner(sentence.section)
            self.recent = [self.owner] if self.owner else []
        if sentence.paragraph != self.paragraph:
            before = self.document.paragraphs[self.paragraph] if self.paragraph >= 0 else None
            self.paragraph = sentence.paragraph
            if paragraph.list_level is None:
                self.list_account = None
            self.account = self.list_account
            if before is None or not self.recent:
                self.recent = [self.owner] if self.owner else []

    def _section_owner(self, index: int) -> str | None:
        """The person a section's heading names and nothing else: "Ms Lowe", "M", "Health visitor: Mrs Sallis"."""
        heading = self.document.sections[index].heading
        if heading is None:
            return None
        named = {mention.key for mention in self.mentions.get(heading, ()) if mention.key}
        if len(named) == 1:
            return named.pop()
        for mention in self.mentions.get(heading, ()):
            if mention.placeholder in {"MOTHER", "FATHER"}:
                return self.first_key.get(Position(mention.placeholder.lower()))
        return None

    def _remember(self, sentence: Sentence, voice: Voice, speaker: str | None, here: list[tuple[int, str]]) -> None:
        for _, key in reversed(here):
            if key in self.recent:
                self.recent.remove(key)
            self.recent.insert(0, key)
        del self.recent[6:]
        if voice in {Voice.TOLD, Voice.ALLEGED, Voice.DENIED, Voice.ADMITTED}:
            pronoun = self.people[speaker].pronoun if speaker in self.people else None
            going_on = Voice.TOLD if voice in {Voice.ADMITTED, Voice.DENIED} else voice
            self.account = _Account(going_on, speaker, pronoun)
        elif voice is Voice.DOCUMENT:
            self.account = _Account(Voice.DOCUMENT, speaker, None)
        elif voice is Voice.OBSERVED:
            self.account = _Account(Voice.OBSERVED, None, None)
        else:
            self.account = None
        if _OPENS_A_LIST.search(sentence.masked):
            self.list_account = self.account

    # --- the voice ---------------------------------------------------------------------------------------------------

    def _voice(self, sentence: Sentence) -> tuple[Voice, _Cue | None]:
        cues = _cues(sentence.masked)
        strong = [cue for cue in cues if cue.strength == 2 and not self._is_guessed(cue, sentence)]
        listed = self.list_account is not None and not _FIRST_PERSON.search(sentence.masked)
        if listed and self.list_account and not any(cue.voice in _STATUS for cue in strong):
            return self.list_account.voice, None
        weak = {cue.voice: cue for cue in cues if cue.strength == 1}
        if strong:
            cue = min(strong, key=lambda cue: (cue.start, _ORDER[cue.voice]))
            weighed = weak.get(Voice.JUDGEMENT)
            if weighed and weighed.start < cue.start and cue.voice in _BASES and sentence.role in _OWN:
                return Voice.JUDGEMENT, weighed  # "should stay, because the log shows ...": a judgement and its basis
            return cue.voice, cue
        if _ONLY_QUOTED.match(sentence.masked):
            return Voice.TOLD, None
        if Voice.DOCUMENT in weak:
            return Voice.DOCUMENT, weak[Voice.DOCUMENT]
        if Voice.TOLD in weak:
            return Voice.TOLD, weak[Voice.TOLD]
        weighed = weak.get(Voice.JUDGEMENT)
        modal = weighed is not None and _MODAL.match(sentence.masked[weighed.start :])
        going_on = self._going_on(sentence, weighs=weighed is not None and not modal)
        if going_on is not None:
            return going_on.voice, None
        own = sentence.role in _OWN and not _NARRATES.search(sentence.masked)
        if Voice.JUDGEMENT in weak or own:
            return Voice.JUDGEMENT, weak.get(Voice.JUDGEMENT)
        if sentence.role is Role.OBSERVATION or (Voice.OBSERVED in weak and sentence.role in _SEEN):
            return Voice.OBSERVED, weak.get(Voice.OBSERVED)
        return Voice.PLAIN, None

    def _is_guessed(self, cue: _Cue, sentence: Sentence) -> bool:
        """ "Ada feels safe there": nobody is said to have told it, outside what is given as the child's own voice."""
        said = _CHILD_FEELS.match(sentence.masked[cue.start : cue.end])
        return said is not None and cue.voice is Voice.TOLD and sentence.role not in _CHILDS_VOICE

    def _going_on(self, sentence: Sentence, *, weighs: bool) -> _Account | None:
        """Does the account of the sentence before go on in this one? `weighs`: it has the look of a judgement."""
        account = self.account
        if account is None or _FIRST_PERSON.search(sentence.masked):
            return None
        if account.voice is Voice.OBSERVED:
            return account if not weighs and _WAS_SEEN.search(sentence.masked) else None
        if account.voice is Voice.DOCUMENT:
            return account if sentence.role in _RECORDS and _SAME_RECORD.match(sentence.masked) else None
        interview = sentence.role in _ACCOUNTS or self._owner_speaks()
        same = account.pronoun in {"he", "she"} and sentence.masked.startswith(f"{account.pronoun} ")
        if interview:
            return account if not weighs else None
        return account if same and not weighs and sentence.role not in _OWN else None

    def _owner_speaks(self) -> bool:
        return self.owner is not None and self.people[self.owner].position in _SPEAKING

    # --- who ---------------------------------------------------------------------------------------------------------

    def _mentions_in(self, sentence: Sentence) -> list[Mention]:
        mentions = self.mentions.get(sentence.paragraph, [])
        first = bisect_left(mentions, sentence.start, key=_start)
        return mentions[first : bisect_left(mentions, sentence.end, lo=first, key=_start)]

    def _people_in(self, sentence: Sentence) -> list[tuple[int, str]]:
        """Keys of the people named or meant in a sentence, with their places in the paragraph, in order."""
        return [
            (mention.start, key)
            for mention in self._mentions_in(sentence)
            if (key := mention.key or self._key_of(mention.placeholder)) is not None
        ]

    def _names(self, sentence: Sentence) -> bool:
        return any(mention.key is not None for mention in self._mentions_in(sentence))

    def _key_of(self, placeholder: str) -> str | None:
        if placeholder in {"MOTHER", "FATHER", "AUTHOR"}:
            return self.first_key.get(Position(placeholder.lower()))
        if placeholder == "CHILD":
            children = [key for key, person in self.people.items() if person.position is Position.CHILD]
            return children[0] if len(children) == 1 else None
        return None

    def _speaker(self, sentence: Sentence, voice: Voice, cue: _Cue | None, here: list[tuple[int, str]]) -> str | None:
        if voice in {Voice.OBSERVED, Voice.JUDGEMENT}:
            return self.first_key.get(Position.AUTHOR)
        if voice not in {Voice.TOLD, Voice.ALLEGED, Voice.ADMITTED, Voice.DENIED, Voice.DOCUMENT}:
            return None
        if cue is None:
            account = self.list_account or self.account
            return account.speaker if account else None
        words = sentence.masked[cue.start : cue.end]
        if match := _BY_WHOM.search(words):
            start, _ = sentence.span(cue.start + match.start(), cue.start + match.end())
            named = [key for at, key in here if at == start]
            return named[0] if named else None
        if voice is Voice.DOCUMENT:
            return None
        return self._by_pronoun(words, [key for at, key in here if at < sentence.offsets[cue.start]])

    def _by_pronoun(self, words: str, before: list[str]) -> str | None:
        wanted = (
            "he" if re2.search(r"\b(?:he|his)\b", words) else "she" if re2.search(r"\b(?:she|her)\b", words) else None
        )
        account = self.account
        if account is not None and account.speaker and (wanted is None or account.pronoun == wanted):
            return account.speaker
        if wanted is None:
            return before[-1] if before else self.owner
        if self.owner and self.people[self.owner].pronoun == wanted:
            return self.owner
        for key in [*reversed(before), *self.recent]:
            if self.people[key].pronoun == wanted:
                return key
        return None

    def _about(self, sentence: Sentence, here: list[tuple[int, str]], speaker: str | None) -> frozenset[str]:
        keys = {key for _, key in here}
        for pronoun, pattern in _PRONOUNS:
            if pattern.search(sentence.masked) and not any(self.people[key].pronoun == pronoun for key in keys):
                fitting = [key for key in self.recent if self.people[key].pronoun == pronoun]
                if fitting:
                    keys.add(fitting[0])
        if speaker is not None and keys != {speaker}:
            keys.discard(self.first_key.get(Position.AUTHOR) or "")
        return frozenset(keys)


_PRONOUNS = (("he", re2.compile(r"\b(?:he|him|his)\b")), ("she", re2.compile(r"\b(?:she|her|hers)\b")))
_ORDER = {
    voice: at
    for at, voice in enumerate(
        (
            Voice.DENIED,
            Voice.ADMITTED,
            Voice.ALLEGED,
            Voice.FOUND,
            Voice.JUDGEMENT,
            Voice.OBSERVED,
            Voice.DOCUMENT,
            Voice.TOLD,
            Voice.PLAIN,
        )
    )
}


def _cues(masked: str) -> list[_Cue]:
    found = []
    for voice, strength, pattern in _PATTERNS:
        for match in pattern.finditer(masked):
            if not _is_subordinate(masked, match.start()):
                found.append(_Cue(voice, strength, match.start(), match.end()))
                break
    return found


_SUBORDINATORS = frozenset(
    "when if until whether because before whenever once while unless since after though although how".split()
)
_SUBJECTS = frozenset("he she they it MOTHER FATHER CHILD ADULT SIBLING PROFESSIONAL".split())


def _is_subordinate(masked: str, at: int) -> bool:
    """Does the cue stand in a clause such as "when he asks" or "since he was sentenced", which says something else?"""
    if at == 0 or masked.startswith("i ", at):
        return False
    if masked[:at].endswith(("i ", "i also ", "i then ")) and not masked[:at].endswith(" QUOTE "):
        return True  # "I asked whether ..." is the author's own asking
    before = masked[max(0, at - 30) : at].split()
    if not before:
        return False
    if before[-1] in _SUBJECTS and len(before) > 1:
        return before[-2] in _SUBORDINATORS and at > 30
    return before[-1] in _SUBORDINATORS and at > 12
