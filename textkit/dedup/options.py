"""What can be chosen about de-duplication: one frozen value, built once."""

from __future__ import annotations

from dataclasses import dataclass

LEVELS = ("exact", "near", "story", "passage")


@dataclass(frozen=True)
class DedupOptions:
    """Thresholds and switches of the four levels; similarities lie between 0 and 1."""

    near: bool = True
    story: bool = True
    passages: bool | None = None  # None: in corpora of at most 5,000 kept documents
    drop: bool = False  # leave copies out of the stream; otherwise they are only marked
    cosine: float = 0.70  # near: TF-IDF cosine that is enough by itself
    contained_cosine: float = 0.42  # near: cosine that is enough with `containment`
    containment: float = 0.50  # near: share of the smaller one's 3-grams
    jaccard: float = 0.70  # near: share of all 3-grams
    coverage: float = 0.60  # near: share of the smaller one's stretches with words of the other
    story_similarity: float = 0.145  # story: average similarity within a group
    story_days: int | None = None  # story: at most so many days between the dates of two
    repeated: float = 0.71  # passage: word Jaccard of two sentences that say the same
    related: float = 0.33  # passage: word Jaccard, or weight of shared facts, of related ones
    prefer: str | None = None  # keep a document whose id or source matches this pattern
    jobs: int = 1  # processes for the map step
