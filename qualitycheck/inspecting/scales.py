"""Scales on which reports are graded, best grade first. Which one holds is a setting; no grade is ever proposed."""

from __future__ import annotations

from dataclasses import dataclass

from qualitycheck.errors import BadSetting

NOT_APPLICABLE = "not applicable"


@dataclass(frozen=True)
class Scale:
    """`grades` from best to worst; `short` are those that fall short; `applies` says whether each must be graded.

    Where it need not, a criterion may be given `not applicable`, which stands outside the order of the grades.
    """

    name: str
    title: str
    grades: tuple[str, ...]
    short: tuple[str, ...]
    applies: bool = True

    @property
    def given(self) -> tuple[str, ...]:
        """All that a reader may give."""
        return self.grades if self.applies else (*self.grades, NOT_APPLICABLE)

    @property
    def falling_short(self) -> str:
        return " or ".join(self.short)


# HMICA and Ofsted to 2008; Ofsted's frameworks of 2013 and 2021; the statuses of the catalogue (docs/inspecting.md).
SCALES = {
    scale.name: scale
    for scale in (
        Scale(
            "2008",
            "excellent to inadequate (HMICA and Ofsted, 2008)",
            ("excellent", "good", "adequate", "inadequate"),
            ("inadequate",),
        ),
        Scale(
            "ofsted",
            "outstanding to inadequate (Ofsted, from 2013)",
            ("outstanding", "good", "requires improvement", "inadequate"),
            ("inadequate",),
        ),
        Scale("met", "met, partial or missing", ("met", "partial", "missing"), ("partial", "missing"), applies=False),
    )
}


def scale_of(setting: str) -> Scale:
    """The scale of this name, or one of our own written as its grades, best first: "full,part,none".

    The last grade of such a scale is the one that falls short, and any criterion may be not applicable.

    Raises:
        BadSetting: for what is neither.
    """
    if setting in SCALES:
        return SCALES[setting]
    grades = tuple(" ".join(grade.split()).lower() for grade in setting.split(","))
    if len(grades) < 2 or len(set(grades)) < len(grades) or not all(grades) or NOT_APPLICABLE in grades:
        raise BadSetting(f"{setting!r} is no scale: give {', '.join(SCALES)}, or two grades or more, best first: a,b,c")
    return Scale("own", f"{grades[0]} to {grades[-1]}", grades, grades[-1:], applies=False)
