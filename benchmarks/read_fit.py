"""Fit the weights of the block model, and say what they are worth on pages not fitted on.

DIR holds `html/NAME.html.gz` and `ground-truth/NAME.json` with `ground_truth.main_content`. Each
half of the pages is scored with weights fitted on the other half; `--write` fits on all pages then
and writes the weights' file.

    python benchmarks/read_fit.py DIR [--write]
"""

from __future__ import annotations

import argparse
import glob
import gzip
import json
import os
import re
import statistics
import sys
from collections import Counter
from dataclasses import dataclass, field

import numpy as np
from scipy.optimize import minimize

from textkit.read.html import model
from textkit.read.html.blocks import Page, collect
from textkit.read.html.candidates import trafilatura_text
from textkit.read.html.charset import decode_page
from textkit.read.html.context import context
from textkit.read.html.features import features
from textkit.read.html.render import render
from textkit.read.html.tree import parse
from textkit.read.html.vote import blocks_of

WEIGHTS = os.path.join(os.path.dirname(model.__file__), "data", "weights.tsv")
ORIGIN = """\
# Weights of the block model: model, feature, weight.
# Origin: fitted by benchmarks/read_fit.py on 250 article pages of the Web Content
# eXtraction Benchmark by Murrough Foley (CC BY 4.0), development split.
"""
RIDGE = 0.3  # strength of the penalty on large weights
FOLDS = 5  # the scores that the second model learns from come from weights that have not seen them
WIDEST = 600  # columns; a longer block counts no more
WORD = re.compile(r"\w+")


@dataclass
class Sample:
    """A page, its main text, and what was made of them."""

    page: Page
    gold: str
    rows: list[dict[str, float]]
    votes: list[set[int]]
    labels: np.ndarray
    cost: np.ndarray
    scores: np.ndarray = field(default_factory=lambda: np.zeros(0))


def load(folder: str) -> list[Sample]:
    found = []
    for path in sorted(glob.glob(os.path.join(folder, "ground-truth", "*.json"))):
        name = os.path.basename(path)[:-5]
        with open(path, encoding="utf-8") as stream:
            gold = json.load(stream)["ground_truth"]["main_content"] or ""
        with gzip.open(os.path.join(folder, "html", name + ".html.gz")) as stream:
            root = parse(decode_page(stream.read())[0]).root
        found.append(sample(root, gold))
    return found


def sample(root, gold: str) -> Sample:
    page = collect(root)
    votes = [blocks_of(page, trafilatura_text(root, precision=p)) for p in (False, True)]
    votes = votes if all(votes) else []
    held = blocks_of(page, gold)
    labels = np.array([i in held for i in range(len(page.blocks))], float)
    cost = np.array([min(b.width, WIDEST) + 5.0 for b in page.blocks])
    whole = cost[labels > 0].sum()
    cost = np.minimum(cost / whole, 1.0) if whole else cost * 0.0  # each page counts the same
    return Sample(page, gold, features(page), votes, labels, cost)


def matrix(rows: list[dict[str, float]]) -> np.ndarray:
    return np.array([[*row.values(), 1.0] for row in rows])


def fit(tables: list[np.ndarray], samples: list[Sample]) -> np.ndarray:
    x = np.vstack(tables)
    y = np.concatenate([s.labels for s in samples])
    w = np.concatenate([s.cost for s in samples])

    def loss(beta: np.ndarray) -> tuple[float, np.ndarray]:
        z = x @ beta
        p = 1.0 / (1.0 + np.exp(-np.clip(z, -40, 40)))
        penalty = np.append(beta[:-1], 0.0)
        value = (w * (np.logaddexp(0, z) - y * z)).sum() + RIDGE * (penalty**2).sum()
        return value, x.T @ (w * (p - y)) + 2 * RIDGE * penalty

    start = np.zeros(x.shape[1])
    return minimize(loss, start, jac=True, method="L-BFGS-B", options={"maxiter": 800}).x


def fit_block(samples: list[Sample]) -> np.ndarray:
    return fit([matrix(s.rows) for s in samples], samples)


def fit_all(samples: list[Sample]) -> dict[str, np.ndarray]:
    """Fit the three models; the second look learns from scores that were not fitted on its page."""
    for fold in range(FOLDS):
        beta = fit_block([s for k, s in enumerate(samples) if k % FOLDS != fold])
        for s in samples[fold::FOLDS]:
            s.scores = matrix(s.rows) @ beta
    voted = [s for s in samples if s.votes]
    return {
        "block": fit_block(samples),
        "alone": fit([matrix(context(s.page, s.scores)) for s in samples], samples),
        "vote": fit([matrix(context(s.page, s.scores, s.votes)) for s in voted], voted),
    }


def choose(s: Sample, weights: dict[str, np.ndarray], votes: bool) -> set[int]:
    own = matrix(s.rows) @ weights["block"]
    cast = s.votes if votes else []
    scores = matrix(context(s.page, own, cast)) @ weights["vote" if cast else "alone"]
    found = {i for i, z in enumerate(model.of_tables(s.page, scores.tolist())) if z > 0}
    return model.with_code(s.page, found)


def score(gold: str, text: str) -> tuple[float, float, float]:
    a, b = (Counter(WORD.findall(t.lower())) for t in (gold, text))
    both = (a & b).total()
    precision, recall = both / max(1, b.total()), both / max(1, a.total())
    return 2 * both / max(1, a.total() + b.total()), precision, recall


def line(name: str, samples: list[Sample], choices: list[set[int]]) -> str:
    scores = [score(s.gold, render(s.page, c)) for s, c in zip(samples, choices, strict=True)]
    return f"{name:36}" + "  ".join(
        f"{statistics.mean(col):.4f}" for col in zip(*scores, strict=True)
    )


def write(samples: list[Sample], weights: dict[str, np.ndarray]) -> None:
    names = {
        "block": [*samples[0].rows[0], model.BIAS],
        "alone": [*context(samples[0].page, samples[0].scores)[0], model.BIAS],
        "vote": [*context(samples[0].page, samples[0].scores, samples[0].votes)[0], model.BIAS],
    }
    with open(WEIGHTS, "w", encoding="utf-8") as stream:
        stream.write(ORIGIN)
        for which, beta in weights.items():
            for name, weight in zip(names[which], beta, strict=True):
                print(which, name, f"{weight:.4f}", sep="\t", file=stream)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder")
    parser.add_argument("--write", action="store_true")
    options = parser.parse_args()
    samples = load(options.folder)
    middle = len(samples) // 2
    halves = samples[:middle], samples[middle:]
    print(f"{'':36}word F1  precision recall")
    for votes in (False, True):
        kept: list[set[int]] = []
        for part, other in ((0, 1), (1, 0)):
            weights = fit_all(halves[other])
            choices = [choose(s, weights, votes) for s in halves[part]]
            kept += choices
            name = f"half {part + 1}, fitted on the other, {'vote' if votes else 'alone'}"
            print(line(name, halves[part], choices))
        print(line("both halves", samples, kept))
    weights = fit_all(samples)
    for votes in (False, True):
        name = f"fitted on all pages, {'vote' if votes else 'alone'}"
        print(line(name, samples, [choose(s, weights, votes) for s in samples]))
    if options.write:
        write(samples, weights)
        print(f"written: {WEIGHTS}", file=sys.stderr)


if __name__ == "__main__":
    main()
