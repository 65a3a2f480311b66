"""Change the words of a report's blocks: the texts in them, and replacements that must each meet one place."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

Blocks = list[dict[str, Any]]


class NotInReport(ValueError):
    """A text to replace stands in no block, or in more than one place."""


def each_text(blocks: Blocks, change: Callable[[str], str]) -> Blocks:
    """New blocks, every text of them (heading, paragraph, footnote, item, cell, box) put through `change`."""
    return [_changed(block, change) for block in blocks]


def _changed(block: dict[str, Any], change: Callable[[str], str]) -> dict[str, Any]:
    new = dict(block)
    for key in ("text", "footnote"):
        if isinstance(block.get(key), str):
            new[key] = change(block[key])
    if "items" in block:
        new["items"] = [change(item) for item in block["items"]]
    if "rows" in block:
        new["rows"] = [[change(cell) for cell in row] for row in block["rows"]]
    return new


def texts(blocks: Blocks) -> list[str]:
    """Every text of the blocks, in order."""
    found: list[str] = []

    def keep(text: str) -> str:
        found.append(text)
        return text

    each_text(blocks, keep)
    return found


def apply(blocks: Blocks, edits: list[dict[str, str]]) -> Blocks:
    """The blocks with each edit's `text` replaced by its `instead`.

    A block left without words is dropped. Raises NotInReport where a `text` does not stand exactly once.
    """
    for edit in edits:
        old, new = edit["text"], edit["instead"]
        if sum(text.count(old) for text in texts(blocks)) != 1:
            raise NotInReport(old)
        blocks = each_text(blocks, lambda text, old=old, new=new: text.replace(old, new))  # type: ignore[misc]
    return [kept for block in blocks if (kept := _without_empty(block))]


def _without_empty(block: dict[str, Any]) -> dict[str, Any] | None:
    if block["kind"] == "bullets":
        items = [item for item in block["items"] if item.strip()]
        return {**block, "items": items} if items else None
    if block["kind"] == "table":
        return block
    if not block["text"].strip():
        return None
    if "footnote" in block and not (block["footnote"] or "").strip():
        return {key: value for key, value in block.items() if key != "footnote"}
    return block
