"""One report as a page: its text with the passages marked, what to fix first and the elements beside it.

One self-contained file: no script, no font, no image, nothing fetched. Everything is reached by links and by keyboard.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache

import jinja2

from qualitycheck.document import Document
from qualitycheck.priorities import by_level, lacking_by_child, what_to_fix_first
from qualitycheck.rendering.plain import plain
from qualitycheck.rendering.sheet import lay_out
from qualitycheck.rendering.wording import CAVEAT, LEVELS, NOT_SURE, STATUSES, TYPES, elements_met, whereabouts
from qualitycheck.result import ReportResult
from qualitycheck.rulebook.schema import Criterion


def render(report: ReportResult, document: Document, criteria: Mapping[str, Criterion], tool: Mapping[str, str]) -> str:
    """The page as text; the same for the same result."""
    sheet = lay_out(report, document)
    page = _template().render(
        report=report,
        first=what_to_fix_first(report),
        by_child=lacking_by_child(report),
        blocks=sheet.blocks,
        margins=sheet.margins,
        numbered=list(enumerate(report.findings, start=1)),
        elements=by_level(report.elements),
        met=elements_met(report),
        level_of={number: finding.level for number, finding in enumerate(report.findings, start=1)},
        numbers={finding.fingerprint: n for n, finding in enumerate(report.findings, start=1)},
        criteria=criteria,
        levels=LEVELS,
        caveat=CAVEAT,
        not_sure=NOT_SURE,
        statuses=STATUSES,
        type_name=TYPES[report.type],
        tool=tool,
    )
    return plain(page)


@cache
def _template() -> jinja2.Template:
    environment = jinja2.Environment(
        loader=jinja2.PackageLoader("qualitycheck.rendering"),
        autoescape=True,
        undefined=jinja2.StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.globals.update(whereabouts=whereabouts)
    return environment.get_template("result.html")
