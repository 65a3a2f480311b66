"""Word files written: comments put in and taken out, and the clean copy for filing. Report in, bytes out."""

from qualitycheck.writing.annotating import Note, annotate, clean
from qualitycheck.writing.filing import filing_copy, leftovers
from qualitycheck.writing.readiness import Readiness, readiness

__all__ = ["Note", "Readiness", "annotate", "clean", "filing_copy", "leftovers", "readiness"]
