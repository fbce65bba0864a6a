"""A few hundred documents: order, hash seed and number of processes change no byte."""

import json
import os
import random
import subprocess
import sys

import pytest

WORDS = [a + b for a in "ka lo mi ne pu ra si to vu ze".split() for b in "bar den fil gos".split()]


def corpus():
    """Made-up reports with copies, cuts, merged pages, shared furniture, tied lengths."""
    rng = random.Random(9)
    texts = []
    for n in range(300):
        kind = n % 10
        if kind in (3, 4) and texts:
            words = rng.choice(texts).split(" ")
            for _ in range(len(words) // 8):
                words[rng.randrange(len(words))] = rng.choice(WORDS)
            texts.append(" ".join(words))
        elif kind == 5:
            texts.append(rng.choice(texts)[:300])
        elif kind == 6:
            texts.append("\n\n".join(rng.sample(texts, 2)))
        elif kind == 7:
            texts.append(rng.choice(texts))
        else:
            names = rng.sample(["Oslo", "Lima", "Cairo", "Quito", "Hanoi", "Minsk"], 2)
            body = [
                f"{' '.join(rng.choices(WORDS, k=11))} {names[k % 2]} {rng.randrange(1000, 1040)}."
                for k in range(8)
            ]
            texts.append("\n\n".join(["Log in to read this page and more.", *body]))
    return [json.dumps({"id": f"d{n:03}", "text": text}) for n, text in enumerate(texts)]


def run(lines, *options, seed="0"):
    done = subprocess.run(
        [sys.executable, "-m", "textkit", "dedup", "-f", "jsonl", "--passages", *options],
        input="\n".join(lines).encode(), capture_output=True, check=True, timeout=60,
        env={**os.environ, "PYTHONHASHSEED": seed, "OMP_NUM_THREADS": seed or "1"},
    )  # fmt: skip
    return done.stdout.splitlines()


@pytest.fixture(scope="module")
def expected():
    return run(corpus())


def test_the_corpus_has_all_kinds(expected):
    found = [json.loads(line)["dedup"] for line in expected]
    assert {"exact", "near", "story"} <= {f.get("level") for f in found}
    assert any("several stories" in f["reason"] for f in found)
    assert any(f.get("repeats") for f in found)


@pytest.mark.parametrize(("options", "seed"), [((), "1"), (("-j", "2"), "2")])
def test_processes_and_hash_seed(expected, options, seed):
    assert run(corpus(), *options, seed=seed) == expected


@pytest.mark.parametrize("seed", [1, 2])
def test_order(expected, seed):
    lines = corpus()
    random.Random(seed).shuffle(lines)
    assert sorted(run(lines, seed=str(seed))) == sorted(expected)
