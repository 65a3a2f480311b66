"""What goes wrong on the user's side; anything else raised is a fault of ours: exit 3, HTTP 500.

    QualityCheckError
      UserError            exit 2, HTTP 4xx: says what to change, and where
        UnreadableReport   a file that is not a report we can read; has a public code
        BadRulePack        a rule file is wrong: file, line and key
        BadSetting         a configuration file or option is wrong
        DamagedModel       a trained file is not there, or is not the one that was measured

Findings are results, not errors. No message ever holds text of a report.
"""

from __future__ import annotations

from typing import Literal

Code = Literal[
    "not-docx",
    "old-doc",
    "encrypted",
    "damaged",
    "too-large-inside",
    "too-complex",
    "no-text",
    "timed-out",
    "not-found",
    "fault",
]


class QualityCheckError(Exception):
    """Anything this program raises on purpose; its text is one plain sentence."""


class UserError(QualityCheckError):
    """Something the user can change."""


class UnreadableReport(UserError):
    """The file cannot be read; `code` is public (command line, JSON and HTTP). With `fault` the fault is ours."""

    def __init__(self, code: Code, message: str) -> None:
        super().__init__(message)
        self.code: Code = code
        self.message = message


class BadRulePack(UserError):
    """A rule file is wrong; the message names file, line and key."""


class BadSetting(UserError):
    """A setting is wrong; the message names it and what it may be."""


class DamagedModel(UserError):
    """A trained file is not there, or not the one that was measured; the message names it and says what to do."""
