"""Speed and memory of summaries by length, beside sumy, in one run.

    python benchmarks/summarize_speed.py [SIZE]...

Texts are made up, always the same: 8 to 25 words in a sentence, 5 sentences in a paragraph; four
words in ten are English function words, the others follow a Zipf-Mandelbrot law over 30,000 forms.
Each figure is CPU-seconds of one process for ten sentences, after the imports and a first call;
`MB` is that process's peak memory; growth is n to the power that the times of one line to the next
tell; ratio is the time beside the default's. sumy gets the same sentences and words; where a
method would take minutes it is left out. The lines `... alone` are the ranking without finding the
sentences and their words, with the ratio to sumy's own loops in the same process.
"""

from __future__ import annotations

import json
import math
import random
import subprocess
import sys
import time
from collections.abc import Callable
from itertools import accumulate
from typing import Any

SYSTEMS = ("centroid", "coverage", "lexrank", "textrank", "sumy lexrank", "sumy luhn", "sumy lsa")
MOST = {
    "sumy lexrank": 1000,
    "sumy luhn": 5000,
    "sumy lsa": 1000,
    "lexrank": 20_000,
}


def main() -> None:
    if sys.argv[1:2] == ["--one"]:
        measure(sys.argv[2], int(sys.argv[3]))
        return
    sizes = [int(size) for size in sys.argv[1:]] or [1000, 5000, 20_000, 50_000]
    print(f"{'system':14} {'sentences':>9} {'CPU-s':>8} {'MB':>6} {'growth':>7} {'ratio':>7}")
    base: dict[int, float] = {}
    for system in SYSTEMS:
        before: tuple[int, float] | None = None
        for size in sizes:
            if size > MOST.get(system, size):
                continue
            seconds, memory = run(system, size)
            growth = f"n^{slope(before, (size, seconds)):.2f}" if before else ""
            own = base.setdefault(size, seconds)
            cells = f"{size:9} {seconds:8.3f} {memory:6.0f} {growth:>7} {seconds / own:6.1f}x"
            print(f"{system:14} {cells}", flush=True)
            before = (size, seconds)
    for method in ("lexrank", "textrank"):
        alone(method, min(sizes[0], MOST["sumy lexrank"]))


def alone(method: str, size: int) -> None:
    from textkit.document import Document
    from textkit.summarize import SummarizeOptions, graph
    from textkit.summarize.classic import sumy_scores
    from textkit.summarize.units import pool

    found = pool([Document("text", "-", text(size))], SummarizeOptions(lang="en"))
    terms = [unit.terms for unit in found.candidates]
    ranker = {"lexrank": graph.lexrank, "textrank": graph.textrank}[method]
    ranker(terms)
    own, scores = min((timed(lambda: ranker(terms)) for _ in range(5)), key=lambda pair: pair[0])
    theirs, wanted = timed(lambda: sumy_scores(method, terms))
    most = max(abs(float(a) - float(b)) for a, b in zip(scores, wanted, strict=True))
    name = f"{method} alone"
    print(
        f"{name:14} {size:9} {own:8.4f}  sumy {theirs:.2f}, {theirs / own:.0f}x; differ {most:.0e}"
    )


def timed(work: Callable[[], Any]) -> tuple[float, Any]:
    start = time.process_time()
    done = work()
    return time.process_time() - start, done


def slope(a: tuple[int, float], b: tuple[int, float]) -> float:
    return math.log(b[1] / a[1]) / math.log(b[0] / a[0])


def run(system: str, size: int) -> tuple[float, float]:
    command = [sys.executable, __file__, "--one", system, str(size)]
    done = subprocess.run(command, check=True, capture_output=True, text=True)
    seconds, memory = json.loads(done.stdout.splitlines()[-1])
    return seconds, memory


def measure(system: str, size: int) -> None:
    import resource

    from textkit.document import Document
    from textkit.summarize import SummarizeOptions, summarize_document
    from textkit.summarize.classic import sumy_scores
    from textkit.summarize.units import pool

    method = system.removeprefix("sumy ")
    options = SummarizeOptions(sentences=10, method=method, lang="en")

    def work(document: Document) -> None:
        if system.startswith("sumy "):
            sumy_scores(method, [unit.terms for unit in pool([document], options).candidates])
        else:
            assert len(summarize_document(document, options).summary) == 10

    work(Document("warm", "-", text(50)))
    document = Document("text", "-", text(size))
    start = time.process_time()
    work(document)
    seconds = time.process_time() - start
    print(json.dumps([seconds, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024]))


def text(size: int) -> str:
    draw = random.Random(size)
    syllables = "ka lo mi ter san vu pel dor in ges ra tho blen quar ist".split()
    forms = ["".join(draw.choices(syllables, k=draw.randint(1, 4))) for _ in range(30_000)]
    cumulative = list(accumulate(1 / (rank + 50) for rank in range(len(forms))))
    common = "the of and to in a for on that with as by at from was were has had".split()

    def words() -> list[str]:
        count = draw.randint(8, 25)
        content = draw.choices(forms, cum_weights=cumulative, k=count)
        return [draw.choice(common) if draw.random() < 0.4 else word for word in content]

    sentences = [f"{' '.join(words()).capitalize()}." for _ in range(size)]
    return "\n\n".join(" ".join(sentences[at : at + 5]) for at in range(0, size, 5))


if __name__ == "__main__":
    main()
