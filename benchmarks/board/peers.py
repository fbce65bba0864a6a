"""What peers reach, measured once for each version and set and then cached."""

from __future__ import annotations

import json
from collections.abc import Callable
from importlib.metadata import PackageNotFoundError, version
from typing import TypeVar

from benchmarks.board.shared import ROOT

CACHE = ROOT / ".board-cache" / "peers.json"
Value = TypeVar("Value", float, dict[str, float])


def installed(*packages: str) -> str | None:
    """Return the packages with their versions, or None where one is not installed."""
    try:
        return " ".join(f"{package} {version(package)}" for package in packages)
    except PackageNotFoundError:
        return None


def cached(name: str, versions: str, data: str, measure: Callable[[], Value]) -> Value:
    """Return what a peer reaches on a set, from the cache or by measuring it.

    `versions` names the peer's packages, `data` is the digest of the set; a change of either
    measures anew.
    """
    key = f"{name} | {versions} | {data}"
    known = json.loads(CACHE.read_text("utf-8")) if CACHE.exists() else {}
    if key not in known:
        known[key] = measure()
        CACHE.parent.mkdir(exist_ok=True)
        CACHE.write_text(json.dumps(known, indent=1, sort_keys=True), encoding="utf-8")
    result: Value = known[key]
    return result
