"""What recorded translations lose of their originals' names and numbers, before and after repair.

    python -m benchmarks.translate_checks SOURCE TRANSLATION [--from zh-Hans] [--half 0|1] [--show]

Line N of TRANSLATION belongs to line N of SOURCE. There is no engine to ask a second time, so
only the repairs in place and in brackets are seen; with an engine fewer brackets are left.
"""

from __future__ import annotations

import argparse
from collections import Counter

from textkit.translate.checks.expect import Checker
from textkit.translate.checks.repair import STILL_MISSING, mend, wants_repair
from textkit.translate.gloss.cedict import open_dictionary


def _lines(path: str) -> list[str]:
    with open(path, encoding="utf-8") as stream:
        return stream.read().rstrip("\n").split("\n")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("source")
    parser.add_argument("translation")
    parser.add_argument("--from", dest="lang", default="zh-Hans")
    parser.add_argument("--half", type=int, choices=(0, 1), help="even or odd lines only")
    parser.add_argument("--show", action="store_true", help="print every repair")
    given = parser.parse_args()
    pairs = list(zip(_lines(given.source), _lines(given.translation), strict=True))
    if given.half is not None:
        pairs = pairs[given.half :: 2]
    checker = Checker(given.lang, "en", open_dictionary())
    lost: dict[str, Counter[str]] = {mode: Counter() for mode in ("none", "names", "all")}
    outcomes: dict[str, Counter[str]] = {mode: Counter() for mode in lost}
    for source, translation in pairs:
        missing = checker.missing(source, translation)
        for mode, counts in lost.items():
            text, seen = translation, set()
            for item in missing:
                outcome = STILL_MISSING
                if wants_repair(item, mode):
                    text, outcome = mend(source, text, item)
                outcomes[mode][outcome] += 1
                if outcome == STILL_MISSING:
                    seen.add(item.kind)
                if given.show and mode == "all":
                    print(item.kind, item.source, item.wanted, outcome, sep="\t")
                    print(f"  {source}\n  {translation}\n  {text}")
            counts.update(seen)
            counts["any"] += bool(seen)
    print(f"{len(pairs)} lines; lines that lack at least one of each kind, by --repair")
    print(f"{'':8}{'number':>8}{'name':>8}{'latin':>8}{'any':>8}   outcomes")
    for mode, counts in lost.items():
        figures = "".join(f"{counts[kind]:8}" for kind in ("number", "name", "latin", "any"))
        print(f"{mode:8}{figures}   {dict(sorted(outcomes[mode].items()))}")


if __name__ == "__main__":
    main()
