"""Each shell that is here is asked what it would complete, with the scripts that are shipped."""

from __future__ import annotations

import os
import pty
import re
import select
import shutil
import subprocess
import sys
import time

import pytest

from tests.conftest import ROOT, clean_environment

SCRIPTS = ROOT / "completions"
CASES = [
    ("textkit che", "check"),
    ("textkit check --added", "--added-only"),
    ("textkit check --format gi", "github"),
    ("textkit check --select TK50", "TK501"),
    ("textkit completion fi", "fish"),
    ("textkit detect --only zh-H", "zh-Hans"),
    ("textkit clean --keep bylin", "byline"),
    ("textkit summarize --method lexr", "lexrank"),
]


@pytest.fixture
def environment(tmp_path):
    """A home without settings, and this environment's `textkit` first on the path."""
    found = clean_environment(tmp_path, TERM="dumb")
    return {**found, "PATH": os.path.dirname(sys.executable) + os.pathsep + found["PATH"]}


def needs(shell):
    if shutil.which(shell) is None:
        pytest.skip(f"no {shell} here")


def ask(environment, *command):
    """What a shell prints, a list of lines for each case; cases end in a line of dashes."""
    done = subprocess.run(
        command, env=environment, capture_output=True, text=True, check=True, timeout=60
    )
    return [part.strip("\n").split("\n") for part in done.stdout.split("---\n")[:-1]]


def test_bash(environment):
    needs("bash")
    script = f"source {SCRIPTS}/textkit.bash; compopt() {{ :; }}; complete -p textkit; echo ---\n"
    for line, _ in CASES:
        script += (
            f"COMP_WORDS=({line}); COMP_CWORD=$(( ${{#COMP_WORDS[@]}} - 1 )); COMPREPLY=()\n"
            "_textkit_completion textkit; printf '%s\\n' \"${COMPREPLY[@]}\" ---\n"
        )
    registered, *found = ask(environment, "bash", "--norc", "-c", script)
    assert "-F _textkit_completion textkit" in registered[0]
    for (_, expected), offered in zip(CASES, found, strict=True):
        assert expected in offered


def test_fish(environment):
    needs("fish")
    script = f"source {SCRIPTS}/textkit.fish\n"
    script += "".join(f"complete --do-complete '{line}'; echo ---\n" for line, _ in CASES)
    found = ask(environment, "fish", "--no-config", "-c", script)
    for (_, expected), offered in zip(CASES, found, strict=True):
        assert expected in [entry.split("\t")[0] for entry in offered]


@pytest.mark.parametrize(("line", "expected"), [CASES[0], CASES[1]])
def test_zsh(environment, line, expected):
    """zsh completes only at its line editor: the completed line is made an argument and printed."""
    needs("zsh")
    master, slave = pty.openpty()
    process = subprocess.Popen(
        ["zsh", "-f", "-i"], stdin=slave, stdout=slave, stderr=slave, env=environment, cwd=ROOT,
        start_new_session=True,
    )  # fmt: skip
    os.close(slave)
    try:
        setup = f"fpath=({SCRIPTS} $fpath); autoload -Uz compinit; compinit -u -D; echo re''ady"
        assert read_until(master, "ready", setup + "\r")
        shown = read_until(master, r"<textkit .*>", f"{line}\t", '\x01print -r -- "<\x05>"\r')
        assert f" {expected} >" in shown or f" {expected}>" in shown
    finally:
        process.kill()
        process.wait()
        os.close(master)


def read_until(master, pattern, *keys, seconds=20):
    """Type, a moment apart, and return what is shown once the pattern is there."""
    shown, end = "", time.monotonic() + seconds
    for key in keys:
        os.write(master, key.encode())
        time.sleep(1 if key.endswith("\t") else 0)
    while time.monotonic() < end:
        if select.select([master], [], [], 0.2)[0]:
            shown += os.read(master, 4096).decode("utf-8", "replace")
            if re.search(pattern, shown):
                return shown
    raise AssertionError(shown)


def test_completing_is_quick(environment):
    asked = {"_TEXTKIT_COMPLETE": "bash_complete", "COMP_WORDS": "textkit ", "COMP_CWORD": "1"}
    before = os.times()
    done = subprocess.run(
        ["textkit"], capture_output=True, text=True, check=False, env={**environment, **asked}
    )
    after = os.times()
    assert "plain,check" in done.stdout
    assert sum(after[2:4]) - sum(before[2:4]) < 0.6  # CPU seconds of the child
