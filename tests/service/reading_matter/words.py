"""What a page says, as a person reads it."""

from __future__ import annotations

import re
from html import unescape

_TAGS = re.compile(r"<(script|style)\b.*?</\1>|<[^>]+>", re.DOTALL)


def words(html: str) -> str:
    """The main part of the page as one line."""
    main = html[html.index("<main") : html.index("</main>")]
    return " ".join(unescape(_TAGS.sub(" ", main)).split())
