"""A cluster of two nodes on this machine, which all tests here share."""

from __future__ import annotations

import os
from collections.abc import Iterator
from typing import Any

import pytest


@pytest.fixture(scope="session", autouse=True)
def _extra() -> None:
    os.environ.setdefault("RAY_USAGE_STATS_ENABLED", "0")
    pytest.importorskip("ray.data", reason="needs the extra `ray`")


@pytest.fixture(scope="session")
def cluster() -> Iterator[Any]:
    """Two raylets with a CPU each, which keep their workers."""
    from ray import cluster_utils

    from textkit.run.sharded.ray_engine import KEEP_WORKERS

    found = cluster_utils.Cluster(
        initialize_head=True,
        head_node_args={
            "num_cpus": 1, "include_dashboard": False, "_system_config": dict(KEEP_WORKERS),
            "object_store_memory": 400_000_000,
        },
    )  # fmt: skip
    found.add_node(num_cpus=1, object_store_memory=400_000_000)
    found.wait_for_nodes()
    yield found
    found.shutdown()


@pytest.fixture(scope="session")
def engine(cluster: Any) -> Iterator[Any]:
    """An engine on the cluster."""
    from textkit.run.sharded.ray_engine import Ray

    with Ray(cluster.address) as found:
        yield found
