"""Speed of the Argos engine beside Argos Translate's own layer: same package, same sentences.

    python -m benchmarks.translate PACKAGE_DIR SENTENCES_FILE [--threads N]

PACKAGE_DIR is an unpacked `.argosmodel`; each line of SENTENCES_FILE is a sentence. Both run in
processes of their own and report how long import and first sentence took, and how many sentences
a second followed. The peer gets each line as a paragraph, with its sentence splitter left out of
the account: without one of its models it would look into the network.
"""

from __future__ import annotations

import argparse
import json
import os
import subprocess
import sys
import tempfile

OURS = """
import json, sys, time
start, cpu = time.perf_counter(), time.process_time()
from textkit.translate.options import TranslateOptions
from textkit.translate.models.packages import read_package
from textkit.translate.engines import load_model
package, lines, threads = json.load(sys.stdin)
model = load_model(read_package(package), TranslateOptions(threads=threads))
model.translate(lines[:1])
first, middle = time.perf_counter() - start, time.perf_counter()
out = model.translate(lines)
wall = time.perf_counter() - middle
print(json.dumps([first, len(lines) / wall, time.process_time() - cpu, out]))
"""
THEIRS = """
import json, sys, time
start, cpu = time.perf_counter(), time.process_time()
from argostranslate import translate
from argostranslate.package import Package
from pathlib import Path
package, lines, threads = json.load(sys.stdin)
found = Package(Path(package))
model = translate.PackageTranslation(
    translate.Language(found.from_code, ""), translate.Language(found.to_code, ""), found)
class Splitter:
    def split_sentences(self, text):
        return [text]
model.sentencizer = Splitter()
def one(line):
    return model.hypotheses(line, 1)[0].value
one(lines[0])
first, middle = time.perf_counter() - start, time.perf_counter()
out = [one(line) for line in lines]
wall = time.perf_counter() - middle
print(json.dumps([first, len(lines) / wall, time.process_time() - cpu, out]))
"""


def _run(script: str, package: str, lines: list[str], threads: int) -> list:
    with tempfile.TemporaryDirectory() as home:
        done = subprocess.run(
            [sys.executable, "-W", "ignore", "-c", script],
            input=json.dumps([os.path.abspath(package), lines, threads]),
            text=True, capture_output=True, check=True,
            env={**os.environ, "HOME": home, "ARGOS_INTRA_THREADS": str(threads)},
        )  # fmt: skip
    return json.loads(done.stdout)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("package")
    parser.add_argument("sentences")
    parser.add_argument("--threads", type=int, default=0, help="0: what each tool takes")
    given = parser.parse_args()
    with open(given.sentences, encoding="utf-8") as stream:
        lines = [line.strip() for line in stream if line.strip()]
    rows = {
        "textkit": _run(OURS, given.package, lines, given.threads),
        "argostranslate": _run(THEIRS, given.package, lines, given.threads),
    }
    same = sum(a == b for a, b in zip(rows["textkit"][3], rows["argostranslate"][3], strict=True))
    print(f"{len(lines)} sentences, {given.threads} thread(s), {same} outputs the same")
    print(f"{'':16}{'first sentence, s':>18}{'sentences/s':>13}{'CPU, s':>8}{'ratio':>7}")
    base = rows["argostranslate"][1]
    for name, (first, rate, cpu, _) in rows.items():
        print(f"{name:16}{first:18.2f}{rate:13.0f}{cpu:8.1f}{rate / base:7.1f}")


if __name__ == "__main__":
    main()
