"""`qualitycheck criteria`: the catalogue, or one criterion explained."""

from __future__ import annotations

from argparse import Namespace

from qualitycheck.cli.files import put
from qualitycheck.errors import BadSetting
from qualitycheck.rendering.data import as_json
from qualitycheck.rendering.text import explain_criterion, list_criteria
from qualitycheck.rulebook.packs import load_rulebook


def run(options: Namespace) -> int:
    criteria = load_rulebook().criteria
    if options.id and options.id not in criteria:
        raise BadSetting(f"there is no criterion {options.id!r}: `qualitycheck criteria` lists them")
    if options.format == "json":
        chosen = [criteria[options.id]] if options.id else list(criteria.values())
        put(as_json([criterion.model_dump(mode="json") for criterion in chosen]))
    else:
        print(explain_criterion(criteria[options.id]) if options.id else list_criteria(criteria))
    return 0
