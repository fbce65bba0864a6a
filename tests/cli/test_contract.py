"""The command line's contract: streams, formats, exit codes, one line for what goes wrong."""

from __future__ import annotations

import json
import os
import pty
import signal
import subprocess
import sys
import time

import pytest

from tests.conftest import ROOT, SEEDS, clean_environment

HEAVY = ("nltk", "sumy", "numpy", "scipy", "bs4", "lxml", "trafilatura", "argostranslate", "rich",
         "langdetect", "ctranslate2", "msgspec")  # fmt: skip
STAGES = ("read", "clean", "detect", "translate", "dedup", "summarize")


def command(*args):
    return [sys.executable, "-m", "textkit", *args]


def test_text_in_text_out(textkit):
    result = textkit("clean", input="News.\n")
    assert result == (0, "News.\n", "")


def test_several_inputs_give_records(textkit, tmp_path):
    for name in "ab":
        (tmp_path / f"{name}.txt").write_text(f"Text {name}.\n")
    result = textkit("clean", "a.txt", "b.txt")
    assert [json.loads(line)["id"] for line in result.out.splitlines()] == ["a", "b"]


def test_a_directory_gives_records_even_of_one_file(textkit, tmp_path):
    folder = tmp_path / "in"
    folder.mkdir()
    (folder / "a.txt").write_text("Text.\n")
    assert json.loads(textkit("clean", "in").out)["text"] == "Text.\n"


def test_records_in_records_out(textkit):
    result = textkit("clean", input='{"id":"a","text":"Text.\\n"}\n')
    assert json.loads(result.out)["id"] == "a"


def test_the_format_option_has_the_last_word(textkit):
    assert json.loads(textkit("clean", "-f", "jsonl", input="Text.").out)["text"] == "Text.\n"
    assert textkit("clean", "-f", "text", input='{"id":"a","text":"T.\\n"}').out.endswith("T.\n")


@pytest.mark.parametrize("stage", STAGES)
def test_every_filter_takes_empty_input(textkit, stage):
    result = textkit(stage, input="")
    assert result.code == 0
    assert "Traceback" not in result.err


@pytest.mark.parametrize("stage", STAGES)
def test_a_missing_file_is_one_line_and_exit_2(textkit, stage):
    result = textkit(stage, "nosuch.txt")
    assert result.code == 2
    assert result.out.strip() == ""
    assert result.err.startswith("textkit: nosuch.txt: no such file or directory\n")


def test_one_bad_input_does_not_stop_the_others(textkit, tmp_path):
    (tmp_path / "a.txt").write_text("Text.\n")
    (tmp_path / "b.txt").write_bytes(b"\x89PNG\r\n\x1a\n\x00\x00\x00\x00" * 10)
    result = textkit("clean", "a.txt", "b.txt", "c.txt")
    assert result.code == 1
    assert len(result.out.splitlines()) == 1
    assert "b.txt: a PNG image, not a text" in result.err
    assert result.err.endswith("1 ok, 2 failed\n")


def test_an_empty_directory_is_nothing_done(textkit, tmp_path):
    (tmp_path / "in").mkdir()
    result = textkit("clean", "in")
    assert (result.code, result.out) == (2, "")
    assert "in: no input files" in result.err


@pytest.mark.parametrize(
    "args", [("nosuch",), ("clean", "--nosuch"), ("clean", "-f", "nosuch"), ("clean", "-i", "x")]
)
def test_wrong_usage_is_one_line_and_exit_2(textkit, args):
    result = textkit(*args)
    assert result.code == 2
    assert result.err.count("\n") == 1
    assert "--help'" in result.err


def test_no_path_and_a_terminal_is_no_hang(tmp_path):
    master, slave = pty.openpty()
    done = subprocess.run(
        command("clean"), stdin=slave, capture_output=True, timeout=30, check=False,
        env=clean_environment(tmp_path),
    )  # fmt: skip
    os.close(master)
    os.close(slave)
    assert done.returncode == 2
    assert b"no input" in done.stderr


def test_a_reader_that_leaves_is_exit_141_without_a_word(tmp_path):
    record = '{"id":"a","text":"Text."}'
    line = f"yes '{record}' | {sys.executable} -m textkit clean | head -1; echo ${{PIPESTATUS[1]}}"
    done = subprocess.run(
        ["bash", "-c", line], capture_output=True, text=True, timeout=60, check=True,
        env=clean_environment(tmp_path), cwd=ROOT,
    )  # fmt: skip
    assert done.stdout.splitlines()[1:] == ["141"]
    assert done.stderr == ""


def test_an_interrupt_is_exit_130_and_one_line(tmp_path):
    process = subprocess.Popen(
        command("clean", "-i", "jsonl"), stdin=subprocess.PIPE, stdout=subprocess.PIPE,
        stderr=subprocess.PIPE, env=clean_environment(tmp_path),
    )  # fmt: skip
    process.stdin.write(b'{"id":"a","text":"Text.\\n"}\n')
    process.stdin.flush()
    process.stdout.readline()  # it is at work
    time.sleep(0.1)
    process.send_signal(signal.SIGINT)
    _, err = process.communicate(timeout=30)
    assert (process.returncode, err) == (130, b"textkit: interrupted\n")


def test_records_are_flushed_one_by_one(tmp_path):
    process = subprocess.Popen(
        command("clean", "-i", "jsonl"), stdin=subprocess.PIPE, stdout=subprocess.PIPE,
        env=clean_environment(tmp_path),
    )  # fmt: skip
    for id in "ab":
        process.stdin.write(json.dumps({"id": id, "text": "Text."}).encode() + b"\n")
        process.stdin.flush()
        assert json.loads(process.stdout.readline())["id"] == id
    assert process.communicate(timeout=30) == (b"", None)
    assert process.returncode == 0


def test_control_characters_never_reach_a_terminal(tmp_path):
    (tmp_path / "a.txt").write_text("Text \x1b]0;owned\x07 here.\n")
    master, slave = pty.openpty()
    process = subprocess.Popen(
        command("read", str(tmp_path / "a.txt")), stdout=slave, env=clean_environment(tmp_path)
    )
    process.wait(timeout=30)
    os.close(slave)
    shown = os.read(master, 1000)
    os.close(master)
    assert b"\x1b]" not in shown
    assert b"\\x1b]0;owned\\x07" in shown


def test_control_characters_of_names_never_reach_stderr(textkit):
    assert "\x1b" not in textkit("clean", "no\x1b[31m.txt").err


def test_output_goes_whole_to_a_file(textkit, tmp_path):
    (tmp_path / "out.txt").write_text("old")
    assert textkit("clean", "-o", "out.txt", input="New.\n") == (0, "", "")
    assert (tmp_path / "out.txt").read_text() == "New.\n"


def test_a_failed_command_leaves_the_old_output(textkit, tmp_path):
    (tmp_path / "config.toml").write_text("[nosuch]\n")
    (tmp_path / "out.txt").write_text("old")
    assert textkit("--config", "config.toml", "clean", "-o", "out.txt", input="New.").code == 2
    assert (tmp_path / "out.txt").read_text() == "old"


def test_help_and_version_import_nothing_heavy(tmp_path):
    script = (
        "import sys\nfrom textkit.cli import app\n"
        "for args in (['--help'], ['--version']):\n"
        "    try: app.main(args, prog_name='textkit')\n"
        "    except SystemExit: pass\n"
        f"print([m for m in {HEAVY!r} if m in sys.modules], file=sys.stderr)"
    )
    done = subprocess.run(
        [sys.executable, "-c", script], capture_output=True, text=True, check=True, cwd=tmp_path
    )
    assert done.stderr.strip() == "[]"


def test_help_is_quick(tmp_path):
    """The least of three runs: the machine may be busy with something else."""
    times = []
    for _ in range(3):
        before = os.times()
        subprocess.run(command("--help"), stdout=subprocess.DEVNULL, check=True)
        after = os.times()
        times.append(
            after.children_user
            - before.children_user
            + after.children_system
            - before.children_system
        )
    assert min(times) < 0.15


@pytest.mark.parametrize("seed", SEEDS, ids=lambda path: path.stem[:3])
def test_undo_gives_the_file_back_byte_for_byte(textkit, seed):
    record = textkit("clean", "-f", "jsonl", seed).out
    assert textkit("undo", input=record).out.encode() == seed.read_bytes()


@pytest.mark.parametrize(
    "data",
    [
        b"\xef\xbb\xbfNews.\r\nMore.\r\n",
        "News.\n".encode("utf-16"),
        b"",
        b"\n\n",
        b"A NUL \x00 in the text.\n",
    ],
)
def test_undo_gives_odd_bytes_back(tmp_path, data):
    def run(*args, input):
        done = subprocess.run(
            command(*args), input=input, capture_output=True, check=True, cwd=ROOT
        )
        return done.stdout

    record = run("clean", "-f", "jsonl", "-i", "text", input=data)
    assert run("undo", input=record) == data
