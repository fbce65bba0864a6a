"""Fit the line model of cleaning, and judge it on sets and languages that it was not fitted on.

    python -m benchmarks.clean_fit LINES_DIR [--by set|language] [--write]

LINES_DIR holds *.jsonl files, one set each; a row is a page: source, lang, lines = [[text, label]]
with label 1 for residue, 0 for a good line, -1 where that is not known. Also trained on: every
second row of fixtures/clean/negative.jsonl (good lines that look like residue) and the phrases of
phrases.tsv (their wording, in the places of real residue).

Logistic regression, a stronger penalty on names than on words; every set counts with the root of
its size. The thresholds are chosen on the scores of sets left out, by a price for a good line lost:
one different good line costs as much as PRICE thousandths of a set's residue bring. `--write`
fits on everything and writes line_model.tsv and line_words.bin.
"""

from __future__ import annotations

import argparse
import json
import random
import zlib
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from itertools import chain
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray
from scipy import sparse
from scipy.optimize import minimize

from benchmarks.fitting import leave_one_out
from textkit.clean.features import SLOTS, Story, is_candidate, shape, wording
from textkit.clean.lines import ruled_sections
from textkit.clean.model import PLACES, UNIT, cell_name, veto_of
from textkit.clean.section import Residue, Section
from textkit.clean.structure import mark_structure
from textkit.text.tables import rows
from tools.clean_cases import cases

ROOT = Path(__file__).parents[1]
DATA = ROOT / "textkit" / "clean" / "data"
WORD_PENALTY, NAME_PENALTY = 0.7, 3.0
MIN_ROWS, MIN_SOURCES = 30, 8  # of a feature that gets a weight
PRICE = 8.0  # at 4 twice as many good lines go for a fifth more residue, at 12 a third less goes
CURVE = (2.0, 4.0, 6.0, 8.0, 12.0, 20.0)  # prices whose figures are printed
TRUST = {"snip1": 0.25, "postlight": 0.3, "gne": 0.2, "readjs": 0.2}  # weak or partial gold; else 1
GRID = [step / 4 for step in range(37)]  # thresholds, in nats
NOISE = ("date", "byline", "no letters")  # good lines of these shapes are mislabelled residue
PHRASE_PLACES = {
    "section": ("above",), "home": ("above",), "menu": ("above", "after"), "date": ("below",),
    "share": ("above", "below", "after"), "counter": ("below", "after"), "credit": ("below",),
    "related": ("after", "after", "body"), "comments": ("after",), "newsletter": ("after", "body"),
    "copyright": ("after",), "cookie": ("above", "after"), "pager": ("after",),
    "ad": ("body", "after", "below"), "credits": ("after",),
}  # fmt: skip


class Row(NamedTuple):
    """A line that the model decides on."""

    source: str
    lang: str
    text: str
    place: str
    cell: str
    veto: float
    form: list[str]  # names of its shape
    context: list[str]  # names of its place, neighbours and story
    slots: tuple[int, ...]
    value: float
    label: int
    weight: float


class Fitted(NamedTuple):
    """Weights of words, of names per place and of every place, and the places' bias."""

    words: NDArray[np.float64]
    names: dict[str, float]


def main() -> None:
    """Judge the model, and write it if asked."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("lines", type=Path)
    parser.add_argument("--by", choices=("set", "language"), default="set")
    parser.add_argument("--write", action="store_true")
    args = parser.parse_args()
    sets = {path.stem: read_rows(path) for path in sorted(args.lines.glob("*.jsonl"))}
    extra = [*negative_rows(), *phrase_rows([row for data in sets.values() for row in data])]
    groups = sets if args.by == "set" else by_language(sets)
    scored = leave_one_out(
        groups, lambda others: fit([*chain.from_iterable(others), *extra]), scores
    )
    curves = {name: auc(scored[name], data) for name, data in groups.items()}
    print(f"area under the curve, each {args.by} left out:")
    print("  " + "  ".join(f"{name} {area:.3f}" for name, area in curves.items()))
    print(f"  mean {sum(curves.values()) / len(curves):.3f}  worst {min(curves.values()):.3f}")
    for price in CURVE:
        print(f"a good line at {price}:")
        report(groups, scored, choose_thresholds(groups, scored, price))
    thresholds = choose_thresholds(groups, scored, PRICE)
    if args.write:
        write(fit([*_flat(sets), *extra]), thresholds, sorted(sets))


def _flat(sets: dict[str, list[Row]]) -> Iterator[Row]:
    for data in sets.values():
        yield from data


def read_rows(path: Path) -> list[Row]:
    """Return the undecided lines of a set with a label; copies of a line with both are left out."""
    found: list[Row] = []
    with path.open(encoding="utf-8") as stream:
        for line in stream:
            page = json.loads(line)
            labelled = [(" ".join(text.split()), label) for text, label in page["lines"]]
            labelled = [(text, label) for text, label in labelled if text]
            labels = defaultdict(set)
            for text, label in labelled:
                labels[text].add(label)
            known = [-1 if label == 0 and 1 in labels[t] else label for t, label in labelled]
            found += page_rows([text for text, _ in labelled], known, page["source"], page["lang"])
    weight = (2000 / max(1, len(found))) ** 0.5
    return [row._replace(weight=weight) for row in found]


def page_rows(texts: list[str], labels: list[int], source: str, lang: str) -> Iterator[Row]:
    """Yield the labelled lines of a page on which no rule decides."""
    facts = Residue()
    for section in ruled_sections("\n\n".join(texts), facts):
        mark_structure(section, facts)
        if len(section.lines) != len(labels):
            return
        story = Story(section)
        for index, label in enumerate(labels):
            if label >= 0 and is_candidate(section, index):
                yield _row(story, section, index, source, lang, label)


def _row(story: Story, section: Section, index: int, source: str, lang: str, label: int) -> Row:
    line = section.lines[index]
    form = list(shape(line.text, line.prose))
    context = [*story.place(index), *story.neighbours(index), *story.story(index)]
    slots, value = wording(line.text)
    veto = veto_of([*form, *context], section.place(index))
    return Row(source, lang, line.text, section.place(index), cell_name(section, index), veto,
               form, context, slots, value, label, 1.0)  # fmt: skip


def negative_rows() -> list[Row]:
    """Return the lines of every second text that looks like residue and is none."""
    found: list[Row] = []
    for case in cases("negative"):
        if case["rules"] or zlib.crc32(case["name"].encode()) % 2:
            continue
        texts = [" ".join(text.split()) for text in case["input"].split("\n") if text.strip()]
        found += page_rows(texts, [0] * len(texts), case["name"], case["name"][:2])
    return [row._replace(weight=3.0) for row in found]


def phrase_rows(real: list[Row]) -> list[Row]:
    """Return the phrases of the table, each in the context of a real line of residue."""
    rng = random.Random(5)
    contexts: dict[str, list[Row]] = defaultdict(list)
    for row in real:
        if row.label == 1:
            contexts[row.place].append(row)
    found = []
    for lang, kind, where, text in rows("textkit.clean", "phrases.tsv"):
        if kind not in PHRASE_PLACES or where == "word":
            continue
        phrase = text.rstrip("*").replace("#", str(rng.choice([3, 12, 140, 1532])))
        other = rng.choice(contexts[rng.choice(PHRASE_PLACES[kind])])
        slots, value = wording(phrase)
        context = [name for name in other.context if not name.startswith("known")]
        found.append(other._replace(
            source=f"phrases/{lang}{rng.randrange(6)}", lang=lang, text=phrase, slots=slots,
            value=value, form=list(shape(phrase)), context=context, weight=0.3,
        ))  # fmt: skip
    return found


def by_language(sets: dict[str, list[Row]]) -> dict[str, list[Row]]:
    """Regroup rows by language; languages with less than 1,500 are one group."""
    groups: dict[str, list[Row]] = defaultdict(list)
    for row in _flat(sets):
        groups[row.lang].append(row)
    merged: dict[str, list[Row]] = defaultdict(list)
    for lang, data in groups.items():
        merged[lang if len(data) >= 1500 else "others"] += data
    return dict(merged)


def _names(row: Row) -> Iterator[str]:
    yield f"{row.place}|bias"
    for name in (*row.form, *row.context):
        yield name
        yield f"{row.place}|{name}"


def fit(data: Iterable[Row]) -> Fitted:
    """Fit the weights by logistic regression (L-BFGS)."""
    data = list(data)
    counts, sources = Counter[str](), defaultdict[str, set[str]](set)
    for row in data:
        for name in _names(row):
            counts[name] += 1
            sources[name].add(row.source)
    chosen = [n for n in counts if counts[n] >= MIN_ROWS and len(sources[n]) >= MIN_SOURCES]
    columns = {name: SLOTS + index for index, name in enumerate(sorted(chosen))}
    matrix = _matrix(data, columns)
    labels = np.array([row.label for row in data])
    weight = np.array([row.weight for row in data])
    penalty = np.full(matrix.shape[1], NAME_PENALTY)
    penalty[:SLOTS] = WORD_PENALTY
    sign, turned = 2.0 * labels - 1, matrix.T.tocsr()

    def loss(beta: NDArray[np.float64]) -> tuple[float, NDArray[np.float64]]:
        margin = sign * (matrix @ beta)
        slope = -sign * weight / (1 + np.exp(np.clip(margin, -30, 30)))
        value = float((weight * np.logaddexp(0, -margin)).sum() + 0.5 * (penalty * beta**2).sum())
        return value, turned @ slope + penalty * beta

    start = np.zeros(matrix.shape[1])
    beta = minimize(loss, start, jac=True, method="L-BFGS-B", options={"maxiter": 80}).x
    return Fitted(beta[:SLOTS], {name: float(beta[column]) for name, column in columns.items()})


def _matrix(data: list[Row], columns: dict[str, int]) -> Any:
    row_of, column_of, values = [], [], []
    for index, row in enumerate(data):
        known = [columns[name] for name in _names(row) if name in columns]
        row_of += [index] * (len(known) + len(row.slots))
        column_of += [*known, *row.slots]
        values += [1.0] * len(known) + [row.value] * len(row.slots)
    shape_of = (len(data), SLOTS + len(columns))
    return sparse.csr_matrix((values, (row_of, column_of)), shape=shape_of)


def scores(model: Fitted, data: list[Row]) -> NDArray[np.float64]:
    """Return the log odds of lines, less their vetoes."""
    result = []
    for row in data:
        named = sum(model.names.get(name, 0.0) for name in _names(row))
        result.append(named + model.words[list(row.slots)].sum() * row.value - row.veto)
    return np.array(result)


def auc(values: NDArray[np.float64], data: list[Row]) -> float:
    """Return the chance that a line of residue scores above a good line."""
    labels = np.array([row.label for row in data])
    order = np.argsort(values, kind="stable")
    ranks = np.empty(len(data))
    ranks[order] = np.arange(1, len(data) + 1)
    positives = int(labels.sum())
    negatives = len(data) - positives
    return float(
        (ranks[labels == 1].sum() - positives * (positives + 1) / 2) / positives / negatives
    )


def _curve(data: list[Row], values: NDArray[np.float64]) -> dict[str, list[tuple[int, int]]]:
    """Return for each cell and threshold the residue removed and the different good lines lost."""
    removed: dict[str, list[float]] = defaultdict(list)
    good: dict[str, dict[tuple[str, str], float]] = defaultdict(dict)
    for row, value in zip(data, values, strict=True):
        if row.label == 1:
            removed[row.cell].append(value)
        elif not any(name.startswith(NOISE) for name in row.form):
            key = row.source, row.text
            good[row.cell][key] = max(good[row.cell].get(key, -99.0), value)
    return {
        cell: [
            (sum(v > t for v in removed[cell]), sum(v > t for v in good[cell].values()))
            for t in GRID
        ]
        for cell in removed.keys() | good.keys()
    }


def choose_thresholds(
    groups: dict[str, list[Row]], scored: dict[str, NDArray[np.float64]], price: float
) -> dict[str, float]:
    """Return the threshold of each cell that brings most, at the price of good lines lost."""
    curves = {name: _curve(data, scored[name]) for name, data in groups.items()}
    residue = {name: sum(row.label for row in data) for name, data in groups.items()}
    none = [(0, 0)] * len(GRID)

    def gain(cell: str, step: int) -> tuple[float, int]:
        total = 0.0
        for name, curve in curves.items():
            removed, lost = curve.get(cell, none)[step]
            total += TRUST.get(name, 1.0) * (removed / max(1, residue[name]) - price * lost / 1000)
        return total, step

    cells = sorted({cell for curve in curves.values() for cell in curve})
    return {c: GRID[max(range(len(GRID)), key=lambda step: gain(c, step))] for c in cells}


def report(
    groups: dict[str, list[Row]],
    scored: dict[str, NDArray[np.float64]],
    thresholds: dict[str, float],
) -> None:
    """Print what the thresholds remove and lose of the lines that no rule decides."""
    print("  " + "  ".join(f"{cell} {value}" for cell, value in sorted(thresholds.items())))
    for name, data in groups.items():
        over = [v > thresholds[row.cell] for row, v in zip(data, scored[name], strict=True)]
        removed = sum(row.label == 1 and o for row, o in zip(data, over, strict=True))
        lost = {(r.source, r.text) for r, o in zip(data, over, strict=True) if o and r.label == 0}
        residue = sum(row.label for row in data)
        good = len({(row.source, row.text) for row in data if row.label == 0})
        print(f"{name:<12} removed {removed:5} of {residue:5} ({removed / max(1, residue):.0%})"
              f"  good lines lost {len(lost)} of {good}")  # fmt: skip


def write(model: Fitted, thresholds: dict[str, float], sets: list[str]) -> None:
    """Write the weights as whole numbers: names in 1/64 nat, words as signed bytes."""
    unit = float(np.abs(model.words).max()) / 127
    words = np.round(model.words / unit).astype(np.int8)
    (DATA / "line_words.bin").write_bytes(zlib.compress(words.tobytes(), 9))
    names = sorted({name.rpartition("|")[2] for name in model.names})
    lines = [
        "# The line model of cleaning; benchmarks/clean_fit.py fits it and says how.",
        f"# Sets: labelled lines of {', '.join(sets)}; this project's phrases and negative rows.",
        "# It holds weights alone, and no text. Columns: feature, then its weight in 1/64 nat",
        f"# {', '.join(PLACES)}. Thresholds are in nats.",
        f"word unit\t{unit:.6f}",
        *(f"threshold {cell}\t{value}" for cell, value in sorted(thresholds.items())),
    ]
    for name in names:
        each = [model.names.get(name, 0.0) + model.names.get(f"{p}|{name}", 0.0) for p in PLACES]
        whole = [round(value * UNIT) for value in each]
        if any(whole):
            lines.append("\t".join([name, *map(str, whole)]))
    (DATA / "line_model.tsv").write_text("\n".join(lines) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
