"""Reading the data files that lie beside the code: one row a fact, tab-separated."""

from __future__ import annotations

from collections.abc import Iterator
from importlib.resources import files


def rows(package: str, name: str) -> Iterator[list[str]]:
    """Yield the fields of each row of `name` in `package`'s data folder; `#` starts a comment."""
    text = files(package).joinpath("data", name).read_text(encoding="utf-8")
    for line in text.split("\n"):
        if line and not line.startswith("#"):
            yield line.split("\t")


def ranges(package: str, name: str) -> Iterator[tuple[int, int, list[str]]]:
    """Yield `(first, last, rest)` of a table whose rows start with two code points in hex."""
    for first, last, *rest in rows(package, name):
        yield int(first, 16), int(last, 16), rest


def char_class(spans: Iterator[tuple[int, int]]) -> str:
    """Return the inside of a regular expression's `[...]` that matches these code points.

    >>> char_class(iter([(0x61, 0x7A), (0xE9, 0xE9)]))
    '\\\\U00000061-\\\\U0000007a\\\\U000000e9'
    """
    return "".join(
        f"\\U{first:08x}" if first == last else f"\\U{first:08x}-\\U{last:08x}"
        for first, last in spans
    )
