"""Faults that were found once, each named by what went wrong."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time

import pytest

from tests.conftest import clean_environment


def test_an_output_on_its_own_failed_input_is_left_as_it_was(textkit, tmp_path):
    data = bytes(range(32)) * 40
    (tmp_path / "b.txt").write_bytes(data)
    assert textkit("clean", "b.txt", "-o", "b.txt").code == 2
    assert (tmp_path / "b.txt").read_bytes() == data


def test_an_output_is_left_as_it_was_where_nothing_could_be_read(textkit, tmp_path):
    (tmp_path / "r.txt").write_text("keep")
    assert textkit("clean", "nosuch.txt", "-o", "r.txt").code == 2
    assert (tmp_path / "r.txt").read_text() == "keep"


def test_records_with_a_broken_line_are_not_written_over_themselves(textkit, tmp_path):
    data = '{"id":"a","text":"Text."}\n{broken\n'
    (tmp_path / "r.jsonl").write_text(data)
    assert textkit("clean", "r.jsonl", "-o", "r.jsonl").code == 1
    assert (tmp_path / "r.jsonl").read_text() == data


def test_output_to_a_device_of_stdout(textkit):
    assert textkit("clean", "-o", "/dev/stdout", input="Text.\n").out == "Text.\n"


def test_an_output_in_a_missing_folder_is_named(textkit):
    result = textkit("clean", "-o", "nodir/t.txt", input="Text.\n")
    assert (result.code, result.err) == (2, "textkit: nodir/t.txt: no such file or directory\n")


def test_a_folder_that_may_not_be_listed_does_not_stop_the_others(textkit, tmp_path, monkeypatch):
    from textkit.read import plan

    (tmp_path / "sub").mkdir()
    (tmp_path / "a.txt").write_text("Text.\n")
    listdir = os.listdir

    def refuse(path):
        if path.endswith("sub"):
            raise PermissionError(13, "Permission denied", path)
        return listdir(path)

    monkeypatch.setattr(os, "listdir", refuse)
    found = plan([str(tmp_path)])
    assert [(os.path.basename(s.path), s.problem) for s in found.sources] == [
        ("a.txt", ""),
        ("sub", "permission denied"),
    ]


@pytest.mark.parametrize(
    ("record", "message"),
    [
        ('{"id":"a\\ud800","text":"x"}', "lone surrogate"),
        ('{"id":"a","text":"x","encoding":"nope"}', "unknown encoding"),
        ('{"id":"a","text":"x","more":' + "[" * 150 + "]" * 150 + "}", "nested too deeply"),
    ],
)
def test_a_record_that_would_fail_later_fails_at_once(textkit, record, message):
    result = textkit("clean", input=record + '\n{"id":"b","text":"Text."}\n')
    assert result.code == 1
    assert message in result.err
    assert len(result.out.splitlines()) == 1


def test_undo_into_an_encoding_without_the_letters(textkit):
    record = '{"id":"a","text":"é","encoding":"ascii"}\n{"id":"b","text":"Text."}\n'
    result = textkit("undo", "-f", "text", input=record)
    assert (result.code, result.out) == (1, "Text.")
    assert "a: the text can't be written as ascii" in result.err


def test_an_unknown_encoding_is_wrong_usage_whatever_the_input(textkit):
    result = textkit("clean", "--encoding", "nope", input="")
    assert (result.code, result.err.count("\n")) == (2, 1)


@pytest.mark.parametrize("head", ['{ "id":"a","text":"x"}', '{\t"id":"a","text":"x"}'])
def test_records_with_blanks_after_the_brace_are_records(textkit, head):
    assert '"id":"a"' in textkit("read", input=head + "\n").out


@pytest.mark.parametrize(
    "content",
    [
        "[clean]\noutput = 5\n",
        "[clean]\nexplain = [1]\n",
        "[summarize]\nsentences = 2.7\n",
        "[summarize]\nsentences = true\n",
        '[clean]\nencoding = ["a"]\n',
        "[clean]\nlist-rules = true\n",
    ],
)
def test_a_setting_of_a_wrong_type_is_one_line_and_exit_2(textkit, tmp_path, content):
    (tmp_path / "textkit.toml").write_text(content)
    name = content[1 : content.index("]")]
    result = textkit(name, input="Text.")
    assert result.code == 2
    assert result.err.count("\n") == 1
    assert "internal error" not in result.err


@pytest.mark.parametrize("content", ['tool = "[tool.textkit"\n', "[tool]\ntextkit = 5\n"])
def test_a_project_file_with_an_odd_tool_table(textkit, tmp_path, content):
    (tmp_path / "pyproject.toml").write_text(content + "# [tool.textkit\n")
    assert "internal error" not in textkit("clean", input="Text.").err


@pytest.mark.parametrize(
    ("redirection", "code", "message"),
    [
        (">&-", 2, "textkit: standard output is closed: the output is lost\n"),
        (">&- -o out.txt", 0, ""),
        ("2>&-", 0, ""),
        (">/dev/null", 0, ""),
    ],
)
def test_output_that_is_lost_is_an_error(tmp_path, redirection, code, message):
    line = f"echo Text. | {sys.executable} -m textkit clean {redirection}; echo $?"
    environment = clean_environment(tmp_path, PYTHONPATH=os.pathsep.join(sys.path))
    done = subprocess.run(
        ["bash", "-c", line], capture_output=True, text=True, check=True,
        env=environment, cwd=tmp_path,
    )  # fmt: skip
    assert (done.stdout.split()[-1], done.stderr) == (str(code), message)
    assert redirection[-4:] != ".txt" or (tmp_path / "out.txt").read_text() == "Text.\n"


@pytest.mark.parametrize("module", ["click.globals", "click", "textkit.cli", "textkit.cli.options"])
def test_an_interrupt_during_start_up_shows_no_traceback(tmp_path, module):
    """The command says itself how far its imports are."""
    process = subprocess.Popen(
        [sys.executable, "-X", "importtime", "-m", "textkit", "clean"],
        stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True,
        env=clean_environment(tmp_path),
    )  # fmt: skip
    for line in process.stderr:
        if line.rstrip().endswith(f" {module}"):
            break
    process.send_signal(signal.SIGINT)
    _, err = process.communicate(timeout=30)
    assert "Traceback" not in err


def test_a_terminated_command_leaves_no_half_file(tmp_path):
    process = subprocess.Popen(
        [sys.executable, "-m", "textkit", "clean", "-i", "jsonl", "-o", "out.jsonl"],
        stdin=subprocess.PIPE,
        cwd=tmp_path,
        env=clean_environment(tmp_path),
    )
    process.stdin.write(b'{"id":"a","text":"Text."}\n')
    process.stdin.flush()
    deadline = time.monotonic() + 20
    while not list(tmp_path.glob(".textkit-*")) and time.monotonic() < deadline:
        time.sleep(0.02)
    process.send_signal(signal.SIGTERM)
    process.communicate(timeout=30)
    assert process.returncode == 128 + signal.SIGTERM
    assert [path.name for path in tmp_path.iterdir()] == []
