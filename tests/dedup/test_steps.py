"""The steps of the comparison on parts of a corpus: the same as on the whole."""

import random
from collections import Counter

import numpy as np
import pytest

from textkit.dedup import DedupOptions
from textkit.dedup.arrays import sorting, vectors
from textkit.dedup.arrays.frequencies import (
    Frequencies,
    count,
    run_tally,
    word_frequencies,
    word_tally,
)
from textkit.dedup.arrays.sorting import distinct, numbered, places, tally
from textkit.dedup.arrays.vectors import word_vectors
from textkit.dedup.near.candidates import by_bands, by_sentences, representatives, split, union
from textkit.dedup.near.criteria import min_containment
from textkit.dedup.near.judge import groups, judge
from textkit.dedup.near.verify import Verifier, concatenated
from textkit.dedup.pipeline import map_features
from textkit.dedup.signatures.features import Features, features_of, gather
from textkit.dedup.story.fact_keys import fact_frequencies, fact_keys
from textkit.dedup.story.groups import (
    StoryPairs,
    cheap_words,
    fact_vectors,
    firm_rows,
    meeting,
    rarer,
    stories,
)
from textkit.dedup.story.key_facts import anchors
from textkit.dedup.story.score import Scored, chances, score_pairs

OPTIONS = DedupOptions()
PLACES = "Oslo Lima Cairo Quito Hanoi Dakar Minsk Sofia Turin Perth".split()


def corpus(count, seed=1):
    """Made-up reports: some are copies with edits, some share a sentence, some tell one event."""
    rng = random.Random(seed)
    words = [f"w{n}" for n in range(4000)]

    def sentence(event):
        own = rng.choices(words, k=rng.randrange(9, 16))
        own[2:2] = [rng.choice(PLACES), f"{event * 37 + 1000} tonnes"]
        return " ".join(own).capitalize() + "."

    pool = [sentence(0) for _ in range(30)]
    texts = []
    for n in range(count):
        event = n % 40
        if n % 4 == 3:
            edited = rng.choice(texts).split(" ")
            for _ in range(rng.randrange(30)):
                edited[rng.randrange(len(edited))] = rng.choice(words)
            texts.append(" ".join(edited))
        elif n % 50 == 49:
            texts.append("\n\n".join(rng.sample(texts, 2)))
        else:
            texts.append(" ".join([*(sentence(event) for _ in range(8)), rng.choice(pool)]))
    return texts


@pytest.fixture(scope="module")
def texts():
    return corpus(400)


@pytest.fixture(scope="module")
def features(texts):
    return map_features(texts)


@pytest.fixture(scope="module")
def codes(features):
    return union([by_bands(features), by_sentences(features)])


def added(parts):
    """Add tallies up by key, as an engine would; leave out what stands in one document."""
    sums = Counter()
    for terms, counts in parts:
        sums.update(dict(zip(terms.tolist(), counts.tolist(), strict=True)))
    terms = sorted(term for term, times in sums.items() if times > 1)
    return terms, [sums[term] for term in terms]


def test_features_of_parts_are_those_of_the_whole(texts, features):
    parts = gather(features_of([text]) for text in texts)
    for one, other in zip(fields(parts), fields(features), strict=True):
        assert np.array_equal(one, other)
    rows = np.array([3, 7, 200])
    some = features.take(rows)
    alone = features_of([texts[at] for at in rows])
    for one, other in zip(fields(alone), fields(some), strict=True):
        assert np.array_equal(one, other)


def fields(features: Features):
    return [getattr(features, name) for name in Features.__dataclass_fields__]


def test_statistics_of_parts_add_up(features, codes):
    single = representatives(features.signatures, codes)
    assert len(single) < len(features)
    whole = count(features, single)
    parts = [features.take(some) for some in np.array_split(single, 7)]
    words = added(word_tally(part) for part in parts)
    assert (whole.words.terms.tolist(), whole.words.counts.tolist()) == words
    runs = [run_tally(part) for part in parts]
    found = added((terms, counts) for terms, counts, _ in runs)
    assert (whole.runs.terms.tolist(), whole.runs.counts.tolist()) == found
    terms, times = added((terms, times) for terms, _, times in runs)
    assert whole.common_runs.tolist() == [t for t, n in zip(terms, times, strict=True) if n > 20]
    assert whole.words.documents == whole.runs.documents == len(single)


def test_scores_do_not_depend_on_the_documents_at_hand(features, codes):
    statistics = count(features, representatives(features.signatures, codes))
    pairs = split(codes)
    whole = Verifier(features, statistics).scores(pairs)
    parts = []
    for some in np.array_split(pairs, 9):
        rows = np.unique(some)
        part = features.take(rows)
        verifier = Verifier(part, statistics.only(part))
        parts.append(verifier.scores(np.searchsorted(rows, some)).called(some))
    for one, other in zip(concatenated(parts).parts(), whole.parts(), strict=True):
        assert np.array_equal(one, other)


def test_long_rows_and_full_batches_change_no_score(features, codes, monkeypatch):
    statistics = count(features, representatives(features.signatures, codes))
    verifier = Verifier(features, statistics)
    whole = verifier.scores(split(codes))
    monkeypatch.setattr(vectors, "_LONG", 150)
    monkeypatch.setattr(vectors, "_VALUES", 1000)
    for one, other in zip(verifier.scores(split(codes)).parts(), whole.parts(), strict=True):
        assert np.array_equal(one, other)


@pytest.mark.parametrize("least", [0.0, min_containment(OPTIONS)])
@pytest.mark.parametrize("budget", [1, 5000, 1 << 30])
def test_groups_are_judged_alike_however_they_are_batched(texts, features, codes, budget, least):
    statistics = count(features, representatives(features.signatures, codes))
    pairs = split(codes)
    verifier = Verifier(features, statistics)
    whole = judge(verifier, verifier.scores(pairs), lambda at: anchors(texts[at]), OPTIONS)
    assert whole.pages
    clusters, pages, batches = list(range(len(features))), {}, 0
    for rows, at in groups(pairs, features.sizes, budget):
        part = Verifier(features.words_of(rows), statistics)
        scores = part.scores(np.searchsorted(rows, pairs[at]), least)
        found = judge(part, scores, lambda at, rows=rows: anchors(texts[rows[at]]), OPTIONS)
        for row, first in zip(rows.tolist(), found.clusters, strict=True):
            clusters[row] = int(rows[first])
        pages |= {int(rows[p]): [int(rows[h]) for h in held] for p, held in found.pages.items()}
        batches += 1
    assert clusters == whole.clusters
    assert pages == whole.pages
    assert batches == 1 if budget == 1 << 30 else batches > 1


def test_stories_of_blocks_are_those_of_the_whole(texts, features):
    every = np.arange(len(features))
    words = word_frequencies(features, every)
    cheap = cheap_words(words, len(features))
    keys, starts = fact_keys(map(anchors, texts))
    facts = fact_vectors(keys, starts, fact_frequencies(keys, starts))
    found_vectors = word_vectors(features, words)
    rows = rarer(found_vectors, cheap)
    pairs = meeting(rows, rows, 0.04)
    scored = Scored(
        found_vectors.rows, facts, firm_rows(lambda at: anchors(texts[at]), len(features)),
        features.sizes, chances(found_vectors.rows), np.ones(len(features), dtype=bool),
        len(features),
    )  # fmt: skip
    whole = StoryPairs(*score_pairs(pairs, scored))
    names = stories(whole, len(features), OPTIONS)
    assert (names >= 0).any()
    half = len(features) // 2
    blocks = [
        rarer(word_vectors(features.take(b), words), cheap) for b in (every[:half], every[half:])
    ]
    found = [
        meeting(blocks[0], blocks[0], 0.04),
        meeting(blocks[1], blocks[1], 0.04) + half,
        meeting(blocks[0], blocks[1], 0.04, -half) + np.array([0, half]),
    ]
    together = np.concatenate(found)
    assert sorted(map(tuple, together.tolist())) == sorted(map(tuple, pairs.tolist()))
    for some in np.array_split(np.arange(len(pairs)), 5):
        mine = np.unique(pairs[some])
        part = features.take(mine)
        keys, starts = fact_keys(anchors(texts[at]) for at in mine)
        local_scored = Scored(
            word_vectors(part, words).rows, fact_vectors(keys, starts, frequencies_of(texts)),
            scored.firm[mine], part.sizes, scored.chance[mine], scored.cased[mine], len(features),
        )  # fmt: skip
        local = StoryPairs(*score_pairs(np.searchsorted(mine, pairs[some]), local_scored))
        known = {tuple(p): s for p, s in zip(whole.pairs.tolist(), whole.similarity, strict=True)}
        for pair, similarity in zip(mine[local.pairs].tolist(), local.similarity, strict=True):
            assert known[tuple(pair)] == similarity


def frequencies_of(texts):
    return fact_frequencies(*fact_keys(map(anchors, texts)))


@pytest.mark.parametrize(("most", "size"), [(50, 300), (9, 0), (2**40, 50_000), (20, 50_000)])
def test_sorting_agrees_with_numpy(most, size, monkeypatch):
    monkeypatch.setattr(sorting, "_PART", 1 << 11)
    values = np.random.default_rng(3).integers(0, most, size)
    unique, inverse = np.unique(values, return_inverse=True)
    known, numbers = numbered(values)
    assert np.array_equal(known, unique)
    assert np.array_equal(numbers, inverse)
    assert np.array_equal(distinct(values), unique)
    assert np.array_equal(tally(values)[1], np.bincount(inverse))
    at, there = places(unique[::2], unique)
    assert there.tolist() == [n % 2 == 0 for n in range(len(unique))]
    assert np.array_equal(unique[::2][at[there]], unique[there])


def test_frequencies_of_some_terms():
    known = Frequencies(9, np.array([2, 5, 8]), np.array([3, 4, 5], dtype=np.int32))
    assert known.of(np.array([5, 6])).tolist() == [4.0, 1.0]
    assert known.only(np.array([1, 8])).terms.tolist() == [8]
