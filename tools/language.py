"""What the tables have for a language, and stubs of the rows that they lack.

python -m tools.language xx           list every table with a language column
python -m tools.language xx --stubs   add a commented row per kind to tables written by hand
"""

from __future__ import annotations

import re
import sys
from collections import Counter
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import NamedTuple

from tools.phrases import checked

ROOT = Path(__file__).resolve().parents[1]
STUB = "# stub: "
MODEL = "en"  # the language whose rows show what belongs into a table
_TAG = re.compile(r"[a-z]{2,3}(?:-[A-Z][a-z]{3})?")
_GENERATED = re.compile(r"Made by (tools/\w+\.py)")
# Kinds are few and are repeated: rows per kind from which a second column is one of kinds.
MIN_ROWS_PER_KIND = 2.5


class Table(NamedTuple):
    """A data file whose first column is a language."""

    path: Path
    head: str  # its comments
    rows: tuple[tuple[str, ...], ...]
    tool: str | None  # that makes the file; None where it is written by hand

    @property
    def has_kinds(self) -> bool:
        """Is the second column one of kinds?"""
        kinds = Counter(row[1] for row in self.rows)
        return len(self.rows[0]) > 2 and len(self.rows) >= MIN_ROWS_PER_KIND * len(kinds)

    @property
    def languages(self) -> set[str]:
        """The languages of the rows."""
        return {base(row[0]) for row in self.rows}

    def count(self, lang: str) -> int:
        """Return the number of a language's rows."""
        return sum(base(row[0]) == lang for row in self.rows)

    def unknown_kinds(self, lang: str) -> list[str]:
        """Return the kinds of a language's rows that neither the head nor another language has."""
        if not self.has_kinds:
            return []
        known = {row[1] for row in self.rows if base(row[0]) != lang}
        known |= set(re.findall(r"\w+", self.head))
        return sorted({row[1] for row in self.rows if base(row[0]) == lang} - known)

    def stubs(self, lang: str) -> list[str]:
        """Return a commented row per kind, with the first row of English, or any, as an example."""
        examples: dict[str, tuple[str, ...]] = {}
        for row in sorted(self.rows, key=lambda row: row[0] != MODEL):
            if row[0] == MODEL or not self.count(MODEL):
                examples.setdefault(row[1] if self.has_kinds else "", row)
        return [f"{STUB}{lang}\t" + "\t".join(row[1:]) for row in examples.values()]


def base(tag: str) -> str:
    """Return a tag's language without its script."""
    return tag.partition("-")[0]


def table_of(path: Path) -> Table | None:
    """Return a data file as a table, or None if its first column can be no language."""
    lines = path.read_text(encoding="utf-8").split("\n")
    rows = tuple(tuple(line.split("\t")) for line in lines if line and not line.startswith("#"))
    if not rows or min(map(len, rows)) < 2 or not all(_TAG.fullmatch(row[0]) for row in rows):
        return None
    head = "\n".join(line for line in lines if line.startswith("#") and STUB not in line)
    tool = _GENERATED.search(head)
    return Table(path, head, rows, tool[1] if tool else None)


def tables(root: Path = ROOT) -> Iterator[Table]:
    """Yield all tables with a language column, sorted by path.

    A table belongs to them if all its first fields are languages that tables with English have.
    """
    candidates = [*filter(None, map(table_of, sorted((root / "textkit").rglob("*.tsv"))))]
    known = {lang for table in candidates if table.count(MODEL) for lang in table.languages}
    yield from (table for table in candidates if table.languages <= known)


def listing(every: Iterable[Table], lang: str) -> Iterator[str]:
    """Yield a line per table: the rows of the language, those of English, the path."""
    yield f"{lang:>6} {MODEL:>6}  table"
    for table in every:
        origin = f"  (made by {table.tool})" if table.tool else ""
        path = "/".join(table.path.parts[table.path.parts.index("textkit") :])
        yield f"{table.count(lang) or '-':>6} {table.count(MODEL):>6}  {path}{origin}"


def refused(every: Iterable[Table], lang: str) -> Iterator[str]:
    """Yield a complaint per kind of a language that its table does not know."""
    for table in every:
        if table.path.name == "phrases.tsv":
            yield from phrase_faults(table.path)
        else:
            for kind in table.unknown_kinds(lang):
                yield f"{table.path.name}: {lang}: no kind {kind!r}"


def phrase_faults(path: Path) -> Iterator[str]:
    """Yield the first wrong row of the phrases, whose kinds `textkit.clean.phrases` names."""
    try:
        for _ in checked(path.read_text(encoding="utf-8")):
            pass
    except ValueError as error:
        yield str(error)


def write_stubs(every: Iterable[Table], lang: str) -> Iterator[str]:
    """Append stubs to tables written by hand that lack the language; yield their names."""
    for table in every:
        text = table.path.read_text(encoding="utf-8")
        if table.tool or table.count(lang) or f"{STUB}{lang}\t" in text:
            continue
        stubs = "".join(f"{row}\n" for row in table.stubs(lang))
        table.path.write_text(text.rstrip("\n") + "\n" + stubs, encoding="utf-8")
        yield table.path.name


def main(arguments: list[str]) -> int:
    """List, or write stubs; return the exit code."""
    lang, *options = arguments or [""]
    if not _TAG.fullmatch(lang) or options not in ([], ["--stubs"]):
        sys.stderr.write((__doc__ or "").partition("\n\n")[2])
        return 2
    lang, every = base(lang), list(tables())
    lines = write_stubs(every, lang) if options else listing(every, lang)
    sys.stdout.writelines(f"{line}\n" for line in lines)
    complaints = list(refused(every, lang))
    sys.stderr.writelines(f"{line}\n" for line in complaints)
    return 1 if complaints else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
