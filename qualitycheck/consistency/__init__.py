"""The exact checks: each takes a case and yields its faults, sure enough to be shown as they are."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from qualitycheck.consistency.addresses import addresses
from qualitycheck.consistency.case_number import case_number
from qualitycheck.consistency.cross_references import cross_references
from qualitycheck.consistency.fault import Check, Fault, Span
from qualitycheck.consistency.names import child_surnames, kinship, names, strangers
from qualitycheck.consistency.placeholders import empty_sections, guidance_text, placeholders, unfilled_controls
from qualitycheck.consistency.repetition import repetition

CHECKS: Mapping[str, Check] = MappingProxyType(
    {
        "addresses": addresses,
        "case-number": case_number,
        "child-surnames": child_surnames,
        "cross-references": cross_references,
        "empty-sections": empty_sections,
        "guidance-text": guidance_text,
        "kinship": kinship,
        "names": names,
        "placeholders": placeholders,
        "repetition": repetition,
        "strangers": strangers,
        "unfilled-controls": unfilled_controls,
    }
)

__all__ = ["CHECKS", "Check", "Fault", "Span"]
