"""The sample of 2007 as published: 33 section 7 and 29 section 31 by overall grade. The reports are invented."""

from __future__ import annotations

import datetime

from qualitycheck.sampling.manifest import FrameRecord, Manifest, Report, Settings, Stratum

GRADES = ("excellent", "good", "adequate", "inadequate")
PUBLISHED = {"section7": (0, 1, 7, 25), "section31": (0, 6, 14, 9)}


def rows() -> list[tuple[str, str]]:
    """(report, grade) of all 62."""
    return [
        (f"{kind}-{number:02}", grade)
        for kind, counts in PUBLISHED.items()
        for number, grade in enumerate([g for g, n in zip(GRADES, counts, strict=True) for _ in range(n)], start=1)
    ]


def as_csv() -> bytes:
    lines = ["report,reader,criterion,grade,reason,date"]
    lines += [f"{report},reader A,overall,{grade},As the checklist shows.,2007-06-20" for report, grade in rows()]
    return ("\n".join(lines) + "\n").encode()


def manifest(section7: int = 330, section31: int = 290) -> Manifest:
    """The sample, as from a frame of so many; the frame of 2007 was not published."""
    reports = tuple(Report(id=id_, stratum=id_.split("-")[0], path=f"{id_}.docx") for id_, _ in rows())
    return Manifest(
        tool="1.0.0",
        date=datetime.date(2007, 6, 1),
        seed="east midlands",
        settings=Settings(by=("type",), sizes={"section7": 33, "section31": 29}),
        frame=FrameRecord(
            sha256="0" * 64,
            listed=section7 + section31,
            reports=section7 + section31,
            strata=(Stratum("section31", section31, 29), Stratum("section7", section7, 33)),
        ),
        drawn=reports,
        reserves=(),
    )
