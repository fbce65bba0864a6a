"""A corpus of any size from a few articles, by edits drawn from a seed.

    python -m benchmarks.corpus 10000 DIR [--from FOLDER]

One article in five is a near copy of an earlier one; the others take paragraphs from several
articles and change their numbers and names, so that they are texts of their own.
"""

from __future__ import annotations

import argparse
import random
import re
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
NAMES = (
    "Arlen Brock Corvin Delia Elmar Fenwick Greta Harlan Iveta Jorun Kester Lowell Mirek".split()
)


def paragraphs(folder: Path) -> list[list[str]]:
    """The paragraphs of each article in a folder."""
    return [
        [p for p in path.read_text("utf-8").split("\n") if p.strip()]
        for path in sorted(folder.rglob("*.txt"))
    ]


def articles(count: int, pool: list[list[str]], seed: int = 1) -> Iterator[str]:
    """Yield `count` articles; the same ones for the same seed."""
    rng = random.Random(seed)
    recent: list[str] = []
    for _ in range(count):
        if recent and rng.random() < 0.2:
            yield near_copy(rng.choice(recent), rng)
            continue
        text = new_article(pool, rng)
        recent = [*recent[-200:], text]
        yield text


def new_article(pool: list[list[str]], rng: random.Random) -> str:
    """An article of 6 to 14 paragraphs, each changed in its words and numbers."""
    sources = [rng.choice(pool) for _ in range(rng.randint(6, 14))]
    return "\n\n".join(changed(rng.choice(source), source, rng) for source in sources) + "\n"


def changed(paragraph: str, source: list[str], rng: random.Random) -> str:
    """Other numbers, other names, and every other word replaced by one of the source's.

    With fewer replaced, articles of a large corpus would share their runs of words, and all of
    them be candidates for copies of each other, which no real corpus is.
    """
    paragraph = re.sub(r"\d+", lambda _: str(rng.randint(2, 9999)), paragraph)
    words = paragraph.split(" ")
    for at, word in enumerate(words):
        if rng.random() < 0.5:
            other = rng.choice(rng.choice(source).split(" "))
            words[at] = rng.choice(NAMES) if word[:1].isupper() else other
    return " ".join(words)


def near_copy(text: str, rng: random.Random) -> str:
    """The same article with a few words dropped."""
    return " ".join(word for word in text.split(" ") if rng.random() > 0.03)


def write(count: int, folder: Path, source: Path, seed: int = 1) -> None:
    """Write the corpus as `folder/NNN/NNNNNN.txt`."""
    for number, text in enumerate(articles(count, paragraphs(source), seed)):
        path = folder / f"{number // 1000:03}" / f"{number:06}.txt"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, "utf-8")


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("count", type=int)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--from", dest="source", type=Path, default=ROOT / "seeds")
    given = parser.parse_args()
    write(given.count, given.folder, given.source)
