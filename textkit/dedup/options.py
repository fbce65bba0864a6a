"""What can be chosen about de-duplication: one frozen value, built once."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

LEVELS = ("exact", "near", "story", "passage")

# Average similarity within a group of reports; the five seeds group alike from .12 to .18, with a
# report in another script added from .145 on.
STORY_SIMILARITY = {"event": 0.145, "running": 0.06}


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
    stories: Literal["event", "running"] = "event"  # one event, or all that goes on about it
    story_similarity: float | None = None  # story: average within a group, instead of `stories`
    story_days: int | None = None  # story: at most so many days between the dates of two
    repeated: float = 0.71  # passage: word Jaccard of two sentences that say the same
    related: float = 0.33  # passage: word Jaccard, or weight of shared facts, of related ones
    prefer: str | None = None  # keep a document whose id or source matches this pattern
    jobs: int = 1  # processes for the map step

    @property
    def story_threshold(self) -> float:
        """The average similarity within a story group."""
        if self.story_similarity is not None:
            return self.story_similarity
        return STORY_SIMILARITY[self.stories]
