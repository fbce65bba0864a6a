"""How much the tests notice: random one-point mutants, and how many the stage's tests kill.

    python -m benchmarks.mutants [--count N] [--seed S] [--stage NAME] [--timeout SECONDS]

A mutant turns a comparison, negates a condition, swaps `and` and `or`, plus and minus, moves a
whole number by one, or empties a `return`. It is written into a copy of the checkout, where the
tests of its stage run until the first that fails (DeMillo, Lipton and Sayward, 1978). A mutant
that no test kills is printed with its line: a missing test, or a condition that nothing needs.
"""

from __future__ import annotations

import argparse
import ast
import copy
import os
import random
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import NamedTuple

ROOT = Path(__file__).parents[1]
STAGES = ("read", "clean", "detect", "translate", "dedup", "summarize", "run", "check", "text")
TURNED: dict[type[ast.AST], type[ast.AST]] = {
    ast.Lt: ast.LtE,
    ast.LtE: ast.Lt,
    ast.Gt: ast.GtE,
    ast.GtE: ast.Gt,
    ast.Eq: ast.NotEq,
    ast.NotEq: ast.Eq,
    ast.In: ast.NotIn,
    ast.NotIn: ast.In,
    ast.Is: ast.IsNot,
    ast.IsNot: ast.Is,
    ast.And: ast.Or,
    ast.Or: ast.And,
    ast.Add: ast.Sub,
    ast.Sub: ast.Add,
}


class Mutant(NamedTuple):
    """One changed place: the file, its line, what stood there and what stands there now."""

    path: Path
    line: int
    before: str
    after: str
    source: str


def places(path: Path) -> list[int]:
    """Return the nodes of a module that can be changed, as their numbers in `ast.walk`."""
    nodes = enumerate(ast.walk(ast.parse(path.read_text("utf-8"))))
    return [n for n, node in nodes if hasattr(node, "lineno") and change(copy.copy(node))]


def mutant(path: Path, place: int) -> Mutant:
    """Return a module with one node changed."""
    tree = ast.parse(path.read_text("utf-8"))
    node = next(node for n, node in enumerate(ast.walk(tree)) if n == place)
    before = ast.unparse(node)
    change(node)
    source = ast.unparse(ast.fix_missing_locations(tree))
    return Mutant(path, getattr(node, "lineno", 0), before, ast.unparse(node), source)


def change(node: ast.AST) -> bool:
    """Change one node in place; return whether there was something to change."""
    match node:
        case ast.Compare(ops=[operator]) if type(operator) in TURNED:
            node.ops = [TURNED[type(operator)]()]  # type: ignore[list-item]
        case ast.BoolOp(op=operator) | ast.BinOp(op=operator) if type(operator) in TURNED:
            node.op = TURNED[type(operator)]()  # type: ignore[assignment]
        case ast.If(test=test) | ast.IfExp(test=test) | ast.While(test=test):
            node.test = ast.UnaryOp(ast.Not(), test)
        case ast.Constant(value=int(value)) if not isinstance(value, bool):
            node.value = value + 1
        case ast.Return(value=value) if value is not None and not is_none(value):
            node.value = ast.Constant(None)
        case _:
            return False
    return True


def is_none(node: ast.AST) -> bool:
    return isinstance(node, ast.Constant) and node.value is None


def draw(stage: str, rng: random.Random) -> Mutant:
    """Draw a mutant of a stage: a module by its size, then a place in it."""
    modules = [p for p in sorted((ROOT / "textkit" / stage).rglob("*.py")) if places(p)]
    path = rng.choices(modules, [len(p.read_bytes()) for p in modules])[0]
    return mutant(path, rng.choice(places(path)))


def outcome(changed: Mutant, stage: str, checkout: Path, timeout: float) -> str:
    """Run a stage's tests against a mutant; return `killed`, `survived` or `timeout`."""
    target = checkout / changed.path.relative_to(ROOT)
    original = target.read_text("utf-8")
    target.write_text(changed.source, encoding="utf-8")
    argv = [sys.executable, "-m", "pytest", "-x", "-q", "-p", "no:cacheprovider"]
    argv += [f"tests/{stage}", f"textkit/{stage}"]
    environment = os.environ | {"PYTHONPATH": str(checkout), "PYTHONDONTWRITEBYTECODE": "1"}
    try:
        done = subprocess.run(
            argv, cwd=checkout, env=environment, capture_output=True, timeout=timeout, check=False
        )
    except subprocess.TimeoutExpired:
        return "timeout"
    finally:
        target.write_text(original, encoding="utf-8")
    return "survived" if done.returncode == 0 else "killed"


def main() -> None:
    options = parse()
    rng = random.Random(options.seed)
    stages = [options.stage] if options.stage else STAGES
    killed = 0
    with tempfile.TemporaryDirectory() as scratch:
        checkout = Path(scratch, "checkout")
        hidden = shutil.ignore_patterns(".git", ".venv", "out", "dist", "__pycache__", ".*cache*")
        shutil.copytree(ROOT, checkout, ignore=hidden)
        for n in range(options.count):
            stage = stages[n % len(stages)]
            changed = draw(stage, rng)
            result = outcome(changed, stage, checkout, options.timeout)
            killed += result != "survived"
            line = f"{changed.path.relative_to(ROOT)}:{changed.line}"
            survivor = f"{changed.before[:60]!r} -> {changed.after[:60]!r}"
            print(f"{result:9}{line} {survivor if result == 'survived' else ''}", flush=True)
    print(f"{killed} of {options.count} mutants killed ({100 * killed / options.count:.0f} %)")


def parse() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0] if __doc__ else None)
    parser.add_argument("--count", type=int, default=200)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--stage", choices=STAGES)
    parser.add_argument("--timeout", type=float, default=300, help="seconds for a mutant's tests")
    return parser.parse_args()


if __name__ == "__main__":
    main()
