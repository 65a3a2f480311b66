"""Word files written: comments put in and taken out, and the clean copy for filing. Report in, bytes out."""

from qualitycheck.writing.annotating import annotate, clean

__all__ = ["annotate", "clean"]
