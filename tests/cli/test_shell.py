"""A citizen of the shell: help, suggestions, inputs, outputs, workers, settings."""

from __future__ import annotations

import csv
import io
import json
import os
import subprocess
import sys

import pytest

from tests.conftest import SEEDS, clean_environment
from textkit.cli import COMMANDS, app
from textkit.cli.examples import EXAMPLES

STORY = "The council met on Tuesday and approved the budget for the coming year.\n"
GERMAN = "Der Stadtrat hat am Dienstag den Haushalt für das kommende Jahr beschlossen.\n"


@pytest.fixture
def news(tmp_path):
    """A folder of three texts, one of them below another folder."""
    folder = tmp_path / "news"
    (folder / "sub").mkdir(parents=True)
    (folder / "a.txt").write_text("0 views\n\n" + STORY)
    (folder / "b.txt").write_text(STORY + "\n" + GERMAN)
    (folder / "sub" / "c.md").write_text("Share on Facebook\n\n" + STORY)
    return folder


# help


@pytest.mark.parametrize(
    ("args", "message"),
    [
        (["sumarize"], "no such command: sumarize; did you mean summarize?"),
        (["dedupe"], "did you mean dedup?"),
        (["trnaslate"], "did you mean translate?"),
        (["Clean"], "did you mean clean?"),
        (["xyzzy"], "no such command: xyzzy (see"),
        (["news"], "news is a folder, not a command: try 'textkit run news -o out'"),
        (["clean", "--explian"], "no such option: --explian; did you mean --explain?"),
        (["help", "sumarize"], "did you mean summarize?"),
        (["help", "clean", "x"], "textkit clean has no subcommands"),
    ],
)
def test_wrong_words_get_one_suggestion(textkit, news, args, message):
    result = textkit(*args)
    assert (result.code, result.out, result.err.count("\n")) == (2, "", 1)
    assert message in result.err


def test_help_of_a_command_is_its_help(textkit):
    assert textkit("help", "run").out == textkit("run", "--help").out
    assert textkit("help").out == textkit("--help").out
    assert "FROM TO" in textkit("help", "models", "install").out
    assert textkit("-V").out == textkit("--version").out


@pytest.mark.parametrize("name", COMMANDS)
def test_help_fits_80_columns_says_what_for_and_ends_in_examples(textkit, name):
    text = textkit(name, "--help").out
    assert max(map(len, text.splitlines())) <= 80
    assert text.split("\n")[2].strip()[:1].isupper()
    assert text.rstrip().split("\n")[-2:] == [f"    {line}" for line in EXAMPLES[name]]


@pytest.mark.parametrize("line", [line for lines in EXAMPLES.values() for line in lines])
def test_the_examples_of_help_run(textkit, tmp_path, news, line):
    (tmp_path / "page.html").write_text("<title>T</title><article><p>" + STORY * 3 + "</article>")
    for folder in ("summaries", "references", "out"):
        (tmp_path / folder).mkdir()
        (tmp_path / folder / "a.txt").write_text(STORY)
    record = json.dumps({"id": "a", "source": "news/a.txt", "text": STORY}) + "\n"
    (tmp_path / "out" / "articles.jsonl").write_text(record)
    if line.startswith("textkit run"):
        (tmp_path / "out" / "a.txt").unlink()
    script = f'textkit() {{ {sys.executable} -m textkit "$@"; }}; set -o pipefail; {line}'
    done = subprocess.run(
        ["bash", "-c", script], cwd=tmp_path, capture_output=True, text=True, check=False,
        env=clean_environment(tmp_path), timeout=120,
    )  # fmt: skip
    findings = line.startswith(("textkit check", "textkit doctor"))
    assert done.returncode in ((0, 1) if findings else (0,)), done.stderr
    assert "Traceback" not in done.stderr


# inputs


def test_paths_from_a_list(textkit, tmp_path, news):
    (tmp_path / "list").write_text("news/b.txt\nnews/a.txt\n")
    ids = [
        json.loads(line)["source"]
        for line in textkit("read", "--files-from", "list").out.splitlines()
    ]
    assert ids == ["news/b.txt", "news/a.txt"]
    piped = textkit("read", "--files-from", "-", "-0", input="news/a.txt\0news/sub\0")
    assert len(piped.out.splitlines()) == 2
    assert textkit("read", "--files-from", "-", input="").code == 2
    assert "nosuch: no such file" in textkit("read", "--files-from", "nosuch").err


@pytest.mark.parametrize(
    ("options", "expected"),
    [
        (["--include", "*.txt"], ["news/a.txt", "news/b.txt"]),
        (["--exclude", "sub"], ["news/a.txt", "news/b.txt"]),
        (["--exclude", "sub/"], ["news/a.txt", "news/b.txt"]),
        (["--include", "sub/*"], ["news/sub/c.md"]),
        (["--include", "**/c.*"], ["news/sub/c.md"]),
        (["--include", "*.txt", "--exclude", "a.*"], ["news/b.txt"]),
    ],
)
def test_patterns_choose_within_folders(textkit, news, options, expected):
    result = textkit("read", "-f", "jsonl", "news", *options)
    assert [json.loads(line)["source"] for line in result.out.splitlines()] == expected
    named = textkit("read", "-f", "jsonl", "news/a.txt", "--exclude", "*.txt")
    assert len(named.out.splitlines()) == 1


def test_only_what_changed_since(textkit, news):
    os.utime(news / "a.txt", (10**9, 10**9))
    for when in ("yesterday", "2w", "36 hours", "2002-01-01"):
        lines = textkit("read", "-f", "jsonl", "news", "--modified-since", when).out.splitlines()
        assert len(lines) == 2
    assert len(textkit("read", "news", "--modified-since", "2001-01-01").out.splitlines()) == 3
    assert "is no date" in textkit("read", "news", "--modified-since", "whenever").err


# outputs


def test_one_folder_into_another(textkit, tmp_path, news):
    assert textkit("clean", "news", "-o", "cleaned/").code == 0
    files = sorted(str(p.relative_to(tmp_path)) for p in (tmp_path / "cleaned").rglob("*.*"))
    assert files == ["cleaned/a.txt", "cleaned/b.txt", "cleaned/sub/c.txt"]
    assert (tmp_path / "cleaned" / "sub" / "c.txt").read_text() == STORY


def test_two_inputs_that_would_be_one_output_are_both_kept(textkit, tmp_path, news):
    (news / "a.md").write_text("Another text.\n")
    assert textkit("read", "news", "-o", "all/").code == 0
    names = sorted(p.name for p in (tmp_path / "all").iterdir() if p.is_file())
    assert names == ["a.txt", "a.txt.txt", "b.txt"]


def test_records_into_a_folder_of_their_sources(textkit, tmp_path, news):
    records = textkit("clean", "news").out
    assert textkit("undo", "-o", "before/", input=records).code == 0
    texts = sorted(p.read_text() for p in (tmp_path / "before").rglob("*.txt"))
    assert texts == sorted(p.read_text() for p in news.rglob("*.*"))


@pytest.mark.parametrize("id", ["../up", "/root", "a/../../b", "", "con", "a\n"])
def test_no_id_leaves_the_folder(textkit, tmp_path, id):
    record = json.dumps({"id": id, "text": STORY})
    result = textkit("read", "-o", "out/", input=record + "\n")
    written = [p for p in tmp_path.rglob("*") if p.is_file()]
    assert len(written) == (result.code == 0)
    assert all((tmp_path / "out") in p.parents for p in written)


def test_a_dry_run_names_what_it_would_write(textkit, tmp_path, news):
    result = textkit("clean", "news", "-o", "cleaned/", "--dry-run")
    assert "cleaned/sub/c.txt: would be written" in result.err
    assert not (tmp_path / "cleaned").exists()
    assert "x.txt: would be written" in textkit("clean", "news", "-o", "x.txt", "--dry-run").err
    before = (news / "a.txt").read_text()
    assert "would be cleaned" in textkit("clean", "--in-place", "--dry-run", "news").err
    assert (news / "a.txt").read_text() == before


def test_foreign_passages_as_a_table(textkit, tmp_path, news):
    assert textkit("detect", "--not", "en", "news", "-o", "foreign.csv").code == 0
    (row,) = csv.DictReader(io.StringIO((tmp_path / "foreign.csv").read_text()))
    assert (row["lang"], row["line"], row["text"]) == ("de", "3", GERMAN.strip())


def test_tables_quote_what_would_break_them(textkit):
    record = json.dumps({"id": 'a"|b', "text": "one\ttwo,\nthree\\ <b>", "tag": ["x", "y"]}) + "\n"
    fields = ("--fields", "id,text,tag,none")
    rows = list(csv.reader(io.StringIO(textkit("read", "-f", "csv", *fields, input=record).out)))
    text = "one\ttwo,\nthree\\ <b>"
    assert rows[1][0] == 'a"|b'
    assert rows[1][1].rstrip() == text
    assert rows[1][2:] == ["x, y", ""]
    tsv = textkit("read", "-f", "tsv", *fields, input=record).out.splitlines()
    assert tsv[1].split("\t")[1].startswith("one\\ttwo,\\nthree\\\\ <b>")
    md = textkit("read", "-f", "md", *fields, input=record).out.splitlines()
    assert md[2] == '| a"\\|b | one two, three\\\\ &lt;b> | x, y |  |'
    assert textkit("read", "-f", "jsonl", *fields, input=record).code == 2


def test_one_json_array(textkit, news):
    assert [r["source"] for r in json.loads(textkit("read", "news", "-f", "json").out)] == [
        "news/a.txt", "news/b.txt", "news/sub/c.md",
    ]  # fmt: skip
    assert json.loads(textkit("read", "-f", "json", "-i", "jsonl", input="").out) == []


def test_parquet_where_pyarrow_is_there(textkit, tmp_path, news):
    pq = pytest.importorskip("pyarrow.parquet")
    assert textkit("detect", "news", "-o", "p.parquet").code == 0
    table = pq.read_table(tmp_path / "p.parquet").to_pylist()
    assert {row["lang"] for row in table} == {"en", "de"}
    assert isinstance(table[0]["start"], int)
    assert textkit("summarize", "news", "-o", "s.parquet").code == 0
    assert len(pq.read_table(tmp_path / "s.parquet")) == 3


# workers


@pytest.mark.parametrize(
    "command",
    [("read",), ("clean",), ("detect",), ("translate",), ("dedup",), ("summarize",), ("undo",)],
)
def test_workers_change_nothing(textkit, command):
    lines = "".join(
        json.dumps({"id": str(number), "text": f"{STORY}\n市议会周二开会。{number}\n{GERMAN}"})
        + "\n"
        for number in range(40)
    )
    alone = textkit(*command, "-f", "jsonl", "-i", "jsonl", input=lines)
    spread = textkit(*command, "-f", "jsonl", "-i", "jsonl", "-j", "2", input=lines)
    assert spread == alone
    assert len(alone.out.splitlines()) == 40


def test_pages_are_read_by_workers_and_keep_their_order_and_ids(textkit, tmp_path):
    for folder in "abcdef":
        (tmp_path / "in" / folder).mkdir(parents=True)
        page = f"<title>Story {folder}</title><article><p>{STORY * 4}</p></article>"
        (tmp_path / "in" / folder / "index.html").write_text(page)
        (tmp_path / "in" / folder / "note.txt").write_text(f"Note {folder}.\n")
    (tmp_path / "in" / "c" / "bad.html").write_bytes(b"\x89PNG\r\n\x1a\n" + bytes(99))
    (tmp_path / "in" / "d.jsonl").write_text('{"id":"d","text":"Text."}\n')
    for command in ("read", "clean"):
        alone = textkit(command, "in", "-f", "jsonl")
        assert len(alone.out.splitlines()) == 13
        assert textkit(command, "in", "-f", "jsonl", "-j", "2") == alone


def test_a_failure_stays_one_document_with_workers(textkit):
    lines = '{"id":"a","text":"é","encoding":"ascii"}\n{"id":"b","text":"Text."}\n' * 1
    result = textkit("undo", "-f", "text", "-j", "2", input=lines)
    assert (result.code, result.out) == (1, "Text.")
    assert "a: the text can't be written as ascii" in result.err


def test_the_first_failure_can_be_the_last(textkit, tmp_path, news):
    result = textkit("clean", "nosuch", "news/a.txt", "--fail-fast")
    assert (result.code, result.out) == (2, "")
    (tmp_path / "o.jsonl").write_text("old")
    result = textkit("clean", "news/a.txt", "nosuch", "--fail-fast", "-o", "o.jsonl")
    assert result.code == 1
    assert (tmp_path / "o.jsonl").read_text() == "old"


# settings


def test_the_environment_sets_options_and_flags_win(textkit):
    env = {"TEXTKIT_CLEAN_FORMAT": "jsonl"}
    assert textkit("clean", input="Text.\n", **env).out.startswith("{")
    assert textkit("clean", "-f", "text", input="Text.\n", **env).out == "Text.\n"
    assert "invalid value" in textkit("clean", input="T.", TEXTKIT_CLEAN_FORMAT="x").err


def test_every_option_has_its_variable(textkit, tmp_path):
    import click

    from textkit.cli.config_command import variable

    root = click.Context(app, info_name="textkit", **app.context_settings)
    context = click.Context(app.get_command(root, "check"), parent=root, info_name="check")
    names = {variable(context, o) for o in context.command.params if isinstance(o, click.Option)}
    assert {"TEXTKIT_CHECK_SELECT", "TEXTKIT_CHECK_NO_CACHE"} <= names


def test_settings_and_what_set_them(textkit, tmp_path):
    (tmp_path / "textkit.toml").write_text('[clean]\nkeep = ["byline"]\n[run]\nto = "de"\n')
    result = textkit("config", "show", TEXTKIT_DETECT_LEVEL="sentence")
    file = tmp_path / "textkit.toml"
    assert result.out.splitlines() == [
        f'run.to = "de"  ({file})',
        f'clean.keep = ["byline"]  ({file})',
        'detect.level = "sentence"  ($TEXTKIT_DETECT_LEVEL)',
    ]
    assert textkit("--no-config", "config", "show").out == ""
    one = textkit("config", "show", "clean", "--fail-fast", "-f", "csv").out.splitlines()
    assert 'clean.format = "csv"  (flag)' in one
    assert "clean.fail-fast = true  (flag)" in one
    assert "clean.jobs = 1  (default)" in textkit("config", "show", "--all", "clean").out


def test_an_internal_error_can_be_pasted(tmp_path):
    script = (
        "import sys; from textkit.cli import guard\n"
        "with guard.guarded(): raise ZeroDivisionError('odd')\n"
    )
    for debug in ("", "1"):
        done = subprocess.run(
            [sys.executable, "-c", script], capture_output=True, text=True, check=False,
            env=clean_environment(tmp_path, TEXTKIT_DEBUG=debug),
        )  # fmt: skip
        assert done.returncode == 2
        assert done.stderr.startswith("textkit: internal error: ZeroDivisionError: odd (please")
        assert ("```text\ntextkit 0." in done.stderr) == bool(debug)
        assert ("Traceback" in done.stderr) == bool(debug)


# check


def test_sarif(textkit, news):
    result = textkit("check", "-f", "sarif", "--ignore", "TK4,TK5", "news")
    log = json.loads(result.out)
    assert (result.code, log["version"], len(log["runs"])) == (1, "2.1.0", 1)
    run = log["runs"][0]
    rules = [rule["id"] for rule in run["tool"]["driver"]["rules"]]
    places = []
    for found in run["results"]:
        assert rules[found["ruleIndex"]] == found["ruleId"]
        place = found["locations"][0]["physicalLocation"]
        places.append((place["artifactLocation"]["uri"], place["region"]["startLine"]))
    assert places == [("news/a.txt", 1), ("news/sub/c.md", 1)]
    empty = json.loads(textkit("check", "-f", "sarif", "--select", "TK0", "news").out)
    assert empty["runs"][0]["results"] == []


def test_statistics_count_by_rule(textkit, news):
    (news / "d.txt").write_text("0 views\n\n" + STORY * 2)
    result = textkit("check", "--statistics", "--ignore", "TK4,TK5", "news")
    assert [line.split()[:2] for line in result.out.splitlines()] == [
        ["2", "TK104"],
        ["1", "TK105"],
    ]
    rows = textkit("check", "--statistics", "-f", "jsonl", "--ignore", "TK4,TK5", "news").out
    assert json.loads(rows.splitlines()[0])["count"] == 2
    assert textkit("check", "--statistics", "-f", "sarif", "news").code == 2


def test_the_diff_of_a_check_is_a_patch(textkit, tmp_path, news):
    result = textkit("check", "--diff", "--no-cache", "news")
    assert result.code == 1
    assert (news / "a.txt").read_text().startswith("0 views")
    subprocess.run(["git", "apply", "-p0"], input=result.out.encode(), cwd=tmp_path, check=True)
    assert (news / "a.txt").read_text() == STORY
    assert textkit("check", "--diff", "--no-cache", "news").code == 0


def test_a_repository_of_several_languages(textkit, news):
    one = textkit("check", "--select", "TK4", "news")
    assert "of de, where en is expected; no installed model translates them" in one.out
    assert "textkit models install de en" in one.out
    assert textkit("check", "--select", "TK4", "--main", "en,de", "news") == (0, "", "")
    assert textkit("check", "--main", "en,klingon", "news").code == 2


def test_help_says_how_to_skip_the_hook(textkit):
    assert "SKIP=textkit-check git commit" in textkit("check", "--help").out


def test_seeds_are_cleaned_alike_in_a_folder_and_as_records(textkit, tmp_path):
    textkit("clean", SEEDS[0].parent, "-o", "out/", "--include", "00[01]*")
    for seed in SEEDS[:2]:
        assert (tmp_path / "out" / seed.name).read_text() == textkit("clean", seed).out
