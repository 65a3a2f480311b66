"""Small words for writing a report in a test: see `qualitycheck.miniature`, which the examples of rules use too."""

from qualitycheck.miniature import report

__all__ = ["report"]
