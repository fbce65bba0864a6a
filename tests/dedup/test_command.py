"""The command: text in, a table out; records in, records out; the same bytes in any process."""

import json
import os
import signal
import sqlite3
import subprocess
import sys
from pathlib import Path

import pytest

SEEDS = Path(__file__).parents[2] / "seeds"


def textkit(*args, stdin=None, **env):
    return subprocess.run(
        [sys.executable, "-m", "textkit", "dedup", *map(str, args)],
        input=stdin, capture_output=True, check=False, env={**os.environ, **env}, timeout=60,
    )  # fmt: skip


def records(count, words=120):
    lines = []
    for n in range(count):
        text = " ".join(f"w{(n * 7919 + k * k) % 5003}" for k in range(words))
        lines.append(json.dumps({"id": f"d{n:03}", "text": text}))
    return ("\n".join(lines) + "\n").encode()


@pytest.fixture(scope="module")
def seeds_found():
    return textkit(SEEDS, "-f", "jsonl", PYTHONHASHSEED="1")


def test_records_of_the_seeds(seeds_found):
    found = [json.loads(line) for line in seeds_found.stdout.splitlines()]
    assert [d["dedup"]["action"] for d in found] == ["keep"] * 5
    assert [d["id"][:3] for d in found if d["dedup"].get("story")] == ["001", "004"]


def test_hash_seed_and_processes_change_nothing(seeds_found):
    again = textkit(SEEDS, "-f", "jsonl", "-j", "2", PYTHONHASHSEED="2")
    assert again.stdout == seeds_found.stdout


def test_a_table_for_texts_and_records_for_records(seeds_found):
    table = textkit(SEEDS).stdout.decode()
    assert table.startswith("action  level")
    assert "\x1b" not in table
    piped = textkit(stdin=seeds_found.stdout)
    assert piped.stdout == seeds_found.stdout


def test_views():
    text = (SEEDS / "001_2447494de83e3268.txt").read_text("utf-8")
    two = [{"id": "a", "text": text}, {"id": "b", "text": text[:1500]}]
    stdin = "".join(json.dumps(d) + "\n" for d in two).encode()
    pairs = [json.loads(line) for line in textkit("--pairs", stdin=stdin).stdout.splitlines()]
    assert [(p["first"], p["second"], p["level"]) for p in pairs] == [("a", "b", "near")]
    assert b"part of a" in textkit("--explain", "-f", "table", stdin=stdin).stdout
    assert b"\n- " in textkit("--diff", "a", "b", stdin=stdin).stdout
    assert textkit("--near-misses", stdin=stdin).returncode == 0
    assert textkit("--drop", stdin=stdin).stdout.count(b"\n") == 1


def test_explain_says_what_the_nearest_text_lacks():
    first = (SEEDS / "001_2447494de83e3268.txt").read_text("utf-8").split("\n")
    rows = [{"id": "a", "text": "\n".join(first)}, {"id": "b", "text": "\n".join(first[:4])}]
    rows[1]["text"] += " " + " ".join(f"other{n} word{n}" for n in range(400))
    stdin = "".join(json.dumps(row) + "\n" for row in rows).encode()
    told = textkit("--explain", "-f", "table", stdin=stdin).stdout.decode()
    line = next(line for line in told.splitlines() if "not near b" in line)
    assert " needs " in line
    assert ">= 0." in line


@pytest.mark.parametrize(
    ("args", "words"),
    [
        (["--diff", "001", "zzz"], "no document is called zzz"),
        (["--prefer", "("], "not a regular expression"),
        (["--rethreshold"], "needs --index"),
        (["--index", "/nowhere/at/all.db"], "not an index"),
    ],
)
def test_wrong_use_is_one_line(args, words):
    done = textkit(SEEDS, *args) if args != ["--rethreshold"] else textkit(*args)
    assert done.returncode == 2
    assert words in done.stderr.decode()
    assert "Traceback" not in done.stderr.decode()


def test_an_index_names_the_old_document(tmp_path):
    path = tmp_path / "seen.db"
    first = textkit("--index", path, "-f", "jsonl", stdin=records(5))
    assert first.returncode == 0
    old = json.loads(records(5).splitlines()[2])
    new = {"id": "new", "text": old["text"] + " and a few words more at the end"}
    found = json.loads(textkit("--index", path, stdin=json.dumps(new).encode()).stdout)
    assert found["dedup"]["action"] == "drop"
    assert found["dedup"]["canonical"] == "d002"
    again = textkit("--index", path, stdin=records(5)).stdout
    assert {json.loads(line)["dedup"]["action"] for line in again.splitlines()} == {"keep"}
    other = textkit("--index", path, "--cosine", "0.9", stdin=records(1))
    assert other.returncode == 2
    assert "made with cosine 0.7, not 0.9" in other.stderr.decode()
    regrouped = textkit("--index", path, "--rethreshold", "--cosine", "0.9", "-f", "jsonl")
    assert len(regrouped.stdout.splitlines()) == 6


def test_an_index_survives_a_kill_and_two_writers(tmp_path):
    path = tmp_path / "seen.db"
    (tmp_path / "many.jsonl").write_bytes(records(1100))
    command = [sys.executable, "-m", "textkit", "dedup", "--index", path, "-f", "jsonl"]
    with subprocess.Popen([*command, tmp_path / "many.jsonl"], stdout=subprocess.PIPE) as victim:
        victim.stdout.readline()  # the first batch is in
        victim.send_signal(signal.SIGKILL)
    pipes = {"stdin": subprocess.PIPE, "stdout": subprocess.PIPE}
    with subprocess.Popen(command, **pipes) as one, subprocess.Popen(command, **pipes) as two:
        for writer in (one, two):
            writer.stdin.write(records(30))
            writer.stdin.close()
        assert [w.stdout.read().count(b"\n") for w in (one, two)] == [30, 30]
    assert one.returncode == two.returncode == 0
    base = sqlite3.connect(path)
    assert base.execute("PRAGMA integrity_check").fetchone() == ("ok",)
    (count,) = base.execute("SELECT count(*) FROM documents").fetchone()
    base.close()
    assert count in (500, 1000, 1100)
