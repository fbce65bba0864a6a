"""One document never ends a run: each stage in turn is made to fail on one of three."""

from __future__ import annotations

import importlib
import json
from pathlib import Path

import pytest

from textkit.cli import app
from textkit.cli.guard import run_app
from textkit.read import plan
from textkit.run import Progress, RunOptions, run
from textkit.run.sharded import run_sharded
from textkit.run.sharded.engine import Local

BAD = "zebra"
TEXTS = {
    "a": "Harbour bridge shut\n\nThe works office shut the bridge on Monday. It opens in May.\n",
    "b": f"Ferry firm buys a {BAD}\n\n"
    "渡轮公司周三买了三艘船。 The firm paid 12 million euros on Friday. It sails in June.\n",
    "c": "Council names harbour master\n\nIda Brook leads the pilots. She follows Tom Reed.\n",
}
# Where a run, its shards and the filters find each stage's function, and what commands use it.
STAGES = {
    "clean": ("clean_document", ["textkit.run.work", "textkit.clean"]),
    "detect": ("detect_document", ["textkit.run.work", "textkit.detect"]),
    "translate": ("plan", ["textkit.translate"]),
    "translate, in a batch": ("place", ["textkit.translate"]),
    "compare": ("pack_features", ["textkit.run.compare"]),
    "compare passages": ("pack_passages", ["textkit.run.compare"]),
    "summarize": ("summarize_document", ["textkit.run.work", "textkit.summarize"]),
}
FILTERS = {
    "clean": ("clean_document", "textkit.clean"),
    "detect": ("detect_findings", "textkit.detect"),
    "translate": ("place", "textkit.translate"),
    "dedup": ("features_of", "textkit.dedup.pipeline"),
    "summarize": ("summarize_document", "textkit.summarize"),
}


@pytest.fixture
def inputs(tmp_path, monkeypatch) -> Path:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "data"))
    monkeypatch.chdir(tmp_path)
    (tmp_path / "in").mkdir()
    for name, text in TEXTS.items():
        (tmp_path / "in" / f"{name}.txt").write_text(text)
    return tmp_path


def make_fail(monkeypatch, name: str, module: str) -> None:
    """Let a function raise for what has the bad word in it."""
    owner = importlib.import_module(module)
    original = getattr(owner, name)

    def failing(*args, **named):
        if BAD in repr(args):
            raise ZeroDivisionError("nobody foresaw this")
        return original(*args, **named)

    monkeypatch.setattr(owner, name, failing)


def articles(out: Path) -> dict[str, dict]:
    paths = [out / "articles.jsonl", *(out / "articles").glob("*.jsonl")]
    lines = [line for path in paths if path.exists() for line in path.read_text().splitlines()]
    return {record["id"]: record for record in map(json.loads, lines)}


@pytest.mark.parametrize("sharded", [False, True], ids=["local", "shards"])
@pytest.mark.parametrize("stage", STAGES)
def test_a_stage_that_fails_on_a_document_costs_no_article(inputs, monkeypatch, stage, sharded):
    name, modules = STAGES[stage]
    with monkeypatch.context() as patch:
        for module in modules:
            make_fail(patch, name, module)
        broken = execute(inputs, sharded)
    assert set(articles(inputs / "out")) == {"a", "b", "c"}
    assert BAD in articles(inputs / "out")["b"]["text"]
    assert [f for f in broken if "b" in f and "nobody foresaw" in f] == broken
    assert broken
    if not sharded:  # the next run tries again
        assert execute(inputs, sharded) == []
        assert articles(inputs / "out")["b"]["summary"]


def execute(inputs: Path, sharded: bool) -> list[str]:
    """Run, and return what failed."""
    found, progress = plan(["in"]), Progress()
    if sharded:
        run_sharded(found.sources, "out", RunOptions(), progress, engine=Local())
    else:
        run(found, "out", RunOptions(), progress)
    return [f"{failure.where}: {failure.error}" for failure in progress.failures]


@pytest.mark.parametrize("command", FILTERS)
def test_a_stage_that_fails_on_a_record_hands_it_on(inputs, monkeypatch, capfdbinary, command):
    make_fail(monkeypatch, *FILTERS[command])
    lines = "".join(json.dumps({"id": i, "text": t}) + "\n" for i, t in TEXTS.items())
    Path("in.jsonl").write_text(lines)
    monkeypatch.setattr("sys.argv", ["textkit", command, "in.jsonl"])
    assert run_app(app) == 1
    out, err = capfdbinary.readouterr()
    records = [json.loads(line) for line in out.splitlines()]
    assert [r["id"] for r in records] == ["a", "b", "c"]
    assert records[1]["text"] == TEXTS["b"]
    assert b"nobody foresaw this" in err
    assert b"b: " in err
