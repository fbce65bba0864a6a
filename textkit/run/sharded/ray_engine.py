"""The engine that is Ray: a cluster that is there, or one that lasts as long as the run.

Scheduling, transport, shuffles, spilling and retries are Ray Data's; here is only the wiring.
"""

from __future__ import annotations

import logging
import os
import socket
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from functools import partial
from typing import Any

from textkit.errors import ConfigError, TextkitError
from textkit.run.sharded.engine import Batch, Function, Once, joined
from textkit.run.sharded.scratch import scratch

PATIENCE = 10.0  # seconds for a cluster to answer
PER_CPU = 2  # partitions of a group-by: a worker that is slow or dies holds little up
# Ray ends a worker that idles for a second where there are more than CPUs; each step of a run would
# start processes anew, for seconds each. These are for a cluster that lasts as long as the run.
KEEP_WORKERS = {"idle_worker_killing_time_threshold_ms": 600_000, "num_workers_soft_limit": 16}
_AGAIN = "run again: what is done stays done"
_NEEDED = "pip install 'textkit[ray]'"


class Ray:
    """Rows are Ray datasets; each call runs where the cluster has room."""

    def __init__(self, address: str | None = None, jobs: int | None = None) -> None:
        """Use the cluster at `address`, or start one of `jobs` CPUs on this machine.

        Raises ConfigError where Ray is not installed.
        """
        os.environ.setdefault("RAY_USAGE_STATS_ENABLED", "0")  # or it calls home
        os.environ.setdefault("RAY_BACKEND_LOG_LEVEL", "fatal")  # what matters is raised
        try:
            import ray
            import ray.data
        except ImportError:
            raise ConfigError("--executor ray: Ray is not installed", _NEEDED) from None
        self._ray: Any = ray
        self._address, self._jobs = address, jobs
        self._open: list[ExitStack] = []  # one for each `with` block that this is in
        self._cpus = self._parts = 1

    def __enter__(self) -> Ray:
        with ExitStack() as stack:
            if not self._ray.is_initialized():
                with _silenced():
                    self._connect(stack)
            context = self._ray.data.DataContext.get_current()
            context.enable_progress_bars, context.raise_original_map_exception = False, True
            context.memory_usage_poll_interval_s = None  # or each task looks at its own memory
            context.enable_stats_summary_collection = False  # or the driver keeps all steps'
            for name in ("ray", "ray.data"):
                logging.getLogger(name).setLevel(logging.CRITICAL)
            self._cpus = max(1, int(self._ray.cluster_resources().get("CPU", 1)))
            self._open.append(stack.pop_all())
        self._parts = PER_CPU * self._cpus
        return self

    def _connect(self, stack: ExitStack) -> None:
        quiet: dict[str, Any] = {"log_to_driver": False, "logging_level": logging.CRITICAL}
        if self._address:
            try:
                _check_there(self._address)
                self._ray.init(address=self._address, **quiet)
            except (OSError, RuntimeError, ValueError) as error:
                problem = str(error).partition("\n")[0]
                raise ConfigError(f"--ray-address {self._address}: {problem}") from None
        else:
            self._ray.init(
                include_dashboard=False,
                num_cpus=self._jobs,
                _temp_dir=stack.enter_context(scratch()),
                _system_config=KEEP_WORKERS,
                **quiet,
            )
        stack.callback(self._ray.shutdown)

    def __exit__(self, *_: object) -> None:
        self._open.pop().close()

    def map(self, function: Function | Once, data: Any) -> Any:
        """Return `function` of each batch, lazily."""
        how: dict[str, Any] = {"batch_size": None, "batch_format": "numpy"}
        if not isinstance(function, Once):
            return self._dataset(data).map_batches(partial(_unless_empty, function), **how)
        pool = self._ray.data.ActorPoolStrategy(min_size=1, max_size=self._cpus)
        made = (function.make, function.arguments)
        return self._dataset(data).map_batches(
            _Actor, fn_constructor_args=made, compute=pool, **how
        )

    def group_by_key(self, function: Function, data: Any, key: str) -> Any:
        """Return `function` of each partition of the rows, lazily.

        This is what `map_groups` does, but for calling the function for each group: there are as
        many groups as documents.
        """
        shuffled = self._dataset(data).repartition(self._parts, keys=[key])
        return self.map(function, shuffled)

    def keep(self, data: Any) -> Any:
        """Return the data, made: what is read twice is not made twice."""
        with _plain_errors(self._ray):
            return data.materialize()

    def gather(self, data: Any) -> Batch:
        """Run what leads to `data`; return all rows, in no certain order."""
        with _plain_errors(self._ray):
            return joined(list(data.iter_batches(batch_size=None, batch_format="numpy")))

    def _dataset(self, data: Any) -> Any:
        if not isinstance(data, list):
            return data
        if not data:
            return self._ray.data.from_items([])
        return self._ray.data.from_arrow([_table(batch) for batch in data])


class _Actor:
    """Lives as long as its step, with what its function has loaded."""

    def __init__(self, make: Any, arguments: tuple[Any, ...]) -> None:
        self._function = make(*arguments)

    def __call__(self, batch: Batch) -> Any:
        return _unless_empty(self._function, batch)


def _unless_empty(function: Function, batch: Batch) -> Any:
    """Return what is made of a batch, as a table; an empty block has lost its columns."""
    made = function(batch) if batch else {}
    return _table(made) if made else {}


def _table(batch: Batch) -> Any:
    """Return a batch as what Ray keeps: it would look at each value of a column of bytes first."""
    import pyarrow as pa

    return pa.table({name: pa.array(column) for name, column in batch.items()})


def _check_there(address: str) -> None:
    """Raise OSError where nobody listens: Ray itself would try for minutes."""
    host, colon, port = address.removeprefix("ray://").rpartition(":")
    if colon and port.isdigit():
        socket.create_connection((host.strip("[]"), int(port)), PATIENCE).close()


@contextmanager
def _silenced() -> Iterator[None]:
    """Keep what native code prints, such as its own log level, off this process's stderr."""
    kept, nothing = os.dup(2), os.open(os.devnull, os.O_WRONLY)
    try:
        os.dup2(nothing, 2)
        yield
    finally:
        os.dup2(kept, 2)
        os.close(kept)
        os.close(nothing)


@contextmanager
def _plain_errors(ray: Any) -> Iterator[None]:
    """Raise what a function raised in a worker as it was raised there."""
    try:
        yield
    except ray.exceptions.RayTaskError as error:
        cause = error.cause
        if isinstance(cause, TextkitError):  # Ray adds lines to the first one
            raise TextkitError(str(cause).partition("\n")[0], cause.hint) from None
        if isinstance(cause, OSError):
            raise cause from None
        raise TextkitError(f"Ray: {type(cause).__name__}: {cause}", _AGAIN) from error
    except ray.exceptions.RayError as error:
        first = str(error).partition("\n")[0]
        raise TextkitError(f"Ray: {type(error).__name__}: {first}", _AGAIN) from error
