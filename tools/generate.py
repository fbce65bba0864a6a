"""Write all generated files, or with --check say which ones are out of date.

python -m tools.generate [--check]
"""

from __future__ import annotations

import sys
import tomllib
from pathlib import Path

from tools import completions, reference, roff, thresholds
from tools.manual import ROOT, pages


def generated() -> dict[Path, str]:
    """Return every generated file's text by its path."""
    version = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]["version"]
    manual = list(pages())
    files = {ROOT / "man" / f"{page.name}.1": roff.render(page, version) for page in manual}
    files[ROOT / "docs" / "commands.md"] = reference.commands(manual)
    files[ROOT / "docs" / "records.md"] = reference.records()
    files[ROOT / "docs" / "rules.md"] = reference.rule_table()
    files[ROOT / "docs" / "thresholds.md"] = thresholds.page()
    for name, text in completions.scripts().items():
        files[ROOT / "completions" / name] = text
    return files


def leftovers(files: dict[Path, str]) -> list[Path]:
    """Return man pages of commands that are gone."""
    return sorted(set((ROOT / "man").glob("*.1")) - set(files))


def main(arguments: list[str]) -> int:
    """Write or check; the exit code."""
    files = generated()
    stale = [path for path, text in files.items() if _read(path) != text] + leftovers(files)
    if arguments == ["--check"]:
        for path in stale:
            sys.stdout.write(f"{path.relative_to(ROOT)}: out of date; run `make man`\n")
        return 1 if stale else 0
    for path in leftovers(files):
        path.unlink()
    for path, text in files.items():
        path.parent.mkdir(exist_ok=True)
        path.write_text(text, encoding="utf-8")
    return 0


def _read(path: Path) -> str:
    return path.read_text("utf-8") if path.exists() else ""


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
