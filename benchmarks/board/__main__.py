"""Run the board: `python -m benchmarks.board [STAGE...]`."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

from benchmarks.board import cases, clean, dedup, detect, floors, read, summarize, table, translate
from benchmarks.board.figures import Figure
from benchmarks.board.shared import ROOT, NoSharedDataError, locate

STAGES: dict[str, Callable[[Path], Iterator[Figure]]] = {
    "clean": clean.figures,
    "read": read.figures,
    "detect": detect.figures,
    "dedup": dedup.figures,
    "summarize": summarize.figures,
    "translate": translate.figures,
    "cases": cases.figures,
}
QUALITY = ROOT / "docs" / "quality.md"


def main() -> int:
    options = parse()
    try:
        shared = locate(options.shared)
    except NoSharedDataError as error:
        print(f"board: {error}", file=sys.stderr)
        return 2
    figures: list[Figure] = []
    for stage in options.stages or STAGES:
        print(f"board: {stage}", file=sys.stderr, flush=True)
        figures += STAGES[stage](shared)
    print(table.as_text(figures))
    if not options.stages:
        QUALITY.write_text(table.as_markdown(figures), encoding="utf-8")
    return judge(figures, options.pin, options.lower)


def parse() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.board", description=__doc__)
    parser.add_argument("stages", nargs="*", choices=[[], *STAGES], metavar="STAGE")
    parser.add_argument("--shared", metavar="DIR", help="development sets, else ../shared")
    parser.add_argument("--pin", action="store_true", help="raise the floors to these figures")
    parser.add_argument("--lower", action="store_true", help="with --pin: lower them too")
    return parser.parse_args()


def judge(figures: list[Figure], pin: bool, lower: bool) -> int:
    """Pin the figures, or say which fell below their floors; return the exit status."""
    if pin:
        for key in floors.pin(figures, lower):
            print(f"board: not lowered: {key}", file=sys.stderr)
        return 0
    fallen = list(floors.drops(figures, floors.load()))
    for line in fallen:
        print(f"board: below its floor: {line}", file=sys.stderr)
    return 1 if fallen else 0


if __name__ == "__main__":
    sys.exit(main())
