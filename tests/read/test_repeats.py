"""Text that stands twice on a page comes out once; refrains and short lines stay."""

from __future__ import annotations

import pytest

from textkit.read.html.blocks import Block, Page
from textkit.read.html.repeats import without_copies
from textkit.read.html.signs import width_of
from textkit.text.blocks import PARAGRAPH

A = "The bakery on the corner opens an hour earlier from Monday on, its owner says."
B = "Its new oven bakes forty loaves at once, twice as many as the one that broke in May."
C = "Nobody has to wait any longer, and the children get their rolls before school starts."
YES = "“Yes.”"


@pytest.mark.parametrize(
    ("texts", "kept"),
    [
        ([A, B, C, A, B, C], [0, 1, 2]),
        ([A, YES, B, C, A, YES, B, C], [0, 1, 2, 3]),
        ([A, B, A, B], [0, 1, 2, 3]),
        ([A.upper(), A, B, C], [0, 2, 3]),
        ([A, B, C, YES, YES], [0, 1, 2, 3, 4]),
        ([A, A, A, B], [0, 1, 2, 3]),
        ([A, *[f"{B} ({n})" for n in range(20)], A], list(range(22))),
        ([], []),
    ],
    ids=[
        "copy for print",
        "with short lines",
        "filler",
        "standfirst",
        "short",
        "refrain",
        "little",
        "empty",
    ],
)
def test_a_second_copy_is_left_out(texts, kept):
    page = Page([Block(text, PARAGRAPH, width_of(text), 0.0, 0, -1) for text in texts])
    assert sorted(without_copies(page, set(range(len(texts))))) == kept
