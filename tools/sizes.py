"""What an install takes: `python -m tools.sizes` writes the table of docs/install.md anew.

It adds up the files that each package brought into this environment, so it is run by hand, after
a dependency has changed; what each is used for comes from the comments of pyproject.toml.
"""

from __future__ import annotations

import os
import re
import sys
from collections.abc import Iterator
from importlib.metadata import PackageNotFoundError, distribution
from typing import NamedTuple

from tools.manual import ROOT

PAGE = ROOT / "docs" / "install.md"
START, END = "<!-- sizes -->", "<!-- end of sizes -->"
_ROW = re.compile(r'^    "([\w-]+)[^"]*", # (.+)$', re.MULTILINE)
_NAME = re.compile(r"^[\w.-]+")


class Dependency(NamedTuple):
    """A package that is asked for, and what it drags in that no earlier one has."""

    name: str
    used_for: str
    size: int  # bytes
    dragged: dict[str, int]


def wanted() -> dict[str, str]:
    """Return what each dependency is used for, by its name, as pyproject.toml says."""
    text = (ROOT / "pyproject.toml").read_text("utf-8")
    return dict(_ROW.findall(text.partition("\ndependencies = [")[2].partition("\n]")[0]))


def dependencies() -> Iterator[Dependency]:
    """Yield each dependency with its size and that of what it brings along."""
    reasons = wanted()
    seen = set(reasons)
    for name, used_for in reasons.items():
        dragged: dict[str, int] = {}
        pending = list(_needs(name))
        while pending:
            inner = pending.pop()
            if inner not in seen:
                seen.add(inner)
                dragged[inner] = size(inner)
                pending += _needs(inner)
        yield Dependency(name, used_for, size(name), dragged)


def size(name: str) -> int:
    """Return the bytes of a package's files; 0 where it is not installed."""
    try:
        files = distribution(name).files or []
    except PackageNotFoundError:
        return 0
    return sum(os.path.getsize(file.locate()) for file in files if os.path.isfile(file.locate()))


def _needs(name: str) -> Iterator[str]:
    """Yield what a package asks for on every system, without its extras."""
    try:
        asked = distribution(name).requires or []
    except PackageNotFoundError:
        return
    for line in asked:
        requirement, _, marker = line.partition(";")
        match = _NAME.match(requirement.strip())
        if match and "extra" not in marker and "python_version <" not in marker:
            yield match[0].lower().replace("_", "-")


def table() -> str:
    """Return the table, the largest first, and the sum."""
    rows = sorted(dependencies(), key=lambda d: -(d.size + sum(d.dragged.values())))
    lines = ["| installed | used for | MB | brings along (MB) |", "| --- | --- | --- | --- |"]
    for row in rows:
        large = sorted(row.dragged.items(), key=lambda item: -item[1])
        brought = ", ".join(f"{name} {_mb(n)}" for name, n in large if n >= 50_000)
        lines.append(f"| {row.name} | {row.used_for} | {_mb(row.size)} | {brought} |")
    total = sum(row.size + sum(row.dragged.values()) for row in rows)
    return "\n".join([*lines, f"| all | | {_mb(total)} | |"])


def _mb(count: int) -> str:
    return f"{count / 1e6:.1f}" if count < 1e7 else f"{count / 1e6:.0f}"


def main() -> int:
    """Write the table into the page."""
    before, _, rest = PAGE.read_text("utf-8").partition(START)
    after = rest.partition(END)[2]
    PAGE.write_text(f"{before}{START}\n{table()}\n{END}{after}", "utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
