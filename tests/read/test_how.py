"""The examples of docs/how/read.md, run as they stand there."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

from tests.conftest import ROOT, clean_environment

TEXT = (ROOT / "docs" / "how" / "read.md").read_text(encoding="utf-8")
SESSIONS = re.findall(r"```console\n\$ (.*?)\n(.*?)```", TEXT, re.DOTALL)


def test_there_are_examples():
    assert len(SESSIONS) >= 3


@pytest.mark.parametrize(("command", "shown"), SESSIONS)
def test_a_session_prints_what_the_page_shows(command, shown, tmp_path):
    path = os.pathsep.join((str(Path(sys.executable).parent), os.environ["PATH"]))
    environment = clean_environment(tmp_path, PATH=path)
    printed = subprocess.check_output(["bash", "-c", command], cwd=ROOT, env=environment, text=True)
    assert printed == shown
