"""WordprocessingML written in a part's own words: its namespace and its prefix."""

from __future__ import annotations

import re
from xml.sax.saxutils import escape, quoteattr

from qualitycheck.writing.markup import Markup

# The control characters and half pairs that XML 1.0, section 2.2, has no way to write.
_UNWRITABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")


class Wordml:
    """Writes `w:` elements for one part; a part without a prefix for them gets one on each element."""

    def __init__(self, markup: Markup) -> None:
        self.uri = markup.root.uri
        self.bound = markup.prefix(self.uri)
        self._prefix = self.bound or "w"

    def start(self, name: str, **attributes: str | int) -> str:
        return f"<{self._prefix}:{name}{self._attributes(attributes)}>"

    def end(self, name: str) -> str:
        return f"</{self._prefix}:{name}>"

    def empty(self, name: str, **attributes: str | int) -> str:
        return f"<{self._prefix}:{name}{self._attributes(attributes)}/>"

    def run(self, text: str, *, bold: bool = False) -> str:
        look = f"{self.start('rPr')}{self.empty('b')}{self.end('rPr')}" if bold else ""
        words = escape(_UNWRITABLE.sub("", text))
        written = f'<{self._prefix}:t xml:space="preserve">{words}{self.end("t")}'
        return f"{self.start('r')}{look}{written}{self.end('r')}"

    def attribute(self, name: str, value: str | int) -> str:
        return f" {self._prefix}:{name}={quoteattr(_UNWRITABLE.sub('', str(value)))}"

    def _attributes(self, attributes: dict[str, str | int]) -> str:
        declared = "" if self.bound else f" xmlns:{self._prefix}={quoteattr(self.uri)}"
        return declared + "".join(self.attribute(name, value) for name, value in attributes.items())
