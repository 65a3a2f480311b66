"""The criteria, each with its page: what it means, on whose authority, and how often the checker is right about it."""

from __future__ import annotations

import re
from collections.abc import Mapping

from fastapi import APIRouter, Request
from fastapi.responses import Response

from qualitycheck.measuring.shipped import Shipped, shipped
from qualitycheck.rendering.trust import measured_on, of_criterion
from qualitycheck.rulebook.schema import Criterion
from qualitycheck.service.desk import AtDesk
from qualitycheck.service.pages.rendering import page
from qualitycheck.service.problems import Problem

router = APIRouter()
_CHECK, _PLACE = re.compile(r"[\w-]{1,64}", re.ASCII), re.compile(r"(?:finding|element)-[a-z0-9-]{1,64}")
MOST_ASKED = 100  # characters of a search
KINDS = {"element": "What a report must contain", "finding": "What may be wrong at a passage"}


@router.get("/criteria")
def criteria(request: Request, at: AtDesk, q: str = "") -> Response:
    asked = " ".join(q.split())[:MOST_ASKED]
    found = [criterion for criterion in at.rulebook.criteria.values() if _matches(criterion, asked)]
    groups = [(heading, [one for one in found if one.kind == kind]) for kind, heading in KINDS.items()]
    return page(request, "criteria.html", asked=asked, groups=groups, found=len(found))


@router.get("/criteria/{criterion}")
def criterion(request: Request, at: AtDesk, criterion: str, check: str = "", place: str = "") -> Response:
    """`check` and `place`: where on the page of which result it was asked for."""
    known = at.rulebook.criteria.get(criterion)
    if known is None:
        raise Problem(404, "There is no criterion of that name: choose one from the list of criteria.")
    told = shipped()
    rules = [rule for rule in at.rulebook.rules if rule.criterion == known.id]
    return page(
        request,
        "criterion.html",
        criterion=known,
        back=f"/checks/{check}#{place}" if _CHECK.fullmatch(check) and _PLACE.fullmatch(place) else None,
        known_wrong_when=dict.fromkeys(when.replace("`", "") for rule in rules for when in rule.known_wrong_when),
        is_off=not rules and known.read is None,
        measured_on=measured_on(told),
        right=of_criterion(told, known.id),
        holds=holds(told, at.tool),
    )


def holds(told: Shipped, tool: Mapping[str, str]) -> bool:
    """Whether the figures were measured with the rules and models that judge here."""
    return (told.rules, told.models) == (tool["rules"], tool["models"])


def _matches(criterion: Criterion, asked: str) -> bool:
    """Whether every word that was asked for is in what the criterion's page says."""
    said = " ".join(
        [
            criterion.id,
            criterion.title,
            criterion.purpose,
            criterion.source,
            criterion.met_when,
            criterion.partial_when,
            criterion.wrong_when,
            criterion.not_a_fault,
            criterion.what_to_do,
            *criterion.examples,
            *(f"{law.source} {law.at}" for law in criterion.law),
        ]
    ).casefold()
    return all(word in said for word in asked.casefold().split())
