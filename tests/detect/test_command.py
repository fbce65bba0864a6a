"""`textkit detect` as a person and a pipe meet it."""

import json
import os
import re
import subprocess
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner

from textkit.cli import app
from textkit.document import Document, decode, encode

EN = "The committee approved the new budget on Monday evening, and nobody spoke against it."
ZH = "这个国家的经济发展很快。"
FR = "Le conseil municipal se réunira la semaine prochaine pour en discuter."
TEXT = f"{EN}\n\n{ZH}\n\n{FR}\n"


def _run(*args: str, stdin: str = TEXT, code: int = 0) -> str:
    result = CliRunner().invoke(app, ["--no-config", "detect", *args], input=stdin.encode())
    assert result.exit_code == code, result.output
    return result.stdout


def test_one_line_a_passage() -> None:
    lines = _run().splitlines()
    assert [re.split(r"  +| (?=\d)", line)[0] for line in lines] == [
        f"0-{len(EN)}",
        f"{len(EN) + 2}-{len(EN) + 14}",
        f"{len(EN) + 16}-{len(EN) + 16 + len(FR)}",
    ]
    assert [line.split()[1] for line in lines] == ["1:1", "3:1", "5:1"]
    assert [line.split()[2] for line in lines] == ["en", "zh-Hans", "fr"]
    assert lines[1].endswith(ZH)


def test_json_lines() -> None:
    document = decode(_run("-f", "jsonl"))
    assert document.lang == "en"
    assert [(p.lang, p.script, p.kind) for p in document.passages] == [
        ("en", "Latn", "paragraph"), ("zh-Hans", "Hans", "paragraph"), ("fr", "Latn", "paragraph"),
    ]  # fmt: skip


def test_records_in_records_out() -> None:
    stdin = encode(Document("a", "-", EN)).decode() + encode(Document("b", "-", ZH)).decode()
    found = [decode(line) for line in _run("-i", "jsonl", stdin=stdin).splitlines()]
    assert [(d.id, d.lang) for d in found] == [("a", "en"), ("b", "zh-Hans")]


@pytest.mark.parametrize(
    ("args", "langs"),
    [
        (["--only", "zh"], ["zh-Hans"]),
        (["--only", "zh-TW"], []),
        (["--only", "zh,fr"], ["zh-Hans", "fr"]),
        (["--only", "en-GB"], ["en"]),
        (["--only", "und,zxx"], []),
        (["--not", "en"], ["zh-Hans", "fr"]),
        (["--not", "en,fr"], ["zh-Hans"]),
    ],
)
def test_only_and_not(args: list[str], langs: list[str]) -> None:
    assert [line.split()[2] for line in _run(*args).splitlines()] == langs
    document = decode(_run(*args, "-f", "jsonl"))
    assert [p.lang for p in document.passages] == langs
    assert document.lang == "en"


def test_languages_restrict() -> None:
    assert {line.split()[2] for line in _run("--languages", "en,zh").splitlines()} == {
        "en",
        "zh-Hans",
    }


@pytest.mark.parametrize("option", ["--languages", "--only", "--not"])
def test_an_unknown_language_is_a_usage_error(option: str) -> None:
    result = subprocess.run(
        [sys.executable, "-m", "textkit", "detect", option, "xx"],
        input=b"a", capture_output=True, check=False,
    )  # fmt: skip
    assert result.returncode == 2
    assert b"no such language: xx" in result.stderr
    assert result.stderr.count(b"\n") == 1


def test_tag_wraps_passages() -> None:
    assert _run("--tag", "--not", "en") == f"{EN}\n\n[[zh-Hans: {ZH}]]\n\n[[fr: {FR}]]\n"


def test_explain_gives_the_best_three() -> None:
    lines = _run("--explain").splitlines()
    assert len(lines) == 6
    assert re.search(r"model, paragraph: en [01]\.\d{3}, \w+ 0\.\d{3}, \w+ 0\.\d{3}$", lines[1])
    assert "script" in lines[3]


def test_summary() -> None:
    assert re.match(
        r"\S+: en; mixed: en \d+\.\d %, fr \d+\.\d %, zh-Hans \d+\.\d %$", _run("--summary")
    )
    facts = json.loads(_run("--summary", "-f", "jsonl"))
    assert facts["main"] == "en"
    assert facts["mixed"] is True
    assert sum(language["share"] for language in facts["languages"]) == pytest.approx(1, abs=0.001)


def test_colour_only_where_wanted() -> None:
    assert "\x1b" not in _run()
    assert "\x1b[32mzh-Hans" in _run("--color", "always")


def test_control_characters_of_a_line_are_made_visible() -> None:
    assert "\x1b" not in _run(stdin="red \x1b[31m text here and there\n")


def test_nothing_to_detect() -> None:
    assert _run(stdin="") == ""
    assert _run(stdin="\n \n") == ""


def test_the_same_bytes_in_any_process(tmp_path: Path) -> None:
    file = tmp_path / "a.txt"
    file.write_text(TEXT * 3 + "Musk. DealBook峰会上 и вот «как так».", encoding="utf-8")
    outputs = {
        subprocess.run(
            [sys.executable, "-m", "textkit", "detect", "-f", "jsonl", str(file)],
            env={**os.environ, "PYTHONHASHSEED": str(seed)}, capture_output=True, check=True,
        ).stdout
        for seed in range(5)
    }  # fmt: skip
    assert len(outputs) == 1
