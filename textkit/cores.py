"""How many cores there are to work on: the one place that asks the system."""

from __future__ import annotations

import os


def cores() -> int:
    """Return the cores that this process may use; systems that can't say it give all."""
    if hasattr(os, "sched_getaffinity"):  # Linux alone has it
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1
