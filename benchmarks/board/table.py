"""The board as a table for the terminal and as docs/quality.md."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from benchmarks.board.figures import Figure

HEAD = ("stage", "set", "measure", "n", "textkit", "±", "best peer", "")
CASES_A_LINE = 4
PREAMBLE = """\
# Quality

Written by `python -m benchmarks.board`; do not edit it by hand. Each row is one measure on one
development set: textkit and the best of its peers in the same run, `±` half of the 95 % interval
(documents resampled; for shares that are no mean over documents the binomial one). `ahead` and
`below` are beyond that interval, `level+` and `level-` within it. Shares are in percent, and more
is better but for "good lost of 1,000" and "wrongly merged".

The sets are development data: constants and tables were chosen with them, each on all sets but the
one that judged it (`benchmarks/fitting.py`). The headers of the fitted tables hold those left-out
figures; what stands here is the fit on all and is the better of the two.
"""


def rows(figures: Sequence[Figure]) -> Iterator[tuple[str, ...]]:
    """Yield a row of cells for each figure but those of the fault cases."""
    for figure in figures:
        if figure.stage == "cases":
            continue
        peer = figure.best_peer
        yield (
            figure.stage,
            figure.data,
            figure.measure,
            f"{figure.count:,}",
            f"{figure.value:.1f}",
            f"{figure.noise:.1f}",
            f"{peer[0]} {peer[1]:.1f}" if peer else "",
            figure.mark,
        )


def case_lines(figures: Sequence[Figure]) -> Iterator[str]:
    """Yield the passed and total cases, several areas per line."""
    areas = [
        f"{figure.data} {round(figure.value * figure.count / 100)}/{figure.count}"
        for figure in figures
        if figure.stage == "cases"
    ]
    for start in range(0, len(areas), CASES_A_LINE):
        yield "cases: " + ", ".join(areas[start : start + CASES_A_LINE])


def case_items(figures: Sequence[Figure]) -> Iterator[str]:
    """Yield the lines of `case_lines` as items of a list."""
    for line in case_lines(figures):
        yield f"- {line.removeprefix('cases: ')}"


def as_text(figures: Sequence[Figure]) -> str:
    """Return the table with aligned columns.

    >>> print(as_text([Figure("read", "wcxb", "word F1", 96.6, 250, 0.8, "d", {"peer": 93.9})]))
    stage  set   measure    n  textkit    ±  best peer
    read   wcxb  word F1  250     96.6  0.8  peer 93.9  ahead
    """
    cells = [HEAD, *rows(figures)]
    widths = [max(len(row[column]) for row in cells) for column in range(len(HEAD))]
    right = {"n", "textkit", "±"}
    lines = [
        "  ".join(
            cell.rjust(width) if name in right else cell.ljust(width)
            for cell, width, name in zip(row, widths, HEAD, strict=True)
        ).rstrip()
        for row in cells
    ]
    return "\n".join([*lines, *case_lines(figures)])


def as_markdown(figures: Sequence[Figure]) -> str:
    """Return the page docs/quality.md."""
    lines = [PREAMBLE, "| " + " | ".join(HEAD) + " |", "| " + "--- | " * len(HEAD)]
    lines += ["| " + " | ".join(row) + " |" for row in rows(figures)]
    lines += [
        "",
        "## Fault cases",
        "",
        *(f"- {line.removeprefix('cases: ')}" for line in case_lines(figures)),
    ]
    lines += ["", "## Where it is weak", "", *weak(figures)]
    return "\n".join(lines) + "\n"


def weak(figures: Sequence[Figure]) -> list[str]:
    """Name every row in which a peer is better, beyond the noise first."""
    behind = [f for f in figures if f.best_peer and f.lead_over(f.best_peer[1]) < 0]
    behind.sort(key=lambda f: (f.mark != "below", f.stage, f.data))
    lines = []
    for figure in behind:
        assert figure.best_peer
        name, value = figure.best_peer
        extent = "beyond" if figure.mark == "below" else "within"
        lines.append(
            f"- {figure.stage}, {figure.data}, {figure.measure}: {figure.value:.1f} where {name} "
            f"has {value:.1f}, {extent} the noise."
        )
    return lines or ["- No row is below a peer."]
