"""Does any input crash cleaning, or make it slower than linear?

    python -m benchmarks.clean_hostile [--inputs N] [--repeats N]

First, fuzzed inputs: random bytes decoded, mutated articles, nested markup, shuffled residue; each
is cleaned, and undone again. Then each trigger repeated n, 2n and 4n times: CPU-seconds, and the
ratio of the last two, which is 2 where the time is linear.
"""

from __future__ import annotations

import argparse
import random
import sys
import time

from textkit.clean import clean_text
from textkit.edits import undo
from tools.clean_cases import cases

SLOW = 0.05  # CPU-seconds below which a ratio says nothing
TAGS = (
    "<p>",
    "</p>",
    "<b a=1>",
    "</b>",
    "<script>",
    "</script>",
    "<!--",
    "-->",
    "x",
    "\n",
    "<",
    ">",
)
TRIGGERS = (
    "Next\n", "Previous\nNext\n", "Related Articles\nA headline\n", "0\n", "0 views\n0\n",
    "Home > ", "Home\n", "Home \xbb News \xbb x\n", "Advertisement\n",
    "Advertisement\n\nIt rained all day on Monday.\n\n", "Share\n", "By A B\n",
    "March 3, 2024\n", "© 2024 ", "\xa9 2024 x\n", "Read more: x\n", "We use cookies ",
    "(Photo: AP)\n", "Facebook ", "1 ", "<", "<p", "<p>", "</p>", "<p>x</p>", "<script>", "<!--",
    "<b x=", "<div>\n", "&", "&amp;", "&#", "&lt;p&gt;", "&amp;\n", "[", "[a", "[a](", "[a](b",
    "[a](http://x.org)", "![", "![a](b)", "![a](b)\n", "](", "http", "http://",
    "https://x.org/a.jpg ", "//a 1x, ", "//a.jpg", "?url=", "?a=%2F", "?a=", "data:",
    "data:a/b;", "data:image/png;base64,", "&utm_source=", "?utm_source=a&", "utm_source=a&",
    "http://x.org\n", " ", "\t\n", " \n", "\n", "a \n", "  a\n", "\r", "\r\n", "\xa0", "\u200b",
    "\ufeff", "\xad", "\x00", "\ud800", "e\u0301", "\u0301", "가", "Ã©", "â€™", "Ã", "РџСЂ", "Р",
    "中", "中。", "\u5e7f\u544a\n", "|", "| ", "- ", "•", "#", ":", "：", "(", "Photo: ", ". ",
    "A b c d.\n", "x", "x\n", "\u3000", "\u200d", "🙂", "12 March 2024 ", "a.jpg ", "/", "//",
    "=", "%2F",
)  # fmt: skip


def pieces() -> list[str]:
    """Every input of the case tables."""
    tables = ("in-the-wild", "synthetic", "negative")
    return [row["input"] for table in tables for row in cases(table)]


def fuzzed(rng: random.Random, texts: list[str]) -> str:
    kind = rng.randrange(4)
    if kind == 0:
        data = rng.randbytes(rng.randrange(400))
        return data.decode(rng.choice(("utf-8", "latin-1", "cp1251")), "surrogateescape")
    if kind == 1:
        text = rng.choice(texts)[:4000]
        for _ in range(rng.randint(1, 9)):
            at = rng.randrange(len(text) + 1)
            text = text[:at] + rng.choice(TRIGGERS) + text[at + rng.randrange(20) :]
        return text
    if kind == 2:
        tags = [rng.choice(TAGS) for _ in range(rng.randrange(80))]
        return "".join(tags)
    return "".join(rng.choice(TRIGGERS) for _ in range(rng.randrange(60)))


def fuzz(count: int) -> int:
    """Clean `count` inputs; print and return how many failed."""
    rng, texts, failed = random.Random(1), pieces(), 0
    start = time.process_time()
    for _ in range(count):
        text = fuzzed(rng, texts)
        try:
            result = clean_text(text)
            good = undo(result.text, result.edits) == text
        except Exception as error:  # any at all is what is looked for
            print(f"{type(error).__name__}: {error}: {text[:80]!r}")
            good = False
        failed += not good
    spent = time.process_time() - start
    print(f"{count} fuzzed inputs: {failed} failed, {spent:.1f} CPU-seconds")
    return failed


def seconds(text: str) -> float:
    start = time.process_time()
    clean_text(text)
    return time.process_time() - start


def growth(repeats: int) -> int:
    """Print the time of each trigger at n, 2n, 4n; return how many grow faster than linear."""
    print(f"{'trigger':<34} {'n':>8} {'2n':>8} {'4n':>8} {'4n/2n':>6}")
    bad = 0
    for trigger in TRIGGERS:
        n, two, four = (seconds(trigger * (repeats * k)) for k in (1, 2, 4))
        worse = four > SLOW and four / two > 3
        bad += worse
        ratio = f"{four / two:6.2f}" if two > SLOW else "     -"
        print(f"{trigger!r:<34} {n:8.3f} {two:8.3f} {four:8.3f} {ratio}{' !' if worse else ''}")
    print(f"{len(TRIGGERS)} triggers, {bad} slower than linear")
    return bad


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--inputs", type=int, default=10_000, help="how many fuzzed inputs")
    parser.add_argument("--repeats", type=int, default=250_000, help="n of the growth table")
    options = parser.parse_args()
    clean_text("warm")
    return 1 if fuzz(options.inputs) + growth(options.repeats) else 0


if __name__ == "__main__":
    sys.exit(main())
