"""The wheel and the sdist, built, installed without development packages, and used from there."""

from __future__ import annotations

import os
import subprocess
import sys
import time
import venv
import zipfile

import pytest

from tests.conftest import ROOT, SEEDS, clean_environment

pytestmark = pytest.mark.slow

SHARED = {
    "share/man/man1/textkit.1",
    "share/man/man1/textkit-check.1",
    "share/bash-completion/completions/textkit",
    "share/zsh/site-functions/_textkit",
    "share/fish/vendor_completions.d/textkit.fish",
}
NOT_SHIPPED = ("tests", "fixtures", "seeds", "tools", "benchmarks", "docs")


def run(*command, cwd, **environment):
    done = subprocess.run(
        [str(part) for part in command], cwd=cwd, capture_output=True, text=True, check=False,
        env={**clean_environment(cwd), **environment},
    )  # fmt: skip
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


def new_environment(folder, *requirements):
    """Make an environment with these packages and no others; return its bin folder."""
    venv.create(folder, with_pip=True)
    pip = (folder / "bin" / "python", "-m", "pip", "-q", "--disable-pip-version-check", "install")
    if requirements:
        run(*pip, *requirements, cwd=folder)
    return folder / "bin"


@pytest.fixture(scope="module")
def dist(tmp_path_factory):
    """A folder with the wheel and the sdist, and the wheel that the sdist makes."""
    folder = tmp_path_factory.mktemp("dist")
    bin = new_environment(folder / "builder", "hatchling")
    run(bin / "python", "-m", "hatchling", "build", "-d", folder, cwd=ROOT)
    (sdist,) = folder.glob("*.tar.gz")
    pip = (bin / "python", "-m", "pip", "wheel", "-q", "--no-deps", "--no-build-isolation")
    run(*pip, "-w", folder / "from-sdist", sdist, cwd=folder)
    return folder


@pytest.fixture(scope="module")
def installed(dist, tmp_path_factory):
    """The bin folder of an environment with the wheel and its locked dependencies."""
    folder = tmp_path_factory.mktemp("installed")
    started = time.monotonic()
    bin = new_environment(folder, "--require-hashes", "-r", ROOT / "requirements.lock")
    (wheel,) = dist.glob("*.whl")
    run(bin / "python", "-m", "pip", "-q", "install", "--no-deps", wheel, cwd=folder)
    size = sum(path.stat().st_size for path in folder.rglob("*") if path.is_file())
    sys.stderr.write(
        f"\nwheel {wheel.stat().st_size / 1e6:.1f} MB, environment {size / 1e6:.0f} MB, "
        f"installed in {time.monotonic() - started:.0f} s\n"
    )
    return bin


def test_the_wheel_holds_what_it_should(dist):
    (wheel,) = dist.glob("*.whl")
    with zipfile.ZipFile(wheel) as archive:
        names = set(archive.namelist())
    shared = {name.split(".data/data/")[1] for name in names if ".data/data/" in name}
    pages = {f"share/man/man1/{path.name}" for path in (ROOT / "man").glob("*.1")}
    assert shared == SHARED | pages
    assert "textkit/py.typed" in names
    assert not [name for name in names if name.split("/")[0] in NOT_SHIPPED]
    assert any(name.endswith("licenses/NOTICE") for name in names)
    data = {str(p.relative_to(ROOT)) for p in (ROOT / "textkit").rglob("data/*") if p.is_file()}
    assert data <= names


def test_the_sdist_makes_the_same_wheel(dist):
    (wheel,) = dist.glob("*.whl")
    (other,) = (dist / "from-sdist").glob("*.whl")
    with zipfile.ZipFile(wheel) as one, zipfile.ZipFile(other) as two:
        crcs = [{i.filename: i.CRC for i in z.infolist()} for z in (one, two)]
    assert crcs[0] == crcs[1]


def test_the_main_job_runs_from_the_wheel(installed, tmp_path):
    for package in ("pytest", "hypothesis", "mypy", "pre_commit"):
        with pytest.raises(AssertionError, match="ModuleNotFoundError"):
            run(installed / "python", "-c", f"import {package}", cwd=tmp_path)
    version = run(installed / "textkit", "--version", cwd=tmp_path)
    assert version.startswith("textkit ")
    run(installed / "textkit", "run", ROOT / "seeds", "--output", "out", cwd=tmp_path)
    texts = sorted(path.name for path in (tmp_path / "out" / "articles").iterdir())
    assert texts == [seed.name for seed in SEEDS]
    assert "[" in (tmp_path / "out" / "corpus.md").read_text("utf-8")


def test_every_command_starts_from_the_wheel(installed, tmp_path):
    from textkit.cli import COMMANDS

    for name in COMMANDS:
        assert "Usage:" in run(installed / "textkit", name, "--help", cwd=tmp_path)


def test_man_finds_the_pages(installed, tmp_path):
    share = installed.parent / "share"
    found = run("man", "-w", "textkit-check", cwd=tmp_path, MANPATH=str(share / "man"))
    assert os.path.realpath(found.strip()) == os.path.realpath(share / "man/man1/textkit-check.1")
