"""Fit the trees that choose the blocks of a page, and say what they are worth on other sets.

DIR is the folder of the development sets. Each set is scored with trees fitted on all others, with
the votes of other extractors and without; `--write` then fits on all sets and writes both tables,
with these left-out figures at their heads. The votes take most of the time: `--cache` keeps them.

    python -m benchmarks.read_fit DIR [--cache FOLDER] [--write]
"""

from __future__ import annotations

import argparse
import datetime as dt
import pickle
import statistics
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import NamedTuple

import lightgbm
import numpy as np

from benchmarks.fitting import leave_one_out
from benchmarks.read import SETS, pages
from benchmarks.read_score import PageGold, PageScore, mean_score, score_page
from textkit.read.html import model
from textkit.read.html.blocks import Page, collect
from textkit.read.html.candidates import cast_votes, settled
from textkit.read.html.charset import decode_page
from textkit.read.html.head import split_head
from textkit.read.html.metadata import Metadata, metadata
from textkit.read.html.render import render
from textkit.read.html.tree import parse
from textkit.read.html.trees import FEATURES, SCALE
from textkit.read.html.votes import blocks_of
from textkit.read.options import CANDIDATES

REGRESSION = "defuddle"  # many invented pages: a set to look at, not to fit on
DATA = Path(model.__file__).parent / "data"
ORIGIN = """\
# Trees that choose the blocks of a page, {kind} the votes of other extractors: the features that
# they use; then a tree per row, its splits (feature:threshold:left:right) and its leaves.
# Origin: fitted on {day} by benchmarks/read_fit.py, every set with the same weight, on
# {sets}.
# F1 on each set by trees fitted on the others (as used together), {figures}.
"""
MAX_WIDTH = 600  # columns; a longer block counts no more
TREES = 180
PARAMETERS = {  # depth bounds the time that numpy needs; the rest was chosen left out
    "objective": "binary", "num_leaves": 15, "max_depth": 6, "learning_rate": 0.05,
    "min_data_in_leaf": 60, "min_sum_hessian_in_leaf": 1e-3, "lambda_l2": 5.0,
    "feature_fraction": 0.3, "bagging_fraction": 0.7, "bagging_freq": 1, "max_bin": 127,
    "seed": 1, "deterministic": True, "force_row_wise": True, "num_threads": 1, "verbosity": -1,
}  # fmt: skip
MIN_KEPT = 0.15  # of the blocks that weigh least, this share is drawn, with more weight


@dataclass
class Sample:
    """A page, what its text should be, and what the model is told of it."""

    page: Page
    metadata: Metadata
    gold: PageGold
    alone: np.ndarray  # features without votes
    voted: np.ndarray  # the same, and those of the votes
    labels: np.ndarray
    weights: np.ndarray


class Trees(NamedTuple):
    """The trees without votes, and those with them."""

    fast: lightgbm.Booster
    vote: lightgbm.Booster


class Names(NamedTuple):
    """The features' names, without votes and with them."""

    fast: list[str]
    vote: list[str]


def load(folder: Path) -> Iterator[tuple[Sample, Names]]:
    """Yield the pages of a set and the names of the features."""
    for _, data, gold in pages(folder):
        root = parse(decode_page(data)[0]).root
        page = collect(root)
        if not page.blocks:
            continue
        alone = model.tabulate(page, {})
        voted = model.tabulate(page, cast_votes(root, page, CANDIDATES))
        rows = (np.column_stack(list(t.values())).astype(np.float32) for t in (alone, voted))
        sample = Sample(page, metadata(root), gold, *rows, *labelled(page, gold))
        yield sample, Names(list(alone), list(voted))


def labelled(page: Page, gold: PageGold) -> tuple[np.ndarray, np.ndarray]:
    """Return which blocks are the article's, and how much each counts; every page counts alike."""
    if gold.text is None:
        return of_pieces(page, gold)
    held = blocks_of(page, gold.text)
    labels = np.array([i in held for i in range(len(page.blocks))], float)
    weights = np.array([min(block.width, MAX_WIDTH) + 5.0 for block in page.blocks])
    whole = weights[labels > 0].sum()
    return labels, np.minimum(weights / whole, 1.0) if whole else weights * 0.0


def of_pieces(page: Page, gold: PageGold) -> tuple[np.ndarray, np.ndarray]:
    """The same where only some wanted and unwanted pieces are known: other blocks count nothing."""
    labels, known = np.zeros(len(page.blocks)), np.zeros(len(page.blocks))
    for i, block in enumerate(page.blocks):
        text = " ".join(block.text.split())
        wanted = any(piece in text for piece in gold.wanted)
        if wanted or any(piece in text for piece in gold.unwanted):
            labels[i], known[i] = wanted, 1.0
    return labels, known / max(1.0, known.sum())


def fit(sets: Sequence[list[Sample]]) -> Trees:
    """Return trees fitted on some sets, each with the same weight."""
    drawn_sets = [drawn(samples) for samples in sets]
    labels = np.concatenate([labels for *_, labels, _ in drawn_sets])
    weights = np.concatenate([weights / weights.sum() for *_, weights in drawn_sets])
    boosters = []
    for column in (0, 1):
        rows = np.vstack([drawn_set[column] for drawn_set in drawn_sets])
        data = lightgbm.Dataset(rows, labels, weight=weights / weights.mean())
        boosters.append(lightgbm.train(PARAMETERS, data, TREES))
    return Trees(*boosters)


def drawn(samples: list[Sample]) -> tuple[np.ndarray, np.ndarray, np.ndarray, np.ndarray]:
    """Return features, labels and weights of a set's blocks: of the light ones fewer, with more
    weight.
    """
    weights = np.concatenate([sample.weights for sample in samples])
    heavy = np.quantile(weights[weights > 0], 0.8)
    chance = np.where(weights > 0, np.clip(weights / heavy, MIN_KEPT, 1.0), 0.0)
    kept = np.random.default_rng(1).random(len(weights)) < chance
    columns = (
        np.concatenate([getattr(sample, name) for sample in samples])[kept]
        for name in ("alone", "voted", "labels")
    )
    alone, voted, labels = columns
    return alone, voted, labels, weights[kept] / chance[kept]


def score(trees: Trees, samples: list[Sample]) -> tuple[float, float]:
    """Return the mean F1 of the texts that trees give, without votes and with them."""
    by_kind: tuple[list[tuple[PageGold, PageScore]], ...] = ([], [])
    for sample in samples:
        for pairs, logits in zip(by_kind, block_logits(trees, sample), strict=True):
            text = text_of(sample, logits)
            pairs.append((sample.gold, score_page(sample.gold, text)))
    fast, vote = map(mean_score, by_kind)
    return fast, vote


def block_logits(trees: Trees, sample: Sample) -> tuple[np.ndarray, np.ndarray]:
    """Return each block's logits, without votes and with them, as the model combines them."""
    fast, vote = (
        booster.predict(rows, raw_score=True, num_threads=1)
        for booster, rows in zip(trees, (sample.alone, sample.voted), strict=True)
    )
    return fast, model.VOTE_SHARE * vote + (1.0 - model.VOTE_SHARE) * fast


def text_of(sample: Sample, logits: np.ndarray) -> str:
    chosen = settled(sample.page, model.selected(sample.page, logits.tolist()))
    body, _ = split_head(sample.page, chosen, sample.metadata)
    return render(sample.page, body)


def write(booster: lightgbm.Booster, names: list[str], path: Path, origin: str) -> None:
    """Write the table that `textkit.read.html.trees` reads, with the features that are used."""
    trees = [tree["tree_structure"] for tree in booster.dump_model()["tree_info"]]
    used = sorted({node["split_feature"] for tree in trees for node in inner_nodes(tree)})
    number = {feature: i for i, feature in enumerate(used)}
    with path.open("w", encoding="utf-8") as stream:
        stream.write(origin)
        print(FEATURES, *(names[feature] for feature in used), sep="\t", file=stream)
        for tree in trees:
            nodes = list(inner_nodes(tree))
            place = {id(node): i for i, node in enumerate(nodes)}
            leaves: list[str] = []
            splits = [split(node, place, number, leaves) for node in nodes]
            print(" ".join(splits), " ".join(leaves), sep="\t", file=stream)


def inner_nodes(tree: dict) -> Iterator[dict]:
    if "split_feature" in tree:
        yield tree
        yield from inner_nodes(tree["left_child"])
        yield from inner_nodes(tree["right_child"])


def split(node: dict, place: dict[int, int], number: dict[int, int], leaves: list[str]) -> str:
    """Return an inner node as the table has it, and add its leaves to those before."""
    children = []
    for child in (node["left_child"], node["right_child"]):
        if id(child) in place:
            children.append(place[id(child)])
        else:
            leaves.append(str(round(child["leaf_value"] * SCALE)))
            children.append(-len(leaves))
    threshold = f"{node['threshold']:.5g}"
    return f"{number[node['split_feature']]}:{threshold}:{children[0]}:{children[1]}"


def cached(folder: Path, cache: Path | None, name: str) -> tuple[list[Sample], Names]:
    """Return a set's pages and the features' names, from the cache if it has them."""
    path = cache / f"{name}.pickle" if cache else None
    if path and path.exists():
        return pickle.loads(path.read_bytes())
    pairs = list(load(folder))
    result = [sample for sample, _ in pairs], pairs[0][1]
    if path:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(pickle.dumps(result))
    return result


def described(scores: Mapping[str, float]) -> str:
    figures = ", ".join(f"{name} {value:.4f}" for name, value in scores.items())
    mean, worst = statistics.mean(scores.values()), min(scores.values())
    return f"left out: {figures}; mean {mean:.4f}, worst {worst:.4f}"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--cache", type=Path)
    parser.add_argument("--write", action="store_true")
    options = parser.parse_args()
    fitted = {name: folder for name, folder in SETS.items() if name != REGRESSION}
    loaded = {n: cached(options.folder / f, options.cache, n) for n, f in fitted.items()}
    sets = {name: samples for name, (samples, _) in loaded.items()}
    names = next(names for _, names in loaded.values())
    left_out = leave_one_out(sets, fit, score)
    figures = [described({name: pair[i] for name, pair in left_out.items()}) for i in (0, 1)]
    for kind, line in zip(Names._fields, figures, strict=True):
        print(f"{kind:6}{line}")
    if options.write:
        trees = fit(list(sets.values()))
        for i, kind in enumerate(Names._fields):
            origin = ORIGIN.format(
                kind="without" if kind == "fast" else "with",
                day=dt.datetime.now(dt.UTC).date().isoformat(),
                sets=", ".join(f"{name} ({len(samples)} pages)" for name, samples in sets.items()),
                figures=figures[i],
            )
            write(trees[i], names[i], DATA / f"trees-{kind}.tsv", origin)


if __name__ == "__main__":
    main()
