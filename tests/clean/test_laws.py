"""The laws of cleaning, on generated text in many scripts and on mutations of real text."""

from __future__ import annotations

import random
import re
from pathlib import Path

from hypothesis import example, given, settings
from hypothesis import strategies as st

from textkit.clean import CleanOptions, clean_document, clean_text, findings
from textkit.clean.registry import registry
from textkit.document import Document, decode, encode
from textkit.edits import apply
from textkit.undo import undo_document
from tools.clean_cases import cases

SEEDS = [p.read_text(encoding="utf-8") for p in sorted(Path("seeds").glob("*.txt"))]


def pieces():
    """Every line of the case tables."""
    for name in ("synthetic", "negative"):
        for row in cases(name):
            yield from row["input"].split("\n")


PIECES = sorted({piece for piece in pieces() if "&amp;amp;" not in piece})
ODD = [
    "\r", "\r\n", "\xa0", "\u200b", "\u200c", "\ufeff", "\xad", "\u0301", "\x00", "\ud800",
    "<p>", "</p>", "<b>", "&lt;", "&gt;", "&nbsp;", "![a](b.png)", "[a](http://x.org)",
    "http://x.org/a.jpg", "?url=http%3A%2F%2Fx", "data:image/png;base64,AA==", "&utm_source=x",
    "\xe2\u20ac\u2122", "\xc3\xa9", "0", "\t", " ", "\u3000", "#", "*", ":", "|", "Next",
    "Related Articles", "\xa9", "12 views",
]  # fmt: skip

MENDING = ("TK205", "TK206", "TK301", "TK302", "TK306", "TK307")  # rules that change letters

lines = st.one_of(
    st.sampled_from(PIECES),
    st.text(alphabet="abÄéЖшعنहिมะ中文かカ한국🙂 .,:!?|>»\u0301\u200d", max_size=30),
    st.lists(st.sampled_from([*ODD, "word", "Слово.", "一句话。"]), max_size=6).map("".join),
)
texts = st.lists(
    st.tuples(lines, st.sampled_from(["\n", "\n\n", "\n \n", "\n\n\n", "\r\n", " "])), max_size=14
).map(lambda parts: "".join(line + end for line, end in parts))


def words(text):
    return re.findall(r"[^\W\d_]{2,}", text)


def seldom_decoded(text):
    """Entities are decoded once a cleaning, which is no law of a repeated one."""
    return not re.search(r"&[#\w]+;", clean_text(text).text)


@settings(max_examples=300, deadline=None)
@given(texts)
@example("&nbsp;\n\nNext")
@example("a <b>b</b>\u200b\u0301")
def test_cleaning_twice_is_cleaning_once(text):
    if seldom_decoded(text):
        once = clean_text(text).text
        assert clean_text(once).text == once


@settings(max_examples=300, deadline=None)
@given(texts)
def test_undo_gives_the_text_back(text):
    document = Document("a", "-", text)
    cleaned = decode(encode(clean_document(document)))
    assert undo_document(cleaned).text == text


@settings(max_examples=200, deadline=None)
@given(texts)
def test_no_word_is_made(text):
    """Every word that is left was there; joined pieces of a word are that word's."""
    joined = re.sub(r"[\W\d_]+", "", apply(text, [])).casefold()
    if clean_text(text, CleanOptions(select=MENDING)).edits:
        return  # an edit of several rules carries the last one's name
    for word in words(clean_text(text).text):
        assert word.casefold() in joined


@settings(max_examples=100, deadline=None)
@given(texts)
def test_the_finding_of_each_edit_names_a_rule(text):
    for finding in findings(text):
        by_model = finding.code.startswith("TK13")  # says why for each line
        assert by_model or registry()[finding.code].reason == finding.reason
        assert text.startswith(finding.edit.old, finding.edit.start)


@settings(max_examples=100, deadline=None)
@given(texts)
def test_nothing_is_done_that_was_not_asked_for(text):
    edits = clean_text(text, CleanOptions(select=("TK3",))).edits
    assert all(edit.rule.startswith("TK3") for edit in edits)


def test_mutated_articles_come_back_and_stay_clean():
    rng = random.Random(7)
    for number in range(60):
        text = mutated(rng.choice(SEEDS), rng)
        document = clean_document(Document(str(number), "-", text))
        assert undo_document(document).text == text
        if seldom_decoded(text):
            assert clean_text(document.text).text == document.text


def mutated(text, rng):
    for _ in range(rng.randint(1, 12)):
        at, end = rng.randrange(len(text) + 1), 0
        end = min(len(text), at + rng.randint(0, 30))
        text = text[:at] + rng.choice([*ODD, *PIECES, ""]) + text[end:]
    return text
