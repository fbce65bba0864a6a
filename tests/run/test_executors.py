"""Work over processes: in order, bounded, and a killed worker costs one item."""

from __future__ import annotations

import os
import signal
from functools import partial

import pytest

from textkit.run.executors import AHEAD, CHUNK, InProcess, Processes


def double(number: int) -> int:
    return number * 2


def die_on(poison: int, number: int) -> int:
    if number == poison:
        os.kill(os.getpid(), signal.SIGKILL)
    return number * 2


def die_once(mark: str, number: int) -> int:
    """Kill the worker the first time only, as a system short of memory would."""
    if number == 5 and not os.path.exists(mark):
        open(mark, "w").close()
        os.kill(os.getpid(), signal.SIGKILL)
    return number * 2


def crashed(number: int) -> int:
    return -number


def test_both_executors_give_results_in_order():
    numbers = list(range(100))
    here = list(InProcess().map(double, numbers, crashed))
    with Processes(2) as processes:
        assert list(processes.map(double, numbers, crashed)) == here == [2 * n for n in numbers]


def test_a_worker_that_an_item_kills_costs_that_item_only():
    with Processes(2) as processes:
        results = list(processes.map(partial(die_on, 20), range(80), crashed))
    assert results == [-20 if n == 20 else 2 * n for n in range(80)]


def test_a_worker_that_is_killed_by_chance_costs_nothing(tmp_path):
    with Processes(2) as processes:
        results = list(processes.map(partial(die_once, str(tmp_path / "m")), range(40), crashed))
    assert results == [2 * n for n in range(40)]


def test_items_are_taken_only_a_little_ahead():
    taken = []

    def items():
        for number in range(100_000):
            taken.append(number)
            yield number

    with Processes(1) as processes:
        results = processes.map(double, items(), crashed)
        assert next(results) == 0
        assert len(taken) <= CHUNK * (AHEAD + 2)


@pytest.mark.parametrize("count", [0, 1, CHUNK, CHUNK + 1])
def test_any_number_of_items(count):
    with Processes(1) as processes:
        assert list(processes.map(double, range(count), crashed)) == [2 * n for n in range(count)]
