# ruff: noqa: E501
"""The record: its JSON Lines form and what a revision does to it."""

from __future__ import annotations

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from textkit.document import (
    Check,
    Dedup,
    Document,
    Passage,
    Repeat,
    Revision,
    decode,
    encode,
    revise,
    source_spans,
    source_text,
)
from textkit.edits import Edit
from textkit.errors import RecordError

any_text = st.text(alphabet=st.characters(codec=None), max_size=40)


def passage(start, end, lang="en"):
    return Passage(start, end, lang, "Latn", 1.0, "model", "paragraph")


json_values = st.recursive(
    st.none() | st.booleans() | st.integers(-(2**53), 2**53) | st.text(max_size=5),
    lambda inner: (
        st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner, max_size=3)
    ),
    max_leaves=5,
)


@given(text=any_text, title=st.none() | any_text, extra=json_values)
def test_the_json_lines_round_trip_is_exact(text, title, extra):
    document = Document(
        "id", "-", text, title=title,
        revisions=(Revision("clean", (Edit(0, "x", text, "TK101"),), engine="e"),),
        extra={"rating": extra},
    )  # fmt: skip
    line = encode(document)
    assert decode(line) == document
    assert line.count(b"\n") == 1
    assert encode(decode(line)) == line


def test_fields_that_are_not_ours_are_handed_on():
    line = b'{"id":"a","text":"t","url":"u","extra":{"k":1}}'
    again = json.loads(encode(decode(line)))
    assert (again["url"], again["extra"]) == ("u", {"k": 1})


@pytest.mark.parametrize(
    ("line", "message"),
    [
        (b"{", "not JSON"),
        (b"[1]", "a JSON object is needed"),
        (b"\xff", "not JSON"),
        (b'{"id":"a"}', "missing required field `text`"),
        (b'{"id":[],"text":"t"}', "Expected `str`, got `array`"),
        (b'{"id":"a","text":"t","passages":[{"start":0,"end":9,"lang":"en","script":"Latn","confidence":1,"reason":"user","kind":"sentence"}]}', "leave the text"),
        (b'{"id":"a","text":' + b"[" * 100_000, "not"),
    ],
)  # fmt: skip
def test_what_is_no_record_is_refused_with_the_reason(line, message):
    with pytest.raises(RecordError, match=message):
        decode(line)


def test_lone_surrogates_survive_the_round_trip():
    document = decode(b'{"id":"a","text":"x\\ud800y"}')
    assert document.text == "x\ud800y"
    assert decode(encode(document)) == document


def test_passages_move_with_their_words():
    document = Document(
        "a", "-", "by me\nHello. 你好。", passages=(passage(6, 12), passage(13, 16, "zh-Hans"))
    )
    revised = revise(document, "clean", [Edit(0, "by me\n", "", "TK111")])
    assert [revised.text[p.start : p.end] for p in revised.passages] == ["Hello.", "你好。"]


def test_a_passage_of_which_nothing_is_left_goes():
    document = Document("a", "-", "0 views\nHello.", passages=(passage(0, 7), passage(8, 14)))
    revised = revise(document, "clean", [Edit(0, "0 views\n", "", "TK104")])
    assert [(p.start, p.end) for p in revised.passages] == [(0, 6)]


def test_source_spans_go_back_through_every_revision():
    document = Document("a", "-", "by me\n你好。 Hello.")
    document = revise(document, "clean", [Edit(0, "by me\n", "", "TK111")])
    document = revise(
        document, "translate", [Edit(0, "你好。", "Good day.", "argos:zh>en")], "argos"
    )
    assert document.text == "Good day. Hello."
    assert source_spans(document, [(0, 9), (10, 16)]) == [(6, 9), (10, 16)]
    assert source_text(document) == "by me\n你好。 Hello."


def test_no_edits_leave_the_very_same_record():
    document = Document("a", "-", "t")
    assert revise(document, "clean", []) is document


def test_repeats_and_checks_move_with_their_words():
    repeats = (
        Repeat(8, 14, "a", 15, 21, 1.0, "repeated"),
        Repeat(15, 21, "b", 15, 21, 1.0, "related"),
        Repeat(0, 7, "b", 0, 7, 1.0, "related"),  # nothing is left of it
    )
    document = Document(
        "a", "-", "0 views\nHello.\nHello.",
        dedup=Dedup("keep", "a", repeats=repeats),
        checks=(Check(8, 14, "number", "5", "5", "missing"),),
    )  # fmt: skip
    revised = revise(document, "clean", [Edit(0, "0 views\n", "", "TK104")])
    assert revised.dedup is not None
    assert revised.dedup.repeats == (
        Repeat(0, 6, "a", 7, 13, 1.0, "repeated"),
        Repeat(7, 13, "b", 15, 21, 1.0, "related"),
    )
    assert (revised.checks[0].start, revised.checks[0].end) == (0, 6)
