"""Near copies: textkit beside datasketch and rensa, on one corpus, in one run.

    python benchmarks/dedup_peers.py [COUNT]

The corpus is made of 170 words a document, drawn from the articles in `seeds/`; every fifth is a
copy with some words changed (5 to 40 %). datasketch takes runs of three words at a similarity of
.5, rensa at .3, at which each did best. Prints pair precision, recall, F1, and CPU time as a ratio
to textkit's.
"""

from __future__ import annotations

import random
import sys
import time
from collections import Counter
from collections.abc import Callable
from pathlib import Path

from textkit.dedup import DedupOptions, dedup
from textkit.document import Document
from textkit.text.words import words

Docs = list[tuple[str, str]]


def corpus(count: int) -> tuple[Docs, dict[str, str]]:
    rng = random.Random(11)
    seeds = Path(__file__).parents[1] / "seeds"
    vocabulary = [w for p in sorted(seeds.glob("*.txt")) for w in p.read_text("utf-8").split()]
    docs, gold = [], {}
    for n in range(count):
        id = f"d{n:06}"
        if n % 5 == 4:
            source, text = docs[rng.randrange(len(docs))]
            changed = text.split()
            for at in rng.sample(range(len(changed)), int(len(changed) * rng.uniform(0.05, 0.4))):
                changed[at] = rng.choice(vocabulary)
            docs.append((id, " ".join(changed)))
            gold[id] = gold[source]
        else:
            docs.append((id, " ".join(rng.choice(vocabulary) for _ in range(170))))
            gold[id] = id
    return docs, gold


def by_textkit(docs: Docs) -> dict[str, str]:
    options = DedupOptions(story=False, passages=False)
    found = dedup((Document(id, "-", text) for id, text in docs), options)
    return {d.id: d.dedup.cluster for d in found if d.dedup}


def shingles(text: str) -> set[str]:
    tokens = words(text)
    return {" ".join(tokens[at : at + 3]) for at in range(max(len(tokens) - 2, 1))}


def by_datasketch(docs: Docs) -> dict[str, str]:
    from datasketch import MinHash, MinHashLSH

    lsh = MinHashLSH(threshold=0.5, num_perm=128)
    result: dict[str, str] = {}
    for id, text in docs:
        sketch = MinHash(num_perm=128)
        sketch.update_batch([s.encode() for s in shingles(text)])
        matches = sorted(lsh.query(sketch))
        result[id] = result[matches[0]] if matches else id
        lsh.insert(id, sketch)
    return result


def by_rensa(docs: Docs) -> dict[str, str]:
    from rensa import RMinHash, RMinHashLSH

    lsh = RMinHashLSH(threshold=0.3, num_perm=128, num_bands=32)
    result: dict[str, str] = {}
    for n, (id, text) in enumerate(docs):
        sketch = RMinHash(num_perm=128, seed=42)
        sketch.update(sorted(shingles(text)))
        matches = sorted(lsh.query(sketch))
        result[id] = result[docs[matches[0]][0]] if matches else id
        lsh.insert(n, sketch)
    return result


def pair_scores(gold: dict[str, str], found: dict[str, str]) -> tuple[float, float, float]:
    def pairs(counts: Counter[object]) -> int:
        return sum(n * (n - 1) // 2 for n in counts.values())

    both = pairs(Counter((gold[id], found[id]) for id in gold))
    precision = both / max(pairs(Counter(found[id] for id in gold)), 1)
    recall = both / max(pairs(Counter(gold.values())), 1)
    return precision, recall, 2 * precision * recall / max(precision + recall, 1e-9)


METHODS: dict[str, Callable[[Docs], dict[str, str]]] = {
    "textkit": by_textkit,
    "datasketch": by_datasketch,
    "rensa": by_rensa,
}


def main() -> None:
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 2000
    docs, gold = corpus(count)
    by_textkit(docs[:10])  # imports are not what is measured
    base = 0.0
    print(f"{'method':24}{'precision':>10}{'recall':>8}{'F1':>7}{'CPU s':>8}{'ratio':>7}")
    for name, method in METHODS.items():
        start = time.process_time()
        found = method(docs)
        spent = time.process_time() - start
        base = base or spent
        precision, recall, f1 = pair_scores(gold, found)
        ratio = spent / base
        print(f"{name:24}{precision:10.3f}{recall:8.3f}{f1:7.3f}{spent:8.2f}{ratio:7.2f}")


if __name__ == "__main__":
    main()
