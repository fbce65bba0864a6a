"""Names say what they hold: `matches`, not `found`; and limits are called MAX_ and MIN_."""

from __future__ import annotations

import ast
import re

from tests.conftest import ROOT

BANNED = re.compile(r"found|said|here|made|own|at|_*(?:MOST|LEAST|LONGEST)_\w+")
TO_DO = ROOT / "tests" / "names_to_do.txt"  # modules that still have such names; it only shrinks


def names(tree):
    for node in ast.walk(tree):
        if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store):
            yield node.id
        elif isinstance(node, ast.arg):
            yield node.arg
        elif isinstance(node, ast.FunctionDef | ast.ClassDef):
            yield node.name


def modules_with_banned_names():
    for path in [*ROOT.glob("textkit/**/*.py"), *ROOT.glob("tools/*.py")]:
        if any(map(BANNED.fullmatch, names(ast.parse(path.read_text("utf-8"))))):
            yield path.relative_to(ROOT).as_posix()


def test_no_other_module_has_a_name_that_says_nothing():
    assert sorted(modules_with_banned_names()) == TO_DO.read_text("utf-8").split()
