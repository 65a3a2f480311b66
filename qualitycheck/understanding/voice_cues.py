"""Words that tell who is speaking in a sentence: denials, admissions, allegations, findings, judgements, sources.

Cues are matched against the masked view (see `qualitycheck.language.masking`).
"""

from __future__ import annotations

from typing import NamedTuple

import re2

from qualitycheck.understanding.case import Voice

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
        rf"|print-?out|minutes|summary|card|photograph|screening|rota) (?:that .{{1,30}}|which .{{1,30}}|sent .{{1,20}}"
        rf"|for .{{1,20}})?,? ?(?:has|have|is at|are at|lists?|mentions?|describes?|scores?|proposes?|provides?"
        rf"|recommends?|bears?|is dated|gives?|shows?|puts?|runs?|now runs)\b|\b(?:attendance|weight"
        rf"|height) (?:stands|stood|is|was) (?:at|on)\b|^in the (?:\w+ ){{0,2}}(?:book|log|diary|records?|file"
        rf"|notes)\b|\bscrolled\b|\bno (?:offence|entry|conviction|record) (?:was|is|has been)\b"
        rf"|\bhas (?:since )?sent me the\b|\bmade a statement\b|\b(?:assessment|report|plan|letter|test"
        rf"|certificate)(?: of DATE|, .{{1,40}},)? (?:is|was) (?:negative|positive|dated|inconclusive|clear)\b"
        rf"|\bno trace\b|\bnothing (?:held|known|recorded)\b|\b(?:police|constabulary|council"
        rf"|authority)(?: \([^)]{{1,60}}\))?:|\bconstabulary (?:\([^)]{{1,40}}\) )?(?:holds?|wrote|replied|have|has"
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
_SUBORDINATORS = frozenset(
    "when if until whether because before whenever once while unless since after though although how".split()
)
_SUBJECTS = frozenset("he she they it MOTHER FATHER CHILD ADULT SIBLING PROFESSIONAL".split())


class Cue(NamedTuple):
    """A cue at `masked[start:end]` of a sentence; strength 2 or 1, as in `_CUES`."""

    voice: Voice
    strength: int
    start: int
    end: int


def cues_in(masked: str) -> list[Cue]:
    """The first cue of each kind in a sentence's masked view that does not stand in a subordinate clause."""
    found = []
    for voice, strength, pattern in _PATTERNS:
        for match in pattern.finditer(masked):
            if not _is_subordinate(masked, match.start()):
                found.append(Cue(voice, strength, match.start(), match.end()))
                break
    return found


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
