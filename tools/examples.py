"""Run the examples of Markdown pages as they stand there, or renew the output that they show.

python -m tools.examples docs/how/dedup.md ...
"""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
FOLDERS = ("seeds", "docs/how/examples", "fixtures/read/pages")  # what examples may read
_BLOCK = re.compile(r"(?<=```console\n).*?(?=```)", re.DOTALL)
_PROGRAM = re.compile(r"```python\n(.*?)```", re.DOTALL)


def sessions(page: str) -> list[str]:
    """Return the console blocks of a page."""
    return _BLOCK.findall(page)


def programs(page: str) -> list[str]:
    """Return the Python blocks of a page."""
    return _PROGRAM.findall(page)


def commands(session: str) -> list[tuple[str, str]]:
    """Return each command of a session with the output shown below it.

    >>> commands("$ echo a\\na\\n$ true\\n")
    [('echo a', 'a\\n'), ('true', '')]
    """
    parts = re.split(r"^\$ ", session, flags=re.MULTILINE)[1:]
    return [(command, shown) for command, _, shown in (part.partition("\n") for part in parts)]


def matches(shown: str, printed: str) -> bool:
    """Is this what was printed? `...` stands for any characters, alone on a line for any lines.

    >>> matches("a\\n...\\nd ...\\n", "a\\nb\\nc\\nd 1\\n")
    True
    """
    pattern = re.escape(shown.rstrip("\n")).replace(r"\.\.\.", ".*?")
    return re.fullmatch(pattern, printed.rstrip("\n"), re.DOTALL) is not None


def copy_inputs(folder: Path) -> None:
    """Copy what the examples read into a folder, under the same paths."""
    for name in FOLDERS:
        shutil.copytree(ROOT / name, folder / name)


def run(command: str, folder: Path) -> str:
    """Return all that a command prints in a folder, as a new user without models sees it."""
    path = os.pathsep.join((str(Path(sys.executable).parent), os.environ["PATH"]))
    home = {"HOME": str(folder), "XDG_DATA_HOME": str(folder / "data")}
    return subprocess.run(  # noqa: S603  the commands are those of our own pages
        ["bash", "-c", command],  # noqa: S607
        cwd=folder,
        env={"PATH": path, "LANG": "C.UTF-8", **home},
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        encoding="utf-8",
        timeout=120,
        check=False,
    ).stdout


def renewed(page: str) -> str:
    """Return a page with what its commands print now; output that still matches stays."""
    with tempfile.TemporaryDirectory() as folder:
        copy_inputs(Path(folder))
        return _BLOCK.sub(lambda block: _renewed(block[0], Path(folder)), page)


def _renewed(session: str, folder: Path) -> str:
    lines = []
    for command, shown in commands(session):
        printed = run(command, folder)
        lines.append(f"$ {command}\n{shown if matches(shown, printed) else printed}")
    return "".join(lines)


if __name__ == "__main__":
    for name in sys.argv[1:]:
        Path(name).write_text(renewed(Path(name).read_text("utf-8")), encoding="utf-8")
