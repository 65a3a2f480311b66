"""What the trained reader was taught to tell apart, in the order of its outputs; a new order needs a new training."""

from __future__ import annotations

from qualitycheck.understanding.case import Role, Voice

ELEMENTS = (
    "child-seen wishes-and-feelings child-needs effect-of-change characteristics harm parenting-capacity "
    "range-of-powers no-order-principle diversity safeguarding-checks enquiries professional-views options-evaluated "
    "recommendation recommendation-shared front-sheet issues-for-court domestic-abuse threshold care-plan-evaluation "
    "orders-compared contact-plan timescales iro-liaison guardian-influence"
).split()
# Faults that a reader judges by meaning. The others (a wrong date, a repeated passage, a misspelling, a placeholder, a
# reference to nowhere) are exact, and the rules' alone.
FAULTS = (
    "unsupported-assertion vague-term too-young relevance-unclear inappropriate-content outside-expertise "
    "speculative-recommendation personal-opinion unbalanced-language observation-criteria description-only"
).split()
STATUSES = ("met", "partial", "missing", "not-applicable")
MAY_NOT_APPLY = ("domestic-abuse",)  # the elements that the catalogue lets be not applicable
SPEAKERS = ("observed", "told", "document", "alleged", "found", "judgement", "plain")
ROLES = tuple(Role)
VOICES = tuple(Voice)
