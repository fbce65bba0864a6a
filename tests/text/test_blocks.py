"""Blocks: what a line is when its sentence has ended and something follows it."""

import pytest

from textkit.text.blocks import HEADING, ITEM, PARAGRAPH, blocks
from textkit.text.quotes import quotations

TAILS = [
    " [1]", "\u00b9", "\U0001f600", " #rain", " https://x.org/a", "\u2014AFP", " END",
    "\u200f", "\u200b",
    " (Reuters)", " ###", " \u25a0", "[citation needed]", " [3, 4]", "\u201d",
]  # fmt: skip


@pytest.mark.parametrize("tail", TAILS)
def test_a_tail_hides_no_end(tail: str) -> None:
    assert [b.kind for b in blocks(f"The council met on Tuesday.{tail}")] == [PARAGRAPH]


@pytest.mark.parametrize("line", ["Rain in Leeds", "Rain in Leeds #rain", "Version 2.0 is out"])
def test_headings_stay_headings(line: str) -> None:
    assert [b.kind for b in blocks(line)] == [HEADING]


def test_a_paragraph_that_opens_with_a_dash_is_no_item() -> None:
    speech = "\u2014 We won, she said. They left at noon."
    assert [b.kind for b in blocks(speech)] == [PARAGRAPH]
    assert [b.kind for b in blocks("- Milk\n- Bread")] == [ITEM, ITEM]


def test_a_mark_never_closed_swallows_one_sentence() -> None:
    text = "He said: \u201cGo. They went home. It rained."
    assert [text[a:b] for a, b in quotations(text)] == ["\u201cGo."]


def test_a_speech_of_paragraphs_is_quoted_whole() -> None:
    text = "\u201cGo. Now.\n\n\u201cAnd stay.\u201d"
    assert [text[a:b] for a, b in quotations(text)] == ["\u201cGo. Now.", "\u201cAnd stay.\u201d"]
