"""Room that text takes, against widths that Arial's own table gives."""

from __future__ import annotations

import pytest

from qualitycheck.rendering.room import LINE, TALL, height, width


@pytest.mark.parametrize(
    ("text", "arial"),  # points at size 10, from the widths in Arial's hmtx table
    [("The whole report", 75.0), ("Mm", 16.7), ("WWWW", 37.8), ("ill", 6.7), ("Élise", 21.6)],
)
def test_it_is_never_told_narrower_than_it_is_and_not_much_wider(text: str, arial: float) -> None:
    assert arial <= width(text, 10) <= 1.25 * arial
    assert width(text, 10, bold=True) > width(text, 10)


def test_lines_break_between_words_and_a_word_longer_than_a_line_inside() -> None:
    assert height("one two", 10, 200) == pytest.approx(10 * LINE)
    assert height("one two", 10, 20) == pytest.approx(2 * 10 * LINE)
    assert height("W" * 10, 10, 51) == pytest.approx(2 * 10 * LINE)
    assert height("字", 10, 200) == pytest.approx(10 * LINE * TALL)
