"""A corpus of short articles as JSON Lines shards, by edits drawn from a seed.

    python -m benchmarks.shards 10000 DIR [--shards 16]

Of a hundred, 20 are near copies of an earlier article, 3 exact ones, 2 are pages of two articles,
and 5 end in the same sentence, as pages of one site do.
"""

from __future__ import annotations

import argparse
import json
import random
from collections.abc import Iterator
from pathlib import Path

from benchmarks.corpus import ROOT, changed, near_copy, paragraphs

WORDS = 170
FURNITURE = "The committee that was set up last spring is to meet again before the end of the year."


def texts(count: int, seed: int = 1, words: int = WORDS) -> Iterator[str]:
    """Yield `count` short articles; the same ones for the same seed."""
    rng, pool = random.Random(seed), paragraphs(ROOT / "seeds")
    recent: list[str] = ["\n".join(pool[0][:3])]
    for _ in range(count):
        kind = rng.random()
        if kind < 0.20:
            yield near_copy(rng.choice(recent), rng)
        elif kind < 0.23:
            yield rng.choice(recent)
        elif kind < 0.25:
            yield "\n\n".join((rng.choice(recent), rng.choice(recent)))
        else:
            text = _article(pool, rng, words)
            recent = [*recent[-200:], text]
            yield text + ("\n\n" + FURNITURE if kind > 0.95 else "")


def _article(pool: list[list[str]], rng: random.Random, words: int) -> str:
    """Paragraphs of several articles, each changed, up to so many words."""
    chosen: list[str] = []
    size = 0
    while size < words:
        source = rng.choice(pool)
        paragraph = changed(rng.choice(source), source, rng)
        cut = paragraph.split(" ")[: words - size]
        size += len(cut)
        chosen.append(" ".join(cut))
    return "\n\n".join(chosen)


def write(count: int, folder: Path, shards: int, seed: int = 1, words: int = WORDS) -> None:
    """Write the corpus as `folder/NNNN.jsonl`, in equal shards."""
    folder.mkdir(parents=True, exist_ok=True)
    found = enumerate(texts(count, seed, words))
    for shard in range(shards):
        last = count * (shard + 1) // shards
        with (folder / f"{shard:04}.jsonl").open("w", encoding="utf-8") as stream:
            for number, text in found:
                row = {"id": f"doc-{number}", "source": f"site-{number % 7}", "text": text}
                stream.write(json.dumps(row, ensure_ascii=False) + "\n")
                if number + 1 == last:
                    break


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("count", type=int)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--shards", type=int, default=16)
    given = parser.parse_args()
    write(given.count, given.folder, given.shards)
