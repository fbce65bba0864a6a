"""Packs: what is found without the texts is what is found with them."""

import random
from pathlib import Path

import numpy as np
import pytest

from textkit.dedup import DedupOptions, dedup
from textkit.dedup.packed import (
    VERSION,
    Packed,
    dedup_packed,
    gather_packed,
    pack_features,
    pack_passages,
    unpack_passages,
)
from textkit.dedup.pipeline import map_features
from textkit.document import Document
from textkit.errors import RecordError

SEEDS = sorted((Path(__file__).parents[2] / "fixtures" / "dedup" / "seeds").glob("*.txt"))
HOSTILE = ["", " \n", "x", "\ud800 one\x00two", "词" * 300, "a b " * 5000, "2026\n\n2026 %"]


def documents():
    rng = random.Random(4)
    texts = [path.read_text("utf-8") for path in SEEDS]
    sentences = " ".join(texts).split(". ")
    texts += [texts[0][:2000], texts[1] + "\n\n" + texts[2], texts[3].upper(), *HOSTILE]
    texts += [". ".join(rng.sample(sentences, 12)) for _ in range(40)]
    return [
        Document(f"d{n:02}", f"{n}.txt", text, date=f"2025-09-{n % 28 + 1:02}" if n % 3 else None)
        for n, text in enumerate(texts)
    ]


def packs(some):
    return [Packed(d.id, d.source, d.date, pack_features(d)) for d in some]


def found_in(some, options):
    return list(dedup_packed(packs(some), options, lambda at: pack_passages(some[at])))


@pytest.mark.parametrize(
    "options",
    [
        DedupOptions(),
        DedupOptions(story_days=3, prefer="d1|7.txt"),
        DedupOptions(near=False),
        DedupOptions(story=False, passages=False),
    ],
)
def test_the_same_is_found_without_the_texts(options):
    some = documents()
    assert found_in(some, options) == [d.dedup for d in dedup(some, options)]


def test_without_passages_no_pack_of_them_is_needed():
    some = documents()[:7]
    options = DedupOptions(passages=False)
    found = dedup_packed(packs(some), options, lambda _: pytest.fail("asked for a pack"))
    assert list(found) == [d.dedup for d in dedup(some, options)]
    assert found_in([], options) == []


def test_gathered_features_are_those_of_the_texts():
    some = documents()
    found, facts, letters = gather_packed(pack_features(d) for d in some)
    expected = map_features(d.text for d in some)
    for name in expected.__dataclass_fields__:
        assert np.array_equal(getattr(found, name), getattr(expected, name)), name
    assert len(facts) == len(letters) == len(some)
    assert letters[5 + 3 + 2] == 1


def test_packs_are_the_same_bytes_again_and_small():
    some = documents()[0]
    pack = pack_features(some)
    assert pack == pack_features(some)
    assert len(pack) < len(some.text) * 1.5
    assert len(pack_passages(some)) < len(some.text) * 2


@pytest.mark.parametrize(
    "change",
    [
        lambda pack: b"",
        lambda pack: pack[:20],
        lambda pack: pack[:-1],
        lambda pack: pack + b"x",
        lambda pack: pack[:3] + bytes([VERSION + 1]) + pack[4:],
        lambda pack: b"abc" + pack[3:],
    ],
)
def test_what_is_no_pack_is_an_error(change):
    some = documents()[0]
    with pytest.raises(RecordError, match="not a pack of version"):
        gather_packed([change(pack_features(some))])
    with pytest.raises(RecordError, match="not a pack of version"):
        unpack_passages(change(pack_passages(some)), "a")
