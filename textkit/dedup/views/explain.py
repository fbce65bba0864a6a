"""Why a document was kept or dropped: the thresholds, and what came nearest to them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator

import numpy as np

from textkit.dedup.near.criteria import criteria, is_near, nearest_miss
from textkit.dedup.near.judge import LEAST_OWN
from textkit.dedup.near.verify import STRETCH
from textkit.dedup.options import DedupOptions
from textkit.dedup.pipeline import Analysis
from textkit.dedup.records import reason

_MOST = 3  # candidates named


def explanations(analysis: Analysis, options: DedupOptions) -> Iterator[tuple[str, str]]:
    """Yield the id of each document, in the order of the input, and lines that explain it."""
    near = is_near(analysis.scores, options)
    candidates: dict[int, list[int]] = defaultdict(list)
    strength = np.round(analysis.scores.cosine, 6)
    for at in np.lexsort((np.arange(len(near)), -strength)).tolist():
        for one in analysis.scores.pairs[at].tolist():
            if len(candidates[one]) < _MOST:
                candidates[one].append(at)
    for at in sorted(range(len(analysis.order)), key=analysis.order.__getitem__):
        lines = [_verdict(analysis, at), *_story(analysis, at)]
        lines += [
            _candidate(analysis, at, pair, bool(near[pair]), options) for pair in candidates[at]
        ]
        lines += _repeats(analysis, at)
        yield analysis.documents[at].id, "".join(f"  {line}\n" for line in lines)


def _verdict(analysis: Analysis, at: int) -> str:
    finding = analysis.findings[at]
    words = "drop" if finding.kept != at else "keep"
    return f"{words}: {reason(at, analysis.findings, analysis.documents)}"


def _story(analysis: Analysis, at: int) -> Iterator[str]:
    story = analysis.findings[at].story
    if story is not None:
        others = sum(f.story == story for f in analysis.findings) - 1
        name = analysis.documents[story].id
        yield f"story {name}: told by {others} other{'s' if others != 1 else ''}"


def _candidate(analysis: Analysis, at: int, pair: int, near: bool, options: DedupOptions) -> str:
    """Return the scores of a candidate pair and, if it was not taken, what keeps it apart."""
    scores = analysis.scores
    first, second = scores.pairs[pair].tolist()
    other = analysis.documents[second if first == at else first].id
    apart = analysis.findings[first].cluster != analysis.findings[second].cluster
    why = f"; {nearest_miss(scores, pair, options)}" if not near else ""
    if near and apart:
        why = "; kept apart: other words in order, or one template with other names and numbers"
    return (
        f"{'near' if near else 'not near'} {other}: cosine {scores.cosine[pair]:.2f},"
        f" containment {scores.containment[pair]:.2f}, Jaccard {scores.jaccard[pair]:.2f},"
        f" coverage {scores.coverage[pair]:.2f}{why}"
    )


def _repeats(analysis: Analysis, at: int) -> Iterator[str]:
    found = analysis.findings[at].repeats
    for kind in ("repeated", "related", "embedded_summary"):
        passages = {(r.start, r.end) for r in found if r.kind == kind}
        if passages:
            yield f"{len(passages)} passages {kind.replace('_', ' ')}"


def rules(options: DedupOptions) -> str:
    """Return the criteria of near copies, in one line each."""
    minima = ("cosine", "containment", "coverage", "Jaccard")
    near = "".join(
        f"near, {row.name}: "
        + " and ".join(f"{m} >= {v:.2f}" for m, v in zip(minima, row[1:], strict=True) if v)
        + "\n"
        for row in criteria(options)
    )
    return near + (
        f"apart: each with {LEAST_OWN * STRETCH} words in a row of its own; or with other names"
        " and numbers in one template\n"
        f"story: similarity >= {options.story_threshold:.2f} on average, with facts in common\n"
        f"passage: word Jaccard >= {options.repeated:.2f} repeated,"
        f" >= {options.related:.2f} or a shared fact related\n"
    )
