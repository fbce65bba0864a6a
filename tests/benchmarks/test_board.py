"""The board's own rules: what counts as below a peer, and what a floor refuses."""

from __future__ import annotations

import subprocess
import sys
from dataclasses import replace

import pytest

from benchmarks.board import floors, table
from benchmarks.board.figures import Figure

FIGURE = Figure("read", "pages", "word F1", 90.0, 100, 1.0, "abc", {"a": 89.5, "b": 88.0})


@pytest.mark.parametrize(
    ("value", "higher", "mark"),
    [
        (92.0, True, "ahead"),
        (90.0, True, "level+"),
        (89.0, True, "level-"),
        (88.0, True, "below"),
        (86.0, False, "ahead"),
        (92.0, False, "below"),
    ],
)
def test_a_row_is_marked_by_the_best_peer_and_the_noise(value, higher, mark):
    peers = {"a": 89.5, "b": 88.0}
    assert replace(FIGURE, value=value, peers=peers, higher_is_better=higher).mark == mark


def test_a_drop_beyond_the_noise_is_named_and_one_within_it_is_not(tmp_path, monkeypatch):
    monkeypatch.setattr(floors, "FLOORS", tmp_path / "floors.json")
    assert floors.pin([FIGURE], lower=False) == []
    pinned = floors.load()
    assert list(floors.drops([replace(FIGURE, value=89.1)], pinned)) == []
    (line,) = floors.drops([replace(FIGURE, value=88.9)], pinned)
    assert "88.90" in line


def test_a_floor_is_not_lowered_unless_asked(tmp_path, monkeypatch):
    monkeypatch.setattr(floors, "FLOORS", tmp_path / "floors.json")
    floors.pin([FIGURE], lower=False)
    worse = replace(FIGURE, value=80.0)
    assert floors.pin([worse], lower=False) == [FIGURE.key]
    assert floors.load()[FIGURE.key]["value"] == 90.0
    assert floors.pin([worse], lower=True) == []
    assert floors.load()[FIGURE.key]["value"] == 80.0


def test_other_data_under_the_same_name_is_told(tmp_path, monkeypatch):
    monkeypatch.setattr(floors, "FLOORS", tmp_path / "floors.json")
    floors.pin([FIGURE], lower=False)
    (line,) = floors.drops([replace(FIGURE, digest="other")], floors.load())
    assert "data changed" in line


def test_every_row_below_a_peer_is_named_in_the_page():
    page = table.as_markdown([FIGURE, replace(FIGURE, data="behind", value=80.0)])
    weak = page.split("## Where it is weak")[1]
    assert "behind" in weak
    assert "pages" not in weak


def test_without_the_development_sets_it_says_what_it_needs(tmp_path):
    argv = [sys.executable, "-m", "benchmarks.board", "--shared", str(tmp_path)]
    done = subprocess.run(argv, capture_output=True, text=True, check=False)
    assert done.returncode == 2
    assert "dev/README.md" in done.stderr
    assert len(done.stderr.splitlines()) == 1
