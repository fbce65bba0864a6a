"""Why a summary is empty: the step that left nothing, in words for a person."""

from __future__ import annotations

from collections import Counter

from textkit.summarize.options import SummarizeOptions
from textkit.summarize.select import companions
from textkit.summarize.units import Pool

PREFIX = "no summary: "


def why_empty(pool: Pool, options: SummarizeOptions) -> str:
    """Return one sentence that names the step that left nothing."""
    if not pool.documents:
        return PREFIX + "there are no documents, or all are duplicates of others"
    if not pool.units:
        return PREFIX + "the text is empty"
    reasons = Counter(unit.verdict.reason for unit in pool.units if unit.verdict.reason)
    if not pool.candidates:
        listed = ", ".join(f"{count} {reason}" for reason, count in reasons.most_common(4))
        return PREFIX + f"none of {len(pool.units)} sentences is eligible ({listed})"
    if not any(companions(pool.candidates)):
        return PREFIX + "every sentence that is eligible leans on one that is not"
    limit = f"{options.words} words" if options.words is not None else "the length asked for"
    shortest = min(unit.words for unit in pool.candidates)
    return PREFIX + f"no sentence fits into {limit}; the shortest eligible one has {shortest}"
