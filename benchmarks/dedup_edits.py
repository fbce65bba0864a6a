"""Near copies by kind of edit: how many of each are found, by textkit, datasketch and rensa.

    python -m benchmarks.dedup_edits [--each 40] [--methods textkit,datasketch,rensa]

For each kind, articles drawn from `seeds/` and an edited copy of each; all kinds are one corpus.
Prints the copies that come into their original's group, and how many groups there are of articles
that are no copies: two in one page, two new reports with the same background, or none of these.
"""

from __future__ import annotations

import argparse
import random
import re
import textwrap
from collections.abc import Callable

from benchmarks.corpus import ROOT, new_article, paragraphs
from benchmarks.dedup_peers import METHODS, Docs

Edit = Callable[[str, random.Random, "list[str]"], str]
FURNITURE = (
    "Skip to content. Sign in. Subscribe to our newsletter for the news of the day. Home, World,"
    " Business, Technology, Science, Sport, Culture. Follow us on all channels. Most read stories"
    " of this week. Contact the newsroom. Terms of use. Privacy. Jobs. All rights reserved."
)
SWAPS = str.maketrans(
    {"“": '"', "”": '"', "‘": "'", "’": "'", "—": "-", "–": "-", ",": "", ";": ""}
)


def _words(share: float) -> Edit:
    def edit(text: str, rng: random.Random, others: list[str]) -> str:
        other = rng.choice(others).split()
        return re.sub(r"\S+", lambda m: rng.choice(other) if rng.random() < share else m[0], text)

    return edit


def _typos(text: str, rng: random.Random, _: list[str]) -> str:
    def swapped(match: re.Match[str]) -> str:
        word = match[0]
        at = rng.randrange(len(word) - 1)
        return word[:at] + word[at + 1] + word[at] + word[at + 2 :] if rng.random() < 0.08 else word

    return re.sub(r"[A-Za-z]{3,}", swapped, text)


def _shuffled(text: str, rng: random.Random, _: list[str]) -> str:
    parts = text.split("\n\n")
    rng.shuffle(parts)
    return "\n\n".join(parts)


def _sentences(text: str, rng: random.Random, _: list[str]) -> str:
    parts = re.split(r"(?<=[.!?])\s+", text)
    rng.shuffle(parts)
    return " ".join(parts)


def _part(first: float, last: float) -> Edit:
    def edit(text: str, _: random.Random, __: list[str]) -> str:
        words = text.split(" ")
        return " ".join(words[int(first * len(words)) : int(last * len(words))])

    return edit


def _excerpt_in_page(text: str, rng: random.Random, others: list[str]) -> str:
    return "\n\n".join((FURNITURE, _part(0.2, 0.6)(text, rng, others), FURNITURE))


def _with_paragraph(text: str, rng: random.Random, others: list[str]) -> str:
    parts = text.split("\n\n")
    parts.insert(rng.randrange(len(parts)), rng.choice(rng.choice(others).split("\n\n")))
    return "\n\n".join(parts)


def _without_paragraph(text: str, rng: random.Random, _: list[str]) -> str:
    parts = text.split("\n\n")
    del parts[rng.randrange(len(parts))]
    return "\n\n".join(parts)


KINDS: dict[str, Edit] = {
    "capitals": lambda text, _, __: text.upper(),
    "wrapped": lambda text, _, __: textwrap.fill(text, 60),
    "quotes and commas": lambda text, _, __: text.translate(SWAPS),
    "typos, 8 % of words": _typos,
    "words, 10 %": _words(0.10),
    "words, 25 %": _words(0.25),
    "words, 40 %": _words(0.40),
    "paragraphs in another order": _shuffled,
    "sentences in another order": _sentences,
    "a paragraph more": _with_paragraph,
    "a paragraph less": _without_paragraph,
    "page furniture around it": lambda text, _, __: f"{FURNITURE}\n\n{text}\n\n{FURNITURE}",
    "first half": _part(0.0, 0.5),
    "last two thirds": _part(0.34, 1.0),
    "two fifths": _part(0.3, 0.7),
    "two fifths in page furniture": _excerpt_in_page,
}
MERGED = "two articles in one page"
BACKGROUND = "two reports, one background"


def corpus(each: int, seed: int = 5) -> tuple[Docs, dict[str, list[tuple[str, str]]]]:
    """Return documents and, by kind, the pairs of a copy and its original."""
    rng, pool = random.Random(seed), paragraphs(ROOT / "seeds")
    others = [new_article(pool, rng) for _ in range(20)]
    docs: Docs = []
    pairs: dict[str, list[tuple[str, str]]] = {}
    for kind, edit in KINDS.items():
        for number in range(each):
            text, name = new_article(pool, rng), f"{kind} {number}"
            docs += [(name, text), (f"{name} copy", edit(text, rng, others))]
            pairs.setdefault(kind, []).append((f"{name} copy", name))
    for number in range(each):
        one, other = (new_article(pool, rng) for _ in "ab")
        name = f"{MERGED} {number}"
        docs += [(f"{name} a", one), (f"{name} b", other), (name, f"{one}\n\n{other}")]
        pairs.setdefault(MERGED, []).append((f"{name} a", f"{name} b"))
    for number in range(each):
        background = _part(0.0, 0.5)(new_article(pool, rng), rng, others)
        for part in "ab":
            news = _part(0.0, 0.4)(new_article(pool, rng), rng, others)
            docs.append((f"{BACKGROUND} {number} {part}", f"{news}\n\n{background}"))
    rng.shuffle(docs)
    return docs, pairs


def wrong(found: dict[str, str], kind: str) -> int:
    """How many groups hold articles that are not the same, and one of this kind."""
    names: dict[str, set[str]] = {}
    for id, cluster in found.items():
        if not id.startswith(MERGED) or id[-1] in "ab":
            names.setdefault(cluster, set()).add(id.removesuffix(" copy"))
    bad = [some for some in names.values() if len(some) > 1]
    return sum(any(name.startswith(kind) for name in some) for some in bad)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--each", type=int, default=40)
    parser.add_argument("--methods", default=",".join(METHODS))
    given = parser.parse_args()
    docs, pairs = corpus(given.each)
    methods = given.methods.split(",")
    found = {method: METHODS[method](docs) for method in methods}
    print(f"{len(docs)} documents; found of {given.each}")
    print(f"{'':32}" + "".join(f"{method:>12}" for method in methods))
    for kind, some in pairs.items():
        if kind != MERGED:
            hits = (sum(found[m][a] == found[m][b] for a, b in some) for m in methods)
            print(f"{kind:32}" + "".join(f"{n:12}" for n in hits))
    print("groups of articles that are no copies")
    for kind in (MERGED, BACKGROUND, ""):
        counts = "".join(f"{wrong(found[method], kind):12}" for method in methods)
        print(f"{kind or 'all':32}{counts}")


if __name__ == "__main__":
    main()
