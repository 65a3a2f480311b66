"""Draw the plan of a report before it is written: which elements are met, partial or missing, and which faults it has.

Statuses and faults are drawn at random so that labels are nobody's habit. The draw depends only on the seed.

    python -m qualitycheck.models.corpora.plan --seed 7 --type section7 --quality adequate
"""

from __future__ import annotations

import argparse
import json
import random

ELEMENTS = (
    "child-seen wishes-and-feelings child-needs effect-of-change characteristics harm parenting-capacity "
    "range-of-powers no-order-principle diversity safeguarding-checks enquiries professional-views options-evaluated "
    "recommendation recommendation-shared front-sheet issues-for-court domestic-abuse"
).split()
SECTION31 = (
    "threshold care-plan-evaluation orders-compared contact-plan timescales iro-liaison guardian-influence"
).split()
FINDINGS = (
    "unsupported-assertion vague-term too-young relevance-unclear inappropriate-content outside-expertise "
    "speculative-recommendation personal-opinion unbalanced-language observation-criteria repetition inconsistent-fact "
    "cross-reference template-residue language-error description-only"
).split()
WEIGHTS = (3,) + (1,) * (len(FINDINGS) - 1)
# How often an element is met, partial, missing, by the quality of the report.
CHANCES = {
    "excellent": (0.96, 0.04, 0.0),
    "good": (0.80, 0.14, 0.06),
    "adequate": (0.55, 0.27, 0.18),
    "poor": (0.35, 0.35, 0.30),
}
FAULTS = {"excellent": (0, 0), "good": (2, 4), "adequate": (5, 8), "poor": (8, 12)}
LAYOUTS = (
    "heading-styles", "bold-headings", "tables", "label-cells", "content-controls", "auto-numbered", "text-boxes",
    "footnotes", "tracked-changes", "capitals", "plain-numbered", "letter",
)


def draw(seed: int, report_type: str, quality: str) -> dict[str, object]:
    """The plan for one report; `report_type` is section7 or section31, `quality` a key of CHANCES."""
    chance = random.Random(f"{seed}/{report_type}/{quality}")
    ids = list(ELEMENTS) + (SECTION31 if report_type == "section31" else [])
    statuses = {id_: chance.choices(("met", "partial", "missing"), CHANCES[quality])[0] for id_ in ids}
    if chance.random() < 0.35:
        statuses["domestic-abuse"] = "not-applicable"
    wanted = chance.randint(*FAULTS[quality])
    faults = sorted(chance.choices(FINDINGS, WEIGHTS, k=wanted))
    plan: dict[str, object] = {
        "type": report_type,
        "quality": quality,
        "layout": chance.choice(LAYOUTS),
        "children": chance.choices((1, 2, 3), (0.6, 0.3, 0.1))[0],
        "elements": statuses,
        "findings": faults,
        "clean_at_least": max(8, wanted),
        "misleading_headings": chance.randint(1, 3),
        "elements_in_unexpected_places": chance.randint(2, 4),
    }
    # Drawn last, so that plans of reports written before pairs were asked for stay as they were.
    plan["element_pairs"] = {id_: _another(statuses[id_], chance) for id_ in chance.sample(_judged(statuses), 6)}
    plan["finding_pairs"] = ["unsupported-assertion", *chance.choices(FINDINGS, WEIGHTS, k=3)]
    return plan


def _judged(statuses: dict[str, str]) -> list[str]:
    return [id_ for id_, status in statuses.items() if status != "not-applicable"]


def _another(status: str, chance: random.Random) -> str:
    """The status that a pair turns this one into."""
    return chance.choice([other for other in ("met", "partial", "missing") if other != status])


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--seed", type=int, required=True)
    parser.add_argument("--type", choices=("section7", "section31"), required=True)
    parser.add_argument("--quality", choices=tuple(CHANCES), required=True)
    options = parser.parse_args()
    print(json.dumps(draw(options.seed, options.type, options.quality), indent=1))


if __name__ == "__main__":
    main()
