"""The laws of edits."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from textkit.edits import Edit, EditError, OffsetMap, apply, compose, invert, substitute, undo

alphabet = st.text(alphabet="ab \n马\u0301\U0001f600", max_size=30)


@st.composite
def edits_for(draw, text):
    """Edits in order that fit `text`: replacements, deletions and insertions."""
    cuts = sorted(draw(st.lists(st.integers(0, len(text)), max_size=10)))
    made = []
    for start, end in zip(cuts[::2], cuts[1::2], strict=False):
        made.append(
            Edit(
                start,
                text[start:end],
                draw(st.text("xyz", max_size=4)),
                draw(st.sampled_from("RS")),
            )
        )
    return made


@st.composite
def edited(draw):
    text = draw(alphabet)
    return text, draw(edits_for(text))


@st.composite
def edited_twice(draw):
    text, first = draw(edited())
    return text, first, draw(edits_for(apply(text, first)))


@given(edited())
def test_undo_takes_back_what_apply_did(case):
    text, edits = case
    assert undo(apply(text, edits), edits) == text


@given(edited())
def test_inverting_twice_gives_the_edits_again(case):
    _, edits = case
    assert list(invert(invert(edits))) == edits


@given(edited_twice())
def test_composed_edits_do_both_in_one_step(case):
    text, first, second = case
    assert apply(text, compose(first, second)) == apply(apply(text, first), second)


@given(edited_twice())
def test_composed_edits_can_be_undone(case):
    text, first, second = case
    both = compose(first, second)
    assert undo(apply(text, both), both) == text


@given(edited())
def test_offset_maps_are_monotone_and_stay_inside(case):
    text, edits = case
    new = apply(text, edits)
    offsets = OffsetMap(edits)
    for function, size, limit in (
        (offsets.new_start, len(text), len(new)),
        (offsets.new_end, len(text), len(new)),
        (offsets.old_start, len(new), len(text)),
        (offsets.old_end, len(new), len(text)),
    ):
        mapped = [function(offset) for offset in range(size + 1)]
        assert mapped == sorted(mapped)
        assert all(0 <= offset <= limit for offset in mapped)


@given(edited())
def test_an_untouched_character_maps_to_itself(case):
    text, edits = case
    new = apply(text, edits)
    offsets = OffsetMap(edits)
    touched = {i for e in edits for i in range(e.start, e.end)}
    for i in set(range(len(text))) - touched:
        start, end = offsets.to_new(i, i + 1)
        assert new[start:end] == text[i]
        assert offsets.to_old(start, end) == (i, i + 1)


@pytest.mark.parametrize(
    ("edits", "why"),
    [
        ([Edit(0, "b", "", "R")], "the old text is not there"),
        ([Edit(0, "ab", "", "R"), Edit(1, "b", "", "R")], "two edits overlap"),
        ([Edit(9, "", "x", "R")], "beyond the end"),
        ([Edit(1, "b", "", "R"), Edit(0, "a", "", "R")], "out of order"),
    ],
)
def test_edits_that_do_not_fit_are_refused(edits, why):
    with pytest.raises(EditError, match="does not fit"):
        apply("ab", edits)


def test_a_later_rule_takes_over_what_it_swallows():
    first = [Edit(4, "\xa0", " ", "TK304"), Edit(6, "\xa0", " ", "TK304")]
    second = [Edit(0, "Home > It\n", "", "TK101")]
    assert compose(first, second) == [Edit(0, "Home\xa0>\xa0It\n", "", "TK101")]


def test_substitute_leaves_out_what_does_not_change():
    pattern = re.compile(r"\s")
    assert substitute(pattern, "a b\tc", "R", " ") == [Edit(3, "\t", " ", "R")]
