"""Small words for writing a report in a test: see `qualitycheck.miniature`, which the examples of rules use too."""

from qualitycheck.miniature import from_blocks, report

__all__ = ["from_blocks", "report"]
