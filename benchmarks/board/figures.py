"""One figure of the board, and how far it can move by the choice of documents alone."""

from __future__ import annotations

import random
import statistics
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

RESAMPLES = 300
TWO_SIDED_95 = 1.96  # standard deviations on either side that hold 95 % of a normal distribution


@dataclass(frozen=True)
class Figure:
    """What textkit and its peers reach by one measure on one set.

    `value` and `peers` are in the measure's own unit, most of them percent; `noise` is half the
    width of the value's 95 % interval; `digest` names the exact data; `peers` maps a peer's name
    to its value.
    """

    stage: str
    data: str
    measure: str
    value: float
    count: int
    noise: float
    digest: str
    peers: Mapping[str, float] = field(default_factory=dict)
    higher_is_better: bool = True

    @property
    def key(self) -> str:
        """The name under which a floor is pinned."""
        return f"{self.stage} | {self.data} | {self.measure}"

    @property
    def best_peer(self) -> tuple[str, float] | None:
        """The peer that does best by this measure, with its value."""
        if not self.peers:
            return None
        pick = max if self.higher_is_better else min
        return pick(self.peers.items(), key=lambda item: item[1])

    def lead_over(self, other: float) -> float:
        """By how much textkit is better than another value; negative where it is worse."""
        return self.value - other if self.higher_is_better else other - self.value

    @property
    def mark(self) -> str:
        """`below` where a peer is better, `level` where the difference is within the noise."""
        peer = self.best_peer
        if peer is None:
            return ""
        lead = self.lead_over(peer[1])
        if lead >= 0:
            return "ahead" if lead > self.noise else "level+"
        return "below" if -lead > self.noise else "level-"


def bootstrap_noise(values: Sequence[float]) -> float:
    """Half the width of the 95 % interval of a mean, by resampling documents (Efron, 1979).

    >>> bootstrap_noise([50.0] * 20)
    0.0
    """
    if len(values) < 2:
        return 0.0
    rng = random.Random(1)
    means = [statistics.fmean(rng.choices(values, k=len(values))) for _ in range(RESAMPLES)]
    return TWO_SIDED_95 * statistics.stdev(means)


def share_noise(percent: float, count: int) -> float:
    """Half the width of the 95 % interval of a share of `count` independent things, in percent.

    For measures that are no mean over documents this is an approximation, and a wide one.

    >>> round(share_noise(90.0, 100), 2)
    5.88
    """
    p = min(max(percent / 100, 0.0), 1.0)
    return 100 * TWO_SIDED_95 * (p * (1 - p) / max(count, 1)) ** 0.5
