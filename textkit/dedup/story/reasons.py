"""Why two reports are one story, in the words of one of them: the rarest facts that both have."""

from __future__ import annotations

import numpy as np

from textkit.dedup.arrays.frequencies import Frequencies
from textkit.dedup.story.amounts import is_year
from textkit.dedup.story.fact_keys import fact_key
from textkit.dedup.story.key_facts import Anchors

MAX_FACTS = 3


def shared_facts(one: Anchors, other: Anchors, frequencies: Frequencies) -> list[str]:
    """Return the facts of both, the rarest of the corpus first, as the first text spells them.

    Names are given in full where both texts have them so: `Vera Rubin`, not `Rubin` and `Vera`.
    Openers, weekdays and bare years come last.
    """
    names, numbers = one.names & other.names, one.numbers & other.numbers
    if not names and not numbers:
        return sorted(one.figures & other.figures)
    weak = {*(one.weak | other.weak), *filter(is_year, numbers)}
    facts = [*sorted(names), *sorted(numbers)]
    keys = [fact_key(f"#{fact}" if fact in numbers else fact) for fact in facts]
    times = frequencies.of(np.array(keys, dtype=np.uint64)).tolist()
    order = sorted((f in weak, n, -len(f), f) for n, f in zip(times, facts, strict=True))
    spelt = dict(part.split("=", 1) for part in sorted(one.spelt))
    full = _full_names(one, other)
    said = [full.get(fact) or spelt.get(fact, fact) for *_, fact in order]
    return list(dict.fromkeys(said))


def _full_names(one: Anchors, other: Anchors) -> dict[str, str]:
    """Return the longest spelling that both texts have of each name."""
    common = one.phrases & other.phrases
    result = {phrase.casefold(): phrase for phrase in sorted(one.phrases)}
    for phrase in sorted(common, key=lambda p: (len(p), p)):
        result.update((word, phrase) for word in phrase.casefold().split())
    return result


def measure_of(similarity: float, common: list[str]) -> str:
    """Say how alike two members of a story are, and in what."""
    facts = f", both have {', '.join(common[:MAX_FACTS])}" if common else ""
    return f"similarity {similarity:.2f}{facts}"
