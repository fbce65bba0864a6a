"""Leave one source out: what a fit is worth on data of a kind that it has not seen."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import TypeVar

Data = TypeVar("Data")
Model = TypeVar("Model")
Score = TypeVar("Score")


def leave_one_out(
    sources: Mapping[str, Data],
    fit: Callable[[Sequence[Data]], Model],
    score: Callable[[Model, Data], Score],
) -> dict[str, Score]:
    """Return each source's score by a model fitted on all the others.

    >>> leave_one_out({"a": 1, "b": 2, "c": 3}, sum, lambda total, own: total / own)
    {'a': 5.0, 'b': 2.0, 'c': 1.0}
    """
    return {
        name: score(fit([data for other, data in sources.items() if other != name]), source)
        for name, source in sources.items()
    }
