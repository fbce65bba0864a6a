"""The command in this process: the tests of the check start it often."""

from __future__ import annotations

import io
import sys

import pytest

from tests.conftest import Result
from textkit.cli import app
from textkit.cli.guard import run_app


@pytest.fixture
def textkit(tmp_path, monkeypatch, capfdbinary):
    """Run `textkit ARGS` as a process would; arguments as for the fixture of all tests."""

    def run(*args, input="", cwd=None, **environment):
        with monkeypatch.context() as patch:
            patch.chdir(cwd or tmp_path)
            patch.setattr(sys, "argv", ["textkit", *map(str, args)])
            patch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(input.encode())))
            for name in ("NO_COLOR", "TEXTKIT_MODELS", "GIT_DIR", "GIT_INDEX_FILE"):
                patch.delenv(name, raising=False)
            settings = {"HOME": tmp_path, "XDG_DATA_HOME": tmp_path / "data", **environment}
            for name, value in settings.items():
                patch.setenv(name, str(value))
            capfdbinary.readouterr()
            code = run_app(app)
            out, err = capfdbinary.readouterr()
        return Result(code, out.decode(), err.decode())

    return run
