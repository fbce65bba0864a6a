"""Trees out of a table: the same scores as the nodes read one by one."""

from __future__ import annotations

import numpy as np
import pytest

from textkit.read.html import trees
from textkit.read.html.blocks import collect
from textkit.read.html.model import tabulate
from textkit.read.html.tree import parse
from textkit.read.options import CANDIDATES

TABLE = [
    ["features", "width", "links"],
    ["0:10.5:-1:1 1:0.25:-2:-3", "-1000 2000 -500"],
    ["", "100"],
]


@pytest.fixture
def small(monkeypatch):
    monkeypatch.setattr(trees, "rows", lambda *_: iter(TABLE))
    trees.forest.cache_clear()
    yield trees.forest("small")
    trees.forest.cache_clear()


def test_rows_go_left_up_to_the_threshold_and_the_trees_are_summed(small):
    table = {"links": np.array([0.0, 0.25, 0.9]), "width": np.array([10.5, 11.0, 99.0])}
    assert trees.logits(small, table).tolist() == [-0.9, 2.1, -0.4]
    assert small.depth == 2


def test_a_feature_that_is_missing_is_an_error(small):
    with pytest.raises(KeyError, match="links"):
        trees.logits(small, {"width": np.array([1.0])})


@pytest.mark.parametrize("name", ["vote", "fast"])
def test_the_shipped_tables_know_the_features_and_stay_shallow(name):
    page = collect(parse("<p>It rained.</p><p>It poured.</p>").root)
    votes = {voter: {0} for voter in CANDIDATES[1:]} if name == "vote" else {}
    shipped = trees.forest(f"trees-{name}.tsv")
    assert set(shipped.names) <= set(tabulate(page, votes))
    assert shipped.depth <= 6
