"""What a sentence adds to a corpus summary: concepts of its document, and pairs of names."""

from __future__ import annotations

import numpy as np

from textkit.document import Document
from textkit.summarize import SummarizeOptions
from textkit.summarize.gains import Gains
from textkit.summarize.matrix import term_matrix
from textkit.summarize.names import MOST, names, pairs
from textkit.summarize.units import pool

TEXTS = (
    (
        "Anna Berg of Volta met Karl Roth in Leeds. The council wants bicycle lanes for every "
        "street. Volta hired Karl Roth for its works in Leeds."
    ),
    "The bakers want lower taxes on flour and butter. The council wants bicycle lanes as well.",
)


def gains_of(texts=TEXTS):
    documents = [Document(str(n), "-", text, lang="en") for n, text in enumerate(texts)]
    candidates = pool(documents, SummarizeOptions())
    units = candidates.candidates
    return units, Gains(units, candidates.evidence, term_matrix(units))


def test_what_is_told_gains_nothing_again_and_less_in_other_documents():
    units, gains = gains_of()
    before = gains.values()
    lanes = next(i for i, unit in enumerate(units) if "every street" in unit.text)
    again = next(i for i, unit in enumerate(units) if "as well" in unit.text)
    flour = next(i for i, unit in enumerate(units) if "flour" in unit.text)
    gains.took(lanes)
    after = gains.values()
    assert abs(after[lanes]) < 1e-9
    assert 0 < after[again] < before[again]
    assert after[flour] == before[flour]


def test_gains_never_grow_and_end_at_nothing():
    units, gains = gains_of()
    last = gains.values()
    for i in range(len(units)):
        gains.took(i)
        assert (gains.values() <= last + 1e-9).all()
        last = gains.values()
    assert np.abs(last).max() < 1e-9


def test_pairs_of_names_count():
    units, gains = gains_of()
    lowered = tuple(text.replace("Karl Roth", "the builder") for text in TEXTS)
    without = gains_of(lowered)[1].values()
    named = next(i for i, unit in enumerate(units) if "hired Karl Roth" in unit.text)
    assert gains.values()[named] > without[named]


def test_names_of_odd_texts():
    assert names(["", "no names here", "中文句子", "ÀÉ Ω Ж", "U.S. Army"]) == [
        [], [], [], [("ω", "ж")], [("army",)],
    ]  # fmt: skip
    long = " und ".join(f"N{chr(97 + n % 26)}{n}x" for n in range(500))
    assert len(names([f"So {long}"])[0]) == MOST
    assert len(pairs([(str(n),) for n in range(10)])) == 45
