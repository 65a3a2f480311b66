"""The words by which a report speaks of people without naming them, and the placeholder each stands for.

Placeholders are those of the masked view: CHILD SIBLING MOTHER FATHER ADULT PROFESSIONAL AUTHOR.
"""

from __future__ import annotations


def _phrases(written: str) -> tuple[str, ...]:
    return tuple(phrase.strip() for phrase in written.split(","))


MOTHER = _phrases("mother, mum, mam, mummy, mammy, birth mother, biological mother")
FATHER = _phrases("father, dad, daddy, birth father, biological father")
CHILD = _phrases(
    "child, children, boy, boys, girl, girls, baby, babies, toddler, twins, infant, young person, young people, "
    "little boy, little girl, little one, little ones, subject child, subject children, youngster, youngsters, "
    "eldest, oldest, youngest, elder child, older child, younger child, eldest child, oldest child, youngest child, "
    "older boy, younger boy, older girl, younger girl, older children, younger children, two children, three children, "
    "four children, five children, six children, two boys, two girls, three boys, three girls"
)
OFFSPRING = _phrases(
    "son, daughter, sons, daughters, two sons, two daughters, eldest son, eldest daughter, youngest son, "
    "youngest daughter"
)
SIBLING = _phrases(
    "brother, sister, brothers, sisters, half-brother, half-sister, half-brothers, half-sisters, half brother, "
    "half sister, half brothers, half sisters, step-brother, step-sister, stepbrother, stepsister, sibling, siblings, "
    "half-sibling, half-siblings, big sister, big brother, little sister, little brother, older sister, older brother, "
    "younger sister, younger brother, elder sister, elder brother, baby sister, baby brother, twin sister, twin brother"
)
_KIN = _phrases(
    "grandmother, grandfather, grandparents, grandparent, nan, nana, nanna, gran, granny, grandma, grandad, granddad, "
    "grandpa, nain, taid, mamgu, tadcu, aunt, auntie, aunty, uncle, aunts, uncles, great-aunt, great-uncle, "
    "great aunt, "
    "great uncle, great-grandmother, great-grandfather, great grandmother, great grandfather"
)
ADULT = (
    *_KIN,
    *(f"{side} {kin}" for side in ("maternal", "paternal", "step") for kin in _KIN),
    *_phrases(
        "partner, ex-partner, former partner, new partner, boyfriend, girlfriend, fiancé, husband, wife, ex-husband, "
        "ex-wife, stepfather, stepmother, step-father, step-mother, stepdad, stepmum, foster carer, foster carers, "
        "foster mother, foster father, foster parents, carer, carers, current carer, current carers, special guardian, "
        "special guardians, proposed special guardians, prospective special guardians, prospective adopters, adopters, "
        "kinship carer, kinship carers, connected carer, connected carers, lodger, neighbour, neighbours, landlord, "
        "family friend, step-grandmother, childminder"
    ),
)
PROFESSIONAL = _phrases(
    "social worker, allocated social worker, previous social worker, current social worker, former social worker, "
    "child's social worker, children's social worker, independent social worker, family support worker, support "
    "worker, "
    "family worker, key worker, keyworker, key person, health visitor, class teacher, reception teacher, "
    "nursery teacher, form teacher, form tutor, teacher, head teacher, headteacher, deputy head, deputy headteacher, "
    "head of year, teaching assistant, senco, designated safeguarding lead, safeguarding lead, learning mentor, "
    "pastoral lead, pastoral manager, nursery manager, nursery worker, nursery nurse, nursery key worker, "
    "playgroup leader, school nurse, gp, family gp, doctor, paediatrician, consultant paediatrician, "
    "community paediatrician, consultant, midwife, community midwife, specialist midwife, nurse, idva, "
    "probation officer, probation practitioner, offender manager, psychologist, clinical psychologist, "
    "educational psychologist, psychiatrist, therapist, play therapist, speech therapist, "
    "speech and language therapist, counsellor, contact supervisor, contact worker, family time supervisor, "
    "family time worker, supervisor, supervising social worker, independent reviewing officer, reviewing officer, iro, "
    "solicitor, child's solicitor, children's solicitor, barrister, counsel, youth worker, personal adviser, "
    "independent visitor, advocate, dentist, interpreter, intermediary, mentor, tutor, drug worker, alcohol worker, "
    "substance misuse worker, recovery worker, outreach worker, team manager, practice manager, assessor, expert, "
    "independent expert, sgo assessor, care coordinator, occupational therapist, physiotherapist, dietician, "
    "dietitian, police officer, early help worker, domestic abuse worker, refuge worker, housing officer, "
    "play leader, childcare worker, school counsellor, attendance officer, education welfare officer"
)
AUTHOR = _phrases(
    "guardian, children's guardian, child's guardian, author, author of this report, writer, report writer, reporter, "
    "reporting officer, undersigned, family court adviser, family court advisor, cafcass officer, cafcass adviser, "
    "family reporter, children and family reporter, welfare reporter, welsh family proceedings officer, "
    "family proceedings officer, present writer, fca"
)
# Abbreviations that stand alone, as written.
ABBREVIATIONS = {
    "PGM": "ADULT", "MGM": "ADULT", "PGF": "ADULT", "MGF": "ADULT", "MGP": "ADULT", "PGP": "ADULT", "PGPs": "ADULT",
    "MGPs": "ADULT", "SW": "PROFESSIONAL", "ASW": "PROFESSIONAL", "ISW": "PROFESSIONAL", "HV": "PROFESSIONAL",
    "IRO": "PROFESSIONAL", "GP": "PROFESSIONAL", "SENCO": "PROFESSIONAL", "SENCo": "PROFESSIONAL",
    "ISWs": "PROFESSIONAL", "IDVA": "PROFESSIONAL", "FSW": "PROFESSIONAL", "CG": "AUTHOR", "FCA": "AUTHOR",
    "WFPO": "AUTHOR",
}  # fmt: skip

PLACEHOLDER: dict[tuple[str, ...], str] = {
    tuple(phrase.replace("-", " ").replace("'", " ").split()): placeholder
    for placeholder, phrases in (
        ("MOTHER", MOTHER),
        ("FATHER", FATHER),
        ("CHILD", (*CHILD, *OFFSPRING)),
        ("SIBLING", SIBLING),
        ("ADULT", ADULT),
        ("PROFESSIONAL", PROFESSIONAL),
        ("AUTHOR", AUTHOR),
    )
    for phrase in phrases
}
PLURAL_HEADS = frozenset(
    "children boys girls babies twins people ones youngsters sons daughters brothers sisters siblings carers".split()
)
